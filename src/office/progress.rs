//! How far a round is, and what is told of its sheets: while it is open no more than what will be in figures whatever else comes, by
//! classes, because a count that grows by one shows who has just answered; once it is closed whether there are figures.

use std::collections::{BTreeMap, HashMap};

use super::{Office, Stopped};
use crate::directory::Form;
use crate::publication;
use crate::publication::sets::Sets;
use crate::round::{Round, RoundState};
use crate::scoring::classes::SheetClass;
use crate::scoring::reaching::certain;
use crate::scoring::thresholds::Thresholds;
use crate::seal::RoundSeal;
use crate::store::Store;
use crate::store::rounds::Asked;
use crate::unit::{Registered, Unit};

/// How far a round is.
#[derive(Debug)]
pub struct RoundProgress {
    /// The round that is told of.
    pub round: Round,
    /// Its seal; none where it asks nothing or is not open yet.
    pub seal: Option<RoundSeal>,
    /// The files that were imported.
    pub files: Vec<Files>,
    /// Every unit that a questionnaire asks about.
    pub units: Vec<UnitProgress>,
}

/// Files that were imported, of one questionnaire.
#[derive(Debug)]
pub struct Files {
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// How many.
    pub files: usize,
    /// Who brought them.
    pub imported_by: Vec<String>,
}

/// What is told of the sheets of a questionnaire about a unit.
#[derive(Debug)]
pub struct UnitProgress {
    /// Id of the questionnaire.
    pub questionnaire: String,
    /// A unit that is asked about.
    pub unit: Unit,
    /// Of its sheets.
    pub sheets: Told,
}

/// What is told of sheets beside figures: never more than these will tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// There are no figures of so few, or will be none.
    UnderFloor,
    /// So many will be in figures.
    Certain(SheetClass),
    /// There are figures.
    Figures,
}

/// How far a round is.
///
/// # Errors
/// When there is no such round, or the database does not answer.
pub async fn of(Office { store }: &Office, round: &str) -> Result<RoundProgress, Stopped> {
    let round = store.round(round).await?;
    let asked = store.asked(round.id).await?;
    let (seal, files) = (store.seal(round.id).await?, files(store, round.id, &asked).await?);
    let units = units(store, &round, &asked).await?;
    Ok(RoundProgress { round, seal, files, units })
}

async fn files(store: &Store, round: i32, asked: &[Asked]) -> Result<Vec<Files>, Stopped> {
    let code = |id: i32| asked.iter().find(|asked| asked.id == id).map(|asked| asked.code.clone()).unwrap_or_default();
    let found = store.files_by_questionnaire(round).await?.into_iter();
    Ok(found.map(|found| Files { questionnaire: code(found.questionnaire), files: found.files, imported_by: found.by }).collect())
}

async fn units(store: &Store, round: &Round, asked: &[Asked]) -> Result<Vec<UnitProgress>, Stopped> {
    let told = told(store, round).await?;
    let register: HashMap<i32, Registered> = store.units().await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let of = |asked: &Asked, id: i32| {
        let unit = register.get(&id)?.unit.clone();
        let sheets = told.get(&(asked.id, id)).copied().unwrap_or(Told::UnderFloor);
        Some(UnitProgress { questionnaire: asked.code.clone(), unit, sheets })
    };
    Ok(asked.iter().flat_map(|asked| asked.units.iter().filter_map(move |id| of(asked, *id))).collect())
}

/// What is told of questionnaires and units, by row, where it is more than nothing.
async fn told(store: &Store, round: &Round) -> Result<HashMap<(i32, i32), Told>, Stopped> {
    let mut told = HashMap::new();
    if round.state == RoundState::Draft {
        return Ok(told);
    }
    for form in &publication::opened(store, &round.code).await?.questionnaires {
        if round.state >= RoundState::Closed {
            let sets = Sets::read(store, form).await?;
            let with_figures = form.units.iter().filter(|unit| sets.has_figures(unit.id));
            told.extend(with_figures.map(|unit| ((form.id, unit.id), Told::Figures)));
        } else {
            let thresholds = Thresholds::of(form.questionnaire.least_sheets);
            let certain = certain_of(store, round.id, form).await?.into_iter().map(|(unit, sheets)| (unit, sheets.iter().sum()));
            let certain = certain.filter(|(_, sheets)| *sheets > 0);
            told.extend(certain.map(|(unit, sheets)| ((form.id, unit), Told::Certain(SheetClass::of(thresholds, sheets)))));
        }
    }
    Ok(told)
}

/// Of an open round: how many sheets of each unit, by row, will be in figures whatever else comes; by groups that can be counted as one.
pub(super) async fn certain_of(store: &Store, round: i32, form: &Form) -> Result<HashMap<i32, Vec<u64>>, Stopped> {
    let mut units: HashMap<i32, BTreeMap<String, u64>> = HashMap::new();
    for count in store.open_counts(round).await?.into_iter().filter(|count| count.questionnaire == form.id) {
        let sheets = u64::try_from(count.sheets).unwrap_or_default();
        *units.entry(count.unit).or_default().entry(count.group).or_default() += sheets;
    }
    let thresholds = Thresholds::of(form.questionnaire.least_sheets);
    Ok(units.into_iter().map(|(unit, by_group)| (unit, certain(&form.questionnaire, thresholds, &by_group))).collect())
}
