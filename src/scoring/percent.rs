//! Percents as they are printed: with two decimals, whole, or as a class: "from 80 to under 90 %".

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decimal::{Held, Ratio};
use super::thresholds::Thresholds;

/// Whether a printed percent is the value, a limit of it, or a class that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bounds {
    /// The value is at most this: `≤ 5 %`. Only documents of format 1 print it.
    AtMost,
    /// The value, rounded.
    Value,
    /// The value is from this to under another percent; to 100 itself where that is the other.
    Class,
    /// The value is at least this: `≥ 95 %`. Only documents of format 1 print it.
    AtLeast,
}

/// A percent as it is printed. In JSON it is a text: `84`, `83.94` or `80-90`, in documents of format 1 also `<=5` or `>=95`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Percent {
    bound: Bounds,
    coarse: bool,
    /// Hundredths of a percent, from 0 to 10,000; those from which a class is.
    hundredths: u16,
    /// The same; those under which a class is.
    below: u16,
}

impl Percent {
    /// Whether it is the value or a limit of it.
    #[must_use]
    pub fn bound(self) -> Bounds {
        self.bound
    }

    /// Whether it has no decimals.
    #[must_use]
    pub fn is_coarse(self) -> bool {
        self.coarse
    }

    /// Hundredths of a percent, from 0 to 10,000: for the length of a bar and the order of a table. Of a class, those from which it is.
    #[must_use]
    pub fn hundredths(self) -> u16 {
        self.hundredths
    }

    /// Hundredths of a percent from which and to which it may be; both are the same for a value.
    #[must_use]
    pub fn span(self) -> (u16, u16) {
        (self.hundredths, self.below)
    }

    /// The number alone, with a point: `83.94`, `84`, and `95` for `≥ 95 %`. Of a class, that from which it is.
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
        Self::new(Bounds::Value, value, 2)
    }

    /// The percent of an item or an option that `base` sheets answered, from the threshold of counts on.
    pub(super) fn of_answers(value: Held, base: u32, thresholds: Thresholds) -> Self {
        if base >= thresholds.decimals_from { Self::two_decimals(value) } else { Self::new(Bounds::Value, value, 0) }
    }

    /// A class, in whole percents.
    pub(super) fn class(from: u32, below: u32) -> Self {
        let hundredths = |percent: u32| u16::try_from(percent.min(100) * 100).unwrap_or(10_000);
        Self { bound: Bounds::Class, coarse: true, hundredths: hundredths(from), below: hundredths(below) }
    }

    fn new(bound: Bounds, value: Held, decimals: u32) -> Self {
        let hundredths = value.steps(decimals).saturating_mul(if decimals == 0 { 100 } else { 1 });
        let hundredths = u16::try_from(hundredths.min(10_000)).unwrap_or(10_000);
        Self { bound, coarse: decimals == 0, hundredths, below: hundredths }
    }

    fn parse(text: &str) -> Option<Self> {
        if let Some((from, below)) = text.split_once('-') {
            let class = Self::class(from.parse().ok()?, below.parse().ok()?);
            return (class.hundredths < class.below && class.to_string() == text).then_some(class);
        }
        let (bound, number) = match (text.strip_prefix("<="), text.strip_prefix(">=")) {
            (Some(number), _) => (Bounds::AtMost, number),
            (_, Some(number)) => (Bounds::AtLeast, number),
            _ => (Bounds::Value, text),
        };
        let percent = Self::new(bound, number.parse().ok()?, if number.contains('.') { 2 } else { 0 });
        (percent.to_string() == text).then_some(percent)
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number();
        match self.bound {
            Bounds::AtMost => write!(formatter, "<={number}"),
            Bounds::Value => formatter.write_str(&number),
            Bounds::Class => write!(formatter, "{number}-{}", self.below / 100),
            Bounds::AtLeast => write!(formatter, ">={number}"),
        }
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
    #[case(50, 50, "100")]
    #[case(0, 50, "0")]
    #[case(1, 199, "1")]
    #[case(1, 200, "0.50")]
    #[case(167, 200, "83.50")]
    fn shares_get_finer_with_sheets(#[case] part: u32, #[case] base: u32, #[case] printed: &str) {
        let percent = Percent::of_answers(Percent::exact(part, base).unwrap(), base, Thresholds::of(10));
        assert_eq!(percent.to_string(), printed);
    }

    #[rstest]
    #[case("84")]
    #[case("83.94")]
    #[case("<=5")]
    #[case(">=95")]
    #[case("80-90")]
    #[case("0-100")]
    fn a_printed_percent_is_read_back(#[case] text: &str) {
        assert_eq!(Percent::parse(text).unwrap().to_string(), text);
    }

    #[rstest]
    #[case("101")]
    #[case("83.9")]
    #[case("083")]
    #[case("> 5")]
    #[case("90-80")]
    #[case("80-80")]
    #[case("80-101")]
    #[case("80.5-90")]
    #[case("")]
    fn what_was_never_printed_is_refused(#[case] text: &str) {
        assert_eq!(Percent::parse(text), None);
    }
}
