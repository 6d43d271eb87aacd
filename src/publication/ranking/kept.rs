//! Targets and figures that others computed: what was read of their files, as it is kept with a round.

use serde::{Deserialize, Serialize};

use crate::round::Round;
use crate::store::scores::FileKind;
use crate::store::{Result, Store, StoreError};

/// Rows of a file of a round; none where it has no such file.
pub(super) async fn kept<T: for<'de> Deserialize<'de>>(store: &Store, round: &Round, kind: FileKind) -> Result<Vec<T>> {
    let Some(body) = store.kept_file(round.id, kind).await? else { return Ok(Vec::new()) };
    serde_json::from_str(&body)
        .map_err(|error| StoreError::trouble(format!("the {kind} of round `{}` cannot be read by this version: {error}", round.code)))
}

/// What was read of a file, as it is kept.
///
/// # Errors
/// Never for what this program reads from files.
pub fn written<T: Serialize>(rows: &[T]) -> Result<String> {
    serde_json::to_string(rows).map_err(|error| StoreError::trouble(error.to_string()))
}
