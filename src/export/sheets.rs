//! Score sheets as a file that can be imported again: a row for each unit and each criterion that somebody scores.
//!
//! No origin: this is a file to be edited and read back, and what is read back and written again is the same bytes. A text that a
//! spreadsheet would run has a `'` in front, which the import takes off.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::round::steps::ScorePart;
use crate::scheme::Scheme;
use crate::scoring::score::applies;
use crate::scoring::sheet::LeafEntries;
use crate::spreadsheet::{CsvFile, NOT_APPLICABLE_CELL};
use crate::store::scores::ScoreSheets;
use crate::unit::Registered;

/// Writes the file.
///
/// # Errors
/// When it cannot be written.
pub fn write(units: &[(&Registered, &Scheme)], year: i32, entered: &ScoreSheets, out: &mut dyn Write) -> io::Result<()> {
    let mut file = CsvFile::begin(out)?;
    file.texts(["unit", "criterion"].into_iter().chain(ScorePart::COLUMNS.map(ScorePart::name)))?;
    let none = HashMap::new();
    for (row, scheme) in units {
        let Some(block) = scheme.block(&row.unit.block, year) else { continue };
        let cells = entered.get(&row.id).unwrap_or(&none);
        for (_, leaf) in scheme.leaves.iter().enumerate().filter(|(place, leaf)| applies(block, *place) && !leaf.is_surveyed()) {
            let cell = cells.get(&leaf.code);
            let parts = ScorePart::COLUMNS.map(|part| entry(cell, part));
            file.texts([row.unit.code.as_str(), &leaf.code].into_iter().chain(parts))?;
        }
    }
    file.end()
}

/// What stands in a cell of the file; that the criterion does not apply stands in the column of the appraisal.
fn entry(cell: Option<&LeafEntries>, part: ScorePart) -> &str {
    let left_out = cell.is_some_and(|cell| cell.entry(ScorePart::Applicability).is_some());
    match part {
        ScorePart::Appraised if left_out => NOT_APPLICABLE_CELL,
        ScorePart::SelfScore | ScorePart::Appraised | ScorePart::Second | ScorePart::Council if left_out => "",
        _ => cell.and_then(|cell| cell.entry(part)).unwrap_or_default(),
    }
}
