//! Moving the end of a round's window.

use jiff::Timestamp;

use super::Office;
use super::Stopped;
use super::actor::{Allowed, Extend};
use crate::refusal::Refusal;
use crate::round::when::UtcOffset;
use crate::round::{Round, RoundState};

/// Moves the end of a round's window to a later time.
///
/// # Errors
/// When it is not allowed, or the database does not answer.
pub async fn extend(Office { store }: &Office, round: &Round, closes_at: Timestamp, allowed: &Allowed<Extend>) -> Result<(), Stopped> {
    let by = allowed.in_round(&round.code)?;
    let (code, offset) = (|| round.code.clone(), UtcOffset::from(round.offset));
    if round.state > RoundState::Open {
        return Err(Refusal::NotExtended { round: code(), state: round.state }.into());
    }
    if closes_at <= round.closes_at {
        return Err(Refusal::RunsLonger { round: code(), until: offset.closing(round.closes_at) }.into());
    }
    if closes_at <= by.at() {
        return Err(Refusal::EndPassed { end: offset.closing(closes_at) }.into());
    }
    let is_moved = store.extend_round(round, closes_at, by).await?;
    if is_moved { Ok(()) } else { Err(Refusal::Changed { round: code() }.into()) }
}
