//! Days and hours as people write them, and the moments they mean.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

/// How far local time is ahead of UTC: `+07:00` in Viet Nam.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UtcOffset(Offset);

/// A text is no offset; an offset is written as `+07:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("write +07:00")]
pub struct NoOffset;

impl FromStr for UtcOffset {
    type Err = NoOffset;

    fn from_str(text: &str) -> Result<Self, NoOffset> {
        let noon = "1970-01-01T12:00:00";
        if !text.starts_with(['+', '-']) {
            return Err(NoOffset);
        }
        let there: Timestamp = format!("{noon}{text}").parse().map_err(|_| NoOffset)?;
        let here: Timestamp = format!("{noon}Z").parse().map_err(|_| NoOffset)?;
        let ahead = i32::try_from(here.as_second() - there.as_second()).map_err(|_| NoOffset)?;
        Offset::from_seconds(ahead).map(Self).map_err(|_| NoOffset)
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.0.seconds() / 60;
        let sign = if minutes < 0 { '-' } else { '+' };
        write!(formatter, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
    }
}

impl From<Offset> for UtcOffset {
    fn from(offset: Offset) -> Self {
        Self(offset)
    }
}

impl UtcOffset {
    /// The offset itself.
    #[must_use]
    pub fn get(self) -> Offset {
        self.0
    }

    /// The local day of a moment.
    #[must_use]
    pub fn day(self, moment: Timestamp) -> Date {
        self.0.to_datetime(moment).date()
    }

    /// A moment in local time, for people: `2026-11-01 08:00`.
    #[must_use]
    pub fn opening(self, moment: Timestamp) -> String {
        self.0.to_datetime(moment).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// The end of something in local time, where midnight is 24:00 of the day that ends.
    #[must_use]
    pub fn closing(self, moment: Timestamp) -> String {
        let local = self.0.to_datetime(moment);
        match local.date().yesterday() {
            Ok(day) if local.time() == jiff::civil::Time::midnight() => format!("{day} 24:00"),
            _ => self.opening(moment),
        }
    }
}

/// Which end of a day a plain date means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// 00:00.
    Begin,
    /// 24:00.
    End,
}

/// Reads a day or a time with its offset; none where the text is neither.
#[must_use]
pub fn moment(text: &str, edge: Edge, offset: UtcOffset) -> Option<Timestamp> {
    let Some(day) = day(text) else { return text.parse().ok() };
    let day = if edge == Edge::End { day.checked_add(1.day()).ok()? } else { day };
    let midnight = DateTime::from_parts(day, jiff::civil::Time::midnight());
    offset.0.to_timestamp(midnight).ok()
}

/// Reads a day as ISO 8601 writes it: `2026-11-01`.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let shape_fits = text.len() == 10 && text.bytes().enumerate().all(|(place, byte)| (place == 4 || place == 7) == (byte == b'-'));
    if shape_fits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, edge: Edge) -> Option<String> {
        moment(text, edge, "+07:00".parse().unwrap()).map(|moment| moment.to_string())
    }

    #[test]
    fn a_day_begins_and_ends_at_local_midnight() {
        assert_eq!(at("2026-11-01", Edge::Begin).unwrap(), "2026-10-31T17:00:00Z");
        assert_eq!(at("2026-11-01", Edge::End).unwrap(), "2026-11-01T17:00:00Z");
        assert_eq!(at("2026-11-01T08:00:00+07:00", Edge::End).unwrap(), "2026-11-01T01:00:00Z");
    }

    #[test]
    fn a_day_is_written_in_one_way_and_a_time_has_its_offset() {
        for text in ["1/11/2026", "2026-11-31", "20261101", "2026-11-01T08:00:00", ""] {
            assert_eq!(at(text, Edge::Begin), None, "{text}");
        }
    }

    #[test]
    fn an_offset_is_read_and_written_alike() {
        for text in ["+07:00", "-03:30", "+00:00"] {
            assert_eq!(text.parse::<UtcOffset>().unwrap().to_string(), text);
        }
        for text in ["7", "Z", "+7h", "", "+25:00x"] {
            assert!(text.parse::<UtcOffset>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_end_at_midnight_is_told_as_the_day_that_ends() {
        let offset: UtcOffset = "+07:00".parse().unwrap();
        let end = moment("2026-11-30", Edge::End, offset).unwrap();
        assert_eq!((offset.closing(end), offset.opening(end)), ("2026-11-30 24:00".into(), "2026-12-01 00:00".into()));
    }
}
