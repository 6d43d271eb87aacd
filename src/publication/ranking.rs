//! From score sheets and figures of surveys to the ranking of a round.

use std::collections::HashMap;

use super::{PublishedQuestionnaire, PublishedScheme};
use crate::refusal::Refusal;
use crate::round::Round;
use crate::round::steps::ScorePart;
use crate::scheme::Scheme;
use crate::scoring::ranking::{BlockRanking, BlockSheets, Ranking, UnitSheet, ranking};
use crate::scoring::results::Results;
use crate::scoring::sheet::LeafEntries;
use crate::scoring::targets::{ImportedFigure, Target, TargetResult, hold};
use crate::store::scores::{FileKind, KeptScheme, ScoreSheets};
use crate::store::{Result, Store};
use crate::unit::Registered;

mod attained;
mod kept;
mod previous;
mod scored;
mod status;

pub use kept::written;
pub use scored::Scored;
pub use status::{read_status, written_status};

/// Scores and ranks the units of a round, and gives the schemes as they are published. None for a round without schemes.
pub(super) async fn of(
    store: &Store,
    round: &Round,
    scored: &Scored,
    questionnaires: &[PublishedQuestionnaire],
) -> Result<(Vec<PublishedScheme>, Option<Ranking>)> {
    if scored.schemes.is_empty() {
        return Ok((Vec::new(), None));
    }
    let results: Vec<&Results> = questionnaires.iter().map(|published| &published.results).collect();
    let (previous, past) =
        previous::previous(store, round).await?.map_or((None, HashMap::new()), |(previous, past)| (Some(previous), past));
    let mut entered = store.score_sheets(round.id).await?;
    let register = store.units().await?;
    let mut blocks = Vec::new();
    for (scheme, _) in &scored.schemes {
        for block in scheme.block_codes(round.year).into_iter().filter_map(|code| scheme.block(code, round.year)) {
            let units: Vec<UnitSheet> = scored
                .units
                .iter()
                .filter(|row| row.unit.block == block.code)
                .map(|row| sheet(row, round.year, &register, entered.remove(&row.id).unwrap_or_default()))
                .collect();
            if !units.is_empty() {
                blocks.push(ranking(&BlockSheets { scheme, block, units: &units }, &results, &past));
            }
        }
    }
    refuse_strays(round, &entered, &register)?;
    let targets = targets(store, round, scored, &blocks, &results).await?;
    let published =
        |(_, kept): &(Scheme, KeptScheme)| PublishedScheme { definition: kept.definition.clone(), definition_sha256: kept.sha256.clone() };
    Ok((scored.schemes.iter().map(published).collect(), Some(Ranking { previous, blocks, targets })))
}

/// Entries of units that no scheme covers any more: the register was changed after they were made.
fn refuse_strays(round: &Round, entered: &ScoreSheets, register: &[Registered]) -> Result<()> {
    let strays = register.iter().filter(|row| entered.contains_key(&row.id));
    let units: Vec<String> = strays.map(|row| row.unit.code.to_string()).collect();
    if units.is_empty() { Ok(()) } else { Err(Refusal::Strays { round: round.code.clone(), units }.into()) }
}

fn sheet(row: &Registered, year: i32, register: &[Registered], mut cells: HashMap<String, LeafEntries>) -> UnitSheet {
    let of_unit = cells.remove("");
    let status = of_unit.as_ref().and_then(|cell| cell.entry(ScorePart::Status));
    let status = status.and_then(read_status).unwrap_or_else(|| status::registered_status(row, year, register));
    UnitSheet { unit: row.unit.code.clone(), status, cells }
}

/// What came of each target.
async fn targets(
    store: &Store,
    round: &Round,
    scored: &Scored,
    blocks: &[BlockRanking],
    results: &[&Results],
) -> Result<Vec<TargetResult>> {
    let targets: Vec<Target> = kept::kept(store, round, FileKind::Targets).await?;
    let figures: Vec<ImportedFigure> = kept::kept(store, round, FileKind::Figures).await?;
    let known = attained::KnownFigures { year: round.year, scored, blocks, results, figures: &figures };
    Ok(targets.into_iter().map(|target| held_against(&known, target)).collect())
}

fn held_against(known: &attained::KnownFigures<'_>, target: Target) -> TargetResult {
    let subject = known.subject(&target);
    let attained = known.of(&target, &subject);
    hold(target, subject, attained)
}
