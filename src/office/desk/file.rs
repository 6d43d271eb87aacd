//! Score sheets as files: what one changes, and writing one that can be imported again.

use std::io::{Read, Write};

use super::{Author, Desk};
use crate::export::sheets;
use crate::import::scores::{AgainstSchemes, read};
use crate::office::Stopped;
use crate::store::scores::Entry;

impl Desk {
    /// How many cells a file would change. Nothing is changed.
    ///
    /// # Errors
    /// All faults of the file, or why nothing may be entered.
    pub fn check(&self, file: impl Read, correction: bool) -> Result<usize, Stopped> {
        Ok(self.entries(file, correction)?.len())
    }

    /// Enters a file: all of it or nothing. Gives how many cells it changes.
    ///
    /// # Errors
    /// All faults of the file, or why nothing may be entered.
    pub async fn import(self, file: impl Read, correction: bool, by: &Author) -> Result<usize, Stopped> {
        let entries = self.entries(file, correction)?;
        self.enter(&entries, by).await?;
        Ok(entries.len())
    }

    /// Writes all sheets as a file that can be imported again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, out: &mut dyn Write) -> Result<(), Stopped> {
        sheets::write(&self.units(), self.round.year, &self.sheets, out).map_err(Stopped::File)
    }

    fn entries(&self, file: impl Read, correction: bool) -> Result<Vec<Entry>, Stopped> {
        self.open(correction)?;
        let against = AgainstSchemes { units: self.units(), year: self.round.year, step: self.scoring.step, entered: &self.sheets };
        Ok(read(file, &against, &|_| {})?)
    }
}
