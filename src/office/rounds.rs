//! Rounds as they are named and listed.

use super::Stopped;
use crate::round::Round;
use crate::store::Store;

/// A round by its id.
///
/// # Errors
/// When there is none, or the database does not answer.
pub async fn find(store: &Store, code: &str) -> Result<Round, Stopped> {
    Ok(store.round(code).await?)
}

/// All rounds, newest first.
///
/// # Errors
/// When the database does not answer.
pub async fn all(store: &Store) -> Result<Vec<Round>, Stopped> {
    Ok(store.rounds().await?)
}
