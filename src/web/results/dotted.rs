//! The figure that pages of surveys and of rankings share: the indices of a block, one unit a row, noted in words.

use maud::{Markup, html};

use crate::chart::lines::IndexLine;
use crate::chart::rails::{self, Rail, RailRow, RailSign, RailSort};
use crate::words::Words;

/// Of more equal units than this and one, so many are named.
const NAMED: usize = 3;

/// From so many units on, the page of one of them shows only some: itself, its neighbours, the first and the last.
const MANY: usize = 13;
/// How many neighbours it shows on each side.
const BESIDE: usize = 2;

/// One unit.
#[derive(Debug)]
pub(super) struct Dot {
    /// Its name, with what its index lacks and a link to its page.
    pub(super) name: Markup,
    /// Its index in hundredths of a percent, and as it is printed.
    pub(super) index: (u16, String),
    /// Its index last year in hundredths of a percent, where that may be set beside this one.
    pub(super) before: Option<u16>,
    /// Whether it is the one that the page is about.
    pub(super) is_chosen: bool,
    /// Whether its index lacks something that those of others have.
    pub(super) is_partial: bool,
}

/// What is drawn, and what is said of it.
#[derive(Debug)]
pub(super) struct Dotted<'a> {
    /// The id of the chart.
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    /// The units with an index, the first first.
    pub(super) dots: &'a [Dot],
    /// How many units there are, with or without an index.
    pub(super) total: usize,
    /// The mean in hundredths of a percent, and as it is printed.
    pub(super) mean: (Option<u16>, &'a str),
    /// The years of last year's marks and of these, where there are some.
    pub(super) years: Option<[&'a str; 2]>,
    /// More for the note.
    pub(super) notes: Option<String>,
}

/// Chart and note; nothing where no unit has an index.
pub(super) fn figure(words: Words, of: &Dotted<'_>) -> Markup {
    let values = of.dots.iter().flat_map(|dot| [Some(dot.index.0), dot.before]).flatten().chain(of.mean.0);
    let Some(line) = IndexLine::around(values) else { return html! {} };
    let shown = shown(of.dots.len(), of.dots.iter().position(|dot| dot.is_chosen));
    let rows: Vec<RailRow> = rows(words, of.dots, &shown, line);
    let counts = [("shown", &*words.whole(count(of.dots.len()))), ("total", &*words.whole(count(of.total)))];
    html! {
        figure {
            figcaption.note {
                strong { (of.title) } br;
                @if of.dots.len() < of.total { (words.with("results-chart-of", counts)) " " }
                (words.with("results-chart-note", [("mean", of.mean.1)]))
                " " (stretched(words, line))
                @if let Some(notes) = &of.notes { " " (notes) }
                @if shown.len() < of.dots.len() { " " (words.get("results-chart-part")) }
                (rails::legend(&legend(words, of)))
            }
            (rails::chart(of.id, &line.marks(), of.mean.0.map(|mean| line.place(mean)), &rows))
        }
    }
}

/// From where to where a line goes, where that is not the whole from 0 to 100.
pub(super) fn stretched(words: Words, line: IndexLine) -> String {
    let [from, to] = line.ends().map(|end| end.to_string());
    words.with(if line.is_whole() { "results-chart-whole" } else { "results-chart-cropped" }, [("from", &from), ("to", &to)])
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// What the marks of this figure mean: of one sort alone nothing has to be said.
fn legend(words: Words, of: &Dotted<'_>) -> Vec<(RailSign, String)> {
    let year = |year: &str| words.with("par-chart-year", [("year", year)]);
    let years = of.years.map(|[before, now]| [(RailSign::Now, year(now)), (RailSign::Before, year(before))]);
    let partial = of.dots.iter().any(|dot| dot.is_partial).then(|| (RailSign::Partial, words.get("par-chart-partial")));
    let mean = of.mean.0.map(|_| (RailSign::Mean, words.get("results-mean")));
    years.into_iter().flatten().chain(partial).chain(mean).collect()
}

/// The places of the units that are shown: all, or of many those about the chosen one. One alone is not left out: words in its place take
/// as much room.
fn shown(units: usize, chosen: Option<usize>) -> Vec<usize> {
    let Some(chosen) = chosen.filter(|_| units >= MANY) else { return (0..units).collect() };
    let wanted = |place: &usize| place.abs_diff(chosen) <= BESIDE || *place == 0 || place + 1 == units;
    let alone = |place: &usize| place.checked_sub(1).is_none_or(|before| wanted(&before)) && wanted(&(place + 1));
    (0..units).filter(|place| wanted(place) || alone(place)).collect()
}

fn rows(words: Words, dots: &[Dot], shown: &[usize], line: IndexLine) -> Vec<RailRow> {
    let (mut next, mut rows) = (0, Vec::with_capacity(shown.len()));
    for &place in shown {
        if place > next {
            rows.push(RailRow::Without(words.count("results-chart-without", place - next)));
        }
        next = place + 1;
        rows.extend(dots.get(place).map(|dot| RailRow::Of(Box::new(rail(dot, line)))));
    }
    rows
}

fn rail(dot: &Dot, line: IndexLine) -> Rail {
    let (at, printed) = &dot.index;
    Rail {
        name: dot.name.clone(),
        now: line.place(*at),
        before: dot.before.map(|before| line.place(before)),
        mean: None,
        printed: html! { (printed) },
        sort: RailSort::of(dot.is_chosen, dot.is_partial),
    }
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
    use rstest::rstest;

    use super::*;

    fn dot(hundredths: u16) -> Dot {
        let index = (hundredths, format!("{},{:02}", hundredths / 100, hundredths % 100));
        Dot { name: html! { "A" }, index, before: None, is_chosen: false, is_partial: false }
    }

    fn drawn(language: &str, dots: &[Dot], years: Option<[&str; 2]>) -> String {
        let of = Dotted { id: "c", title: "Title", dots, total: dots.len() + 2, mean: (Some(8_500), "85,00"), years, notes: None };
        figure(Words::of(language), &of).into_string()
    }

    #[test]
    fn of_many_equal_units_a_few_are_named() {
        let (vi, en) = (Words::of("vi"), Words::of("en"));
        assert_eq!(few(vi, &["A", "B", "C", "D"]), "A; B; C; D");
        assert_eq!(few(vi, &["A", "B", "C", "D", "E"]), "A; B; C và 2 đơn vị khác");
        assert_eq!(few(en, &["A"; 20]), "A; A; A and 17 others");
    }

    #[rstest]
    #[case::none_chosen(68, None, (0..68).collect())]
    #[case::few(12, Some(6), (0..12).collect())]
    #[case::in_the_middle(68, Some(30), vec![0, 28, 29, 30, 31, 32, 67])]
    #[case::first(68, Some(0), vec![0, 1, 2, 67])]
    #[case::one_alone_stays(68, Some(4), vec![0, 1, 2, 3, 4, 5, 6, 67])]
    #[case::last(68, Some(67), vec![0, 65, 66, 67])]
    fn the_page_of_one_of_many_units_shows_its_neighbours(
        #[case] units: usize,
        #[case] chosen: Option<usize>,
        #[case] expected: Vec<usize>,
    ) {
        assert_eq!(shown(units, chosen), expected);
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let mut dots: Vec<Dot> = (0..68).map(|nth| dot(9_000 - nth * 10)).collect();
        dots[30].is_chosen = true;
        let page = drawn("vi", &dots, None);
        let without: Vec<&str> = page.split("<li class=\"without\">").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert_eq!(without, ["27 đơn vị khác", "34 đơn vị khác"]);
        assert_eq!(page.matches("class=\"now\"").count(), 7, "{page}");
    }

    #[test]
    fn a_line_says_that_it_does_not_begin_at_0() {
        let page = drawn("vi", &[dot(9_250), dot(8_100)], None);
        assert!(page.contains("Trục chỉ vẽ phần giữa 80 và 95, không vẽ từ 0 đến 100."), "{page}");
        assert!(page.contains(">80</text>") && page.contains(">95</text>"), "{page}");
        assert!(drawn("en", &[dot(9_250), dot(8_100)], None).contains("only the part between 80 and 95"));
        assert!(drawn("vi", &[dot(9_250), dot(0)], None).contains("Trục vẽ từ 0 đến 100."));
    }

    #[test]
    fn the_line_has_room_for_last_year_too_and_says_which_year_is_which() {
        let before = Dot { before: Some(6_100), ..dot(8_100) };
        let page = drawn("vi", &[dot(8_850), before], Some(["2025", "2026"]));
        assert!(page.contains(">60</text>") && page.contains("class=\"before\" cx=\"3.33%\""), "{page}");
        let (now, last) = (page.find("Năm 2026"), page.find("Năm 2025"));
        assert!(now.is_some() && now < last, "{page}");
        assert!(page.contains("2 trong 4 đơn vị có chỉ số."), "{page}");
    }

    #[test]
    fn where_nobody_has_an_index_there_is_no_figure() {
        let of = Dotted { id: "c", title: "", dots: &[], total: 2, mean: (None, ""), years: None, notes: None };
        assert_eq!(figure(Words::of("vi"), &of).into_string(), "");
    }
}
