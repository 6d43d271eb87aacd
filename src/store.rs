//! The only place that knows the databases: the main one (SQLite or PostgreSQL) and each instance's letterbox (SQLite).

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, SqliteTransactionMode, Statement, TransactionOptions};

pub mod address;
pub mod audit;
mod batches;
pub mod closing;
pub mod codes;
mod connecting;
mod connections;
mod database_file;
mod entity;
pub mod fault;
mod health;
pub mod imports;
pub mod instance;
mod lease;
pub mod letterbox;
mod lineage;
mod log;
mod look;
mod mixer;
pub mod mixing;
mod open_rows;
mod open_tables;
mod pulse;
pub mod register;
pub mod responses;
mod rewriting;
pub mod rounds;
pub mod salvage;
mod schema;
pub mod scores;
mod sealing;
pub mod seals;
pub mod secrets;
mod shared_files;
pub mod sheet_files;
pub mod snapshots;
mod soundness;
pub mod units;
pub mod unsealed;
mod watched;
mod writer;

use crate::printed::shown;
use crate::refusal::{Misread, Refusal};
use connecting::{Reach, Use};
use connections::Connections;
use fault::{Fault, FaultKind};
pub use schema::TakenBack;
use soundness::Soundness;
use watched::{Transaction, Watched};

/// What can go wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or was away.
    #[error("{0}")]
    Database(Fault),
    /// The letterbox failed.
    #[error("{0}")]
    Sqlite(Fault),
    /// A file beside the database could not be used.
    #[error("{}: {cause}", shown(path))]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// What was asked is not allowed, or not possible as things stand.
    #[error("{0}")]
    Refused(Refusal),
    /// What is no answer to anybody's question: damaged rows, settings that do not hold, a part of the program that stopped. The text, in
    /// English, is for whoever runs the program and for its log.
    #[error("{0}")]
    Trouble(String),
}

impl StoreError {
    /// Trouble, in words for the log.
    pub(crate) fn trouble(what: impl Into<String>) -> Self {
        Self::Trouble(what.into())
    }
}

impl From<Refusal> for StoreError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A transaction that writes begins as one: on SQLite it waits for its turn then, and not half-way.
const IMMEDIATE: TransactionOptions =
    TransactionOptions { isolation_level: None, access_mode: None, sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate) };

/// Result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// What becomes of a database file that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MissingFile {
    Made,
    Refused,
}

/// The main database.
#[derive(Debug, Clone)]
pub struct Store {
    db: Connections,
    /// A connection of its own, which has never written: what it reads was committed.
    witness: Watched<DatabaseConnection>,
    soundness: Arc<Soundness>,
    /// The file of an embedded database.
    file: Option<PathBuf>,
}

impl Store {
    /// Opens a database by its address: `sqlite://FILE` or `postgres://…`. Nothing is made where there is no such file: a name that was
    /// mistyped would be an empty database.
    ///
    /// # Errors
    /// When the address is neither, there is no such file, the database is away, or its settings do not hold.
    pub async fn open(url: &str) -> Result<Self> {
        Self::at(url, MissingFile::Refused).await
    }

    /// The same, but a missing file is made.
    ///
    /// # Errors
    /// When the address is neither, the file cannot be made, the database is away, or its settings do not hold.
    pub async fn create(url: &str) -> Result<Self> {
        Self::at(url, MissingFile::Made).await
    }

    async fn at(url: &str, missing: MissingFile) -> Result<Self> {
        let file = address::file(url).map_err(|why| Refusal::DatabaseAddress { why })?;
        if let Some(file) = file.as_ref().filter(|file| missing == MissingFile::Refused && !file.exists()) {
            return Err(Refusal::NoDatabase { file: shown(file) }.into());
        }
        let is_postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
        let soundness = Arc::new(Soundness::default());
        let reach = match &file {
            Some(file) => Reach::File(file.clone()),
            None if is_postgres => Reach::Server(address::reach(url).await?),
            None => {
                return Err(Refusal::DatabaseAddress { why: Misread::Kind }.into());
            }
        };
        // Who writes comes first: a new file is set up by it.
        let writing = connecting::connect(&reach, &soundness, Use::Writing).await?;
        let reading = connecting::connect(&reach, &soundness, Use::Reading).await?;
        let witness = connecting::connect(&reach, &soundness, Use::Witness).await?;
        Ok(Self { db: Connections::new(reading, writing), witness, soundness, file })
    }

