//! The letterbox: a small SQLite file of one instance in which an accepted sheet waits until it is mixed.
//!
//! It is written with `synchronous=FULL`, and a sheet is acknowledged only after the commit that holds it. It is never backed up.
//! It is spoken to through the driver itself, by the one thread that owns it (`writer`): every hop between threads is a turn to
//! wait for on a busy machine, and accepting a sheet is the one thing that must be fast.
//!
//! After anything that failed the file is closed, opened again and written whole before it is used: a sync that failed leaves a hole in the
//! log.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::sealing::{PARTICIPATION, SealedSheet};
use super::{LOG_PAUSE, Result, StoreError};
use crate::deposit::{MixingCell, SheetKey};
use crate::printed::shown;
use crate::random::random_bytes;
use crate::refusal::Refusal;
use crate::seal::GenerationId;

mod connection;
mod file;
mod generations;
mod pages;
mod plain;
mod remains;
mod rescue;
mod row;
mod schema;
mod waiting;

pub(super) use plain::PlainSealed;
pub(super) use remains::{Remains, RemainsKind, RemainsParts, Remnant};
pub(super) use waiting::Waiting;

/// The letterbox file, locked for one process.
#[derive(Debug)]
pub struct Letterbox {
    path: PathBuf,
    db: Connection,
    /// Whether nothing has failed since the file was opened and written whole.
    sound: bool,
    identity: Identity,
    /// Whether it was brought from elsewhere on purpose.
    moved: bool,
    /// Locked while the letterbox is open; the system lets go when the process ends, however it ends.
    _lock: File,
}

/// Why a letterbox did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process, usually `par-survey serve`, has it.
    #[error(transparent)]
    Busy(Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Identity of a letterbox, which tells it from every other, its own copies included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// What it calls itself in the main database, for good.
    pub(super) id: String,
    /// Drawn at its last beat.
    pub(super) nonce: String,
    /// The one before, which stands in the main database until it has taken the last one.
    pub(super) previous: String,
}

impl Identity {
    fn random() -> Self {
        Self { id: hex::encode(random_bytes::<16>()), nonce: String::new(), previous: String::new() }
    }
}

/// Sheets that wait and move together: those of a cell that are sealed under one key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Cohort {
    pub(super) generation: GenerationId,
    pub(super) cell: MixingCell,
}

impl Letterbox {
    /// Opens a letterbox, making the file where it is missing. From a damaged one what can be read is brought into a new file.
    ///
    /// # Errors
    /// [`OpenError::Busy`] when another process has it open.
    pub fn open(path: &Path) -> std::result::Result<Self, OpenError> {
        Self::require(path)?;
        let lock = file::lock(path)?;
        let db = file::open(path)?;
        let mut letterbox = Self { path: path.to_owned(), db, sound: true, identity: Identity::random(), moved: false, _lock: lock };
        letterbox.know_itself()?;
        letterbox.take_back()?;
        Ok(letterbox)
    }

    /// Refuses a file that is no letterbox, not even a damaged one. One that is not there yet is none of these.
    ///
    /// # Errors
    /// When it is something else, or cannot be read.
    pub fn require(path: &Path) -> Result<()> {
        file::require_letterbox(path)
    }

    /// Says that it was brought here from elsewhere on purpose and no copy of it runs: a start then waits for nobody.
    #[must_use]
    pub fn moved(mut self) -> Self {
        self.moved = true;
        self
    }

    pub(super) fn is_moved(&self) -> bool {
        self.moved
    }

    /// What this letterbox calls itself in the main database.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.identity.id
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Boot of the machine, device and inode.
    pub(super) fn place(&self) -> Result<String> {
        file::place(&self.path)
    }

    /// Reads its own name, or takes one.
    fn know_itself(&mut self) -> Result<()> {
        let known = self.with(|db| {
            let read = |row: &rusqlite::Row<'_>| Ok(Identity { id: row.get(0)?, nonce: row.get(1)?, previous: row.get(2)? });
            db.query_row("SELECT id, nonce, previous FROM instance", [], read).optional()
        })?;
        match known {
            Some(identity) => self.identity = identity,
            None => self.call_itself(self.identity.clone())?,
        }
        Ok(())
    }

