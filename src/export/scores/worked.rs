//! How the points of a leaf came about: the entry that counts, and the branch that a value took. Tables of the first format do not have it.

use super::rows::{fixed, held};
use crate::export::table::Value;
use crate::publication::document::Document;
use crate::round::steps::ScorePart;
use crate::scoring::ranking::CellResult;

const COLUMNS: [&str; 6] = ["applicable_maximum", "counts", "converted", "branch", "bound", "highest"];

pub(super) fn columns(document: &Document) -> Vec<&'static str> {
    if document.is_of_first_format() { Vec::new() } else { COLUMNS.to_vec() }
}

/// Those of a leaf; empty in rows of anything else.
pub(super) fn cells<'a>(document: &Document, cell: Option<&'a CellResult>) -> Vec<Value<'a>> {
    if document.is_of_first_format() {
        return Vec::new();
    }
    let worked = cell.and_then(|cell| cell.worked.as_ref());
    vec![
        fixed(cell.map(|cell| cell.maximum)),
        cell.and_then(|cell| cell.counts).map_or(Value::Empty, |part| Value::lent(ScorePart::name(part))),
        held(worked.map(|worked| worked.value)),
        worked.map_or(Value::Empty, |worked| Value::lent(worked.branch.code())),
        fixed(worked.map(|worked| worked.branch.bound())),
        fixed(worked.and_then(|worked| worked.branch.highest())),
    ]
}
