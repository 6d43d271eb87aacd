//! Closing: one transaction rewrites all sheets of a round in random order and drops every table that knew more.
//!
//! Afterwards all responses of the round share one transaction, their order is that of fresh random keys, and nothing says which
//! batch, file or key a response came from.

use sea_orm::{ConnectionTrait, DbBackend};

use super::instance::Unreported;
use super::open_tables::OpenTables;
use super::rounds::{Round, RoundState};
use super::{Result, Store, StoreError};
use crate::seal::PrivateKey;

/// With what a round is closed.
#[derive(Debug, Clone, Copy)]
pub struct Closing<'a> {
    /// Names of instances that are gone on without, should they not have reported.
    pub excused: &'a [String],
    /// What opens its answers; none where it asks no questionnaire.
    pub key: Option<&'a PrivateKey>,
    /// How many sheets may be lost with the key.
    pub give_up: u32,
}

impl Store {
    /// Turns a closing round into a closed one. `excused` are names of instances that did not report and are gone on without; the round remembers
    /// those with which sheets may have been lost.
    ///
    /// # Errors
    /// When the round is not closing or an instance that is not excused has not reported.
    pub async fn finish_closing(&self, round: &Round, closing: &Closing<'_>) -> Result<Vec<Unreported>> {
        let Closing { excused, key: _, give_up: _ } = *closing;
        let tables = OpenTables::of(round.id);
        let key = self.random_key();
        let transaction = self.write().await?;
        self.step(&transaction, round, RoundState::Closing, RoundState::Closed).await?;
        let unreported = self.unreported(&transaction, round.id).await?;
        let missing: Vec<_> =
            unreported.iter().filter(|instance| !excused.contains(&instance.name)).map(|instance| &*instance.name).collect();
        if !missing.is_empty() {
            return Err(StoreError::refused(format!("instances that still hold sheets of `{}`: {}", round.code, missing.join(", "))));
        }
        let (lost, empty): (Vec<_>, Vec<_>) = unreported.iter().partition(|instance| instance.may_hold_sheets());
        let [empty, lost] = [empty, lost].map(|named| named.iter().flat_map(|instance| [&*instance.name, "\n"]).collect::<String>());
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
        // Beside those that were forgotten while the round was open.
        let without = "UPDATE round SET excused = excused || $1, excused_empty = excused_empty || $2 WHERE id = $3";
        transaction.execute_raw(self.statement(without, [lost.into(), empty.into(), round.id.into()])).await?;
        transaction.execute_raw(self.statement("DELETE FROM instance_report WHERE round_id = $1", [round.id.into()])).await?;
        // A letterbox that is lost is not asked for again, unless it may hold sheets of another round; one that comes back registers itself.
        let lost_for_good = "DELETE FROM instance WHERE name = $1 AND NOT EXISTS (SELECT 1 FROM round WHERE state IN ('open', 'closing'))";
        for Unreported { name, .. } in &unreported {
            transaction.execute_raw(self.statement(lost_for_good, [name.as_str().into()])).await?;
        }
        super::codes::count_for_good(&transaction, &tables).await?;
        tables.drop(&transaction).await?;
        self.drop_secret(&transaction, round.id).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await?;
        self.checkpoint().await;
        Ok(unreported)
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
