//! Changes of rank in a block: who rose and fell, a slope chart with its table, and why those moved most that did.

use maud::{Markup, html};

use super::super::contents::PagePart;
use super::sentences;
use super::view::BlockView;
use crate::chart::lines::RankLine;
use crate::chart::rails::{self, Rail, RailRow, RailSign, RailSort};
use crate::chart::slopes::{self, Slope};
use crate::scoring::ranking::{Direction, RankedUnit, Standing};

/// Everything about changes; nothing where there is no frozen year before, or nobody has a rank of it.
pub(super) fn section(view: &BlockView<'_>) -> Markup {
    let compared = view.ranked.iter().any(|(_, standing)| standing.before.is_some());
    let Some(previous) = view.previous().filter(|_| compared) else { return html! {} };
    html! {
        @for (way, units) in sentences::movers(view) {
            p { (way) ":" }
            ul { @for unit in units { li { (unit) } } }
        }
        (chart(view, &previous))
    }
}

/// Why those moved most that did, each way in a part of its own.
pub(super) fn causes(view: &BlockView<'_>) -> Vec<PagePart> {
    let ways = [("risen", "par-rise-title", Direction::Up), ("fallen", "par-fall-title", Direction::Down)];
    let mut parts: Vec<PagePart> = ways.into_iter().filter_map(|(id, title, way)| paragraphs(view, (id, title), way)).collect();
    if let Some(last) = parts.last_mut() {
        last.body = html! { (last.body) p.note { (view.words.get("par-causes-note")) } };
    }
    parts
}

fn paragraphs(view: &BlockView<'_>, (id, title): (&str, &str), direction: Direction) -> Option<PagePart> {
    let body = html! {
        @for (head, sentences) in sentences::biggest(view, direction) {
            p { strong { (head) } }
            @if !sentences.is_empty() { ul { @for sentence in sentences { li { (sentence) } } } }
        }
    };
    PagePart::of(view.id(id), view.words.get(title), body)
}

/// Ranks as slopes; of many units the largest moves each way, on the line of ranks.
fn chart(view: &BlockView<'_>, previous: &str) -> Markup {
    let slopes: Vec<Slope> = view.ranked.iter().map(|(unit, standing)| slope(view, unit, standing)).collect();
    if slopes.len() > slopes::MOST { largest(view, previous, &slopes) } else { all(view, previous, &slopes) }
}

/// What every chart of ranks says of the two years.
fn named(view: &BlockView<'_>, key: &str, previous: &str) -> String {
    let (block, units) = (view.name(), view.ranked_units());
    view.words.with(key, [("block", &block), ("units", &units), ("previous", previous), ("year", &view.year())])
}

fn all(view: &BlockView<'_>, previous: &str, slopes: &[Slope]) -> Markup {
    let (words, year, title) = (view.words, view.year(), named(view, "par-slopes", previous));
    html! {
        figure {
            figcaption.note {
                strong { (title) } br; (words.with("par-slopes-note", [("previous", previous), ("year", &year)]))
                @if let Some(gaps) = view.gaps("par-slopes-gaps") { " " (gaps) }
            }
            (slopes::chart(&view.id("slopes"), &title, &sentences::moves(view).unwrap_or_default(), [previous, &year], slopes))
        }
        details { summary { (words.get("unit-table")) } (table(view, &title, [previous, &year])) }
    }
}

fn largest(view: &BlockView<'_>, previous: &str, slopes: &[Slope]) -> Markup {
    let (words, year, title) = (view.words, view.year(), named(view, "par-slopes-largest", previous));
    let line = RankLine::to(slopes.iter().flat_map(|slope| [Some(slope.now), slope.before]).flatten());
    let said = |year: &str| words.with("par-chart-year", [("year", year)]);
    if slopes::moved(slopes) == [0, 0] {
        return html! {};
    }
    let ways = ["up", "down"].into_iter().zip(slopes::largest(slopes)).zip(slopes::moved(slopes));
    html! {
        figure {
            figcaption.note {
                strong { (title) } br; (named(view, "par-slopes-largest-note", previous))
                @if let Some(gaps) = view.gaps("par-slopes-gaps") { " " (gaps) }
                (rails::legend(&[(RailSign::Now, said(&year)), (RailSign::Before, said(previous))]))
            }
            @for ((way, shown), moved) in ways {
                @if !shown.is_empty() {
                    @let counts = [("shown", &*shown.len().to_string()), ("moved", &*moved.to_string())];
                    p.way { strong { (words.with(&format!("par-slopes-largest-{way}"), counts)) } }
                    @let rows: Vec<RailRow> = shown.into_iter().map(|slope| moved_row(view, slope, line)).collect();
                    (rails::chart(&view.id(way), &line.marks(), None, &rows))
                }
            }
        }
        details { summary { (words.get("unit-table")) } (table(view, &named(view, "par-slopes", previous), [previous, &year])) }
    }
}

/// A unit on the line of ranks.
fn moved_row(view: &BlockView<'_>, slope: &Slope, line: RankLine) -> RailRow {
    let ranks = [("before", &*slope.before.map_or_else(String::new, |rank| rank.to_string())), ("now", &*slope.now.to_string())];
    RailRow::Of(Box::new(Rail {
        name: html! { (slope.label) },
        now: line.place(slope.now),
        before: slope.before.map(|before| line.place(before)),
        mean: None,
        printed: html! {
            span aria-hidden="true" { (view.words.with("par-slopes-ranks", ranks)) }
            span.heard { (view.words.with("par-slopes-said", ranks)) }
        },
        sort: RailSort::Usual,
    }))
}

fn slope(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Slope {
    let (label, before) = (view.unit(unit).to_owned(), standing.before.as_ref().map(|before| before.rank));
    let from = before.map_or_else(|| "none".to_owned(), |rank| rank.to_string());
    let said = view.words.with("par-slope", [("unit", &view.named(unit)), ("before", &from), ("now", &standing.rank.to_string())]);
    Slope { label, before, now: standing.rank, said }
}

/// The same ranks in numbers.
fn table(view: &BlockView<'_>, title: &str, years: [&str; 2]) -> Markup {
    html! {
        .scroll tabindex="0" role="region" aria-labelledby=(view.id("slopes-table")) {
            table.narrow {
                caption.heard id=(view.id("slopes-table")) { (title) }
                thead { tr {
                    (view.text_head("results-unit"))
                    (view.head("par-change"))
                    @for year in years { th.num scope="col" { (view.words.with("par-rank-of", [("year", year)])) } }
                } }
                tbody { @for (unit, standing) in &view.ranked { (row(view, unit, standing)) } }
            }
        }
    }
}

fn row(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Markup {
    html! {
        tr {
            th scope="row" { (view.unit(unit)) }
            td.num { (super::ranking::change(view, unit, standing)) }
            td.num { @if let Some(before) = &standing.before { (before.rank) } @else { "–" } }
            td.num { (standing.rank) }
        }
    }
}
