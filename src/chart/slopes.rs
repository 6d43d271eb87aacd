//! Ranks of the units of a block, last year and now, joined by a line each: what rose and fell is seen before a number is read.
//!
//! Names and ranks are text of the page in rows of one height, whatever names need; lines lie over them, from row to row in percents.

use std::cmp::{Ordering, Reverse};

use maud::{Markup, html};

use super::across;

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slope {
    /// Its name, which stands beside the right end of its line: a legend would have to be looked up.
    pub label: String,
    /// Its rank last year; none if that is not compared.
    pub before: Option<u32>,
    /// Its rank now.
    pub now: u32,
    /// Its name and both ranks in a sentence, which pointing at it shows.
    pub said: String,
}

/// The most units of a chart of them all; of more only the largest moves are shown.
pub const MOST: usize = 25;
/// How many of those are shown each way.
pub const EACH_WAY: usize = 10;

/// What stands in a row: a rank of last year at its left end, a unit at its right one.
type SlopeRow<'a> = (Option<u32>, Option<&'a Slope>);

/// The chart. `heads` stand over last year's ranks and over those of now.
///
/// A rank is a row on both sides, so that a unit that kept its rank has a level line. Equal ranks have a row each, so that they never lie
/// upon each other; what is printed and what decides between up, down and level is the rank. Equal ranks keep the order of `slopes`.
#[must_use]
pub fn chart(id: &str, title: &str, description: &str, heads: [&str; 2], slopes: &[Slope]) -> Markup {
    let lefts = rows(&slopes.iter().map(|slope| slope.before).collect::<Vec<_>>());
    let rights = rows(&slopes.iter().map(|slope| Some(slope.now)).collect::<Vec<_>>());
    let count = lefts.iter().chain(&rights).flatten().max().map_or(0, |last| last + 1);
    let [before, now] = heads;
    html! {
        .slopes {
            .heads aria-hidden="true" { span { (before) } span { (now) } }
            .lines {
                svg role="img" aria-labelledby=(format!("{id}-t")) aria-describedby=(format!("{id}-d")) {
                    title id=(format!("{id}-t")) { (title) }
                    desc id=(format!("{id}-d")) { (description) }
                    @for ((slope, left), right) in slopes.iter().zip(&lefts).zip(&rights) {
                        @if let Some(right) = right { (line(slope, left.map(|left| middle(left, count)), middle(*right, count))) }
                    }
                }
                ol { @for row in 0..count { (written(&at(row, slopes, &lefts, &rights))) } }
            }
        }
    }
}

/// The row of each unit on one side, from 0: that of its rank, or the next that is free where equal ranks have taken it. A unit that has no
/// rank there has no row.
fn rows(ranks: &[Option<u32>]) -> Vec<Option<u32>> {
    let mut ranked: Vec<(u32, usize)> = ranks.iter().enumerate().filter_map(|(place, rank)| Some(((*rank)?, place))).collect();
    ranked.sort_unstable();
    let mut rows = vec![None; ranks.len()];
    let mut free = 0;
    for (rank, place) in ranked {
        let row = rank.saturating_sub(1).max(free);
        free = row + 1;
        if let Some(slot) = rows.get_mut(place) {
            *slot = Some(row);
        }
    }
    rows
}

/// What stands in a row.
fn at<'a>(row: u32, slopes: &'a [Slope], lefts: &[Option<u32>], rights: &[Option<u32>]) -> SlopeRow<'a> {
    let of = |rows: &[Option<u32>]| slopes.get(rows.iter().position(|other| *other == Some(row))?);
    (of(lefts).and_then(|slope| slope.before), of(rights))
}

/// The middle of a row out of so many, in hundredths of a percent of their height.
fn middle(row: u32, count: u32) -> u32 {
    (2 * row + 1) * 5_000 / count.max(1)
}

/// The class of a line. A smaller rank is a better one.
fn way(before: u32, now: u32) -> &'static str {
    match now.cmp(&before) {
        Ordering::Less => "up",
        Ordering::Equal => "level",
        Ordering::Greater => "down",
    }
}

