//! Closing: one transaction rewrites all sheets of a round in random order and drops every table that knew more.
//!
//! Afterwards all responses of the round share one transaction, their order is that of fresh random keys, and nothing says which
//! batch, file or key a response came from.

use sea_orm::{ConnectionTrait, DbBackend};

use super::open_tables::OpenTables;
use super::rounds::{Round, RoundState};
use super::{Result, Store, StoreError};

impl Store {
    /// Turns a closing round into a closed one. `excused` are names of instances that did not report and are gone on without.
    ///
    /// # Errors
    /// When the round is not closing or an instance that is not excused has not reported.
    pub async fn finish_closing(&self, round: &Round, excused: &[String]) -> Result<()> {
        let missing: Vec<_> = self.instances_not_empty(round.id).await?.into_iter().filter(|name| !excused.contains(name)).collect();
        if !missing.is_empty() {
            return Err(StoreError::refused(format!("instances that still hold sheets of `{}`: {}", round.code, missing.join(", "))));
        }
        let tables = OpenTables::of(round.id);
        let key = self.random_key();
        let transaction = self.write().await?;
        self.step(&transaction, round, RoundState::Closing, RoundState::Closed).await?;
        let sheets = format!(
            "INSERT INTO response (questionnaire_id, id, unit_id, respondent_group, stratum, psu, mode, answers) \
             SELECT questionnaire_id, {key} AS fresh, unit_id, respondent_group, stratum, psu, mode, answers FROM {} ORDER BY questionnaire_id, fresh",
            tables.sheet
        );
        transaction.execute_raw(self.statement(sheets, [])).await?;
        let remarks = format!(
            "INSERT INTO remark (questionnaire_id, id, item, words) \
             SELECT questionnaire_id, {key} AS fresh, item, words FROM {} ORDER BY questionnaire_id, fresh",
            tables.remark
        );
        transaction.execute_raw(self.statement(remarks, [])).await?;
        let without = "UPDATE round SET excused = $1 WHERE id = $2";
        transaction.execute_raw(self.statement(without, [excused.join("\n").into(), round.id.into()])).await?;
        transaction.execute_raw(self.statement("DELETE FROM instance_report WHERE round_id = $1", [round.id.into()])).await?;
        // A letterbox that is lost is not asked for again; one that comes back registers itself.
        for name in excused {
            transaction.execute_raw(self.statement("DELETE FROM instance WHERE name = $1", [name.clone().into()])).await?;
        }
        super::codes::count_for_good(&transaction, &tables).await?;
        tables.drop(&transaction).await?;
        self.drop_secret(&transaction, round.id).await?;
        self.touch(&transaction).await?;
        transaction.commit().await?;
        self.checkpoint().await;
        Ok(())
    }

    /// An expression that makes 128 random bits for each row: the one thing for which the databases have no word in common.
    fn random_key(&self) -> &'static str {
        match self.db.get_database_backend() {
            DbBackend::Sqlite => "randomblob(16)",
            // A random UUID has 122 random bits; two of them hashed fill all 128.
            _ => "substring(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) FROM 1 FOR 16)",
        }
    }
}
