//! `par-survey export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::options::DatabaseOptions;

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
    /// Only this questionnaire; needed where the round asks several and the format is csv
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

#[expect(clippy::unused_async, reason = "until it is wired")]
pub(crate) async fn run(options: ExportOptions) -> anyhow::Result<()> {
    let _ = options;
    anyhow::bail!("not wired")
}
