//! Criteria with sub-criteria: a row of their own before those.

use super::cells::SumCells;
use crate::export::value::Value;
use crate::scheme::{Criterion, NoSurvey, Scheme};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{CellResult, CellState, LeafHead};

/// The criterion that a leaf is a sub-criterion of; none where it is the criterion itself.
pub(super) fn whole<'a>(scheme: &'a Scheme, code: &str) -> Option<&'a Criterion> {
    let leaf = scheme.leaves.get(scheme.leaf(code)?)?;
    scheme.criteria.get(leaf.criterion).filter(|criterion| criterion.code != leaf.code)
}

/// Points of the sub-criteria that apply to a unit, out of their maxima.
pub(super) fn sums<'c>(scheme: Option<&Scheme>, inside: impl Iterator<Item = (&'c LeafHead, &'c CellResult)>) -> SumCells<'static> {
    let lost = scheme.is_some_and(|scheme| scheme.no_survey == NoSurvey::NoPoints);
    let counts = |cell: &CellResult| {
        !matches!(cell.state, CellState::NotApplicable | CellState::FewSheets) && (lost || cell.state != CellState::NoSurvey)
    };
    let counted = inside.filter(|(head, cell)| !head.is_adjustment() && counts(cell));
    let (points, maxima): (Vec<_>, Vec<_>) = counted.map(|(head, cell)| (cell.points.unwrap_or_default(), head.maximum)).unzip();
    let (points, maximum) = (Held::total(points), Held::total(maxima));
    let index = points.percent_of(maximum);
    let shown = |value: Held| index.map(|_| value);
    SumCells {
        index: Value::fixed(index),
        index_held: Value::held(index),
        points: Value::fixed(shown(points)),
        points_held: Value::held(shown(points)),
        maximum: Value::fixed(shown(maximum)),
        ..SumCells::default()
    }
}
