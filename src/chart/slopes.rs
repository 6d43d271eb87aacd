//! Ranks of the units of a block, last year and now, joined by a line each: what rose and fell is seen before a number is read.

use std::cmp::Ordering;

use maud::{Markup, html};

use super::{across, down};

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

/// Room above the rows for the words over the columns, in tenths of an `em`.
const HEAD: u32 = 20;
/// Height of a row, in tenths of an `em`.
const ROW: u32 = 18;
/// Where last year's ranks end, in hundredths of a percent: three digits take 27 of 288 points, the inside of the narrowest phone.
const BEFORE: u32 = 950;
/// Where lines begin.
const LEFT: u32 = 1_200;
/// Where lines end.
const RIGHT: u32 = 2_700;
/// Where the ranks of now end: three digits fit here too.
const NOW: u32 = 3_800;
/// Where names begin.
const LABEL: u32 = 4_000;
/// The most signs of a name on a phone. On one of 360 names have 60 % of 328 points, so 197: the widest of the sample's names takes 194 if
/// it is cut to 22 signs and bold. What a wider letter still adds ends at the edge of the chart, which nothing leaves.
const SIGNS: usize = 22;
/// The most signs of a name from 40 rem on, where the style shows the longer text: 60 % of 608 points are 364, of 8 each.
const WIDE: usize = 45;

