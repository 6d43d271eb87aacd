//! The units that moved most, and why: one sentence where several moved alike, and a paragraph for each.

use super::super::view::{BlockView, list};
use super::{causes, moved, one};
use crate::scoring::ranking::{Direction, Movement, RankedUnit};

/// Of more units that moved alike no paragraph is written: all their pages say why.
const ALIKE_MOST: usize = 5;

/// The unit that rose or fell most, and why: a paragraph each where several moved alike, behind one sentence about all of them.
pub(in super::super) fn biggest(view: &BlockView<'_>, direction: Direction) -> Vec<String> {
    let movement = Movement::of(view.block);
    let units = match direction {
        Direction::Up => movement.biggest_rise(),
        Direction::Down => movement.biggest_fall(),
        Direction::Level => return Vec::new(),
    };
    let rises = direction == Direction::Up;
    match units.as_slice() {
        [] => Vec::new(),
        [only] => {
            let head = moved(view, if rises { "par-rose-most" } else { "par-fell-most" }, only);
            [head, said(view, only, direction)].into_iter().flatten().reduce(|head, said| format!("{head} {said}")).into_iter().collect()
        }
        _ => {
            let keys = if rises { ["par-rose-together", "par-mover-rose"] } else { ["par-fell-together", "par-mover-fell"] };
            let head = together(view, keys, &units).into_iter();
            if units.len() > ALIKE_MOST {
                return head.chain([view.words.get("par-causes-elsewhere")]).collect();
            }
            let paragraph = |unit: &&RankedUnit| Some(format!("{}: {}", view.named(unit), said(view, unit, direction)?));
            head.chain(units.iter().filter_map(paragraph)).collect()
        }
    }
}

/// All that moved alike, each once.
fn together(view: &BlockView<'_>, [key, each]: [&str; 2], units: &[&RankedUnit]) -> Option<String> {
    let names: Vec<String> = units.iter().filter_map(|unit| moved(view, each, unit)).collect();
    let (_, by) = units.first()?.standing.as_ref()?.change()?;
    let places = view.words.count("par-places", usize::try_from(by).unwrap_or(usize::MAX));
    Some(view.words.with(key, [("units", &list(view.words, &names)), ("places", &places)]))
}

/// Why a unit moved; nothing where nothing is known of it but its ranks.
fn said(view: &BlockView<'_>, unit: &RankedUnit, direction: Direction) -> Option<String> {
    let standing = unit.standing.as_ref()?;
    // A unit may rise while its index falls.
    let index = one::index_moved(view, standing);
    let said: Vec<String> = index.into_iter().chain(causes::of(view, unit, standing, direction)).collect();
    (!said.is_empty()).then(|| said.join(" "))
}
