//! Faults of files that people bring: what is wrong, by its code and its data, and where the clerk will find it; and faults of databases.
//! `words` has the sentences, and a front end says what helps in its own terms. Pure.

pub mod database;
mod wrong;

pub use wrong::{NotThere, WhyOutside, Wrong};

/// Faults that are kept; further ones are counted. Whoever has 200 to mend has one cause, not 200.
const SHOWN_MOST: usize = 200;

/// Longest text of a file that is said again, in characters.
const SAID_MOST: usize = 60;

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

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub place: Place,
    /// What is wrong there.
    pub what: Wrong,
}

impl Fault {
    /// A fault of a cell; of the whole row where `column` is empty.
    #[must_use]
    pub fn cell(row: u64, column: &str, what: Wrong) -> Self {
        Self { place: Place::Cell { row, column: short(column) }, what }
    }

    /// A fault of the file as a whole.
    #[must_use]
    pub fn file(what: Wrong) -> Self {
        Self { place: Place::File, what }
    }
}

/// The beginning of a text of a file: enough to find it there.
#[must_use]
pub fn short(text: &str) -> String {
    let mut letters = text.chars();
    let begin: String = letters.by_ref().take(SAID_MOST).collect();
    if letters.next().is_some() { begin + "…" } else { begin }
}

/// All faults of one file: the first ones, the rest counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    shown: Vec<Fault>,
    more: u64,
}

impl Faults {
    /// The first ones.
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
    pub fn add(&mut self, fault: Fault) {
        if self.shown.len() < SHOWN_MOST {
            self.shown.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// The value when there were no faults, else the faults in the order of rows.
    ///
    /// # Errors
    /// When there is any.
    pub fn or<T>(mut self, value: T) -> Result<T, Self> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_a_file_is_said_by_its_beginning() {
        assert_eq!(short(&"ễ".repeat(60)), "ễ".repeat(60));
        assert_eq!(short(&"ễ".repeat(61)), format!("{}…", "ễ".repeat(60)));
    }
}
