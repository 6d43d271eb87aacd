//! Fields of reform: their means in a block, every unit in every field, and the fields of one unit as a chart with its table.

use maud::{Markup, html};

use super::super::dotted;
use super::super::framed::framed;
use super::view::{BlockView, hundredths, list};
use crate::chart::lines::IndexLine;
use crate::chart::rails::{self, Rail, RailRow, RailSign, RailSort};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{FieldHead, FieldScore, RankedUnit, ScoreSums, Standing};

/// The mean of each field, and who is first in it.
pub(super) fn means(view: &BlockView<'_>) -> Markup {
    let (words, units, year) = (view.words, view.ranked_units(), view.year());
    let rows = html! {
        thead { tr {
            (view.text_head("par-field")) (view.head("par-field-mean")) (view.head("par-maximum")) (view.text_head("par-field-first"))
        } }
        tbody {
            @for (place, head) in view.block.fields.iter().enumerate() {
                tr {
                    th scope="row" { (view.field(place)) (unverified(view, head)) }
                    td.num { (view.number_or_dash(head.mean)) }
                    td.num { (view.number_or_dash(head.maximum)) }
                    td { (first(view, place)) }
                }
            }
        }
    };
    let caption = words.with("par-fields-mean-caption", [("units", &units), ("year", &year)]);
    framed(("", &view.id("means")), "scroll wordy", &caption, &rows)
}

/// The units that are first in a field, with their index.
fn first(view: &BlockView<'_>, place: usize) -> String {
    let field = |standing: &Standing| standing.fields.get(place).filter(|field| field.rank == Some(1)).and_then(|field| field.index);
    let mut firsts = view.ranked.iter().filter_map(|(unit, standing)| Some((*unit, field(standing)?))).peekable();
    let Some(index) = firsts.peek().map(|(_, index)| *index) else { return "–".to_owned() };
    let names = view.units(firsts.map(|(unit, _)| unit));
    view.words.with("par-field-at", [("field", &list(view.words, &names)), ("index", &view.percent(index))])
}

/// The mark of a field whose maximum no source prints.
fn unverified(view: &BlockView<'_>, head: &FieldHead) -> Markup {
    html! { @if view.is_unverified(&head.code) { br; (view.mark("par-unverified")) } }
}

/// What "unverified" means, where it stands.
pub(super) fn unverified_note(view: &BlockView<'_>) -> Markup {
    let some = view.block.fields.iter().any(|head| view.is_unverified(&head.code));
    html! { @if some { p.note { (view.words.get("par-unverified-note")) } } }
}

/// Every unit in every field: index, rank and points.
pub(super) fn matrix(view: &BlockView<'_>) -> Markup {
    let (words, year) = (view.words, view.year());
    let units = words.count("par-units", view.listed().count());
    let rows = html! {
        thead { tr {
            (view.text_head("results-unit"))
            @for (place, head) in view.block.fields.iter().enumerate() { (field_head(view, place, head)) }
        } }
        tbody {
            @for (unit, standing) in view.listed() {
                tr {
                    th scope="row" { (view.unit(unit)) (view.apart_mark(standing)) }
                    @for (head, field) in view.block.fields.iter().zip(&standing.fields) { td.num { (cell(view, unit, head, field)) } }
                }
            }
        }
        tfoot { tr {
            th scope="row" { (words.get("results-mean")) }
            @for head in &view.block.fields { td.num { (view.number_or_dash(head.mean)) } }
        } }
    };
    let caption = words.with("par-fields-caption", [("units", &units), ("year", &year)]);
    html! { .matrix { (framed(("", &view.id("matrix")), "scroll", &caption, &rows)) } }
}

fn field_head(view: &BlockView<'_>, place: usize, head: &FieldHead) -> Markup {
    let maximum = head.maximum.map(|maximum| view.number(maximum));
    html! {
        th.num scope="col" {
            (view.field(place))
            @if let Some(maximum) = maximum { br; small { (view.words.with("par-maximum-of", [("maximum", &maximum)])) } }
            (unverified(view, head))
        }
    }
}

fn cell(view: &BlockView<'_>, unit: &RankedUnit, head: &FieldHead, field: &FieldScore) -> Markup {
    let under = field.rank.zip(field.points).map(|(rank, points)| (rank.to_string(), view.number(points)));
    html! {
        (field.index.map_or_else(|| view.no_field(unit, &head.code), |index| view.number(index)))
        @if let Some((rank, points)) = under {
            br; small { (view.words.with("par-field-cell", [("rank", &rank), ("points", &points)])) }
        }
    }
}

