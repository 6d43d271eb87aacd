//! From values to points: the conversion rules of a scheme.
//!
//! With maximum `M`, value `v`, and the line `l(v) = M × (v − lowest) / (highest − lowest)`, kept between 0 and `M`:
//!
//! | rule | points |
//! |---|---|
//! | `linear` | `l(v)` |
//! | `steps` | those of the last step whose `from` is at most `v`; none below the first |
//! | `bands` | those of the band that `v` is in, or `l(v)` where the band is proportional; none below the first |
//! | `all-or-nothing` | `M` from the threshold on, else none |
//! | `option-weights` | `M × weight / 100` of the option that was entered |
//!
//! An index of a survey is linear from 0 to 100 unless the scheme says otherwise: 91.17 % of 10 points are 9.117 (`domain/par.md`,
//! "Formulas"). One fraction each, rounded half up once to 12 decimals (see [`super::decimal`]).

use super::decimal::Held;
use crate::scheme::Conversion;

/// Points for a value; the maximum is in hundredths of a point. None where the rule wants an option instead.
#[must_use]
pub fn points(conversion: &Conversion, maximum_hundredths: u32, value: Held) -> Option<Held> {
    let (all, at) = (Held::from_hundredths(maximum_hundredths), |bound: u32| Held::from_hundredths(bound));
    let line = |lowest: u32, highest: u32| all.part(value.less(at(lowest)).min(at(highest).less(at(lowest))), at(highest).less(at(lowest)));
    match conversion {
        Conversion::Linear { lowest, highest } => line(*lowest, *highest),
        Conversion::Steps(steps) => {
            let reached = steps.iter().rev().find(|(from, _)| at(*from) <= value);
            Some(reached.map_or(Held::default(), |(_, points)| at(*points)))
        }
        Conversion::Bands { lowest, highest, bands } => match bands.iter().rev().find(|(from, _)| at(*from) <= value) {
            None => Some(Held::default()),
            Some((_, Some(points))) => Some(at(*points)),
            Some((_, None)) => line(*lowest, *highest),
        },
        Conversion::AllOrNothing(threshold) => Some(if at(*threshold) <= value { all } else { Held::default() }),
        Conversion::OptionWeights(_) => None,
    }
}

/// Points for an option; none where there is no such option, or the rule wants a value.
#[must_use]
pub fn points_of_option(conversion: &Conversion, maximum_hundredths: u32, option: &str) -> Option<Held> {
    let Conversion::OptionWeights(options) = conversion else { return None };
    let (_, weight) = options.iter().find(|(code, _)| code == option)?;
    Held::from_hundredths(maximum_hundredths).part(Held::from_hundredths(*weight), Held::from_hundredths(10_000))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn held(text: &str) -> Held {
        text.parse().unwrap()
    }

    /// `domain/par.md`: "SIPAS to points is linear: 91.17 % of 10 = 9.12".
    #[rstest]
    #[case("91.17", "9.117")]
    #[case("0", "0")]
    #[case("100", "10")]
    #[case("120", "10")]
    fn the_line_from_0_to_100_is_the_satisfaction_component(#[case] value: &str, #[case] points_: &str) {
        let line = Conversion::Linear { lowest: 0, highest: 10_000 };
        assert_eq!(points(&line, 1_000, held(value)), Some(held(points_)));
    }

    // 2 points from 60 to 90: 75 is half way; 60 and below nothing; 65 is a sixth, 0.333333333333.
    #[rstest]
    #[case("75", "1")]
    #[case("60", "0")]
    #[case("12", "0")]
    #[case("65", "0.333333333333")]
    #[case("90", "2")]
    #[case("99", "2")]
    fn a_line_between_two_values(#[case] value: &str, #[case] points_: &str) {
        let line = Conversion::Linear { lowest: 6_000, highest: 9_000 };
        assert_eq!(points(&line, 200, held(value)), Some(held(points_)));
    }

    #[rstest]
    #[case("49.99", "0")]
    #[case("50", "0.5")]
    #[case("79.999999999999", "0.5")]
    #[case("80", "1.5")]
    fn steps_jump_at_their_bound(#[case] value: &str, #[case] points_: &str) {
        let steps = Conversion::Steps(vec![(5_000, 50), (8_000, 150)]);
        assert_eq!(points(&steps, 150, held(value)), Some(held(points_)));
    }

    // Nothing under 70, in proportion from 70 to under 95 (80 % of 1 point is 0.8), all of it from 95.
    #[rstest]
    #[case("69.99", "0")]
    #[case("70", "0.7")]
    #[case("80", "0.8")]
    #[case("95", "1")]
    #[case("100", "1")]
    fn bands_are_fixed_or_proportional(#[case] value: &str, #[case] points_: &str) {
        let bands = Conversion::Bands { lowest: 0, highest: 10_000, bands: vec![(0, Some(0)), (7_000, None), (9_500, Some(100))] };
        assert_eq!(points(&bands, 100, held(value)), Some(held(points_)));
    }

    #[test]
    fn all_or_nothing_and_options() {
        let all = Conversion::AllOrNothing(9_500);
        assert_eq!(points(&all, 150, held("94.99")), Some(held("0")));
        assert_eq!(points(&all, 150, held("95")), Some(held("1.5")));
        let options = Conversion::OptionWeights(vec![("a".into(), 10_000), ("b".into(), 6_000), ("c".into(), 0)]);
        assert_eq!(points_of_option(&options, 150, "b"), Some(held("0.9")));
        assert_eq!(points_of_option(&options, 150, "x"), None);
        assert_eq!(points(&options, 150, held("1")), None);
        assert_eq!(points_of_option(&all, 150, "a"), None);
    }
}
