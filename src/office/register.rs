//! The register of units that rounds ask about.

use sha2::{Digest, Sha256};

use super::Stopped;
use super::actor::{Allowed, Register};
use crate::import::units;
use crate::store::Store;
use crate::unit::Unit;

/// Units of a file that was read and is not imported yet.
#[derive(Debug)]
pub struct Read {
    /// The units.
    pub units: Vec<Unit>,
    sha256: String,
}

/// Reads a file of units against those that are in the register.
///
/// # Errors
/// All faults of the file.
pub async fn read(store: &Store, file: &[u8]) -> Result<Read, Stopped> {
    let register: Vec<Unit> = store.units().await?.into_iter().map(|row| row.unit).collect();
    let units = units::read(file, &register)?;
    Ok(Read { units, sha256: hex::encode(Sha256::digest(file)) })
}

impl Read {
    /// Adds the units, and replaces those whose code is there already: all of them or none. Says how many were new or other than before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn import(&self, store: &Store, may: &Allowed<Register>) -> Result<usize, Stopped> {
        Ok(store.save_units(&self.units, &self.sha256, may.by()).await?)
    }
}
