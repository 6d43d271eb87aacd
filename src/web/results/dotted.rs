//! The figure that pages of surveys and of rankings share: the indices of a block as dots, described and noted in words.

use maud::{Markup, html};

use crate::chart::dots::{self, Dot};
use crate::words::Words;

/// Of more equal units than this and one, so many are named.
const NAMED: usize = 3;

/// What is drawn, and what is said of it.
#[derive(Debug)]
pub(super) struct Dotted<'a> {
    /// The id of the chart.
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) dots: &'a [Dot],
    /// How many units there are, with or without an index.
    pub(super) total: &'a str,
    /// Who is lowest, and who highest.
    pub(super) ends: [String; 2],
    /// The mean in hundredths of a percent, and as it is printed.
    pub(super) mean: (Option<u16>, &'a str),
    /// More for the note.
    pub(super) notes: Option<String>,
}

/// Chart and note.
pub(super) fn figure(words: Words, of: &Dotted<'_>) -> Markup {
    let ([low, high], (at, mean), shown) = (&of.ends, of.mean, of.dots.len().to_string());
    let says = [("shown", shown.as_str()), ("total", of.total), ("low", low), ("high", high), ("mean", mean)];
    html! {
        figure {
            (dots::chart(of.id, of.title, &words.with("results-chart-says", says), of.dots, at))
            figcaption.note {
                strong { (of.title) } br;
                (words.with("results-chart-note", [("low", low.as_str()), ("high", high), ("mean", mean)]))
                @if let Some(notes) = &of.notes { " " (notes) }
            }
        }
    }
}

/// Labels of the lowest and of the highest: several where they are equal, said by `all`. None of nothing.
pub(super) fn ends<K: Ord + Copy>(labels: &[(K, &str)], all: impl Fn(&[&str]) -> String) -> Option<[String; 2]> {
    let at = |wanted: K| all(&labels.iter().filter(|(key, _)| *key == wanted).map(|(_, label)| *label).collect::<Vec<_>>());
    let keys = || labels.iter().map(|(key, _)| *key);
    Some([at(keys().min()?), at(keys().max()?)])
}

/// Units one behind the other; of many the first few, and how many others: the table has them all.
pub(super) fn few(words: Words, units: &[&str]) -> String {
    match units.split_at_checked(NAMED) {
        Some((first, others)) if others.len() > 1 => {
            words.with("results-chart-others", [("names", &first.join("; ")), ("n", &others.len().to_string())])
        }
        _ => units.join("; "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ends_have_all_names() {
        let all = |names: &[&str]| names.join("; ");
        assert_eq!(ends(&[(2, "B"), (1, "A"), (2, "C")], all), Some(["A".to_owned(), "B; C".to_owned()]));
        assert_eq!(ends::<u16>(&[], all), None);
    }

    #[test]
    fn of_many_equal_units_a_few_are_named() {
        let (vi, en) = (Words::of("vi"), Words::of("en"));
        assert_eq!(few(vi, &["A", "B", "C", "D"]), "A; B; C; D");
        assert_eq!(few(vi, &["A", "B", "C", "D", "E"]), "A; B; C và 2 đơn vị khác");
        assert_eq!(few(en, &["A"; 20]), "A; A; A and 17 others");
    }
}
