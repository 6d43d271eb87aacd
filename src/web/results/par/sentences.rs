//! Sentences made of figures alone, in the form of the articles that results are announced with (`seeds/002_e46b6e7363b7364d.txt`): who
//! leads, who is last, how many rose and fell, who moved most and which fields made it. The words are Fluent's; here it is decided which of
//! them hold.

use super::view::{BlockView, list};
use crate::scoring::ranking::{Movement, RankedUnit, Standing, UnitStatus};

#[cfg(test)]
mod article;
mod biggest;
mod causes;
mod inside;
mod one;
mod places;
#[cfg(test)]
mod tests;
mod zeroes;

pub(super) use biggest::biggest;
pub(super) use one::unit;
pub(super) use zeroes::{empty, large};

/// Leader, last, mean, and how many moved.
pub(super) fn summary(view: &BlockView<'_>) -> Vec<String> {
    [leader(view), last(view), mean(view), moves(view)].into_iter().flatten().collect()
}

fn leader(view: &BlockView<'_>) -> Option<String> {
    let (_, first) = view.ranked.first()?;
    let (units, several) = sharing(view, first.rank);
    let before = first.before.as_ref().map(|before| before.rank);
    let key = match before {
        _ if several => "par-lead-shared",
        Some(1) => "par-lead-kept",
        Some(_) => "par-lead-taken",
        None => "par-leads",
    };
    let before = before.map(|rank| rank.to_string()).unwrap_or_default();
    let (index, year) = (index(view, first), view.previous().unwrap_or_default());
    Some(view.words.with(key, [("unit", &units), ("index", &index), ("before", &before), ("year", &year)]))
}

/// The last unit; nothing where all are first.
fn last(view: &BlockView<'_>) -> Option<String> {
    let (_, last) = view.ranked.last().filter(|(_, last)| last.rank > 1)?;
    let (units, several) = sharing(view, last.rank);
    let key = if several { "par-last-shared" } else { "par-last" };
    Some(view.words.with(key, [("unit", &units), ("index", &index(view, last))]))
}

/// Names of the units that share a rank, and whether there are several.
fn sharing(view: &BlockView<'_>, rank: u32) -> (String, bool) {
    let at = view.ranked.iter().filter(|(_, standing)| standing.rank == rank);
    let names: Vec<String> = at.map(|(unit, _)| view.named(unit)).collect();
    (list(view.words, &names), names.len() > 1)
}

/// An index, or the word by which sentences know that there is none.
fn index(view: &BlockView<'_>, standing: &Standing) -> String {
    standing.index.map_or_else(|| "none".to_owned(), |index| view.percent(index))
}

fn mean(view: &BlockView<'_>) -> Option<String> {
    let mean = view.percent(view.block.mean?);
    Some(view.words.with("par-mean", [("units", &view.ranked_units()), ("mean", &mean)]))
}

/// How many rose, fell, kept their rank and are not compared.
pub(super) fn moves(view: &BlockView<'_>) -> Option<String> {
    view.ranked.first()?;
    let Some(year) = view.previous() else { return Some(view.words.get("par-no-previous")) };
    let movement = Movement::of(view.block);
    let new = movement.new.iter().filter(|unit| is_new(unit)).count();
    let always = [("par-moved-up", movement.up.len()), ("par-moved-down", movement.down.len()), ("par-moved-level", movement.level.len())];
    let some = [("par-moved-new", new), ("par-moved-unknown", movement.new.len() - new)];
    let parts = always.into_iter().chain(some.into_iter().filter(|(_, units)| *units > 0));
    let parts: Vec<String> = parts.map(|(key, units)| view.words.count(key, units)).collect();
    Some(view.words.with("par-moves", [("year", &year), ("parts", &parts.join(", "))]))
}

/// Whether there is a reason for a unit to have no rank before.
pub(super) fn is_new(unit: &RankedUnit) -> bool {
    matches!(unit.status, UnitStatus::New | UnitStatus::Merged { .. })
}

/// Every unit that rose, and every one that fell, with its ranks: each under which way it went.
pub(super) fn movers(view: &BlockView<'_>) -> Vec<(String, Vec<String>)> {
    let (movement, year) = (Movement::of(view.block), view.previous().unwrap_or_default());
    let listed = |(key, mover, units): (&str, &str, &[&RankedUnit])| {
        let each: Vec<String> = units.iter().filter_map(|unit| moved(view, mover, unit)).collect();
        let counted = view.words.count("par-units", each.len());
        (!each.is_empty()).then(|| (view.words.with(key, [("units", &counted), ("year", &year)]), each))
    };
    let both = [("par-risen", "par-mover-up", movement.up.as_slice()), ("par-fallen", "par-mover-down", movement.down.as_slice())];
    both.into_iter().filter_map(listed).collect()
}

/// Words with a unit, by how many places it moved, and its ranks.
fn moved(view: &BlockView<'_>, key: &str, unit: &RankedUnit) -> Option<String> {
    let standing = unit.standing.as_ref()?;
    let (_, by) = standing.change()?;
    let places = view.words.count("par-places", usize::try_from(by).unwrap_or(usize::MAX));
    let (before, now) = (standing.before.as_ref()?.rank.to_string(), standing.rank.to_string());
    Some(view.words.with(key, [("unit", &view.named(unit)), ("places", &places), ("before", &before), ("now", &now)]))
}
