//! The register of units that rounds ask about.

use sha2::{Digest, Sha256};

use super::actor::{Allowed, Register};
use crate::import::{Faults, units};
use crate::store::{Result, Store, StoreError};
use crate::unit::Unit;

/// Units of a file that was read and is not imported yet.
#[derive(Debug)]
pub struct Read {
    /// The units.
    pub units: Vec<Unit>,
    sha256: String,
}

/// Why a file gives no units.
#[derive(Debug)]
pub enum NotRead {
    /// It has faults.
    Faults(Faults),
    /// The database does not answer.
    Store(StoreError),
}

/// Reads a file of units against those that are in the register.
///
/// # Errors
/// All faults of the file.
pub async fn read(store: &Store, file: &[u8]) -> std::result::Result<Read, NotRead> {
    let register: Vec<Unit> = store.units().await.map_err(NotRead::Store)?.into_iter().map(|row| row.unit).collect();
    let units = units::read(file, &register).map_err(NotRead::Faults)?;
    Ok(Read { units, sha256: hex::encode(Sha256::digest(file)) })
}

impl Read {
    /// Adds the units, and replaces those whose code is there already: all of them or none. Says how many were new or other than before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn import(&self, store: &Store, may: &Allowed<Register>) -> Result<usize> {
        store.save_units(&self.units, &self.sha256, may.by()).await
    }
}
