//! The only place that knows the databases: the main one (SQLite or PostgreSQL) and each instance's letterbox (SQLite).

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use migration::{Migrator, MigratorTrait};
use sea_orm::sea_query::Value;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};

pub mod closing;
pub mod codes;
mod entity;
pub mod health;
pub mod imports;
pub mod instance;
pub mod letterbox;
mod mixer;
pub mod mixing;
mod open_tables;
pub mod responses;
pub mod rounds;
pub mod scores;
pub mod secrets;
pub mod sheet;
pub mod snapshots;
pub mod units;
mod writer;

/// What can go wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or was away.
    #[error("the database did not do it: {0}")]
    Database(#[from] DbErr),
    /// Reading the embedded database directly failed.
    #[error("the database file could not be read: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A file beside the database could not be used.
    #[error("{path}: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// What was asked is not possible in this state; the text says why and what to do.
    #[error("{0}")]
    Refused(String),
}

impl StoreError {
    /// A refusal with its reason.
    pub(crate) fn refused(reason: impl Into<String>) -> Self {
        Self::Refused(reason.into())
    }
}

/// Result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The main database.
#[derive(Debug, Clone)]
pub struct Store {
    db: DatabaseConnection,
    /// The file of an embedded database.
    file: Option<PathBuf>,
}

/// What every SQLite connection must say of itself, so that a commit is on the disk when it returns and deleted bytes are gone.
/// Random keys touch pages everywhere, so that the cache (in KiB, filled only by use) holds those of some hundred thousand sheets.
/// The log is written back every 16 MB: random keys come back to the same pages, and each is then written once for many commits.
const PRAGMAS: [(&str, &str); 7] = [
    ("journal_mode", "wal"),
    ("synchronous", "2"),
    ("secure_delete", "1"),
    ("foreign_keys", "1"),
    ("busy_timeout", "20000"),
    ("cache_size", "-24000"),
    ("wal_autocheckpoint", "4000"),
];

/// Connections to PostgreSQL: below the 100 that a server allows by default, even for several instances.
const POSTGRES_CONNECTIONS: u32 = 16;

/// Connections to the embedded database: one writer and a few readers.
const SQLITE_CONNECTIONS: u32 = 4;

impl Store {
    /// Opens a database by its address: `sqlite://FILE` or `postgres://…`. A missing SQLite file is made.
    ///
    /// # Errors
    /// When the address is neither, the database is away, or its settings do not hold.
    pub async fn open(url: &str) -> Result<Self> {
        let file = url.strip_prefix("sqlite://").map(PathBuf::from);
        let is_postgres = url.starts_with("postgres://") || url.starts_with("postgresql://");
        let db = match &file {
            Some(file) => open_sqlite(file).await?,
            None if is_postgres => {
                let mut options = ConnectOptions::new(url);
                options.max_connections(POSTGRES_CONNECTIONS).sqlx_logging(false);
                Database::connect(options).await?
            }
            None => {
                return Err(StoreError::refused(
                    "the database address is not understood; write sqlite://FILE or postgres://USER@HOST/NAME",
                ));
            }
        };
        Ok(Self { db, file })
    }