/// The line of a unit, from its row on the left to its row on the right.
fn line(slope: &Slope, left: Option<u32>, right: u32) -> Markup {
    let y = across(right);
    html! {
        g {
            title { (slope.said) }
            @if let (Some(before), Some(left)) = (slope.before, left.map(across)) {
                line.(way(before, slope.now)) x1="0" x2="100%" y1=(left) y2=(y) {}
                circle.before cx="0" cy=(left) r=".25em" {}
            }
            circle class=[slope.before.is_none().then_some("new")] cx="100%" cy=(y) r=".25em" {}
        }
    }
}

/// The text of a row. The rank at its left end is that of another unit, mostly, so it says nothing to a reader of the screen.
fn written((left, unit): &SlopeRow<'_>) -> Markup {
    html! {
        li aria-hidden=[unit.is_none().then_some("true")] {
            span.num aria-hidden="true" { @if let Some(before) = left { (before) } }
            @if let Some(slope) = unit { span.num { (slope.now) } span.name { (slope.label) } }
        }
    }
}

/// The largest rises, then the largest falls: of each as many as are shown, the largest first. Of equal moves the unit that has the better
/// rank now comes first, and what is beyond the last place is left out.
#[must_use]
pub fn largest(slopes: &[Slope]) -> [Vec<&Slope>; 2] {
    ["up", "down"].map(|wanted| {
        let mut moved: Vec<(u32, &Slope)> = moves(slopes, wanted).collect();
        moved.sort_by_key(|(by, slope)| (Reverse(*by), slope.now));
        moved.into_iter().take(EACH_WAY).map(|(_, slope)| slope).collect()
    })
}

/// How many rose, and how many fell.
#[must_use]
pub fn moved(slopes: &[Slope]) -> [usize; 2] {
    ["up", "down"].map(|wanted| moves(slopes, wanted).count())
}

