//! Dates as people read them, in the local time of a round.

use jiff::civil::Time;
use jiff::{Timestamp, ToSpan};

use crate::round::Round;
use crate::words::Words;

/// When a round's forms begin to be shown: `07:00 ngày 1/11/2026`.
#[must_use]
pub fn opening(words: Words, round: &Round) -> String {
    date(words, round, round.opens_at)
}

/// Until when they are shown. Midnight is 24:00 of the day that ends, as deadlines are announced.
#[must_use]
pub fn closing(words: Words, round: &Round) -> String {
    if round.offset.to_datetime(round.closes_at).time() != Time::midnight() {
        return date(words, round, round.closes_at);
    }
    let last_second = round.closes_at.checked_sub(1.second()).unwrap_or(round.closes_at);
    date(words, round, last_second).replacen("23:59", "24:00", 1)
}

fn date(words: Words, round: &Round, at: Timestamp) -> String {
    let format = if words.code() == "vi" { "%H:%M ngày %-d/%-m/%Y" } else { "%H:%M on %-d %B %Y" };
    round.offset.to_datetime(at).strftime(format).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_told_in_local_time_and_ends_at_24_hours() {
        let round = Round::sample(7);
        assert_eq!(opening(Words::of("vi"), &round), "00:00 ngày 1/11/2026");
        assert_eq!(closing(Words::of("vi"), &round), "24:00 ngày 30/11/2026");
        assert_eq!(closing(Words::of("en"), &round), "24:00 on 30 November 2026");
        assert_eq!(round.day(round.opens_at).to_string(), "2026-11-01");
    }
}
