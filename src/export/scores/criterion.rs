//! Criteria with sub-criteria: a row of their own before those.

use super::cells::SumCells;
use crate::export::value::Value;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::CriterionSum;

/// Points of the sub-criteria that apply to a unit, out of their maxima.
pub(super) fn sums(sum: Option<&CriterionSum>) -> SumCells<'static> {
    let Some(CriterionSum { points, maximum, index }) = sum else { return SumCells::default() };
    let shown = |value: &Held| index.map(|_| *value);
    SumCells {
        index: Value::fixed(*index),
        index_held: Value::held(*index),
        points: Value::fixed(shown(points)),
        points_held: Value::held(shown(points)),
        maximum: Value::fixed(shown(maximum)),
        ..SumCells::default()
    }
}
