//! Decimals: exact sums of ratios, held at 12 decimals, printed once.
//!
//! A mean of shares is summed exactly, as `numerator / denominator` of whole numbers, and rounded half up to 12 decimals one time:
//! `⌊(2 · numerator · 10¹² + denominator) / (2 · denominator)⌋`. So the order of its terms cannot matter, and thirds add up to a whole.
//! Points, ranks and ties use the held value; a page rounds that value once more, half up, to the decimals it prints
//! (architecture 2.6; `domain/par.md`: "keep full precision, round once at output, half up").

use std::collections::BTreeMap;
use std::fmt;

use num_bigint::BigUint;
use serde::{Deserialize, Serialize};

/// Decimals of a held value.
pub const DECIMALS: u32 = 12;

/// One held unit is `1 / SCALE`.
const SCALE: u128 = 10_u128.pow(DECIMALS);

/// An exact fraction, the term of a sum. Its denominator is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    num: u128,
    den: u128,
}

impl Ratio {
    /// `num / den`; none when `den` is zero.
    #[must_use]
    pub fn new(num: u128, den: u128) -> Option<Self> {
        (den > 0).then_some(Self { num, den })
    }
}

impl From<Ratio> for Held {
    /// One fraction, rounded half up: what [`Held::sum_of`] makes of it, in machine numbers where they are wide enough.
    fn from(ratio: Ratio) -> Self {
        let Ratio { num, den } = ratio;
        let half_up = || num.checked_mul(2 * SCALE)?.checked_add(den)?.checked_div(den.checked_mul(2)?);
        half_up().map_or_else(|| Self::sum_of([ratio]), Self)
    }
}

/// A value of at least 0, held as a whole number of 10⁻¹².
///
/// In JSON it is a text with a point and 12 decimals, because a JSON number is often read into a float.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Held(u128);

impl Held {
    /// The sum of all terms, rounded half up once. No terms make 0; a sum too large for 128 bits is held at the most they can say.
    ///
    /// A mean of `k` shares is the sum of those shares with `k` times their denominators; a mean of means likewise.
    #[must_use]
    pub fn sum_of(terms: impl IntoIterator<Item = Ratio>) -> Self {
        // Terms of one denominator are added first: items that everybody answered share theirs.
        let mut by_denominator: BTreeMap<u128, BigUint> = BTreeMap::new();
        for term in terms {
            *by_denominator.entry(term.den).or_default() += term.num;
        }
        let (mut num, mut den) = (BigUint::ZERO, BigUint::from(1_u8));
        for (next_den, next_num) in by_denominator {
            num = num * next_den + next_num * &den;
            den *= next_den;
        }
        let half_up: BigUint = (num * (2 * SCALE) + &den) / (den * 2_u8);
        Self(u128::try_from(half_up).unwrap_or(u128::MAX))
    }

    /// The mean of held values, rounded half up once; none of nothing.
    #[must_use]
    pub fn mean_of(values: &[Self]) -> Option<Self> {
        let den = u128::try_from(values.len()).ok()?.checked_mul(SCALE)?;
        Ratio::new(0, den)?;
        Some(Self::sum_of(values.iter().map(|value| Ratio { num: value.0, den })))
    }

    /// Held values added up.
    #[must_use]
    pub fn total(values: impl IntoIterator<Item = Self>) -> Self {
        Self(values.into_iter().fold(0, |sum, value| sum.saturating_add(value.0)))
    }

    /// The value times `num / den`, rounded half up once; none when `den` is zero.
    #[must_use]
    pub fn times(self, num: u32, den: u32) -> Option<Self> {
        let product = Ratio::new(self.0.checked_mul(u128::from(num))?, SCALE * u128::from(den))?;
        Some(product.into())
    }

    /// What is left when another value is taken away; nothing less than 0.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The value times `part / whole`, rounded half up once; none when `whole` is zero.
    #[must_use]
    pub fn part(self, part: Self, whole: Self) -> Option<Self> {
        match (self.0.checked_mul(part.0), whole.0.checked_mul(SCALE)) {
            (Some(num), Some(den)) => Ratio::new(num, den).map(Self::from),
            _ => None,
        }
    }

    /// `100 × (a·b + c·d − e·f) / (g·h)`, rounded half up once; nothing less than 0, and none when `g·h` is zero.
    #[must_use]
    pub fn percent_of_products(plus: [(Self, Self); 2], less: (Self, Self), of: (Self, Self)) -> Option<Self> {
        let product = |(one, other): (Self, Self)| one.0.checked_mul(other.0);
        let [first, second] = plus.map(product);
        let num = first?.checked_add(second?)?.saturating_sub(product(less)?);
        Ratio::new(num.checked_mul(100)?, product(of)?).map(Self::from)
    }

    /// The value in percent of another, rounded half up once; none of nothing.
    #[must_use]
    pub fn percent_of(self, whole: Self) -> Option<Self> {
        Self(100 * SCALE).part(self, whole)
    }

    /// A value given in hundredths, such as the maximum of a component.
    #[must_use]
    pub fn from_hundredths(hundredths: u32) -> Self {
        Self(u128::from(hundredths) * (SCALE / 100))
    }

    /// The value in whole steps of `10^-decimals`, rounded half up once. More than 12 decimals are read as 12.
    #[must_use]
    pub fn steps(self, decimals: u32) -> u128 {
        let step = 10_u128.pow(DECIMALS - decimals.min(DECIMALS));
        self.0 / step + u128::from(self.0 % step >= step.div_ceil(2))
    }

