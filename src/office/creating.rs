//! Creating a round, as a draft.

use super::actor::{Allowed, Create};
use crate::import::Faults;
use crate::import::round_file::Described;
use crate::round::when::UtcOffset;
use crate::store::{Store, StoreError};

/// Why a round is not created.
#[derive(Debug)]
pub enum NotCreated {
    /// What describes it has faults.
    Faults(Faults),
    /// Its id is taken, or the database does not answer.
    Store(StoreError),
}

/// Creates a round of what describes it, and gives its id. Days are those of an offset.
///
/// # Errors
/// All faults of the description; when its id is taken.
pub async fn create(store: &Store, described: &Described, offset: UtcOffset, may: &Allowed<Create>) -> Result<String, NotCreated> {
    let register = store.units().await.map_err(NotCreated::Store)?;
    let new = described.resolve(&register, offset).map_err(NotCreated::Faults)?;
    let code = new.code.clone();
    store.create_round(new, may.by()).await.map_err(NotCreated::Store)?;
    Ok(code)
}