/// The units that moved one way, and by how many ranks.
fn moves<'a>(slopes: &'a [Slope], wanted: &'a str) -> impl Iterator<Item = (u32, &'a Slope)> {
    slopes.iter().filter_map(move |slope| {
        let before = slope.before.filter(|before| way(*before, slope.now) == wanted)?;
        Some((before.abs_diff(slope.now), slope))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn slope(label: &str, before: Option<u32>, now: u32) -> Slope {
        Slope { label: label.into(), before, now, said: format!("{label} is {now}") }
    }

    fn drawn(slopes: &[Slope]) -> String {
        chart("s", "Title", "Words", ["2025", "2026"], slopes).into_string()
    }

    /// The rows as they are read: last year's rank, this year's, and the name.
    fn read(chart: &str) -> Vec<Vec<&str>> {
        let rows = chart.split("<ol>").nth(1).unwrap().split("<li").skip(1);
        rows.map(|row| row.match_indices("</span>").map(|(end, _)| row[..end].rsplit('>').next().unwrap()).collect()).collect()
    }

    #[rstest]
    #[case::in_order(&[Some(1), Some(2)], &[Some(0), Some(1)])]
    #[case::ties(&[Some(2), Some(1), Some(2)], &[Some(1), Some(0), Some(2)])]
    #[case::tied_and_next(&[Some(1), Some(1), Some(2)], &[Some(0), Some(1), Some(2)])]
    #[case::new(&[Some(3), None, Some(1)], &[Some(2), None, Some(0)])]
    #[case::a_gap(&[Some(9), Some(4)], &[Some(8), Some(3)])]
    fn a_rank_is_a_row_and_equal_ones_have_a_row_each(#[case] ranks: &[Option<u32>], #[case] expected: &[Option<u32>]) {
        assert_eq!(rows(ranks), expected);
    }

    #[rstest]
    #[case(17, 14, "up")]
    #[case(14, 17, "down")]
    #[case(3, 3, "level")]
    fn a_smaller_rank_is_better(#[case] before: u32, #[case] now: u32, #[case] class: &str) {
        assert_eq!(way(before, now), class);
        let chart = drawn(&[slope("A", Some(before), now)]);
        assert!(chart.contains(&format!("<line class=\"{class}\" x1=\"0\" x2=\"100%\"")), "{chart}");
    }

    /// Nobody has the ranks 1 and 3 of last year any more.
    #[test]
    fn a_unit_that_kept_its_rank_has_a_level_line_though_others_are_gone() {
        let chart = drawn(&[slope("A", Some(2), 2), slope("B", Some(4), 4), slope("C", None, 1), slope("D", None, 3)]);
        for at in ["37.50%", "87.50%"] {
            assert!(chart.contains(&format!("<line class=\"level\" x1=\"0\" x2=\"100%\" y1=\"{at}\" y2=\"{at}\"")), "{chart}");
        }
        assert_eq!(read(&chart), [vec!["", "1", "C"], vec!["2", "2", "A"], vec!["", "3", "D"], vec!["4", "4", "B"]]);
    }

    #[test]
    fn a_rank_that_nobody_of_now_has_takes_a_row_of_its_own() {
        let chart = drawn(&[slope("A", Some(3), 1)]);
        assert_eq!(read(&chart), [vec!["", "1", "A"], vec![""], vec!["3"]]);
        assert_eq!(chart.matches("<li aria-hidden=\"true\">").count(), 2, "{chart}");
        assert!(chart.contains("y1=\"83.33%\" y2=\"16.66%\""), "{chart}");
    }

    #[test]
    fn a_chart_says_in_words_what_it_shows() {
        let chart = drawn(&[slope("B", Some(1), 2), slope("A", Some(2), 1)]);
        assert!(chart.contains("<svg role=\"img\" aria-labelledby=\"s-t\" aria-describedby=\"s-d\">"), "{chart}");
        assert!(chart.contains("<title id=\"s-t\">Title</title><desc id=\"s-d\">Words</desc>"), "{chart}");
        assert!(chart.contains("<span>2025</span><span>2026</span>") && chart.contains("<g><title>A is 1</title>"), "{chart}");
        assert_eq!(read(&chart), [["1", "1", "A"], ["2", "2", "B"]], "units stand in the order of now");
        assert!(chart.contains("y1=\"75.00%\" y2=\"25.00%\"") && chart.contains("y1=\"25.00%\" y2=\"75.00%\""), "{chart}");
    }

    #[test]
    fn equal_ranks_do_not_share_a_row() {
        let chart = drawn(&[slope("A", Some(1), 1), slope("B", Some(1), 1), slope("C", Some(1), 3)]);
        assert_eq!(read(&chart), [["1", "1", "A"], ["1", "1", "B"], ["1", "3", "C"]], "what is printed is the rank: {chart}");
    }

    #[test]
    fn a_new_unit_has_a_hollow_mark_and_no_line() {
        let chart = drawn(&[slope("A", None, 1)]);
        assert!(chart.contains("<circle class=\"new\" cx=\"100%\"") && !chart.contains("<line") && !chart.contains("cx=\"0\""), "{chart}");
        assert!(!drawn(&[slope("A", Some(1), 1)]).contains("class=\"new\""));
    }

    fn labels(slopes: &[&Slope]) -> String {
        slopes.iter().map(|slope| slope.label.as_str()).collect()
    }

    #[test]
    fn of_equal_moves_the_better_rank_comes_first() {
        let slopes = [slope("A", Some(1), 4), slope("B", Some(6), 3), slope("C", Some(4), 1), slope("D", Some(5), 5), slope("E", None, 2)];
        let [rises, falls] = largest(&slopes);
        assert_eq!((labels(&rises), labels(&falls), moved(&slopes)), ("CB".to_owned(), "A".to_owned(), [2, 1]));
    }

    proptest! {
        #[test]
        fn whoever_is_shown_moved_no_less_than_anybody_who_is_left_out(
            ranks in prop::collection::vec((prop::option::of(1_u32..70), 1_u32..70), 0..70)
        ) {
            let slopes: Vec<Slope> = ranks.into_iter().map(|(before, now)| slope("A", before, now)).collect();
            for ((shown, all), wanted) in largest(&slopes).iter().zip(moved(&slopes)).zip(["up", "down"]) {
                prop_assert_eq!(shown.len(), all.min(EACH_WAY));
                let by = |slope: &Slope| slope.before.unwrap().abs_diff(slope.now);
                let least = shown.iter().map(|slope| by(slope)).min().unwrap_or_default();
                prop_assert!(shown.iter().all(|slope| way(slope.before.unwrap(), slope.now) == wanted));
                prop_assert!(moves(&slopes, wanted).filter(|(moved, _)| *moved > least).count() < EACH_WAY.max(1));
            }
        }
    }
}
