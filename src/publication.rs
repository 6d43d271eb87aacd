//! From the stored responses of a closed round to its figures, and the document that publishing freezes.

pub mod document;
pub mod format;
pub mod past;
mod publishing;
pub mod ranking;
pub mod sets;
pub mod shelf;

pub use format::FORMAT;
pub use publishing::{Prepared, Publishing, prepare, publish};

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::task::spawn_blocking;

use crate::directory::{Form, OpenedRound, read_round};
use crate::meter::{Progress, share};
use crate::organiser::Organiser;
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::scoring::population::Population;
use crate::scoring::publishing::{RegisterUnit, ResultsInput, results};
use crate::scoring::ranking::{Ranking, UnitStatus};
use crate::scoring::results::Results;
use crate::scoring::tally::{Tally, TallyCell};
use crate::scoring::thresholds::Thresholds;
use crate::store::responses::Response;
use crate::store::snapshots::Snapshot;
use crate::store::{Result, Store, StoreError};
use crate::survey::codebook::Damaged;
use crate::survey::mode::Mode;
use crate::unit::Registered;
use crate::unit::{Unit, UnitCode};
use ranking::Scored;

/// Everything that is public of a round: figures, and the texts and names that say what they mean. Fields stand in this order in its JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// The format of the document; the first one is not named.
    #[serde(default = "format::first", skip_serializing_if = "format::is_first")]
    pub format: u32,
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
    /// Who asked, where the round said so: a field that no figure is made of, and that documents without it are read by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organiser: Option<Organiser>,
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
    tally.add(TallyCell { unit, group: u16::try_from(group).unwrap_or(u16::MAX), mode }, response.answers)
}

/// Codes of the respondent groups, in the order of the definition.
fn groups(form: &Form) -> Vec<String> {
    form.questionnaire.rating.iter().flat_map(|rating| &rating.groups).map(|group| group.code.clone()).collect()
}

/// Counts all responses to a questionnaire: once to see who reaches the floor, and again those alone.
///
/// # Errors
/// When the database does not answer, or a stored sheet does not fit the questionnaire.
pub async fn tally(store: &Store, form: &Form, thresholds: Thresholds) -> Result<Tally> {
    within(store, form, Arc::new(population(store, form, thresholds).await?)).await
}

async fn within(store: &Store, form: &Form, population: Arc<Population>) -> Result<Tally> {
    counted(store, form, &Tally::within(&form.codebook, population)).await
}

/// Who reaches the floor.
async fn population(store: &Store, form: &Form, thresholds: Thresholds) -> Result<Population> {
    let all = counted(store, form, &Tally::new(&form.codebook)).await?;
    Ok(Population::of(&form.questionnaire, thresholds, &all))
}

/// Counts all responses into a tally that is empty.
async fn counted(store: &Store, form: &Form, empty: &Tally) -> Result<Tally> {
    let groups = groups(form);
    let parts = store.fold_responses(form.id, || (groups.clone(), empty.clone()), count).await?;
    let mut total = empty.clone();
    for (_, part) in parts {
        total.merge(&part).map_err(|error| StoreError::trouble(error.to_string()))?;
    }
    Ok(total)
}

/// The figures of a questionnaire of a closed round.
///
/// # Errors
/// When the database does not answer, or a stored sheet does not fit the questionnaire.
pub async fn figures(store: &Store, form: &Form) -> Result<Results> {
    figures_told(store, form, &|| {}).await
}

/// The same; somebody hears when the first of the two counts is done.
async fn figures_told(store: &Store, form: &Form, halfway: &(dyn Fn() + Send + Sync)) -> Result<Results> {
    let thresholds = Thresholds::of(form.questionnaire.least_sheets);
    let population = Arc::new(population(store, form, thresholds).await?);
    halfway();
    let tally = within(store, form, population).await?;
    let unit = |row: &Registered| {
        let number = u32::try_from(row.id).unwrap_or_default();
        RegisterUnit { code: row.unit.code.clone(), block: row.unit.block.clone(), number }
    };
    let units: Vec<_> = form.units.iter().map(unit).collect();
    let (questionnaire, definition_sha256) = (form.questionnaire.clone(), form.sha256.clone());
    // What may be printed of many units takes its time, and others are served meanwhile.
    let printed = spawn_blocking(move || {
        let (questionnaire, definition_sha256) = (&questionnaire, &definition_sha256);
        results(&ResultsInput { questionnaire, definition_sha256, units: &units, thresholds, tally: &tally })
    });
    printed.await.map_err(|broken| StoreError::trouble(format!("figures of a questionnaire broke off: {broken}")))
}

