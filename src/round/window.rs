//! The window of a round: the time in which forms are shown, and the local days that it touches.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::when::UtcOffset;
use crate::unit::{Unit, UnitCode};

/// The time of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// From when forms are shown.
    pub opens_at: Timestamp,
    /// Until when they are shown.
    pub closes_at: Timestamp,
    /// Its first local day.
    pub first: Date,
    /// Its last local day.
    pub last: Date,
}

impl Window {
    /// From opening to closing, where local days are those of an offset.
    #[must_use]
    pub fn new(opens_at: Timestamp, closes_at: Timestamp, offset: UtcOffset) -> Self {
        // A round that closes at 24:00 does not touch the day that begins then.
        let before_closing = closes_at.checked_sub(SignedDuration::from_secs(1)).unwrap_or(closes_at);
        Self { opens_at, closes_at, first: offset.day(opens_at), last: offset.day(before_closing).max(offset.day(opens_at)) }
    }

    /// Whether a unit exists from its first day to its last.
    #[must_use]
    pub fn holds(self, unit: &Unit) -> bool {
        unit.exists_on(self.first) && unit.exists_on(self.last)
    }

    /// Whether a unit exists on its first day or on its last.
    #[must_use]
    pub fn touches(self, unit: &Unit) -> bool {
        unit.exists_on(self.first) || unit.exists_on(self.last)
    }
}

/// Why a unit is not there from the first day of a window to its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absence {
    /// It ended on this day.
    Ended(Date),
    /// It exists from this day on.
    Begins(Date),
    /// It never was.
    Never,
}

/// A unit that is not there for all of a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outside {
    /// Code of a unit that is not there on some day.
    pub unit: UnitCode,
    /// When it ended or begins.
    pub why: Absence,
    /// The days on which it would have to be there.
    pub window: Window,
    /// The unit that has its work, and is there.
    pub instead: Option<UnitCode>,
}
