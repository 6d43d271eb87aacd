//! The units of a block: a chart of their indices, and the table behind it.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::ResultsQuery;
use super::contents::PagePart;
use super::dotted::{self, Dot, Dotted};
use super::framed::framed;
use super::order::{SortKey, SortedTable};
use super::view::View;
use crate::address::Address;
use crate::scoring::results::{BlockResult, Coverage, UnitFigures, UnitMean, UnitResult};

/// A block as a chart and a table.
pub(super) fn block(view: &View<'_>, asked: &ResultsQuery, place: usize, block: &BlockResult) -> Option<PagePart> {
    let (words, indexed) = (view.words, view.section.results.rule.is_some());
    let rated = view.section.results.rating.is_some();
    let caption = if view.is_by_groups() { "results-units-caption-rated" } else { "results-units-caption" };
    let (name, id) = (view.block(&block.block), view.id(&format!("block-{place}")));
    let mut units: Vec<&UnitResult> = block.units.iter().collect();
    let table = SortedTable { words, asked, round: &view.section.document.publication.round, place: &id, order: asked.order() };
    table.order.sort(&mut units, view.section.document, words);
    let rows = html! {
        thead { tr {
            (table.head(SortKey::Name, "results-unit"))
            @if rated { (view.head("results-component")) }
            @if indexed { (table.head(SortKey::Index, "results-index")) }
            (table.head(SortKey::Sheets, "results-sheets"))
            @if indexed { (table.head(SortKey::Component, "results-component")) }
        } }
        tbody { @for unit in units { (row(view, unit, indexed, rated)) } }
        @if rated { (rated_mean(view, block)) }
        @if indexed { (mean(view, block)) }
    };
    let body = html! {
        @if indexed { (chart(view, &format!("{id}-c"), block, None)) }
        (framed((&view.id("title"), &format!("{id}-caption")), "scroll", &words.with(caption, [("block", &name)]), &rows))
    };
    PagePart::of(id, name, body)
}

fn row(view: &View<'_>, unit: &UnitResult, indexed: bool, rated: bool) -> Markup {
    let (words, document) = (view.words, view.section.document);
    let address = Address::unit_results(&document.publication.round, unit.unit.as_str()).lang(words);
    html! {
        tr {
            th scope="row" { a href=(address) { (document.unit_name(&unit.unit, words.code())) } }
            @match &unit.figures {
                Some(figures) => {
                    @if rated { td.num { (officials(view, figures)) } }
                    @if indexed { td.num { (index(view, figures)) } }
                    td.num { (view.sheets_of(figures.sheets)) }
                    @if indexed { td.num { (points(view, figures)) } }
                }
                None => td.num colspan=(1 + 2 * u8::from(indexed) + u8::from(rated)) { (view.under()) }
            }
        }
    }
}

fn index(view: &View<'_>, figures: &UnitFigures) -> String {
    let figure = figures.index.as_ref().and_then(|index| index.figure);
    figure.map_or_else(|| view.no_figure(), |figure| view.number(figure.get().percent))
}

fn points(view: &View<'_>, figures: &UnitFigures) -> String {
    let points = figures.component.as_ref();
    points.map_or_else(|| view.words.get("results-hidden"), |points| view.words.decimal(&points.get().printed))
}

fn officials(view: &View<'_>, figures: &UnitFigures) -> String {
    figures.officials.as_ref().map_or_else(|| view.words.get("ratings-too-few"), |points| view.words.decimal(&points.get().printed))
}

/// The mean of the officials' components of a block.
fn rated_mean(view: &View<'_>, block: &BlockResult) -> Markup {
    let value = block.officials.value.as_ref().map_or_else(|| view.no_figure(), |value| view.words.decimal(value.get()));
    html! {
        tfoot { tr {
            th scope="row" { (view.words.get("results-mean")) br; span.note { (coverage(view, block.officials.coverage)) } }
            td.num { (value) }
            td.num { (view.sheets(block.sheets)) }
        } }
    }
}

/// The mean of a block, and over how many of its units.
fn mean(view: &View<'_>, block: &BlockResult) -> Markup {
    let value = |mean: &UnitMean| mean.value.as_ref().map_or_else(|| view.no_figure(), |value| view.words.decimal(value.get()));
    html! {
        tfoot { tr {
            th scope="row" { (view.words.get("results-mean")) br; span.note { (coverage(view, block.index.coverage)) } }
            td.num { (value(&block.index)) }
            td.num { (view.sheets(block.sheets)) }
            td.num { (value(&block.component)) }
        } }
    }
}

/// "18 of 20 units".
fn coverage(view: &View<'_>, coverage: Coverage) -> String {
    view.words.with("results-mean-of", [("shown", &view.n(coverage.shown)), ("total", &view.n(coverage.total))])
}

/// The indices of a block, one unit a row, the highest first; one of them may be the unit that a page is about.
pub(super) fn chart(view: &View<'_>, id: &str, block: &BlockResult, chosen: Option<&str>) -> Markup {
    let words = view.words;
    let mut dots: Vec<Dot> = block.units.iter().filter_map(|unit| dot(view, unit, chosen)).collect();
    dots.sort_by_key(|dot| Reverse(dot.index.0));
    let mean = block.index.value.as_ref().map(|mean| mean.get().as_str());
    let said = mean.map_or_else(|| view.no_figure(), |mean| words.decimal(mean));
    let title = words.with("results-chart", [("block", &view.block(&block.block))]);
    let total = usize::try_from(block.coverage.total).unwrap_or(usize::MAX);
    let (mean, notes) = ((mean.and_then(hundredths), said.as_str()), chosen.map(|_| words.get("results-chart-chosen")));
    dotted::figure(words, &Dotted { id, title: &title, dots: &dots, total, mean, years: None, notes })
}

fn dot(view: &View<'_>, unit: &UnitResult, chosen: Option<&str>) -> Option<Dot> {
    let percent = unit.figures.as_ref()?.index.as_ref()?.figure?.get().percent;
    let (name, is_chosen) = (view.section.document.unit_name(&unit.unit, view.words.code()), chosen == Some(unit.unit.as_str()));
    let address = Address::unit_results(&view.section.document.publication.round, unit.unit.as_str()).lang(view.words);
    Some(Dot {
        // A page does not lead to itself.
        name: html! { @if is_chosen { (name) } @else { a href=(address) { (name) } } },
        index: (percent.hundredths(), view.number(percent)),
        before: None,
        is_chosen,
        is_partial: false,
    })
}

/// A printed number of two decimals in hundredths.
fn hundredths(printed: &str) -> Option<u16> {
    printed.replace('.', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn a_printed_mean_stands_where_its_number_says() {
        assert_eq!((hundredths("83.94"), hundredths("100.00"), hundredths("")), (Some(8394), Some(10_000), None));
    }
}
