//! Reading the sheets of a round: counts while it is open, every response once it is closed.

use std::path::Path;

use futures_util::TryStreamExt;
use rusqlite::OpenFlags;
use sea_orm::{ConnectionTrait, QueryResult, StreamTrait};
use sha2::{Digest, Sha256};

use super::open_rows::shuffled;
use super::open_tables::OpenTables;
use super::{Result, Store, StoreError};

/// One stored response, as the tally needs it.
#[derive(Debug, Clone, Copy)]
pub struct Response<'a> {
    /// Row of the unit.
    pub unit: i32,
    /// Respondent group; empty where there is none.
    pub group: &'a str,
    /// Number of the mode.
    pub mode: u8,
    /// Packed answers.
    pub answers: &'a [u8],
}

/// One stored response, with what is known of its respondent's place in a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSheet {
    /// Row of the unit.
    pub unit: i32,
    /// Respondent group; empty where there is none.
    pub group: String,
    /// Stratum of a sample.
    pub stratum: Option<String>,
    /// Primary sampling unit.
    pub psu: Option<String>,
    /// Number of the mode.
    pub mode: u8,
    /// Packed answers.
    pub answers: Vec<u8>,
}

/// Something that a respondent wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRemark {
    /// Its name in a file that is read back: a hash of its random key, which says nothing about its place.
    pub mark: String,
    /// The item's code.
    pub item: String,
    /// What a respondent wrote.
    pub words: String,
}

fn remark_of(row: &QueryResult) -> Result<StoredRemark> {
    let id: Vec<u8> = row.try_get_by_index(0)?;
    let mark: [u8; 32] = Sha256::new().chain_update("remark").chain_update(id).finalize().into();
    let mark = mark.first_chunk::<8>().map(hex::encode).unwrap_or_default();
    Ok(StoredRemark { mark, item: row.try_get_by_index(1)?, words: row.try_get_by_index(2)? })
}

/// How many sheets of a group a unit has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCount {
    /// Row of the round's questionnaire.
    pub questionnaire: i32,
    /// Row of the unit.
    pub unit: i32,
    /// Respondent group; empty where there is none.
    pub group: String,
    /// Sheets in the main database.
    pub sheets: i64,
}

/// Below which first byte of the random keys the first of two readers reads: half of them, since keys are uniform.
const MIDDLE: u8 = 0x80;

