//! Publishing: freezing the figures of a round for good, and correcting them by a publication of its own.

use super::{Correction, Publication, assembled, draft, format, opened, read};
use crate::round::steps::Step;
use crate::round::{Round, RoundState};
use crate::scoring::ranking::{CellState, UnitStatus};
use crate::store::audit::By;
use crate::store::scores::{Seen, Signature};
use crate::store::snapshots::Snapshot;
use crate::store::{Result, Store, StoreError};

/// How a publication is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Publishing<'a> {
    /// Whether scores that nobody has entered may count as 0.
    pub missing_as_zero: bool,
    /// Why the round that is published already is corrected.
    pub correction: Option<&'a str>,
}

/// What is going to be made public of a round. It is frozen only while nothing has changed that it is made of.
#[derive(Debug)]
pub struct Prepared {
    before: Seen,
    round: Round,
    publication: Publication,
    /// What a correction corrects.
    frozen: Option<Snapshot>,
    /// Whether it takes a round that plans steps to the last of them.
    is_step: bool,
}

/// Freezes the figures of a closed round and makes them public, or corrects what was made public before.
///
/// # Errors
/// As [`prepare`] and [`Prepared::freeze`].
pub async fn publish(store: &Store, code: &str, how: Publishing<'_>, by: &By) -> Result<Snapshot> {
    prepare(store, code, how).await?.freeze(store, by).await
}

/// Makes what is going to be public, and changes nothing.
///
/// # Errors
/// When the round is not closed, is published already (and this is no correction), is not approved, or lacks scores.
pub async fn prepare(store: &Store, code: &str, how: Publishing<'_>) -> Result<Prepared> {
    // Before anything else: what is read afterwards is what was seen, or freezing is refused.
    let before = store.seen(code).await?;
    let round = store.round(code).await?;
    require_state(&round, how)?;
    let is_step = require_approval(store, &round).await?;
    let (publication, frozen) = match how.correction {
        None => (draft(store, code).await?, None),
        Some(why) => corrected(store, &round, why).await.map(|(publication, frozen)| (publication, Some(frozen)))?,
    };
    refuse_unranked(&publication)?;
    if !how.missing_as_zero {
        refuse_missing(&publication)?;
    }
    Ok(Prepared { before, round, publication, frozen, is_step })
}

impl Prepared {
    /// Freezes it for good.
    ///
    /// # Errors
    /// When somebody has changed what it is made of: scores, targets, figures, the step, or the publication that it corrects.
    pub async fn freeze(self, store: &Store, by: &By) -> Result<Snapshot> {
        let Self { before, round, publication, frozen, is_step } = self;
        let why = publication.corrects.as_ref().map(|corrects| corrects.why.clone()).unwrap_or_default();
        let signature = Signature { who: by.who().to_owned(), on: round.day(by.at()), why };
        let step = is_step.then_some(&signature);
        match frozen {
            None => store.publish(&round, format::written(&publication)?, &before, step, by).await,
            Some(frozen) => store.correct(&round, format::corrected(publication, &frozen)?, &before, step, by).await,
        }
    }
}

fn require_state(round: &Round, how: Publishing<'_>) -> Result<()> {
    let (needed, done) = if how.correction.is_some() { (RoundState::Published, "corrected") } else { (RoundState::Closed, "published") };
    if round.state == needed {
        return Ok(());
    }
    Err(StoreError::refused(format!("round `{}` is {}; only a {needed} round can be {done}", round.code, round.state)))
}

/// Whether a round plans steps; then it is published from approval only.
async fn require_approval(store: &Store, round: &Round) -> Result<bool> {
    let (code, scoring) = (&round.code, store.scoring(round.id).await?);
    match scoring.step {
        None => Ok(false),
        Some(Step::Approval) => Ok(true),
        Some(step) => Err(StoreError::refused(format!(
            "round `{code}` is in the step {step}; it is published from {}. `par-survey scores step` goes from step to step",
            Step::Approval
        ))),
    }
}

/// A correction keeps the figures of surveys as they were frozen, in the format in which they were: two versions of one answer could be told
/// from each other. Given with what it corrects.
async fn corrected(store: &Store, round: &Round, why: &str) -> Result<(Publication, Snapshot)> {
    let nothing = || StoreError::refused(format!("round `{}` has no snapshot to correct", round.code));
    let snapshot = store.snapshot(round.id).await?.ok_or_else(nothing)?;
    let frozen = read(&snapshot)?;
    if frozen.schemes.is_empty() {
        return Err(StoreError::refused(format!(
            "round `{}` was not scored here, so there is nothing to correct; `par-survey scores past --correct` imports a ranking anew",
            round.code
        )));
    }
    let mut publication = assembled(store, opened(store, &round.code).await?, frozen.questionnaires).await?;
    publication.format = frozen.format;
    publication.corrects = Some(Correction { sha256: snapshot.sha256.clone(), why: why.to_owned() });
    Ok((publication, snapshot))
}

/// A unit to which nothing applies would be left out of the ranking without a word.
fn refuse_unranked(publication: &Publication) -> Result<()> {
    let units = publication.ranking.iter().flat_map(|ranking| &ranking.blocks).flat_map(|block| &block.units);
    let unranked: Vec<&str> =
        units.filter(|unit| unit.standing.is_none() && unit.status != UnitStatus::Exempt).map(|unit| unit.unit.as_str()).collect();
    if unranked.is_empty() {
        return Ok(());
    }
    let listed = unranked.join(", ");
    Err(StoreError::refused(format!(
        "nothing of the scheme applies to {listed}; `par-survey scores unit --status exempt` leaves a unit out"
    )))
}

/// A ranking in which nobody scored a criterion says nothing.
fn refuse_missing(publication: &Publication) -> Result<()> {
    let blocks = publication.ranking.iter().flat_map(|ranking| &ranking.blocks);
    let cells = blocks.flat_map(|block| {
        block.ranked().into_iter().flat_map(|(unit, _)| block.leaves.iter().zip(&unit.cells).map(move |(leaf, cell)| (unit, leaf, cell)))
    });
    let missing: Vec<String> = cells
        .filter(|(_, leaf, cell)| cell.state == CellState::Missing && !leaf.is_adjustment())
        .map(|(unit, leaf, _)| format!("{} {}", unit.unit, leaf.code))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let first: Vec<&str> = missing.iter().map(String::as_str).take(5).collect();
    Err(StoreError::refused(format!(
        "{} cells of score sheets have no appraised score, such as {}; enter them, or publish with --missing-as-zero",
        missing.len(),
        first.join(", ")
    )))
}
