//! The write-ahead log of an SQLite file, as a file.

use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::fault::FaultKind;
use super::{LOG_PAUSE, PATIENTLY, StoreError};
use crate::refusal::Refusal;

/// Bytes that are read and written again at once.
const PIECE: usize = 1 << 20;

/// The log beside a file.
pub(super) fn of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// Makes sure that the log of the main database, whose file is about to be opened, is on the disk whole: whoever closes a file last copies
/// its log into it, also after reading only. Where somebody else is just writing, that one has seen to it, as everybody does before
/// writing.
///
/// # Errors
/// When it cannot be read, written or synced.
pub(super) async fn require_whole(file: &Path) -> super::Result<()> {
    let log = of(file);
    if std::fs::metadata(&log).map_or(0, |log| log.len()) == 0 {
        return Ok(());
    }
    let file = file.to_owned();
    let written = tokio::task::spawn_blocking(move || write_again_alone(&file)).await;
    written.unwrap_or_else(|broken| Err(failed(&log, Error::other(broken))))
}

/// Writes the log again while nobody else can write.
fn write_again_alone(file: &Path) -> super::Result<()> {
    let held = Connection::open(file).and_then(|db| {
        // What this connection is for has to come first.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        db.busy_timeout(Duration::ZERO)?;
        db.execute_batch("BEGIN IMMEDIATE").map(|()| db)
    });
    match held.map_err(StoreError::of_the_main_database) {
        Ok(_held) => {
            let log = of(file);
            write_again(&log).map_err(|cause| failed(&log, cause))
        }
        Err(error) if matches!(error.kind(), Some(FaultKind::InputOutput | FaultKind::Full)) => Err(error),
        // Who cannot write cannot copy the log either; and whatever else is wrong is said by whoever opens the file next.
        Err(_) => Ok(()),
    }
}

/// Copies the log into the database file and empties it. Somebody who is just reading may be in the way, and is waited for as long as
/// nobody waits for this: five seconds, however many connections read.
///
/// # Errors
/// When it cannot be copied, or somebody keeps reading.
pub(super) async fn empty(file: &Path) -> super::Result<()> {
    let (log, file) = (of(file), file.to_owned());
    let emptied = tokio::task::spawn_blocking(move || empty_alone(&file).map_err(StoreError::of_the_main_database)).await;
    if emptied.unwrap_or_else(|broken| Err(failed(&log, Error::other(broken))))? {
        return Ok(());
    }
    Err(Refusal::DatabaseRead.into())
}

/// Whether it was emptied. The connections of the driver wait for twenty seconds at each try, which is too long here.
fn empty_alone(file: &Path) -> rusqlite::Result<bool> {
    let db = Connection::open(file)?;
    db.busy_timeout(Duration::ZERO)?;
    for _ in 0..PATIENTLY {
        let in_the_way: i32 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if in_the_way == 0 {
            return Ok(true);
        }
        std::thread::sleep(LOG_PAUSE);
    }
    Ok(false)
}

fn failed(log: &Path, cause: Error) -> StoreError {
    StoreError::File { path: log.to_owned(), cause }
}

/// Writes the log's own bytes again, in place, and syncs them; nothing where there is none. Nobody else may be writing it.
///
/// A sync that fails once leaves pages that the system takes for clean: every reader sees them, no later sync writes them, and a power cut
/// takes them away, with all that stands behind them in the log. Whoever copies such a log into the database must first have it on the disk
/// whole.
///
/// # Errors
/// When it cannot be read, written or synced.
pub(super) fn write_again(log: &Path) -> Result<()> {
    let file = match File::options().read(true).write(true).open(log) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        opened => opened?,
    };
    let (mut piece, mut at) = (vec![0; PIECE], 0);
    loop {
        let read = file.read_at(&mut piece, at)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        file.write_all_at(bytes, at)?;
        at += u64::try_from(read).unwrap_or_default();
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait;

    use super::*;
    use crate::store::Store;

    #[test]
    fn a_log_that_is_written_again_is_what_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let log = of(&folder.path().join("x.db"));
        write_again(&log).unwrap();
        assert!(!log.exists());
        let bytes: Vec<u8> = (0..PIECE + 77).map(|place| u8::try_from(place % 251).unwrap()).collect();
        std::fs::write(&log, &bytes).unwrap();
        write_again(&log).unwrap();
        assert_eq!(std::fs::read(&log).unwrap(), bytes);
    }

    /// As while figures are exported: what was committed is as sure as before, and no connection has to go.
    #[tokio::test]
    async fn somebody_who_only_reads_leaves_no_doubt() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("main.db");
        let store = Store::create(&format!("sqlite://{}", file.display())).await.unwrap();
        store.db.execute_unprepared("CREATE TABLE kept (number)").await.unwrap();
        assert!(store.settle().await.unwrap());
        store.db.execute_unprepared("INSERT INTO kept VALUES (1)").await.unwrap();
        let reader = Connection::open(&file).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM kept;").unwrap();
        assert!(store.require_in_file().await.is_err());
        assert_eq!(store.soundness.doubts(), None);
        drop(reader);
        store.require_in_file().await.unwrap();
    }
}