impl Store {
    /// Sheets by questionnaire, unit and group of a round that is open or closing: those that were mixed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn open_counts(&self, round: i32) -> Result<Vec<SheetCount>> {
        let table = OpenTables::of(round).sheet;
        let sql = format!("SELECT questionnaire_id, unit_id, respondent_group, count(*) FROM {table} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3");
        let rows = self.db.query_all_raw(self.statement(sql, [])).await?;
        let count = |row: &QueryResult| {
            let (questionnaire, unit) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            Ok(SheetCount { questionnaire, unit, group: row.try_get_by_index(2)?, sheets: row.try_get_by_index(3)? })
        };
        rows.iter().map(count).collect()
    }

    /// Folds all responses of a questionnaire of a closed round, in no particular order: each of several workers starts from `start`,
    /// takes responses by `step`, and the caller joins what comes back.
    ///
    /// # Errors
    /// When the database does not answer, or `step` refuses a response.
    pub async fn fold_responses<T, E>(
        &self,
        questionnaire: i32,
        start: impl Fn() -> T + Send + Sync,
        step: fn(&mut T, Response<'_>) -> std::result::Result<(), E>,
    ) -> Result<Vec<T>>
    where
        T: Send + 'static,
        E: std::fmt::Display + 'static,
    {
        let Some(file) = self.file.clone() else {
            return Ok(vec![self.fold_stream(questionnaire, start(), step).await?]);
        };
        let halves = ["id < ?2", "id >= ?2"].map(|half| {
            let (file, begin) = (file.clone(), start());
            tokio::task::spawn_blocking(move || fold_file(&file, questionnaire, half, begin, step))
        });
        let mut done = Vec::new();
        for half in halves {
            done.push(half.await.map_err(|_| StoreError::trouble("reading the responses broke off; the log has the cause"))??);
        }
        Ok(done)
    }

    async fn fold_stream<T, E: std::fmt::Display>(
        &self,
        questionnaire: i32,
        mut state: T,
        step: fn(&mut T, Response<'_>) -> std::result::Result<(), E>,
    ) -> Result<T> {
        let sql = "SELECT unit_id, respondent_group, mode, answers FROM response WHERE questionnaire_id = $1";
        let mut rows = self.db.stream_raw(self.statement(sql, [questionnaire.into()])).await.map_err(|error| self.db.doubted(error))?;
        while let Some(row) = rows.try_next().await.map_err(|error| self.db.doubted(error))? {
            let (unit, group, mode): (i32, String, i32) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
            let answers: Vec<u8> = row.try_get_by_index(3)?;
            let mode = u8::try_from(mode).unwrap_or_default();
            let response = Response { unit, group: &group, mode, answers: &answers };
            step(&mut state, response).map_err(|error| StoreError::trouble(error.to_string()))?;
        }
        Ok(state)
    }

    /// Reads the responses to a questionnaire of a closed round one after the other, in the order of their random keys.
    ///
    /// # Errors
    /// When the database does not answer, or `each` refuses a response.
    pub async fn each_sheet<E: From<StoreError>>(
        &self,
        questionnaire: i32,
        mut each: impl FnMut(StoredSheet) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let sql = "SELECT unit_id, respondent_group, stratum, psu, mode, answers FROM response WHERE questionnaire_id = $1 ORDER BY id";
        let mut rows = self
            .db
            .stream_raw(self.statement(sql, [questionnaire.into()]))
            .await
            .map_err(|error| StoreError::from(self.db.doubted(error)))?;
        while let Some(row) = rows.try_next().await.map_err(|error| StoreError::from(self.db.doubted(error)))? {
            each(StoredSheet {
                unit: row.try_get_by_index(0).map_err(StoreError::from)?,
                group: row.try_get_by_index(1).map_err(StoreError::from)?,
                stratum: row.try_get_by_index(2).map_err(StoreError::from)?,
                psu: row.try_get_by_index(3).map_err(StoreError::from)?,
                mode: u8::try_from(row.try_get_by_index::<i32>(4).map_err(StoreError::from)?).unwrap_or_default(),
                answers: row.try_get_by_index(5).map_err(StoreError::from)?,
            })?;
        }
        Ok(())
    }

    /// What respondents wrote to a questionnaire, each time in another order that is drawn now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn remarks(&self, questionnaire: i32) -> Result<Vec<StoredRemark>> {
        let sql = "SELECT id, item, words FROM remark WHERE questionnaire_id = $1";
        let rows = self.db.query_all_raw(self.statement(sql, [questionnaire.into()])).await?;
        let remarks: Result<Vec<_>> = rows.iter().map(remark_of).collect();
        Ok(shuffled(remarks?).into_iter().map(|(_, remark)| remark).collect())
    }
}

/// Reads the embedded database without the async driver, which hands rows over one by one between threads and takes five to eight times
/// as long: the one read of the house that is bound by it.
fn fold_file<T, E: std::fmt::Display>(
    file: &Path,
    questionnaire: i32,
    half: &str,
    mut state: T,
    step: fn(&mut T, Response<'_>) -> std::result::Result<(), E>,
) -> Result<T> {
    let db = rusqlite::Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(std::time::Duration::from_secs(20))?;
    let sql = format!("SELECT unit_id, respondent_group, mode, answers FROM response WHERE questionnaire_id = ?1 AND {half}");
    let mut query = db.prepare(&sql)?;
    let mut rows = query.query(rusqlite::params![questionnaire, [MIDDLE]])?;
    while let Some(row) = rows.next()? {
        let damaged = |_| StoreError::trouble("a stored response has a column of the wrong type; was the database changed by hand?");
        let group = row.get_ref(1)?.as_str().map_err(damaged)?;
        let answers = row.get_ref(3)?.as_blob().map_err(damaged)?;
        let response = Response { unit: row.get(0)?, group, mode: row.get(2)?, answers };
        step(&mut state, response).map_err(|error| StoreError::trouble(error.to_string()))?;
    }
    Ok(state)
}
