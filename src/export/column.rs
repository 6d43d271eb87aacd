//! Columns: what a table says of the values that stand in one, whatever the table is written as.

use std::borrow::Cow;

use super::bilingual::Label;
use super::value::Value;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words, or a code that a definition gives.
    Text,
    /// One of a few codes that stand for the same in every table, such as `counted`. A workbook has what they mean.
    Code(KnownCodes),
    /// What somebody entered: a number where it is written like one, else a text.
    Entry,
    /// What somebody answered: the codes of options, or why there is none. A workbook has the same.
    Answer,
    /// A whole number.
    Whole,
    /// A whole number by which a rank rose or fell.
    Change,
    /// A number of sheets or answers: a whole number, or a class such as `10-49`.
    Count,
    /// A decimal number, or a limit or class such as `<=5` or `80-90`.
    Decimal(DecimalUnit),
}

impl ColumnKind {
    /// Codes of the kinds, as dictionaries have them.
    pub(super) const NAMES: [&str; 8] = ["text", "code", "entry", "answer", "whole", "change", "count", "decimal"];

    /// Codes of what values are measured in.
    pub(super) const UNITS: [&str; 5] = ["percent", "percentage-points", "points", "sheets-or-answers", "ranks"];

    /// Its code.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Code(_) => "code",
            Self::Entry => "entry",
            Self::Answer => "answer",
            Self::Whole => "whole",
            Self::Change => "change",
            Self::Count => "count",
            Self::Decimal(_) => "decimal",
        }
    }

    /// The code of what its values are measured in; none where each row says it, or nothing is measured.
    #[must_use]
    pub fn unit(self) -> Option<&'static str> {
        match self {
            Self::Decimal(DecimalUnit::Percent) => Some("percent"),
            Self::Decimal(DecimalUnit::PercentagePoints) => Some("percentage-points"),
            Self::Decimal(DecimalUnit::Points) => Some("points"),
            Self::Count => Some("sheets-or-answers"),
            Self::Change => Some("ranks"),
            _ => None,
        }
    }
}

/// What decimal numbers are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalUnit {
    /// Percent of what is possible, or of answers.
    Percent,
    /// What one percentage is more than another.
    PercentagePoints,
    /// Points of a score.
    Points,
    /// Whatever the criterion of the row measures.
    OfRow,
}

/// Codes that stand for the same in every table, and where their words are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownCodes {
    /// What the keys of their words begin with; a code ends them.
    words: &'static str,
    all: &'static [&'static str],
}

impl KnownCodes {
    /// Codes that the column itself says.
    pub const OWN: Self = Self::of("", &[]);

    /// `yes` and `no`.
    pub const YES_NO: Self = Self::of("columns-code-", &["yes", "no"]);

    /// Codes, with what the keys of their words begin with.
    #[must_use]
    pub const fn of(words: &'static str, all: &'static [&'static str]) -> Self {
        Self { words, all }
    }

    fn meanings(self) -> Vec<Meaning> {
        self.all.iter().map(|code| Meaning::of(*code, Label::by(&format!("{}{code}", self.words)))).collect()
    }
}

/// What a code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The code as it stands in a cell.
    pub code: Cow<'static, str>,
    /// Its meaning, in each language.
    pub label: Label,
    /// Its meaning, as a workbook has it.
    pub words: String,
}

impl Meaning {
    /// A code with its meaning.
    pub fn of(code: impl Into<Cow<'static, str>>, label: impl Into<Label>) -> Self {
        let label = label.into();
        Self { code: code.into(), words: label.joined(), label }
    }
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What programs find it by: the head in CSV, the key in JSON.
    pub name: Cow<'static, str>,
    /// What people read over it.
    pub label: Label,
    /// What its values are.
    pub kind: ColumnKind,
    /// What its codes mean; a workbook has the words in place of those of a [`ColumnKind::Code`].
    pub labels: Vec<Meaning>,
    /// The codes that stand where a value is missing, and say why.
    pub missing: Vec<Meaning>,
    /// Characters that it is wide in a workbook.
    pub width: u16,
}

/// Width of a column of which nobody said how wide it is.
const WIDTH: u16 = 10;

impl Column {
    /// A column that says itself what it is called.
    pub fn new(name: impl Into<Cow<'static, str>>, kind: ColumnKind) -> Self {
        let labels = if let ColumnKind::Code(codes) = kind { codes.meanings() } else { Vec::new() };
        Self { name: name.into(), label: Label::default(), kind, labels, missing: Vec::new(), width: WIDTH }
    }

