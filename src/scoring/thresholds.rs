//! Thresholds: from how many sheets on what is printed. One value, made in one place, so that laws can be tried on tables small enough to
//! list.

use crate::survey::FLOOR;

/// From here counts, fractions and held values are printed, and shares in whole percents.
const COUNTS_FROM: u32 = 50;
/// From here shares carry two decimals.
const DECIMALS_FROM: u32 = 200;
/// Under [`COUNTS_FROM`], a count so near to nobody or to everybody is never told exactly.
const NEAR: u32 = 5;

/// From how many sheets on what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    /// Least number of valid answers behind any figure, and of sheets behind any count.
    pub floor: u32,
    /// From here a number of sheets is printed as it is, and so is how many chose an option; under it there are classes.
    pub counts_from: u32,
    /// From here shares carry two decimals.
    pub decimals_from: u32,
    /// Under `counts_from`, counts under this, and those over all but this, are protected: no class holds one of them alone.
    pub near: u32,
}

impl Thresholds {
    /// Those of a definition: what it asks for, but never less than 10 sheets.
    #[must_use]
    pub fn of(least_sheets: u32) -> Self {
        let floor = least_sheets.max(FLOOR);
        Self { floor, counts_from: COUNTS_FROM.max(floor), decimals_from: DECIMALS_FROM.max(floor), near: NEAR }
    }

    /// Those of a definition that asks for no more sheets than every one does.
    #[must_use]
    pub fn least() -> Self {
        Self::of(FLOOR)
    }

    /// Whether so many sheets are too few for a count.
    #[must_use]
    pub fn few(self, sheets: u32) -> bool {
        sheets < self.counts_from
    }
}
