//! The PAR Index of a published round: its ranking, the report of a block, and the score sheet of a unit.
//!
//! Everything is printed from the frozen document; nothing is worked out here but differences of two held values.

use maud::{Markup, html};

use crate::publication::document::Document;
use crate::scoring::ranking::Ranking;
use crate::unit::UnitCode;
use crate::words::Words;
use view::BlockView;

mod changes;
mod components;
mod entries;
mod fields;
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
    let heading = html! { h3 { (words.get("par-targets")) } };
    html! {
        section id="PAR" {
            h2 { (words.get("par-title")) }
            p { (words.get("par-lead")) }
            (against(words, ranking))
            @for block in &ranking.blocks { (short(&BlockView::new(words, document, block))) }
            (targets::table(words, document, &heading, |_| true))
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
    let heading = html! { h2 { (words.get("par-targets")) } };
    let inside = |unit: Option<&UnitCode>| view.block.units.iter().any(|ranked| Some(&ranked.unit) == unit);
    let body = html! {
        p { (words.with("par-report-lead", [("round", round)])) }
        (against(words, ranking))
        (report::report(&view))
        (targets::table(words, document, &heading, inside))
    };
    Some((title, body))
}

/// The section of a unit; none where it is not in the ranking.
pub(super) fn unit(words: Words, document: &Document, code: &str) -> Option<Markup> {
    let ranking = document.ranking()?;
    let (block, unit) = ranking.unit(code)?;
    let view = BlockView::new(words, document, block);
    let heading = html! { h3 { (words.get("par-targets")) } };
    Some(html! {
        section id="PAR" {
            (unit::section(&view, unit))
            (against(words, ranking))
            (targets::table(words, document, &heading, |of| of == Some(&unit.unit)))
        }
    })
}

/// What changes are measured against.
fn against(words: Words, ranking: &Ranking) -> Markup {
    html! {
        @if let Some(previous) = &ranking.previous {
            @let (year, sha256) = (previous.year.to_string(), start(&previous.sha256));
            p.note { (words.with("par-against", [("year", &year), ("round", &previous.round), ("sha256", &sha256)])) }
        }
    }
}

/// That a publication corrects another one, and why.
pub(super) fn correction(words: Words, document: &Document) -> Markup {
    html! {
        @if let Some(correction) = &document.publication.corrects {
            p.notice {
                (words.with("par-correction", [("sha256", &start(&correction.sha256)), ("why", &correction.why)])) " "
                a href=(format!("/api/v1/snapshots/{}", correction.sha256)) { (words.get("par-corrected")) }
            }
        }
    }
}

/// The first signs of a SHA-256.
fn start(sha256: &str) -> String {
    sha256.chars().take(SHORT).collect()
}
