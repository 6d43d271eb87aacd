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

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use super::decimal::Held;
use super::measure::Measure;
use crate::scheme::Conversion;

/// 100 %, in hundredths.
const WHOLE: u32 = 10_000;

/// How a value became points: published beside them, so that whoever explains them says what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worked {
    /// What was converted: the share of a survey, the number that was entered, or the weight of the option that was.
    pub value: Held,
    /// What it is measured in.
    pub measure: Measure,
    /// The branch of the conversion that it took.
    #[serde(flatten)]
    pub branch: Branch,
}

/// A branch of a conversion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, IntoStaticStr, VariantNames, Serialize, Deserialize)]
#[serde(tag = "branch", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Branch {
    /// `maximum × (value − bound) ÷ (highest − bound)`.
    Line {
        /// The value of no points.
        bound: Held,
        /// The value of all points.
        highest: Held,
    },
    /// Points that are given from a bound on.
    From {
        /// The value at which this branch begins.
        bound: Held,
    },
    /// No points, under the lowest bound.
    Below {
        /// The lowest bound, which is not reached.
        bound: Held,
    },
}

impl Branch {
    /// Its code, as document and tables have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The bound that the value is held against; of a line its lower end.
    #[must_use]
    pub fn bound(self) -> Held {
        let (Self::Line { bound, .. } | Self::From { bound } | Self::Below { bound }) = self;
        bound
    }

    /// The upper end of a line.
    #[must_use]
    pub fn highest(self) -> Option<Held> {
        match self {
            Self::Line { highest, .. } => Some(highest),
            Self::From { .. } | Self::Below { .. } => None,
        }
    }
}

/// Points for a value, and how they were worked; the maximum is in hundredths of a point. None where the rule wants an option instead.
#[must_use]
pub fn converted(conversion: &Conversion, maximum_hundredths: u32, (value, measure): (Held, Measure)) -> Option<(Held, Worked)> {
    let all = Held::from_hundredths(maximum_hundredths);
    let (points, branch) = match conversion {
        Conversion::Linear { lowest, highest } => on_line(all, (*lowest, *highest), value)?,
        Conversion::Steps(steps) => {
            let steps: Vec<_> = steps.iter().map(|(from, points)| (*from, Some(*points))).collect();
            in_band(all, (0, 0), &steps, value)?
        }
        Conversion::Bands { lowest, highest, bands } => in_band(all, (*lowest, *highest), bands, value)?,
        Conversion::AllOrNothing(threshold) => in_band(all, (0, 0), &[(*threshold, Some(maximum_hundredths))], value)?,
        Conversion::OptionWeights(_) => return None,
    };
    Some((points, Worked { value, measure, branch }))
}

/// Points for an option, and how they were worked; none where there is no such option, or the rule wants a value.
#[must_use]
pub fn converted_option(conversion: &Conversion, maximum_hundredths: u32, option: &str) -> Option<(Held, Worked)> {
    let Conversion::OptionWeights(options) = conversion else { return None };
    let (_, weight) = options.iter().find(|(code, _)| code == option)?;
    let value = Held::from_hundredths(*weight);
    let (points, branch) = on_line(Held::from_hundredths(maximum_hundredths), (0, WHOLE), value)?;
    Some((points, Worked { value, measure: Measure::Percent, branch }))
}

/// Points in line between two values; at its ends none and all.
fn on_line(all: Held, (lowest, highest): (u32, u32), value: Held) -> Option<(Held, Branch)> {
    let (bound, highest) = (Held::from_hundredths(lowest), Held::from_hundredths(highest));
    if value < bound {
        return Some((Held::default(), Branch::Below { bound }));
    }
    if value > highest {
        return Some((all, Branch::From { bound: highest }));
    }
    let points = all.part(value.less(bound), highest.less(bound))?;
    Some((points, Branch::Line { bound, highest }))
}