/// A round with its forms, as the command line reads it.
///
/// # Errors
/// When there is no such round, or it was never opened.
pub async fn opened(store: &Store, code: &str) -> Result<OpenedRound> {
    let round = store.round(code).await?;
    if round.state == RoundState::Draft {
        return Err(Refusal::NeverOpened { round: code.to_owned() }.into());
    }
    read_round(store, round, &store.units().await?).await
}

/// The figures of a round before they are public. `progress` hears of the responses that are counted, in thousandths of all: not of how
/// many there are, for of those that are in no figure nobody is told.
///
/// # Errors
/// When the round is not closed.
pub async fn draft(store: &Store, code: &str, progress: Progress<'_>) -> Result<Publication> {
    let opened = opened(store, code).await?;
    if opened.round.state < RoundState::Closed {
        return Err(Refusal::NoFigures { round: code.to_owned(), state: opened.round.state }.into());
    }
    let surveys = surveys(store, &opened, progress).await?;
    assembled(store, opened, surveys).await
}

/// The figures of all questionnaires of a closed round.
async fn surveys(store: &Store, opened: &OpenedRound, progress: Progress<'_>) -> Result<Vec<PublishedQuestionnaire>> {
    let mut surveys = Vec::new();
    let texts: HashMap<i32, String> = store.asked(opened.round.id).await?.into_iter().map(|asked| (asked.id, asked.definition)).collect();
    let of = opened.questionnaires.len() * 2;
    for (place, form) in opened.questionnaires.iter().enumerate() {
        let definition = texts.get(&form.id).cloned().unwrap_or_default();
        let results = figures_told(store, form, &|| progress(share(2 * place + 1, of))).await?;
        surveys.push(PublishedQuestionnaire { definition, results });
        progress(share(2 * place + 2, of));
    }
    Ok(surveys)
}

/// A publication of figures of surveys and the ranking that follows from them and the score sheets.
async fn assembled(store: &Store, opened: OpenedRound, questionnaires: Vec<PublishedQuestionnaire>) -> Result<Publication> {
    let scored = Scored::read(store, &opened.round).await?;
    let (schemes, ranking) = ranking::of(store, &opened.round, &scored, &questionnaires).await?;
    let units = published_units(&opened, &scored.units, ranking.as_ref(), &store.units().await?);
    let Round { code, name_vi, name_en, year, synthetic, excused, .. } = opened.round;
    Ok(Publication {
        format: FORMAT,
        round: code,
        name_vi,
        name_en,
        year,
        synthetic,
        organiser: opened.round.organiser.as_ref().map(|organiser| organiser.published()),
        excused,
        units,
        questionnaires,
        schemes,
        ranking,
        corrects: None,
    })
}

/// The units that were asked about, those that are scored, and those that they were merged from, each once.
fn published_units(opened: &OpenedRound, scored: &[Registered], ranking: Option<&Ranking>, register: &[Registered]) -> Vec<PublishedUnit> {
    let merged = ranking.iter().flat_map(|ranking| &ranking.blocks).flat_map(|block| &block.units).filter_map(|unit| match &unit.status {
        UnitStatus::Merged { from } => Some(from),
        _ => None,
    });
    let merged: HashSet<&UnitCode> = merged.flatten().collect();
    let origins = register.iter().filter(|row| merged.contains(&row.unit.code));
    let mut known: HashSet<&UnitCode> = HashSet::new();
    let all = opened.questionnaires.iter().flat_map(|form| &form.units).chain(scored).chain(origins).map(|row| &row.unit);
    let published = |unit: &Unit| PublishedUnit {
        code: unit.code.clone(),
        name_vi: unit.name_vi.clone(),
        name_en: unit.name_en.clone(),
        block: unit.block.clone(),
    };
    all.filter(|unit| known.insert(&unit.code)).map(published).collect()
}

/// Reads a frozen publication, whatever its format.
///
/// # Errors
/// When this version cannot read it.
pub fn read(snapshot: &Snapshot) -> Result<Publication> {
    format::read(snapshot)
}
