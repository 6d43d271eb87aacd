//! Moving the end of a round's window.

use jiff::Timestamp;

use super::actor::{Allowed, Extend};
use crate::round::{Round, RoundState};
use crate::store::{Result, Store};

/// Why the end of a window is not moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotExtended {
    /// It runs that long already; to end earlier it is closed.
    RunsLonger,
    /// The new end has passed.
    Past,
    /// The round is neither a draft nor open.
    State(RoundState),
    /// Somebody has changed it meanwhile.
    Changed,
}

/// Moves the end of a round's window to a later time.
///
/// # Errors
/// When the database does not answer.
pub async fn extend(
    store: &Store,
    round: &Round,
    closes_at: Timestamp,
    allowed: &Allowed<Extend>,
) -> Result<std::result::Result<(), NotExtended>> {
    let by = allowed.by();
    if round.state > RoundState::Open {
        return Ok(Err(NotExtended::State(round.state)));
    }
    if closes_at <= round.closes_at {
        return Ok(Err(NotExtended::RunsLonger));
    }
    if closes_at <= by.at() {
        return Ok(Err(NotExtended::Past));
    }
    let is_moved = store.extend_round(round, closes_at, by).await?;
    Ok(if is_moved { Ok(()) } else { Err(NotExtended::Changed) })
}
