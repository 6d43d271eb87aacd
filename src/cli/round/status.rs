//! `par-survey round status`.

mod sealed;

use std::collections::HashMap;

use clap::Args;
use serde::Serialize;

use super::super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::super::output;
use super::super::standing::{UNDER_FLOOR, certain_of, floor_reached};
use crate::publication::{self, sets::Sets};
use crate::round::when::UtcOffset;
use crate::round::{Round, RoundState};
use crate::scoring::classes::SheetClass;
use crate::scoring::thresholds::Thresholds;
use crate::store::Store;
use crate::store::imports::FromFiles;
use crate::store::rounds::Asked;
use crate::unit::Registered;
use sealed::Sealed;

/// How many sheets each unit has
///
/// While the round is open only the class of a count is told (under the floor, from there to 49, 50-199, >=200), because a count that grows by one shows who
/// has just answered; and only of sheets that will be in figures: groups with fewer than these need are not counted, since what is published would
/// show how many they are. Nor are sheets that still wait in a letterbox, at most 19 for each questionnaire, unit and group on each server. Once it
/// is closed it is said whether there are figures of a unit (from the floor on) or not (under the floor). Of files that were imported it says how
/// many there are, and who brought them.
///
/// Of the seal it says the fingerprint of the key, where that is kept, when it was last tried, and after closing who has said that no copy is
/// left.
#[derive(Debug, Args)]
pub(crate) struct RoundStatusOptions {
    /// Id of the round
    round: String,
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Serialize)]
struct Status {
    round: String,
    state: String,
    opens_at: String,
    closes_at: String,
    closed_without: Vec<String>,
    seal: Option<Sealed>,
    from_files: Vec<FileStatus>,
    units: Vec<UnitStatus>,
}

/// Files that were imported, of one questionnaire.
#[derive(Debug, Serialize)]
struct FileStatus {
    questionnaire: String,
    files: usize,
    imported_by: Vec<String>,
}

#[derive(Debug, Serialize)]
struct UnitStatus {
    questionnaire: String,
    unit: String,
    name_vi: String,
    name_en: String,
    sheets: String,
}

pub(crate) async fn run(options: &RoundStatusOptions) -> anyhow::Result<()> {
    let RoundStatusOptions { round, list, database } = options;
    let store = database.open().await?;
    let round = store.round(round).await?;
    let offset = UtcOffset::from(round.offset);
    let asked = store.asked(round.id).await?;
    let seal = store.seal(round.id).await?.map(Sealed::of);
    let units = units(&store, &round, &asked).await?;
    let from_files = from_files(&store, round.id, &asked).await?;
    if list.format == ListFormat::Json {
        let closed_without = round.closed_without();
        let Round { code, state, opens_at, closes_at, .. } = round;
        let (opens_at, closes_at) = (opens_at.to_string(), closes_at.to_string());
        return output::print_json(&Status {
            round: code,
            state: state.to_string(),
            opens_at,
            closes_at,
            closed_without,
            seal,
            from_files,
            units,
        });
    }
    let window = format!("{} to {}", offset.opening(round.opens_at), offset.closing(round.closes_at));
    let without = round.closed_without();
    let without = if without.is_empty() { String::new() } else { format!(", closed without {}", without.join(", ")) };
    output::print(&format!("round {} is {}: {window}{without}", round.code, round.state))?;
    if let Some(seal) = seal {
        output::print(&seal.line(&round, offset))?;
    }
    for file in from_files {
        output::print(&file.line())?;
    }
    let rows: Vec<_> = units.into_iter().map(UnitStatus::columns).collect();
    output::print_columns(["questionnaire", "unit", "sheets", "name"], &rows)
}

impl FileStatus {
    fn line(&self) -> String {
        let by = if self.imported_by.is_empty() { String::new() } else { format!(", by {}", self.imported_by.join(", ")) };
        let files = output::counted(u64::try_from(self.files).unwrap_or(u64::MAX), "file");
        format!("{}: {files} imported{by}", self.questionnaire)
    }
}

impl UnitStatus {
    fn columns(self) -> [String; 4] {
        [self.questionnaire, self.unit, self.sheets, self.name_vi]
    }
}

async fn from_files(store: &Store, round: i32, asked: &[Asked]) -> anyhow::Result<Vec<FileStatus>> {
    let code = |id: i32| asked.iter().find(|asked| asked.id == id).map(|asked| asked.code.clone()).unwrap_or_default();
    let status = |found: FromFiles| FileStatus { questionnaire: code(found.questionnaire), files: found.files, imported_by: found.by };
    Ok(store.files_by_questionnaire(round).await?.into_iter().map(status).collect())
}

async fn units(store: &Store, round: &Round, asked: &[Asked]) -> anyhow::Result<Vec<UnitStatus>> {
    let told = told(store, round).await?;
    let register: HashMap<i32, Registered> = store.units().await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let mut found = Vec::new();
    for asked in asked {
        for registered in asked.units.iter().filter_map(|id| register.get(id)) {
            found.push(UnitStatus {
                questionnaire: asked.code.clone(),
                unit: registered.unit.code.to_string(),
                name_vi: registered.unit.name_vi.clone(),
                name_en: registered.unit.name_en.clone(),
                sheets: told.get(&(asked.id, registered.id)).cloned().unwrap_or_else(|| UNDER_FLOOR.to_owned()),
            });
        }
    }
    Ok(found)
}

/// What is told of the sheets of questionnaires and units, by row, where it is more than nothing.
async fn told(store: &Store, round: &Round) -> anyhow::Result<HashMap<(i32, i32), String>> {
    let mut told = HashMap::new();
    if round.state == RoundState::Draft {
        return Ok(told);
    }
    for form in &publication::opened(store, &round.code).await?.questionnaires {
        if round.state >= RoundState::Closed {
            let sets = Sets::read(store, form).await?;
            let with_figures = form.units.iter().filter(|unit| sets.has_figures(unit.id));
            told.extend(with_figures.map(|unit| ((form.id, unit.id), floor_reached(true).to_owned())));
        } else {
            let thresholds = Thresholds::of(form.questionnaire.least_sheets);
            let certain = certain_of(store, round.id, form).await?.into_iter().map(|(unit, sheets)| (unit, sheets.iter().sum()));
            told.extend(
                certain
                    .filter(|(_, sheets)| *sheets > 0)
                    .map(|(unit, sheets)| ((form.id, unit), SheetClass::of(thresholds, sheets).to_string())),
            );
        }
    }
    Ok(told)
}
