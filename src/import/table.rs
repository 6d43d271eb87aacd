//! A CSV file as rows that know their number in a spreadsheet.

use std::io::Read;

use csv::{ByteRecord, StringRecord};
use unicode_normalization::UnicodeNormalization;

use super::metered::{Excess, Metered};
use crate::fault::{Fault, Place, Wrong};
use crate::meter::Progress;

/// Most columns: 300 items, each with a write-in field, and a few of our own.
const COLUMNS_MOST: usize = 700;

/// A CSV file, read row by row.
pub(super) struct Table<'p, R> {
    reader: csv::Reader<Metered<'p, R>>,
    /// Number of the row read last.
    row: u64,
    /// The line on which it ended.
    line: u64,
    columns: Vec<String>,
    bytes: ByteRecord,
}

impl<'p, R: Read> Table<'p, R> {
    /// Begins to read: the header.
    pub(super) fn open(file: R, most: u64, progress: Progress<'p>) -> Result<Self, Fault> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(Metered::new(file, most, progress));
        let mut table = Self { reader, row: 0, line: 1, columns: Vec::new(), bytes: ByteRecord::new() };
        let header = table.next_row()?.ok_or_else(|| Fault::file(Wrong::EmptyFile))?;
        table.columns = header.iter().map(|cell| tidy(cell.trim_start_matches('\u{feff}'))).collect();
        if let [only] = table.columns.as_slice()
            && only.contains([';', '\t'])
        {
            return Err(Fault::cell(table.row, "", Wrong::NoCommas));
        }
        if table.columns.len() > COLUMNS_MOST {
            return Err(Fault::cell(table.row, "", Wrong::ManyColumns { most: COLUMNS_MOST }));
        }
        Ok(table)
    }

    /// Names of the columns, in the order of the file.
    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Number of the row read last, as a spreadsheet shows it.
    pub(super) fn row(&self) -> u64 {
        self.row
    }

    /// SHA-256 of what was read so far: of the whole file once there is no next row.
    pub(super) fn sha256(&self) -> String {
        self.reader.get_ref().sha256()
    }

    /// The next row that has anything in it, with as many cells as there are columns.
    pub(super) fn next_full(&mut self) -> Result<Option<StringRecord>, RowFault> {
        loop {
            let Some(cells) = self.next_row().map_err(RowFault::of)? else { return Ok(None) };
            // Spreadsheets leave rows of commas behind where something was deleted.
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if cells.len() != self.columns.len() {
                let what = Wrong::CellCount { cells: cells.len(), columns: self.columns.len() };
                return Err(RowFault::Skip(Fault::cell(self.row, "", what)));
            }
            return Ok(Some(cells));
        }
    }

    fn next_row(&mut self) -> Result<Option<StringRecord>, Fault> {
        self.reader.get_mut().begin_row();
        let more = self.reader.read_byte_record(&mut self.bytes).map_err(|error| unreadable(error, self.row))?;
        if !more {
            return Ok(None);
        }
        // A spreadsheet shows a cell of three lines as one row, and counts empty lines, which the reader passes over.
        let line = self.reader.position().line();
        let inside = self.bytes.as_slice().split(|byte| *byte == b'\n').count() - 1;
        let passed = (line - self.line).saturating_sub(u64::try_from(inside).unwrap_or(u64::MAX));
        self.row += passed.max(1);
        self.line = line;
        StringRecord::from_byte_record(std::mem::take(&mut self.bytes)).map(Some).map_err(|error| {
            let column = self.columns.get(error.utf8_error().field()).map_or("", String::as_str);
            Fault::cell(self.row, column, Wrong::NoUtf8Cell)
        })
    }
}

/// A fault that concerns a row as a whole.
pub(super) enum RowFault {
    /// The next row may be read.
    Skip(Fault),
    /// Nothing further can be read.
    Stop(Fault),
}

impl RowFault {
    /// A row of wrong bytes ends by itself and the next one may be right; a file that cannot be read stays so.
    fn of(fault: Fault) -> Self {
        if matches!(fault.place, Place::File) { Self::Stop(fault) } else { Self::Skip(fault) }
    }
}

/// A cell as it is kept: NFC, without space around it.
pub(super) fn tidy(cell: &str) -> String {
    cell.trim().nfc().collect()
}

fn unreadable(error: csv::Error, row: u64) -> Fault {
    Fault::file(match error.into_kind() {
        csv::ErrorKind::Io(error) => match error.get_ref().and_then(|inner| inner.downcast_ref()) {
            Some(Excess::OfFile { megabytes }) => Wrong::LargeFile { row, megabytes: *megabytes },
            Some(Excess::OfRow) => Wrong::EndlessRow { row },
            None => Wrong::Unreadable { row: Some(row), cause: error.to_string() },
        },
        kind => Wrong::NoTable { row, cause: format!("{kind:?}") },
    })
}
