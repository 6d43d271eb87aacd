//! The letterbox: a small SQLite file of one instance in which an accepted sheet waits until it is mixed.
//!
//! It is written with `synchronous=FULL`, and a sheet is acknowledged only after the commit that holds it. It is never backed up.
//! It is spoken to through the driver itself, by the one thread that owns it (`writer`): every hop between threads is a turn to
//! wait for on a busy machine, and accepting a sheet is the one thing that must be fast.

use std::collections::HashMap;
use std::fs::{File, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::sheet::{Cell, SealedSheet, SheetKey, random_bytes};
use super::{LOG_PAUSE, PATIENTLY, PRAGMAS, PRIVATE, Result, StoreError, make_private, setting_lost};
use crate::survey::mode::Mode;

/// The letterbox file, locked for one process.
#[derive(Debug)]
pub struct Letterbox {
    db: Connection,
    id: String,
    /// Locked while the letterbox is open; the system lets go when the process ends, however it ends.
    _lock: File,
}

/// Why a letterbox did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process, usually `par-survey serve`, has it.
    #[error("another process has the letterbox {0} open")]
    Busy(PathBuf),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Random keys put every sheet of a commit on a page of its own, and every page touched is written and synced whole: small pages, then.
const PAGE_SIZE: u16 = 1_024;

/// `WITHOUT ROWID` under a random key: neither rowid nor page says in which order sheets came.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS instance (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS sheet (key BLOB PRIMARY KEY, questionnaire_id INTEGER NOT NULL, unit_id INTEGER NOT NULL,
        respondent_group TEXT NOT NULL, mode INTEGER NOT NULL, answers BLOB NOT NULL, remarks TEXT NOT NULL) WITHOUT ROWID";

const PUT: &str = "INSERT INTO sheet VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key) DO NOTHING";

const CELLS: &str = "SELECT questionnaire_id, unit_id, respondent_group, count(*) FROM sheet
    WHERE questionnaire_id IN (SELECT value FROM json_each(?1)) GROUP BY 1, 2, 3 HAVING count(*) >= ?2";

const WAITING: &str = "SELECT key, questionnaire_id, unit_id, respondent_group, mode, answers, remarks FROM sheet";

/// Sheets that wait, cell by cell.
pub(super) type Waiting = HashMap<Cell, Vec<SealedSheet>>;

impl Letterbox {
    /// Opens a letterbox, making the file where it is missing.
    ///
    /// # Errors
    /// [`OpenError::Busy`] when another process has it open.
    pub fn open(path: &Path) -> std::result::Result<Self, OpenError> {
        let lock = lock(path)?;
        make_private(path)?;
        let db = connect(path)?;
        db.execute_batch(SCHEMA).map_err(StoreError::from)?;
        let id = identity(&db)?;
        let letterbox = Self { db, id, _lock: lock };
        // A crash may have come between a deletion and the emptying of the log.
        if letterbox.empty_log(PATIENTLY).is_err() {
            tracing::warn!("the letterbox's log could not be emptied yet; it is emptied after the next mixing");
        }
        Ok(letterbox)
    }

    /// What this letterbox calls itself in the main database.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Puts sheets in, all in one commit, and says of each whether it was new; returns after the sync.
    pub(super) fn put(&mut self, sheets: &[&SealedSheet]) -> Result<Vec<bool>> {
        let transaction = self.db.transaction()?;
        let mut put = transaction.prepare_cached(PUT)?;
        let mut new = Vec::with_capacity(sheets.len());
        for SealedSheet { key, cell, mode, answers, remarks } in sheets {
            let remarks = serde_json::to_string(remarks).unwrap_or_default();
            let row = params![key.bytes(), cell.questionnaire, cell.unit, cell.group, mode.number(), answers, remarks];
            new.push(put.execute(row)? == 1);
        }
        drop(put);
        transaction.commit()?;
        Ok(new)
    }

