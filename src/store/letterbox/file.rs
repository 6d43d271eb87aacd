//! The file of a letterbox: locked, opened with its settings, and known by its place.

use std::fs::{File, TryLockError};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use rusqlite::Connection;

use super::super::fault::FaultKind;
use super::super::{BRIEFLY, LOG_PAUSE, Result, StoreError, database_file, log};
use super::connection::{checkpoint, connect};
use super::{OpenError, beside, failed, rescue, schema};
use crate::files::private;
use crate::refusal::Refusal;

/// Which boot of the machine this is.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Locks a letterbox for this process; the system lets go when the process ends, however it ends.
pub(super) fn lock(path: &Path) -> std::result::Result<File, OpenError> {
    let file =
        File::options().create(true).truncate(false).write(true).mode(private::FILE).open(beside(path, ".lock")).map_err(failed(path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Busy(Refusal::LetterboxBusy { file: path.display().to_string() })),
        Err(TryLockError::Error(cause)) => Err(failed(path)(cause).into()),
    }
}

/// How a file of SQLite begins.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// How many bytes say that a file is something else.
const TELLING: u64 = 4 * 1024;

/// Refuses a file that is no letterbox, not even a damaged one: a text, as keys, lists and tables are, or a compressed file. What can be
/// read of a damaged letterbox is brought into a new one and the old one renamed, which none of these survives unharmed.
pub(super) fn require_letterbox(path: &Path) -> Result<()> {
    let mut begins = Vec::new();
    match File::open(path).and_then(|file| file.take(TELLING).read_to_end(&mut begins)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        read => read.map_err(failed(path))?,
    };
    // The last sign may be cut off.
    let is_text = !begins.contains(&0) && std::str::from_utf8(&begins).map_or_else(|error| error.error_len().is_none(), |_| true);
    let is_other = !begins.is_empty() && !begins.starts_with(SQLITE) && (is_text || begins.starts_with(b"PK"));
    if is_other { Err(Refusal::NotALetterbox { file: path.display().to_string() }.into()) } else { Ok(()) }
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
    database_file::make(path)?;
    let mut db = connect(path)?;
    require_written(&db, path)?;
    let found: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT), Some(found)).into());
    }
    schema::bring_up_to_date(&mut db)?;
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
    Err(Refusal::LetterboxRead.into())
}
