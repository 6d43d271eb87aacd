//! Criteria with sub-criteria: a row of their own before those.

use super::rows::{Sums, fixed, held};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::CriterionSum;

/// Points of the sub-criteria that apply to a unit, out of their maxima.
pub(super) fn sums(sum: Option<&CriterionSum>) -> Sums<'static> {
    let Some(CriterionSum { points, maximum, index }) = sum else { return Sums::default() };
    let shown = |value: &Held| index.map(|_| *value);
    Sums {
        index: fixed(*index),
        index_held: held(*index),
        points: fixed(shown(points)),
        points_held: held(shown(points)),
        maximum: fixed(shown(maximum)),
        ..Sums::default()
    }
}
