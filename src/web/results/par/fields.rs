//! Fields of reform: their means in a block, every unit in every field, and the fields of one unit as a chart with its table.

use maud::{Markup, html};

use super::view::{BlockView, hundredths, list};
use crate::chart::fields::{self, FieldDot};
use crate::scoring::ranking::{FieldHead, FieldScore, RankedUnit, Standing};

/// The mean of each field, and who is first in it.
pub(super) fn means(view: &BlockView<'_>) -> Markup {
    let (words, units, year) = (view.words, view.ranked_units(), view.year());
    html! {
        .scroll tabindex="0" role="region" aria-labelledby=(view.id("means")) {
            table {
                caption id=(view.id("means")) { (words.with("par-fields-mean-caption", [("units", &units), ("year", &year)])) }
                thead { tr {
                    (view.text_head("par-field")) (view.head("par-maximum")) (view.head("par-field-mean")) (view.text_head("par-field-first"))
                } }
                tbody {
                    @for (place, head) in view.block.fields.iter().enumerate() {
                        tr {
                            th scope="row" { (view.field(place)) }
                            td.num { (maximum(view, head)) }
                            td.num { (view.number_or_dash(head.mean)) }
                            td { (first(view, place)) }
                        }
                    }
                }
            }
        }
    }
}

/// The units that are first in a field, with their index.
fn first(view: &BlockView<'_>, place: usize) -> String {
    let field = |standing: &Standing| standing.fields.get(place).filter(|field| field.rank == Some(1)).and_then(|field| field.index);
    let ranked = view.block.ranked();
    let mut firsts = ranked.iter().filter_map(|(unit, standing)| Some((*unit, field(standing)?))).peekable();
    let Some(index) = firsts.peek().map(|(_, index)| *index) else { return "–".to_owned() };
    let names = view.units(firsts.map(|(unit, _)| unit));
    view.words.with("par-field-at", [("field", &list(view.words, &names)), ("index", &view.percent(index))])
}

/// The maximum of a field, marked where no source prints it.
fn maximum(view: &BlockView<'_>, head: &FieldHead) -> Markup {
    html! {
        (view.number_or_dash(head.maximum))
        @if view.is_unverified(&head.code) { br; (view.mark("par-unverified")) }
    }
}

/// What "unverified" means, where it stands.
pub(super) fn unverified_note(view: &BlockView<'_>) -> Markup {
    let some = view.block.fields.iter().any(|head| view.is_unverified(&head.code));
    html! { @if some { p.note { (view.words.get("par-unverified-note")) } } }
}

/// Every unit in every field: index, rank and points.
pub(super) fn matrix(view: &BlockView<'_>) -> Markup {
    let (words, units, year) = (view.words, view.ranked_units(), view.year());
    html! {
        .scroll.matrix tabindex="0" role="region" aria-labelledby=(view.id("matrix")) {
            table {
                caption id=(view.id("matrix")) { (words.with("par-fields-caption", [("units", &units), ("year", &year)])) }
                thead { tr {
                    (view.text_head("results-unit"))
                    @for (place, head) in view.block.fields.iter().enumerate() { (field_head(view, place, head)) }
                } }
                tbody {
                    @for (unit, standing) in view.block.ranked() {
                        tr { th scope="row" { (view.unit(unit)) } @for field in &standing.fields { td.num { (cell(view, field)) } } }
                    }
                }
                tfoot { tr {
                    th scope="row" { (words.get("results-mean")) }
                    @for head in &view.block.fields { td.num { (view.number_or_dash(head.mean)) } }
                } }
            }
        }
    }
}

fn field_head(view: &BlockView<'_>, place: usize, head: &FieldHead) -> Markup {
    let maximum = head.maximum.map(|maximum| view.number(maximum));
    html! {
        th.num scope="col" {
            (view.field(place))
            @if let Some(maximum) = maximum { br; small { (view.words.with("par-maximum-of", [("maximum", &maximum)])) } }
            @if view.is_unverified(&head.code) { br; (view.mark("par-unverified")) }
        }
    }
}

fn cell(view: &BlockView<'_>, field: &FieldScore) -> Markup {
    let under = field.rank.zip(field.points).map(|(rank, points)| (rank.to_string(), view.number(points)));
    html! {
        (view.number_or_dash(field.index))
        @if let Some((rank, points)) = under {
            br; small { (view.words.with("par-field-cell", [("rank", &rank), ("points", &points)])) }
        }
    }
}

