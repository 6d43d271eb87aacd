//! What was written: first a file for a review, then, made of what the review kept, the file for those who work with it.
//!
//! Both linked to no sheet and no unit, and each time in another order.

use std::io::{self, Write};

use super::column::ColumnKind::{Code, Text};
use super::column::{Column, KnownCodes};
use super::table::{Format, TableShape, TableWriter};
use super::value::Value;
use super::{ExportError, Provenance, REMARKS, SheetsLeftOut, table};
use crate::store::responses::StoredRemark;
use crate::survey::blanking::proposed;

/// The file for a review before its rows. It has no title: a review is a CSV file.
fn review_shape() -> TableShape {
    let decisions = KnownCodes::of("columns-code-", &["keep", "drop"]);
    let columns = [("remark", Text), ("item", Text), ("words", Text), ("decision", Code(decisions)), ("text", Text)];
    TableShape { name: "review", title: String::new(), columns: columns.map(Column::known).to_vec() }
}

/// What was written, before its rows.
fn shape(title: &str) -> TableShape {
    let columns = super::columns(&[("item", Text), ("words", Text)]);
    TableShape { name: REMARKS, title: title.to_owned(), columns }
}

/// Writes what the columns of the table are, and those of the file for a review.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_columns(title: &str, format: Format, out: &mut dyn Write) -> Result<(), ExportError> {
    Ok(table::write_columns(&[shape(title), review_shape()], format, out)?)
}

/// Writes the file for a review: each remark with a proposal, and a column for the decision. Not marked as to where it is from, since it is
/// to be filled in and read back.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_review(remarks: &[StoredRemark], out: &mut dyn Write) -> io::Result<()> {
    let mut table = TableWriter::begin(Format::Csv, review_shape(), out)?;
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
    title: &str,
    (provenance, format): (&Provenance, Format),
    out: &mut dyn Write,
) -> Result<SheetsLeftOut, ExportError> {
    let mut table = TableWriter::begin(format, shape(title), out)?;
    table.lead(provenance.iter().cloned());
    for (item, words) in kept {
        table.row(&[Value::lent(item), Value::lent(words)])?;
    }
    Ok(SheetsLeftOut { rows: usize::try_from(table.end()?).unwrap_or(usize::MAX), ..SheetsLeftOut::default() })
}