    /// Draws a nonce, and keeps the one that is registered beside it until the new one is.
    pub(super) fn draw_nonce(&mut self) -> Result<()> {
        self.draw_nonce_after(&self.identity.nonce.clone())
    }

    /// The same, where another one than the last may be registered.
    pub(super) fn draw_nonce_after(&mut self, registered: &str) -> Result<()> {
        let id = self.identity.id.clone();
        self.call_itself(Identity { id, nonce: hex::encode(random_bytes::<16>()), previous: registered.to_owned() })
    }

    /// Writes what it is called once more, as a sheet would be written, to see that it can be.
    pub(super) fn write_again(&mut self) -> Result<()> {
        self.call_itself(self.identity.clone())
    }

    /// Becomes a letterbox of its own: another file has gone on under its name.
    pub(super) fn become_another(&mut self) -> Result<()> {
        self.call_itself(Identity { nonce: hex::encode(random_bytes::<16>()), ..Identity::random() })
    }

    fn call_itself(&mut self, identity: Identity) -> Result<()> {
        let Identity { id, nonce, previous } = identity.clone();
        self.with(move |db| {
            let transaction = db.transaction()?;
            transaction.execute("DELETE FROM instance", [])?;
            transaction.execute("INSERT INTO instance (id, nonce, previous) VALUES (?1, ?2, ?3)", params![id, nonce, previous])?;
            transaction.commit()
        })?;
        self.identity = identity;
        Ok(())
    }

    /// Does something with a file that is sound. Whatever fails has it closed, opened again and written whole before the next time.
    fn with<T>(&mut self, act: impl FnOnce(&mut Connection) -> rusqlite::Result<T>) -> Result<T> {
        if !self.sound {
            // Closed before it is opened again: what is wrong may be the connection.
            self.db = Connection::open_in_memory()?;
            self.db = file::open(&self.path)?;
            self.sound = true;
        }
        act(&mut self.db).map_err(|error| {
            self.sound = false;
            error.into()
        })
    }

    /// Puts in what respondents sent, all in one commit, and says of each whether it was new: its first row decides for all of them.
    /// Returns after the sync.
    pub(super) fn put(&mut self, sent: &[Vec<SealedSheet>]) -> Result<Vec<bool>> {
        self.with(|db| {
            let transaction = db.transaction()?;
            let mut put = transaction.prepare_cached(row::PUT)?;
            let mut new = Vec::with_capacity(sent.len());
            for sheets in sent {
                let mut sheets = sheets.iter();
                let mut put = |sheet: &SealedSheet| row::encode(sheet, |values| Ok::<_, rusqlite::Error>(put.execute(values)? == 1));
                let first = sheets.next().map_or(Ok(true), &mut put)?;
                if first {
                    sheets.try_for_each(|sheet| put(sheet).map(drop))?;
                }
                new.push(first);
            }
            drop(put);
            transaction.commit()?;
            Ok(new)
        })
    }

    /// Sheets of some questionnaires that wait in cohorts of at least so many; whole ones, and no further one once there are so many
    /// sheets. Rows that cannot be read are set aside.
    pub(super) fn waiting(&mut self, questionnaires: &[i32], least: usize, most: usize) -> Result<Waiting> {
        let (waiting, unreadable) = self.with(|db| {
            let mut waiting = waiting::ripe(db, questionnaires, least, most)?;
            let unreadable = waiting::sort_in(db, &mut waiting, least <= 1)?;
            Ok((waiting, unreadable))
        })?;
        self.set_aside(&unreadable)?;
        Ok(waiting)
    }

    /// All rows that say a code of some questionnaires was used.
    pub(super) fn participations(&mut self, questionnaires: &[i32]) -> Result<Waiting> {
        let mut waiting = self.waiting(questionnaires, 1, usize::MAX)?;
        waiting.cohorts.retain(|cohort, _| cohort.generation == PARTICIPATION);
        Ok(waiting)
    }

