//! Creating a round, as a draft.

use std::io::Read;
use std::path::Path;

use super::Office;
use super::Stopped;
use super::actor::{Allowed, Create};
use crate::import::round_file::{Described, parse};
use crate::round::when::UtcOffset;

/// More than a round file may have: what is beyond is refused by its size, whatever it says.
const READ_MOST: u64 = 1024 * 1024;

/// Reads a file that describes a round; what it names lies in a folder.
///
/// # Errors
/// All faults of the file, or when it cannot be read.
pub fn read(file: impl Read, folder: &Path) -> Result<Described, Stopped> {
    let mut bytes = Vec::new();
    file.take(READ_MOST).read_to_end(&mut bytes)?;
    Ok(parse(&bytes, folder)?)
}

/// Creates a round of what describes it, and gives its id. Days are those of an offset.
///
/// # Errors
/// All faults of the description; when its id is taken.
pub async fn create(Office { store }: &Office, described: &Described, offset: UtcOffset, may: &Allowed<Create>) -> Result<String, Stopped> {
    let register = store.units().await?;
    let new = described.resolve(&register, offset)?;
    let code = new.code.clone();
    store.create_round(new, may.in_round(&code)?).await?;
    Ok(code)
}
