//! What the columns of a table are: a row for each column, then one for each code that may stand in it. Made of the columns that the table
//! itself is written by.

use std::io::{self, Write};

use super::ColumnHead;
use super::bilingual::Label;
use super::column::ColumnKind::{Code, Text, Whole};
use super::column::{Column, ColumnKind, KnownCodes};
use super::table::{Format, TableShape, TableWriter};
use super::value::Value;
use super::workbook::WorkbookSheet;
use crate::words::Words;

/// What follows the name of a table in that of its dictionary.
pub(super) const SUFFIX: &str = "-columns";

/// What the name of a dictionary is, where it is that of a table alone.
const NAME: &str = "columns";

const KINDS: KnownCodes = KnownCodes::of("columns-kind-", &ColumnKind::NAMES);
const UNITS: KnownCodes = KnownCodes::of("columns-unit-", &ColumnKind::UNITS);

/// What a row is about: the column, an empty cell of it, a code that stands for something, or one for why a value is missing.
const ENTRIES: KnownCodes = KnownCodes::of("columns-entry-", &["column", "empty", "code", "missing"]);

const COLUMNS: [ColumnHead; 11] = [
    ("table", Text),
    ("position", Whole),
    ("column", Text),
    ("holds", Code(KINDS)),
    ("measured_in", Code(UNITS)),
    ("label_vi", Text),
    ("label_en", Text),
    ("entry", Code(ENTRIES)),
    ("cell", Text),
    ("meaning_vi", Text),
    ("meaning_en", Text),
];

/// The columns of every dictionary.
fn columns() -> Vec<Column> {
    COLUMNS.into_iter().map(Column::known).collect()
}

/// Writes the dictionary of a table.
///
/// # Errors
/// When `out` cannot be written to.
pub(super) fn write(shape: &TableShape, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let own = TableShape { name: NAME, title: shape.title.clone(), columns: columns() };
    let mut table = TableWriter::begin(format, own, out)?;
    rows(shape).iter().try_for_each(|row| table.row(row))?;
    table.end().map(drop)
}

/// The dictionary of a table as a sheet of its workbook.
pub(super) fn sheet(shape: &TableShape) -> WorkbookSheet<'static> {
    let name = Words::of("vi").get("columns-sheet");
    WorkbookSheet { name, title: Some(shape.title.clone()), columns: columns(), rows: rows(shape) }.fitted()
}

fn rows(shape: &TableShape) -> Vec<Vec<Value<'static>>> {
    (1..).zip(&shape.columns).flat_map(|(position, column)| of_column(shape.name, position, column)).collect()
}

/// The rows of one column.
fn of_column(table: &'static str, position: u64, column: &Column) -> Vec<Vec<Value<'static>>> {
    let [vi, en] = column.label.each();
    let row = |entry: &'static str, code: &str, meaning: &Label| {
        let [meaning_vi, meaning_en] = meaning.each();
        let about = [Value::lent(table), Value::Whole(position), Value::text(&*column.name), Value::lent(column.kind.name())];
        let called = [Value::lent(column.kind.unit().unwrap_or_default()), Value::text(vi), Value::text(en), Value::lent(entry)];
        about.into_iter().chain(called).chain([code, meaning_vi, meaning_en].map(Value::text)).collect()
    };
    let own = Label::by(&format!("columns-kind-{}", column.kind.name()));
    let empty = Label::by(&format!("columns-empty-{}", empty(column.kind)));
    let codes = column.labels.iter().map(|meaning| ("code", meaning)).chain(column.missing.iter().map(|meaning| ("missing", meaning)));
    let codes = codes.map(|(entry, meaning)| row(entry, &meaning.code, &meaning.label));
    [row("column", "", &own), row("empty", "", &empty)].into_iter().chain(codes).collect()
}

/// What an empty cell of a kind says.
fn empty(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Answer => "answer",
        ColumnKind::Whole | ColumnKind::Change | ColumnKind::Count | ColumnKind::Decimal(_) => "figure",
        ColumnKind::Text | ColumnKind::Code(_) | ColumnKind::Entry => "text",
    }
}
