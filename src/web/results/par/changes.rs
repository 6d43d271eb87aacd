//! Changes of rank in a block: who rose and fell, a slope chart with its table, and why those moved most that did.

use maud::{Markup, html};

use super::super::contents::PagePart;
use super::sentences;
use super::view::BlockView;
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
    ways.into_iter().filter_map(|(id, title, direction)| paragraphs(view, (id, title), direction)).collect()
}

fn paragraphs(view: &BlockView<'_>, (id, title): (&str, &str), direction: Direction) -> Option<PagePart> {
    let body = html! { @for paragraph in sentences::biggest(view, direction) { p { (paragraph) } } };
    PagePart::of(view.id(id), view.words.get(title), body)
}

/// Ranks as slopes.
fn chart(view: &BlockView<'_>, previous: &str) -> Markup {
    let (words, year) = (view.words, view.year());
    let slopes: Vec<Slope> = view.ranked.iter().map(|(unit, standing)| slope(view, unit, standing)).collect();
    let (block, units) = (view.name(), view.ranked_units());
    let title = words.with("par-slopes", [("block", &block), ("units", &units), ("previous", previous), ("year", &year)]);
    html! {
        figure {
            (slopes::chart(&view.id("slopes"), &title, &sentences::moves(view).unwrap_or_default(), [previous, &year], &slopes))
            figcaption.note {
                strong { (title) } br; (words.with("par-slopes-note", [("previous", previous), ("year", &year)]))
                @if let Some(gaps) = view.gaps("par-slopes-gaps") { " " (gaps) }
            }
        }
        details { summary { (words.get("unit-table")) } (table(view, &title, [previous, &year])) }
    }
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