/// Points of the last band that is reached: its own, or those of the line; none below the first.
fn in_band(all: Held, line: (u32, u32), bands: &[(u32, Option<u32>)], value: Held) -> Option<(Held, Branch)> {
    let lowest = bands.first().map(|(from, _)| Held::from_hundredths(*from)).unwrap_or_default();
    match bands.iter().rev().find(|(from, _)| Held::from_hundredths(*from) <= value) {
        None => Some((Held::default(), Branch::Below { bound: lowest })),
        Some((from, Some(points))) => Some((Held::from_hundredths(*points), Branch::From { bound: Held::from_hundredths(*from) })),
        Some((_, None)) => on_line(all, line, value),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn held(text: &str) -> Held {
        text.parse().unwrap()
    }

    fn points(conversion: &Conversion, maximum_hundredths: u32, value: Held) -> Option<Held> {
        converted(conversion, maximum_hundredths, (value, Measure::Number)).map(|(points, _)| points)
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
        let option = |conversion: &Conversion, code| converted_option(conversion, 150, code).map(|(points, _)| points);
        let options = Conversion::OptionWeights(vec![("a".into(), 10_000), ("b".into(), 6_000), ("c".into(), 0)]);
        assert_eq!(option(&options, "b"), Some(held("0.9")));
        assert_eq!(option(&options, "x"), None);
        assert_eq!(points(&options, 150, held("1")), None);
        assert_eq!(option(&all, "a"), None);
    }

    #[rstest]
    #[case(Conversion::Linear { lowest: 6_000, highest: 9_000 }, "75", r#"{"branch":"line","bound":"60","highest":"90"}"#)]
    #[case(Conversion::Linear { lowest: 6_000, highest: 9_000 }, "90", r#"{"branch":"line","bound":"60","highest":"90"}"#)]
    #[case(Conversion::Linear { lowest: 6_000, highest: 9_000 }, "59", r#"{"branch":"below","bound":"60"}"#)]
    #[case(Conversion::Linear { lowest: 6_000, highest: 9_000 }, "91", r#"{"branch":"from","bound":"90"}"#)]
    #[case(Conversion::Steps(vec![(5_000, 50), (8_000, 150)]), "79", r#"{"branch":"from","bound":"50"}"#)]
    #[case(Conversion::Steps(vec![(5_000, 50), (8_000, 150)]), "49", r#"{"branch":"below","bound":"50"}"#)]
    #[case(
        Conversion::Bands { lowest: 0, highest: 10_000, bands: vec![(7_000, None)] },
        "80",
        r#"{"branch":"line","bound":"0","highest":"100"}"#
    )]
    #[case(Conversion::AllOrNothing(9_500), "95", r#"{"branch":"from","bound":"95"}"#)]
    #[case(Conversion::AllOrNothing(9_500), "94", r#"{"branch":"below","bound":"95"}"#)]
    fn the_branch_that_a_value_took_is_said_with_its_bounds(#[case] conversion: Conversion, #[case] value: &str, #[case] branch: &str) {
        let (points, worked) = converted(&conversion, 200, (held(value), Measure::Percent)).unwrap();
        let short = serde_json::to_string(&worked.branch).unwrap().replace(".000000000000", "");
        assert_eq!(
            (short.as_str(), worked.value, worked.branch.code()),
            (branch, held(value), &branch[11..11 + worked.branch.code().len()])
        );
        // What is said of a line gives the points again.
        if let Branch::Line { bound, highest } = worked.branch {
            assert_eq!(held("2").part(worked.value.less(bound), highest.less(bound)), Some(points));
        }
    }

    #[test]
    fn an_option_is_worked_as_its_weight() {
        let options = Conversion::OptionWeights(vec![("a".into(), 10_000), ("b".into(), 6_000)]);
        let (_, worked) = converted_option(&options, 150, "b").unwrap();
        let json = serde_json::to_value(worked).unwrap();
        let expected = serde_json::json!({ "value": "60.000000000000", "measure": "percent", "branch": "line", "bound": "0.000000000000",
            "highest": "100.000000000000" });
        assert_eq!((&json, serde_json::from_value::<Worked>(json.clone()).unwrap()), (&expected, worked));
    }
}
