//! How wide columns are and how high rows: as what stands in them wants it, within bounds.

use std::ops::RangeInclusive;

use super::WorkbookSheet;
use crate::export::column::Column;
use crate::export::value::Value;

/// Widths in characters: narrower no head can be read, and of what is longer lines are made.
const WIDTHS: RangeInclusive<usize> = 9..=32;

/// Longest word for whose sake a column is wide; a longer one, such as a hash, is cut.
const WORD_MOST: usize = 40;

/// Lines that a head takes at most, about.
const HEAD_LINES: usize = 6;

/// Rows by which columns are fitted.
const ROWS: usize = 2_000;

/// Points that a line is high.
const LINE: u32 = 15;

/// Most lines: Excel takes 409 points.
const LINES_MOST: u32 = 27;

impl WorkbookSheet<'_> {
    /// The sheet with columns as wide as what stands in them.
    #[must_use]
    pub fn fitted(mut self) -> Self {
        for (place, column) in self.columns.iter_mut().enumerate() {
            let head = column.label.joined();
            let cells = self.rows.iter().take(ROWS).filter_map(|row| row.get(place));
            let texts = cells.filter_map(|value| words(column, value));
            let of_head = longest_word(&head).max(head.chars().count() / HEAD_LINES);
            let widest = texts.map(|text| wanted(&text)).chain([of_head]).max().unwrap_or_default();
            column.width = u16::try_from(widest.max(*WIDTHS.start()) + 1).unwrap_or(u16::MAX);
        }
        self
    }
}

/// What a value shows.
fn words(column: &Column, value: &Value<'_>) -> Option<String> {
    match value {
        Value::Empty => None,
        Value::Text(_) | Value::Missing(_) => column.words_of(value).map(str::to_owned),
        // Thousands are parted.
        Value::Whole(number) => Some(format!("{number} ")),
        Value::Signed(number) => Some(number.to_string()),
        Value::Decimal(number) => Some(number.clone().into_owned()),
    }
}

/// How wide a text wants its column: the longest word is whole, but for one that is too long.
fn wanted(text: &str) -> usize {
    let word = longest_word(text);
    let whole = text.chars().count().min(*WIDTHS.end());
    if word > WORD_MOST { 0 } else { whole.max(word) }
}

fn longest_word(text: &str) -> usize {
    text.split(char::is_whitespace).map(|word| word.chars().count()).max().unwrap_or_default()
}

/// Whether a text is written in lines where it is longer than its column: not one with a word that is longer by itself.
pub(super) fn is_in_lines(text: &str, width: u16) -> bool {
    longest_word(text) <= usize::from(width)
}

/// Lines that a text takes in a column of a width. What is left empty at the ends of lines takes a sixth of them.
pub(super) fn lines(text: &str, width: u16) -> u32 {
    let room = (usize::from(width) * 5 / 6).max(1);
    let of = |line: &str| {
        let long = line.chars().count();
        if long < usize::from(width) { 1 } else { long.div_ceil(room) }
    };
    u32::try_from(text.split('\n').map(of).sum::<usize>()).unwrap_or(u32::MAX)
}

/// Lines that a value takes in its column.
pub(super) fn lines_of(column: &Column, value: &Value<'_>) -> u32 {
    let shown = match value {
        Value::Text(_) | Value::Missing(_) => column.words_of(value),
        _ => None,
    };
    let fits = |text: &&str| text.len() > usize::from(column.width) / 2 && is_in_lines(text, column.width);
    shown.filter(fits).map_or(1, |text| lines(text, column.width))
}

/// Height of a row of some lines, in points; none for one, which every spreadsheet knows.
pub(super) fn height(lines: u32) -> Option<f64> {
    (lines > 1).then(|| f64::from(lines.min(LINES_MOST) * LINE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::column::ColumnKind::{Text, Whole};

    #[test]
    fn a_column_is_as_wide_as_what_stands_in_it_within_bounds() {
        let columns = vec![Column::new("a", Text).called("Đơn vị"), Column::new("b", Whole).called("n"), Column::new("c", Text)];
        let long = "một hai ba ".repeat(20);
        let row = |last: &str| vec![Value::lent("Sở Nội vụ tỉnh"), Value::Whole(5), Value::text(last)];
        let widths = |last: &str| {
            let sheet = WorkbookSheet { name: "A".to_owned(), title: None, columns: columns.clone(), rows: vec![row(last)] }.fitted();
            sheet.columns.iter().map(|column| column.width).collect::<Vec<_>>()
        };
        assert_eq!([widths(&long), widths(&"x".repeat(200)), widths(&"x".repeat(36))], [[15, 10, 33], [15, 10, 10], [15, 10, 37]]);
    }

    #[test]
    fn a_row_is_as_high_as_its_lines() {
        assert_eq!(["", "một", "một hai ba bốn năm", "a\nb"].map(|text| lines(text, 12)), [1, 1, 2, 2]);
        assert_eq!([1, 3, 100].map(height), [None, Some(45.0), Some(405.0)]);
        let column = Column::new("a", Text).labelled("x", 12);
        let of = |text: &str| lines_of(&column, &Value::text(text));
        assert_eq!([of("một hai ba bốn năm"), of(&"x".repeat(64)), of("một")], [2, 1, 1], "a word that is too long is cut");
    }
}