    /// Puts rows where they are in nobody's way and can still be read by whoever is able to.
    pub(super) fn set_aside(&mut self, keys: &[Value]) -> Result<()> {
        if keys.is_empty() {
            return Ok(());
        }
        self.with(|db| move_rows(db, "sheet", "set_aside", keys))?;
        tracing::error!(
            letterbox = %shown(&self.path),
            rows = keys.len(),
            "rows of the letterbox cannot be read; they are set aside and kept, and the others go on"
        );
        Ok(())
    }

    /// Brings back what was set aside and can be read now: by a newer version. Generations of which nothing is left go; while anything is
    /// set aside, nobody knows of which it is.
    fn take_back(&mut self) -> Result<()> {
        self.with(|db| {
            let readable = readable_again(db)?;
            move_rows(db, "set_aside", "sheet", &readable)?;
            let empty = "DELETE FROM generation WHERE id NOT IN (SELECT generation FROM sheet) AND NOT EXISTS (SELECT 1 FROM set_aside)";
            db.execute(empty, []).map(drop)
        })
    }

    /// How many rows are set aside.
    pub(super) fn count_set_aside(&mut self) -> Result<i64> {
        self.with(|db| {
            db.query_row("SELECT (SELECT count(*) FROM set_aside) + (SELECT count(*) FROM plain_set_aside)", [], |row| row.get(0))
        })
    }

    /// How many sheets wait in all.
    pub(super) fn count_all(&mut self) -> Result<i64> {
        self.with(|db| db.query_row("SELECT count(*) FROM sheet", [], |row| row.get(0)))
    }

    /// How many sheets wait for some questionnaires.
    pub(super) fn count(&mut self, questionnaires: &[i32]) -> Result<i64> {
        let sql = "SELECT count(*) FROM sheet WHERE questionnaire_id IN (SELECT value FROM json_each(?1))";
        self.with(|db| db.query_row(sql, [list(questionnaires)], |row| row.get(0)))
    }

    /// Takes sheets out; their bytes are in the log until [`Self::empty_log`].
    pub(super) fn take_out(&mut self, mut keys: Vec<SheetKey>) -> Result<()> {
        // In the order of the table: several times faster than criss-cross.
        keys.sort_unstable();
        self.with(|db| {
            let transaction = db.transaction()?;
            let mut delete = transaction.prepare_cached("DELETE FROM sheet WHERE key = ?1")?;
            for key in keys {
                delete.execute([key.bytes()])?;
            }
            drop(delete);
            transaction.commit()
        })
    }

    /// Leaves no byte of what was taken out in the file's log. Somebody who is just reading the file may be in the way for a moment.
    pub(super) fn empty_log(&mut self, tries: u32) -> Result<()> {
        for _ in 0..tries {
            let (busy, ..) = self.with(|db| connection::checkpoint(db))?;
            if !busy {
                return Ok(());
            }
            std::thread::sleep(LOG_PAUSE);
        }
        Err(Refusal::LetterboxRead.into())
    }
}

fn move_rows(db: &mut Connection, from: &str, to: &str, keys: &[Value]) -> rusqlite::Result<()> {
    let transaction = db.transaction()?;
    for key in keys {
        let copy = format!("INSERT OR REPLACE INTO {to} ({0}) SELECT {0} FROM {from} WHERE key IS ?1", row::COLUMNS);
        transaction.execute(&copy, [key])?;
        transaction.execute(&format!("DELETE FROM {from} WHERE key IS ?1"), [key])?;
    }
    transaction.commit()
}

/// Keys of rows that were set aside and can be read now.
fn readable_again(db: &Connection) -> rusqlite::Result<Vec<Value>> {
    let mut readable = Vec::new();
    let mut query = db.prepare(&format!("SELECT {} FROM set_aside", row::COLUMNS))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        if row::cohort(row).and_then(|cohort| row::decode(row, cohort)).is_some() {
            readable.push(row::raw_key(row)?);
        }
    }
    Ok(readable)
}

/// A path with something behind its name.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// What went wrong with a file.
fn failed(path: &Path) -> impl Fn(std::io::Error) -> StoreError {
    let path = path.to_owned();
    move |cause| StoreError::File { path: path.clone(), cause }
}

fn list(numbers: &[i32]) -> String {
    serde_json::to_string(numbers).unwrap_or_default()
}
