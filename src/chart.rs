//! Charts: SVG made on the server, with a title and a description in words.
//!
//! Lengths across are percents and lengths down are `em`, without a `viewBox`: so a chart fills any width from a phone to paper while its
//! text keeps the size that the reader has set. Colours are classes of the page's style; order and printed numbers say the same in grey.
//! All arithmetic is in hundredths of a percent.

use maud::{Markup, html};

/// Shares of answers.
pub mod bars;
/// Indices of the units of a block.
pub mod dots;
/// Indices of the fields of one unit.
pub mod fields;
/// Ranks of the units of a block, last year and now.
pub mod slopes;

/// Hundredths of a percent as SVG writes a length: `83.94%`.
#[must_use]
pub fn across(hundredths: u32) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Tenths of an `em` as SVG writes a length: `1.2em`.
#[must_use]
pub fn down(tenths: u32) -> String {
    format!("{}.{}em", tenths / 10, tenths % 10)
}

/// Room below a line from 0 to 100 for its numbers, in tenths of an `em`.
const FOOT: u32 = 16;
/// The numbers under the line.
const MARKS: [u32; 5] = [0, 2_500, 5_000, 7_500, 10_000];

/// The line from 0 to 100 with its numbers, at so many tenths of an `em`; each chart has its own place across for an index.
fn axis(line: u32, place: fn(u32) -> u32) -> Markup {
    html! {
        line.axis x1=(across(place(0))) x2=(across(place(10_000))) y1=(down(line)) y2=(down(line)) {}
        @for mark in MARKS {
            line.axis x1=(across(place(mark))) x2=(across(place(mark))) y1=(down(line)) y2=(down(line + 3)) {}
            text x=(across(place(mark))) y=(down(line + 14)) text-anchor="middle" { (mark / 100) }
        }
    }
}

/// The classes of the five tones, lowest first.
pub const TONES: [&str; 5] = ["n2", "n1", "z", "p1", "p2"];

/// The tone of a step of a scale: the ends of any scale have the ends of the five, its middle the middle.
#[must_use]
pub fn tone(place: usize, steps: usize) -> &'static str {
    let last = steps.saturating_sub(1).max(1);
    // Rounded away from the middle, so that four steps have two tones of each side and no grey.
    let twice = place * 8 / last;
    let tone = if twice < 4 { twice / 2 } else { twice.div_ceil(2) };
    TONES.get(tone).copied().unwrap_or("z")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, "0.00%")]
    #[case(5, "0.05%")]
    #[case(8394, "83.94%")]
    #[case(10_000, "100.00%")]
    fn hundredths_become_percents(#[case] hundredths: u32, #[case] text: &str) {
        assert_eq!(across(hundredths), text);
    }

    #[rstest]
    #[case(2, &["n2", "p2"])]
    #[case(3, &["n2", "z", "p2"])]
    #[case(4, &["n2", "n1", "p1", "p2"])]
    #[case(5, &["n2", "n1", "z", "p1", "p2"])]
    fn a_scale_of_any_length_has_the_same_ends(#[case] steps: usize, #[case] tones: &[&str]) {
        assert_eq!((0..steps).map(|place| tone(place, steps)).collect::<Vec<_>>(), tones);
    }
}