    /// Whether the database is embedded in this process.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.file.is_some()
    }

    /// Brings the schema up to date.
    ///
    /// # Errors
    /// When a step fails; it is undone as a whole.
    pub async fn migrate_up(&self) -> Result<()> {
        self.with_lock(Migration::Up).await
    }

    /// Takes the newest step of the schema back, with all that is stored in its tables.
    ///
    /// # Errors
    /// When the step cannot be taken back.
    pub async fn migrate_down(&self) -> Result<()> {
        self.with_lock(Migration::Down).await
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
        Err(StoreError::refused(format!("the schema lacks {}; run `par-survey migrate up` once, then start again", pending.join(", "))))
    }

    /// Steps of the schema: name, and whether it was taken.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn migrations(&self) -> Result<Vec<(String, bool)>> {
        let steps = Migrator::get_migration_with_status_read_only(&self.db).await?;
        Ok(steps.iter().map(|step| (step.name().to_owned(), step.status() == migration::MigrationStatus::Applied)).collect())
    }

    /// Runs migrations alone: the migrator takes no lock of its own, and three instances that started together were seen to fail.
    async fn with_lock(&self, what: Migration) -> Result<()> {
        let guard = self.write().await?;
        if self.db.get_database_backend() == DbBackend::Postgres {
            // Held until `guard` ends. The steps run on other connections, which do not ask for it.
            guard.execute_raw(self.statement("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK.into()])).await?;
            run(&self.db, what).await?;
            guard.commit().await?;
        } else {
            run(&guard, what).await?;
            guard.commit().await?;
        }
        Ok(())
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

    /// A transaction that may write. On SQLite it waits for its turn at the start rather than failing half-way.
    async fn write(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        Ok(self.db.begin_with_options(options).await?)
    }

    /// One text for both databases: `$1`, `$2` … are understood by either.
    fn statement(&self, sql: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Statement {
        Statement::from_sql_and_values(self.db.get_database_backend(), sql, values)
    }

    /// Writes the log into the database file and empties it, so that nothing deleted stays readable there. A server that is just reading
    /// may be in the way; it is waited for, and the next one to try will do it.
    async fn checkpoint(&self) {
        if !self.is_embedded() {
            return;
        }
        if self.empty_log().await.is_err() {
            tracing::warn!("the database's log could not be emptied, because somebody keeps reading; it is emptied by the next command");
        }
    }

    async fn empty_log(&self) -> Result<()> {
        for _ in 0..PATIENTLY {
            let row = self.db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(TRUNCATE)")).await?;
            if row.map(|row| row.try_get_by_index::<i32>(0)).transpose()?.unwrap_or_default() == 0 {
                return Ok(());
            }
            tokio::time::sleep(LOG_PAUSE).await;
        }
        Err(StoreError::refused("somebody is reading; the log could not be emptied"))
    }
}

/// Tries to empty a log when nobody waits for it: 5 seconds.
const PATIENTLY: u32 = 250;
/// Tries to empty a log while somebody does: half a second.
const BRIEFLY: u32 = 25;
/// Between two tries.
const LOG_PAUSE: std::time::Duration = std::time::Duration::from_millis(20);

/// Only the account of the server may read what it keeps.
const PRIVATE: u32 = 0o600;

/// Any number that nobody else uses for an advisory lock in this database.
const MIGRATION_LOCK: i64 = 0x7061_7273;

#[derive(Clone, Copy)]
enum Migration {
    Up,
    Down,
}

async fn run<'c, C: migration::IntoSchemaManagerConnection<'c>>(on: C, what: Migration) -> Result<()> {
    match what {
        Migration::Up => Migrator::up(on, None).await?,
        Migration::Down => Migrator::down(on, Some(1)).await?,
    }
    Ok(())
}

/// Makes a file where there is none, for the account of the server alone.
fn make_private(file: &Path) -> Result<()> {
    let made = File::options().create(true).truncate(false).write(true).mode(PRIVATE).open(file);
    made.map(drop).map_err(|cause| StoreError::File { path: file.to_owned(), cause })
}

fn setting_lost(file: &Path, name: &str, expected: &str) -> StoreError {
    StoreError::refused(format!("{}: the setting {name} = {expected} does not hold", file.display()))
}

/// Connects, and waits for whoever is just opening the same new file: the switch to a write-ahead log is the one thing for which SQLite does
/// not wait by itself.
async fn connect(options: ConnectOptions) -> Result<DatabaseConnection> {
    for _ in 1..PATIENTLY {
        match Database::connect(options.clone()).await {
            Err(error) if error.to_string().contains("database is locked") => tokio::time::sleep(LOG_PAUSE).await,
            connected => return Ok(connected?),
        }
    }
    Ok(Database::connect(options).await?)
}

/// Opens an SQLite file with the settings on which every promise about answers rests, and makes sure that they hold.
async fn open_sqlite(file: &Path) -> Result<DatabaseConnection> {
    make_private(file)?;
    let mut options = ConnectOptions::new(format!("sqlite://{}", file.display()));
    // A file does not go away as a server may: asking whether it is there before every query would double the way to it.
    options.test_before_acquire(false);
    options
        .max_connections(SQLITE_CONNECTIONS)
        .min_connections(1)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| PRAGMAS.into_iter().fold(options, |options, (name, value)| options.pragma(name, value)));
    let db = connect(options).await?;
    for (name, expected) in PRAGMAS {
        let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"))).await?;
        let found = row.map(|row| row.try_get_by_index::<String>(0).or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string())));
        if found.transpose()?.as_deref() != Some(expected) {
            return Err(setting_lost(file, name, expected));
        }
    }
    Ok(db)
}
