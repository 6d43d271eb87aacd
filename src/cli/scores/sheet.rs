//! What is entered in score sheets: by file, and for a unit.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use tempfile::NamedTempFile;

use super::super::options::DatabaseOptions;
use super::super::output;
use super::{CorrectionOptions, SignatureOptions, scored};
use crate::export::sheets;
use crate::import::scores::{self, Against};
use crate::publication::ranking::{Scored, written_status};
use crate::round::plan::Scoring;
use crate::round::steps::{ScorePart, Step, may_enter};
use crate::round::{Round, RoundState};
use crate::scoring::ranking::UnitStatus;
use crate::store::Store;
use crate::store::scores::{Entry, Signature};
use crate::unit::UnitCode;

/// Import scores from a CSV file
///
/// All of the file or nothing: every fault is named by row and column, as a spreadsheet shows them, and nothing is changed until there is
/// none. What is entered already is no change.
///
/// The file is UTF-8 (in Excel: "CSV UTF-8"). Its first row names the columns, in any order: unit and criterion, and any of
///
/// self, appraised, second, council: the unit's own score, the appraisers', theirs after the unit's explanation, and the council's decision,
/// the last of which counts. For a statistic they hold the measured value, or the code of an option. NA says that the criterion does not
/// apply to the unit.
///
/// evidence, note, explanation: links or an explanation in place of them; why a score differs or where a value comes from; what the unit says.
///
/// An empty cell leaves what stands there, "-" takes it out. What the scheme does not allow is a fault: points above the maximum, points that
/// come from a survey, criteria that do not apply to the block. In a round that plans steps, so is what the step does not open.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example of a file:
  unit,criterion,self,appraised,note
  so-noi-vu,c1-1,1.5,1.25,kế hoạch ban hành chậm
  so-noi-vu,c1-2-1,NA,,

Example:
  par-survey scores export 2026 empty.csv
  par-survey scores import 2026 scores.csv --as \"Nguyễn Văn A\"")]
pub(crate) struct ImportOptions {
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
pub(crate) struct ExportOptions {
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

pub(super) async fn import(options: &ImportOptions) -> anyhow::Result<()> {
    let ImportOptions { round, file, check, correction, signature, database } = options;
    let name = || file.display().to_string();
    let opened = File::open(file).with_context(name)?;
    let store = database.open().await?;
    let (round, scored) = scored(&store, round).await?;
    let by = signature.signature(&round)?;
    let seen = store.seen(round.id).await?;
    let scoring = open_scoring(&store, &round, &by, correction).await?;
    let entered = store.score_sheets(round.id).await?;
    let against = Against { units: scored.units_with_schemes(round.year), year: round.year, step: scoring.step, entered: &entered };
    let entries = scores::read(BufReader::new(opened), &against, &|_| {}).with_context(name)?;
    let count = output::counted(u64::try_from(entries.len())?, "cell");
    if *check {
        return output::print(&format!("{count} would change, no faults; nothing was changed"));
    }
    store.enter_scores(&round, &entries, &by, &seen).await?;
    output::print(&format!("entered {count} in round {}", round.code))
}

/// Where scoring stands, when something may be entered today.
pub(super) async fn open_scoring(store: &Store, round: &Round, by: &Signature, correction: &CorrectionOptions) -> anyhow::Result<Scoring> {
    let scoring = store.scoring(round.id).await?;
    match scoring.step {
        None => anyhow::ensure!(
            round.state != RoundState::Published || correction.correction,
            "round `{}` is published; to correct it, say --correction, and then `par-survey round publish {} --correct WHY`",
            round.code,
            round.code
        ),
        Some(step) => {
            let hint = format!("`par-survey scores step {} {step} --closes DATE` gives it more time", round.code);
            let days = scoring.days();
            if let Some((opens, _)) = days.filter(|(opens, _)| by.on < *opens) {
                anyhow::bail!("the step {step} of round `{}` is planned from {opens}; wait until then", round.code);
            }
            if let Some((_, last)) = days.filter(|(_, last)| *last < by.on) {
                anyhow::bail!("the step {step} of round `{}` ended on {last}; {hint}", round.code);
            }
        }
    }
    Ok(scoring)
}

pub(super) async fn export(options: &ExportOptions) -> anyhow::Result<()> {
    let ExportOptions { round, file, database } = options;
    let store = database.open().await?;
    let (round, scored) = scored(&store, round).await?;
    let entered = store.score_sheets(round.id).await?;
    let units = scored.units_with_schemes(round.year);
    if file == Path::new("-") {
        return Ok(sheets::write(&units, round.year, &entered, &mut std::io::stdout().lock())?);
    }
    output::refuse_to_lose(file)?;
    let failed = |cause: std::io::Error| anyhow::anyhow!("{}: {cause}", file.display());
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut made = NamedTempFile::new_in(folder).map_err(failed)?;
    let mut out = BufWriter::new(made.as_file_mut());
    sheets::write(&units, round.year, &entered, &mut out).and_then(|()| out.flush()).map_err(failed)?;
    drop(out);
    made.persist(file).map_err(|error| failed(error.error))?;
    output::print(&format!("wrote {} score sheets to {}", units.len(), file.display()))
}

pub(super) async fn unit(options: &UnitOptions) -> anyhow::Result<()> {
    let UnitOptions { round, unit, status, from, correction, signature, database } = options;
    let store = database.open().await?;
    let (round, scored) = scored(&store, round).await?;
    let by = signature.signature(&round)?;
    let row = find_unit(&scored, unit)?;
    let seen = store.seen(round.id).await?;
    let scoring = open_scoring(&store, &round, &by, correction).await?;
    anyhow::ensure!(from.is_empty() || *status == StatusName::Merged, "--from belongs to --status merged");
    refuse_closed(ScorePart::Status, scoring.step)?;
    let register = store.units().await?;
    let known = |code: &String| {
        let found = register.iter().find(|row| row.unit.code.as_str() == code);
        found.map(|row| row.unit.code.clone()).with_context(|| format!("--from: there is no unit `{code}` in the register"))
    };
    let status = match status {
        StatusName::Normal => UnitStatus::Normal,
        StatusName::New => UnitStatus::New,
        StatusName::Exempt => UnitStatus::Exempt,
        StatusName::Merged => UnitStatus::Merged { from: from.iter().map(known).collect::<anyhow::Result<Vec<UnitCode>>>()? },
    };
    if let UnitStatus::Merged { from } = &status {
        anyhow::ensure!(!from.iter().any(|other| other.as_str() == unit), "--from: `{unit}` cannot be merged from itself");
    }
    let words = written_status(&status);
    let entry = Entry { unit: row, leaf: String::new(), part: ScorePart::Status, words: words.clone() };
    store.enter_scores(&round, &[entry], &by, &seen).await?;
    output::print(&format!("{unit} is {words} in round {}", round.code))
}

pub(super) fn find_unit(scored: &Scored, unit: &str) -> anyhow::Result<i32> {
    let found = scored.units.iter().find(|row| row.unit.code.as_str() == unit);
    found
        .map(|row| row.id)
        .with_context(|| format!("unit `{unit}` is not scored in this round; `par-survey scores status` lists those that are"))
}

pub(super) fn refuse_closed(part: ScorePart, step: Option<Step>) -> anyhow::Result<()> {
    let steps = part.steps().iter().map(|step| step.name()).collect::<Vec<_>>().join(", ");
    anyhow::ensure!(may_enter(step, part), "the round is in the step {}; `{part}` is entered in {steps}", step.map_or("", Step::name));
    Ok(())
}