    /// Whether the database is embedded in this process.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.file.is_some()
    }

    /// How many bytes the file of an embedded database has; none where there is no such file.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        std::fs::metadata(self.file.as_ref()?).ok().map(|file| file.len())
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.db.ping().await?)
    }

    /// A number that changes with every administrative change.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn revision(&self) -> Result<i64> {
        let row = self.db.query_one_raw(self.statement("SELECT number FROM revision", [])).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
    }

    async fn touch(&self, on: &impl ConnectionTrait) -> Result<()> {
        on.execute_raw(self.statement("UPDATE revision SET number = number + 1", [])).await?;
        Ok(())
    }

    /// Waits for a turn: until this transaction ends nobody else comes between what is looked at now and what is done because of it. This
    /// is the last lock that anybody takes, after those on rounds, so that no two wait for each other.
    async fn take_turn(&self, on: &impl ConnectionTrait) -> Result<()> {
        // Changes nothing, but whoever does the same waits, and then sees what was committed.
        on.execute_raw(self.statement("UPDATE revision SET number = number", [])).await?;
        Ok(())
    }

    /// A transaction that may write. On SQLite it waits for its turn at the start rather than failing half-way.
    async fn write(&self) -> Result<Transaction> {
        self.settle().await?;
        let transaction = self.db.begin_to_write().await?;
        if !self.is_embedded() {
            // Whatever the server's own setting: what is committed is on its disk.
            transaction.execute_raw(self.statement("SET LOCAL synchronous_commit TO on", [])).await?;
        }
        Ok(transaction)
    }

    /// Commits; where that fails, no connection that is there now is used again.
    #[expect(clippy::disallowed_methods, reason = "the one place that may commit")]
    async fn commit(&self, transaction: Transaction) -> Result<()> {
        Ok(transaction.into_inner().commit().await.inspect_err(|_| self.soundness.doubt())?)
    }

    /// Writes the whole log into the database file, where something failed since that was last done, and says whether all of it is there
    /// now. Others who are just reading or writing may be in the way; then it is not.
    ///
    /// # Errors
    /// When the log or the file cannot be written or synced.
    async fn settle(&self) -> Result<bool> {
        let (Some(file), Some(failures)) = (&self.file, self.soundness.doubts()) else { return Ok(true) };
        self.write_log_again(file).await?;
        let row = self.db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(PASSIVE)")).await;
        let row = row.inspect_err(|_| self.soundness.doubt())?;
        let column = |at| row.as_ref().map(|row| row.try_get_by_index::<i32>(at)).transpose();
        let (frames, written) = (column(1)?, column(2)?);
        if frames == written {
            self.soundness.settle(failures);
        }
        Ok(frames == written)
    }

    async fn write_log_again(&self, file: &Path) -> Result<()> {
        let log = log::of(file);
        // Held so that nobody writes meanwhile.
        let held = self.db.begin_to_write().await?;
        let path = log.clone();
        let written = tokio::task::spawn_blocking(move || log::write_again(&path)).await;
        held.into_inner().rollback().await?;
        let written = written.unwrap_or_else(|broken| Err(std::io::Error::other(broken)));
        written.map_err(|cause| StoreError::File { path: log, cause })
    }

    /// One text for both databases: `$1`, `$2` … are understood by either.
    fn statement(&self, sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Statement {
        Statement::from_sql_and_values(self.db.get_database_backend(), sql, values)
    }

    /// Writes the log into the database file and empties it, so that nothing deleted stays readable there. A server that is just reading
    /// may be in the way; it is waited for, and the next one to try will do it.
    async fn checkpoint(&self) {
        if let Err(error) = self.require_in_file().await {
            tracing::warn!(%error, "the database's log could not be emptied; a later command tries again");
        }
    }

    /// Writes the database file anew, so that none of its files holds anything of rows that are gone. What was freed is overwritten where
    /// it lay before the file becomes shorter.
    async fn compact(&self) {
        if !self.is_embedded() {
            return;
        }
        self.checkpoint().await;
        if let Err(error) = self.db.execute_unprepared("VACUUM").await {
            tracing::warn!(%error, "the database file could not be written anew; what was freed in it is overwritten all the same");
        }
        self.checkpoint().await;
    }

    /// Sees to it that all that was committed is in the database file itself, and empties the log beside it. Until then a file that is
    /// copied without its log, or whose log is lost, lacks something.
    ///
    /// # Errors
    /// When somebody keeps reading, or the disk is full.
    pub async fn require_in_file(&self) -> Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        log::empty(file).await.inspect_err(|error| {
            // Somebody who only reads is no disk that fails.
            if error.kind().is_some_and(FaultKind::may_have_lost) {
                self.soundness.doubt();
            }
        })
    }
}

/// Tries to empty a log when nobody waits for it: 5 seconds.
const PATIENTLY: u32 = 250;
/// Tries to empty a log while somebody does: half a second.
const BRIEFLY: u32 = 25;
/// Between two tries.
const LOG_PAUSE: std::time::Duration = std::time::Duration::from_millis(20);
