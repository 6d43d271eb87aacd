//! Score sheets as a file that can be imported again: a row for each unit and each criterion that somebody scores.
//!
//! No origin: this is a file to be edited and read back, and what is read back and written again is the same bytes. A text that a
//! spreadsheet would run has a `'` in front, which the import takes off.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use crate::round::steps::ScorePart;
use crate::scheme::Scheme;
use crate::scoring::score::applies;
use crate::scoring::sheet::{Cell, NOT_APPLICABLE};
use crate::store::scores::ScoreSheets;
use crate::unit::Registered;

/// The byte order mark by which Excel knows UTF-8.
const MARK: &str = "\u{feff}";

/// Writes the file.
///
/// # Errors
/// When it cannot be written.
pub fn write(units: &[(&Registered, &Scheme)], year: i32, entered: &ScoreSheets, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(MARK.as_bytes())?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(["unit", "criterion"].into_iter().chain(ScorePart::COLUMNS.map(ScorePart::name)))?;
    let none = HashMap::new();
    for (row, scheme) in units {
        let Some(block) = scheme.block(&row.unit.block, year) else { continue };
        let cells = entered.get(&row.id).unwrap_or(&none);
        for (_, leaf) in scheme.leaves.iter().enumerate().filter(|(place, leaf)| applies(block, *place) && !leaf.is_surveyed()) {
            let cell = cells.get(&leaf.code);
            writer.write_record(
                [row.unit.code.as_str(), &leaf.code]
                    .into_iter()
                    .map(Cow::Borrowed)
                    .chain(ScorePart::COLUMNS.map(|part| defused(entry(cell, part))))
                    .map(Cow::into_owned),
            )?;
        }
    }
    writer.flush()
}

/// A text with a `'` in front where a spreadsheet would run it.
fn defused(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}").into() } else { text.into() }
}

/// What stands in a cell of the file; that the criterion does not apply stands in the column of the appraisal.
fn entry(cell: Option<&Cell>, part: ScorePart) -> &str {
    let left_out = cell.is_some_and(|cell| cell.entry(ScorePart::Applicability).is_some());
    match part {
        ScorePart::Appraised if left_out => NOT_APPLICABLE,
        ScorePart::SelfScore | ScorePart::Appraised | ScorePart::Second | ScorePart::Council if left_out => "",
        _ => cell.and_then(|cell| cell.entry(part)).unwrap_or_default(),
    }
}
