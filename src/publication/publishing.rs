//! Publishing: freezing the figures of a round for good, and correcting them by a publication of its own.

use super::{Correction, Publication, assembled, draft, format, opened, read};
use crate::meter::Progress;
use crate::refusal::Refusal;
use crate::round::steps::Step;
use crate::round::{Round, RoundState};
use crate::scoring::ranking::{CellState, UnitStatus};
use crate::store::audit::By;
use crate::store::scores::{Seen, Signature};
use crate::store::snapshots::Snapshot;
use crate::store::{Result, Store};

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
pub async fn publish(store: &Store, code: &str, how: Publishing<'_>, by: &By, progress: Progress<'_>) -> Result<Snapshot> {
    prepare(store, code, how, progress).await?.freeze(store, by).await
}

/// Makes what is going to be public, and changes nothing. `progress` hears of the responses that are counted, in thousandths of all.
///
/// # Errors
/// When the round is not closed, is published already (and this is no correction), is not approved, or lacks scores.
pub async fn prepare(store: &Store, code: &str, how: Publishing<'_>, progress: Progress<'_>) -> Result<Prepared> {
    // Before anything else: what is read afterwards is what was seen, or freezing is refused.
    let before = store.seen(code).await?;
    let round = store.round(code).await?;
    require_state(&round, how)?;
    let is_step = require_approval(store, &round).await?;
    let (publication, frozen) = match how.correction {
        None => (draft(store, code, progress).await?, None),
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
    let (state, code) = (round.state, round.code.clone());
    match how.correction {
        None if state != RoundState::Closed => Err(Refusal::NotClosed { round: code, state }.into()),
        Some(_) if state != RoundState::Published => Err(Refusal::NotPublished { round: code, state }.into()),
        _ => Ok(()),
    }
}

/// Whether a round plans steps; then it is published from approval only.
async fn require_approval(store: &Store, round: &Round) -> Result<bool> {
    let (code, scoring) = (&round.code, store.scoring(round.id).await?);
    match scoring.step {
        None => Ok(false),
        Some(Step::Approval) => Ok(true),
        Some(step) => Err(Refusal::NotApproved { round: code.clone(), step, last_step: Step::Approval }.into()),
    }
}

/// A correction keeps the figures of surveys as they were frozen, in the format in which they were: two versions of one answer could be
/// told from each other. Given with what it corrects.
async fn corrected(store: &Store, round: &Round, why: &str) -> Result<(Publication, Snapshot)> {
    let nothing = || Refusal::NothingPublished { round: round.code.clone() };
    let snapshot = store.snapshot(round.id).await?.ok_or_else(nothing)?;
    let frozen = read(&snapshot)?;
    if frozen.schemes.is_empty() {
        return Err(Refusal::NotScored { round: round.code.clone() }.into());
    }
    let mut publication = assembled(store, opened(store, &round.code).await?, frozen.questionnaires).await?;
    publication.format = frozen.format;
    publication.corrects = Some(Correction { sha256: snapshot.sha256.clone(), why: why.to_owned() });
    Ok((publication, snapshot))
}

/// A unit to which nothing applies would be left out of the ranking without a word.
fn refuse_unranked(publication: &Publication) -> Result<()> {
    let units = publication.ranking.iter().flat_map(|ranking| &ranking.blocks).flat_map(|block| &block.units);
    let unranked = units.filter(|unit| unit.standing.is_none() && unit.unranked.is_none() && unit.status != UnitStatus::Exempt);
    let units: Vec<String> = unranked.map(|unit| unit.unit.to_string()).collect();
    if units.is_empty() { Ok(()) } else { Err(Refusal::Unranked { units }.into()) }
}

/// A ranking in which nobody scored a criterion says nothing.
fn refuse_missing(publication: &Publication) -> Result<()> {
    let blocks = publication.ranking.iter().flat_map(|ranking| &ranking.blocks);
    let cells = blocks
        .flat_map(|block| block.scored().flat_map(|unit| block.leaves.iter().zip(&unit.cells).map(move |(leaf, cell)| (unit, leaf, cell))));
    let missing: Vec<String> = cells
        .filter(|(_, leaf, cell)| cell.state == CellState::Missing && !leaf.is_adjustment())
        .map(|(unit, leaf, _)| format!("{} {}", unit.unit, leaf.code))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Refusal::Unscored { cells: missing.len(), first: missing.into_iter().take(5).collect() }.into())
}
