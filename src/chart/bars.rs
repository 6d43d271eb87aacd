//! Shares as bars: one bar of 100 % for the steps of a scale, or one bar an option.

use maud::{Markup, html};

use super::{across, tone};
use crate::scoring::disclosure::{Bounds, Percent};

/// One step of a scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScaleStep {
    /// Its words, for the description.
    pub label: String,
    /// Its share in hundredths of a percent.
    pub hundredths: u16,
    /// Its share as the language prints it.
    pub printed: String,
}

/// Where each piece begins and ends, in hundredths of a percent. Printed shares may add up to 99 or 101; the pieces always fill the bar.
#[must_use]
pub fn pieces(steps: &[ScaleStep]) -> Vec<(u32, u32)> {
    let total = steps.iter().map(|step| u32::from(step.hundredths)).sum::<u32>().max(1);
    let mut before = 0;
    let piece = |step: &ScaleStep| {
        let start = before * 10_000 / total;
        before += u32::from(step.hundredths);
        (start, before * 10_000 / total)
    };
    steps.iter().map(piece).collect()
}

/// A scale as one bar of 100 %, with its numbers printed where they fit.
///
/// Every number is there, in a box as wide as its piece: the browser knows how wide it is, and one that does not fit goes to a second line,
/// which the style hides.
#[must_use]
pub fn scale(id: &str, title: &str, steps: &[ScaleStep]) -> Markup {
    let says: Vec<String> = steps.iter().map(|step| format!("{}: {} %", step.label, step.printed)).collect();
    html! {
        svg.bar role="img" aria-labelledby=(format!("{id}-t")) aria-describedby=(format!("{id}-d")) {
            title id=(format!("{id}-t")) { (title) }
            desc id=(format!("{id}-d")) { (says.join("; ")) }
            @for (place, (step, (start, end))) in steps.iter().zip(pieces(steps)).enumerate() {
                @if end > start {
                    rect.(tone(place, steps.len())) x=(across(start)) width=(across(end - start)) height="100%" {}
                    foreignObject.(tone(place, steps.len())) x=(across(start)) width=(across(end - start)) height="100%" {
                        div { b { (step.printed) } }
                    }
                }
            }
        }
    }
}

/// A share as a bar of its own; of a class, what it may be stands out from what it is at least. The number stands beside it, so it says
/// nothing to a reader of the screen.
#[must_use]
pub fn single(percent: Percent) -> Markup {
    let (from, below) = if percent.bound() == Bounds::Class { percent.span() } else { (percent.hundredths(), percent.hundredths()) };
    html! {
        svg.single aria-hidden="true" {
            rect.rail width="100%" height="100%" {}
            rect.least width=(across(from.into())) height="100%" {}
            @if below > from { rect.may x=(across(from.into())) width=(across((below - from).into())) height="100%" {} }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(shares: &[u16]) -> Vec<ScaleStep> {
        shares.iter().map(|&hundredths| ScaleStep { label: "x".into(), hundredths, printed: (hundredths / 100).to_string() }).collect()
    }

    #[test]
    fn pieces_fill_the_bar_whatever_rounding_did() {
        assert_eq!(pieces(&steps(&[3300, 3300, 3300])), [(0, 3333), (3333, 6666), (6666, 10_000)]);
        assert_eq!(pieces(&steps(&[5050, 5050])), [(0, 5000), (5000, 10_000)]);
        assert_eq!(pieces(&steps(&[0, 0])), [(0, 0), (0, 0)]);
    }

    #[test]
    fn a_number_has_a_box_as_wide_as_its_piece_and_stands_in_words_too() {
        let svg = scale("b1", "Title", &steps(&[300, 9700])).into_string();
        for piece in ["class=\"n2\" x=\"0.00%\" width=\"3.00%\"", "class=\"p2\" x=\"3.00%\" width=\"97.00%\""] {
            assert!(svg.contains(&format!("<rect {piece}")) && svg.contains(&format!("<foreignObject {piece}")), "{piece}: {svg}");
        }
        assert!(svg.contains("<b>3</b>") && svg.contains("<b>97</b>") && svg.contains("x: 3 %; x: 97 %"), "{svg}");
    }

    #[test]
    fn what_nobody_chose_has_no_piece_and_no_number() {
        let svg = scale("b1", "Title", &steps(&[0, 10_000])).into_string();
        assert_eq!((svg.matches("<rect").count(), svg.matches("<b>").count()), (1, 1), "{svg}");
    }

    #[test]
    fn what_a_class_may_be_is_told_without_colour() {
        let svg = single(serde_json::from_str(r#""20-50""#).unwrap()).into_string();
        assert!(
            svg.contains("<rect class=\"least\" width=\"20.00%\"") && svg.contains("<rect class=\"may\" x=\"20.00%\" width=\"30.00%\""),
            "{svg}"
        );
    }
}
