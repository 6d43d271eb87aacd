//! Indices as dots on a line from 0 to 100, piled up where they are close.

use maud::{Markup, html};

use super::{across, down};

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dot {
    /// Its name and index, which pointing at it shows.
    pub label: String,
    /// Its index in hundredths of a percent.
    pub hundredths: u16,
    /// Whether it is the one that the page is about.
    pub chosen: bool,
}

/// Dots nearer than this, in hundredths of a percent, would touch on the narrowest phone: 11 of 259 points.
const TOUCH: u16 = 420;
/// Height of a layer of dots, in tenths of an `em`.
const LAYER: u32 = 7;
/// Room below the line for its numbers, in tenths of an `em`.
const FOOT: u32 = 16;
/// Room left of 0 and right of 100, in hundredths of a percent, so that dots and numbers at the ends are whole.
const MARGIN: u32 = 500;
/// The numbers under the line.
const MARKS: [u32; 5] = [0, 2_500, 5_000, 7_500, 10_000];

/// The layer of each dot, from 0: the lowest in which no other touches it. Dots in order of their index.
#[must_use]
pub fn layers(places: &[u16]) -> Vec<u32> {
    // The last place in each layer.
    let mut lasts: Vec<u16> = Vec::new();
    let mut layers = Vec::with_capacity(places.len());
    for &place in places {
        let free = lasts.iter().position(|last| place.saturating_sub(*last) >= TOUCH);
        match free.and_then(|free| lasts.get_mut(free)) {
            Some(last) => *last = place,
            None => lasts.push(place),
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
    let layers = layers(&dots.iter().map(|dot| dot.hundredths).collect::<Vec<_>>());
    let line = (layers.iter().max().copied().unwrap_or(0) + 1) * LAYER + 4;
    html! {
        svg.dots role="img" aria-labelledby=(format!("{id}-t")) aria-describedby=(format!("{id}-d")) height=(down(line + FOOT)) {
            title id=(format!("{id}-t")) { (title) }
            desc id=(format!("{id}-d")) { (description) }
            (axis(line))
            @if let Some(mean) = mean {
                line.mean x1=(across(place(mean.into()))) x2=(across(place(mean.into()))) y1="0" y2=(down(line)) {}
            }
            @for (dot, layer) in dots.iter().zip(layers) {
                circle.chosen[dot.chosen] cx=(across(place(dot.hundredths.into()))) cy=(down(line - 4 - layer * LAYER)) r=".3em" { title { (dot.label) } }
            }
        }
    }
}

fn axis(line: u32) -> Markup {
    html! {
        line.axis x1=(across(place(0))) x2=(across(place(10_000))) y1=(down(line)) y2=(down(line)) {}
        @for mark in MARKS {
            line.axis x1=(across(place(mark))) x2=(across(place(mark))) y1=(down(line)) y2=(down(line + 3)) {}
            text x=(across(place(mark))) y=(down(line + 14)) text-anchor="middle" { (mark / 100) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_that_would_touch_are_piled_up() {
        assert_eq!(layers(&[]), Vec::<u32>::new());
        assert_eq!(layers(&[7000, 7100, 7200, 7419, 7420]), [0, 1, 2, 3, 0]);
        assert_eq!(layers(&[0, 5000, 10_000]), [0, 0, 0]);
    }

    #[test]
    fn the_ends_of_the_line_lie_inside_the_chart() {
        assert_eq!((place(0), place(5_000), place(10_000)), (500, 5_000, 9_500));
    }

    #[test]
    fn a_chart_says_in_words_what_it_shows() {
        let dots = [
            Dot { label: "B: 70,00".into(), hundredths: 7000, chosen: true },
            Dot { label: "A: 60,00".into(), hundredths: 6000, chosen: false },
        ];
        let svg = chart("c", "Title", "Words", &dots, Some(6500)).into_string();
        assert!(svg.contains("role=\"img\"") && svg.contains("<desc id=\"c-d\">Words</desc>"), "{svg}");
        assert!(svg.find("A: 60,00") < svg.find("B: 70,00"), "dots stand in order");
        assert!(svg.contains("circle class=\"chosen\" cx=\"68.00%\""), "{svg}");
    }
}
