//! What the columns of a table are: a row for each column, then one for each code that may stand in it. Made of the columns that the table
//! itself is written by.

use super::ColumnHead;
use super::bilingual::Label;
use super::column::ColumnKind::{Code, Text, Whole};
use super::column::{Column, ColumnKind, KnownCodes};
use super::value::Value;
use super::workbook::WorkbookSheet;
use crate::words::Words;

/// What follows the name of a table in that of its dictionary.
pub(super) const SUFFIX: &str = "-columns";

/// What the name of a dictionary is, where it is that of a table alone.
pub(super) const NAME: &str = "columns";

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
pub(super) fn columns() -> Vec<Column> {
    COLUMNS.into_iter().map(Column::known).collect()
}

/// The dictionary of a workbook: a sheet about the columns of its tables, by their names.
pub(super) fn sheet<'t>(title: &str, tables: impl Iterator<Item = (&'t str, &'t [Column])>) -> WorkbookSheet<'static> {
    let rows = tables.flat_map(|(name, columns)| rows(name, columns)).collect();
    WorkbookSheet { name: Words::of("vi").get("columns-sheet"), title: Some(title.to_owned()), columns: columns(), rows }.fitted()
}

/// The rows about the columns of a table.
pub(super) fn rows(table: &str, columns: &[Column]) -> Vec<Vec<Value<'static>>> {
    (1..).zip(columns).flat_map(|(position, column)| of_column(table, position, column)).collect()
}

/// The rows of one column.
fn of_column(table: &str, position: u64, column: &Column) -> Vec<Vec<Value<'static>>> {
    let [vi, en] = column.label.each();
    let row = |entry: &'static str, code: &str, meaning: &Label| {
        let [meaning_vi, meaning_en] = meaning.each();
        let about = [Value::text(table), Value::Whole(position), Value::text(&*column.name), Value::lent(column.kind.name())];
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