    /// Sheets of some questionnaires that wait in cells with at least so many; whole cells, and no further one once there are so many sheets.
    /// Says whether any was left out for that.
    pub(super) fn waiting(&self, questionnaires: &[i32], least: usize, most: usize) -> Result<(Waiting, bool)> {
        let (mut cells, full) = self.ripe(questionnaires, least, most)?;
        if cells.is_empty() {
            return Ok((cells, full));
        }
        let mut query = self.db.prepare_cached(WAITING)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let cell = Cell { questionnaire: row.get(1)?, unit: row.get(2)?, group: row.get(3)? };
            if let Some(sheets) = cells.get_mut(&cell) {
                sheets.push(sheet_of(row, cell)?);
            }
        }
        Ok((cells, full))
    }

    /// The cells in which at least so many sheets wait, with room for them.
    fn ripe(&self, questionnaires: &[i32], least: usize, most: usize) -> Result<(Waiting, bool)> {
        let least = i64::try_from(least).unwrap_or(i64::MAX);
        let (mut cells, mut sheets) = (Waiting::new(), 0);
        let mut query = self.db.prepare_cached(CELLS)?;
        let mut rows = query.query(params![list(questionnaires), least])?;
        while let Some(row) = rows.next()? {
            if sheets >= most {
                return Ok((cells, true));
            }
            let waiting = usize::try_from(row.get::<_, i64>(3)?).unwrap_or_default();
            sheets += waiting;
            cells.insert(Cell { questionnaire: row.get(0)?, unit: row.get(1)?, group: row.get(2)? }, Vec::with_capacity(waiting));
        }
        Ok((cells, false))
    }

    /// How many sheets wait in all.
    pub(super) fn count_all(&self) -> Result<i64> {
        Ok(self.db.query_row("SELECT count(*) FROM sheet", [], |row| row.get(0))?)
    }

    /// How many sheets wait for some questionnaires.
    pub(super) fn count(&self, questionnaires: &[i32]) -> Result<i64> {
        let sql = "SELECT count(*) FROM sheet WHERE questionnaire_id IN (SELECT value FROM json_each(?1))";
        Ok(self.db.query_row(sql, [list(questionnaires)], |row| row.get(0))?)
    }

    /// Takes sheets out; their bytes are in the log until [`Self::empty_log`].
    pub(super) fn take_out(&mut self, mut keys: Vec<SheetKey>) -> Result<()> {
        // In the order of the table: several times faster than criss-cross.
        keys.sort_unstable();
        let transaction = self.db.transaction()?;
        let mut delete = transaction.prepare_cached("DELETE FROM sheet WHERE key = ?1")?;
        for key in keys {
            delete.execute([key.bytes()])?;
        }
        drop(delete);
        Ok(transaction.commit()?)
    }

    /// Leaves no byte of what was taken out in the file's log. Somebody who is just reading the file may be in the way for a moment.
    pub(super) fn empty_log(&self, tries: u32) -> Result<()> {
        for _ in 0..tries {
            if self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i32>(0))? == 0 {
                return Ok(());
            }
            std::thread::sleep(LOG_PAUSE);
        }
        Err(StoreError::refused("somebody is reading the letterbox; its log could not be emptied"))
    }
}

fn lock(path: &Path) -> std::result::Result<File, OpenError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file_error = |cause| OpenError::Store(StoreError::File { path: path.to_owned(), cause });
    let file = File::options().create(true).truncate(false).write(true).mode(PRIVATE).open(&name).map_err(file_error)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Busy(path.to_owned())),
        Err(TryLockError::Error(cause)) => Err(file_error(cause)),
    }
}

/// Opens the file with the settings on which every promise about answers rests, and makes sure that they hold.
fn connect(path: &Path) -> Result<Connection> {
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
    Ok(db)
}

/// The letterbox's own name, made once and kept in it, so that a restarted server is the same instance.
fn identity(db: &Connection) -> Result<String> {
    if let Some(id) = db.query_row("SELECT id FROM instance", [], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    let id = hex::encode(random_bytes());
    db.execute("INSERT INTO instance (id) VALUES (?1)", [&id])?;
    Ok(id)
}

fn list(numbers: &[i32]) -> String {
    serde_json::to_string(numbers).unwrap_or_default()
}

fn sheet_of(row: &Row<'_>, cell: Cell) -> Result<SealedSheet> {
    let damaged = || StoreError::refused("the letterbox holds a sheet that this version cannot read; was it changed by hand?");
    Ok(SealedSheet {
        key: SheetKey::new(row.get(0)?),
        cell,
        mode: Mode::from_number(row.get(4)?).ok_or_else(damaged)?,
        answers: row.get(5)?,
        remarks: serde_json::from_str(row.get_ref(6)?.as_str().map_err(|_| damaged())?).map_err(|_| damaged())?,
    })
}
