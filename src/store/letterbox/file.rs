//! The file of a letterbox: locked, opened with its settings, and known by its place.

use std::fs::{File, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::super::connecting::{PRAGMAS, setting_lost};
use super::super::fault::FaultKind;
use super::super::{BRIEFLY, LOG_PAUSE, PRIVATE, Result, StoreError, log, make_private};
use super::{OpenError, rescue, schema};

/// Random keys put every sheet of a commit on a page of its own, and every page touched is written and synced whole: small pages, then. But not so
/// small that a sealed sheet of a long form flows over, as it does from a page of 1,024 bytes, of which a row may fill 231: a third of the time goes
/// into that.
pub(super) const PAGE_SIZE: u16 = 2_048;

/// Kibibytes of pages in memory: what comes between two mixings of a busy server, which would otherwise be read from the file again and again.
const CACHE: i32 = 16_384;

/// How long somebody else may hold the file. Whoever waits for it has a respondent waiting.
const BUSY_WITHIN: std::time::Duration = std::time::Duration::from_secs(2);

/// Which boot of the machine this is.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// A path with something behind its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// What went wrong with a file.
pub(super) fn failed(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |cause| StoreError::File { path: path.clone(), cause }
}

/// Locks a letterbox for this process; the system lets go when the process ends, however it ends.
pub(super) fn lock(path: &Path) -> std::result::Result<File, OpenError> {
    let file = File::options().create(true).truncate(false).write(true).mode(PRIVATE).open(beside(path, ".lock")).map_err(failed(path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Busy(path.to_owned())),
        Err(TryLockError::Error(cause)) => Err(failed(path)(cause).into()),
    }
}

/// Where the file is: boot of the machine, device and inode. All three are the same after a restart of the server, and of nothing else.
pub(super) fn place(path: &Path) -> Result<String> {
    let metadata = std::fs::metadata(path).map_err(failed(path))?;
    let boot = std::fs::read_to_string(BOOT_ID).unwrap_or_default();
    Ok(format!("{}:{}:{}", boot.trim(), metadata.dev(), metadata.ino()))
}

/// Opens the file, whole: from one that is damaged what can be read is brought into a new one first.
pub(super) fn open(path: &Path) -> Result<Connection> {
    rescue::finish(path)?;
    match open_whole(path) {
        // Looked at twice: a disk that fails once makes a whole file look damaged.
        Err(error) if is_damage(&error) => match open_whole(path) {
            Err(error) if is_damage(&error) => {
                rescue::rescue(path)?;
                open_whole(path)
            }
            opened => opened,
        },
        opened => opened,
    }
}

fn is_damage(error: &StoreError) -> bool {
    error.kind() == Some(FaultKind::Damaged)
}

fn open_whole(path: &Path) -> Result<Connection> {
    make_private(path)?;
    let mut db = connect(path)?;
    require_written(&db, path)?;
    let found: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), Some(found)).into());
    }
    schema::bring_up_to_date(&mut db)?;
    Ok(db)
}

/// Connects with the settings on which every promise about answers rests, and makes sure that they hold.
pub(super) fn connect(path: &Path) -> Result<Connection> {
    let db = Connection::open(path)?;
    db.pragma_update(None, "page_size", PAGE_SIZE)?;
    for (name, value) in PRAGMAS {
        db.pragma_update(None, name, value)?;
        let found = db.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))?;
        let found = match found {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(number) => number.to_string(),
            _ => String::new(),
        };
        if found != value {
            return Err(setting_lost(path, name, value));
        }
    }
    db.pragma_update(None, "cache_size", -CACHE)?;
    db.busy_timeout(BUSY_WITHIN)?;
    Ok(db)
}

/// Makes sure that all of the log is in the file and synced: what a process before this one left in the log may have a hole where a sync
/// failed, behind which nothing would be found after a power cut.
fn require_written(db: &Connection, path: &Path) -> Result<()> {
    // Held so that nobody writes meanwhile.
    db.execute_batch("BEGIN IMMEDIATE")?;
    let written = log::write_again(&log::of(path)).map_err(failed(path));
    db.execute_batch("ROLLBACK")?;
    written?;
    for _ in 0..BRIEFLY {
        let (busy, frames, written) = checkpoint(db)?;
        if !busy || frames == written {
            return Ok(());
        }
        std::thread::sleep(LOG_PAUSE);
    }
    Err(StoreError::refused("somebody is reading the letterbox, so that its log cannot be written into it; close whatever reads it"))
}

/// Empties the log as far as nobody is in the way: whether somebody was, frames of the log, and those of them that are in the file.
pub(super) fn checkpoint(db: &Connection) -> rusqlite::Result<(bool, i64, i64)> {
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok((row.get::<_, i64>(0)? != 0, row.get(1)?, row.get(2)?)))
}
