//! Salvage: what nobody could count of letterboxes is counted with the round's key, until that is destroyed.

use std::path::{Path, PathBuf};

use super::actor::{Allowed, Salvage};
use super::sealing::{SealedRound, has_key};
use super::{Office, Stopped};
use crate::refusal::Refusal;
use crate::round::Round;
use crate::seal::PrivateKey;
use crate::store::StoreError;
use crate::store::letterbox::{Letterbox, OpenError};
use crate::store::mixing::BATCH_LEAST;
pub use crate::store::salvage::Salvaged;

/// While the round is open, fewer sheets of a unit and group than these stay where they are.
pub const MOVES_FROM: usize = BATCH_LEAST;

/// Letterboxes and the round whose key opens what is left in them.
#[derive(Debug)]
pub struct Left<'a> {
    /// The round, whose key is wanted.
    pub sealed: SealedRound,
    letterboxes: &'a [PathBuf],
}

/// Finds what is to be salvaged, before anybody is asked for a key: of the round that is named, or the only one that can be meant.
///
/// # Errors
/// When there is no letterbox in a file, no such round, several that can be meant, or it has no key or no seal.
pub async fn left<'a>(Office { store }: &Office, round: Option<&str>, letterboxes: &'a [PathBuf]) -> Result<Left<'a>, Stopped> {
    if let Some(file) = letterboxes.iter().find(|file| !file.is_file()) {
        return Err(Refusal::NoLetterbox { file: file.display().to_string() }.into());
    }
    let round = match round {
        Some(code) => store.round(code).await?,
        None => only_one(store.rounds().await?)?,
    };
    Ok(Left { sealed: SealedRound::of(store, round).await?, letterboxes })
}

impl Left<'_> {
    /// Opens what the letterboxes hold with the key, and counts each sheet once. May be repeated at will.
    ///
    /// # Errors
    /// When the key is not that of the round, a server runs with a letterbox, or a database refuses. What was counted before stays counted.
    pub async fn salvage(&self, Office { store }: &Office, key: &PrivateKey, may: &Allowed<Salvage>) -> Result<Salvaged, Stopped> {
        let by = may.in_round(&self.sealed.round.code)?;
        self.sealed.require_own(key)?;
        // All or none: nothing is counted of the others while a server runs with one.
        let opened = self.letterboxes.iter().map(|file| Ok((file, open(file)?))).collect::<Result<Vec<_>, Stopped>>()?;
        let mut all = Salvaged::default();
        for (file, mut letterbox) in opened {
            let salvaged = store.salvage(&self.sealed.round, key, &mut letterbox, by).await;
            all += salvaged.map_err(|cause| failed(file, cause))?;
        }
        Ok(all)
    }
}

fn only_one(rounds: Vec<Round>) -> Result<Round, Refusal> {
    let mut rounds: Vec<Round> = rounds.into_iter().filter(|round| has_key(round.state)).collect();
    match (rounds.pop(), rounds.is_empty()) {
        (Some(round), true) => Ok(round),
        (None, _) => Err(Refusal::NothingToSalvage),
        (Some(last), false) => {
            rounds.push(last);
            Err(Refusal::SeveralToSalvage { rounds: rounds.into_iter().map(|round| round.code).collect() })
        }
    }
}

fn open(file: &Path) -> Result<Letterbox, Stopped> {
    match Letterbox::open(file) {
        Ok(letterbox) => Ok(letterbox),
        Err(OpenError::Busy(_)) => Err(Refusal::LetterboxInUse { file: file.display().to_string() }.into()),
        Err(OpenError::Store(cause)) => Err(failed(file, cause)),
    }
}

fn failed(file: &Path, cause: StoreError) -> Stopped {
    match cause {
        StoreError::Refused(refusal) => refusal.into(),
        cause => Stopped::Letterbox { file: file.to_owned(), cause: Box::new(cause) },
    }
}
