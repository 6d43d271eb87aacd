//! Sheets from files: imported into an open round, and taken out again until it is closed.

use std::path::Path;

use super::actor::{Allowed, Import};
use crate::import::responses::{self, Against, Checked, ImportError};
use crate::round::{Round, RoundState};
use crate::store::rounds::Asked;
use crate::store::{Store, StoreError};
use crate::survey::kept;

/// Why sheets are not imported, or not taken out again. Nothing is changed then.
#[derive(Debug)]
pub enum NotImported {
    /// The round is not open.
    State(RoundState),
    /// The round asks no such questionnaire, but these.
    Questionnaire(Vec<String>),
    /// The round's own copy of the questionnaire cannot be read.
    Damaged,
    /// The file is at fault, or the database refuses it.
    File(ImportError),
    /// Whatever else the database says.
    Store(StoreError),
}

impl From<StoreError> for NotImported {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A questionnaire of a round, into which sheets are brought.
#[derive(Debug)]
pub struct Sheets {
    round: Round,
    asked: Asked,
}

impl Sheets {
    /// Finds a questionnaire of a round.
    ///
    /// # Errors
    /// When there is none.
    pub async fn of(store: &Store, round: &str, questionnaire: &str) -> Result<Self, NotImported> {
        let round = store.round(round).await?;
        let asked = store.asked(round.id).await?;
        let known = asked.iter().map(|asked| asked.code.clone()).collect();
        let asked = asked.into_iter().find(|asked| asked.code == questionnaire).ok_or(NotImported::Questionnaire(known))?;
        Ok(Self { round, asked })
    }

    /// Imports a file: all of it or nothing. `again` takes the same sheets once more; `progress` hears how many bytes were read, over two readings.
    ///
    /// # Errors
    /// When the round is not open, or the file has faults, changes meanwhile or was imported before.
    pub async fn import(
        &self,
        store: &Store,
        file: &Path,
        may: &Allowed<Import>,
        again: bool,
        progress: &dyn Fn(u64),
    ) -> Result<Checked, NotImported> {
        let Self { round, asked } = self;
        if round.state != RoundState::Open {
            return Err(NotImported::State(round.state));
        }
        let definition = kept::read(&asked.definition).map_err(|_| NotImported::Damaged)?;
        let register = store.units().await?;
        let against = Against::new(&definition, asked, &register);
        let imported = responses::import(store, asked, &against, file, may.by(), again, progress).await;
        imported.map_err(NotImported::File)
    }

    /// Takes the sheets of an imported file out again, and says how many there were.
    ///
    /// # Errors
    /// When the round is not open any more, or no such file is in it.
    pub async fn undo(&self, store: &Store, file: &Path, may: &Allowed<Import>) -> Result<u64, NotImported> {
        let sha256 = responses::sha256(file).map_err(|error| NotImported::File(ImportError::File(error)))?;
        let undone = store.undo_import(&self.asked, &sha256, may.by()).await;
        undone.map_err(|error| NotImported::File(error.into()))
    }
}
