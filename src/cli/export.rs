//! `par-survey export`.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use tempfile::NamedTempFile;

use super::options::DatabaseOptions;
use crate::export::{self, Format, Kind, Request, ScoresFormat, Sheets};
use crate::publication;
use crate::store::Store;

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Content {
    /// Index of each unit by item, factor, content and overall
    Indices,
    /// Answers of each unit by item and level
    Distributions,
    /// Satisfaction component of each unit, in points
    Components,
    /// Score and rank of each unit, with its fields and criteria
    Scores,
    /// Every response, without attributes wherever fewer than 10 respondents of a unit share one
    Responses,
    /// Items and options of the questionnaires, and what each stored byte means
    Codebook,
    /// What respondents wrote, linked to no response
    Remarks,
}

/// The format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// For spreadsheets; UTF-8 with a mark that Excel needs
    Csv,
    /// For programs
    Json,
    /// For Excel; scores only
    Xlsx,
}

/// Write results of a round to a file or to standard output
///
/// Figures of a published round are those that were frozen. Before that, a closed round exports with --draft, and every export says that it
/// is one. A round that is open exports its codebook only. Figures with fewer than 10 valid sheets behind them, or more where the
/// questionnaire asks for more, are left empty.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey export 2026 indices --format csv --output indices.csv
  par-survey export 2026 scores --format xlsx --output scores.xlsx
  par-survey export 2026 codebook --questionnaire sipas-2026 --format json")]
pub(crate) struct ExportOptions {
    /// Id of the round
    pub(crate) round: String,
    /// What to export
    pub(crate) content: Content,
    /// The format
    #[arg(long, env = "PAR_SURVEY_EXPORT_FORMAT", value_name = "FORMAT", default_value = "csv")]
    pub(crate) format: ExportFormat,
    /// Only this questionnaire; needed for responses and remarks where the round asks several
    #[arg(long, env = "PAR_SURVEY_QUESTIONNAIRE", value_name = "ID")]
    pub(crate) questionnaire: Option<String>,
    /// Write to this file instead of standard output
    #[arg(long, env = "PAR_SURVEY_OUTPUT", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Export a closed round that is not published yet, marked as a draft
    #[arg(long, env = "PAR_SURVEY_DRAFT")]
    pub(crate) draft: bool,
    #[command(flatten)]
    pub(crate) database: DatabaseOptions,
}

/// Exports to a file or to standard output; a file is put in place only when it is whole.
pub(crate) async fn run(options: ExportOptions) -> anyhow::Result<()> {
    refuse_what_cannot_be(&options)?;
    let store = options.database.open().await?;
    let Some(path) = &options.output else {
        return write(&store, &options, &mut io::stdout().lock()).await;
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |cause: io::Error| anyhow::anyhow!("{}: {cause}", path.display());
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    let mut buffered = BufWriter::new(file.as_file_mut());
    write(&store, &options, &mut buffered).await?;
    buffered.flush().map_err(failed)?;
    drop(buffered);
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Says what is wrong with the options before anything is opened.
fn refuse_what_cannot_be(options: &ExportOptions) -> anyhow::Result<()> {
    if options.content == Content::Scores {
        anyhow::ensure!(options.questionnaire.is_none(), "scores are those of the whole round; leave out --questionnaire");
    } else {
        of_table(options.format)?;
    }
    let on_terminal = options.output.is_none() && io::stdout().is_terminal();
    anyhow::ensure!(options.format != ExportFormat::Xlsx || !on_terminal, "a workbook cannot be shown on a terminal; add --output FILE");
    Ok(())
}

/// How a table is written.
fn of_table(format: ExportFormat) -> anyhow::Result<Format> {
    match format {
        ExportFormat::Csv => Ok(Format::Csv),
        ExportFormat::Json => Ok(Format::Json),
        ExportFormat::Xlsx => anyhow::bail!("only scores can be written as xlsx; choose --format csv or --format json"),
    }
}

async fn write(store: &Store, options: &ExportOptions, out: &mut dyn Write) -> anyhow::Result<()> {
    let figures = match options.content {
        Content::Indices => Kind::Indices,
        Content::Distributions => Kind::Distributions,
        Content::Components => Kind::Components,
        Content::Codebook => Kind::Codebook,
        Content::Scores => return scores(store, options, out).await,
        Content::Responses => return sheets(store, options, Sheets::Responses, out).await,
        Content::Remarks => return sheets(store, options, Sheets::Remarks, out).await,
    };
    let (format, questionnaire) = (of_table(options.format)?, options.questionnaire.as_deref());
    let request = Request { round: &options.round, questionnaire, format, draft: options.draft };
    Ok(export::write_asked(store, figures, request, out).await?)
}

/// Scores are exported for the whole round.
async fn scores(store: &Store, options: &ExportOptions, out: &mut dyn Write) -> anyhow::Result<()> {
    let format = match options.format {
        ExportFormat::Csv => ScoresFormat::Csv,
        ExportFormat::Json => ScoresFormat::Json,
        ExportFormat::Xlsx => ScoresFormat::Xlsx,
    };
    let document = export::document(store, &options.round, options.draft).await?;
    Ok(export::write_scores(&document, format, out)?)
}

/// Sheets are exported one questionnaire at a time, since each has columns of its own.
async fn sheets(store: &Store, options: &ExportOptions, what: Sheets, out: &mut dyn Write) -> anyhow::Result<()> {
    let format = of_table(options.format)?;
    let opened = publication::opened(store, &options.round).await?;
    let ids: Vec<_> = opened.questionnaires.iter().map(|form| form.questionnaire.id.as_str()).collect();
    let questionnaire = match (options.questionnaire.as_deref(), ids.as_slice()) {
        (Some(id), _) => id,
        (None, [only]) => only,
        (None, several) => anyhow::bail!("round `{}` asks {}; choose one with --questionnaire", options.round, several.join(", ")),
    };
    let left_out = export::write_sheets(store, (&options.round, questionnaire), what, format, out).await?;
    eprintln!("{} rows", left_out.rows);
    if left_out.units > 0 {
        eprintln!("left out: {} units with fewer sheets than a figure needs", left_out.units);
    }
    if left_out.columns > 0 {
        eprintln!("blanked: {} columns of single units, where fewer than 10 sheets share a value", left_out.columns);
    }
    Ok(())
}
