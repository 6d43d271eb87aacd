//! From the stored responses of a closed round to its figures, and the document that publishing freezes.

pub mod document;
pub mod past;
pub mod ranking;

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::directory::{Form, OpenedRound, read_round};
use crate::scoring::ranking::{CellState, Ranking};
use crate::scoring::results::{RegisterUnit, Results, ResultsInput, results};
use crate::scoring::steps::Step;
use crate::scoring::tally::{Cell, Tally};
use crate::store::responses::Response;
use crate::store::rounds::{Round, RoundState};
use crate::store::snapshots::Snapshot;
use crate::store::units::Registered;
use crate::store::{Result, Store, StoreError};
use crate::survey::codebook::Damaged;
use crate::survey::mode::Mode;
use crate::unit::UnitCode;
use ranking::Scored;

/// Everything that is public of a round: figures, and the texts and names that say what they mean. Fields stand in this order in its JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// Id of the round.
    pub round: String,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// The year it rates.
    pub year: i32,
    /// Whether its answers are made up.
    pub synthetic: bool,
    /// Instances whose letterbox was gone on without at closing: sheets in it are missing here.
    pub excused: Vec<String>,
    /// The units asked about, with the names they had.
    pub units: Vec<PublishedUnit>,
    /// The questionnaires with their results.
    pub questionnaires: Vec<PublishedQuestionnaire>,
    /// The index schemes, in the order of the round.
    pub schemes: Vec<PublishedScheme>,
    /// Scores and ranks; none for a round without schemes.
    pub ranking: Option<Ranking>,
    /// The publication that this one corrects.
    pub corrects: Option<Correction>,
}

/// An index scheme: structure and formula of every score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedScheme {
    /// The exact text of its definition.
    pub definition: String,
    /// SHA-256 of that text.
    pub definition_sha256: String,
}

/// What a correction corrects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// SHA-256 of the publication before.
    pub sha256: String,
    /// Why it was wrong.
    pub why: String,
}

/// A unit as it was called when the round was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedUnit {
    /// Its code.
    pub code: UnitCode,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// Its block.
    pub block: String,
}

/// A questionnaire with its results.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublishedQuestionnaire {
    /// The exact text of its definition: wording and formula of every figure below.
    pub definition: String,
    /// The figures.
    pub results: Results,
}

/// Counts one response; `groups` are those of the definition, and a group's number is its place among them. Whatever is in none of them, as
/// everything is where there are none, has the number behind the last.
fn count((groups, tally): &mut (Vec<String>, Tally), response: Response<'_>) -> std::result::Result<(), Damaged> {
    let impossible = Damaged { offset: 0, width: response.answers.len() };
    let mode = Mode::from_number(response.mode).ok_or(impossible)?;
    let unit = u32::try_from(response.unit).map_err(|_| impossible)?;
    let group = groups.iter().position(|group| group == response.group).unwrap_or(groups.len());
    tally.add(Cell { unit, group: u16::try_from(group).unwrap_or(u16::MAX), mode }, response.answers)
}

/// Codes of the respondent groups, in the order of the definition.
fn groups(form: &Form) -> Vec<String> {
    form.questionnaire.rating.iter().flat_map(|rating| &rating.groups).map(|group| group.code.clone()).collect()
}

/// Counts all responses to a questionnaire.
///
/// # Errors
/// When the database does not answer, or a stored sheet does not fit the questionnaire.
pub async fn tally(store: &Store, form: &Form) -> Result<Tally> {
    let groups = groups(form);
    let parts = store.fold_responses(form.id, || (groups.clone(), Tally::new(&form.codebook)), count).await?;
    let mut total = Tally::new(&form.codebook);
    for (_, part) in parts {
        total.merge(&part).map_err(|error| StoreError::Refused(error.to_string()))?;
    }
    Ok(total)
}

/// The figures of a questionnaire of a closed round.
///
/// # Errors
/// When the database does not answer, or a stored sheet does not fit the questionnaire.
pub async fn figures(store: &Store, form: &Form) -> Result<Results> {
    let tally = tally(store, form).await?;
    let unit = |row: &Registered| {
        let number = u32::try_from(row.id).unwrap_or_default();
        RegisterUnit { code: row.unit.code.clone(), block: row.unit.block.clone(), number }
    };
    let units: Vec<_> = form.units.iter().map(unit).collect();
    let groups = groups(form);
    let input =
        ResultsInput { questionnaire: &form.questionnaire, definition_sha256: &form.sha256, units: &units, groups: &groups, tally: &tally };
    Ok(results(&input))
}

