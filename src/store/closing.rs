//! Closing: one transaction opens all sheets of a round, rewrites them in random order and drops every table that knew more.
//!
//! Afterwards all responses of the round share one transaction, their order is that of fresh random keys, and nothing says which
//! batch, file or key a response came from.

use std::fmt;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;

use super::audit::{Action, By};
use super::entity::round_questionnaire;
use super::instance::Unreported;
use super::open_tables::OpenTables;
use super::rewriting::Codebooks;
use super::seals::seal_on;
use super::{Result, Store, StoreError, Transaction};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
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
    /// When the round is not closing, an instance that is not excused has not reported, the key is not that of the round, or more would be lost with
    /// it than is given up; then nothing has changed.
    pub async fn finish_closing(&self, round: &Round, closing: &Closing<'_>, by: &By) -> Result<Vec<Unreported>> {
        let excused = closing.excused;
        let tables = OpenTables::of(round.id);
        let codebooks = self.codebooks(round.id).await?;
        let transaction = self.write().await?;
        self.step(&transaction, round, RoundState::Closing, RoundState::Closed).await?;
        let unreported = self.unreported(&transaction, round.id).await?;
        let missing: Vec<_> =
            unreported.iter().filter(|instance| !excused.contains(&instance.name)).map(|instance| instance.name.clone()).collect();
        if !missing.is_empty() {
            return Err(Refusal::Unreported { round: round.code.clone(), servers: missing }.into());
        }
        let (lost, empty): (Vec<_>, Vec<_>) = unreported.iter().partition(|instance| instance.may_hold_sheets);
        let given_up = self.open_up(&transaction, round, (closing, &codebooks), lost.len()).await?;
        let [empty, lost] = [empty, lost].map(|named| named.iter().flat_map(|instance| [&*instance.name, "\n"]).collect::<String>());
        // Beside those that were forgotten while the round was open.
        let without = "UPDATE round SET excused = excused || $1, excused_empty = excused_empty || $2 WHERE id = $3";
        transaction.execute_raw(self.statement(without, [lost.into(), empty.into(), round.id.into()])).await?;
        transaction.execute_raw(self.statement("DELETE FROM instance_report WHERE round_id = $1", [round.id.into()])).await?;
        // A letterbox that is lost is not asked for again, unless it may hold sheets of another round; one that comes back registers itself.
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
        left_out: usize,
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
        let set_aside: i64 = self.set_aside_on(on, round.id).await?.iter().map(|(_, rows)| i64::from(*rows)).sum();
        let lost = Lost { unopened, set_aside: u64::try_from(set_aside).unwrap_or_default(), left_out };
        if lost.in_all() > u64::from(closing.give_up) {
            return Err(StoreError::Lost(lost));
        }
        self.give_up(on, round.id, lost.in_all()).await?;
        Ok(lost.in_all())
    }
}

/// What is lost once the key is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// Sheets and remarks that the key does not open.
    unopened: u64,
    /// Rows of letterboxes that could not be read.
    set_aside: u64,
    /// Letterboxes that may hold sheets.
    left_out: usize,
}

impl Lost {
    /// All of it, as one number.
    #[must_use]
    pub fn in_all(self) -> u64 {
        self.unopened + self.set_aside + u64::try_from(self.left_out).unwrap_or(u64::MAX)
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { unopened, set_aside, left_out } = self;
        write!(
            formatter,
            "{unopened} sheets or remarks that the key does not open, {set_aside} rows set aside and {left_out} letterboxes left out"
        )
    }
}
