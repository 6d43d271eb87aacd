//! The lease: which instance takes what is sent with codes. One at a time, so that a code that is used twice at once is used once.
//!
//! It never expires by itself: a holder that is dead keeps it until it is back or is forgotten by hand. A holder that is asked for it, or
//! that ends, takes no more coded sheets, lets all participation rows that wait with it be counted, and lets go.

use sea_orm::ConnectionTrait;

use super::{Result, Store};

impl Store {
    /// Takes the lease where nobody has it; otherwise asks its holder for it. Says whether this instance has it now.
    pub(super) async fn take_lease(&self, instance: &str) -> Result<bool> {
        let take = "INSERT INTO code_lease (id, instance_id, wanted) VALUES (1, $1, 0) ON CONFLICT (id) DO NOTHING";
        self.db.execute_raw(self.statement(take, [instance.into()])).await?;
        if self.holds_lease(instance).await? {
            return Ok(true);
        }
        let transaction = self.write().await?;
        let ask = transaction.execute_raw(self.statement("UPDATE code_lease SET wanted = 1 WHERE wanted = 0", [])).await?;
        // Once for all who ask: the holder looks when the revision changes.
        if ask.rows_affected() == 1 {
            self.touch(&transaction).await?;
            self.commit(transaction).await?;
        }
        Ok(false)
    }

    async fn holds_lease(&self, instance: &str) -> Result<bool> {
        let sql = "SELECT count(*) FROM code_lease WHERE id = 1 AND instance_id = $1";
        let row = self.db.query_one_raw(self.statement(sql, [instance.into()])).await?;
        Ok(row.map(|row| row.try_get_by_index::<i64>(0)).transpose()?.unwrap_or_default() == 1)
    }

    /// Whether this instance has the lease and another one asks for it; none where it does not have it.
    pub(super) async fn lease_wanted(&self, instance: &str) -> Result<Option<bool>> {
        let sql = "SELECT wanted FROM code_lease WHERE id = 1 AND instance_id = $1";
        let row = self.db.query_one_raw(self.statement(sql, [instance.into()])).await?;
        Ok(row.map(|row| row.try_get_by_index::<i32>(0)).transpose()?.map(|wanted| wanted != 0))
    }

    /// Lets go of the lease, where this instance has it.
    pub(super) async fn let_go(&self, on: &impl ConnectionTrait, instance: &str) -> Result<()> {
        on.execute_raw(self.statement("DELETE FROM code_lease WHERE instance_id = $1", [instance.into()])).await?;
        Ok(())
    }
}
