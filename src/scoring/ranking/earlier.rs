//! Rankings that were published before documents said how points came about: it is worked out of what they say, as it was when they were
//! published. No figure is made here, and where what was worked out would give other points, nothing is said of them.

use super::build::{criterion_heads, criterion_sum};
use super::{BlockRanking, CellResult, CellState, LeafHead, RankedUnit};
use crate::scheme::{Leaf, Scheme};
use crate::scoring::decimal::Held;
use crate::scoring::score::{LeafPoints, Portion, possible};
use crate::scoring::sheet::{decided, worked_entry, worked_survey};

/// Fills in how the points of a block came about.
pub fn explain(block: &mut BlockRanking, scheme: &Scheme) {
    block.criteria = criterion_heads(scheme);
    for head in &mut block.leaves {
        let found = scheme.leaf(&head.code).and_then(|place| scheme.criteria.get(scheme.leaves.get(place)?.criterion));
        head.criterion = found.map_or_else(|| head.code.clone(), |criterion| criterion.code.clone());
    }
    let leaves: Vec<Option<&Leaf>> = block.leaves.iter().map(|head| scheme.leaves.get(scheme.leaf(&head.code)?)).collect();
    for unit in &mut block.units {
        for (leaf, cell) in leaves.iter().zip(&mut unit.cells) {
            let Some(leaf) = leaf else { continue };
            explain_cell(scheme, leaf, cell);
        }
        let of = |code: &str| sum_of(code, &block.leaves, &unit.cells);
        unit.criteria =
            if unit.cells.is_empty() { Vec::new() } else { block.criteria.iter().map(|head| criterion_sum(of(&head.code))).collect() };
        reach(unit);
    }
}

fn explain_cell(scheme: &Scheme, leaf: &Leaf, cell: &mut CellResult) {
    cell.maximum = possible(scheme, leaf, given(cell));
    if cell.state != CellState::Counted {
        return;
    }
    let counted = decided(|part| cell.entry(part)).filter(|_| !leaf.is_surveyed());
    let worked = match (&cell.survey, counted) {
        (Some(survey), _) => worked_survey(leaf, survey).map(|(points, worked)| (points, Some(worked))),
        (None, Some((_, text))) => worked_entry(leaf, text).ok(),
        (None, None) => None,
    };
    // Where it would give other points than were published, nothing is said of how they came about.
    if let Some((_, worked)) = worked.filter(|(points, _)| Some(*points) == cell.points) {
        cell.counts = counted.map(|(part, _)| part);
        cell.worked = worked;
    }
}

/// What the state of a cell says that its leaf gave.
fn given(cell: &CellResult) -> LeafPoints {
    match cell.state {
        CellState::Counted => LeafPoints::Points(cell.points.unwrap_or_default()),
        CellState::Missing => LeafPoints::Missing,
        CellState::NotApplicable => LeafPoints::NotApplicable,
        CellState::FewSheets => LeafPoints::FewSheets,
        CellState::NoSurvey => LeafPoints::NoSurvey,
    }
}

/// What the leaves of a criterion are together.
fn sum_of(criterion: &str, leaves: &[LeafHead], cells: &[CellResult]) -> Portion {
    let inside = leaves.iter().zip(cells).filter(|(head, _)| head.criterion == criterion && !head.is_adjustment());
    let (points, maxima): (Vec<Held>, Vec<Held>) = inside.map(|(_, cell)| (cell.points.unwrap_or_default(), cell.maximum)).unzip();
    Portion { points: Held::total(points), maximum: Held::total(maxima) }
}

/// What all fields of a unit are together.
fn reach(unit: &mut RankedUnit) {
    let Some(standing) = &mut unit.standing else { return };
    let total = |of: fn(&super::FieldScore) -> Option<Held>| Held::total(standing.fields.iter().filter_map(of));
    let (points, maximum) = (total(|field| field.points), total(|field| field.maximum));
    if let Some(score) = &mut standing.score {
        score.reached_points = points;
        score.reached_maximum = maximum;
    }
}
