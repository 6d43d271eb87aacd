//! Creating a round, as a draft.

use super::Stopped;
use super::actor::{Allowed, Create};
use crate::import::round_file::Described;
use crate::round::when::UtcOffset;
use crate::store::Store;

/// Creates a round of what describes it, and gives its id. Days are those of an offset.
///
/// # Errors
/// All faults of the description; when its id is taken.
pub async fn create(store: &Store, described: &Described, offset: UtcOffset, may: &Allowed<Create>) -> Result<String, Stopped> {
    let register = store.units().await?;
    let new = described.resolve(&register, offset)?;
    let code = new.code.clone();
    store.create_round(new, may.by()).await?;
    Ok(code)
}
