//! The ranking of a block as a table: ranks, indices, bands, and what they were the year before.

use maud::{Markup, html};

use super::super::ResultsQuery;
use super::super::framed::framed;
use super::super::order::{SortKey, SortedTable};
use super::sentences::is_new;
use super::view::BlockView;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{Direction, RankedUnit, Standing, UnitStatus};

/// Columns that only some blocks have.
#[derive(Debug, Clone, Copy)]
struct RankingColumns {
    /// Changes, where there is a frozen year before.
    changes: bool,
    /// Whether units have bands.
    bands: bool,
}

impl RankingColumns {
    fn of(view: &BlockView<'_>) -> Self {
        let banded = view.listed().any(|(_, standing)| standing.band.is_some());
        Self { changes: view.previous().is_some(), bands: banded }
    }

    /// How many stand behind the name of a unit.
    fn behind(self) -> u8 {
        1 + 2 * u8::from(self.changes) + u8::from(self.bands)
    }
}

/// The units in the order that is asked for, which is that of their ranks, and those that are not ranked behind them.
pub(super) fn table(view: &BlockView<'_>, asked: &ResultsQuery) -> Markup {
    let (words, columns, id) = (view.words, RankingColumns::of(view), view.id("ranking"));
    let (block, units, year) = (view.name(), view.ranked_units(), view.year());
    let unranked: Vec<&RankedUnit> = view.block.units.iter().filter(|unit| unit.standing.is_none()).collect();
    let round = &view.document.publication.round;
    let sorted = SortedTable { words, asked, round, place: &id, order: asked.order().of_ranks() };
    let mut ranked = view.ranked.clone();
    sorted.order.sort_ranks(&mut ranked, words, |unit| view.unit(unit));
    let rows = html! {
        (heads(view, columns, &sorted))
        tbody { @for (unit, standing) in ranked { (row(view, columns, unit, standing)) } }
        (apart(view, columns, &sorted))
        @if !unranked.is_empty() { tbody.rest { @for unit in unranked { (unranked_row(view, columns, unit)) } } }
        @if let Some(mean) = view.block.mean { (mean_row(view, columns, mean)) }
    };
    let caption = words.with("par-ranking-caption", [("block", &block), ("units", &units), ("year", &year)]);
    html! {
        (framed(("", &id), "scroll ranks", &caption, &rows))
        @if columns.changes { (note(view)) }
        (view.gap_note())
    }
}

/// What the change of rank below a name says.
fn note(view: &BlockView<'_>) -> Markup {
    let new = view.ranked.iter().any(|(unit, standing)| standing.before.is_none() && is_new(unit));
    html! { p.note { (view.words.get("par-change-note")) @if new { " " (view.words.get("par-new-note")) } } }
}

fn heads(view: &BlockView<'_>, columns: RankingColumns, sorted: &SortedTable<'_>) -> Markup {
    let previous = view.previous().unwrap_or_default();
    html! {
        thead { tr {
            (sorted.head(SortKey::Rank, "par-rank"))
            (unit_head(view, columns, sorted))
            (sorted.head(SortKey::Index, "results-index"))
            @if columns.changes {
                th.num scope="col" { (view.words.with("par-before", [("year", &previous)])) }
                (sorted.head(SortKey::IndexChange, "par-index-change"))
            }
            @if columns.bands { (view.text_head("par-band")) }
        } }
    }
}

/// The head above names, and above changes of rank where these stand below them.
fn unit_head(view: &BlockView<'_>, columns: RankingColumns, sorted: &SortedTable<'_>) -> Markup {
    let words = view.words;
    html! {
        th scope="col" aria-sort=[sorted.said(SortKey::Name).or(sorted.said(SortKey::Change))] {
            (sorted.link(SortKey::Name, &words.get("results-unit")))
            @if columns.changes { br; small { (sorted.link(SortKey::Change, &words.get("par-change"))) } }
        }
    }
}

