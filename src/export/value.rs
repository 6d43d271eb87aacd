//! Values: what stands in one cell of a table, whatever the table is written as.

use std::borrow::Cow;

use crate::scoring::decimal::Held;
use crate::scoring::disclosure::{Percent, SheetsTold, Shown};
use crate::spreadsheet::is_number;

/// What stands in one cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    #[default]
    Empty,
    /// Words, or a code.
    Text(Cow<'a, str>),
    /// The code of why a value is missing.
    Missing(Cow<'a, str>),
    /// A whole number.
    Whole(u64),
    /// A whole number by which something rose or fell: `+8` and `-10` in CSV, numbers in JSON and workbooks.
    Signed(i64),
    /// A number as it is printed, with a point and as many decimals as are shown of it, such as `81.33` or `+1.20`: a text in JSON, because
    /// a JSON number is often read into a float. What is no number is written as a text.
    Decimal(Cow<'a, str>),
}

impl<'a> Value<'a> {
    /// A text that is made for this cell.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }

    /// A text that stands elsewhere.
    #[must_use]
    pub fn lent(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    /// The same value, of texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Value<'static> {
        let own = |text: Cow<'_, str>| Cow::Owned(text.into_owned());
        match self {
            Self::Empty => Value::Empty,
            Self::Text(text) => Value::Text(own(text)),
            Self::Missing(code) => Value::Missing(own(code)),
            Self::Whole(number) => Value::Whole(number),
            Self::Signed(number) => Value::Signed(number),
            Self::Decimal(number) => Value::Decimal(own(number)),
        }
    }

    /// A text, or nothing where it is empty.
    #[must_use]
    pub fn named(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::lent(text) }
    }

    /// A text, or nothing where there is none.
    pub fn maybe(text: Option<impl ToString>) -> Self {
        text.map_or(Self::Empty, |text| Self::text(text.to_string()))
    }

    /// `yes` or `no`.
    #[must_use]
    pub fn yes(is: bool) -> Self {
        Self::lent(if is { "yes" } else { "no" })
    }

    /// A number, or nothing where it may not be printed.
    #[must_use]
    pub fn whole(number: Option<u32>) -> Self {
        number.map_or(Self::Empty, |number| Self::Whole(number.into()))
    }

    /// A number of sheets: a text where it is told as a class.
    #[must_use]
    pub fn sheets(sheets: Option<Shown<SheetsTold>>) -> Self {
        sheets.map_or(Self::Empty, |sheets| Self::told(*sheets.get()))
    }

    /// The same of a number that was shown before.
    #[must_use]
    pub fn told(sheets: SheetsTold) -> Self {
        match sheets {
            SheetsTold::Exactly(sheets) => Self::Whole(sheets.into()),
            class @ SheetsTold::Between(..) => Self::text(class.to_string()),
        }
    }

    /// A decimal as it is printed.
    pub fn decimal(number: impl Into<Cow<'a, str>>) -> Self {
        Self::Decimal(number.into())
    }

    /// A share: a decimal, or a text where it is told as a limit or a class.
    #[must_use]
    pub fn percent(percent: Option<Percent>) -> Self {
        let printed = percent.map(|percent| percent.to_string());
        printed.map_or(Self::Empty, |printed| if is_number(&printed) { Self::decimal(printed) } else { Self::text(printed) })
    }

    /// A value as it is printed, with two decimals.
    #[must_use]
    pub fn fixed(value: impl Into<Option<Held>>) -> Self {
        let value: Option<Held> = value.into();
        value.map_or(Self::Empty, |value| Self::decimal(value.to_fixed(2)))
    }

    /// A value as it is held.
    #[must_use]
    pub fn held(value: impl Into<Option<Held>>) -> Self {
        let value: Option<Held> = value.into();
        value.map_or(Self::Empty, |value| Self::decimal(value.to_string()))
    }

    /// By how much an index rose or fell, with a sign, rounded once like everything that is printed.
    #[must_use]
    pub fn change(now: Option<Held>, before: Option<Held>) -> Self {
        let Some((now, before)) = now.zip(before) else { return Self::Empty };
        let (sign, by) = if now < before { ("-", before.less(now)) } else { ("+", now.less(before)) };
        let sign = if by.steps(2) == 0 { "" } else { sign };
        Self::decimal(format!("{sign}{}", by.to_fixed(2)))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("80.5", "80", "+0.50")]
    #[case("80", "80.5", "-0.50")]
    #[case("80", "80", "0.00")]
    #[case("80", "80.004", "0.00")]
    #[case("80.005", "80", "+0.01")]
    fn a_change_has_a_sign_unless_it_is_none(#[case] now: &str, #[case] before: &str, #[case] printed: &str) {
        assert_eq!(Value::change(now.parse().ok(), before.parse().ok()), Value::decimal(printed));
        assert_eq!(Value::change(None, before.parse().ok()), Value::Empty);
    }
}
