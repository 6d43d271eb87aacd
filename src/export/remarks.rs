//! What was written: first a file for a review, then, made of what the review kept, the file for those who work with it.
//!
//! Both linked to no sheet and no unit, and each time in another order.

use std::io::{self, Write};

use super::origin::Origin;
use super::table::{Format, Table, Value};
use super::{ExportError, LeftOut};
use crate::store::responses::StoredRemark;
use crate::survey::blanking::proposed;

/// Writes the file for a review: each remark with a proposal, and a column for the decision. Not marked as to where it is from, since it is
/// to be filled in and read back.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_review(remarks: &[StoredRemark], out: &mut dyn Write) -> io::Result<()> {
    let columns = ["remark", "item", "words", "decision", "text"].map(str::to_owned).to_vec();
    let mut table = Table::begin(Format::Csv, columns, out)?;
    for StoredRemark { mark, item, words } in remarks {
        let cells = [Value::lent(mark), Value::lent(item), Value::lent(words), Value::Empty, Value::text(proposed(words))];
        table.row(&cells)?;
    }
    table.end().map(|_| ())
}

/// Writes what a review kept: item and text.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(kept: &[(String, String)], (origin, format): (&Origin, Format), out: &mut dyn Write) -> Result<LeftOut, ExportError> {
    let mut table = Table::begin(format, super::columns(&["item", "words"]), out)?;
    for (item, words) in kept {
        let row: Vec<_> = origin.iter().cloned().chain([Value::text(item), Value::text(words)]).collect();
        table.row(&row)?;
    }
    Ok(LeftOut { rows: usize::try_from(table.end()?).unwrap_or(usize::MAX), ..LeftOut::default() })
}
