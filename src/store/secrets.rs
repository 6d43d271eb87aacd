//! The secret of a round's forms, with which their hidden keys are signed: drawn when the round is opened, gone when it is closed.

use std::collections::HashMap;
use std::fmt;

use sea_orm::ConnectionTrait;

use super::{Result, Store, StoreError};
use crate::random::random_bytes;

/// 32 random bytes, the same for all instances.
#[derive(Clone, PartialEq, Eq)]
pub struct RoundSecret([u8; 32]);

impl fmt::Debug for RoundSecret {
    /// Never shows the secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("RoundSecret(..)")
    }
}

impl RoundSecret {
    /// The secret of some bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn random() -> Self {
        Self(random_bytes())
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Store {
    /// Secrets of rounds that are open or closing, by row.
    ///
    /// # Errors
    /// When the database does not answer, or holds something else than a secret.
    pub async fn round_secrets(&self) -> Result<HashMap<i32, RoundSecret>> {
        let rows = self.db.query_all_raw(self.statement("SELECT round_id, secret FROM round_secret", [])).await?;
        let secret = |row: &sea_orm::QueryResult| {
            let bytes = <[u8; 32]>::try_from(row.try_get_by_index::<Vec<u8>>(1)?);
            let bytes = bytes.map_err(|_| StoreError::trouble("the database holds a secret of a round that is damaged"))?;
            Ok((row.try_get_by_index(0)?, RoundSecret(bytes)))
        };
        rows.iter().map(secret).collect()
    }

    /// Draws the secret of a round that is being opened.
    pub(super) async fn draw_secret(&self, on: &impl ConnectionTrait, round: i32) -> Result<()> {
        let values = [round.into(), RoundSecret::random().0.to_vec().into()];
        on.execute_raw(self.statement("INSERT INTO round_secret (round_id, secret) VALUES ($1, $2)", values)).await?;
        Ok(())
    }

    /// Drops the secret of a round that is being closed.
    pub(super) async fn drop_secret(&self, on: &impl ConnectionTrait, round: i32) -> Result<()> {
        on.execute_raw(self.statement("DELETE FROM round_secret WHERE round_id = $1", [round.into()])).await?;
        Ok(())
    }
}
