//! The calculation from the share of a survey, or another measured value, to points, in words and numbers.

use super::view::BlockView;
use crate::scheme::Conversion;
use crate::scoring::decimal::Held;

/// 100 %, in hundredths.
const WHOLE: u32 = 10_000;

/// A value and what came of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Given {
    pub(super) value: Held,
    pub(super) points: Held,
    /// Whether the value is a percentage: of a statistic nobody says so.
    pub(super) is_percent: bool,
}

/// How a value became points.
pub(super) fn worked(view: &BlockView<'_>, conversion: &Conversion, maximum: Held, given: Given) -> String {
    match conversion {
        Conversion::Linear { lowest, highest } => along(view, maximum, (*lowest, *highest), given),
        Conversion::Steps(steps) => bounded(view, &bounds(steps), given),
        Conversion::Bands { lowest, highest, bands } => match bands.iter().rev().find(|(from, _)| at(*from) <= given.value) {
            Some((_, None)) => along(view, maximum, (*lowest, *highest), given),
            _ => bounded(view, &bounds(bands), given),
        },
        Conversion::AllOrNothing(threshold) => bounded(view, &[*threshold], given),
        Conversion::OptionWeights(_) => worth(view, given.points),
    }
}

/// How an option became points: "1,50 × 60,00 ÷ 100 = 0,90 points"; none where there is no such option.
pub(super) fn weighed(view: &BlockView<'_>, options: &[(String, u32)], maximum: Held, (option, points): (&str, Held)) -> Option<String> {
    let (_, weight) = options.iter().find(|(code, _)| code == option)?;
    let sum = format!("{} × {} ÷ 100", view.number(maximum), view.number(at(*weight)));
    Some(view.equals(&sum, points, &worth(view, points)))
}

fn at(hundredths: u32) -> Held {
    Held::from_hundredths(hundredths)
}

fn bounds<P>(pieces: &[(u32, P)]) -> Vec<u32> {
    pieces.iter().map(|(from, _)| *from).collect()
}

fn worth(view: &BlockView<'_>, points: Held) -> String {
    view.words.with("par-worth", [("points", &view.number(points))])
}

/// Points in line between two shares: "10,00 × 83,94 ÷ 100 = 8,394, rounded to 8,39 points".
fn along(view: &BlockView<'_>, maximum: Held, (lowest, highest): (u32, u32), given: Given) -> String {
    if given.value < at(lowest) || given.value > at(highest) {
        return bounded(view, &[lowest, highest], given);
    }
    let (all, value) = (view.number(maximum), view.exact(given.value));
    let sum = match (lowest, highest) {
        (0, WHOLE) => format!("{all} × {value} ÷ 100"),
        (0, _) => format!("{all} × {value} ÷ {}", view.number(at(highest))),
        _ => {
            let (low, high) = (view.number(at(lowest)), view.number(at(highest)));
            format!("{all} × ({value} − {low}) ÷ ({high} − {low})")
        }
    };
    view.equals(&sum, given.points, &worth(view, given.points))
}

/// Points from a bound on, or under the first of them.
fn bounded(view: &BlockView<'_>, bounds: &[u32], given: Given) -> String {
    let reached = bounds.iter().rev().find(|from| at(**from) <= given.value);
    let (key, bound) = match reached {
        Some(from) => ("par-worked-from", *from),
        None => ("par-worked-below", bounds.first().copied().unwrap_or_default()),
    };
    let bound = if given.is_percent { view.percent(at(bound)) } else { view.number(at(bound)) };
    view.words.with(key, [("from", &bound), ("points", &view.number(given.points))])
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::super::sample::{document, held, units};
    use super::*;
    use crate::scoring::conversion::points;
    use crate::words::Words;

    /// What is said of a share under a rule; the points are those that scoring gives, the maximum is 10.
    fn said(language: &str, conversion: &Conversion, share: &str) -> String {
        let document = document(units(), Some(2025));
        let view = BlockView::new(Words::of(language), &document, &document.ranking().unwrap().blocks[0]);
        let points = points(conversion, 1_000, held(share)).unwrap();
        worked(&view, conversion, held("10"), Given { value: held(share), points, is_percent: true }).replace('\u{a0}', " ")
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
        let document = document(units(), Some(2025));
        let view = BlockView::new(Words::of("vi"), &document, &document.ranking().unwrap().blocks[0]);
        let given = Given { value: held("7"), points: held("0.5"), is_percent: false };
        assert_eq!(worked(&view, &Conversion::Steps(vec![(500, 50)]), held("1"), given), "Từ 5,00 trở lên được 0,50 điểm");
        let options = [("a".to_owned(), 10_000), ("b".to_owned(), 6_000)];
        let said = weighed(&view, &options, held("1.5"), ("b", held("0.9")));
        assert_eq!(said.as_deref(), Some("1,50 × 60,00 ÷ 100 = 0,90 điểm"));
        assert_eq!(weighed(&view, &options, held("1.5"), ("c", held("0.9"))), None);
    }
}
