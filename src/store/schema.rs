//! The schema of the main database: brought up to date step by step, and taken back by one step.

use migration::{MigrationStatus, Migrator, MigratorTrait, SchemaManager};
use sea_orm::{ConnectionTrait, DbBackend};
use serde_json::json;

use super::audit::{Action, By};
use super::watched::Transaction;
use super::{Result, Store};
use crate::refusal::Refusal;
use crate::round::RoundState;

/// Any number that nobody else uses for an advisory lock in this database.
const MIGRATION_LOCK: i64 = 0x7061_7273;

/// The table in which it stands who did what.
const EVENTS: &str = "audit_event";

/// The table of rounds.
const ROUNDS: &str = "round";

/// The table of the steps that were taken.
const STEPS: &str = "seaql_migrations";

/// A step of the schema that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenBack {
    /// Its name.
    pub step: String,
    /// Whether it is written down who did that: the schema that is left may have no place for it.
    pub is_written_down: bool,
}

impl Store {
    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a step fails; all of them are undone then.
    pub async fn migrate_up(&self) -> Result<()> {
        let alone = self.alone().await?;
        Migrator::up(&*alone, None).await?;
        self.commit(alone).await?;
        // What a step took out is not to stay in the file until somebody else empties the log.
        self.checkpoint().await;
        Ok(())
    }

    /// Takes the newest step of the schema back, with all that is stored in its tables, and writes down who did that where what is left has
    /// a place for it. None where no step is left.
    ///
    /// # Errors
    /// When the step cannot be taken back.
    pub async fn migrate_down(&self, by: &By) -> Result<Option<TakenBack>> {
        let alone = self.alone().await?;
        let mut taken = self.migrations().await?.into_iter().filter(|(_, taken)| *taken);
        let Some((step, _)) = taken.next_back() else { return Ok(None) };
        Migrator::down(&*alone, Some(1)).await?;
        let is_written_down = SchemaManager::new(&*alone).has_table(EVENTS).await?;
        if is_written_down {
            self.record(&alone, by, Action::MigrateDown, None, &json!({ "step": step })).await?;
        }
        self.commit(alone).await?;
        Ok(Some(TakenBack { step, is_written_down }))
    }

    /// Makes sure that the schema is the one this program was made for: an embedded database is brought up to date, a shared one is not
    /// touched by whoever happens to start first.
    ///
    /// # Errors
    /// When steps are pending on PostgreSQL.
    pub async fn require_schema(&self) -> Result<()> {
        let pending: Vec<_> = self.migrations().await?.into_iter().filter(|(_, taken)| !taken).map(|(name, _)| name).collect();
        if pending.is_empty() {
            return Ok(());
        }
        if self.is_embedded() {
            return self.migrate_up().await;
        }
        Err(Refusal::Schema { steps: pending }.into())
    }

    /// Ids of the rounds that are published, whatever schema there is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn published_rounds(&self) -> Result<Vec<String>> {
        if !SchemaManager::new(&*self.db).has_table(ROUNDS).await? {
            return Ok(Vec::new());
        }
        let asked = self.statement("SELECT code FROM round WHERE state = $1 ORDER BY code", [RoundState::Published.to_string().into()]);
        let rows = self.db.query_all_raw(asked).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<std::result::Result<_, _>>()?)
    }

    /// Steps of the schema: name, and whether it was taken.
    ///
    /// # Errors
    /// When the database cannot be read, or a newer program has taken steps that this one does not know.
    pub async fn migrations(&self) -> Result<Vec<(String, bool)>> {
        self.require_no_newer().await?;
        let steps = Migrator::get_migration_with_status_read_only(&*self.db).await?;
        Ok(steps.iter().map(|step| (step.name().to_owned(), step.status() == MigrationStatus::Applied)).collect())
    }

    async fn require_no_newer(&self) -> Result<()> {
        if !SchemaManager::new(&*self.db).has_table(STEPS).await? {
            return Ok(());
        }
        let rows = self.db.query_all_raw(self.statement("SELECT version FROM seaql_migrations ORDER BY version", [])).await?;
        let taken: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<std::result::Result<_, _>>()?;
        let known: Vec<String> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
        let steps: Vec<String> = taken.into_iter().filter(|step| !known.contains(step)).collect();
        if steps.is_empty() { Ok(()) } else { Err(Refusal::DatabaseNewer { steps }.into()) }
    }

    /// A transaction in which nobody else changes the schema: the migrator takes no lock of its own, and three instances that started
    /// together were seen to fail.
    async fn alone(&self) -> Result<Transaction> {
        let transaction = self.write().await?;
        if self.db.get_database_backend() == DbBackend::Postgres {
            transaction.execute_raw(self.statement("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK.into()])).await?;
        }
        Ok(transaction)
    }
}
