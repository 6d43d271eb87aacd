//! What is entered in score sheets: by file, and for a unit.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::super::options::DatabaseOptions;
use super::super::output;
use super::super::overwriting::Replacement;
use super::{CorrectionOptions, SignatureOptions, desk};
use crate::cli::stopped;
use crate::office::desk::DeclaredStatus;
use crate::printed::shown;

/// Import scores from a CSV file
///
/// All of the file or nothing: every fault is named by row and column, as a spreadsheet shows them, and nothing is changed until there is
/// none. What is entered already is no change.
///
/// The file is UTF-8 (in Excel: "CSV UTF-8"). Its first row names the columns, in any order: unit and criterion, and any of
///
/// self, appraised, second, council: the unit's own score, the appraisers', theirs after the unit's explanation, and the council's
/// decision, the last of which counts. For a statistic they hold the measured value, or the code of an option. NOT_APPLICABLE says that the
/// criterion does not apply to the unit; NA is read as the same.
///
/// evidence, note, explanation: links or an explanation in place of them; why a score differs or where a value comes from; what the unit
/// says.
///
/// An empty cell leaves what stands there, "-" takes it out. What the scheme does not allow is a fault: points above the maximum, points
/// that come from a survey, criteria that do not apply to the block. In a round that plans steps, so is what the step does not open.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example of a file:
  unit,criterion,self,appraised,note
  so-noi-vu,c1-1,1.5,1.25,kế hoạch ban hành chậm
  so-noi-vu,c1-2-1,NOT_APPLICABLE,,

Example:
  par-survey scores export 2026 empty.csv
  par-survey scores import 2026 scores.csv --as \"Nguyễn Văn A\"")]
pub(crate) struct ScoresImportOptions {
    /// Id of the round
    round: String,
    /// The CSV file
    file: PathBuf,
    /// Only check the file; change nothing
    #[arg(long, env = "PAR_SURVEY_CHECK")]
    check: bool,
    #[command(flatten)]
    correction: CorrectionOptions,
    #[command(flatten)]
    signature: SignatureOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Write the score sheets to a CSV file that can be imported again
///
/// One row for each unit and each criterion that somebody scores, filled in as it is; an empty sheet before anybody did.
#[derive(Debug, Args)]
pub(crate) struct ScoresExportOptions {
    /// Id of the round
    round: String,
    /// The CSV file; - is standard output
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Say what a unit is this year: normal, new, merged from others, or exempt from ranking
///
/// Without this the register decides: a unit whose valid_from lies in the year of the round is new, or merged where others ended in it.
#[derive(Debug, Args)]
pub(crate) struct UnitOptions {
    /// Id of the round
    round: String,
    /// Code of the unit
    unit: String,
    /// What it is
    #[arg(long, env = "PAR_SURVEY_UNIT_STATUS")]
    status: StatusName,
    /// For merged: codes of the units that it was made of, joined by ","
    #[arg(long, env = "PAR_SURVEY_MERGED_FROM", value_name = "CODE", value_delimiter = ',', required_if_eq("status", "merged"))]
    from: Vec<String>,
    #[command(flatten)]
    correction: CorrectionOptions,
    #[command(flatten)]
    signature: SignatureOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StatusName {
    Normal,
    New,
    Merged,
    Exempt,
}

pub(super) async fn import(options: &ScoresImportOptions) -> anyhow::Result<()> {
    let ScoresImportOptions { round, file, check, correction, signature, database } = options;
    let source = BufReader::new(File::open(file).with_context(|| shown(file))?);
    let desk = desk(database, round).await?;
    let by = signature.author()?;
    let counted = |cells: usize| anyhow::Ok(output::counted(u64::try_from(cells)?, "cell"));
    if *check {
        let cells = desk.check(source, correction.correction).map_err(stopped::at(file))?;
        return output::print(&format!("{} would change, no faults; nothing was changed", counted(cells)?));
    }
    let cells = desk.import(source, correction.correction, &by).await.map_err(stopped::at(file))?;
    output::print(&format!("entered {} in round {round}", counted(cells)?))
}

pub(super) async fn export(options: &ScoresExportOptions) -> anyhow::Result<()> {
    let ScoresExportOptions { round, file, database } = options;
    if file == Path::new("-") {
        return Ok(desk(database, round).await?.write(&mut std::io::stdout().lock())?);
    }
    let mut made = Replacement::of_nothing(file)?;
    let desk = desk(database, round).await?;
    desk.write(&mut made).map_err(stopped::at(file))?;
    made.put_in_place()?;
    output::print(&format!("wrote {} score sheets to {}", desk.units().len(), shown(file)))
}

pub(super) async fn unit(options: &UnitOptions) -> anyhow::Result<()> {
    let UnitOptions { round, unit, status, from, correction, signature, database } = options;
    let desk = desk(database, round).await?;
    let by = signature.author()?;
    anyhow::ensure!(from.is_empty() || *status == StatusName::Merged, "--from belongs to --status merged");
    let status = match status {
        StatusName::Normal => DeclaredStatus::Normal,
        StatusName::New => DeclaredStatus::New,
        StatusName::Exempt => DeclaredStatus::Exempt,
        StatusName::Merged => DeclaredStatus::Merged(from.clone()),
    };
    let words = desk.set_status(unit, &status, correction.correction, &by).await?;
    output::print(&format!("{unit} is {words} in round {round}"))
}
