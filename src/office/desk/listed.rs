//! Lists: what each unit still lacks, and everything that was entered.

use serde::Serialize;

use super::Desk;
use crate::round::steps::ScorePart;
use crate::scheme::{Leaf, Scheme};
use crate::scoring::score::applies;
use crate::scoring::sheet::{Change, LeafEntries};
use crate::unit::Registered;

/// How far a unit's sheet is filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lacking {
    /// Code of the unit.
    pub unit: String,
    /// Id of its scheme.
    pub scheme: String,
    /// Criteria that people score: neither surveyed, nor bonus or penalty, nor such as do not apply to the unit.
    pub criteria: usize,
    /// Those with a score by the unit itself.
    pub self_scored: usize,
    /// Those with a score that counts.
    pub decided: usize,
}

/// An entry, and what it replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entered {
    /// Code of the unit.
    pub unit: String,
    /// Code of the criterion; empty for the unit as a whole.
    pub criterion: String,
    /// Which part of the cell.
    pub part: String,
    /// What stood there.
    pub from: String,
    /// What stands there since.
    pub to: String,
    /// Who entered it.
    pub who: String,
    /// The day, as 2026-11-22.
    pub on: String,
    /// The reason that was given; may be empty.
    pub why: String,
}

impl Desk {
    /// What each unit still lacks.
    #[must_use]
    pub fn lacking(&self) -> Vec<Lacking> {
        self.units().into_iter().map(|(row, scheme)| self.lacking_of(row, scheme)).collect()
    }

    fn lacking_of(&self, row: &Registered, scheme: &Scheme) -> Lacking {
        let block = scheme.block(&row.unit.block, self.round.year);
        let cell = |leaf: &Leaf| self.sheets.get(&row.id).and_then(|cells| cells.get(&leaf.code));
        let has = |leaf: &Leaf, part| cell(leaf).is_some_and(|cell| cell.entry(part).is_some());
        let is_scored = |(place, leaf): &(usize, &Leaf)| {
            let applies = block.is_some_and(|block| applies(block, *place)) && !has(leaf, ScorePart::Applicability);
            applies && !leaf.is_surveyed() && !leaf.is_adjustment()
        };
        let scored: Vec<&Leaf> = scheme.leaves.iter().enumerate().filter(is_scored).map(|(_, leaf)| leaf).collect();
        let count = |counts: &dyn Fn(&Leaf) -> bool| scored.iter().filter(|leaf| counts(leaf)).count();
        Lacking {
            unit: row.unit.code.to_string(),
            scheme: scheme.id.clone(),
            criteria: scored.len(),
            self_scored: count(&|leaf| has(leaf, ScorePart::SelfScore)),
            decided: count(&|leaf| cell(leaf).is_some_and(|cell| cell.decided().is_some())),
        }
    }

    /// Everything that was entered, by unit and criterion, oldest first; of one unit where it is named.
    #[must_use]
    pub fn history(&self, unit: Option<&str>) -> Vec<Entered> {
        let wanted = self.scored.units.iter().filter(|row| unit.is_none_or(|unit| row.unit.code.as_str() == unit));
        wanted.flat_map(|row| self.history_of(row)).collect()
    }

    fn history_of(&self, row: &Registered) -> Vec<Entered> {
        let mut cells: Vec<(&String, &LeafEntries)> = self.sheets.get(&row.id).into_iter().flatten().collect();
        cells.sort_by_key(|(leaf, _)| *leaf);
        let of = |(leaf, cell): (&String, &LeafEntries)| {
            cell.changes.iter().map(|change| entered(row.unit.code.as_str(), leaf, change)).collect::<Vec<_>>()
        };
        cells.into_iter().flat_map(of).collect()
    }
}

fn entered(unit: &str, criterion: &str, change: &Change) -> Entered {
    let Change { part, from, to, who, on, why } = change.clone();
    Entered {
        unit: unit.to_owned(),
        criterion: criterion.to_owned(),
        part: part.to_string(),
        from: from.unwrap_or_default(),
        to,
        who,
        on,
        why,
    }
}
