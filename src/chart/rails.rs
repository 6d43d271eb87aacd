//! Values on lines, one row each: a name in full, its line with this year's mark and last year's, and its number.
//!
//! Rows are a list of the page and no picture: the browser breaks names and pages, and nothing has to be guessed of the width of a letter.
//! Every place is in hundredths of a percent of the line.

use maud::{Markup, html};

use super::{Mark, across};

/// One row.
#[derive(Debug, Clone)]
pub struct Rail {
    /// Whose it is.
    pub name: Markup,
    /// Where it stands.
    pub now: u32,
    /// Where it stood last year, where that may be set beside this year.
    pub before: Option<u32>,
    /// Where the mean of the block stands, if each row has its own.
    pub mean: Option<u32>,
    /// Its number.
    pub printed: Markup,
    /// What tells it from the others.
    pub sort: RailSort,
}

/// What tells a row from the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RailSort {
    /// Nothing.
    Usual,
    /// The page is about it.
    Chosen,
    /// Its value lacks something that those of others have.
    Partial,
    /// Both.
    ChosenPartial,
}

/// What stands in the list.
#[derive(Debug, Clone)]
pub enum RailRow {
    /// A row.
    Of(Box<Rail>),
    /// Words in place of the rows that are left out.
    Without(String),
}

/// What a mark of the legend looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RailSign {
    /// This year.
    Now,
    /// Last year.
    Before,
    /// A value that lacks something.
    Partial,
    /// Where all are on average.
    Mean,
}

impl RailSort {
    /// What a row is.
    #[must_use]
    pub fn of(is_chosen: bool, is_partial: bool) -> Self {
        match (is_chosen, is_partial) {
            (false, false) => Self::Usual,
            (true, false) => Self::Chosen,
            (false, true) => Self::Partial,
            (true, true) => Self::ChosenPartial,
        }
    }

    fn is_chosen(self) -> bool {
        matches!(self, Self::Chosen | Self::ChosenPartial)
    }

    fn is_partial(self) -> bool {
        matches!(self, Self::Partial | Self::ChosenPartial)
    }
}

/// The rows with their line's numbers above them. `mean` is one for all rows.
#[must_use]
pub fn chart(id: &str, marks: &[Mark], mean: Option<u32>, rows: &[RailRow]) -> Markup {
    let grid = format!("{id}-grid");
    html! {
        .rails {
            // A box in a box: what is a grid cannot be the head of a table, which paper has on every page.
            .scale aria-hidden="true" { div {
                svg {
                    defs { g id=(grid) { (lines(marks, mean)) } }
                    @for mark in marks { text x=(across(mark.place)) y="1.1em" text-anchor="middle" { (mark.said) } }
                }
            } }
            ol {
                @for row in rows {
                    @match row {
                        RailRow::Of(rail) => (drawn(rail, &grid)),
                        RailRow::Without(words) => li.without { (words) },
                    }
                }
            }
        }
    }
}

/// What is the same in every row: drawn once, and used by each.
fn lines(marks: &[Mark], mean: Option<u32>) -> Markup {
    html! {
        @for mark in marks { line.grid x1=(across(mark.place)) x2=(across(mark.place)) y2="100%" {} }
        line.rail x2="100%" y1="50%" y2="50%" {}
        @if let Some(mean) = mean.map(across) { line.mean x1=(mean) x2=(mean) y2="100%" {} }
    }
}

/// A row. This year's mark comes last, so that it lies on top of a mark that it has hardly left. The numbers stand beside the line, so it
/// says nothing to a reader of the screen.
fn drawn(rail: &Rail, grid: &str) -> Markup {
    let now = across(rail.now);
    html! {
        li class=[rail.sort.is_chosen().then_some("chosen")] aria-current=[rail.sort.is_chosen().then_some("true")] {
            div { (rail.name) }
            svg aria-hidden="true" {
                use href=(format!("#{grid}")) {}
                @if let Some(mean) = rail.mean.map(across) { line.mean x1=(mean) x2=(mean) y1="15%" y2="85%" {} }
                @if let Some(before) = rail.before.map(across) {
                    line.moved x1=(before) x2=(now) y1="50%" y2="50%" {}
                    circle.before cx=(before) cy="50%" r=".33em" {}
                }
                @if rail.sort.is_partial() { circle.partial cx=(now) cy="50%" r=".55em" {} }
                circle.now cx=(now) cy="50%" r=".33em" {}
            }
            span.num { (rail.printed) }
        }
    }
}

