//! `par-survey round status`.

mod sealed;

use std::collections::HashMap;

use clap::Args;
use serde::Serialize;

use super::super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::super::output;
use crate::round::when::UtcOffset;
use crate::round::{Round, RoundState};
use crate::scoring::classes::SheetClass;
use crate::store::Store;
use crate::store::imports::FromFiles;
use crate::store::responses::SheetCount;
use crate::store::rounds::Asked;
use crate::unit::Registered;
use sealed::Sealed;

/// How many sheets each unit has
///
/// Only the class of a count is told (0, <10, 10-49, 50-199, >=200): while a round is open a count that grows by one shows who has just
/// answered, and afterwards one beside what is published shows how many are in no figure. Sheets that still wait in a letterbox, at most 19 for
/// each questionnaire, unit and group on each server, are not counted yet. How many came from files, and who brought these, is told in the same
/// way.
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

/// What came from files, of one questionnaire.
#[derive(Debug, Serialize)]
struct FileStatus {
    questionnaire: String,
    sheets: &'static str,
    imported_by: Vec<String>,
}

#[derive(Debug, Serialize)]
struct UnitStatus {
    questionnaire: String,
    unit: String,
    name_vi: String,
    name_en: String,
    sheets: &'static str,
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
        let by = if self.imported_by.is_empty() { String::new() } else { format!(", imported by {}", self.imported_by.join(", ")) };
        format!("{} has sheets from files: {}{by}", self.questionnaire, self.sheets)
    }
}

impl UnitStatus {
    fn columns(self) -> [String; 4] {
        [self.questionnaire, self.unit, self.sheets.to_string(), self.name_vi]
    }
}

async fn from_files(store: &Store, round: i32, asked: &[Asked]) -> anyhow::Result<Vec<FileStatus>> {
    let code = |id: i32| asked.iter().find(|asked| asked.id == id).map(|asked| asked.code.clone()).unwrap_or_default();
    let status = |found: FromFiles| FileStatus {
        questionnaire: code(found.questionnaire),
        sheets: SheetClass::of(found.sheets).range(),
        imported_by: found.by,
    };
    Ok(store.sheets_from_files(round).await?.into_iter().map(status).collect())
}

async fn units(store: &Store, round: &Round, asked: &[Asked]) -> anyhow::Result<Vec<UnitStatus>> {
    let counts = match round.state {
        RoundState::Draft => Vec::new(),
        RoundState::Open | RoundState::Closing => store.open_counts(round.id).await?,
        RoundState::Closed | RoundState::Published => store.closed_counts(round.id).await?,
    };
    let key = |count: &SheetCount| ((count.questionnaire, count.unit), u64::try_from(count.sheets).unwrap_or(0));
    let counts: HashMap<(i32, i32), u64> = counts.iter().map(key).collect();
    let register: HashMap<i32, Registered> = store.units().await?.into_iter().map(|unit| (unit.id, unit)).collect();
    let mut found = Vec::new();
    for asked in asked {
        for registered in asked.units.iter().filter_map(|id| register.get(id)) {
            let count = counts.get(&(asked.id, registered.id)).copied().unwrap_or(0);
            found.push(UnitStatus {
                questionnaire: asked.code.clone(),
                unit: registered.unit.code.to_string(),
                name_vi: registered.unit.name_vi.clone(),
                name_en: registered.unit.name_en.clone(),
                sheets: SheetClass::of(count).range(),
            });
        }
    }
    Ok(found)
}
