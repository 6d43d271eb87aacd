//! From score sheets and figures of surveys to the ranking of a round.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::{PublishedQuestionnaire, PublishedScheme, format};
use crate::refusal::Refusal;
use crate::round::steps::ScorePart;
use crate::round::{Round, RoundState};
use crate::scheme::{self, Scheme};
use crate::scoring::ranking::{BlockRanking, Past, PreviousRound, RankedUnit, Ranking, Sheets, Standing, UnitSheet, UnitStatus, ranking};
use crate::scoring::results::Results;
use crate::scoring::sheet::Cell;
use crate::scoring::targets::{ImportedFigure, Target, hold};
use crate::store::scores::{FileKind, KeptScheme, ScoreSheets};
use crate::store::{Result, Store, StoreError};
use crate::unit::Registered;
use crate::unit::UnitCode;

mod attained;

/// The status of a unit, as it is entered.
const EXEMPT: &str = "exempt";
const NEW: &str = "new";
const NORMAL: &str = "normal";
const MERGED: &str = "merged:";

/// How a round is scored: its schemes, and the units that each of them is for.
#[derive(Debug)]
pub struct Scored {
    /// The schemes, in the order of the round, with the texts they were made of.
    pub schemes: Vec<(Scheme, KeptScheme)>,
    /// The units of their blocks that exist when the round opens, in the order of the register.
    pub units: Vec<Registered>,
}

impl Scored {
    /// Reads the schemes of an opened round.
    ///
    /// # Errors
    /// When the database does not answer, or holds a scheme that this version cannot read.
    pub async fn read(store: &Store, round: &Round) -> Result<Self> {
        let mut schemes = Vec::new();
        for kept in store.schemes(round.id).await? {
            let damaged = |why| {
                StoreError::trouble(format!("the round's own copy of the scheme `{}` cannot be read by this version: {why}", kept.code))
            };
            schemes.push((scheme::kept::read(&kept.definition).map_err(damaged)?, kept));
        }
        let first_day = round.offset.to_datetime(round.opens_at).date();
        let of_block = |block: &str| schemes.iter().any(|(scheme, _)| scheme.block(block, round.year).is_some());
        let units = store.units().await?.into_iter().filter(|row| row.unit.exists_on(first_day) && of_block(&row.unit.block)).collect();
        Ok(Self { schemes, units })
    }

    /// Every unit with its scheme.
    #[must_use]
    pub fn units_with_schemes(&self, year: i32) -> Vec<(&Registered, &Scheme)> {
        let scheme = |block: &str| self.schemes.iter().map(|(scheme, _)| scheme).find(|scheme| scheme.block(block, year).is_some());
        self.units.iter().filter_map(|row| Some((row, scheme(&row.unit.block)?))).collect()
    }
}

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
    let (previous, past) = past(store, round).await?.map_or((None, HashMap::new()), |(previous, past)| (Some(previous), past));
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
                blocks.push(ranking(&Sheets { scheme, block, units: &units }, &results, &past));
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

fn sheet(row: &Registered, year: i32, register: &[Registered], mut cells: HashMap<String, Cell>) -> UnitSheet {
    let of_unit = cells.remove("");
    let status = of_unit.as_ref().and_then(|cell| cell.entry(ScorePart::Status));
    let status = status.and_then(read_status).unwrap_or_else(|| registered_status(row, year, register));
    UnitSheet { unit: row.unit.code.clone(), status, cells }
}

/// What the register says of a unit: one that began to exist in the year is new, or merged where others ended in it.
fn registered_status(row: &Registered, year: i32, register: &[Registered]) -> UnitStatus {
    if row.unit.valid_from.is_none_or(|from| i32::from(from.year()) != year) {
        return UnitStatus::Normal;
    }
    let into_it = register.iter().filter(|other| other.unit.merged_into.as_ref() == Some(&row.unit.code));
    let from: Vec<UnitCode> = into_it.map(|other| other.unit.code.clone()).collect();
    if from.is_empty() { UnitStatus::New } else { UnitStatus::Merged { from } }
}