    /// A column that every table calls the same.
    #[must_use]
    pub fn known((name, kind): (&'static str, ColumnKind)) -> Self {
        Self::new(name, kind).called(Label::by(&format!("column-{}", name.replace('_', "-"))))
    }

    /// The column with what people read over it.
    #[must_use]
    pub fn called(self, label: impl Into<Label>) -> Self {
        Self { label: label.into(), ..self }
    }

    /// The column as people read it.
    #[must_use]
    pub fn labelled(self, label: impl Into<Label>, width: u16) -> Self {
        Self { width, ..self.called(label) }
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

    /// What people read in place of a code of this column; the code itself where it has no other meaning, and everywhere in a column of
    /// answers, or of codes that a definition gives.
    #[must_use]
    pub fn words_of<'w>(&'w self, value: &'w Value<'_>) -> Option<&'w str> {
        let (meanings, code) = match (value, self.kind) {
            (Value::Text(text), ColumnKind::Code(_)) => (&self.labels[..], text),
            (Value::Missing(code), kind) if kind != ColumnKind::Answer => (&self.missing[..], code),
            (Value::Text(text) | Value::Missing(text), _) => (&[][..], text),
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
            (Value::Text(text), ColumnKind::Code(_)) => self.labels.is_empty() || knows(&self.labels, text),
            (Value::Text(text), ColumnKind::Count | ColumnKind::Decimal(_)) => is_class(text),
            (Value::Empty, _)
            | (Value::Text(_), ColumnKind::Text | ColumnKind::Entry | ColumnKind::Answer)
            | (Value::Whole(_), ColumnKind::Whole | ColumnKind::Count)
            | (Value::Signed(_), ColumnKind::Change)
            | (Value::Decimal(_), ColumnKind::Decimal(_) | ColumnKind::Entry) => true,
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
    #[case(ColumnKind::Code(KnownCodes::OWN), Value::lent("counted"), true)]
    #[case(ColumnKind::Code(KnownCodes::OWN), Value::lent("other"), false)]
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
    #[case(ColumnKind::Decimal(DecimalUnit::Points), Value::decimal("1.50"), true)]
    #[case(ColumnKind::Decimal(DecimalUnit::Points), Value::lent("<=5"), true)]
    #[case(ColumnKind::Decimal(DecimalUnit::Points), Value::Whole(1), false)]
    #[case(ColumnKind::Decimal(DecimalUnit::Points), Value::lent("hidden"), false)]
    #[case(ColumnKind::Decimal(DecimalUnit::Points), Value::Missing("hidden".into()), true)]
    #[case(ColumnKind::Decimal(DecimalUnit::Points), Value::Missing("other".into()), false)]
    #[case(ColumnKind::Decimal(DecimalUnit::Points), Value::Empty, true)]
    fn a_column_knows_its_values(#[case] kind: ColumnKind, #[case] value: Value<'_>, #[case] holds: bool) {
        assert_eq!(column(kind).holds(&value), holds);
    }

    #[test]
    fn codes_of_every_table_bring_their_meanings() {
        let column = Column::known(("synthetic", ColumnKind::Code(KnownCodes::YES_NO)));
        assert!(column.holds(&Value::yes(true)) && !column.holds(&Value::lent("maybe")));
        assert_eq!(column.words_of(&Value::yes(false)), Some("không / no"));
    }

    #[test]
    fn an_answer_and_a_code_of_a_definition_stay_as_they_are() {
        let of = |kind| column(kind).words_of(&Value::lent("counted")).map(str::to_owned);
        assert_eq!([of(ColumnKind::Answer), of(ColumnKind::Text)], [Some("counted".to_owned()), Some("counted".to_owned())]);
        assert_eq!(column(ColumnKind::Answer).words_of(&Value::Missing("hidden".into())), Some("hidden"));
    }

    #[test]
    fn every_kind_and_unit_is_one_that_dictionaries_know() {
        let units = [DecimalUnit::Percent, DecimalUnit::PercentagePoints, DecimalUnit::Points, DecimalUnit::OfRow].map(ColumnKind::Decimal);
        let others = [ColumnKind::Text, ColumnKind::Code(KnownCodes::OWN), ColumnKind::Entry, ColumnKind::Answer, ColumnKind::Whole];
        for kind in units.into_iter().chain(others).chain([ColumnKind::Change, ColumnKind::Count]) {
            assert!(
                ColumnKind::NAMES.contains(&kind.name()) && kind.unit().is_none_or(|unit| ColumnKind::UNITS.contains(&unit)),
                "{kind:?}"
            );
        }
    }

    #[test]
    fn a_code_is_read_by_its_meaning() {
        let column = column(ColumnKind::Code(KnownCodes::OWN));
        assert_eq!(column.words_of(&Value::lent("counted")), Some("được tính"));
        assert_eq!(column.words_of(&Value::lent("hidden")), Some("hidden"), "what is missing is told apart from what is there");
        assert_eq!(column.words_of(&Value::Missing("hidden".into())), Some("không hiện"));
        assert_eq!(column.words_of(&Value::Whole(1)), None);
    }
}
