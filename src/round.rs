//! Rounds: where one stands, its window, and the plan of its steps. Pure: nothing here asks a clock or a database.

pub mod plan;
pub mod steps;
pub mod when;
pub mod window;

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde::Serialize;

use crate::organiser::{BlockNames, Organiser};

/// Where a round stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundState {
    /// Made, not yet opened: may still be changed.
    Draft,
    /// Takes sheets.
    Open,
    /// Takes no more sheets; letterboxes are being emptied.
    Closing,
    /// All sheets are in one shuffled table; figures may be looked at.
    Closed,
    /// Its figures are frozen and public.
    Published,
}

impl RoundState {
    const ALL: [Self; 5] = [Self::Draft, Self::Open, Self::Closing, Self::Closed, Self::Published];

    /// The state of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.to_string() == name)
    }
}

impl fmt::Display for RoundState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closing => "closing",
            Self::Closed => "closed",
            Self::Published => "published",
        })
    }
}

/// One survey and rating of a year: what is asked and scored, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Its row.
    pub id: i32,
    /// Its id in addresses.
    pub code: String,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// The year it rates.
    pub year: i32,
    /// Where it stands.
    pub state: RoundState,
    /// From when forms are shown.
    pub opens_at: Timestamp,
    /// Until when forms are shown; sheets are taken until it is closed.
    pub closes_at: Timestamp,
    /// How far local time, in which its dates are shown, is ahead of UTC.
    pub offset: Offset,
    /// Whether its answers are made up, which every page then says.
    pub synthetic: bool,
    /// Who asks, where that was said.
    pub organiser: Option<Arc<Organiser>>,
    /// Instances that a close went on without and that may have held sheets.
    pub excused: Vec<String>,
    /// Instances that a close went on without and with which no sheet waited when they were last heard, seconds before they were gone. Not
    /// public: as far as anybody knows nothing was lost.
    pub excused_empty: Vec<String>,
}

impl Round {
    /// The round's name in a language; any language but Vietnamese reads the English one.
    #[must_use]
    pub fn name(&self, language: &str) -> &str {
        if language == "vi" { &self.name_vi } else { &self.name_en }
    }

    /// What it calls blocks.
    #[must_use]
    pub fn blocks(&self) -> &BlockNames {
        self.organiser.as_ref().map_or(BlockNames::NONE, |organiser| &organiser.blocks)
    }

    /// The day that it is, where the round is, at a time.
    #[must_use]
    pub fn day(&self, at: Timestamp) -> Date {
        self.offset.to_datetime(at).date()
    }

    /// All instances that a close went on without.
    #[must_use]
    pub fn closed_without(&self) -> Vec<String> {
        self.excused.iter().chain(&self.excused_empty).cloned().collect()
    }
}

#[cfg(test)]
impl Round {
    /// An open round of November 2026, so many hours ahead of UTC.
    pub(crate) fn sample(hours: i8) -> Self {
        let offset = Offset::constant(hours);
        let midnight = |month, day| offset.to_timestamp(jiff::civil::date(2026, month, day).at(0, 0, 0, 0)).unwrap_or_default();
        Self {
            id: 1,
            code: "2026".into(),
            name_vi: String::new(),
            name_en: String::new(),
            year: 2026,
            state: RoundState::Open,
            opens_at: midnight(11, 1),
            closes_at: midnight(12, 1),
            offset,
            synthetic: false,
            organiser: None,
            excused: Vec::new(),
            excused_empty: Vec::new(),
        }
    }
}
