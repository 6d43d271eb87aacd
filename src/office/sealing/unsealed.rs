//! A round that an earlier version opened, brought under a seal while no server runs.

use super::super::Stopped;
use super::super::actor::{Allowed, Seal};
use super::super::servers::require_none_runs;
use super::has_key;
use crate::keys::{Keys, Pepper};
use crate::office::Office;
use crate::refusal::Refusal;
use crate::round::Round;
use crate::seal::NewSeal;
use crate::store::codes::{CodeHash, IssuedCode};
pub use crate::store::unsealed::BroughtUnderSeal;
use crate::store::unsealed::CodeSecret;

/// A round whose answers lie open.
#[derive(Debug)]
pub struct Unsealed {
    round: Round,
    pepper: Option<Pepper>,
}

/// The same, while no server runs: only now is a key made for it.
#[derive(Debug)]
pub struct AtRest {
    /// A round that was opened before there were seals.
    pub round: Round,
    pepper: Option<Pepper>,
}

/// A round that can be brought under a seal.
///
/// # Errors
/// When it is neither open nor closing, asks nothing, or is under one already.
pub async fn unsealed(Office { store }: &Office, keys: &Keys, code: &str) -> Result<Unsealed, Stopped> {
    let round = store.round(code).await?;
    if !has_key(round.state) {
        return Err(Refusal::NotToSeal { round: round.code, state: round.state.to_string() }.into());
    }
    if store.asked(round.id).await?.is_empty() {
        return Err(Refusal::NothingToSeal { round: round.code }.into());
    }
    if let Some(seal) = store.seal(round.id).await? {
        return Err(Refusal::SealedAlready { round: round.code, fingerprint: seal.public.fingerprint() }.into());
    }
    let pepper = keys.pepper(&round.code)?;
    Ok(Unsealed { round, pepper })
}

impl Unsealed {
    /// Makes sure that no server runs, which takes up to four seconds.
    ///
    /// # Errors
    /// When one does.
    pub async fn at_rest(self, Office { store }: &Office) -> Result<AtRest, Stopped> {
        require_none_runs(store).await?;
        let Self { round, pepper } = self;
        Ok(AtRest { round, pepper })
    }
}

impl AtRest {
    /// Seals all of it to a key that was made for it, or nothing.
    ///
    /// # Errors
    /// When codes were used and their secret is not there, or the database refuses.
    pub async fn seal(&self, Office { store }: &Office, seal: &NewSeal, may: &Allowed<Seal>) -> Result<BroughtUnderSeal, Stopped> {
        let fingerprint = self.pepper.as_ref().map(Pepper::fingerprint);
        let participation =
            self.pepper.as_ref().map(|pepper| move |hash: CodeHash, issued: &IssuedCode| pepper.participation(hash, issued));
        let secret = fingerprint.as_deref().zip(participation.as_ref());
        let secret = secret.map(|(fingerprint, participation)| CodeSecret { fingerprint, participation });
        Ok(store.seal_open_round(&self.round, seal, secret, may.in_round(&self.round.code)?).await?)
    }
}
