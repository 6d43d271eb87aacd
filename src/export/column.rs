//! Columns: what a table says of the values that stand in one, whatever the table is written as.

use std::borrow::Cow;

use super::value::Value;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, or a code that a definition gives.
    Text,
    /// One of a few codes that stand for the same in every table, such as `counted`.
    Code,
    /// What somebody entered: a number where it is written like one, else a text.
    Entry,
    /// A whole number.
    Whole,
    /// A whole number by which something rose or fell.
    Change,
    /// A number of sheets: a whole number, or a class such as `10-49`.
    Count,
    /// A decimal number, or a limit or class such as `<=5` or `80-90`.
    Decimal,
}

/// What a code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The code as it stands in a cell.
    pub code: Cow<'static, str>,
    /// Its meaning, in words.
    pub words: String,
}

impl Meaning {
    /// A code with its meaning.
    pub fn of(code: impl Into<Cow<'static, str>>, words: impl Into<String>) -> Self {
        Self { code: code.into(), words: words.into() }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What programs find it by: the head in CSV, the key in JSON.
    pub name: Cow<'static, str>,
    /// What people read over it. Empty in tables for programs only.
    pub label: String,
    /// What its values are.
    pub kind: ColumnKind,
    /// What its codes mean; a workbook has the words in place of the codes.
    pub labels: Vec<Meaning>,
    /// The codes that stand where a value is missing, and say why.
    pub missing: Vec<Meaning>,
    /// Characters that it is wide in a workbook.
    pub width: u16,
}

/// Width of a column of which nobody said how wide it is.
const WIDTH: u16 = 10;

impl Column {
    /// A column for programs.
    pub fn new(name: impl Into<Cow<'static, str>>, kind: ColumnKind) -> Self {
        Self { name: name.into(), label: String::new(), kind, labels: Vec::new(), missing: Vec::new(), width: WIDTH }
    }

    /// The column as people read it.
    #[must_use]
    pub fn labelled(self, label: impl Into<String>, width: u16) -> Self {
        Self { label: label.into(), width, ..self }
    }

    /// The column with the meanings of its codes.
    #[must_use]
    pub fn with_labels(self, labels: impl IntoIterator<Item = Meaning>) -> Self {
        Self { labels: labels.into_iter().collect(), ..self }
    }

    /// The column with the codes of what is missing.
    #[must_use]
    pub fn with_missing(self, missing: impl IntoIterator<Item = Meaning>) -> Self {
        Self { missing: missing.into_iter().collect(), ..self }
    }

    /// What people read in place of a code of this column; the code itself where it has no other meaning.
    #[must_use]
    pub fn words_of<'w>(&'w self, value: &'w Value<'_>) -> Option<&'w str> {
        let (meanings, code) = match value {
            Value::Text(text) => (&self.labels, text),
            Value::Missing(code) => (&self.missing, code),
            _ => return None,
        };
        let meaning = meanings.iter().find(|meaning| meaning.code == **code);
        Some(meaning.map_or(&**code, |meaning| &meaning.words))
    }

    /// Whether a value is one of this column. An empty text says nothing in any.
    #[must_use]
    pub fn holds(&self, value: &Value<'_>) -> bool {
        let knows = |meanings: &[Meaning], code: &str| meanings.iter().any(|meaning| meaning.code == code);
        match (value, self.kind) {
            (Value::Missing(code), _) => knows(&self.missing, code),
            (Value::Text(text), _) if text.is_empty() => true,
            (Value::Text(text), ColumnKind::Code) => self.labels.is_empty() || knows(&self.labels, text),
            (Value::Text(text), ColumnKind::Count | ColumnKind::Decimal) => is_class(text),
            (Value::Empty, _)
            | (Value::Text(_), ColumnKind::Text | ColumnKind::Entry)
            | (Value::Whole(_), ColumnKind::Whole | ColumnKind::Count)
            | (Value::Signed(_), ColumnKind::Change)
            | (Value::Decimal(_), ColumnKind::Decimal | ColumnKind::Entry) => true,
            _ => false,
        }
    }
}

/// Whether a text is a limit or a class of numbers: `<=5`, `80-90`.
fn is_class(text: &str) -> bool {
    let digits = text.trim_start_matches(['<', '>', '=']);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn column(kind: ColumnKind) -> Column {
        Column::new("x", kind).with_labels([Meaning::of("counted", "được tính")]).with_missing([Meaning::of("hidden", "không hiện")])
    }

    #[rstest]
    #[case(ColumnKind::Text, Value::lent("-1"), true)]
    #[case(ColumnKind::Text, Value::Whole(1), false)]
    #[case(ColumnKind::Code, Value::lent("counted"), true)]
    #[case(ColumnKind::Code, Value::lent("other"), false)]
    #[case(ColumnKind::Entry, Value::lent("NA"), true)]
    #[case(ColumnKind::Entry, Value::decimal("1.5"), true)]
    #[case(ColumnKind::Entry, Value::Whole(1), false)]
    #[case(ColumnKind::Whole, Value::Whole(1), true)]
    #[case(ColumnKind::Whole, Value::lent("10-49"), false)]
    #[case(ColumnKind::Whole, Value::lent(""), true)]
    #[case(ColumnKind::Change, Value::Signed(-1), true)]
    #[case(ColumnKind::Change, Value::Whole(1), false)]
    #[case(ColumnKind::Count, Value::Whole(1), true)]
    #[case(ColumnKind::Count, Value::lent("10-49"), true)]
    #[case(ColumnKind::Count, Value::lent("few"), false)]
    #[case(ColumnKind::Decimal, Value::decimal("1.50"), true)]
    #[case(ColumnKind::Decimal, Value::lent("<=5"), true)]
    #[case(ColumnKind::Decimal, Value::Whole(1), false)]
    #[case(ColumnKind::Decimal, Value::lent("hidden"), false)]
    #[case(ColumnKind::Decimal, Value::Missing("hidden".into()), true)]
    #[case(ColumnKind::Decimal, Value::Missing("other".into()), false)]
    #[case(ColumnKind::Decimal, Value::Empty, true)]
    fn a_column_knows_its_values(#[case] kind: ColumnKind, #[case] value: Value<'_>, #[case] holds: bool) {
        assert_eq!(column(kind).holds(&value), holds);
    }

    #[test]
    fn a_code_is_read_by_its_meaning() {
        let column = column(ColumnKind::Code);
        assert_eq!(column.words_of(&Value::lent("counted")), Some("được tính"));
        assert_eq!(column.words_of(&Value::lent("hidden")), Some("hidden"), "what is missing is told apart from what is there");
        assert_eq!(column.words_of(&Value::Missing("hidden".into())), Some("không hiện"));
        assert_eq!(column.words_of(&Value::Whole(1)), None);
    }
}