fn row(view: &BlockView<'_>, columns: RankingColumns, unit: &RankedUnit, standing: &Standing) -> Markup {
    html! {
        tr {
            td.num { (standing.rank) }
            th scope="row" {
                a href=(view.address(unit)) { (view.unit(unit)) }
                @if columns.changes { (moved(view, unit, standing)) }
                (base(view, standing)) (view.gap_mark(unit))
            }
            td.num { (view.number_or_dash(standing.index)) }
            @if columns.changes {
                td.num { (view.number_or_dash(standing.before.as_ref().and_then(|before| before.index))) }
                td.num { (index_change(view, standing)) }
            }
            @if columns.bands { td { (view.band(standing)) } }
        }
    }
}

/// Units that are ranked apart, under a head that says so.
fn apart(view: &BlockView<'_>, columns: RankingColumns, sorted: &SortedTable<'_>) -> Markup {
    let mut units = view.apart.clone();
    sorted.order.sort_ranks(&mut units, view.words, |unit| view.unit(unit));
    let head = || view.words.with("par-apart-head", [("units", &view.words.count("par-units", view.apart.len()))]);
    html! {
        @if !view.apart.is_empty() {
            tbody {
                tr.whole { th colspan=(2 + columns.behind()) scope="rowgroup" { (head()) } }
                @for (unit, standing) in units { (row(view, columns, unit, standing)) }
            }
        }
    }
}

fn unranked_row(view: &BlockView<'_>, columns: RankingColumns, unit: &RankedUnit) -> Markup {
    html! {
        tr {
            td.num { "–" }
            th scope="row" { a href=(view.address(unit)) { (view.unit(unit)) } }
            td colspan=(columns.behind()) { (absent(view, unit)) }
        }
    }
}

/// Why a unit has no rank.
pub(super) fn absent(view: &BlockView<'_>, unit: &RankedUnit) -> String {
    match view.gap(unit) {
        _ if unit.status == UnitStatus::Exempt => view.words.with("par-exempt", [("year", &view.year())]),
        Some(gap) => view.words.with("par-unranked", [("gap", &gap)]),
        None => view.words.get("par-no-score"),
    }
}

/// The mean of the block, and over how many units.
fn mean_row(view: &BlockView<'_>, columns: RankingColumns, mean: Held) -> Markup {
    html! {
        tfoot { tr {
            td {}
            th scope="row" { (view.words.get("results-mean")) br; span.note { (view.ranked_units()) } }
            td.num { (view.number(mean)) }
            @if columns.behind() > 1 { td colspan=(columns.behind() - 1) {} }
        } }
    }
}

/// The change of rank below the name of a unit.
fn moved(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Markup {
    let is_compared = standing.before.is_some() || !is_new(unit);
    html! { br; small { @if is_compared { (view.words.get("par-change-short")) " " } (change(view, unit, standing)) } }
}

/// `+8`, `−3`, `0`, "new", or a dash.
pub(super) fn change(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Markup {
    html! {
        @match standing.change() {
            Some((Direction::Up, by)) => { span.rise { "+" (by) } }
            Some((Direction::Level, _)) => { "0" }
            Some((Direction::Down, by)) => { span.fall { "−" (by) } }
            None => { @if is_new(unit) { (view.words.get("par-new")) } @else { "–" } }
        }
    }
}

/// The difference of two indices in percentage points, or a dash.
pub(super) fn index_change(view: &BlockView<'_>, standing: &Standing) -> String {
    let before = standing.before.as_ref().and_then(|before| before.index);
    standing.index.zip(before).map_or_else(|| "–".to_owned(), |(now, before)| view.difference(now, before))
}

/// The base index where bonus or penalty changed it, and whether the index was kept inside 0 to 100.
fn base(view: &BlockView<'_>, standing: &Standing) -> Markup {
    let words = view.words;
    html! {
        @if let Some(score) = standing.score.as_ref().filter(|score| score.is_adjusted()) {
            br; small { (words.with("par-base", [("base", &view.number(score.base_index))])) }
            @if score.clamped { br; small { (words.get("par-kept-inside")) } }
        }
    }
}
