//! Who answered and how: for a whole round only, but for the ways of answering of a unit that may be shown.

use maud::{Markup, html};

use super::contents::PagePart;
use super::view::View;
use crate::chart::bars;
use crate::scoring::disclosure::{Share, SheetsTold, Shown};
use crate::scoring::results::AttributeResult;
use crate::survey::mode::Mode;

/// Sheets by mode, with what may not be read from them.
pub(super) fn modes(view: &View<'_>) -> Option<PagePart> {
    let rows = view
        .section
        .results
        .modes
        .iter()
        .map(|total| (total.mode, total.sheets.map_or_else(|| view.words.get("results-hidden"), |sheets| view.sheets_of(sheets))));
    let body = html! {
        (mode_table(view, rows.collect()))
        p.note { (view.words.get("results-modes-note")) }
        (of_units(view))
        // Of later documents it is said which units are added up.
        @if view.is_of_format_one() && view.section.results.modes.iter().any(|total| total.sheets.is_none()) {
            (hidden_why(view, "results-hidden-why"))
        }
    };
    PagePart::beside(view.id("modes"), view.words.get("results-modes"), body)
}

/// Over which units sheets by mode are added up, where that is not all.
fn of_units(view: &View<'_>) -> Markup {
    let of = view.section.results.mode_units;
    let words = [("shown", &*view.n(of.shown)), ("total", &*view.n(of.total)), ("floor", &*view.floor())];
    html! { @if of.shown < of.total { p.note { (view.words.with("results-modes-units", words)) } } }
}

/// Sheets of one unit by mode.
pub(super) fn unit_modes(view: &View<'_>, modes: Option<&[Shown<SheetsTold>]>) -> Option<PagePart> {
    let body = html! {
        @match modes {
            Some(modes) => {
                @let sheets = Mode::ALL.into_iter().zip(modes).map(|(mode, sheets)| (mode, view.sheets_of(*sheets)));
                (mode_table(view, sheets.collect()))
            }
            None => p { (view.words.with(&view.by_rule("unit-modes-hidden"), [("floor", &view.floor())])) }
        }
    };
    PagePart::beside(view.id("modes"), view.words.get("results-modes"), body)
}

fn mode_table(view: &View<'_>, rows: Vec<(Mode, String)>) -> Markup {
    let words = view.words;
    html! {
        table.narrow.modes {
            caption.heard { (words.get("results-modes")) }
            thead { tr { th scope="col" { (words.get("results-mode")) } (view.head("results-sheets")) } }
            tbody {
                @for (mode, sheets) in rows {
                    tr {
                        th scope="row" {
                            (words.get(&format!("mode-{mode}")))
                            @if matches!(mode, Mode::Link | Mode::Desk) { br; span.note { (words.get("results-not-probability")) } }
                        }
                        td.num { (sheets) }
                    }
                }
            }
        }
    }
}

/// Sheets by respondent group; nothing where there are none.
pub(super) fn groups(view: &View<'_>) -> Option<PagePart> {
    let groups = &view.section.results.groups;
    let body = html! {
        @if !groups.is_empty() {
            table.narrow {
                caption.heard { (view.words.get("results-groups")) }
                thead { tr { th scope="col" { (view.words.get("results-group")) } (view.head("results-sheets")) } }
                tbody { @for group in groups {
                    tr { th scope="row" { (view.group_text(&group.group)) } td.num { (view.sheets(group.sheets)) } }
                } }
            }
            @if !view.is_of_format_one() { p.note { (view.words.get("results-groups-alone")) } }
            @if groups.iter().any(|group| group.sheets.is_none()) {
                (hidden_why(view, if view.is_of_format_one() { "results-hidden-why" } else { "results-hidden-groups" }))
            }
        }
    };
    PagePart::beside(view.id("groups"), view.words.get("results-groups"), body)
}

/// What respondents said about themselves.
pub(super) fn attributes(view: &View<'_>) -> Option<PagePart> {
    let results = view.section.results;
    let body = html! {
        @if !results.attributes.is_empty() {
            p { (view.words.with("results-attributes-note", [("n", &view.sheets(results.sheets))])) }
            @if results.attributes.iter().any(|attribute| attribute.options.iter().chain([&attribute.no_answer]).any(Option::is_none)) {
                (hidden_why(view, "results-hidden-why"))
            }
            @for attribute in &results.attributes { (attribute_table(view, attribute)) }
        }
    };
    PagePart::beside(view.id("attributes"), view.words.get("results-attributes"), body)
}

fn attribute_table(view: &View<'_>, attribute: &AttributeResult) -> Markup {
    let Some(item) = view.item(&attribute.code) else { return html! {} };
    html! {
        table.narrow {
            caption { (view.item_text(&item.code)) }
            thead { tr { th scope="col" { (view.words.get("results-option")) } (view.head("results-share")) (view.head("results-count")) } }
            tbody {
                @for (place, share) in attribute.options.iter().enumerate() { (share_row(view, view.option_text(item, place), *share)) }
                (share_row(view, &view.words.get("results-no-answer"), attribute.no_answer))
            }
        }
    }
}

/// An option with its share, as a bar and in numbers.
pub(super) fn share_row(view: &View<'_>, label: &str, share: Option<Shown<Share>>) -> Markup {
    html! {
        tr {
            th scope="row" { (label) @if let Some(share) = share { (bars::single(share.get().percent)) } }
            td.num { (view.share(share)) }
            td.num { (view.count(share)) }
        }
    }
}

/// What "not shown" means, where it stands.
fn hidden_why(view: &View<'_>, key: &str) -> Markup {
    html! { p.note { (view.words.with(&view.by_rule(key), [("floor", &view.floor())])) } }
}
