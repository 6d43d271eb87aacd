//! How the points of a leaf came about: the entry that counts, and the branch that a value took. Tables of the first format do not have it.

use crate::export::ColumnHead;
use crate::export::column::Column;
use crate::export::column::ColumnKind::{Code, Decimal};
use crate::export::value::Value;
use crate::publication::document::Document;
use crate::round::steps::ScorePart;
use crate::scoring::ranking::CellResult;

const COLUMNS: [ColumnHead; 6] =
    [("applicable_maximum", Decimal), ("counts", Code), ("converted", Decimal), ("branch", Code), ("bound", Decimal), ("highest", Decimal)];

pub(super) fn columns(document: &Document) -> Vec<Column> {
    if document.is_of_first_format() {
        return Vec::new();
    }
    COLUMNS.map(|(name, kind)| Column::new(name, kind)).into()
}

/// Those of a leaf; empty in rows of anything else.
pub(super) fn cells<'a>(document: &Document, cell: Option<&'a CellResult>) -> Vec<Value<'a>> {
    if document.is_of_first_format() {
        return Vec::new();
    }
    let worked = cell.and_then(|cell| cell.worked.as_ref());
    vec![
        Value::fixed(cell.map(|cell| cell.maximum)),
        cell.and_then(|cell| cell.counts).map_or(Value::Empty, |part| Value::lent(ScorePart::name(part))),
        Value::held(worked.map(|worked| worked.value)),
        worked.map_or(Value::Empty, |worked| Value::lent(worked.branch.code())),
        Value::fixed(worked.map(|worked| worked.branch.bound())),
        Value::fixed(worked.and_then(|worked| worked.branch.highest())),
    ]
}