/// A status as it is kept; none for what is no status.
#[must_use]
pub fn read_status(words: &str) -> Option<UnitStatus> {
    match words {
        NORMAL => Some(UnitStatus::Normal),
        NEW => Some(UnitStatus::New),
        EXEMPT => Some(UnitStatus::Exempt),
        _ => {
            let from = words.strip_prefix(MERGED)?.split(';').map(UnitCode::new).collect::<std::result::Result<_, _>>().ok()?;
            Some(UnitStatus::Merged { from })
        }
    }
}

/// A status as it is kept.
#[must_use]
pub fn written_status(status: &UnitStatus) -> String {
    match status {
        UnitStatus::Normal => NORMAL.to_owned(),
        UnitStatus::New => NEW.to_owned(),
        UnitStatus::Exempt => EXEMPT.to_owned(),
        UnitStatus::Merged { from } => format!("{MERGED}{}", from.iter().map(UnitCode::as_str).collect::<Vec<_>>().join(";")),
    }
}

/// The frozen round before: the one that was named, else the last one published of an earlier year that has a ranking.
async fn past(store: &Store, round: &Round) -> Result<Option<(PreviousRound, HashMap<UnitCode, Past>)>> {
    let named = store.previous_round(round.id).await?;
    if let Some(code) = &named {
        let named = store.round(code).await?;
        let none = || Refusal::NoRanking { round: code.clone(), of: round.code.clone() }.into();
        return earlier(store, &named).await?.map(Some).ok_or_else(none);
    }
    for other in store.rounds().await?.iter().filter(|other| other.year < round.year) {
        if let Some(found) = earlier(store, other).await? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

async fn earlier(store: &Store, round: &Round) -> Result<Option<(PreviousRound, HashMap<UnitCode, Past>)>> {
    if round.state != RoundState::Published {
        return Ok(None);
    }
    let Some(snapshot) = store.snapshot(round.id).await? else { return Ok(None) };
    let Some(ranking) = format::ranking(&snapshot)? else { return Ok(None) };
    let previous = PreviousRound { round: round.code.clone(), year: round.year, sha256: snapshot.sha256 };
    Ok(Some((previous, ranking.blocks.iter().flat_map(past_units).collect())))
}

fn past_units(block: &BlockRanking) -> Vec<(UnitCode, Past)> {
    let of = |(unit, standing): (&RankedUnit, &Standing)| {
        let fields = block.fields.iter().zip(&standing.fields);
        let fields = fields.filter_map(|(head, field)| Some((head.code.clone(), field.index?))).collect();
        (unit.unit.clone(), Past { block: block.block.clone(), rank: standing.rank, index: standing.index, fields })
    };
    block.ranked().into_iter().map(of).collect()
}

async fn targets(
    store: &Store,
    round: &Round,
    scored: &Scored,
    blocks: &[BlockRanking],
    results: &[&Results],
) -> Result<Vec<crate::scoring::targets::TargetResult>> {
    let targets: Vec<Target> = kept(store, round, FileKind::Targets).await?;
    let figures: Vec<ImportedFigure> = kept(store, round, FileKind::Figures).await?;
    let known = attained::Known { year: round.year, scored, blocks, results, figures: &figures };
    Ok(targets.into_iter().map(|target| (known.of(&target), target)).map(|(attained, target)| hold(target, attained)).collect())
}

async fn kept<T: for<'de> Deserialize<'de>>(store: &Store, round: &Round, kind: FileKind) -> Result<Vec<T>> {
    let Some(body) = store.kept_file(round.id, kind).await? else { return Ok(Vec::new()) };
    serde_json::from_str(&body)
        .map_err(|error| StoreError::trouble(format!("the {kind} of round `{}` cannot be read by this version: {error}", round.code)))
}

/// What was read of a file, as it is kept.
///
/// # Errors
/// Never for what this program reads from files.
pub fn written<T: Serialize>(rows: &[T]) -> Result<String> {
    serde_json::to_string(rows).map_err(|error| StoreError::trouble(error.to_string()))
}
