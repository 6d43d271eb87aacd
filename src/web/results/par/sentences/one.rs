//! What is said of one unit: where it stands, how that compares with the block and the year before, and why.

use std::cmp::Ordering;

use super::super::view::{BlockView, is_nothing, list};
use super::{causes, index};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{Direction, RankList, RankedUnit, Standing, UnitStatus};

/// Rank, mean, change of rank and of index, then the fields.
pub(in super::super) fn unit(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Vec<String> {
    let compared = [against_mean(view, standing), moved(view, unit, standing), index_moved(view, standing)];
    [position(view, unit, standing)]
        .into_iter()
        .chain(compared.into_iter().flatten())
        .chain(causes::of(view, unit, standing, Direction::Level))
        .collect()
}

fn position(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> String {
    let (named, rank, index) = (view.named(unit), standing.rank.to_string(), index(view, standing));
    let units = view.words.count("par-units", view.beside(standing));
    let values = [("unit", named.as_str()), ("rank", &rank), ("units", &units), ("index", &index)];
    view.words.with(if standing.list == RankList::Apart { "par-position-apart" } else { "par-position" }, values)
}

fn against_mean(view: &BlockView<'_>, standing: &Standing) -> Option<String> {
    // The mean is of those in the ranking of the block.
    let (index, mean) = (standing.index.filter(|_| standing.list == RankList::Block)?, view.block.mean?);
    let (key, by) = apart(index, mean, ["par-mean-above", "par-mean-equal", "par-mean-below", "par-mean-almost"]);
    Some(view.words.with(key, [("mean", &view.percent(mean)), ("by", &view.number(by))]))
}

/// The index of the year before and that of this year; nothing where one of them is not known.
pub(super) fn index_moved(view: &BlockView<'_>, standing: &Standing) -> Option<String> {
    let (now, before) = (standing.index?, standing.before.as_ref()?.index?);
    let (key, by) = apart(now, before, ["par-index-up", "par-index-level", "par-index-down", "par-index-almost"]);
    Some(view.words.with(key, [("by", &view.number(by)), ("before", &view.percent(before)), ("now", &view.percent(now))]))
}

/// Which of four words holds, and how far two values are apart: almost nothing is what would be printed as 0.
fn apart(one: Held, other: Held, [above, equal, below, almost]: [&str; 4]) -> (&str, Held) {
    let by = one.less(other).max(other.less(one));
    match one.cmp(&other) {
        Ordering::Equal => (equal, by),
        _ if is_nothing(by) => (almost, by),
        Ordering::Greater => (above, by),
        Ordering::Less => (below, by),
    }
}

fn moved(view: &BlockView<'_>, unit: &RankedUnit, standing: &Standing) -> Option<String> {
    let year = view.previous()?;
    let key = match (standing.change(), &unit.status) {
        (Some((Direction::Up, _)), _) => "par-unit-up",
        (Some((Direction::Level, _)), _) => "par-unit-level",
        (Some((Direction::Down, _)), _) => "par-unit-down",
        (None, _) if standing.list == RankList::Apart => "par-unit-apart",
        (None, UnitStatus::New) => "par-unit-new",
        (None, UnitStatus::Merged { .. }) => "par-unit-merged",
        (None, UnitStatus::Normal | UnitStatus::Exempt) => "par-unit-unknown",
    };
    let merged = merged(view, &unit.status);
    let by = standing.change().map_or(0, |(_, by)| usize::try_from(by).unwrap_or(usize::MAX));
    let before = standing.before.as_ref().map(|before| before.rank.to_string()).unwrap_or_default();
    let (places, now) = (view.words.count("par-places", by), standing.rank.to_string());
    let values = [("year", year.as_str()), ("units", &merged), ("places", &places), ("before", &before), ("now", &now)];
    Some(view.words.with(key, values))
}

/// Names of the units that one was merged from.
fn merged(view: &BlockView<'_>, status: &UnitStatus) -> String {
    let UnitStatus::Merged { from } = status else { return String::new() };
    let names: Vec<String> = from.iter().map(|code| view.document.unit_name(code, view.words.code()).to_owned()).collect();
    list(view.words, &names)
}
