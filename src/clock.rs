//! The time of day: the only place that asks for it, so that everything else can be told one.

use jiff::Timestamp;

/// The time now.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that may ask")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
