//! Dates as people here read them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use crate::words::Words;

/// Viet Nam has one time all year round: UTC+7. A government elsewhere gives its own offset in round files.
pub const HERE: Offset = Offset::constant(7);

/// The day that it is here at a time.
#[must_use]
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::fixed(HERE)).date()
}

/// A time as a date with its hour, in the order the language uses: `24:00 30/11/2026`.
#[must_use]
pub fn date(words: Words, at: Timestamp) -> String {
    let zoned = at.to_zoned(TimeZone::fixed(HERE));
    let format = if words.code() == "vi" { "%H:%M ngày %-d/%-m/%Y" } else { "%H:%M on %-d %B %Y" };
    zoned.strftime(format).to_string()
}
