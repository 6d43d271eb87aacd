//! Which units a round may ask about: those that exist from its first day to its last.

use std::collections::{BTreeSet, HashMap};

use super::Given;
use crate::fault::{self, Faults, NotThere, Wrong, short};
use crate::round::window::{Absence, Outside, Window};
use crate::unit::{Registered, Unit};

/// Units of the register, found by their codes.
#[derive(Debug)]
pub struct RegisterByCode<'r> {
    all: &'r [Registered],
    by_code: HashMap<&'r str, &'r Registered>,
}

impl<'r> RegisterByCode<'r> {
    /// All units.
    #[must_use]
    pub fn new(all: &'r [Registered]) -> Self {
        Self { all, by_code: all.iter().map(|registered| (registered.unit.code.as_str(), registered)).collect() }
    }

    /// Why a unit cannot be asked about in a window, with the right one where there is one; none when it can.
    #[must_use]
    pub fn outside(&self, unit: &Unit, window: Window) -> Option<Outside> {
        if window.holds(unit) {
            return None;
        }
        let why = match (unit.valid_from, unit.valid_to) {
            (_, Some(to)) if to < window.last => Absence::Ended(to),
            (Some(from), _) => Absence::Begins(from),
            (None, _) => Absence::Never,
        };
        let instead = self.successor(unit, window).map(|other| other.code.clone());
        Some(Outside { unit: unit.code.clone(), why, window, instead })
    }

    /// The unit that took over, perhaps after several mergers.
    fn successor(&self, unit: &Unit, window: Window) -> Option<&'r Unit> {
        let next = |unit: &Unit| unit.merged_into.as_ref().and_then(|code| self.by_code.get(code.as_str())).map(|found| &found.unit);
        // The register has no circles; the bound is for one that was changed by hand.
        std::iter::successors(next(unit), |unit| next(unit)).take(self.all.len()).find(|unit| window.holds(unit))
    }

    /// Rows of the units that are named and of all units of the blocks.
    pub(super) fn rows(&self, units: &[Given<String>], blocks: &[Given<String>], window: Window, faults: &mut Faults) -> Vec<i32> {
        let mut rows = BTreeSet::new();
        for given in units {
            match self.by_code.get(given.value.as_str()) {
                None => faults.add(given.fault(Wrong::NoUnit { unit: short(&given.value) })),
                Some(found) => match self.outside(&found.unit, window) {
                    Some(outside) => faults.add(given.fault(wrong(&outside))),
                    None => drop(rows.insert(found.id)),
                },
            }
        }
        for block in blocks {
            self.add_block(block, window, &mut rows, faults);
        }
        rows.into_iter().collect()
    }

    /// Units of a block that ended before the round or begin after it are passed over; one that exists for a part of it is a fault,
    /// so that nobody is left out without a word.
    fn add_block(&self, block: &Given<String>, window: Window, rows: &mut BTreeSet<i32>, faults: &mut Faults) {
        let mut members = self.all.iter().filter(|found| found.unit.block == block.value && window.touches(&found.unit)).peekable();
        if members.peek().is_none() {
            let blocks: BTreeSet<&str> = self.all.iter().map(|found| found.unit.block.as_str()).collect();
            let known = blocks.into_iter().map(str::to_owned).collect();
            faults.add(block.fault(Wrong::NoUnitsOfBlock { block: short(&block.value), known }));
        }
        for found in members {
            match self.outside(&found.unit, window) {
                Some(outside) => faults.add(block.fault(wrong(&outside))),
                None => drop(rows.insert(found.id)),
            }
        }
    }
}

/// That a unit cannot be asked about, and why.
fn wrong(Outside { unit, why, window: Window { first, last, .. }, instead }: &Outside) -> Wrong {
    let (why, day) = match why {
        Absence::Ended(day) => (fault::WhyOutside::Ended, Some(day)),
        Absence::Begins(day) => (fault::WhyOutside::Begins, Some(day)),
        Absence::Never => (fault::WhyOutside::Never, None),
    };
    Wrong::UnitOutside(Box::new(NotThere {
        unit: unit.to_string(),
        why,
        day: day.map(ToString::to_string),
        first_day: first.to_string(),
        last_day: last.to_string(),
        instead: instead.as_ref().map(ToString::to_string),
    }))
}
