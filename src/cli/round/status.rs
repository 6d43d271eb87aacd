//! `par-survey round status`.

mod sealed;

use clap::Args;
use serde::Serialize;

use super::super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::super::output;
use super::super::standing::told;
use crate::office::progress::{self, Files, RoundProgress, UnitProgress};
use crate::printed::visible;
use crate::round::Round;
use crate::round::when::UtcOffset;
use crate::unit::Unit;
use sealed::SealLines;

/// How many sheets each unit has
///
/// While the round is open only the class of a count is told (under the floor, from there to 49, 50-199, >=200), because a count that grows
/// by one shows who has just answered; and only of sheets that will be in figures: groups with fewer than these need are not counted, since
/// what is published would show how many they are. Nor are sheets that still wait in a letterbox, at most 19 for each questionnaire, unit
/// and group on each server. Once it is closed it is said whether there are figures of a unit (from the floor on) or not (under the floor).
/// Of files that were imported it says how many there are, and who brought them.
///
/// Of the seal it says the fingerprint of the key, where that is kept, when it was last tried, and after closing who has said that no copy
/// is left.
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
struct RoundStatus {
    round: String,
    state: String,
    opens_at: String,
    closes_at: String,
    closed_without: Vec<String>,
    seal: Option<SealLines>,
    from_files: Vec<FileStatus>,
    units: Vec<UnitReport>,
}

/// Files that were imported, of one questionnaire.
#[derive(Debug, Serialize)]
struct FileStatus {
    questionnaire: String,
    files: usize,
    imported_by: Vec<String>,
}

#[derive(Debug, Serialize)]
struct UnitReport {
    questionnaire: String,
    unit: String,
    name_vi: String,
    name_en: String,
    sheets: String,
}

pub(crate) async fn run(options: &RoundStatusOptions) -> anyhow::Result<()> {
    let RoundStatusOptions { round, list, database } = options;
    let office = database.open().await?;
    let RoundProgress { round, seal, files, units } = progress::of(&office, round).await?;
    let offset = UtcOffset::from(round.offset);
    let (seal, from_files): (_, Vec<FileStatus>) = (seal.map(SealLines::of), files.into_iter().map(FileStatus::of).collect());
    let units: Vec<UnitReport> = units.into_iter().map(UnitReport::of).collect();
    if list.format == ListFormat::Json {
        let closed_without = round.closed_without();
        let Round { code, state, opens_at, closes_at, .. } = round;
        let (opens_at, closes_at) = (opens_at.to_string(), closes_at.to_string());
        return output::print_json(&RoundStatus {
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
    let rows: Vec<_> = units.into_iter().map(UnitReport::columns).collect();
    output::print_columns(["questionnaire", "unit", "sheets", "name"], &rows)
}

impl FileStatus {
    fn of(Files { questionnaire, files, imported_by }: Files) -> Self {
        Self { questionnaire, files, imported_by }
    }

    fn line(&self) -> String {
        let by = if self.imported_by.is_empty() { String::new() } else { format!(", by {}", visible(&self.imported_by.join(", "))) };
        let files = output::counted(u64::try_from(self.files).unwrap_or(u64::MAX), "file");
        format!("{}: {files} imported{by}", self.questionnaire)
    }
}

impl UnitReport {
    fn of(UnitProgress { questionnaire, unit, sheets }: UnitProgress) -> Self {
        let Unit { code, name_vi, name_en, .. } = unit;
        Self { questionnaire, unit: code.to_string(), name_vi, name_en, sheets: told(sheets) }
    }

    fn columns(self) -> [String; 4] {
        [self.questionnaire, self.unit, self.sheets, self.name_vi]
    }
}
