//! Indices as dots on a line from 0 to 100, piled up where they are close, each with a thin line from where it stood last year.

use maud::{Markup, html};

use super::{FOOT, across, axis, down};

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dot {
    /// Its name and index, which pointing at it shows.
    pub label: String,
    /// Its index in hundredths of a percent.
    pub hundredths: u16,
    /// Its index last year in hundredths of a percent, where that may be set beside this one.
    pub before: Option<u16>,
    /// Whether it is the one that the page is about.
    pub chosen: bool,
    /// Whether its index lacks something that those of others have.
    pub partial: bool,
}

/// Dots nearer than this, in hundredths of a percent, would touch on the narrowest phone: 11 of 259 points.
const TOUCH: u16 = 420;
/// Height of a layer of dots, in tenths of an `em`.
const LAYER: u32 = 7;
/// Room left of 0 and right of 100, in hundredths of a percent, so that dots and numbers at the ends are whole.
const MARGIN: u32 = 500;

impl Dot {
    /// From the further left of its two marks to the other.
    fn span(&self) -> (u16, u16) {
        let before = self.before.unwrap_or(self.hundredths);
        (before.min(self.hundredths), before.max(self.hundredths))
    }
}

/// Layers of the dots of a chart, from 0: for each the lowest in which it touches no other dot, nor the line of another from where that
/// stood before. `spans` has the first and the last point from left to right that each dot takes up with its line, in the order of indices.
#[must_use]
pub fn layers(spans: &[(u16, u16)]) -> Vec<u32> {
    // Where the last span in each layer ends.
    let mut lasts: Vec<u16> = Vec::new();
    let mut layers = Vec::with_capacity(spans.len());
    for &(start, end) in spans {
        let free = lasts.iter().position(|last| start.saturating_sub(*last) >= TOUCH);
        match free.and_then(|free| lasts.get_mut(free)) {
            Some(last) => *last = end,
            None => lasts.push(end),
        }
        layers.push(u32::try_from(free.unwrap_or(lasts.len() - 1)).unwrap_or(u32::MAX));
    }
    layers
}

/// Where an index stands across the chart.
fn place(hundredths: u32) -> u32 {
    MARGIN + hundredths * (10_000 - 2 * MARGIN) / 10_000
}

/// The chart. `mean` is the mean of the dots in hundredths of a percent.
#[must_use]
pub fn chart(id: &str, title: &str, description: &str, dots: &[Dot], mean: Option<u16>) -> Markup {
    let mut dots: Vec<&Dot> = dots.iter().collect();
    dots.sort_by_key(|dot| dot.hundredths);
    let layers = layers(&dots.iter().map(|dot| dot.span()).collect::<Vec<_>>());
    let line = (layers.iter().max().copied().unwrap_or(0) + 1) * LAYER + 4;
    html! {
        svg.dots role="img" aria-labelledby=(format!("{id}-t")) aria-describedby=(format!("{id}-d")) height=(down(line + FOOT)) {
            title id=(format!("{id}-t")) { (title) }
            desc id=(format!("{id}-d")) { (description) }
            (axis(line, place))
            @if let Some(mean) = mean {
                line.mean x1=(across(place(mean.into()))) x2=(across(place(mean.into()))) y1="0" y2=(down(line)) {}
            }
            @for (dot, layer) in dots.iter().zip(layers) {
                (unit(dot, &down(line - 4 - layer * LAYER)))
            }
        }
    }
}

/// A unit at a height: this year's mark last, so that it lies on top of a mark that it has hardly left.
fn unit(dot: &Dot, y: &str) -> Markup {
    let now = across(place(dot.hundredths.into()));
    html! {
        @if let Some(before) = dot.before.map(|before| across(place(before.into()))) {
            line.moved x1=(before) x2=(now) y1=(y) y2=(y) {}
            circle.before cx=(before) cy=(y) r=".18em" {}
        }
        circle.chosen[dot.chosen].partial[dot.partial] cx=(now) cy=(y) r=".3em" { title { (dot.label) } }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn dot(label: &str, hundredths: u16, before: Option<u16>) -> Dot {
        Dot { label: label.into(), hundredths, before, chosen: false, partial: false }
    }

    #[rstest]
    #[case::none(&[], &[])]
    #[case::close(&[(7000, 7000), (7100, 7100), (7200, 7200), (7419, 7419), (7420, 7420)], &[0, 1, 2, 3, 0])]
    #[case::far(&[(0, 0), (5000, 5000), (10_000, 10_000)], &[0, 0, 0])]
    // The second has come from the left of the first; the third is clear of the first, but not of the second's dot.
    #[case::moved(&[(8000, 8000), (7000, 8500), (8600, 8600)], &[0, 1, 0])]
    #[case::fallen(&[(7000, 8000), (8300, 8300), (8420, 8420)], &[0, 1, 0])]
    fn dots_that_would_touch_are_piled_up(#[case] spans: &[(u16, u16)], #[case] expected: &[u32]) {
        assert_eq!(layers(spans), expected);
    }

    #[rstest]
    #[case(None, (7000, 7000))]
    #[case(Some(6500), (6500, 7000))]
    #[case(Some(7500), (7000, 7500))]
    fn a_dot_takes_up_its_line_too(#[case] before: Option<u16>, #[case] span: (u16, u16)) {
        assert_eq!(dot("A", 7000, before).span(), span);
    }

    #[test]
    fn the_ends_of_the_line_lie_inside_the_chart() {
        assert_eq!((place(0), place(5_000), place(10_000)), (500, 5_000, 9_500));
    }

    #[test]
    fn a_chart_says_in_words_what_it_shows() {
        let dots = [Dot { chosen: true, ..dot("B: 70,00", 7000, None) }, Dot { partial: true, ..dot("A: 60,00", 6000, None) }];
        let svg = chart("c", "Title", "Words", &dots, Some(6500)).into_string();
        assert!(svg.contains("role=\"img\"") && svg.contains("<desc id=\"c-d\">Words</desc>"), "{svg}");
        assert!(svg.find("A: 60,00") < svg.find("B: 70,00"), "dots stand in order");
        assert!(svg.contains("circle class=\"chosen\" cx=\"68.00%\""), "{svg}");
        assert!(svg.contains("partial\" cx=\"59.00%\""), "{svg}");
        assert!(!svg.contains("class=\"before\"") && !svg.contains("class=\"moved\""), "{svg}");
    }

    #[test]
    fn last_year_stands_in_the_layer_of_its_dot_and_under_it() {
        let svg = chart("c", "Title", "Words", &[dot("A", 5000, None), dot("B", 5100, Some(4000))], None).into_string();
        // Two layers: the axis is at 1.8em, the lower dots at 1.4em and the upper ones at 0.7em.
        let line = "<line class=\"moved\" x1=\"41.00%\" x2=\"50.90%\" y1=\"0.7em\" y2=\"0.7em\">";
        let mark = "<circle class=\"before\" cx=\"41.00%\" cy=\"0.7em\" r=\".18em\">";
        let (line, mark, now) = (svg.find(line), svg.find(mark), svg.find("cx=\"50.90%\" cy=\"0.7em\""));
        assert!(line.is_some() && line < mark && mark < now, "{svg}");
        assert_eq!(svg.matches("class=\"before\"").count(), 1, "A has no last year");
    }
}
