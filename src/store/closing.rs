//! Closing: one transaction opens all sheets of a round, rewrites them in random order and drops every table that knew more.
//!
//! Afterwards all responses of the round share one transaction, their order is that of fresh random keys, and nothing says which
//! batch, file or key a response came from.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use super::audit::{Action, By};
use super::entity::round_questionnaire;
use super::instance::Unreported;
use super::open_tables::OpenTables;
use super::rewriting::Codebooks;
use super::seals::seal_on;
use super::{Result, Store, Transaction};
use crate::refusal::{Refusal, SetAside};
use crate::round::{Round, RoundState};
use crate::seal::PrivateKey;

/// The key that a round is closed with, and what may be lost.
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
    /// Turns a closing round into a closed one. `excused` are names of instances that did not report and are gone on without; the round
    /// remembers those with which sheets may have been lost.
    ///
    /// # Errors
    /// When the round is not closing, an instance that is not excused has not reported, the key is not that of the round, or more would be
    /// lost with it than is given up; then nothing has changed.
    pub async fn finish_closing(&self, round: &Round, closing: &Closing<'_>, by: &By) -> Result<Vec<Unreported>> {
        let excused = closing.excused;
        let tables = OpenTables::of(round.id);
        let codebooks = self.codebooks(round.id).await?;
        let transaction = self.write().await?;
        self.step(&transaction, round, RoundState::Closing, RoundState::Closed).await?;
        let unreported = self.unreported(&transaction, round.id).await?;
        let missing: Vec<&Unreported> = unreported.iter().filter(|instance| !excused.contains(&instance.name)).collect();
        if !missing.is_empty() {
            return Err(not_reported(&round.code, &missing).into());
        }
        let (lost, empty): (Vec<_>, Vec<_>) = unreported.iter().partition(|instance| instance.may_hold_sheets);
        let [empty, lost] = [empty, lost].map(|named| named.into_iter().map(|instance| instance.name.clone()).collect::<Vec<_>>());
        let given_up = self.open_up(&transaction, round, (closing, &codebooks), &lost).await?;
        let [empty, lost] = [empty, lost].map(|names| names.iter().flat_map(|name| [name, "\n"]).collect::<String>());
        // Beside those that were forgotten while the round was open.
        let without = "UPDATE round SET excused = excused || $1, excused_empty = excused_empty || $2 WHERE id = $3";
        transaction.execute_raw(self.statement(without, [lost.into(), empty.into(), round.id.into()])).await?;
        transaction.execute_raw(self.statement("DELETE FROM instance_report WHERE round_id = $1", [round.id.into()])).await?;
        // A letterbox that is lost is not asked for again, unless it may hold sheets of another round; one that comes back registers
        // itself.
        let lost_for_good = "DELETE FROM instance WHERE name = $1 AND NOT EXISTS (SELECT 1 FROM round WHERE state IN ('open', 'closing'))";
        for Unreported { name, .. } in &unreported {
            transaction.execute_raw(self.statement(lost_for_good, [name.as_str().into()])).await?;
        }
        let without: Vec<&str> = unreported.iter().map(|instance| &*instance.name).collect();
        let detail = json!({ "without": without, "given_up": given_up });
        self.record(&transaction, by, Action::CloseRound, Some(round.id), &detail).await?;
        super::codes::count_for_good(&transaction, &tables).await?;
        super::shared_files::set_apart(&transaction, round.id).await?;
        tables.drop(&transaction).await?;
        self.drop_secret(&transaction, round.id).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await?;
        self.checkpoint().await;
        Ok(unreported)
    }

    /// Opens and rewrites all sheets of a round, and says how many were given up. `left_out` letterboxes may hold more.
    async fn open_up(
        &self,
        on: &Transaction,
        round: &Round,
        (closing, codebooks): (&Closing<'_>, &Codebooks),
        left_out: &[String],
    ) -> Result<u64> {
        let Some(seal) = seal_on(on, round.id).await? else {
            // A round that asks nothing has nothing to open.
            let asks = round_questionnaire::Entity::find().filter(round_questionnaire::Column::RoundId.eq(round.id)).count(on).await?;
            if asks == 0 {
                OpenTables::of(round.id).complete(on).await?;
                return Ok(0);
            }
            return Err(Refusal::NoSeal { round: round.code.clone() }.into());
        };
        let key = closing.key.filter(|key| key.public() == Some(seal.public));
        let key = key.ok_or_else(|| Refusal::KeyWanted { round: round.code.clone(), fingerprint: seal.public.fingerprint() })?;
        let unopened = self.rewrite(on, round.id, key, codebooks).await?;
        let set_aside: Vec<SetAside> = self.set_aside_on(on, round.id).await?.into_iter().map(SetAside::from).collect();
        let rows: u64 = set_aside.iter().map(|letterbox| letterbox.rows).sum();
        let letterboxes = u64::try_from(left_out.len()).unwrap_or(u64::MAX);
        let in_all = unopened + rows + letterboxes;
        if in_all > u64::from(closing.give_up) {
            let (round, left_out) = (round.code.clone(), left_out.to_vec());
            return Err(Refusal::LostWithKey { round, in_all, sheets: unopened, rows, letterboxes, set_aside, left_out }.into());
        }
        self.give_up(on, round.id, in_all).await?;
        Ok(in_all)
    }
}

/// Why a round is not closed without some servers.
pub(crate) fn not_reported(round: &str, servers: &[&Unreported]) -> Refusal {
    let names =
        |which: &dyn Fn(&Unreported) -> bool| servers.iter().filter(|server| which(server)).map(|server| server.name.clone()).collect();
    Refusal::Unreported { round: round.to_owned(), servers: names(&|_| true), holding: names(&|server| server.may_hold_sheets) }
}

impl From<(String, i32)> for SetAside {
    fn from((server, rows): (String, i32)) -> Self {
        Self { server, rows: u64::try_from(rows).unwrap_or_default() }
    }
}
