//! One item of a unit: its bar, its numbers, and the table behind them.

use maud::{Markup, html};

use super::respondents::share_row;
use super::view::View;
use crate::chart::bars::{self, ScaleStep};
use crate::chart::tone;
use crate::scoring::disclosure::{Bounds, Share, SheetsTold, Shown};
use crate::scoring::results::ItemResult;
use crate::survey::{Item, Kind};

/// The tone of a step as a small square.
pub(super) fn swatch(place: usize, steps: usize) -> Markup {
    html! { svg.swatch aria-hidden="true" { rect.(tone(place, steps)) width="100%" height="100%" {} } " " }
}

/// An item with its distribution.
pub(super) fn item(view: &View<'_>, item: &Item, result: &ItemResult, sheets: Shown<SheetsTold>) -> Markup {
    let words = view.words;
    let Some(valid) = result.valid else {
        let why = words.with(under(view, item), [("floor", &view.floor())]);
        return html! { div.item { h5 { (view.item_text(&item.code)) } p.note { (why) } } };
    };
    let n = view.sheets_of(valid);
    html! {
        .item {
            h5 { (view.item_text(&item.code)) }
            p.note {
                (words.with("unit-n", [("n", &n)]))
                @if let Some(figure) = result.figure {
                    @let value = view.percent(figure.get().percent);
                    " · " strong { (words.with("unit-item-value", [("value", &value)])) }
                }
                @if item.is_multiple() { " · " (words.get("unit-several")) }
            }
            @if result.options.is_empty() {
                p.note { (words.get("unit-item-few")) }
                @if result.skipped.is_some() { (table(view, item, result, sheets)) }
            } @else if matches!(item.kind, Kind::Scale { .. })
                && result.options.iter().all(|share| share.get().percent.bound() != Bounds::Class) {
                @let title = words.with("unit-chart", [("n", &n), ("item", view.item_text(&item.code))]);
                (bars::scale(&view.id(&item.code), &title, &steps(view, item, result)))
                details { summary { (words.get("unit-table")) } (table(view, item, result, sheets)) }
            } @else if matches!(item.kind, Kind::Scale { .. }) {
                // Ranges make no bar, and five of them for every question a page that nobody reads to its end.
                details { summary { (words.get("unit-table")) } (table(view, item, result, sheets)) }
            } @else {
                (table(view, item, result, sheets))
            }
        }
    }
}

/// The key of the words for an item without figures. One that follows another, or leads to one together with another, may have enough
/// answers itself, and groups have floors of their own.
fn under(view: &View<'_>, item: &Item) -> &'static str {
    let beside = || view.questionnaire().position(&item.code).is_some_and(|place| view.section.routing.stands_beside(place));
    let other = is_routed(view, item) || beside() || view.section.results.rating.is_some();
    if other && !view.is_of_format_one() { "unit-item-too-few" } else { "unit-item-under" }
}

fn steps(view: &View<'_>, item: &Item, result: &ItemResult) -> Vec<ScaleStep> {
    let step = |(place, share): (usize, &Shown<Share>)| {
        let percent = share.get().percent;
        ScaleStep { label: view.option_text(item, place).to_owned(), hundredths: percent.hundredths(), printed: view.number(percent) }
    };
    result.options.iter().enumerate().map(step).collect()
}

/// Every option, then those who gave no answer: these are shares of all sheets.
fn table(view: &View<'_>, item: &Item, result: &ItemResult, sheets: Shown<SheetsTold>) -> Markup {
    let words = view.words;
    let (scale, steps) = (matches!(item.kind, Kind::Scale { .. }), item.choices().len());
    let rest = [
        ("unit-no-opinion", result.no_opinion, item.no_opinion),
        ("unit-skipped", result.skipped, true),
        ("unit-not-shown", result.not_shown, is_routed(view, item)),
    ];
    html! {
        table.narrow {
            caption.heard { (view.item_text(&item.code)) }
            thead { tr { th scope="col" { (words.get("results-option")) } (view.head("results-share")) (view.head("results-count")) } }
            tbody {
                @for (place, share) in result.options.iter().enumerate() {
                    @if scale {
                        tr {
                            th scope="row" { (swatch(place, steps)) (view.option_text(item, place)) }
                            td.num { (view.share(Some(*share))) }
                            td.num { (view.count(Some(*share))) }
                        }
                    } @else {
                        (share_row(view, view.option_text(item, place), Some(*share)))
                    }
                }
            }
            tbody.rest {
                @for (key, share, offered) in rest {
                    @if offered && share.is_some() {
                        @let of = words.with("unit-of-sheets", [("n", &view.sheets_of(sheets))]);
                        tr {
                            th scope="row" { (words.get(key)) " " span.note { (of) } }
                            td.num { (view.share(share)) }
                            td.num { (view.count(share)) }
                        }
                    }
                }
            }
        }
    }
}

/// Whether an item is left out of some sheets because of an earlier answer.
fn is_routed(view: &View<'_>, item: &Item) -> bool {
    let part = view.questionnaire().parts.get(item.part);
    item.show_if.is_some() || part.is_some_and(|part| part.show_if.is_some())
}