/// A round with its forms, as the command line reads it.
///
/// # Errors
/// When there is no such round, or it was never opened.
pub async fn opened(store: &Store, code: &str) -> Result<OpenedRound> {
    let round = store.round(code).await?;
    if round.state == RoundState::Draft {
        return Err(StoreError::Refused(format!("round `{code}` was never opened; it has no sheets")));
    }
    read_round(store, round, &store.units().await?).await
}

/// The figures of a round before they are public.
///
/// # Errors
/// When the round is not closed.
pub async fn draft(store: &Store, code: &str) -> Result<Publication> {
    let opened = opened(store, code).await?;
    if opened.round.state < RoundState::Closed {
        return Err(StoreError::Refused(format!(
            "round `{code}` is {}; there are figures only after `par-survey round close {code}`",
            opened.round.state
        )));
    }
    let mut questionnaires = Vec::new();
    let texts: HashMap<i32, String> = store.asked(opened.round.id).await?.into_iter().map(|asked| (asked.id, asked.definition)).collect();
    for form in &opened.questionnaires {
        let definition = texts.get(&form.id).cloned().unwrap_or_default();
        questionnaires.push(PublishedQuestionnaire { definition, results: figures(store, form).await? });
    }
    let scored = Scored::read(store, &opened.round).await?;
    let (schemes, ranking) = ranking::of(store, &opened.round, &scored, &questionnaires).await?;
    let units = published_units(&opened, &scored.units);
    let Round { code, name_vi, name_en, year, synthetic, excused, .. } = opened.round;
    Ok(Publication { round: code, name_vi, name_en, year, synthetic, excused, units, questionnaires, schemes, ranking, corrects: None })
}

/// The units that were asked about and those that are scored, each once.
fn published_units(opened: &OpenedRound, scored: &[Registered]) -> Vec<PublishedUnit> {
    let mut known: HashSet<&UnitCode> = HashSet::new();
    let all = opened.questionnaires.iter().flat_map(|form| &form.units).chain(scored).map(|row| &row.unit);
    let units = all.filter(|unit| known.insert(&unit.code));
    units
        .map(|unit| PublishedUnit {
            code: unit.code.clone(),
            name_vi: unit.name_vi.clone(),
            name_en: unit.name_en.clone(),
            block: unit.block.clone(),
        })
        .collect()
}

/// How a publication is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Publishing<'a> {
    /// Whether scores that nobody has entered may count as 0.
    pub missing_as_zero: bool,
    /// Why the round that is published already is corrected.
    pub correction: Option<&'a str>,
}

/// Freezes the figures of a closed round and makes them public, or corrects what was made public before.
///
/// # Errors
/// When the round is not closed, is published already (and this is no correction), is not approved, or lacks scores.
pub async fn publish(store: &Store, code: &str, how: Publishing<'_>) -> Result<Snapshot> {
    let round = store.round(code).await?;
    let needed = if how.correction.is_some() { RoundState::Published } else { RoundState::Closed };
    if round.state != needed {
        return Err(StoreError::Refused(format!(
            "round `{code}` is {}; only a {needed} round can be {}",
            round.state,
            if how.correction.is_some() { "corrected" } else { "published" }
        )));
    }
    let scoring = store.scoring(round.id).await?;
    if let Some(step) = scoring.step.filter(|step| *step != Step::Approval) {
        return Err(StoreError::Refused(format!(
            "round `{code}` is in the step {step}; it is published from {}. `par-survey scores step` goes from step to step",
            Step::Approval
        )));
    }
    let mut publication = draft(store, code).await?;
    if !how.missing_as_zero {
        refuse_missing(&publication)?;
    }
    let body = |publication: &Publication| serde_json::to_string(publication).map_err(|error| StoreError::Refused(error.to_string()));
    let Some(why) = how.correction else { return store.publish(&round, body(&publication)?, scoring.step.is_some()).await };
    let before = store.snapshot(round.id).await?.map(|snapshot| snapshot.sha256).unwrap_or_default();
    publication.corrects = Some(Correction { sha256: before, why: why.to_owned() });
    store.correct(&round, body(&publication)?, scoring.step.is_some()).await
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
    Err(StoreError::Refused(format!(
        "{} cells of score sheets have no appraised score, such as {}; enter them, or publish with --missing-as-zero",
        missing.len(),
        first.join(", ")
    )))
}

/// Reads a frozen publication.
///
/// # Errors
/// When this version cannot read it.
pub fn read(snapshot: &Snapshot) -> Result<Publication> {
    let unreadable = |error| StoreError::Refused(format!("the snapshot {} cannot be read by this version: {error}", snapshot.sha256));
    serde_json::from_str(&snapshot.body).map_err(unreadable)
}
