//! The calculation from the share of a survey, or another measured value, to points, in words and numbers: what was published of it.

use super::view::BlockView;
use crate::scoring::conversion::{Branch, Worked};
use crate::scoring::decimal::Held;
use crate::scoring::measure::Measure;

/// How a value became points out of a maximum.
pub(super) fn worked(view: &BlockView<'_>, maximum: Held, work: &Worked, points: Held) -> String {
    match work.branch {
        Branch::Line { bound, highest } => along(view, maximum, (bound, highest), (work.value, points)),
        Branch::From { bound } => bounded(view, "par-worked-from", (work.measure, bound), points),
        Branch::Below { bound } => bounded(view, "par-worked-below", (work.measure, bound), points),
    }
}

/// Points in line between two values: "10,00 × 83,94 ÷ 100 = 8,394, rounded to 8,39 points".
fn along(view: &BlockView<'_>, maximum: Held, (lowest, highest): (Held, Held), (value, points): (Held, Held)) -> String {
    let (all, value) = (view.number(maximum), view.exact(value));
    let (low, high) = (view.number(lowest), view.number(highest));
    let whole = Held::from_hundredths(10_000);
    let sum = match lowest == Held::default() {
        true if highest == whole => format!("{all} × {value} ÷ 100"),
        true => format!("{all} × {value} ÷ {high}"),
        false => format!("{all} × ({value} − {low}) ÷ ({high} − {low})"),
    };
    view.equals(&sum, points, &view.words.with("par-worth", [("points", &view.number(points))]))
}

/// Points from a bound on, or none under it.
fn bounded(view: &BlockView<'_>, key: &str, (measure, bound): (Measure, Held), points: Held) -> String {
    let bound = match measure {
        Measure::Percent => view.percent(bound),
        Measure::Number => view.number(bound),
    };
    view.words.with(key, [("from", &bound), ("points", &view.number(points))])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{document, held, units};
    use super::*;
    use crate::scheme::Conversion;
    use crate::scoring::conversion::{converted, converted_option};
    use crate::words::Words;

    /// What is said of points out of 10.
    fn words(language: &str, (points, work): (Held, Worked)) -> String {
        let document = document(units(), Some(2025));
        let view = BlockView::new(Words::of(language), &document, &document.ranking().unwrap().blocks[0]);
        worked(&view, held("10"), &work, points).replace('\u{a0}', " ")
    }

    /// What is said of a share under a rule, with the points and the branch that scoring gives.
    fn said(language: &str, conversion: &Conversion, share: &str) -> String {
        words(language, converted(conversion, 1_000, (held(share), Measure::Percent)).unwrap())
    }

    #[rstest]
    #[case::as_printed("83.94", "10,00 × 83,94 ÷ 100 = 8,394, làm tròn thành 8,39 điểm")]
    #[case::as_held("83.942564102564", "10,00 × 83,942564102564 ÷ 100 = 8,394256410256, làm tròn thành 8,39 điểm")]
    #[case::not_rounded("80", "10,00 × 80,00 ÷ 100 = 8,00 điểm")]
    #[case::rounded_up("99.95", "10,00 × 99,95 ÷ 100 = 9,995, làm tròn thành 10,00 điểm")]
    fn a_share_is_multiplied_with_the_maximum(#[case] share: &str, #[case] expected: &str) {
        assert_eq!(said("vi", &Conversion::Linear { lowest: 0, highest: 10_000 }, share), expected);
    }

    #[rstest]
    #[case("75", "10.00 × (75.00 − 60.00) ÷ (90.00 − 60.00) = 5.00 points")]
    #[case("59", "Under 60.00%: 0.00 points")]
    #[case("95", "From 90.00% on: 10.00 points")]
    fn a_line_between_two_shares_has_ends(#[case] share: &str, #[case] expected: &str) {
        assert_eq!(said("en", &Conversion::Linear { lowest: 6_000, highest: 9_000 }, share), expected);
    }

    #[rstest]
    #[case("49", "Under 50.00%: 0.00 points")]
    #[case("80", "From 80.00% on: 10.00 points")]
    fn steps_name_the_one_that_was_reached(#[case] share: &str, #[case] expected: &str) {
        assert_eq!(said("en", &Conversion::Steps(vec![(5_000, 500), (8_000, 1_000)]), share), expected);
    }

    #[test]
    fn a_statistic_has_no_percent_sign_and_an_option_its_weight() {
        let steps = converted(&Conversion::Steps(vec![(500, 50)]), 1_000, (held("7"), Measure::Number)).unwrap();
        assert_eq!(words("vi", steps), "Từ 5,00 trở lên được 0,50 điểm");
        let options = Conversion::OptionWeights(vec![("a".to_owned(), 10_000), ("b".to_owned(), 6_000)]);
        let option = converted_option(&options, 1_000, "b").unwrap();
        assert_eq!(words("vi", option), "10,00 × 60,00 ÷ 100 = 6,00 điểm");
    }
}
