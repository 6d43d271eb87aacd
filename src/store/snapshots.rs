//! Snapshots: the figures of a published round, frozen as bytes.

use sea_orm::{ActiveValue::Set, EntityTrait};
use sha2::{Digest, Sha256};

use super::entity::snapshot;
use super::rounds::{Round, RoundState};
use super::{Result, Store};

/// A frozen publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// SHA-256 of the body, in hexadecimal digits.
    pub sha256: String,
    /// Canonical JSON.
    pub body: String,
}

impl Store {
    /// Publishes a closed round with its figures, for good.
    ///
    /// # Errors
    /// When the round is not closed.
    pub async fn publish(&self, round: &Round, body: String) -> Result<Snapshot> {
        let sha256 = hex::encode(Sha256::digest(body.as_bytes()));
        let transaction = self.write().await?;
        self.step(&transaction, round, RoundState::Closed, RoundState::Published).await?;
        let row = snapshot::ActiveModel { round_id: Set(round.id), sha256: Set(sha256.clone()), body: Set(body.clone()) };
        snapshot::Entity::insert(row).exec_without_returning(&transaction).await?;
        self.touch(&transaction).await?;
        transaction.commit().await?;
        Ok(Snapshot { sha256, body })
    }

    /// The frozen figures of a round; none before it was published.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn snapshot(&self, round: i32) -> Result<Option<Snapshot>> {
        let row = snapshot::Entity::find_by_id(round).one(&self.db).await?;
        Ok(row.map(|row| Snapshot { sha256: row.sha256, body: row.body }))
    }
}
