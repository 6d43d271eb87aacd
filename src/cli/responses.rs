//! `par-survey responses import|undo`.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::actor::{ActorOptions, named};
use super::options::{DatabaseOptions, KeysOptions};
use super::{bar, output, stopped};
use crate::clock;
use crate::meter::Listener;
use crate::office::sheets::{Anyway, SheetImports};

/// Sheets that were filled in elsewhere: paper that was typed in, and other systems
#[derive(Debug, Subcommand)]
pub(crate) enum ResponsesCommand {
    Import(ResponsesImportOptions),
    Undo(UndoOptions),
}

/// Import sheets from a CSV file while the round is open
///
/// All of the file or nothing: every fault is named by row and column, as a spreadsheet shows them (the first 200 with their words), and
/// nothing is changed until there is none.
///
/// The same sheets are taken once, whatever their order, unless --again. The same file, in whatever order its rows stand, is refused by
/// every other round, for good where it has ten sheets or more, and so is one with rows more or less where all its sheets about some unit,
/// ten different ones at least, are the same. What else two files share is not recognised: never give two rounds the same sheets, because
/// what they share could be subtracted from what they publish.
///
/// A row in which no question is answered is no sheet: it is passed over, and the number of such rows is said. What is written in it is
/// kept.
///
/// The file is UTF-8 (in Excel: "CSV UTF-8") of at most 2 GB, one sheet a row. Its first row names the columns, in any order:
///
/// unit: code of the unit that the sheet is about; called rated_unit where officials rate units, with one row for each unit that one of
/// them rated.
///
/// not_worked_with: only where officials rate units; 1 where the respondent has not worked with the unit, which leaves the cells of all
/// items empty; otherwise 0, empty or missing.
///
/// group: code of the respondent group; may be empty or missing where the definition has no groups.
///
/// mode: link, desk, interview or paper; paper where it is empty or missing. What is answered with a code comes only by its own form.
///
/// stratum, psu: stratum and primary sampling unit of a sample; may be empty or missing.
///
/// One column for each item, named by its code. A cell holds the code of the option, or is empty when the item was not answered, or is
/// NOT_APPLICABLE (also NA, in any case) for "không áp dụng" where the item offers that; codes of several choices are joined by ";". What
/// routing hides is kept as not asked, whatever the cell says. Columns for what was written in beside an option (ITEM.other) and for
/// remarks may be missing.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example of a file, for a questionnaire with the items q1, q2 (several choices) and q3:
  unit,mode,q1,q2,q3
  so-noi-vu,paper,4,1;3,NOT_APPLICABLE
  so-noi-vu,interview,5,2,

Example:
  par-survey responses import 2026 sipas-2026 batch-17.csv --as \"Nguyễn Văn A\"")]
pub(crate) struct ResponsesImportOptions {
    /// Id of the round
    round: String,
    /// Id of the questionnaire
    questionnaire: String,
    /// The CSV file
    file: PathBuf,
    /// Your name; it is kept with the file, also when the round is closed
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    who: String,
    /// Import the file although the very same one, or the same sheets (all, or all about a unit) in another order or form, were imported
    /// into this round before
    #[arg(long, env = "PAR_SURVEY_AGAIN")]
    again: bool,
    /// Import although the secret by which files before are known is lost, so that nobody can say whether another round has these sheets:
    /// what two rounds share could be subtracted
    #[arg(long, env = "PAR_SURVEY_LOST_SECRET")]
    lost_secret: bool,
    #[command(flatten)]
    keys: KeysOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Take the sheets of an imported file out again, until the round is closed
///
/// The file must be the one that was imported, byte for byte; it is known by its SHA-256. Once the round is closed nobody can tell which
/// sheets came from which file.
#[derive(Debug, Args)]
pub(crate) struct UndoOptions {
    /// Id of the round
    round: String,
    /// Id of the questionnaire
    questionnaire: String,
    /// The CSV file that was imported
    file: PathBuf,
    #[command(flatten)]
    actor: ActorOptions,
    #[command(flatten)]
    keys: KeysOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(crate) async fn run(command: ResponsesCommand) -> anyhow::Result<()> {
    match command {
        ResponsesCommand::Import(options) => import(&options).await,
        ResponsesCommand::Undo(options) => undo(&options).await,
    }
}

async fn import(options: &ResponsesImportOptions) -> anyhow::Result<()> {
    let ResponsesImportOptions { round, questionnaire, file, who, again, lost_secret, keys, database } = options;
    let actor = named(who)?;
    let office = database.open().await?;
    let said = stopped::at(file);
    let sheets = SheetImports::of(&office, round, questionnaire).await?;
    let bar = bar::of_two_readings(file)?;
    let (file, may) = ((file.as_path(), Anyway { again: *again, lost_secret: *lost_secret }), actor.may(clock::now()));
    let shown = bar.clone();
    let heard: Listener = Arc::new(move |bytes| shown.set_position(bytes));
    let outcome = sheets.import(&office, file, &keys.keys(database), &may, &heard).await;
    bar.finish_and_clear();
    let checked = outcome.map_err(said)?;
    let passed_over = match checked.passed_over {
        0 => String::new(),
        rows => format!("; {} without an answer passed over", output::counted(rows, "row")),
    };
    output::print(&format!("imported {} into round {round}{passed_over}", output::counted(checked.sheets, "sheet")))
}

async fn undo(options: &UndoOptions) -> anyhow::Result<()> {
    let UndoOptions { round, questionnaire, file, actor, keys, database } = options;
    let actor = actor.actor()?;
    let office = database.open().await?;
    let said = stopped::at(file);
    let sheets = SheetImports::of(&office, round, questionnaire).await?;
    let taken_out = sheets.undo(&office, file, &keys.keys(database), &actor.may(clock::now())).await.map_err(said)?;
    output::print(&format!("took {} out of round {round}", output::counted(taken_out, "sheet")))
}
