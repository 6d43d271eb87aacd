//! Connections to the main database, with the settings on which every promise about answers rests.

use crate::printed::shown;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use super::fault::FaultKind;
use super::soundness::{Soundness, watched};
use super::watched::Watched;
use super::{LOG_PAUSE, PATIENTLY, Result, StoreError, database_file, log};

/// What every SQLite connection must say of itself, so that a commit is on the disk when it returns and deleted bytes are gone.
/// Random keys touch pages everywhere, so that the cache (in KiB, filled only by use) holds those of some hundred thousand sheets.
/// The log is written back every 16 MB: random keys come back to the same pages, and each is then written once for many commits.
pub(super) const PRAGMAS: [(&str, &str); 7] = [
    ("journal_mode", "wal"),
    ("synchronous", "2"),
    ("secure_delete", "1"),
    ("foreign_keys", "1"),
    ("busy_timeout", "20000"),
    ("cache_size", "-24000"),
    ("wal_autocheckpoint", "4000"),
];

/// The cache of a connection that only reads back what was just mixed, in KiB: the pages that it wants are the system's already.
const WITNESS_CACHE: &str = "-1000";

/// How long a connection to PostgreSQL may take to be had: whoever waits for one has a respondent waiting.
const POSTGRES_WITHIN: Duration = Duration::from_secs(4);

/// Where a database is.
pub(super) enum Reach {
    File(PathBuf),
    Server(String),
}

/// What connections are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Reading,
    Writing,
    /// The one that reads back what the others have committed.
    Witness,
}

impl Use {
    /// Connections to PostgreSQL: together below the 100 that a server allows by default, even for several instances.
    fn of_a_server(self) -> u32 {
        match self {
            Self::Reading | Self::Writing => 8,
            Self::Witness => 1,
        }
    }

    /// Connections to the embedded database, where one writes at a time.
    fn of_a_file(self) -> u32 {
        match self {
            Self::Reading => 3,
            Self::Writing | Self::Witness => 1,
        }
    }

    /// The settings of a connection to an embedded database. Who reads is held to it: what writes by mistake fails at once, and is not
    /// found out by waiting.
    fn pragmas(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let cache = (self == Self::Witness).then_some(("cache_size", WITNESS_CACHE));
        let only_reads = (self != Self::Writing).then_some(("query_only", "1"));
        PRAGMAS.into_iter().map(move |setting| cache.filter(|cache| cache.0 == setting.0).unwrap_or(setting)).chain(only_reads)
    }
}

/// Connects to a database.
pub(super) async fn connect(reach: &Reach, soundness: &Arc<Soundness>, to: Use) -> Result<Watched<DatabaseConnection>> {
    let db = match reach {
        Reach::File(file) => sqlite(file, soundness, to).await?,
        Reach::Server(url) => postgres(url, soundness, to).await?,
    };
    Ok(Watched::new(db, soundness))
}

async fn postgres(url: &str, soundness: &Arc<Soundness>, to: Use) -> Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(to.of_a_server()).sqlx_logging(false);
    options.connect_lazy(to != Use::Writing).acquire_timeout(POSTGRES_WITHIN);
    keep_idle(&mut options);
    let soundness = Arc::clone(soundness);
    options.map_sqlx_postgres_pool_opts(move |pool| watched(pool, &soundness));
    Ok(Database::connect(options).await?)
}

/// Opens an SQLite file, which is made where it is missing, and makes sure that its settings hold.
async fn sqlite(file: &Path, soundness: &Arc<Soundness>, to: Use) -> Result<DatabaseConnection> {
    database_file::make(file)?;
    if to == Use::Writing {
        log::require_whole(file).await?;
    }
    let mut options = ConnectOptions::new("sqlite://");
    let whole = file.to_owned();
    // A file does not go away as a server may: asking whether it is there before every query would double the way to it.
    options.test_before_acquire(false);
    keep_idle(&mut options);
    options.max_connections(to.of_a_file()).min_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(move |options| {
        // By its path and not in an address: there some signs of a name would mean something else.
        let options = options.filename(&whole).in_memory(false);
        to.pragmas().fold(options, |options, (name, value)| options.pragma(name, value))
    });
    let soundness = Arc::clone(soundness);
    options.map_sqlx_sqlite_pool_opts(move |pool| watched(pool, &soundness));
    let db = patiently(options).await?;
    for (name, expected) in to.pragmas() {
        let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, format!("PRAGMA {name}"))).await?;
        let found = row.map(|row| row.try_get_by_index::<String>(0).or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string())));
        if found.transpose()?.as_deref() != Some(expected) {
            return Err(setting_lost(file, name, expected));
        }
    }
    Ok(db)
}

/// Keeps connections however long nobody uses them: the task that looks for such ones takes them from a number that may not have been
/// counted up yet, and then never ends, with a processor to itself (sqlx 0.9.0, issue 3645).
fn keep_idle(options: &mut ConnectOptions) {
    options.idle_timeout(None).max_lifetime(None);
}

/// Connects, and waits for whoever is just opening the same new file: the switch to a write-ahead log is the one thing for which SQLite
/// does not wait by itself.
async fn patiently(options: ConnectOptions) -> Result<DatabaseConnection> {
    for _ in 1..PATIENTLY {
        match Database::connect(options.clone()).await.map_err(StoreError::from) {
            Err(error) if error.kind() == Some(FaultKind::Busy) => tokio::time::sleep(LOG_PAUSE).await,
            connected => return connected,
        }
    }
    Ok(Database::connect(options).await?)
}

pub(super) fn setting_lost(file: &Path, name: &str, expected: &str) -> StoreError {
    StoreError::trouble(format!("{}: the setting {name} = {expected} does not hold", shown(file)))
}
