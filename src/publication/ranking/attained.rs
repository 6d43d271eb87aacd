//! The figure that a target is held against: of the ranking, of the survey, or imported.

use super::Scored;
use crate::scheme::{Scheme, TieRule};
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::Bounds;
use crate::scoring::rank::ranks;
use crate::scoring::ranking::{BlockRanking, RankList, Standing, fields_meant};
use crate::scoring::results::{Results, UnitResult};
use crate::scoring::targets::{Attained, ImportedFigure, Target, TargetIndex, TargetScope, TargetSubject};
use crate::survey::Audience;
use crate::unit::UnitCode;

/// Everything that a target can be held against.
pub(super) struct KnownFigures<'a> {
    pub(super) year: i32,
    pub(super) scored: &'a Scored,
    pub(super) blocks: &'a [BlockRanking],
    pub(super) results: &'a [&'a Results],
    pub(super) figures: &'a [ImportedFigure],
}

impl<'a> KnownFigures<'a> {
    /// What a target is on.
    pub(super) fn subject(&self, target: &Target) -> TargetSubject {
        TargetSubject::of(&target.index, &target.scope, &self.fields_of(target.unit.as_ref()))
    }

    /// The figure of a target; what is imported for the province as a whole, what is computed here for a unit.
    pub(super) fn of(&self, target: &Target, subject: &TargetSubject) -> Option<Attained> {
        let Some(unit) = &target.unit else { return self.imported(target.year, subject) };
        if target.year != self.year {
            return None;
        }
        match (&subject.index, &subject.scope) {
            (TargetIndex::Par, scope) => self.par(unit.as_str(), scope),
            (TargetIndex::Sipas, TargetScope::Whole) => self.sipas(unit.as_str()),
            _ => None,
        }
    }

    fn fields_of(&self, unit: Option<&UnitCode>) -> Vec<(&'a str, &'a Scheme)> {
        fields_meant(self.blocks, |block| self.scored.scheme_of(block), unit)
    }

    fn imported(&self, year: i32, subject: &TargetSubject) -> Option<Attained> {
        let blocks = self.fields_of(None);
        let is_on = |figure: &&ImportedFigure| TargetSubject::of(&figure.index, &figure.scope, &blocks).is_same(subject);
        self.figures.iter().filter(|figure| figure.year == year).find(is_on).map(|figure| figure.attained.clone())
    }

    fn par(&self, unit: &str, scope: &TargetScope) -> Option<Attained> {
        let mut all = self.blocks.iter().flat_map(|block| block.units.iter().map(move |unit| (block, unit)));
        let (block, found) = all.find(|(_, ranked)| ranked.unit.as_str() == unit)?;
        let standing = found.standing.as_ref()?;
        match scope {
            TargetScope::Whole => {
                let previous_rank = standing.before.as_ref().map(|before| before.rank);
                // A rank among those apart is none in the block.
                let rank = (standing.list == RankList::Block).then_some(standing.rank);
                Some(Attained { value: standing.index, rank, previous_rank, ..Attained::default() })
            }
            TargetScope::Field { field, .. } => in_field(block, standing, field),
            TargetScope::Part(_) => None,
        }
    }

    /// The overall index of the citizens' questionnaire, and the rank in the block by it.
    fn sipas(&self, unit: &str) -> Option<Attained> {
        let asked = self.results.iter().filter(|results| results.audience == Audience::Citizens && results.rule.is_some());
        let (block, found) = asked.filter_map(|results| results.unit(unit)).find(|(_, result)| index(result).is_some())?;
        let value = index(found)?;
        let known: Vec<Held> = block.units.iter().filter_map(index).collect();
        let place = block.units.iter().filter(|unit| index(unit).is_some()).position(|other| other.unit == found.unit)?;
        let rank = ranks(&known, TieRule::Competition).get(place).copied();
        Some(Attained { value: Some(value), rank, ..Attained::default() })
    }
}

/// What a unit has in a field.
fn in_field(block: &BlockRanking, standing: &Standing, field: &str) -> Option<Attained> {
    let field = standing.fields.get(block.field(field)?)?;
    Some(Attained { value: field.index, rank: field.rank, ..Attained::default() })
}

/// The published index of a unit, held where that is published.
fn index(unit: &UnitResult) -> Option<Held> {
    let figure = unit.figures.as_ref()?.index.as_ref()?.figure?;
    let printed = figure.get().percent;
    figure.get().held.or_else(|| printed.number().parse().ok().filter(|_| printed.bound() == Bounds::Value))
}
