//! Faults of imported files, each with the place where the clerk will find it.

use std::collections::BTreeMap;
use std::fmt;

use validator::ValidationErrors;

/// Faults that are kept with their words; further ones are counted. Whoever has 200 to mend has one cause, not 200.
const SHOWN_MOST: usize = 200;

/// Where a fault stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A cell of a table, as a spreadsheet shows it: the header is row 1.
    Cell {
        /// Its row.
        row: u64,
        /// Name of its column; empty where the whole row is meant.
        column: String,
    },
    /// A place in a text file, both counted from 1.
    Text {
        /// Its line.
        line: usize,
        /// Its column, in characters.
        column: usize,
    },
    /// An option of the command line.
    Option(&'static str),
    /// The file as a whole.
    File,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell { row, column } if column.is_empty() => write!(formatter, "row {row}: "),
            Self::Cell { row, column } => write!(formatter, "row {row}, column {column}: "),
            Self::Text { line, column } => write!(formatter, "line {line}, column {column}: "),
            Self::Option(name) => write!(formatter, "{name}: "),
            Self::File => Ok(()),
        }
    }
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub place: Place,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Fault {
    /// A fault of a cell; of the whole row where `column` is empty.
    pub(crate) fn cell(row: u64, column: &str, message: impl Into<String>) -> Self {
        Self { place: Place::Cell { row, column: column.to_owned() }, message: message.into() }
    }

    /// A fault of the file as a whole.
    pub(crate) fn file(message: impl Into<String>) -> Self {
        Self { place: Place::File, message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}{}", self.place, self.message)
    }
}

/// All faults of one file: the first ones with their words, the rest counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    shown: Vec<Fault>,
    more: u64,
}

impl Faults {
    /// Those that are kept with their words.
    #[must_use]
    pub fn shown(&self) -> &[Fault] {
        &self.shown
    }

    /// How many there are beyond those.
    #[must_use]
    pub fn more(&self) -> u64 {
        self.more
    }

    /// Adds a fault.
    pub(crate) fn add(&mut self, fault: Fault) {
        if self.shown.len() < SHOWN_MOST {
            self.shown.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// Adds what `validator` found, in the order of the fields' names.
    pub(crate) fn add_invalid(&mut self, errors: &ValidationErrors, place: impl Fn(&str) -> Place) {
        let sorted: BTreeMap<_, _> = errors.field_errors().into_iter().collect();
        for (field, errors) in sorted {
            for error in errors {
                let message = error.message.clone().unwrap_or_else(|| error.code.clone()).into_owned();
                self.add(Fault { place: place(&field), message });
            }
        }
    }

    /// The value when there were no faults, else the faults in the order of rows.
    pub(crate) fn or<T>(mut self, value: T) -> Result<T, Self> {
        self.shown.sort_by_key(|fault| if let Place::Cell { row, .. } = fault.place { row } else { 0 });
        if self.shown.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self { shown: vec![fault], more: 0 }
    }
}

impl Extend<Fault> for Faults {
    fn extend<I: IntoIterator<Item = Fault>>(&mut self, faults: I) {
        faults.into_iter().for_each(|fault| self.add(fault));
    }
}

impl std::error::Error for Faults {}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = u64::try_from(self.shown.len()).unwrap_or(u64::MAX);
        match shown.saturating_add(self.more) {
            1 => write!(formatter, "1 fault; nothing was changed")?,
            count => write!(formatter, "{count} faults; nothing was changed")?,
        }
        for fault in &self.shown {
            write!(formatter, "\n  {fault}")?;
        }
        if self.more > 0 {
            write!(formatter, "\n  and {} more", self.more)?;
        }
        Ok(())
    }
}
