//! Sheets, by their keys.

use std::fmt;
use std::ops::{BitAnd, BitOr, Sub};

/// Rounds of the model.
pub(super) const ROUNDS: usize = 2;

/// Keys of one cell, and cells of one round: a key says by itself where its sheet belongs.
const CELL: u8 = 32;
const CELLS: u8 = 2;

/// Keys that there are.
pub(super) const KEYS: u8 = CELL * CELLS * 2;

/// A set of keys.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Keys(u128);

impl Keys {
    /// No key.
    pub(super) const NONE: Self = Self(0);

    /// One key alone.
    pub(super) fn one(key: u8) -> Self {
        Self(1 << (key % KEYS))
    }

    /// The keys of each cell of a round.
    pub(super) fn cells_of(round: usize) -> [Self; 2] {
        let cell = |number: usize| Self(u128::from(u32::MAX) << (32 * number));
        [cell(2 * round), cell(2 * round + 1)]
    }

    /// The keys of a round.
    pub(super) fn of(round: usize) -> Self {
        let [one, other] = Self::cells_of(round);
        one | other
    }

    pub(super) fn len(self) -> u32 {
        self.0.count_ones()
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether all of these are among those.
    pub(super) fn within(self, those: Self) -> bool {
        (self - those).is_empty()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = u8> {
        (0..KEYS).filter(move |key| !(Self::one(*key) & self).is_empty())
    }
}

impl BitOr for Keys {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Keys {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Sub for Keys {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_set().entries(self.iter()).finish()
    }
}
