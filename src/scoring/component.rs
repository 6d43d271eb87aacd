//! The satisfaction component: points of a unit for its index.
//!
//! `points = maximum × index / 100`, from the held index, held again at 12 decimals. 91.17 % of 10 points are 9.117, printed 9.12
//! (`domain/par.md`, "Formulas": linear).

use super::decimal::Held;

/// Hundredths of a point, times percents of a whole: `100 × 100`.
const HUNDREDTHS_AND_PERCENT: u32 = 10_000;

/// Points for an index in percent, with the maximum in hundredths of a point.
#[must_use]
pub fn points(maximum_hundredths: u32, index: Held) -> Held {
    index.times(maximum_hundredths, HUNDREDTHS_AND_PERCENT).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("91.17", 1000, "9.117000000000", "9.12")]
    #[case("100", 1000, "10.000000000000", "10.00")]
    #[case("0", 1000, "0.000000000000", "0.00")]
    #[case("83.942564102564", 1000, "8.394256410256", "8.39")]
    #[case("83.333333333333", 950, "7.916666666667", "7.92")]
    #[case("50.05", 100, "0.500500000000", "0.50")]
    fn points_are_the_share_of_the_maximum(#[case] index: &str, #[case] maximum: u32, #[case] held: &str, #[case] printed: &str) {
        let points = points(maximum, index.parse().unwrap());
        assert_eq!((points.to_string().as_str(), points.to_fixed(2).as_str()), (held, printed));
    }
}
