//! What is entered in score sheets: by file, for a unit, and as evidence.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::super::options::DatabaseOptions;
use super::super::output;
use super::{SignatureOptions, scored};
use crate::export::sheets;
use crate::import::scores::{self, Against};
use crate::publication::ranking::{Scored, written_status};
use crate::scoring::ranking::UnitStatus;
use crate::scoring::steps::{ScorePart, Step, may_enter};
use crate::store::Store;
use crate::store::rounds::{Round, RoundState};
use crate::store::scores::{Entry, Scoring, Signature};
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
  so-noi-vu,1-1,1.5,1.25,kế hoạch ban hành chậm
  so-noi-vu,1-2-1,NA,,

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
    /// Enter scores of a published round without steps, for `round publish --correct`
    #[arg(long, env = "PAR_SURVEY_CORRECTION")]
    correction: bool,
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

/// Add evidence to one criterion of a unit: a link, a file, or a full explanation in place of one
///
/// A file is copied into the folder of evidence under its SHA-256, and the score sheet names it with that hash. What is there already stays.
#[derive(Debug, Args)]
pub(crate) struct EvidenceOptions {
    /// Id of the round
    round: String,
    /// Code of the unit
    unit: String,
    /// Code of the criterion
    criterion: String,
    /// A link, as https://…
    #[arg(long, env = "PAR_SURVEY_EVIDENCE_LINK", value_name = "URL", group = "what", required_unless_present_any = ["file", "explanation"])]
    link: Option<String>,
    /// A file
    #[arg(long, env = "PAR_SURVEY_EVIDENCE_FILE", value_name = "FILE", group = "what")]
    file: Option<PathBuf>,
    /// A full explanation
    #[arg(long, env = "PAR_SURVEY_EVIDENCE_EXPLANATION", value_name = "TEXT", group = "what")]
    explanation: Option<String>,
    /// The folder of evidence [default: evidence beside the SQLite file, or in the current folder for PostgreSQL]
    #[arg(long, env = "PAR_SURVEY_EVIDENCE", value_name = "DIR")]
    folder: Option<PathBuf>,
    #[command(flatten)]
    signature: SignatureOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(super) async fn import(options: &ImportOptions) -> anyhow::Result<()> {
    let ImportOptions { round, file, check, correction, signature, database } = options;
    let (name, by) = (|| file.display().to_string(), signature.signature()?);
    let opened = File::open(file).with_context(name)?;
    let store = database.open().await?;
    let (round, scored) = scored(&store, round).await?;
    let scoring = open_scoring(&store, &round, &by, *correction).await?;
    let entered = store.score_sheets(round.id).await?;
    let against = Against { units: scored.units_with_schemes(round.year), year: round.year, step: scoring.step, entered: &entered };
    let entries = scores::read(BufReader::new(opened), &against, &|_| {}).with_context(name)?;
    let count = output::counted(u64::try_from(entries.len())?, "entry").replace("entrys", "entries");
    if *check {
        return output::print(&format!("{count} would change, no faults; nothing was changed"));
    }
    store.enter_scores(&round, &entries, &by).await?;
    output::print(&format!("entered {count} in round {}", round.code))
}

/// Where scoring stands, when something may be entered today.
async fn open_scoring(store: &Store, round: &Round, by: &Signature, correction: bool) -> anyhow::Result<Scoring> {
    let scoring = store.scoring(round.id).await?;
    match scoring.step {
        None => anyhow::ensure!(
            round.state != RoundState::Published || correction,
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
    let name = || file.display().to_string();
    let mut out = BufWriter::new(File::create(file).with_context(name)?);
    sheets::write(&units, round.year, &entered, &mut out).with_context(name)?;
    out.flush().with_context(name)?;
    output::print(&format!("wrote {} score sheets to {}", units.len(), file.display()))
}

pub(super) async fn unit(options: &UnitOptions) -> anyhow::Result<()> {
    let UnitOptions { round, unit, status, from, signature, database } = options;
    let (by, store) = (signature.signature()?, database.open().await?);
    let (round, scored) = scored(&store, round).await?;
    let row = find_unit(&scored, unit)?;
    let scoring = open_scoring(&store, &round, &by, false).await?;
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
    let words = written_status(&status);
    let entry = Entry { unit: row, leaf: String::new(), part: ScorePart::Status, words: words.clone() };
    store.enter_scores(&round, &[entry], &by).await?;
    output::print(&format!("{unit} is {words} in round {}", round.code))
}

pub(super) async fn evidence(options: &EvidenceOptions) -> anyhow::Result<()> {
    let EvidenceOptions { round, unit, criterion, link, file, explanation, folder, signature, database } = options;
    let (by, store) = (signature.signature()?, database.open().await?);
    let (round, scored) = scored(&store, round).await?;
    let row = find_unit(&scored, unit)?;
    let known = scored.units_with_schemes(round.year).iter().any(|(found, scheme)| found.id == row && scheme.leaf(criterion).is_some());
    anyhow::ensure!(known, "there is no criterion `{criterion}` in the scheme of `{unit}`; `par-survey scores export` lists them");
    let scoring = open_scoring(&store, &round, &by, false).await?;
    refuse_closed(ScorePart::Evidence, scoring.step)?;
    let added = match (link, file, explanation) {
        (Some(link), _, _) => {
            anyhow::ensure!(link.starts_with("https://") || link.starts_with("http://"), "--link: write the whole address, as https://…");
            link.clone()
        }
        (_, Some(file), _) => keep(file, &folder.clone().unwrap_or_else(|| database.beside().join("evidence")))?,
        (_, _, text) => text.clone().unwrap_or_default(),
    };
    let entered = store.score_sheets(round.id).await?;
    let there = entered.get(&row).and_then(|cells| cells.get(criterion)).and_then(|cell| cell.entry(ScorePart::Evidence));
    let words = there.map_or_else(|| added.clone(), |there| format!("{there}\n{added}"));
    store.enter_scores(&round, &[Entry { unit: row, leaf: criterion.clone(), part: ScorePart::Evidence, words }], &by).await?;
    output::print(&format!("added evidence to {criterion} of {unit}: {added}"))
}

/// Copies a file under its hash, and gives what the score sheet says of it.
fn keep(file: &Path, folder: &Path) -> anyhow::Result<String> {
    let name = || file.display().to_string();
    let sha256 = crate::import::responses::sha256(file).with_context(name)?;
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    std::fs::copy(file, folder.join(&sha256)).with_context(name)?;
    let told = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(format!("{told} (SHA-256 {sha256})"))
}

fn find_unit(scored: &Scored, unit: &str) -> anyhow::Result<i32> {
    let found = scored.units.iter().find(|row| row.unit.code.as_str() == unit);
    found
        .map(|row| row.id)
        .with_context(|| format!("unit `{unit}` is not scored in this round; `par-survey scores status` lists those that are"))
}

fn refuse_closed(part: ScorePart, step: Option<Step>) -> anyhow::Result<()> {
    let steps = part.steps().iter().map(|step| step.name()).collect::<Vec<_>>().join(", ");
    anyhow::ensure!(may_enter(step, part), "the round is in the step {}; `{part}` is entered in {steps}", step.map_or("", Step::name));
    Ok(())
}
