//! What is exported, and in which format.

use clap::ValueEnum;

use crate::export::{Format, ScoresFormat};

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportContent {
    /// Index of each unit by item, factor, content and overall
    Indices,
    /// Answers of each unit by item and level
    Distributions,
    /// Satisfaction component of each unit, in points
    Components,
    /// Score and rank of each unit, with its fields and criteria
    Scores,
    /// Every sheet, for named people: needs --as and --as-unit; keeps the attributes that were chosen once, without rare combinations
    Responses,
    /// Items and options of the questionnaires, and what each stored byte means
    Codebook,
    /// What respondents wrote, linked to no sheet and no unit, for named people: only after a review (--for-review, then --reviewed)
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

impl ExportFormat {
    /// How a table is written.
    pub(super) fn of_table(self) -> anyhow::Result<Format> {
        match self {
            Self::Csv => Ok(Format::Csv),
            Self::Json => Ok(Format::Json),
            Self::Xlsx => anyhow::bail!("only scores can be written as xlsx; choose --format csv or --format json"),
        }
    }

    /// How scores are written.
    pub(super) fn of_scores(self) -> ScoresFormat {
        match self {
            Self::Csv => ScoresFormat::Csv,
            Self::Json => ScoresFormat::Json,
            Self::Xlsx => ScoresFormat::Xlsx,
        }
    }
}
