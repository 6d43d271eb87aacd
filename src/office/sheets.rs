//! Sheets from files: imported into an open round, and taken out again until it is closed.

use std::path::Path;

use super::Stopped;
use super::actor::{Allowed, Import};
use crate::import::responses::{self, Against, Bringing, Checked};
use crate::keys::{FileSecret, Keys};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::store::rounds::Asked;
use crate::store::{Store, StoreError};
use crate::survey::kept;

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
    pub async fn of(store: &Store, round: &str, questionnaire: &str) -> Result<Self, Stopped> {
        let round = store.round(round).await?;
        let asked = store.asked(round.id).await?;
        let known = asked.iter().map(|asked| asked.code.clone()).collect();
        let missing = || Refusal::NotAsked { round: round.code.clone(), questionnaire: questionnaire.to_owned(), asked: known };
        let asked = asked.into_iter().find(|asked| asked.code == questionnaire).ok_or_else(missing)?;
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
    ) -> Result<Checked, Stopped> {
        let Self { round, asked } = self;
        if round.state != RoundState::Open {
            return Err(Refusal::NotOpen { round: round.code.clone(), state: round.state.to_string() }.into());
        }
        let (secret, is_the_same) = secret(store, keys).await?;
        if !is_the_same && !again {
            return Err(Refusal::FilesOtherSecret { file: keys.imported_files() }.into());
        }
        let definition = kept::read(&asked.definition).map_err(|why| damaged(asked, &why))?;
        let register = store.units().await?;
        let against = Against::new(&definition, asked, &register);
        let imported = responses::import(store, asked, &against, file, Bringing { by: may.by(), again, secret: &secret }, progress).await;
        Ok(imported?)
    }

    /// Takes the sheets of an imported file out again, and says how many there were.
    ///
    /// # Errors
    /// When the round is not open any more, or no such file is in it.
    pub async fn undo(&self, store: &Store, file: &Path, keys: &Keys, may: &Allowed<Import>) -> Result<u64, Stopped> {
        let (secret, _) = secret(store, keys).await?;
        let sha256 = responses::sha256(file)?;
        Ok(store.undo_import(&self.asked, &secret.known_by(&sha256), may.by()).await?)
    }
}

/// The secret by which files are known, and whether all that were imported before are known by it.
async fn secret(store: &Store, keys: &Keys) -> Result<(FileSecret, bool), Stopped> {
    let secret = keys.file_secret()?;
    let is_the_same = store.know_files_by(&secret.print(), &|hash: &str| secret.known_by(hash)).await?;
    Ok((secret, is_the_same))
}

fn damaged(asked: &Asked, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::trouble(format!("the definition kept with questionnaire `{}` cannot be read by this version: {why}", asked.code))
}
