//! Changes of rank in a block: who rose and fell, a slope chart with its table, and why those moved most that did.

use maud::{Markup, html};

use super::sentences;
use super::view::BlockView;
use crate::chart::slopes::{self, Slope};
use crate::scoring::ranking::{Direction, RankedUnit, Standing};

/// Everything about changes; nothing where there is no frozen year before, or nobody has a rank of it.
pub(super) fn section(view: &BlockView<'_>) -> Markup {
    let compared = view.ranked.iter().any(|(_, standing)| standing.before.is_some());
    let Some(previous) = view.previous().filter(|_| compared) else { return html! {} };
    html! {
        h2 { (view.words.get("par-moves-title")) }
        @for (way, units) in sentences::movers(view) {
            p { (way) ":" }
            ul { @for unit in units { li { (unit) } } }
        }
        (chart(view, &previous))
        (causes(view))
    }
}

/// Why those moved most that did, each way.
fn causes(view: &BlockView<'_>) -> Markup {
    let [up, down] = [Direction::Up, Direction::Down].map(|direction| sentences::biggest(view, direction));
    html! {
        (paragraphs(view, "par-rise-title", &up))
        (paragraphs(view, "par-fall-title", &down))
        @if !up.is_empty() || !down.is_empty() { p.note { (view.words.get("par-causes-note")) } }
    }
}

fn paragraphs(view: &BlockView<'_>, title: &str, paragraphs: &[(String, Vec<String>)]) -> Markup {
    html! {
        @if !paragraphs.is_empty() {
            h3 { (view.words.get(title)) }
            @for (head, sentences) in paragraphs {
                p { strong { (head) } }
                @if !sentences.is_empty() { ul { @for sentence in sentences { li { (sentence) } } } }
            }
        }
    }
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
                    @for year in years { th.num scope="col" { (view.words.with("par-rank-of", [("year", year)])) } }
                    (view.head("par-change"))
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
            td.num { @if let Some(before) = &standing.before { (before.rank) } @else { "–" } }
            td.num { (standing.rank) }
            td.num { (super::ranking::change(view, unit, standing)) }
        }
    }
}
