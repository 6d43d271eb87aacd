//! How wide columns are: as wide as what stands in them, within bounds.

use std::ops::RangeInclusive;

use super::WorkbookSheet;
use crate::export::column::Column;
use crate::export::value::Value;

/// Widths in characters: narrower no head can be read, and of what is longer lines are made.
const WIDTHS: RangeInclusive<usize> = 9..=44;

/// Rows by which columns are fitted.
const ROWS: usize = 2_000;

impl WorkbookSheet<'_> {
    /// The sheet with columns as wide as what stands in them.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        for (place, column) in self.columns.iter_mut().enumerate() {
            let of_head = column.label.joined().split(' ').map(|word| word.chars().count()).max();
            let cells = self.rows.iter().take(ROWS).filter_map(|row| row.get(place));
            let widest = cells.map(|value| printed_width(column, value)).chain(of_head).max().unwrap_or_default();
            column.width = u16::try_from(widest.clamp(*WIDTHS.start(), *WIDTHS.end()) + 1).unwrap_or(u16::MAX);
        }
        self
    }
}

/// How many characters a value takes.
fn printed_width(column: &Column, value: &Value<'_>) -> usize {
    match value {
        Value::Empty => 0,
        Value::Text(_) | Value::Missing(_) => column.words_of(value).map_or(0, |words| words.chars().count()),
        // Thousands are parted.
        Value::Whole(number) => number.to_string().len() + 1,
        Value::Signed(number) => number.to_string().len(),
        Value::Decimal(number) => number.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::column::ColumnKind::{Text, Whole};

    #[test]
    fn a_column_is_as_wide_as_what_stands_in_it_within_bounds() {
        let columns = vec![Column::new("a", Text).called("Đơn vị"), Column::new("b", Whole).called("n"), Column::new("c", Text)];
        let rows = vec![vec![Value::lent("Sở Nội vụ tỉnh"), Value::Whole(5), Value::text("x".repeat(200))]];
        let sheet = WorkbookSheet { name: "A".to_owned(), title: None, columns, rows }.fitted();
        assert_eq!(sheet.columns.iter().map(|column| column.width).collect::<Vec<_>>(), [15, 10, 45]);
    }
}
