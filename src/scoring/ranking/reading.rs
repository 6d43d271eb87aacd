//! What follows from a ranking for whoever reads it.

use super::{
    BlockRanking, CellResult, CellState, Direction, LeafHead, Origin, RankList, RankedUnit, Ranking, ScoreBefore, ScoreSums, Standing,
};
use crate::round::steps::ScorePart;
use crate::scoring::decimal::Held;

impl CellResult {
    /// What was entered of a part that may count.
    #[must_use]
    pub fn entry(&self, part: ScorePart) -> Option<&str> {
        match part {
            ScorePart::Appraised => self.appraised.as_deref(),
            ScorePart::Second => self.second.as_deref(),
            ScorePart::Council => self.council.as_deref(),
            _ => None,
        }
    }

    /// Points in percent of the maximum of their leaf; none of a bonus or penalty, which is out of nothing.
    #[must_use]
    pub fn index(&self, leaf: &LeafHead) -> Option<Held> {
        self.points.filter(|_| !leaf.is_adjustment()).and_then(|points| points.percent_of(leaf.maximum))
    }
}

impl ScoreSums {
    /// Whether bonus or penalty are in the index.
    #[must_use]
    pub fn is_adjusted(&self) -> bool {
        self.clamped || self.bonus > Held::default() || self.penalty > Held::default()
    }

    /// What a later year is told of them.
    #[must_use]
    pub fn as_before(&self) -> ScoreBefore {
        let Self { base_index, bonus, penalty, maximum, clamped, .. } = *self;
        ScoreBefore { base_index, bonus, penalty, maximum, clamped }
    }
}

impl LeafHead {
    /// Whether it is one of several of its criterion.
    #[must_use]
    pub fn is_sub_criterion(&self) -> bool {
        self.code != self.criterion
    }

    /// Whether its points come from a survey.
    #[must_use]
    pub fn is_surveyed(&self) -> bool {
        matches!(self.from, Origin::Satisfaction | Origin::Officials)
    }

    /// Whether its points are added or taken off, and its maximum is in no sum.
    #[must_use]
    pub fn is_adjustment(&self) -> bool {
        matches!(self.from, Origin::Bonus | Origin::Penalty)
    }
}

impl Ranking {
    /// A unit with its block.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<(&BlockRanking, &RankedUnit)> {
        let all = self.blocks.iter().flat_map(|block| block.units.iter().map(move |unit| (block, unit)));
        all.into_iter().find(|(_, unit)| unit.unit.as_str() == code)
    }

    /// A block by its code.
    #[must_use]
    pub fn block(&self, code: &str) -> Option<&BlockRanking> {
        self.blocks.iter().find(|block| block.block == code)
    }
}

impl BlockRanking {
    /// Units in the ranking of the block, the first first; equal ranks in the order of the register.
    #[must_use]
    pub fn ranked(&self) -> Vec<(&RankedUnit, &Standing)> {
        self.listed(RankList::Block)
    }

    /// Units that are ranked apart, in the same order.
    #[must_use]
    pub fn ranked_apart(&self) -> Vec<(&RankedUnit, &Standing)> {
        self.listed(RankList::Apart)
    }

    fn listed(&self, list: RankList) -> Vec<(&RankedUnit, &Standing)> {
        let standing = |unit| RankedUnit::standing_in(unit, list);
        let mut listed: Vec<_> = self.units.iter().filter_map(|unit| Some((unit, standing(unit)?))).collect();
        listed.sort_by_key(|(_, standing)| standing.rank);
        listed
    }

    /// Units that were scored, in the order of the register: in a list, or not ranked for what their indices lack.
    pub fn scored(&self) -> impl Iterator<Item = &RankedUnit> {
        self.units.iter().filter(|unit| unit.standing.is_some() || unit.unranked.is_some())
    }

    /// How many units have a rank in a field: it does not apply to all.
    #[must_use]
    pub fn ranked_in(&self, field: usize) -> usize {
        let has = |standing: &Standing| standing.fields.get(field).is_some_and(|field| field.rank.is_some());
        self.units.iter().filter_map(|unit| unit.standing.as_ref()).filter(|standing| has(standing)).count()
    }

    /// Why a unit has no index in a field: there is no figure of the survey, or only one of few sheets, or nothing of it applies.
    #[must_use]
    pub fn without_index(&self, unit: &RankedUnit, field: &str) -> CellState {
        let inside = |state| self.leaves.iter().zip(&unit.cells).any(|(leaf, cell)| leaf.field == field && cell.state == state);
        let known = [CellState::NoSurvey, CellState::FewSheets].into_iter().find(|state| inside(*state));
        known.unwrap_or(CellState::NotApplicable)
    }

    /// The place of a criterion.
    #[must_use]
    pub fn criterion(&self, code: &str) -> Option<usize> {
        self.criteria.iter().position(|criterion| criterion.code == code)
    }

    /// The place of a field.
    #[must_use]
    pub fn field(&self, code: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.code == code)
    }
}

impl RankedUnit {
    /// Its score and rank, where it is in a list.
    fn standing_in(&self, list: RankList) -> Option<&Standing> {
        self.standing.as_ref().filter(|standing| standing.list == list)
    }
}

impl RankList {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    pub(super) fn is_block(&self) -> bool {
        *self == Self::Block
    }

    /// Its code, as tables have it.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.into()
    }
}

impl Standing {
    /// How many ranks the unit rose (`Up`), fell, or none.
    #[must_use]
    pub fn change(&self) -> Option<(Direction, u32)> {
        self.before.as_ref().map(|before| super::movement::change(before.rank, self.rank))
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::super::{CellState, Origin, RankList, SurveyGap, UnitStatus};
    use crate::scoring::targets::Outcome;

    fn name(value: impl serde::Serialize) -> String {
        serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
    }

    #[test]
    fn codes_are_those_of_the_document() {
        assert!(CellState::iter().all(|state| state.code() == name(state)));
        assert!(Origin::iter().all(|origin| origin.code() == name(origin)));
        assert!(RankList::iter().all(|list| list.code() == name(list)));
        assert!(SurveyGap::iter().all(|gap| gap.code() == name(gap)));
        assert!(Outcome::iter().all(|outcome| outcome.code() == name(outcome)));
        let merged = UnitStatus::Merged { from: Vec::new() };
        assert!(serde_json::to_value(&merged).unwrap().get(merged.code()).is_some());
        assert!([UnitStatus::Normal, UnitStatus::New, UnitStatus::Exempt].iter().all(|status| status.code() == name(status)));
    }
}
