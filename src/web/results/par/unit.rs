//! The PAR Index of one unit: its sums, what is said of it, where it lost points, its fields, its points from surveys, its score sheet, and
//! how the index comes about.

use maud::{Markup, html};

use super::super::contents::PagePart;
use super::view::BlockView;
use super::{components, fields, losses, ranking, sentences, sheet};
use crate::publication::document::Document;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{RankedUnit, ScoreSums, Standing};

/// What is said of the unit, and the parts behind it; of one that was imported there are none, and of one that is not
/// ranked for what its index lacks its points alone.
pub(super) fn section(view: &BlockView<'_>, unit: &RankedUnit, before: Option<&Document>) -> (Markup, Vec<PagePart>) {
    let words = view.words;
    let part = |id: &str, key: &str, body: Markup| PagePart::of(view.id(id), words.get(key), body);
    let (surveys, sheet) =
        (|| part("surveys", "par-surveys", components::section(view, unit)), || part("sheet", "par-sheet", sheet::section(view, unit)));
    let Some(standing) = &unit.standing else {
        // Whoever is not ranked for what the index lacks was scored all the same.
        let scored = unit.unranked.map(|_| [surveys(), sheet()]);
        return (absent(view, unit), scored.into_iter().flatten().flatten().collect());
    };
    if view.scheme().is_none() {
        return (html! { p { (words.get("par-imported")) } }, Vec::new());
    }
    let lead = html! {
        @if let [first, others @ ..] = &*sentences::unit(view, unit, standing) {
            p { (first) }
            ul { @for sentence in others { li { (sentence) } } }
        }
        p { a href=(view.report()) { (words.with("par-report-link", [("block", &view.name())])) } }
    };
    let parts = [
        part("losses", "par-losses", losses::section(view, unit, before)),
        part("by-field", "par-fields", fields::of_unit(view, unit, standing)),
        surveys(),
        sheet(),
        part("origin", "par-origin", origin(view, standing)),
    ];
    (lead, parts.into_iter().flatten().collect())
}

fn absent(view: &BlockView<'_>, unit: &RankedUnit) -> Markup {
    html! { p { strong { (ranking::absent(view, unit)) } } }
}

/// The numbers most people come for; nothing of a unit that is not ranked.
pub(super) fn sums(view: &BlockView<'_>, unit: &RankedUnit) -> Markup {
    let Some(standing) = &unit.standing else { return html! {} };
    html! {
        (numbers(view, unit, standing))
        @if view.gap(unit).is_some() { p.note { (view.words.get("par-gap-note")) } }
    }
}

fn numbers(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Markup {
    let (words, n) = (view.words, view.beside(standing).to_string());
    let adjusted = standing.score.as_ref().filter(|score| score.is_adjusted());
    html! {
        dl.sums {
            @if let Some(index) = standing.index {
                div { dt { (words.get("par-index")) } dd { (view.percent(index)) (view.gap_mark(unit)) } }
            }
            @if let Some(score) = adjusted { div { dt { (words.get("par-base-index")) } dd { (view.percent(score.base_index)) } } }
            div {
                dt { (words.get("par-rank")) }
                dd {
                    (words.with("par-of-units", [("rank", &standing.rank.to_string()), ("n", &n)]))
                    (view.apart_mark(standing))
                }
            }
            @if standing.band.is_some() { div { dt { (words.get("par-band")) } dd { (view.band(standing)) } } }
            @if view.previous().is_some() {
                div { dt { (words.get("par-change")) } dd { (ranking::change(view, unit, standing)) } }
                div { dt { (words.get("par-index-change")) } dd { (ranking::index_change(view, standing)) } }
            }
        }
    }
}

/// How the index comes about: points out of what applies, then bonus and penalty, and what was done beyond that.
fn origin(view: &BlockView<'_>, standing: &Standing) -> Markup {
    let (words, Some((score, index))) = (view.words, standing.score.as_ref().zip(standing.index)) else { return html! {} };
    let missing = usize::try_from(score.missing).unwrap_or(usize::MAX);
    html! {
        ol.unprinted {
            @if score.rescaled { li { (words.get("par-origin-rescaled")) " " span.sum { (rescaled(view, score)) } } }
            li { (words.get("par-origin-base")) " " span.sum { (base(view, score)) } }
            @if score.clamped { li { (clamped(view, score, index)) } }
            @else if score.is_adjusted() {
                li { (given(view, score)) " " span.sum { (adjusted(view, score, index)) } }
            }
        }
        @if score.rescaled { p { (words.get("par-rescaled")) } }
        @if missing > 0 { p { (words.count("par-missing", missing)) } }
    }
}

/// `75,00 × 100,00 ÷ 90,00`: points brought from the maximum that there were figures for to the full one.
fn brought(view: &BlockView<'_>, score: &ScoreSums) -> String {
    format!("{} × {} ÷ {}", view.exact(score.reached_points), view.exact(score.maximum), view.exact(score.reached_maximum))
}

fn rescaled(view: &BlockView<'_>, score: &ScoreSums) -> String {
    let worth = view.words.with("par-worth", [("points", &view.number(score.base_points))]);
    view.equals(&brought(view, score), score.base_points, &worth)
}

/// `100 × 84,20 ÷ 92,00 = 91,521739130435, rounded to 91,52 %`: from the points as they were reached, which is how the index is made.
fn base(view: &BlockView<'_>, score: &ScoreSums) -> String {
    let sum = format!("100 × {} ÷ {}", view.exact(score.reached_points), view.exact(score.reached_maximum));
    view.equals(&sum, score.base_index, &view.percent(score.base_index))
}

fn given(view: &BlockView<'_>, score: &ScoreSums) -> String {
    let (bonus, penalty) = (view.number(score.bonus), view.number(score.penalty));
    view.words.with("par-origin-adjusted", [("bonus", &bonus), ("penalty", &penalty)])
}

/// One fraction of what was entered, so that whoever works it out gets every decimal.
fn adjusted(view: &BlockView<'_>, score: &ScoreSums, index: Held) -> String {
    let points = if score.rescaled { brought(view, score) } else { view.exact(score.reached_points) };
    let [bonus, penalty, maximum] = [score.bonus, score.penalty, score.maximum].map(|held| view.exact(held));
    view.equals(&format!("100 × ({points} + {bonus} − {penalty}) ÷ {maximum}"), index, &view.percent(index))
}

/// That the index was kept inside 0 to 100, with the base index beside it.
fn clamped(view: &BlockView<'_>, score: &ScoreSums, index: Held) -> String {
    let (index, base) = (view.percent(index), view.percent(score.base_index));
    format!("{} {}", given(view, score), view.words.with("par-clamped", [("index", &index), ("base", &base)]))
}
