//! `par-survey export`.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use tempfile::NamedTempFile;

use super::options::DatabaseOptions;
use crate::export::{self, Format, Kind, Request, Sheets};
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

async fn write(store: &Store, options: &ExportOptions, out: &mut dyn Write) -> anyhow::Result<()> {
    let format = match options.format {
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Json => Format::Json,
    };
    let figures = match options.content {
        Content::Indices => Kind::Indices,
        Content::Distributions => Kind::Distributions,
        Content::Components => Kind::Components,
        Content::Codebook => Kind::Codebook,
        Content::Responses => return sheets(store, options, Sheets::Responses, format, out).await,
        Content::Remarks => return sheets(store, options, Sheets::Remarks, format, out).await,
    };
    let request = Request { round: &options.round, questionnaire: options.questionnaire.as_deref(), format, draft: options.draft };
    Ok(export::write_asked(store, figures, request, out).await?)
}

/// Sheets are exported one questionnaire at a time, since each has columns of its own.
async fn sheets(store: &Store, options: &ExportOptions, what: Sheets, format: Format, out: &mut dyn Write) -> anyhow::Result<()> {
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
