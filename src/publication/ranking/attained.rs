//! The figure that a target is held against: of the ranking, of the survey, or imported.

use super::Scored;
use crate::scheme::TieRule;
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::Bound;
use crate::scoring::rank::ranks;
use crate::scoring::ranking::{BlockRanking, Standing};
use crate::scoring::results::{Results, UnitResult};
use crate::scoring::targets::{Attained, ImportedFigure, Target};
use crate::survey::Audience;

/// The PAR Index itself.
const PAR: &str = "par";
/// The citizens' satisfaction index.
const SIPAS: &str = "sipas";
/// The index as a whole, not a part of it.
const WHOLE: &str = "whole";

/// Everything that a target can be held against.
pub(super) struct Known<'a> {
    pub(super) year: i32,
    pub(super) scored: &'a Scored,
    pub(super) blocks: &'a [BlockRanking],
    pub(super) results: &'a [&'a Results],
    pub(super) figures: &'a [ImportedFigure],
}

impl Known<'_> {
    /// The figure of a target; what is imported for the province as a whole, what is computed here for a unit.
    pub(super) fn of(&self, target: &Target) -> Option<Attained> {
        let Some(unit) = &target.unit else { return self.imported(target) };
        if target.year != self.year {
            return None;
        }
        match target.index.to_lowercase().as_str() {
            PAR => self.par(unit.as_str(), &target.scope),
            SIPAS if is_whole(&target.scope) => self.sipas(unit.as_str()),
            _ => None,
        }
    }

    fn imported(&self, target: &Target) -> Option<Attained> {
        let same = |one: &str, other: &str| one.to_lowercase() == other.to_lowercase();
        let found = self
            .figures
            .iter()
            .find(|figure| same(&figure.index, &target.index) && same(&figure.scope, &target.scope) && figure.year == target.year);
        found.map(|figure| figure.attained.clone())
    }

    fn par(&self, unit: &str, scope: &str) -> Option<Attained> {
        let mut all = self.blocks.iter().flat_map(|block| block.units.iter().map(move |unit| (block, unit)));
        let (block, found) = all.find(|(_, ranked)| ranked.unit.as_str() == unit)?;
        let standing = found.standing.as_ref()?;
        if is_whole(scope) {
            let previous_rank = standing.before.as_ref().map(|before| before.rank);
            return Some(Attained { value: standing.index, rank: Some(standing.rank), previous_rank, ..Attained::default() });
        }
        self.field(block, standing, scope)
    }

    /// A field by its code, or by its words in any language.
    fn field(&self, block: &BlockRanking, standing: &Standing, scope: &str) -> Option<Attained> {
        let scheme = self.scored.schemes.iter().map(|(scheme, _)| scheme).find(|scheme| Some(&scheme.id) == block.scheme.as_ref())?;
        let wanted = scope.to_lowercase();
        let named =
            scheme.fields.iter().find(|field| field.code == wanted || field.text.0.values().any(|words| words.to_lowercase() == wanted))?;
        let field = standing.fields.get(block.field(&named.code)?)?;
        Some(Attained { value: field.index, rank: field.rank, ..Attained::default() })
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

fn is_whole(scope: &str) -> bool {
    scope.to_lowercase() == WHOLE
}

/// The published index of a unit, held where that is published.
fn index(unit: &UnitResult) -> Option<Held> {
    let figure = unit.figures.as_ref()?.index.as_ref()?.figure?;
    let printed = figure.get().percent;
    figure.get().held.or_else(|| printed.number().parse().ok().filter(|_| printed.bound() == Bound::Value))
}