    /// The value with a point and that many decimals, rounded half up once: `83.94`. More than 12 decimals are read as 12.
    #[must_use]
    pub fn to_fixed(self, decimals: u32) -> String {
        let decimals = decimals.min(DECIMALS);
        let (steps, whole) = (self.steps(decimals), 10_u128.pow(decimals));
        match usize::try_from(decimals) {
            Ok(width) if width > 0 => format!("{}.{:0width$}", steps / whole, steps % whole),
            _ => steps.to_string(),
        }
    }

    /// The value with no more decimals than it has: `1.5`, `30`.
    #[must_use]
    pub fn shortest(self) -> String {
        let text = self.to_string();
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }

    /// Reads a decimal of at most 12 places with a point: `83.84`.
    fn parse(text: &str) -> Option<Self> {
        let (whole, places) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let missing = usize::try_from(DECIMALS).ok()?.checked_sub(places.len())?;
        if whole.is_empty() || !digits(whole) || !digits(places) {
            return None;
        }
        format!("{whole}{places}{}", "0".repeat(missing)).parse().ok().map(Self)
    }
}

/// A text that is no decimal of at most 12 places.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a decimal with a point and at most 12 places")]
pub struct BadDecimal(String);

impl std::str::FromStr for Held {
    type Err = BadDecimal;

    fn from_str(text: &str) -> Result<Self, BadDecimal> {
        Self::parse(text).ok_or_else(|| BadDecimal(text.to_owned()))
    }
}

impl Held {
    /// Reads a number as people type it: with a point or, as Vietnamese spreadsheets write it, a comma.
    ///
    /// # Errors
    /// When it is no decimal, or has more than 12 places.
    pub fn typed(text: &str) -> Result<Self, BadDecimal> {
        text.replace(',', ".").parse()
    }
}

impl fmt::Display for Held {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.to_fixed(DECIMALS))
    }
}

impl Serialize for Held {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Held {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn ratio(num: u128, den: u128) -> Ratio {
        Ratio::new(num, den).unwrap()
    }

    fn held(text: &str) -> Held {
        text.parse().unwrap()
    }

    #[test]
    fn three_thirds_are_a_whole_and_one_third_is_rounded_once() {
        assert_eq!(Held::sum_of([ratio(1, 3); 3]), held("1"));
        assert_eq!(Held::sum_of([ratio(1, 3)]).to_string(), "0.333333333333");
        assert_eq!(Held::sum_of([ratio(2, 3)]).to_string(), "0.666666666667");
        assert_eq!(Held::sum_of([ratio(1, 3), ratio(1, 6), ratio(1, 2)]), held("1"));
        assert_eq!(Held::sum_of([]), held("0"));
    }

    // National index of 2024 as printed (domain/sipas.md): 23 policy items at 83.84 and 16 service items at 84.09.
    // (23 x 83.84 + 16 x 84.09) / 39 = (1928.32 + 1345.44) / 39 = 3273.76 / 39 = 83.9425641...; printed 83.94.
    #[test]
    fn the_published_index_of_2024_comes_out() {
        let overall = Held::sum_of([ratio(23 * 8384, 3900), ratio(16 * 8409, 3900)]);
        assert_eq!(overall.to_string(), "83.942564102564");
        assert_eq!(overall.to_fixed(2), "83.94");
    }

    #[rstest]
    #[case("9.117", 2, "9.12")]
    #[case("0.005", 2, "0.01")]
    #[case("0.004999999999", 2, "0.00")]
    #[case("99.995", 2, "100.00")]
    #[case("0.5", 0, "1")]
    #[case("2.5", 0, "3")]
    #[case("12.345678901234", 12, "12.345678901234")]
    #[case("12.345678901234", 99, "12.345678901234")]
    #[case("7", 2, "7.00")]
    fn printing_rounds_half_up(#[case] value: &str, #[case] decimals: u32, #[case] printed: &str) {
        assert_eq!(held(value).to_fixed(decimals), printed);
    }

    #[test]
    fn holding_rounds_a_half_up_and_less_down() {
        assert_eq!(Held::sum_of([ratio(1, 2 * SCALE)]), Held(1));
        assert_eq!(Held::sum_of([ratio(SCALE - 1, 2 * SCALE * SCALE)]), Held(0));
        assert_eq!(Held::mean_of(&[Held(0), Held(1)]), Some(Held(1)));
        assert_eq!(Held::mean_of(&[]), None);
        assert_eq!(held("91.17").times(1000, 10_000), Some(held("9.117")));
        assert_eq!(Ratio::new(1, 0), None);
    }

    #[rstest]
    #[case("")]
    #[case(".5")]
    #[case("-1")]
    #[case("1.1234567890123")]
    #[case("1,5")]
    #[case("1.5.2")]
    #[case("999999999999999999999999999999999999999999")]
    fn what_is_no_decimal_is_refused(#[case] text: &str) {
        assert!(text.parse::<Held>().is_err());
    }

    #[test]
    fn json_keeps_every_decimal() {
        let json = serde_json::to_string(&held("83.942564102564")).unwrap();
        assert_eq!(json, "\"83.942564102564\"");
        assert_eq!(serde_json::from_str::<Held>(&json).unwrap(), held("83.942564102564"));
    }
}
