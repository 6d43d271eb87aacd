//! The PAR Index of a published round: its ranking, the report of a block, and the score sheet of a unit.
//!
//! Everything is printed from the frozen document; nothing is worked out here but sums and differences of held values.

use maud::{Markup, html};

use super::data;
use crate::address::Address;
use crate::publication::document::Document;
use crate::scoring::ranking::Ranking;
use crate::unit::UnitCode;
use crate::words::Words;
use view::BlockView;

mod changes;
mod components;
mod entries;
mod fields;
mod gaps;
mod ranking;
mod report;
#[cfg(test)]
mod sample;
mod sentences;
mod sheet;
mod targets;
mod unit;
mod view;
mod worked;

/// So many signs of a SHA-256 tell one publication from another.
const SHORT: usize = 12;

/// All blocks of a round; nothing where it has no ranking.
pub(super) fn round(words: Words, document: &Document) -> Markup {
    let Some(ranking) = document.ranking() else { return html! {} };
    let [targets, data] = ["par-targets", "results-data"].map(|key| html! { h3 { (words.get(key)) } });
    let computed = ranking.blocks.iter().any(|block| document.scheme(block).is_some());
    html! {
        section id="PAR" {
            h2 { (words.get("par-title")) }
            p { (words.get(if computed { "par-lead" } else { "par-imported" })) }
            @if ranking.blocks.iter().any(|block| document.has_exact_points(block)) { p.note { (words.get("par-points-exact")) } }
            (against(words, ranking))
            @for block in &ranking.blocks { (short(&BlockView::new(words, document, block))) }
            (targets::table(words, document, &targets, |_| true))
            (data::scores(words, document, &data))
        }
    }
}

/// A block on the page of its round: what leads to its report.
fn short(view: &BlockView<'_>) -> Markup {
    html! {
        h3 { (view.name()) }
        @if view.scheme().is_some() { p { (sentences::summary(view).join(" ")) } }
        (ranking::table(view))
        @if view.scheme().is_some() { p { a href=(view.report()) { (view.words.with("par-report-link", [("block", &view.name())])) } } }
    }
}

/// The title and the body of a block's report; none where the round ranks no such block.
pub(super) fn report(words: Words, document: &Document, block: &str) -> Option<(String, Markup)> {
    let ranking = document.ranking()?;
    let view = BlockView::new(words, document, ranking.block(block)?);
    let (name, round) = (view.name(), document.publication.name(words.code()));
    let title = words.with("par-report-title", [("block", &name), ("year", &view.year())]);
    let [targets, data] = ["par-targets", "results-data"].map(|key| html! { h2 { (words.get(key)) } });
    let inside = |unit: Option<&UnitCode>| view.block.units.iter().any(|ranked| Some(&ranked.unit) == unit);
    let body = html! {
        p { (words.with("par-report-lead", [("round", round)])) }
        (against(words, ranking))
        (report::report(&view))
        (targets::table(words, document, &targets, inside))
        (data::scores(words, document, &data))
    };
    Some((title, body))
}

/// The section of a unit; none where it is not in the ranking.
pub(super) fn unit(words: Words, document: &Document, code: &str) -> Option<Markup> {
    let ranking = document.ranking()?;
    let (block, unit) = ranking.unit(code)?;
    let view = BlockView::new(words, document, block);
    let [targets, data] = ["par-targets", "results-data"].map(|key| html! { h3 { (words.get(key)) } });
    let compared = unit.standing.as_ref().is_some_and(|standing| standing.before.is_some());
    Some(html! {
        section id="PAR" {
            h2 { (words.get("par-title")) }
            @if compared { (against(words, ranking)) }
            (unit::section(&view, unit))
            (targets::table(words, document, &targets, |of| of == Some(&unit.unit)))
            (data::scores(words, document, &data))
        }
    })
}

/// What changes are measured against.
fn against(words: Words, ranking: &Ranking) -> Markup {
    html! {
        @if let Some(previous) = &ranking.previous {
            @let (year, sha256) = (previous.year.to_string(), start(&previous.sha256));
            p.note {
                (words.with("par-against", [("year", &year), ("round", &previous.round), ("sha256", &sha256)])) " "
                a href=(Address::api_snapshot(&previous.sha256)) { (words.get("par-against-link")) }
            }
        }
    }
}

/// That a publication corrects another one, and why.
pub(super) fn correction(words: Words, document: &Document) -> Markup {
    html! {
        @if let Some(correction) = &document.publication.corrects {
            p.notice {
                (words.with("par-correction", [("sha256", &start(&correction.sha256)), ("why", &correction.why)])) " "
                a href=(Address::api_snapshot(&correction.sha256)) { (words.get("par-corrected")) }
            }
        }
    }
}

/// The first signs of a SHA-256.
fn start(sha256: &str) -> String {
    sha256.chars().take(SHORT).collect()
}
