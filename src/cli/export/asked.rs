//! What is exported, and in which format.

use clap::ValueEnum;

use crate::export::{Format, PublishedTable, REMARKS, RESPONSES, SCORES};
use crate::office::exporting::SheetFileContent;

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
    /// For Excel: in words, with a sheet on what the columns are, and ready to be printed
    Xlsx,
}

/// What stands between the whole and the decimals of a number in CSV.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SignAsked {
    /// 81.33, and values are parted by commas
    Point,
    /// 81,33, and values are parted by semicolons, as a spreadsheet that is set to Vietnamese opens it
    Comma,
}

impl ExportContent {
    /// The table of figures of questionnaires that is meant; none of anything else.
    pub(super) fn figures(self) -> Option<PublishedTable> {
        match self {
            Self::Indices => Some(PublishedTable::Indices),
            Self::Distributions => Some(PublishedTable::Distributions),
            Self::Components => Some(PublishedTable::Components),
            Self::Codebook => Some(PublishedTable::Codebook),
            Self::Scores | Self::Responses | Self::Remarks => None,
        }
    }

    /// What its files are named after.
    pub(super) fn table(self) -> &'static str {
        match self {
            Self::Scores => SCORES,
            Self::Responses => RESPONSES,
            Self::Remarks => REMARKS,
            _ => self.figures().map_or("", PublishedTable::name),
        }
    }

    /// Whether it goes to named people.
    pub(super) fn is_of_sheets(self) -> bool {
        matches!(self, Self::Responses | Self::Remarks)
    }

    /// What such files hold.
    pub(super) fn sheets(self) -> SheetFileContent {
        if self == Self::Responses { SheetFileContent::Responses } else { SheetFileContent::Remarks }
    }
}

/// How a file is written.
pub(super) fn format(format: ExportFormat, decimal: SignAsked) -> anyhow::Result<Format> {
    match (format, decimal) {
        (ExportFormat::Csv, SignAsked::Point) => Ok(Format::Csv),
        (ExportFormat::Csv, SignAsked::Comma) => Ok(Format::CsvComma),
        (ExportFormat::Json, SignAsked::Point) => Ok(Format::Json),
        (ExportFormat::Xlsx, SignAsked::Point) => Ok(Format::Xlsx),
        (_, SignAsked::Comma) => anyhow::bail!("--decimal comma belongs to --format csv; a workbook shows the sign of whoever opens it"),
    }
}
