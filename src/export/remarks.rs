//! What was written: first a file for a review, then, made of what the review kept, the file for those who work with it.
//!
//! Both linked to no sheet and no unit, and each time in another order.

use std::io::{self, Write};

use super::column::Column;
use super::column::ColumnKind::{Code, Text};
use super::table::{Format, TableWriter};
use super::value::Value;
use super::{ExportError, Provenance, SheetsLeftOut};
use crate::store::responses::StoredRemark;
use crate::survey::blanking::proposed;

/// Writes the file for a review: each remark with a proposal, and a column for the decision. Not marked as to where it is from, since it is
/// to be filled in and read back.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_review(remarks: &[StoredRemark], out: &mut dyn Write) -> io::Result<()> {
    let columns = [("remark", Text), ("item", Text), ("words", Text), ("decision", Code), ("text", Text)];
    let columns = columns.map(|(name, kind)| Column::new(name, kind)).to_vec();
    let mut table = TableWriter::begin(Format::Csv, columns, out)?;
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
pub fn write(
    kept: &[(String, String)],
    (provenance, format): (&Provenance, Format),
    out: &mut dyn Write,
) -> Result<SheetsLeftOut, ExportError> {
    let mut table = TableWriter::begin(format, super::columns(&[("item", Text), ("words", Text)]), out)?;
    table.lead(provenance.iter().cloned());
    for (item, words) in kept {
        table.row(&[Value::lent(item), Value::lent(words)])?;
    }
    Ok(SheetsLeftOut { rows: usize::try_from(table.end()?).unwrap_or(usize::MAX), ..SheetsLeftOut::default() })
}
