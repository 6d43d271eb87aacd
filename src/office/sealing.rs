//! The seal of a round, as people deal with it: a round that was open before there were seals is brought under one, a key is tried, and
//! somebody says that it is gone.

mod unsealed;

pub use unsealed::{AtRest, BroughtUnderSeal, Unsealed, unsealed};

use super::actor::{Allowed, BurnKey, TestKey};
use super::{Office, Stopped};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::seal::{PrivateKey, PublicKey, RoundSeal, opens};
use crate::store::{Store, StoreError};

/// A round that has a key, with its seal.
#[derive(Debug)]
pub struct SealedRound {
    /// A round that is open or closing.
    pub round: Round,
    /// Its seal.
    pub seal: RoundSeal,
}

impl SealedRound {
    /// A round whose key there is.
    ///
    /// # Errors
    /// When it is neither open nor closing, or has no seal.
    pub(super) async fn of(store: &Store, round: Round) -> Result<Self, Stopped> {
        if !has_key(round.state) {
            return Err(Refusal::NoKey { round: round.code, state: round.state }.into());
        }
        match store.seal(round.id).await? {
            Some(seal) => Ok(Self { round, seal }),
            None => Err(Refusal::NoSeal { round: round.code }.into()),
        }
    }

    /// Refuses every key but its own, before anything is done with it.
    pub(super) fn require_own(&self, key: &PrivateKey) -> Result<(), Refusal> {
        let other = || Refusal::OtherKey { round: self.round.code.clone(), fingerprint: self.seal.public.fingerprint() };
        opens(key, &self.seal.public).then_some(()).ok_or_else(other)
    }
}

/// Whether a round has a private key: its answers are sealed from opening to closing.
pub(super) fn has_key(state: RoundState) -> bool {
    matches!(state, RoundState::Open | RoundState::Closing)
}

/// Codes of the open rounds that ask anything, with the fingerprints of the keys to which their answers are sealed.
///
/// # Errors
/// When one has no seal, because an older version opened it: its answers would lie open in the letterbox.
pub async fn of_open_rounds(Office { store }: &Office) -> Result<Vec<(String, String)>, Stopped> {
    let mut seals = store.seals().await?;
    let mut sealed = Vec::new();
    for round in store.rounds().await?.into_iter().filter(|round| round.state == RoundState::Open) {
        let Some(seal) = seals.remove(&round.id) else {
            if store.asked(round.id).await?.is_empty() {
                continue;
            }
            return Err(Refusal::NoSeal { round: round.code }.into());
        };
        sealed.push((round.code, seal.public.fingerprint()));
    }
    Ok(sealed)
}

/// A round whose key can be tried.
///
/// # Errors
/// When there is none of the id, it has no key, or no seal.
pub async fn to_test(Office { store }: &Office, code: &str) -> Result<SealedRound, Stopped> {
    SealedRound::of(store, store.round(code).await?).await
}

/// Notes that the key of a round was tried and opens what is sealed in it.
///
/// # Errors
/// When it does not, or the database refuses.
pub async fn test(Office { store }: &Office, sealed: &SealedRound, key: &PrivateKey, may: &Allowed<TestKey>) -> Result<(), Stopped> {
    sealed.require_own(key)?;
    Ok(store.seal_was_tested(&sealed.round, may.in_round(&sealed.round.code)?).await?)
}

/// Notes that somebody says that no copy of the key of a closed round is left. Results show who.
///
/// # Errors
/// When the key is still needed, there never was one, or somebody else has said so before.
pub async fn burnt(Office { store }: &Office, code: &str, may: &Allowed<BurnKey>) -> Result<(), Stopped> {
    let round = store.round(code).await?;
    if round.state < RoundState::Closed {
        return Err(Refusal::KeyNeeded { round: round.code, state: round.state }.into());
    }
    if store.seal(round.id).await?.is_none() {
        return Err(Refusal::NothingToBurn { round: round.code }.into());
    }
    Ok(store.seal_was_burnt(&round, may.in_round(code)?).await?)
}

/// Whether it is certain that nothing is sealed to a key that was made for a round, where that was stopped: only then may the key be
/// removed. After some failures nobody knows whether the round has its seal, and a key that was removed too early is every answer lost.
pub async fn is_unused(Office { store }: &Office, round: &Round, public: &PublicKey, why: &Stopped) -> bool {
    let refused = why.changed_nothing() || matches!(why, Stopped::Store(StoreError::Trouble(_)));
    refused && store.seal(round.id).await.is_ok_and(|seal| seal.is_none_or(|seal| seal.public != *public))
}
