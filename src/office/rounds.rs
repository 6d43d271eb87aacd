//! Rounds as they are named and listed.

use super::Office;
use super::Stopped;
use crate::round::Round;

/// A round by its id.
///
/// # Errors
/// When there is none, or the database does not answer.
pub async fn find(Office { store }: &Office, code: &str) -> Result<Round, Stopped> {
    Ok(store.round(code).await?)
}

/// All rounds, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn all(Office { store }: &Office) -> Result<Vec<Round>, Stopped> {
    Ok(store.rounds().await?)
}