/// The chart. `heads` stand over last year's ranks and over those of now.
///
/// A rank is a row on both sides, so that a unit that kept its rank has a level line. Equal ranks have a row each, so that they never lie
/// upon each other; what is printed and what decides between up, down and level is the rank. Equal ranks keep the order of `slopes`.
#[must_use]
pub fn chart(id: &str, title: &str, description: &str, heads: [&str; 2], slopes: &[Slope]) -> Markup {
    let [before, now] = heads;
    let lefts = rows(&slopes.iter().map(|slope| slope.before).collect::<Vec<_>>());
    let rights = rows(&slopes.iter().map(|slope| Some(slope.now)).collect::<Vec<_>>());
    let last = lefts.iter().chain(&rights).flatten().max().copied();
    let foot = HEAD + last.map_or(0, |last| (last + 1) * ROW);
    let mut units: Vec<(&Slope, Option<u32>, u32)> =
        slopes.iter().zip(lefts).zip(rights).filter_map(|((slope, left), right)| Some((slope, left, right?))).collect();
    units.sort_by_key(|(_, _, right)| *right);
    html! {
        svg.slopes role="img" aria-labelledby=(format!("{id}-t")) aria-describedby=(format!("{id}-d")) height=(down(foot)) {
            title id=(format!("{id}-t")) { (title) }
            desc id=(format!("{id}-d")) { (description) }
            text.head x="0" y=(down(HEAD - 8)) { (before) }
            text.head x=(across(RIGHT)) y=(down(HEAD - 8)) { (now) }
            @for (slope, left, right) in units { (unit(slope, left, right)) }
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

/// The middle of a row, in tenths of an `em`.
fn middle(row: u32) -> u32 {
    HEAD + row * ROW + ROW / 2
}

/// The class of a line. A smaller rank is a better one.
fn way(before: u32, now: u32) -> &'static str {
    match now.cmp(&before) {
        Ordering::Less => "up",
        Ordering::Equal => "level",
        Ordering::Greater => "down",
    }
}

/// A unit, from its row on the left to its row on the right.
fn unit(slope: &Slope, left: Option<u32>, right: u32) -> Markup {
    let y = middle(right);
    html! {
        g {
            title { (slope.said) }
            @if let (Some(before), Some(left)) = (slope.before, left.map(middle)) {
                line.(way(before, slope.now)) x1=(across(LEFT)) x2=(across(RIGHT)) y1=(down(left)) y2=(down(y)) {}
                text x=(across(BEFORE)) y=(down(left + 4)) text-anchor="end" { (before) }
                circle cx=(across(LEFT)) cy=(down(left)) r=".2em" {}
            }
            circle.new[slope.before.is_none()] cx=(across(RIGHT)) cy=(down(y)) r=".2em" {}
            text x=(across(NOW)) y=(down(y + 4)) text-anchor="end" { (slope.now) }
            (name(&slope.label, y + 4))
        }
    }
}

/// A name at a height, as much of it as fits: of one that is too long for a phone there are two texts, and the style shows the one that the
/// window has room for. Pointing at either shows the whole.
fn name(label: &str, y: u32) -> Markup {
    let (x, y) = (across(LABEL), down(y));
    html! {
        @match cut(label, SIGNS) {
            Some(short) => {
                text.short x=(x) y=(y) { title { (label) } (short) }
                text.long x=(x) y=(y) { title { (label) } (cut(label, WIDE).as_deref().unwrap_or(label)) }
            }
            None => { text x=(x) y=(y) { (label) } }
        }
    }
}

/// The beginning of a name of more than so many signs, up to the end of a word.
fn cut(label: &str, signs: usize) -> Option<String> {
    let most: String = label.chars().take(signs).collect();
    let kept = most.rsplit_once(' ').map_or(most.as_str(), |(kept, _)| kept);
    (label.chars().count() > signs).then(|| format!("{}…", kept.trim_end_matches([' ', ','])))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn slope(label: &str, before: Option<u32>, now: u32) -> Slope {
        Slope { label: label.into(), before, now, said: format!("{label} is {now}") }
    }

    fn drawn(slopes: &[Slope]) -> String {
        chart("s", "Title", "Words", ["2025", "2026"], slopes).into_string()
    }

    /// The heights of the texts at a place across, in the order of the chart.
    fn heights<'a>(svg: &'a str, x: &str) -> Vec<&'a str> {
        let start = format!("<text x=\"{x}\" y=\"");
        svg.match_indices(&start).filter_map(|(at, _)| svg.get(at + start.len()..)?.split('"').next()).collect()
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
        let svg = drawn(&[slope("A", Some(before), now)]);
        assert!(svg.contains(&format!("<line class=\"{class}\" x1=\"12.00%\" x2=\"27.00%\"")), "{svg}");
    }

    #[rstest]
    #[case::short("Sở Y tế", None)]
    #[case::just_fits("Sở Dân tộc và Tôn giáo", None)]
    #[case::long("Sở Nông nghiệp và Môi trường", Some("Sở Nông nghiệp và Môi…"))]
    #[case::within_a_word("Sở Khoa học và Công nghệ", Some("Sở Khoa học và Công…"))]
    #[case::at_a_space("Ban Quản lý khu rừng Bắc", Some("Ban Quản lý khu rừng…"))]
    #[case::at_a_comma("Sở Thể thao, Văn hóa, Du lịch", Some("Sở Thể thao, Văn hóa…"))]
    fn a_name_is_cut_where_it_would_leave_a_phone(#[case] label: &str, #[case] expected: Option<&str>) {
        assert_eq!(cut(label, SIGNS).as_deref(), expected);
    }

    /// Nobody has the ranks 1 and 3 of last year any more.
    #[test]
    fn a_unit_that_kept_its_rank_has_a_level_line_though_others_are_gone() {
        let svg = drawn(&[slope("A", Some(2), 2), slope("B", Some(4), 4), slope("C", None, 1), slope("D", None, 3)]);
        let level = "<line class=\"level\" x1=\"12.00%\" x2=\"27.00%\"";
        assert!(svg.contains(&format!("{level} y1=\"4.7em\" y2=\"4.7em\"")), "{svg}");
        assert!(svg.contains(&format!("{level} y1=\"8.3em\" y2=\"8.3em\"")) && svg.contains("height=\"9.2em\""), "{svg}");
    }

    #[test]
    fn a_chart_says_in_words_what_it_shows() {
        let svg = drawn(&[slope("B", Some(1), 2), slope("A", Some(2), 1)]);
        assert!(svg.contains("role=\"img\" aria-labelledby=\"s-t\" aria-describedby=\"s-d\" height=\"5.6em\""), "{svg}");
        assert!(svg.contains("<title id=\"s-t\">Title</title><desc id=\"s-d\">Words</desc>"), "{svg}");
        assert!(svg.contains(">2025</text>") && svg.find("2025") < svg.find("2026"), "{svg}");
        assert!(svg.contains("<g><title>A is 1</title>"), "{svg}");
        assert!(svg.find("A is 1") < svg.find("B is 2"), "units stand in the order of now");
        assert!(svg.contains("y1=\"4.7em\" y2=\"2.9em\"") && svg.contains("y1=\"2.9em\" y2=\"4.7em\""), "{svg}");
    }

    #[test]
    fn equal_ranks_do_not_share_a_row() {
        let svg = drawn(&[slope("A", Some(1), 1), slope("B", Some(1), 1), slope("C", Some(1), 3)]);
        let rows = ["3.3em", "5.1em", "6.9em"];
        assert_eq!((heights(&svg, "9.50%"), heights(&svg, "40.00%")), (rows.to_vec(), rows.to_vec()));
        assert_eq!(svg.matches("text-anchor=\"end\">1</text>").count(), 5, "what is printed is the rank: {svg}");
    }

    #[test]
    fn a_new_unit_has_a_hollow_mark_and_no_line() {
        let svg = drawn(&[slope("A", None, 1)]);
        assert!(svg.contains("<circle class=\"new\" cx=\"27.00%\""), "{svg}");
        assert!(!svg.contains("<line") && !svg.contains("cx=\"12.00%\""), "{svg}");
        assert!(!drawn(&[slope("A", Some(1), 1)]).contains("class=\"new\""));
    }

    #[test]
    fn a_cut_name_is_whole_in_its_title_and_in_a_text_for_wider_windows() {
        let svg = drawn(&[slope("Sở Nông nghiệp và Môi trường", Some(1), 1)]);
        let text = |class: &str, shown: &str| {
            format!("<text class=\"{class}\" x=\"40.00%\" y=\"3.3em\"><title>Sở Nông nghiệp và Môi trường</title>{shown}</text>")
        };
        assert!(svg.contains(&text("short", "Sở Nông nghiệp và Môi…")), "{svg}");
        assert!(svg.contains(&text("long", "Sở Nông nghiệp và Môi trường")), "{svg}");
        assert!(drawn(&[slope("Sở Y tế", Some(1), 1)]).contains("y=\"3.3em\">Sở Y tế</text>"));
    }
}
