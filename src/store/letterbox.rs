//! The letterbox: a small SQLite file of one instance in which an accepted sheet waits until it is mixed.
//!
//! It is written with `synchronous=FULL`, and a sheet is acknowledged only after the commit that holds it. It is never backed up.

use std::collections::HashSet;
use std::fs::{File, TryLockError};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};

use super::sheet::{Cell, SealedSheet, SheetKey, random_bytes};
use super::{BRIEFLY, PATIENTLY, PRIVATE, Result, StoreError, empty_log, open_sqlite};
use crate::survey::mode::Mode;

/// The letterbox file, locked for one process.
#[derive(Debug)]
pub struct Letterbox {
    db: DatabaseConnection,
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

/// `WITHOUT ROWID` under a random key: neither rowid nor page says in which order sheets came.
const SCHEMA: [&str; 2] = [
    "CREATE TABLE IF NOT EXISTS instance (id TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS sheet (key BLOB PRIMARY KEY, questionnaire_id INTEGER NOT NULL, unit_id INTEGER NOT NULL, \
     respondent_group TEXT NOT NULL, mode INTEGER NOT NULL, answers BLOB NOT NULL, remarks TEXT NOT NULL) WITHOUT ROWID",
];

const PUT: &str = "INSERT INTO sheet SELECT unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, value ->> 4, unhex(value ->> 5), \
                   value ->> 6 FROM json_each($1) WHERE true";

const WAITING: &str = "SELECT json_group_array(json_array(hex(key), questionnaire_id, unit_id, respondent_group, mode, hex(answers), remarks)) \
    FROM (SELECT * FROM sheet JOIN (SELECT questionnaire_id, unit_id, respondent_group FROM sheet \
    WHERE questionnaire_id IN (SELECT value FROM json_each($1)) GROUP BY 1, 2, 3 HAVING count(*) >= $2) \
    USING (questionnaire_id, unit_id, respondent_group) ORDER BY questionnaire_id, unit_id, respondent_group LIMIT $3)";

/// A sheet as it comes out: key, questionnaire, unit, group, mode, answers, remarks.
type Row = (String, i32, i32, String, u8, String, String);

impl Letterbox {
    /// Opens a letterbox, making the file where it is missing.
    ///
    /// # Errors
    /// [`OpenError::Busy`] when another process has it open.
    pub async fn open(path: &Path) -> std::result::Result<Self, OpenError> {
        let lock = lock(path)?;
        let db = open_sqlite(path, 2).await?;
        for sql in SCHEMA {
            db.execute_unprepared(sql).await.map_err(StoreError::from)?;
        }
        // A crash may have come between a deletion and the emptying of the log.
        if empty_log(&db, PATIENTLY).await.is_err() {
            tracing::warn!("the letterbox's log could not be emptied yet; it is emptied after the next mixing");
        }
        let id = identity(&db).await?;
        Ok(Self { db, id, _lock: lock })
    }

    /// What this letterbox calls itself in the main database.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Puts sheets in, all in one commit, and says which were new; returns after the sync.
    ///
    /// They travel as one JSON parameter: the text of the statement never changes, so it is prepared once however many sheets wait.
    pub(super) async fn put(&self, sheets: &[&SealedSheet]) -> Result<HashSet<SheetKey>> {
        let rows: Vec<_> = sheets
            .iter()
            .map(|sheet| {
                let SealedSheet { key, cell: Cell { questionnaire, unit, group }, mode, answers, remarks } = sheet;
                let remarks = serde_json::to_string(remarks).unwrap_or_default();
                (key.to_hex(), questionnaire, unit, group, mode.number(), hex::encode(answers), remarks)
            })
            .collect();
        // All are new nearly always, and then nothing need come back; a statement that meets a known key leaves nothing behind.
        if self.db.execute_raw(with_json(PUT, &rows)).await.is_ok() {
            return Ok(sheets.iter().map(|sheet| sheet.key).collect());
        }
        let one_by_one = format!("{PUT} ON CONFLICT (key) DO NOTHING RETURNING key");
        let rows = self.db.query_all_raw(with_json(&one_by_one, &rows)).await?;
        rows.iter().map(|row| key_of(row, 0)).collect()
    }

