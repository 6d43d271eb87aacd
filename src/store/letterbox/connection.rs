//! Connections to the file of a letterbox, with the settings on which every promise about answers rests.

use std::path::Path;

use rusqlite::Connection;

use super::super::Result;
use super::super::connecting::{PRAGMAS, setting_lost};

/// Random keys put every sheet of a commit on a page of its own, and every page touched is written and synced whole: small pages, then. But
/// not so small that a sealed sheet of a long form flows over, as it does from a page of 1,024 bytes, of which a row may fill 231: a third
/// of the time goes into that.
pub(super) const PAGE_SIZE: u16 = 2_048;

/// Kibibytes of pages in memory: what comes between two mixings of a busy server, which would otherwise be read from the file again and
/// again.
const CACHE: i32 = 16_384;

/// How long somebody else may hold the file. Whoever waits for it has a respondent waiting.
const BUSY_WITHIN: std::time::Duration = std::time::Duration::from_secs(2);

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

/// Empties the log as far as nobody is in the way: whether somebody was, frames of the log, and those of them that are in the file.
pub(super) fn checkpoint(db: &Connection) -> rusqlite::Result<(bool, i64, i64)> {
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok((row.get::<_, i64>(0)? != 0, row.get(1)?, row.get(2)?)))
}
