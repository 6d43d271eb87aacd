//! The PAR Index of a published round: its ranking, the report of a block, and the score sheet of a unit.
//!
//! Everything is printed from the frozen document; nothing is worked out here but sums and differences of held values.

use maud::{Markup, html};

use super::contents::{Chapter, PagePart};
use super::{ResultsQuery, data};
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
mod losses;
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

/// All blocks of a round; none where it has no ranking.
pub(super) fn round(words: Words, document: &Document, asked: &ResultsQuery) -> Option<Chapter> {
    let ranking = document.ranking()?;
    let blocks = ranking.blocks.iter().filter_map(|block| short(&BlockView::new(words, document, block), asked));
    let parts = blocks.chain(targets(words, document, |_| true)).chain(data(words, document)).collect();
    let lead = html! { @if !is_computed(document) { p { (words.get("par-imported")) } } };
    Some(Chapter { id: "PAR".to_owned(), title: words.get("par-title"), lead, parts })
}

/// Links to the reports of all blocks that were computed here.
pub(super) fn reports(words: Words, document: &Document) -> Markup {
    let blocks = document.ranking().map(|ranking| ranking.blocks.as_slice()).unwrap_or_default();
    let views: Vec<BlockView<'_>> =
        blocks.iter().map(|block| BlockView::new(words, document, block)).filter(|view| view.scheme().is_some()).collect();
    html! { @if !views.is_empty() { ul { @for view in &views { li { (report_link(view)) } } } } }
}

fn report_link(view: &BlockView<'_>) -> Markup {
    html! { a href=(view.report()) { (view.words.with("par-report-link", [("block", &view.name())])) } }
}

/// A block on the page of its round: what leads to its report.
fn short(view: &BlockView<'_>, asked: &ResultsQuery) -> Option<PagePart> {
    let body = html! {
        @if view.scheme().is_some() { p { (sentences::summary(view).join(" ")) } }
        (ranking::table(view, asked))
        @if view.scheme().is_some() { p { (report_link(view)) } }
    };
    PagePart::of(view.id("block"), view.name(), body)
}

/// The title of a block's report and its chapters; none where the round ranks no such block.
pub(super) fn report(words: Words, document: &Document, (asked, block): (&ResultsQuery, &str)) -> Option<(String, Vec<Chapter>)> {
    let view = BlockView::new(words, document, document.ranking()?.block(block)?);
    let title = words.with("par-report-title", [("block", &view.name()), ("year", &view.year())]);
    let inside = |unit: Option<&UnitCode>| view.block.units.iter().any(|ranked| Some(&ranked.unit) == unit);
    let mut chapters = report::chapters(&view, asked);
    let more = [targets(words, document, inside), data(words, document)];
    chapters.extend(more.into_iter().flatten().filter_map(|part| Chapter::flat(part.id, part.title, part.body)));
    Some((title, chapters))
}

/// What a unit reached, and all else of it; none where it is not in the ranking. `before` is the frozen round that it is compared with.
pub(super) fn unit(words: Words, document: &Document, before: Option<&Document>, code: &str) -> Option<(Markup, Chapter)> {
    let (block, unit) = document.ranking()?.unit(code)?;
    let view = BlockView::new(words, document, block);
    let (lead, mut parts) = unit::section(&view, unit, before);
    parts.extend(targets(words, document, |of| of == Some(&unit.unit)));
    parts.extend(data(words, document));
    Some((unit::sums(&view, unit), Chapter { id: "PAR".to_owned(), title: words.get("par-title"), lead, parts }))
}

fn targets(words: Words, document: &Document, wanted: impl Fn(Option<&UnitCode>) -> bool) -> Option<PagePart> {
    PagePart::of("PAR-plans", words.get("par-targets"), targets::table(words, document, wanted))
}

fn data(words: Words, document: &Document) -> Option<PagePart> {
    PagePart::of("PAR-data", words.get("results-data"), data::scores(words, document))
}

/// Whether a ranking was computed here: one that was imported has no scheme.
fn is_computed(document: &Document) -> bool {
    document.ranking().is_some_and(|ranking| ranking.blocks.iter().any(|block| document.scheme(block).is_some()))
}

/// How a ranking came about and what changes are measured against, for whoever works it out again.
pub(super) fn notes(words: Words, document: &Document) -> Markup {
    let Some(ranking) = document.ranking() else { return html! {} };
    html! {
        @if is_computed(document) { (points_notes(words, ranking.blocks.iter().any(|block| document.has_exact_points(block)))) }
        (against(words, ranking))
    }
}

/// The same for the page of a unit, as far as it has a score and a year before.
pub(super) fn unit_notes(words: Words, document: &Document, code: &str) -> Markup {
    let Some((ranking, (block, unit))) = document.ranking().and_then(|ranking| Some((ranking, ranking.unit(code)?))) else {
        return html! {};
    };
    let compared = unit.standing.as_ref().is_some_and(|standing| standing.before.is_some());
    let is_scored = unit.standing.is_some() || unit.unranked.is_some();
    html! {
        @if is_scored && document.scheme(block).is_some() { (points_notes(words, document.has_exact_points(block))) }
        @if compared { (against(words, ranking)) }
    }
}

/// How an index is made, and what exact points of few sheets may tell by themselves.
fn points_notes(words: Words, exact: bool) -> Markup {
    html! {
        p.note { (words.get("par-lead")) }
        @if exact { p.note { (words.get("par-points-exact")) } }
    }
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
