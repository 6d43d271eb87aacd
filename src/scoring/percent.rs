//! Percents as they are printed: whole or with two decimals, and near 0 and 100 of few sheets only as a bound.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decimal::{Held, Ratio};
use super::disclosure::{COUNTS_FROM, DECIMALS_FROM};

/// Under this many answers one answer is more than 5 %, so the bounds lie at 10 and 90: else a bound would say "all" or "nobody".
const WIDE_BOUNDS_UNDER: u32 = 20;

/// Whether a printed percent is the value or a limit of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bound {
    /// The value is at most this: `≤ 5 %`.
    AtMost,
    /// The value, rounded.
    Value,
    /// The value is at least this: `≥ 95 %`.
    AtLeast,
}

/// A percent as it is printed. In JSON it is a text: `84`, `83.94`, `<=5` or `>=95`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent {
    bound: Bound,
    coarse: bool,
    /// Hundredths of a percent, from 0 to 10,000.
    hundredths: u16,
}

impl Percent {
    /// Whether it is the value or a limit of it.
    #[must_use]
    pub fn bound(self) -> Bound {
        self.bound
    }

    /// Whether it has no decimals.
    #[must_use]
    pub fn is_coarse(self) -> bool {
        self.coarse
    }

    /// Hundredths of a percent, from 0 to 10,000: for the length of a bar and the order of a table.
    #[must_use]
    pub fn hundredths(self) -> u16 {
        self.hundredths
    }

    /// The number alone, with a point: `83.94`, `84`, and `95` for `≥ 95 %`.
    #[must_use]
    pub fn number(self) -> String {
        let (whole, part) = (self.hundredths / 100, self.hundredths % 100);
        if self.coarse { whole.to_string() } else { format!("{whole}.{part:02}") }
    }

    /// `part` of `base` in percent; none of nothing.
    pub(super) fn exact(part: u32, base: u32) -> Option<Held> {
        Ratio::new(u128::from(part) * 100, u128::from(base)).map(Held::from)
    }

    /// The percent of an index.
    pub(super) fn two_decimals(value: Held) -> Self {
        Self::new(Bound::Value, value, 2)
    }

    /// The percent of an item or an option that `base` sheets answered.
    pub(super) fn of_item(value: Held, base: u32) -> Self {
        let low = if base < WIDE_BOUNDS_UNDER { 10 } else { 5 };
        let at = |percent: u32| Percent::exact(percent, 100).unwrap_or_default();
        if base >= DECIMALS_FROM {
            Self::two_decimals(value)
        } else if base < COUNTS_FROM && value <= at(low) {
            Self::new(Bound::AtMost, at(low), 0)
        } else if base < COUNTS_FROM && value >= at(100 - low) {
            Self::new(Bound::AtLeast, at(100 - low), 0)
        } else {
            Self::new(Bound::Value, value, 0)
        }
    }

    fn new(bound: Bound, value: Held, decimals: u32) -> Self {
        let hundredths = value.steps(decimals).saturating_mul(if decimals == 0 { 100 } else { 1 });
        Self { bound, coarse: decimals == 0, hundredths: u16::try_from(hundredths.min(10_000)).unwrap_or(10_000) }
    }

    fn parse(text: &str) -> Option<Self> {
        let (bound, number) = match (text.strip_prefix("<="), text.strip_prefix(">=")) {
            (Some(number), _) => (Bound::AtMost, number),
            (_, Some(number)) => (Bound::AtLeast, number),
            _ => (Bound::Value, text),
        };
        let percent = Self::new(bound, number.parse().ok()?, if number.contains('.') { 2 } else { 0 });
        (percent.to_string() == text).then_some(percent)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.bound {
            Bound::AtMost => "<=",
            Bound::Value => "",
            Bound::AtLeast => ">=",
        };
        write!(formatter, "{sign}{}", self.number())
    }
}

impl Serialize for Percent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no printed percent")))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(10, 10, ">=90")]
    #[case(9, 10, ">=90")]
    #[case(0, 10, "<=10")]
    #[case(2, 19, "11")]
    #[case(20, 20, ">=95")]
    #[case(19, 20, ">=95")]
    #[case(18, 20, "90")]
    #[case(1, 20, "<=5")]
    #[case(0, 49, "<=5")]
    #[case(46, 49, "94")]
    #[case(50, 50, "100")]
    #[case(0, 50, "0")]
    #[case(1, 199, "1")]
    #[case(1, 200, "0.50")]
    #[case(167, 200, "83.50")]
    fn shares_get_finer_with_sheets(#[case] part: u32, #[case] base: u32, #[case] printed: &str) {
        let percent = Percent::of_item(Percent::exact(part, base).unwrap(), base);
        assert_eq!(percent.to_string(), printed);
    }

    #[rstest]
    #[case("84")]
    #[case("83.94")]
    #[case("<=5")]
    #[case(">=95")]
    fn a_printed_percent_is_read_back(#[case] text: &str) {
        assert_eq!(Percent::parse(text).unwrap().to_string(), text);
    }

    #[rstest]
    #[case("101")]
    #[case("83.9")]
    #[case("083")]
    #[case("> 5")]
    #[case("")]
    fn what_was_never_printed_is_refused(#[case] text: &str) {
        assert_eq!(Percent::parse(text), None);
    }
}