/// What the marks mean.
#[must_use]
pub fn legend(signs: &[(RailSign, String)]) -> Markup {
    html! { ul.key { @for (sign, words) in signs { li { (picture(*sign)) " " (words) } } } }
}

fn picture(sign: RailSign) -> Markup {
    html! {
        svg.sign aria-hidden="true" {
            @match sign {
                RailSign::Mean => line.mean x1="50%" x2="50%" y2="100%" {},
                RailSign::Before => circle.before cx="50%" cy="50%" r=".33em" {},
                RailSign::Now => circle.now cx="50%" cy="50%" r=".33em" {},
                RailSign::Partial => {
                    circle.partial cx="50%" cy="50%" r=".55em" {}
                    circle.now cx="50%" cy="50%" r=".33em" {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rail(name: &str, now: u32) -> Rail {
        Rail { name: html! { (name) }, now, before: None, mean: None, printed: html! { (now) }, sort: RailSort::Usual }
    }

    fn drawn(rails: impl IntoIterator<Item = Rail>) -> String {
        let rows: Vec<RailRow> = rails.into_iter().map(|rail| RailRow::Of(Box::new(rail))).collect();
        chart("c", &[Mark { place: 0, said: "80".into() }, Mark { place: 10_000, said: "90".into() }], Some(6_500), &rows).into_string()
    }

    #[test]
    fn every_row_has_its_name_its_marks_and_its_number() {
        let chart = drawn([Rail { before: Some(2_000), ..rail("A", 7_000) }, rail("B", 6_000)]);
        let row = chart.split("<li>").nth(1).unwrap();
        let line = "<line class=\"moved\" x1=\"20.00%\" x2=\"70.00%\" y1=\"50%\" y2=\"50%\">";
        let (line, before, now) = (row.find(line), row.find("class=\"before\" cx=\"20.00%\""), row.find("class=\"now\" cx=\"70.00%\""));
        assert!(line.is_some() && line < before && before < now, "this year lies on top: {row}");
        assert!(row.starts_with("<div>A</div>") && row.contains("<span class=\"num\">7000</span></li>"), "{row}");
        assert!(chart.find("<div>A") < chart.find("<div>B"), "rows keep their order");
        assert_eq!(chart.matches("class=\"before\"").count(), 1, "B has no last year");
    }

    #[test]
    fn what_rows_share_is_written_once() {
        let chart = drawn([rail("A", 7_000), rail("B", 6_000)]);
        assert_eq!((chart.matches("class=\"mean\" x1=\"65.00%\"").count(), chart.matches("<use href=\"#c-grid\">").count()), (1, 2));
        assert_eq!(chart.matches("text-anchor").count(), 2, "{chart}");
    }

    #[test]
    fn what_is_chosen_and_what_lacks_something_is_told_without_colour() {
        let chart = drawn(
            [RailSort::Chosen, RailSort::Partial, RailSort::ChosenPartial, RailSort::Usual].map(|sort| Rail { sort, ..rail("A", 5_000) }),
        );
        let rows: Vec<(bool, bool)> = chart
            .split("</li>")
            .filter(|row| row.contains("<li"))
            .map(|row| (row.contains("<li class=\"chosen\" aria-current=\"true\">"), row.contains("class=\"partial\"")))
            .collect();
        assert_eq!(rows, [(true, false), (false, true), (true, true), (false, false)]);
        let all = [(false, false), (true, false), (false, true), (true, true)];
        assert!(all.iter().all(|(chosen, partial)| {
            let sort = RailSort::of(*chosen, *partial);
            (sort.is_chosen(), sort.is_partial()) == (*chosen, *partial)
        }));
    }

    #[test]
    fn rows_that_are_left_out_say_so() {
        let chart = chart("c", &[], None, &[RailRow::Without("23 units".into())]).into_string();
        assert!(chart.contains("<li class=\"without\">23 units</li>"), "{chart}");
    }
}
