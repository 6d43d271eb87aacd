//! Snapshots: the figures of a published round, frozen as bytes.
//!
//! The table takes any number of them for a round, each a correction of the one before. That only one corrects nothing is kept here: it is
//! inserted in the transaction that takes its round from closed to published, or makes it as published, which succeeds once; a correction
//! wants the round published.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::audit::{Action, By};
use super::entity::snapshot;
use super::rounds::{NewRound, described};
use super::scores::{Seen, Signature};
use super::{Result, Store};
use crate::refusal::Refusal;
use crate::round::steps::Step;
use crate::round::{Round, RoundState};

/// A frozen publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// SHA-256 of the body, in hexadecimal digits.
    pub sha256: String,
    /// Canonical JSON.
    pub body: String,
}

impl Snapshot {
    fn of(body: String) -> Self {
        Self { sha256: hex::encode(Sha256::digest(body.as_bytes())), body }
    }

    /// Keeps it as the newest of a round.
    async fn keep(&self, on: &impl ConnectionTrait, round: i32) -> Result<()> {
        let Self { sha256, body } = self.clone();
        let row = snapshot::ActiveModel { round_id: Set(round), sha256: Set(sha256), body: Set(body), ..Default::default() };
        snapshot::Entity::insert(row).exec_without_returning(on).await?;
        Ok(())
    }
}

impl From<snapshot::Model> for Snapshot {
    fn from(snapshot::Model { sha256, body, .. }: snapshot::Model) -> Self {
        Self { sha256, body }
    }
}

impl Store {
    /// Publishes a closed round with its figures, for good; `step` is who takes it to its last step, where it plans steps.
    ///
    /// # Errors
    /// When the round is not closed, or shares a file of sheets with one that is published.
    pub async fn publish(&self, round: &Round, body: String, before: &Seen, step: Option<&Signature>, by: &By) -> Result<Snapshot> {
        let snapshot = Snapshot::of(body);
        let transaction = self.write().await?;
        self.hold(&transaction, round, before).await?;
        self.step(&transaction, round, RoundState::Closed, RoundState::Published).await?;
        self.take_turn(&transaction).await?;
        self.refuse_shared_files(&transaction, round).await?;
        snapshot.keep(&transaction, round.id).await?;
        if let Some(step) = step {
            self.insert_move(&transaction, round.id, Step::Publication, step).await?;
        }
        self.record(&transaction, by, Action::PublishRound, Some(round.id), &json!({ "sha256": snapshot.sha256 })).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await?;
        Ok(snapshot)
    }

    /// The frozen figures of a round, corrected where they were; none before it was published.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot(&self, round: i32) -> Result<Option<Snapshot>> {
        let newest = snapshot::Entity::find().filter(snapshot::Column::RoundId.eq(round)).order_by_desc(snapshot::Column::Id);
        Ok(newest.one(&self.db).await?.map(Snapshot::from))
    }

    /// Makes a round that was published elsewhere, with its frozen figures.
    ///
    /// # Errors
    /// When its id is taken.
    pub async fn create_published_round(&self, new: NewRound, body: String, by: &By) -> Result<Snapshot> {
        let snapshot = Snapshot::of(body);
        let transaction = self.write().await?;
        let mut detail = described(&new);
        detail["sha256"] = snapshot.sha256.as_str().into();
        let round = self.insert_round(&transaction, new, RoundState::Published).await?;
        self.record(&transaction, by, Action::PublishPast, Some(round), &detail).await?;
        snapshot.keep(&transaction, round).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await?;
        Ok(snapshot)
    }

    /// Publishes a correction beside what was published before, which stays as it was.
    ///
    /// # Errors
    /// When the round is not published.
    pub async fn correct(&self, round: &Round, body: String, before: &Seen, step: Option<&Signature>, by: &By) -> Result<Snapshot> {
        if round.state != RoundState::Published {
            return Err(Refusal::NotPublished { round: round.code.clone(), state: round.state }.into());
        }
        let snapshot = Snapshot::of(body);
        let transaction = self.write().await?;
        self.hold(&transaction, round, before).await?;
        snapshot.keep(&transaction, round.id).await?;
        if let Some(step) = step {
            self.insert_move(&transaction, round.id, Step::Publication, step).await?;
        }
        self.record(&transaction, by, Action::CorrectRound, Some(round.id), &json!({ "sha256": snapshot.sha256 })).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await?;
        Ok(snapshot)
    }

    /// A publication by its hash, whether it was corrected since or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot_of(&self, sha256: &str) -> Result<Option<Snapshot>> {
        let row = snapshot::Entity::find().filter(snapshot::Column::Sha256.eq(sha256)).one(&self.db).await?;
        Ok(row.map(Snapshot::from))
    }
}
