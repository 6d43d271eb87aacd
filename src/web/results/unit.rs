//! One unit: index and points first, then how it compares, its parts, every question, and every step of the calculation.

use maud::{Markup, html};

use super::contents::{Chapter, PagePart};
use super::view::View;
use super::{data, questions, ratings, respondents, round, units, working};
use crate::scoring::results::{BlockResult, FactorHead, IndexResult, PartResult, UnitFigures};

/// The unit in one questionnaire; none where it is not in it.
pub(super) fn section(view: &View<'_>, unit: &str) -> Option<Chapter> {
    let (block, result) = view.section.results.unit(unit)?;
    let (lead, parts) = match &result.figures {
        Some(figures) => figured(view, unit, block, figures),
        None => (under(view), Vec::new()),
    };
    Some(Chapter { id: view.questionnaire().id.clone(), title: view.title().to_owned(), lead, parts })
}

/// Why there is no figure.
fn under(view: &View<'_>) -> Markup {
    html! { p { strong { (view.under()) } ". " (view.words.with(&view.by_groups("unit-under"), [("floor", &view.floor())])) } }
}

/// The findings, and behind them how they were made.
fn figured(view: &View<'_>, unit: &str, block: &BlockResult, figures: &UnitFigures) -> (Markup, Vec<PagePart>) {
    let (indexed, rated) = (figures.index.is_some(), view.section.results.rating.is_some());
    let lead = html! {
        (summary(view, figures))
        @if indexed { (units::chart(view, &view.id("chart"), block, Some(unit))) }
    };
    let parts = [
        indexed.then(|| parts(view, figures)).flatten(),
        ratings::section(view, figures),
        questions::all(view, figures),
        respondents::unit_modes(view, figures.modes.as_deref()),
        (indexed || rated).then(|| round::rule(view)).flatten(),
        working::steps(view, figures),
        data::part(view),
    ];
    (lead, parts.into_iter().flatten().collect())
}

/// The three numbers most people come for.
fn summary(view: &View<'_>, figures: &UnitFigures) -> Markup {
    let words = view.words;
    html! {
        dl.sums {
            @if let Some(index) = &figures.index { div { dt { (words.get("unit-index")) } dd { (view.figure(index.figure)) } } }
            @if let (Some(points), Some(rule)) = (&figures.component, view.section.results.rule) {
                div {
                    dt { (words.get("unit-component")) }
                    @let of = words.with("unit-of-maximum", [("maximum", &round::maximum(words, rule))]);
                    dd { (words.decimal(&points.get().printed)) " " small { (of) } }
                }
            }
            @if let Some(points) = &figures.officials {
                div { dt { (words.get("unit-officials")) } dd { (words.decimal(&points.get().printed)) } }
            }
            div { dt { (words.get("unit-sheets")) } dd { (view.sheets_of(figures.sheets)) } }
        }
        @if let Some(index) = &figures.index {
            // Where every question counts nobody has to be told which do not; pages of the first format stay as they were.
            @let is_whole = index.used == index.total && !view.is_of_format_one();
            @let counted = if is_whole { "unit-items-all".to_owned() } else { view.by_rule("unit-items-counted") };
            p.note { (words.with(&counted, [("used", &view.n(index.used)), ("total", &view.n(index.total)), ("floor", &view.floor())])) }
        }
    }
}

/// Contents with the factors under them.
fn parts(view: &View<'_>, figures: &UnitFigures) -> Option<PagePart> {
    let words = view.words;
    let under = |content: &PartResult, head: &FactorHead| head.content == content.code;
    let hidden = !view.is_of_format_one() && figures.contents.iter().chain(&figures.factors).any(|part| part.index.figure.is_none());
    let body = html! {
        .scroll tabindex="0" role="region" aria-labelledby=(format!("{} {}", view.id("title"), view.id("parts"))) {
            table {
                caption.heard { (words.get("unit-parts")) ", n = " (view.sheets_of(figures.sheets)) }
                thead { tr { th scope="col" { (words.get("unit-part")) } (view.head("results-index")) (view.head("unit-items-used")) } }
                @for content in &figures.contents {
                    tbody {
                        tr.whole { (part_row(view, view.content_text(&content.code), &content.index)) }
                        @let factors = view.section.results.factors.iter().zip(&figures.factors);
                        @for (head, factor) in factors.filter(|(head, _)| under(content, head)) {
                            tr { (part_row(view, view.factor_text(&head.code), &factor.index)) }
                        }
                    }
                }
            }
        }
        @if hidden { p.note { (words.get("unit-parts-hidden")) } }
    };
    PagePart::of(view.id("parts"), words.get("unit-parts"), body)
}

fn part_row(view: &View<'_>, label: &str, index: &IndexResult) -> Markup {
    let number = index.figure.map_or_else(|| view.no_figure(), |figure| view.number(figure.get().percent));
    html! {
        th scope="row" { (label) }
        td.num { (number) }
        td.num { (view.words.with("unit-items", [("used", &view.n(index.used)), ("total", &view.n(index.total))])) }
    }
}
