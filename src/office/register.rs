//! The register of units that rounds ask about.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Office;
use super::Stopped;
use super::actor::{Allowed, Register};
use crate::import::units;
use crate::unit::{Registered, Unit};

/// Units of a file that was read and is not imported yet.
#[derive(Debug)]
pub struct Read {
    /// All units of the file, in its order.
    pub units: Vec<Unit>,
    sha256: String,
}

/// All units, in the order of import.
///
/// # Errors
/// When the database does not answer.
pub async fn all(Office { store }: &Office) -> Result<Vec<Registered>, Stopped> {
    Ok(store.units().await?)
}

/// Reads a file of units on the disk, as [`read`] does, and no more of one that is too large than says so.
///
/// # Errors
/// When the file cannot be read, and all its faults.
pub async fn read_file(office: &Office, file: &Path) -> Result<Read, Stopped> {
    let mut bytes = Vec::new();
    File::open(file)?.take(units::BYTES_MOST.saturating_add(1)).read_to_end(&mut bytes)?;
    read(office, &bytes).await
}

/// Reads a file of units against those that are in the register.
///
/// # Errors
/// All faults of the file.
pub async fn read(Office { store }: &Office, file: &[u8]) -> Result<Read, Stopped> {
    let register: Vec<Unit> = store.units().await?.into_iter().map(|row| row.unit).collect();
    let units = units::read(file, &register)?;
    Ok(Read { units, sha256: hex::encode(Sha256::digest(file)) })
}

impl Read {
    /// Adds the units, and replaces those whose code is there already: all of them or none. Says how many were new or other than before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn import(&self, Office { store }: &Office, may: &Allowed<Register>) -> Result<usize, Stopped> {
        Ok(store.save_units(&self.units, &self.sha256, may.everywhere()?).await?)
    }
}
