//! Rounds and units as the database has them, each round with its questionnaires as it was opened.

use std::collections::HashMap;
use std::sync::Arc;

use super::secrets::with_secrets;
use super::{Directory, Form, OpenedRound};
use crate::keys::Keys;
use crate::round::{Round, RoundState};
use crate::seal::RoundSeal;
use crate::store::rounds::Asked;
use crate::store::{Result, Store, StoreError};
use crate::survey::codebook::Codebook;
use crate::survey::reading::Places;
use crate::survey::{Questionnaire, kept};
use crate::unit::Registered;

impl Directory {
    /// Reads everything.
    ///
    /// # Errors
    /// When the database does not answer. A round whose definition this version cannot read is passed over and logged.
    pub async fn read(store: &Store, keys: &Keys) -> Result<Self> {
        let revision = store.revision().await?;
        let units = store.units().await?;
        let (drafts, made): (Vec<_>, Vec<_>) = store.rounds().await?.into_iter().partition(|round| round.state == RoundState::Draft);
        let (secrets, mut seals) = (store.round_secrets().await?, store.seals().await?);
        let mut rounds = Vec::new();
        for round in made {
            let code = round.code.clone();
            let seal = seals.remove(&round.id);
            match read_sealed(store, (round, seal), &units).await {
                Ok(opened) => rounds.push(Arc::new(with_secrets(store, keys, &secrets, opened).await?)),
                Err(StoreError::Trouble(reason)) => tracing::error!(round = code, "a round cannot be shown: {reason}"),
                Err(error) => return Err(error),
            }
        }
        let register = units.iter().map(|row| (row.unit.code.to_string(), row.unit.clone())).collect();
        Ok(Self { revision, rounds, drafts, register, ..Self::default() })
    }
}

/// Reads one round as it was opened.
///
/// # Errors
/// When the database does not answer, or a definition kept in it is faulty.
pub async fn read_round(store: &Store, round: Round, units: &[Registered]) -> Result<OpenedRound> {
    let seal = store.seal(round.id).await?;
    read_sealed(store, (round, seal), units).await
}

async fn read_sealed(store: &Store, (round, seal): (Round, Option<RoundSeal>), units: &[Registered]) -> Result<OpenedRound> {
    let units: HashMap<i32, &Registered> = units.iter().map(|unit| (unit.id, unit)).collect();
    let mut questionnaires = Vec::new();
    for asked in store.asked(round.id).await? {
        let questionnaire = read_kept(&asked)?;
        let (codebook, places) = (Codebook::new(&questionnaire), Places::of(&questionnaire));
        let units: Vec<Registered> = asked.units.iter().filter_map(|row| units.get(row).copied()).cloned().collect();
        let by_code = units.iter().enumerate().map(|(place, row)| (row.unit.code.to_string(), place)).collect();
        questionnaires.push(Arc::new(Form { id: asked.id, questionnaire, sha256: asked.sha256, codebook, places, units, by_code }));
    }
    Ok(OpenedRound { round, questionnaires, seal, pepper: None, refuses_codes: false, secret: None })
}

/// Reads a definition as the round kept it.
fn read_kept(asked: &Asked) -> Result<Questionnaire> {
    kept::read(&asked.definition).map_err(|why| {
        StoreError::trouble(format!("the definition kept with questionnaire `{}` cannot be read by this version: {why}", asked.code))
    })
}