    /// Sheets of some questionnaires that wait in cells with at least so many, cell by cell and at most so many in all; the last cell may be
    /// cut. They come as one JSON text: the driver hands rows from thread to thread one by one.
    pub(super) async fn waiting(&self, questionnaires: &[i32], least: usize, most: usize) -> Result<Vec<SealedSheet>> {
        let questionnaires = serde_json::to_string(questionnaires).unwrap_or_default();
        let [least, most] = [least, most].map(|number| i64::try_from(number).unwrap_or(i64::MAX));
        let values = [questionnaires.into(), least.into(), most.into()];
        let row = self.db.query_one_raw(Statement::from_sql_and_values(DbBackend::Sqlite, WAITING, values)).await?;
        let list: String = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        let rows: Vec<Row> = serde_json::from_str(&list).map_err(|_| damaged())?;
        rows.into_iter().map(sheet_of).collect()
    }

    /// How many sheets wait in all.
    pub(super) async fn count_all(&self) -> Result<i64> {
        let row = self.db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "SELECT count(*) FROM sheet")).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
    }

    /// How many sheets wait for some questionnaires.
    pub(super) async fn count(&self, questionnaires: &[i32]) -> Result<i64> {
        let query = Query::select()
            .expr(Expr::col("key").count())
            .from("sheet")
            .and_where(Expr::col("questionnaire_id").is_in(questionnaires.iter().copied()))
            .to_owned();
        Ok(self.db.query_one(&query).await?.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default())
    }

    /// Takes sheets out and leaves no byte of them in the file or its log.
    pub(super) async fn take_out(&self, keys: &[SheetKey]) -> Result<()> {
        let keys: Vec<_> = keys.iter().map(|key| key.to_hex()).collect();
        self.db.execute_raw(with_json("DELETE FROM sheet WHERE key IN (SELECT unhex(value) FROM json_each($1))", &keys)).await?;
        empty_log(&self.db, BRIEFLY).await
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

/// The letterbox's own name, made once and kept in it, so that a restarted server is the same instance.
async fn identity(db: &DatabaseConnection) -> Result<String> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "SELECT id FROM instance")).await?;
    if let Some(row) = row {
        return Ok(row.try_get_by_index(0)?);
    }
    let id = hex::encode(random_bytes());
    db.execute_raw(Statement::from_sql_and_values(DbBackend::Sqlite, "INSERT INTO instance (id) VALUES ($1)", [id.clone().into()])).await?;
    Ok(id)
}

/// A statement with one parameter, a list. The letterbox is SQLite wherever the main database is.
fn with_json(sql: &str, list: &impl serde::Serialize) -> Statement {
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, [serde_json::to_string(list).unwrap_or_default().into()])
}

fn damaged() -> StoreError {
    StoreError::refused("the letterbox holds a sheet that this version cannot read; was it changed by hand?")
}

fn key_of(row: &QueryResult, index: usize) -> Result<SheetKey> {
    let bytes: Vec<u8> = row.try_get_by_index(index)?;
    SheetKey::from_slice(&bytes).ok_or_else(damaged)
}

fn sheet_of((key, questionnaire, unit, group, mode, answers, remarks): Row) -> Result<SealedSheet> {
    Ok(SealedSheet {
        key: SheetKey::from_hex(&key).ok_or_else(damaged)?,
        cell: Cell { questionnaire, unit, group },
        mode: Mode::from_number(mode).ok_or_else(damaged)?,
        answers: hex::decode(answers).map_err(|_| damaged())?,
        remarks: serde_json::from_str(&remarks).map_err(|_| damaged())?,
    })
}
