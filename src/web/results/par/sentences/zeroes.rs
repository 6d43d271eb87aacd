//! Large criteria that gave nothing: of a block, each with its units, and of one unit.

use super::super::view::{BlockView, list};
use super::inside::inside;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{CellState, LARGE_HUNDREDTHS, RankedUnit, zeroes, zeroes_of};

/// So many criteria of a unit are named: the largest.
const NAMED: usize = 5;

/// Large criteria that gave some units nothing: the place of the leaf, and the sentence.
pub(in super::super) fn empty(view: &BlockView<'_>) -> Vec<(usize, String)> {
    let sentence = |(place, units): (usize, Vec<&RankedUnit>)| {
        let (leaf, head) = (view.scheme()?.leaves.get(place)?, view.block.leaves.get(place)?);
        let names = list(view.words, &view.units(units.iter().copied()));
        let units = view.words.count("par-units", units.len());
        let (criterion, maximum) = (leaf.text.get(view.words.code()), view.number(head.maximum));
        let values = [("criterion", criterion), ("units", &units), ("maximum", &maximum), ("names", &names)];
        Some((place, view.words.with("par-zero", values)))
    };
    zeroes(view.block).into_iter().filter_map(sentence).collect()
}

/// The large criteria that gave a unit nothing, in one sentence.
pub(super) fn of(view: &BlockView<'_>, unit: &RankedUnit) -> Option<String> {
    let places = zeroes_of(view.block, unit);
    let item = |place: &usize| {
        let (leaf, head, cell) = (view.scheme()?.leaves.get(*place)?, view.block.leaves.get(*place)?, unit.cells.get(*place)?);
        let which = if cell.state == CellState::Missing { "missing" } else { "zero" };
        let (criterion, maximum) = (inside(leaf.text.get(view.words.code())), view.number(head.maximum));
        Some(view.words.with("par-zero-of", [("criterion", &criterion), ("maximum", &maximum), ("which", which)]))
    };
    let names: Vec<String> = places.iter().take(NAMED).filter_map(item).collect();
    let more = places.len().saturating_sub(NAMED);
    let more = if more > 0 { view.words.count("par-zeroes-more", more) } else { String::new() };
    let said = [names, vec![more]].concat().into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join("; ");
    (!said.is_empty()).then(|| view.words.with("par-zeroes-of", [("least", &large(view)), ("criteria", &said)]))
}

/// From how many points a criterion is a large one.
pub(in super::super) fn large(view: &BlockView<'_>) -> String {
    view.number(Held::from_hundredths(LARGE_HUNDREDTHS))
}
