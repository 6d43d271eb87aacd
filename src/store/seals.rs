//! The seal of a round, as the main database knows it: its public key, and what is known of the private one, which is never there.

use std::collections::HashMap;

use jiff::Timestamp;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, QuerySelect};
use serde_json::{Value, json};

use super::audit::{Action, By};
use super::entity::round_seal;
use super::{Result, Store, StoreError, Transaction};
use crate::refusal::Refusal;
use crate::round::Round;
use crate::seal::{KeyPlace, NewSeal, PublicKey, RoundSeal};

impl NewSeal {
    /// What is kept of it in the audit.
    pub(super) fn described(&self) -> Value {
        let kept = match self.kept {
            KeyPlace::File => "file".to_owned(),
            KeyPlace::Here => "here".to_owned(),
            KeyPlace::Trustees { threshold, shares } => format!("{threshold}-of-{shares}"),
        };
        json!({ "fingerprint": self.public.fingerprint(), "kept": kept })
    }
}

impl Store {
    /// The seal of a round; none where it was opened before there were seals, or is a draft.
    ///
    /// # Errors
    /// When the database does not answer, or holds something else than a key.
    pub async fn seal(&self, round: i32) -> Result<Option<RoundSeal>> {
        seal_on(&self.db, round).await
    }

    /// The seals of all rounds, by row.
    ///
    /// # Errors
    /// When the database does not answer, or holds something else than a key.
    pub async fn seals(&self) -> Result<HashMap<i32, RoundSeal>> {
        let rows = round_seal::Entity::find().all(&self.db).await?;
        rows.into_iter().map(|row| Ok((row.round_id, seal_of(row)?))).collect()
    }

    /// Keeps the seal of a round that is being opened.
    pub(super) async fn keep_seal(&self, on: &impl ConnectionTrait, round: i32, seal: &NewSeal) -> Result<()> {
        let (kept, threshold, shares) = match seal.kept {
            KeyPlace::File => ("file", 0, 0),
            KeyPlace::Here => ("here", 0, 0),
            KeyPlace::Trustees { threshold, shares } => ("trustees", threshold, shares),
        };
        let row = round_seal::ActiveModel {
            round_id: Set(round),
            public_key: Set(seal.public.bytes().to_vec()),
            kept: Set(kept.to_owned()),
            threshold: Set(threshold.into()),
            shares: Set(shares.into()),
            tested_at: Set(None),
            given_up: Set(0),
            burnt_by: Set(String::new()),
        };
        row.insert(on).await?;
        Ok(())
    }

    /// Notes that the key, or the shares, of a round opened a probe, and who tried: each time, since each is a use of the key.
    ///
    /// # Errors
    /// When the round has no seal, or the database refuses.
    pub async fn seal_was_tested(&self, round: &Round, by: &By) -> Result<()> {
        let (transaction, _) = self.hold_seal(round).await?;
        let tested = round_seal::ActiveModel { tested_at: Set(Some(by.at.as_second())), ..Default::default() };
        self.change_seal(transaction, round, tested, (Action::TestSeal, by)).await
    }

    /// Notes that somebody says every copy of the key of a round is gone. Results show who: the first one.
    ///
    /// # Errors
    /// When the round has no seal, somebody else has said so before, or the database refuses.
    pub async fn seal_was_burnt(&self, round: &Round, by: &By) -> Result<()> {
        let (transaction, seal) = self.hold_seal(round).await?;
        if seal.burnt_by == by.who {
            // What was said before is not said again.
            return Ok(());
        }
        if !seal.burnt_by.is_empty() {
            return Err(Refusal::BurntBefore { round: round.code.clone(), who: seal.burnt_by }.into());
        }
        let burnt = round_seal::ActiveModel { burnt_by: Set(by.who.clone()), ..Default::default() };
        self.change_seal(transaction, round, burnt, (Action::BurnSeal, by)).await
    }

    /// Notes how many sheets were given up when a round was closed.
    pub(super) async fn give_up(&self, on: &impl ConnectionTrait, round: i32, sheets: u64) -> Result<()> {
        let given_up = i32::try_from(sheets).unwrap_or(i32::MAX);
        round_seal::ActiveModel { round_id: Set(round), given_up: Set(given_up), ..Default::default() }.update(on).await?;
        Ok(())
    }

    /// The seal of a round as it stands in a transaction, in which nobody else changes it.
    async fn hold_seal(&self, round: &Round) -> Result<(Transaction, round_seal::Model)> {
        let transaction = self.write().await?;
        let missing = || Refusal::NoSeal { round: round.code.clone() };
        let seal = round_seal::Entity::find_by_id(round.id).lock_exclusive().one(&transaction).await?.ok_or_else(missing)?;
        Ok((transaction, seal))
    }

    async fn change_seal(
        &self,
        on: Transaction,
        round: &Round,
        change: round_seal::ActiveModel,
        (action, by): (Action, &By),
    ) -> Result<()> {
        round_seal::ActiveModel { round_id: Set(round.id), ..change }.update(&on).await?;
        self.record(&on, by, action, Some(round.id), &json!({})).await?;
        self.touch(&on).await?;
        self.commit(on).await
    }
}

pub(super) async fn seal_on(on: &impl ConnectionTrait, round: i32) -> Result<Option<RoundSeal>> {
    round_seal::Entity::find_by_id(round).one(on).await?.map(seal_of).transpose()
}

fn seal_of(row: round_seal::Model) -> Result<RoundSeal> {
    let damaged = || StoreError::trouble("the database holds a seal of a round that is damaged");
    let small = |number: i32| u8::try_from(number).map_err(|_| damaged());
    let kept = match &*row.kept {
        "file" => KeyPlace::File,
        "here" => KeyPlace::Here,
        "trustees" => KeyPlace::Trustees { threshold: small(row.threshold)?, shares: small(row.shares)? },
        _ => return Err(damaged()),
    };
    Ok(RoundSeal {
        public: PublicKey::new(&row.public_key).ok_or_else(damaged)?,
        kept,
        tested_at: row.tested_at.map(Timestamp::from_second).transpose().map_err(|_| damaged())?,
        given_up: u32::try_from(row.given_up).map_err(|_| damaged())?,
        burnt_by: row.burnt_by,
    })
}
