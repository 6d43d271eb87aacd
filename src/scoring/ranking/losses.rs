//! Where a unit lost points: what criteria could have given and did not, and what penalties took.

use super::{BlockRanking, CriterionSum, Origin, RankedUnit};
use crate::scoring::decimal::Held;

/// Points that a unit does not have and could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointLoss {
    /// What they were lost at.
    pub at: LostAt,
    /// How many: of a criterion its applicable maximum without its points, of a penalty its points.
    pub lost: Held,
}

/// What points are lost at. A bonus that was not given is no loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LostAt {
    /// A criterion, by its place in the block, with what it gave.
    Criterion(usize, CriterionSum),
    /// A penalty, by the place of its leaf in the block.
    Penalty(usize),
}

impl BlockRanking {
    /// What a unit lost, most first; equal losses in the order of the scheme. Nothing of a unit that is not ranked, or was imported.
    #[must_use]
    pub fn losses(&self, unit: &RankedUnit) -> Vec<PointLoss> {
        if unit.standing.is_none() {
            return Vec::new();
        }
        let of_criterion = |(place, sum): (usize, &CriterionSum)| {
            let lost = sum.index.map(|_| sum.maximum.less(sum.points))?;
            Some(PointLoss { at: LostAt::Criterion(place, *sum), lost })
        };
        let criteria = self.criteria.iter().zip(&unit.criteria).map(|(_, sum)| sum).enumerate().filter_map(of_criterion);
        let penalties = self.leaves.iter().zip(&unit.cells).enumerate().filter(|(_, (leaf, _))| leaf.from == Origin::Penalty);
        let penalties = penalties.filter_map(|(place, (_, cell))| Some(PointLoss { at: LostAt::Penalty(place), lost: cell.points? }));
        let mut losses: Vec<PointLoss> = criteria.chain(penalties).filter(|loss| loss.lost > Held::default()).collect();
        losses.sort_by_key(|loss| std::cmp::Reverse(loss.lost));
        losses
    }
}
