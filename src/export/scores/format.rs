//! How scores are written: as a table, or as a workbook.

use std::fmt;

use crate::export::table::Format;

/// How the scores of a round are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScoresFormat {
    /// A table of values that are parted by commas.
    Csv,
    /// A table with one object a row.
    Json,
    /// A workbook to be read: a sheet a block, one of targets, one of criteria and one of the surveys.
    Xlsx,
}

impl ScoresFormat {
    /// Each of them, in the order in which pages name them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Xlsx];

    /// The format of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Its name, which is also the ending of a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => Format::Csv.name(),
            Self::Json => Format::Json.name(),
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => Format::Csv.media_type(),
            Self::Json => Format::Json.media_type(),
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl fmt::Display for ScoresFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
