//! The units that moved most, and why.

use super::super::view::{BlockView, list};
use super::{causes, moved, one};
use crate::scoring::ranking::{Direction, Movement, RankedUnit};

/// Of more units that moved alike nothing is said here but their names: their pages say why.
const ALIKE_MOST: usize = 5;

/// The unit that rose or fell most, and the sentences that say why. Where several moved alike all of them are in one sentence, and behind
/// it each has its own.
pub(in super::super) fn biggest(view: &BlockView<'_>, direction: Direction) -> Vec<(String, Vec<String>)> {
    let movement = Movement::of(view.block);
    let (units, [alone, together, each]) = match direction {
        Direction::Up => (movement.biggest_rise(), ["par-rose-most", "par-rose-together", "par-mover-rose"]),
        Direction::Down => (movement.biggest_fall(), ["par-fell-most", "par-fell-together", "par-mover-fell"]),
        Direction::Level => return Vec::new(),
    };
    match units.as_slice() {
        [] => Vec::new(),
        [only] => moved(view, alone, only).into_iter().map(|head| (head, said(view, only, direction))).collect(),
        several => {
            let head = all(view, [together, each], several).into_iter();
            if several.len() > ALIKE_MOST {
                return head.map(|head| (head, vec![view.words.get("par-causes-elsewhere")])).collect();
            }
            let own = several.iter().map(|unit| (format!("{}:", view.named(unit)), said(view, unit, direction)));
            head.map(|head| (head, Vec::new())).chain(own.filter(|(_, said)| !said.is_empty())).collect()
        }
    }
}

/// All that moved alike, each once.
fn all(view: &BlockView<'_>, [key, each]: [&str; 2], units: &[&RankedUnit]) -> Option<String> {
    let names: Vec<String> = units.iter().filter_map(|unit| moved(view, each, unit)).collect();
    let (_, by) = units.first()?.standing.as_ref()?.change()?;
    let places = view.words.count("par-places", usize::try_from(by).unwrap_or(usize::MAX));
    Some(view.words.with(key, [("units", &list(view.words, &names)), ("places", &places)]))
}

/// Why a unit moved; nothing where nothing is known of it but its ranks.
fn said(view: &BlockView<'_>, unit: &RankedUnit, direction: Direction) -> Vec<String> {
    let Some(standing) = &unit.standing else { return Vec::new() };
    // A unit may rise while its index falls.
    let index = one::index_moved(view, standing);
    index.into_iter().chain(causes::of(view, unit, standing, direction)).collect()
}
