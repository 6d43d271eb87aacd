//! Charts: SVG and rows made on the server, with a title and a description in words.
//!
//! Lengths across are percents, and there is no `viewBox`: so a chart fills any width from a phone to paper while its text keeps the size
//! that the reader has set. Names and numbers that may be long are text of the page, so that the browser, which knows how wide they are,
//! breaks them. Colours are classes of the page's style; order, hatching and printed numbers say the same in grey. All arithmetic is in
//! hundredths of a percent.

use maud::{Markup, html};

/// Shares of answers.
pub mod bars;
/// How much of a line is drawn.
pub mod lines;
/// Values on lines, one unit or field a row.
pub mod rails;
/// Ranks of the units of a block, last year and now.
pub mod slopes;

/// A number under a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands, in hundredths of a percent of the line.
    pub place: u32,
    /// The number.
    pub said: String,
}

/// Hundredths of a percent as SVG writes a length: `83.94%`.
#[must_use]
pub fn across(hundredths: u32) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Hatches of the page: of the two tones of the negative side, and of what a class may be. A page has them once; the style fills with them
/// what they are for, so that nothing is told by a colour alone.
#[must_use]
pub fn hatches() -> Markup {
    html! {
        svg.hatches aria-hidden="true" width="0" height="0" {
            defs {
                (hatch("n2", "45", "7", "2"))
                (hatch("n1", "135", "7", "1.5"))
                (hatch("may", "45", "5", "2"))
            }
        }
    }
}

/// Stripes at an angle in degrees; so far from one to the next and so wide, in points.
fn hatch(id: &str, angle: &str, apart: &str, wide: &str) -> Markup {
    let turned = format!("rotate({angle})");
    html! {
        pattern id=(format!("hatch-{id}")) width=(apart) height=(apart) patternUnits="userSpaceOnUse" patternTransform=(turned) {
            rect.(format!("under-{id}")) width=(apart) height=(apart) {}
            rect.(format!("over-{id}")) width=(wide) height=(apart) {}
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
