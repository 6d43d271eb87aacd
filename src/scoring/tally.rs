//! The tally: how many sheets of a unit, group and mode hold which byte for which item.
//!
//! Counting is integer arithmetic over the packed bytes of [`crate::survey::codebook`], so a million sheets are read in one pass, and
//! tallies of parts merge, in any order, into the tally of the whole.
//!
//! Only a sheet with a valid answer is counted: without a population, to any question; within one, to an item of it. So the sheets of a
//! population are counted in a second pass, when the first has said what it is.
//!
//! A cell's counts are one flat run of numbers; `layout` says which byte belongs to which.

use std::collections::HashMap;
use std::sync::Arc;

use super::counts::Counts;
use super::layout::Layout;
use super::population::Population;
use crate::survey::codebook::{Codebook, Damaged};
use crate::survey::mode::Mode;

/// Where a sheet is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TallyCell {
    /// Number of the unit, as the store gives it.
    pub unit: u32,
    /// Number of the respondent group; 0 where there are none.
    pub group: u16,
    /// How the sheet came in.
    pub mode: Mode,
}

/// Counts of all cells of one questionnaire.
#[derive(Debug, Clone)]
pub struct Tally {
    layout: Layout,
    /// Whose answers to which items make a sheet; any to any question where there is none.
    within: Option<Arc<Population>>,
    /// The cells of each unit, with their places in `sheets` and `counts`. A unit has few: groups times modes.
    units: HashMap<u32, Vec<(TallyCell, usize)>>,
    sheets: Vec<u32>,
    counts: Vec<u32>,
}

/// Two tallies that cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the tallies belong to questionnaires with different codebooks")]
pub struct OtherCodebook;

impl Tally {
    /// A tally of no sheets.
    #[must_use]
    pub fn new(codebook: &Codebook) -> Self {
        Self { layout: Layout::new(codebook), within: None, units: HashMap::new(), sheets: Vec::new(), counts: Vec::new() }
    }

    /// A tally of no sheets that counts those of a population only.
    #[must_use]
    pub fn within(codebook: &Codebook, population: Arc<Population>) -> Self {
        Self { within: Some(population), ..Self::new(codebook) }
    }

    /// The population that its sheets are counted in; none where it counts all sheets.
    #[must_use]
    pub fn population(&self) -> Option<&Population> {
        self.within.as_deref()
    }

    /// Counts one packed sheet, if it has an answer that counts. A cell that holds 4,294,967,295 sheets is full and stays as it is.
    ///
    /// # Errors
    /// When the bytes cannot come from [`Codebook::pack`]; then nothing is counted.
    pub fn add(&mut self, cell: TallyCell, packed: &[u8]) -> Result<(), Damaged> {
        self.layout.check(packed)?;
        if !self.is_answered(cell, packed) {
            return Ok(());
        }
        let place = self.place(cell);
        let slots = self.layout.slots();
        if let (Some(sheets), Some(counts)) = (self.sheets.get_mut(place), self.counts.get_mut(place * slots..(place + 1) * slots))
            && *sheets < u32::MAX
        {
            *sheets += 1;
            self.layout.count(packed, counts);
        }
        Ok(())
    }

    fn is_answered(&self, cell: TallyCell, packed: &[u8]) -> bool {
        match &self.within {
            None => self.layout.is_answered(packed, |_| true),
            Some(population) => population
                .items(cell.unit, cell.group)
                .is_some_and(|items| self.layout.is_answered(packed, |item| items.get(item).copied().unwrap_or(false))),
        }
    }

    /// Adds the counts of another part of the same sheets. Any order and any parting gives the same tally.
    ///
    /// # Errors
    /// When the other tally belongs to another codebook; then nothing is added.
    pub fn merge(&mut self, other: &Self) -> Result<(), OtherCodebook> {
        if self.layout != other.layout {
            return Err(OtherCodebook);
        }
        for &(cell, from) in other.units.values().flatten() {
            let place = self.place(cell);
            add_into(&mut self.sheets, place, other.sheets.iter().skip(from).take(1));
            let slots = self.layout.slots();
            add_into(&mut self.counts, place * slots, other.counts.iter().skip(from * slots).take(slots));
        }
        Ok(())
    }

    /// The cells that hold sheets, in order.
    #[must_use]
    pub fn cells(&self) -> Vec<TallyCell> {
        let mut cells: Vec<TallyCell> = self.units.values().flatten().map(|(cell, _)| *cell).collect();
        cells.sort_unstable();
        cells
    }

    /// The cells of a unit that hold sheets, in no order.
    pub fn cells_of(&self, unit: u32) -> impl Iterator<Item = TallyCell> {
        self.units.get(&unit).into_iter().flatten().map(|(cell, _)| *cell)
    }

    /// Sheets of a unit in the cells that are wanted: `|cell| cell.mode == Mode::Desk`.
    #[must_use]
    pub fn sheets_where(&self, unit: u32, wanted: impl Fn(TallyCell) -> bool) -> u32 {
        let places = self.places(unit, wanted);
        places.filter_map(|place| self.sheets.get(place)).fold(0, |sum, sheets| sum.saturating_add(*sheets))
    }

    /// Counts of a unit over the cells that are wanted.
    #[must_use]
    pub fn unit_where(&self, unit: u32, wanted: impl Fn(TallyCell) -> bool) -> Counts {
        let slots = self.layout.slots();
        let (mut sheets, mut sums) = (0_u32, vec![0_u32; slots]);
        for place in self.places(unit, wanted) {
            sheets = sheets.saturating_add(self.sheets.get(place).copied().unwrap_or(0));
            add_into(&mut sums, 0, self.counts.iter().skip(place * slots).take(slots));
        }
        self.layout.read(sheets, &sums)
    }

    fn places(&self, unit: u32, wanted: impl Fn(TallyCell) -> bool) -> impl Iterator<Item = usize> {
        self.units.get(&unit).into_iter().flatten().filter(move |(cell, _)| wanted(*cell)).map(|(_, place)| *place)
    }

    /// The place of a cell; a new one is given zeros.
    fn place(&mut self, cell: TallyCell) -> usize {
        let cells = self.units.entry(cell.unit).or_default();
        if let Some((_, place)) = cells.iter().find(|(known, _)| *known == cell) {
            return *place;
        }
        let place = self.sheets.len();
        cells.push((cell, place));
        self.sheets.push(0);
        self.counts.resize(self.counts.len() + self.layout.slots(), 0);
        place
    }
}

/// Two tallies are equal when every cell has the same counts, wherever it stands.
impl PartialEq for Tally {
    fn eq(&self, other: &Self) -> bool {
        let cells = self.cells();
        let same = |cell: &TallyCell| {
            let [ours, theirs] = [self, other].map(|tally| tally.unit_where(cell.unit, |known| known == *cell));
            ours == theirs
        };
        self.layout == other.layout && cells == other.cells() && cells.iter().all(same)
    }
}

fn add_into<'a>(sums: &mut [u32], start: usize, more: impl Iterator<Item = &'a u32>) {
    sums.iter_mut().skip(start).zip(more).for_each(|(sum, count)| *sum = sum.saturating_add(*count));
}