/// The fields of a unit as dots on lines, with the table behind them.
pub(super) fn of_unit(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Markup {
    html! {
        (chart(view, unit, standing))
        (table(view, unit, standing))
        (unverified_note(view))
    }
}

/// What is drawn of a field.
#[derive(Debug)]
struct FieldValues {
    /// Its place in the block.
    place: usize,
    index: Held,
    before: Option<Held>,
    mean: Option<Held>,
}

fn chart(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Markup {
    let fields: Vec<FieldValues> = (0..view.block.fields.len()).filter_map(|place| values(view, standing, place)).collect();
    let all = fields.iter().flat_map(|field| [Some(field.index), field.before, field.mean]).flatten();
    let Some(line) = IndexLine::around(all.map(hundredths)) else { return html! {} };
    let (words, year) = (view.words, view.year());
    let title = words.with("par-fields-chart", [("unit", view.unit(unit)), ("year", &year)]);
    let previous = view.previous().filter(|_| fields.iter().any(|field| field.before.is_some()));
    let mean = fields.iter().any(|field| field.mean.is_some());
    let said = |year: &str| words.with("par-chart-year", [("year", year)]);
    let signs = [
        Some((RailSign::Now, said(&year))),
        previous.map(|previous| (RailSign::Before, said(&previous))),
        mean.then(|| (RailSign::Mean, words.with("par-fields-chart-mean", [("units", &view.ranked_units())]))),
    ];
    let rows: Vec<RailRow> = fields.iter().map(|field| RailRow::Of(Box::new(rail(view, field, line)))).collect();
    html! {
        figure {
            figcaption.note {
                strong { (title) } br; (words.get("par-fields-chart-note")) " " (dotted::stretched(words, line))
                (rails::legend(&signs.into_iter().flatten().collect::<Vec<_>>()))
            }
            (rails::chart(&view.id("fields"), &line.marks(), None, &rows))
        }
    }
}

fn values(view: &BlockView<'_>, standing: &Standing, place: usize) -> Option<FieldValues> {
    let index = standing.fields.get(place)?.index?;
    let before = standing.before.as_ref().and_then(|before| before.fields.get(place).copied().flatten());
    Some(FieldValues { place, index, before, mean: view.block.fields.get(place).and_then(|head| head.mean) })
}

fn rail(view: &BlockView<'_>, field: &FieldValues, line: IndexLine) -> Rail {
    let at = |held: Held| line.place(hundredths(held));
    Rail {
        name: html! { (view.field(field.place)) },
        now: at(field.index),
        before: field.before.map(at),
        mean: field.mean.map(at),
        printed: html! { (view.number(field.index)) },
        sort: RailSort::Usual,
    }
}

fn table(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Markup {
    let (words, year, previous) = (view.words, view.year(), view.previous());
    let rows = html! {
        thead { tr {
            (view.text_head("par-field")) (view.head("results-index")) (view.head("par-rank-in-block"))
            @if let Some(previous) = &previous {
                (view.head("par-index-change"))
                th.num scope="col" { (words.with("par-before", [("year", previous)])) }
            }
            (view.head("par-block-mean")) (view.head("par-points")) (view.head("par-maximum"))
        } }
        tbody {
            @for (place, (head, field)) in view.block.fields.iter().zip(&standing.fields).enumerate() {
                @if field.index.is_some() { (row(view, (unit, standing), (place, head, field))) }
                @else { (left_out(view, unit, (place, head))) }
            }
        }
        @if let Some(score) = &standing.score { tfoot { (total(view, score)) } }
    };
    framed(("", &view.id("fields-table")), "scroll", &words.with("par-fields-unit-caption", [("year", &year)]), &rows)
}

fn row(view: &BlockView<'_>, (unit, standing): (&RankedUnit, &Standing), (place, head, field): (usize, &FieldHead, &FieldScore)) -> Markup {
    let before = standing.before.as_ref().and_then(|before| before.fields.get(place).copied().flatten());
    let change = field.index.zip(before).map_or_else(|| "–".to_owned(), |(now, before)| view.difference(now, before));
    let n = view.block.ranked_in(place).to_string();
    let sheet = (!unit.cells.is_empty()).then(|| format!("#{}", view.criterion_id(&head.code)));
    html! {
        tr {
            th scope="row" {
                @if let Some(sheet) = sheet { a href=(sheet) { (view.field(place)) } } @else { (view.field(place)) }
                (unverified(view, head))
            }
            td.num { (view.number_or_dash(field.index)) }
            td.num {
                @if let Some(rank) = field.rank { (view.words.with("par-of-units", [("rank", &rank.to_string()), ("n", &n)])) }
                @else { "–" }
            }
            @if view.previous().is_some() { td.num { (change) } td.num { (view.number_or_dash(before)) } }
            td.num { (view.number_or_dash(head.mean)) }
            td.num { (view.number_or_dash(field.points)) }
            td.num { (view.number_or_dash(field.maximum)) }
        }
    }
}

/// How many columns stand behind the name of a field, but for so many of them.
fn behind(view: &BlockView<'_>, but: u8) -> u8 {
    if view.previous().is_some() { 7 - but } else { 5 - but }
}

/// A field in which a unit has nothing.
fn left_out(view: &BlockView<'_>, unit: &RankedUnit, (place, head): (usize, &FieldHead)) -> Markup {
    html! { tr { th scope="row" { (view.field(place)) } td colspan=(behind(view, 0)) { (view.no_field(unit, &head.code)) } } }
}

/// All fields together, before bonus and penalty.
fn total(view: &BlockView<'_>, score: &ScoreSums) -> Markup {
    html! {
        tr {
            th scope="row" { (view.words.get(if score.is_adjusted() { "par-total-base" } else { "par-total" })) }
            td.num { (view.number(score.base_index)) }
            td colspan=(behind(view, 3)) {}
            td.num { (view.number(score.reached_points)) }
            td.num { (view.number(score.reached_maximum)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{document, units};
    use super::*;
    use crate::words::Words;

    /// The table of a unit.
    fn rows(place: usize) -> String {
        let document = document(units(), Some(2025));
        let view = BlockView::new(Words::of("vi"), &document, &document.ranking().unwrap().blocks[0]);
        let unit = &view.block.units[place];
        table(&view, unit, unit.standing.as_ref().unwrap()).into_string()
    }

    #[test]
    fn a_rank_is_out_of_the_units_to_which_the_field_applies() {
        let last = rows(4);
        assert!(last.contains("5/5") && last.contains("4/5") && last.contains("4/4"), "{last}");
    }

    #[test]
    fn a_field_that_does_not_apply_says_so_and_nothing_else() {
        let table = rows(3);
        assert!(table.contains("<th scope=\"row\">Chính quyền số</th><td colspan=\"7\">không áp dụng</td>"), "{table}");
        assert_eq!((table.matches("3/5").count(), table.matches("/4").count()), (2, 0), "{table}");
    }
}
