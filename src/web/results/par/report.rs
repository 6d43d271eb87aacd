//! The report of a block, in the form of the articles that results are announced with: sentences, charts, and the tables behind them.

use maud::{Markup, html};

use super::super::ResultsQuery;
use super::super::contents::Chapter;
use super::super::dotted::{self, Dot, Dotted};
use super::super::framed::framed;
use super::view::{BlockView, hundredths};
use super::{changes, fields, ranking, sentences};
use crate::scoring::ranking::{BandHead, RankedUnit, Standing};

/// The whole report. A ranking that was imported has no fields and no criteria, so nothing but its table.
pub(super) fn chapters(view: &BlockView<'_>, asked: &ResultsQuery) -> Vec<Chapter> {
    let flat = |id: &str, key: &str, body: Markup| Chapter::flat(view.id(id), view.words.get(key), body);
    if view.scheme().is_none() {
        let table = html! { p { (view.words.get("par-imported")) } (ranking::table(view, asked)) };
        return flat("ranks", "par-ranking", table).into_iter().collect();
    }
    let summary = html! {
        @for sentence in sentences::summary(view) { p { (sentence) } }
        (chart(view))
    };
    let by_field = html! {
        (fields::means(view))
        (fields::matrix(view))
        (fields::unverified_note(view))
    };
    let moves = flat("changes", "par-moves-title", changes::section(view));
    let moves = moves.map(|chapter| Chapter { parts: changes::causes(view), ..chapter });
    let chapters = [
        flat("summary", "par-summary", summary),
        flat("ranks", "par-ranking", ranking::table(view, asked)),
        moves,
        flat("by-field", "par-fields", by_field),
        flat("zeroes", "par-zeroes", zeroes(view)),
        flat("in-bands", "par-bands", bands(view)),
    ];
    chapters.into_iter().flatten().collect()
}

/// The indices of the block, one unit a row, each with a mark where it was the year before.
fn chart(view: &BlockView<'_>) -> Markup {
    let dots: Vec<Dot> = view.ranked.iter().filter_map(|(unit, standing)| dot(view, unit, standing)).collect();
    let (words, Some(mean)) = (view.words, view.block.mean) else { return html! {} };
    let (year, said) = (view.year(), view.number(mean));
    let title = words.with("par-chart", [("block", &view.name()), ("units", &words.count("par-units", dots.len())), ("year", &year)]);
    let previous = view.previous().filter(|_| dots.iter().any(|dot| dot.before.is_some()));
    let years = previous.as_deref().map(|previous| [previous, &*year]);
    let (id, mean, total) = (view.id("chart"), (Some(hundredths(mean)), &*said), view.block.units.len());
    dotted::figure(words, &Dotted { id: &id, title: &title, dots: &dots, total, mean, years, notes: None })
}

fn dot(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Option<Dot> {
    let index = standing.index?;
    Some(Dot {
        name: html! { a href=(view.address(unit)) { (view.unit(unit)) } (view.gap_mark(unit)) },
        index: (hundredths(index), view.number(index)),
        before: standing.before.as_ref().and_then(|before| before.index).map(hundredths),
        is_chosen: false,
        is_partial: view.gap(unit).is_some(),
    })
}

/// Large criteria that gave some units nothing.
fn zeroes(view: &BlockView<'_>) -> Markup {
    let (words, large, empty) = (view.words, sentences::large(view), sentences::empty(view));
    let key = if empty.is_empty() { "par-no-zeroes" } else { "par-zeroes-lead" };
    html! {
        p { (words.with(key, [("least", &large)])) }
        @if !empty.is_empty() {
            ul { @for (place, sentence) in &empty { li { (sentence) @if is_example(view, *place) { (view.mark("par-example")) } } } }
            @if empty.iter().any(|(place, _)| is_example(view, *place)) { p.note { (words.get("par-example-note")) } }
        }
    }
}

/// Whether the criterion of a leaf is only an example.
fn is_example(view: &BlockView<'_>, leaf: usize) -> bool {
    let scheme = view.scheme();
    let criterion = scheme.and_then(|scheme| scheme.criteria.get(scheme.leaves.get(leaf)?.criterion));
    criterion.is_some_and(|criterion| criterion.example)
}

/// How many units each band has, and which.
fn bands(view: &BlockView<'_>) -> Markup {
    let (words, units, year) = (view.words, view.words.count("par-units", view.listed().count()), view.year());
    if view.block.bands.is_empty() {
        return html! {};
    }
    let caption = words.with("par-bands-caption", [("units", &units), ("year", &year)]);
    let rows = html! {
        thead { tr {
            (view.text_head("par-band")) (view.head("par-band-count")) (view.head("par-band-from")) (view.text_head("par-band-units"))
        } }
        tbody { @for band in &view.block.bands { (band_row(view, band)) } }
    };
    framed(("", &view.id("bands")), "scroll wordy", &caption, &rows)
}

fn band_row(view: &BlockView<'_>, band: &BandHead) -> Markup {
    let inside = |standing: &Standing| standing.band.as_deref() == Some(band.code.as_str());
    let units = view.listed().filter(|(_, standing)| inside(standing));
    let names: Vec<String> = units.map(|(unit, _)| view.named(unit)).collect();
    html! {
        tr {
            th scope="row" { (view.document.band_text(view.block, &band.code, view.words.code())) }
            td.num { (names.len()) }
            td.num { (view.number(band.from)) }
            td { @if names.is_empty() { "–" } @else { (names.join("; ")) } }
        }
    }
}
