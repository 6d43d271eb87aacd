//! Sheets from files: imported into an open round, and taken out again until it is closed.

use std::path::Path;
use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::actor::{Allowed, Import};
use super::{Office, Stopped};
use crate::import::responses::{self, AgainstQuestionnaire, Bringing, Checked};
use crate::keys::{FileSecret, Keys};
use crate::meter::Listener;
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
pub use crate::store::imports::Anyway;
use crate::store::rounds::Asked;
use crate::store::{Store, StoreError};
use crate::survey::kept;

/// A questionnaire of a round, into which sheets are brought.
#[derive(Debug)]
pub struct SheetImports {
    round: Round,
    asked: Asked,
}

impl SheetImports {
    /// Finds a questionnaire of a round.
    ///
    /// # Errors
    /// When there is none.
    pub async fn of(Office { store }: &Office, round: &str, questionnaire: &str) -> Result<Self, Stopped> {
        let round = store.round(round).await?;
        let asked = store.asked(round.id).await?;
        let known = asked.iter().map(|asked| asked.code.clone()).collect();
        let missing = || Refusal::NotAsked { round: round.code.clone(), questionnaire: questionnaire.to_owned(), asked: known };
        let asked = asked.into_iter().find(|asked| asked.code == questionnaire).ok_or_else(missing)?;
        Ok(Self { round, asked })
    }

    /// Imports a file: all of it or nothing. `progress` hears how many bytes were read, over two readings. The first, which checks every
    /// row, is made in a thread of its own, so that whoever is served meanwhile does not wait for it.
    ///
    /// # Errors
    /// When the round is not open, or the file has faults, changes meanwhile or was imported before.
    pub async fn import(
        &self,
        Office { store }: &Office,
        (file, anyway): (&Path, Anyway),
        keys: &Keys,
        may: &Allowed<Import>,
        progress: &Listener,
    ) -> Result<Checked, Stopped> {
        let Self { round, asked } = self;
        let by = may.in_round(&round.code)?;
        if round.state != RoundState::Open {
            return Err(Refusal::NotOpen { round: round.code.clone(), state: round.state.to_string() }.into());
        }
        let known = known_secret(store, keys).await?;
        if known.is_foreign && !anyway.lost_secret {
            return Err(Refusal::FilesOtherSecret.into());
        }
        let definition = kept::read(&asked.definition).map_err(|why| damaged(asked, &why))?;
        let register = store.units().await?;
        let (path, to_check, heard) = (file.to_owned(), asked.clone(), Arc::clone(progress));
        let checking = spawn_blocking(move || {
            let checked = responses::check(&AgainstQuestionnaire::new(&definition, &to_check, &register), &path, &*heard);
            checked.map(|checked| (checked, definition, register))
        });
        let checked = checking.await.map_err(|broken| StoreError::trouble(format!("the file's reading broke off: {broken}")))?;
        let (checked, definition, register) = checked?;
        let against = AgainstQuestionnaire::new(&definition, asked, &register);
        // Made only for a file that is one: a folder that was named by mistake is left as it is.
        let secret = known.secret.map_or_else(|| keys.create_file_secret(), Ok).map_err(Stopped::Keys)?;
        let bringing = Bringing { by, anyway, secret: &secret };
        let size = file.metadata()?.len();
        responses::import(store, asked, &against, (file, &checked), bringing, &|bytes| progress(size.saturating_add(bytes))).await?;
        Ok(checked)
    }

    /// Takes the sheets of an imported file out again, and says how many there were.
    ///
    /// # Errors
    /// When the round is not open any more, or no such file is in it.
    pub async fn undo(&self, Office { store }: &Office, file: &Path, keys: &Keys, may: &Allowed<Import>) -> Result<u64, Stopped> {
        let by = may.in_round(&self.round.code)?;
        let sha256 = responses::sha256(file)?;
        let known = known_secret(store, keys).await?;
        if known.is_foreign {
            return Err(Refusal::FilesOtherSecret.into());
        }
        let secret = known.secret.ok_or(Refusal::FileNotImported)?;
        Ok(store.undo_import(&self.asked, &secret.known_by(&sha256), by).await?)
    }
}

/// The secret by which files are to be known.
struct KnownSecret {
    secret: Option<FileSecret>,
    /// Whether files are known, and none by this one.
    is_foreign: bool,
}

async fn known_secret(store: &Store, keys: &Keys) -> Result<KnownSecret, Stopped> {
    let (secret, prints) = (keys.file_secret().map_err(Stopped::Keys)?, store.file_prints().await?);
    let is_known = secret.as_ref().is_some_and(|secret| prints.contains(&secret.print()));
    Ok(KnownSecret { secret, is_foreign: !prints.is_empty() && !is_known })
}

fn damaged(asked: &Asked, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::trouble(format!("the definition kept with questionnaire `{}` cannot be read by this version: {why}", asked.code))
}
