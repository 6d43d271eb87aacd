//! The schema of the main database at an address, whatever it is: what keeps it up to date opens no database that has to be.

use serde::Serialize;

use crate::office::Stopped;
use crate::office::actor::{Allowed, Migrate};
use crate::refusal::Refusal;
use crate::store::Store;

pub use crate::store::TakenBack;

/// A step of the schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchemaStep {
    /// Its name.
    pub step: String,
    /// Whether it was taken.
    pub taken: bool,
}

/// All steps that this program knows, in order.
///
/// # Errors
/// When the database cannot be read.
pub async fn status(address: &str) -> Result<Vec<SchemaStep>, Stopped> {
    let steps = Store::open(address).await?.migrations().await?;
    Ok(steps.into_iter().map(|(step, taken)| SchemaStep { step, taken }).collect())
}

/// Takes every step that is not taken yet, in a file that is made where there is none, and says how many these were.
///
/// # Errors
/// When a step fails; all of them are undone then.
pub async fn up(address: &str) -> Result<usize, Stopped> {
    let store = Store::create(address).await?;
    let pending = store.migrations().await?.iter().filter(|(_, taken)| !taken).count();
    store.migrate_up().await?;
    Ok(pending)
}

/// Takes the newest step back, with what is stored in its tables. None where no step is left.
///
/// # Errors
/// When something is published, which is to stay readable, or the step cannot be taken back.
pub async fn down(address: &str, may: &Allowed<Migrate>) -> Result<Option<TakenBack>, Stopped> {
    let by = may.everywhere().map_err(Stopped::from)?;
    let store = Store::open(address).await?;
    let rounds = store.published_rounds().await?;
    if !rounds.is_empty() {
        return Err(Refusal::SchemaStays { rounds }.into());
    }
    Ok(store.migrate_down(by).await?)
}
