//! Sheets from files: imported into an open round, and taken out again until it is closed.

use std::io;
use std::path::{Path, PathBuf};

use super::actor::{Allowed, Import};
use crate::import::responses::{self, Against, Bringing, Checked, ImportError};
use crate::keys::{FileSecret, Keys};
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
    /// Files were known by another secret before than that in this file, so that nobody can say whether this one was in a round.
    OtherSecret(PathBuf),
    /// The secret by which files are known cannot be read or made.
    Secret(io::Error),
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
        (keys, again): (&Keys, bool),
        may: &Allowed<Import>,
        progress: &dyn Fn(u64),
    ) -> Result<Checked, NotImported> {
        let Self { round, asked } = self;
        if round.state != RoundState::Open {
            return Err(NotImported::State(round.state));
        }
        let (secret, is_the_same) = secret(store, keys).await?;
        if !is_the_same && !again {
            return Err(NotImported::OtherSecret(keys.imported_files()));
        }
        let definition = kept::read(&asked.definition).map_err(|_| NotImported::Damaged)?;
        let register = store.units().await?;
        let against = Against::new(&definition, asked, &register);
        let imported =
            responses::import(store, asked, &against, file, Bringing { by: may.on(round)?, again, secret: &secret }, progress).await;
        imported.map_err(NotImported::File)
    }

    /// Takes the sheets of an imported file out again, and says how many there were.
    ///
    /// # Errors
    /// When the round is not open any more, or no such file is in it.
    pub async fn undo(&self, store: &Store, file: &Path, keys: &Keys, may: &Allowed<Import>) -> Result<u64, NotImported> {
        let (secret, _) = secret(store, keys).await?;
        let sha256 = responses::sha256(file).map_err(|error| NotImported::File(ImportError::File(error)))?;
        let undone = store.undo_import(&self.asked, &secret.known_by(&sha256), may.on(&self.round)?).await;
        undone.map_err(|error| NotImported::File(error.into()))
    }
}

/// The secret by which files are known, and whether all that were imported before are known by it.
async fn secret(store: &Store, keys: &Keys) -> Result<(FileSecret, bool), NotImported> {
    let secret = keys.file_secret().map_err(NotImported::Secret)?;
    let is_the_same = store.know_files_by(&secret.print(), &|hash: &str| secret.known_by(hash)).await?;
    Ok((secret, is_the_same))
}