/// The fields of a unit as dots on lines, with the table behind them.
pub(super) fn of_unit(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Markup {
    html! {
        h3 { (view.words.get("par-fields")) }
        (chart(view, unit, standing))
        (table(view, standing))
        (unverified_note(view))
    }
}

fn chart(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Markup {
    let dots: Vec<FieldDot> = (0..view.block.fields.len()).filter_map(|place| dot(view, standing, place)).collect();
    let (low, high) = (dots.iter().min_by_key(|dot| dot.hundredths), dots.iter().max_by_key(|dot| dot.hundredths));
    let (Some(low), Some(high)) = (low.map(said), high.map(said)) else { return html! {} };
    let (words, year, n) = (view.words, view.year(), dots.len().to_string());
    let title = words.with("par-fields-chart", [("unit", view.unit(unit)), ("year", &year)]);
    let says = words.with("par-fields-chart-says", [("n", &n), ("high", &high), ("low", &low)]);
    let previous = view.previous().filter(|_| dots.iter().any(|dot| dot.before.is_some()));
    html! {
        figure {
            (fields::chart(&view.id("fields"), &title, &says, &dots))
            figcaption.note {
                (words.with("par-fields-chart-note", [("year", &year), ("units", &view.ranked_units())]))
                @if let Some(previous) = previous { " " (words.with("par-fields-chart-before", [("year", &previous)])) }
            }
        }
    }
}

/// "Public finance (92,68)".
fn said(dot: &FieldDot) -> String {
    format!("{} ({})", dot.label, dot.printed)
}

fn dot(view: &BlockView<'_>, standing: &Standing, place: usize) -> Option<FieldDot> {
    let index = standing.fields.get(place)?.index?;
    let before = standing.before.as_ref().and_then(|before| before.fields.get(place).copied().flatten());
    let mean = view.block.fields.get(place).and_then(|head| head.mean);
    Some(FieldDot {
        label: view.field(place).to_owned(),
        hundredths: hundredths(index),
        before: before.map(hundredths),
        mean: mean.map(hundredths),
        printed: view.number(index),
    })
}

fn table(view: &BlockView<'_>, standing: &Standing) -> Markup {
    let (words, year, previous) = (view.words, view.year(), view.previous());
    html! {
        .scroll tabindex="0" role="region" aria-labelledby=(view.id("fields-table")) {
            table {
                caption id=(view.id("fields-table")) { (words.with("par-fields-unit-caption", [("year", &year)])) }
                thead { tr {
                    (view.text_head("par-field")) (view.head("par-points")) (view.head("par-maximum")) (view.head("results-index"))
                    @if let Some(previous) = &previous {
                        th.num scope="col" { (words.with("par-before", [("year", previous)])) }
                        (view.head("par-index-change"))
                    }
                    (view.head("par-rank-in-block")) (view.head("par-field-mean"))
                } }
                tbody {
                    @for (place, (head, field)) in view.block.fields.iter().zip(&standing.fields).enumerate() {
                        (row(view, standing, (place, head, field)))
                    }
                }
            }
        }
    }
}

fn row(view: &BlockView<'_>, standing: &Standing, (place, head, field): (usize, &FieldHead, &FieldScore)) -> Markup {
    let before = standing.before.as_ref().and_then(|before| before.fields.get(place).copied().flatten());
    let change = field.index.zip(before).map_or_else(|| "–".to_owned(), |(now, before)| view.difference(now, before));
    let n = view.block.ranked().len().to_string();
    html! {
        tr {
            th scope="row" { (view.field(place)) }
            td.num { (view.number_or_dash(field.points)) }
            td.num { (view.number_or_dash(field.maximum)) @if view.is_unverified(&head.code) { br; (view.mark("par-unverified")) } }
            td.num { (view.number_or_dash(field.index)) }
            @if view.previous().is_some() { td.num { (view.number_or_dash(before)) } td.num { (change) } }
            td.num {
                @if let Some(rank) = field.rank { (view.words.with("par-of-units", [("rank", &rank.to_string()), ("n", &n)])) } @else { "–" }
            }
            td.num { (view.number_or_dash(head.mean)) }
        }
    }
}
