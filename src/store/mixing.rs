//! Mixing: sheets that waited in a letterbox move to the main database in one transaction and in random order.
//!
//! It may be repeated at will. The hash of every key goes into `mixed` in the same transaction, and only sheets whose hash was new are
//! inserted: a retry after mixing, a retry on another instance and a crash before the letterbox is emptied each count once.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::sea_query::{Expr, ExprTrait, Query, Value};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait, QuerySelect, Statement};

use super::entity::round;
use super::open_tables::OpenTables;
use super::sheet::{Cell, Sheet, SheetKey};
use super::{Result, Store, StoreError};
use crate::random::random_bytes;

/// Fewest sheets of one cell that move together while the round is open.
pub const BATCH_LEAST: usize = 20;

/// Rows of one query with a parameter a value: far below the limits of both databases, and about the fastest.
pub(super) const CHUNK: usize = 400;

/// What became of sheets that were to be mixed.
#[derive(Debug)]
pub(super) struct Mixed {
    /// Keys that are counted now.
    pub(super) keys: Vec<SheetKey>,
    /// How many of them had not been counted before.
    pub(super) fresh: usize,
}

/// One row for the open sheets.
#[derive(Debug)]
pub(super) struct OpenSheet<'a> {
    pub(super) shared: Shared<'a>,
    pub(super) unit: i32,
    pub(super) mode: u8,
    pub(super) answers: &'a [u8],
}

/// What many rows for the open sheets have in common.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Shared<'a> {
    pub(super) questionnaire: i32,
    pub(super) group: &'a str,
    pub(super) stratum: Option<&'a str>,
    pub(super) psu: Option<&'a str>,
    pub(super) import: Option<i32>,
}

/// One row for what was written.
#[derive(Debug)]
pub(super) struct OpenRemark {
    pub(super) questionnaire: i32,
    pub(super) item: String,
    pub(super) import: Option<i32>,
    pub(super) words: String,
}

impl Store {
    /// Moves sheets of one round to the open sheets, from those cells in which at least so many wait that were not counted before. Says which
    /// keys are counted now: they may be taken out of the letterbox once [`Self::require_kept`] has read them back.
    ///
    /// # Errors
    /// When the database refuses, or another instance has just counted one of the sheets; then nothing has moved.
    pub(super) async fn mix(&self, round: i32, cells: &[Vec<Sheet>], least: usize) -> Result<Mixed> {
        // Nearly always no sheet was counted before, and the database says so by itself.
        let mut mixed = self.mix_but(round, cells, &HashSet::new(), least).await;
        if matches!(mixed, Ok(None)) {
            let keys: Vec<SheetKey> = cells.iter().flatten().map(|sheet| sheet.key).collect();
            let counted = mixed_keys(&self.db, &OpenTables::of(round), &keys).await?;
            mixed = self.mix_but(round, cells, &counted, least).await;
        }
        // What failed may be the connection, and the others with it.
        let mixed = mixed.inspect_err(|error| {
            if matches!(error, StoreError::Database(_)) {
                self.soundness.doubt();
            }
        })?;
        mixed.ok_or_else(|| StoreError::refused("another instance is mixing the same sheets"))
    }

    /// Makes sure that keys are counted for good: a connection that has never written reads them, and where anything failed since that was last
    /// done, the whole log has been written into the database and synced.
    ///
    /// # Errors
    /// When they cannot be read or the log cannot be written; nothing may be taken out of the letterbox then.
    pub(super) async fn require_kept(&self, round: i32, keys: &[SheetKey]) -> Result<()> {
        let hashes: Vec<u8> = keys.iter().flat_map(SheetKey::hash).collect();
        let sql = format!(
            "{PIECES} SELECT count(*) FROM piece WHERE (SELECT count(*) FROM {} WHERE hash = substr($1, at, $2)) = 1",
            OpenTables::of(round).mixed
        );
        let found = match i32::try_from(hashes.len()) {
            Ok(0) => 0,
            Ok(length) => {
                let row = self.witness.query_one_raw(self.statement(sql, [hashes.into(), 32.into(), length.into()])).await?;
                row.map(|row| row.try_get_by_index::<i64>(0)).transpose()?.unwrap_or_default()
            }
            Err(_) => return Err(StoreError::refused("too many sheets were mixed at once")),
        };
        if usize::try_from(found) != Ok(keys.len()) {
            self.soundness.doubt();
            return Err(StoreError::refused("what was just mixed cannot be read back; its connections are closed and it is mixed again"));
        }
        if !self.settle().await? {
            return Err(StoreError::refused(
                "after a failure nothing is taken out of the letterbox until the database's log is written into it, and somebody is in the way",
            ));
        }
        Ok(())
    }

    /// Moves sheets that are not among those counted before. Should another one turn out to be, nothing has moved.
    async fn mix_but(&self, round: i32, cells: &[Vec<Sheet>], counted: &HashSet<SheetKey>, least: usize) -> Result<Option<Mixed>> {
        let tables = OpenTables::of(round);
        let transaction = self.write().await?;
        // Held until the transaction ends, so that the rewrite at closing sees all of it or nothing. SQLite has one writer and needs no lock.
        let state = round::Entity::find_by_id(round).lock_shared().one(&transaction).await?.map(|round| round.state);
        if !["open", "closing"].contains(&state.as_deref().unwrap_or_default()) {
            return Err(StoreError::refused("the round was closed meanwhile"));
        }
        // Retries that another instance has mixed already hide nobody, so they do not count towards a batch.
        let fresh = cells.iter().map(|cell| cell.iter().filter(|sheet| !counted.contains(&sheet.key)).collect::<Vec<_>>());
        let fresh: Vec<&Sheet> = fresh.filter(|cell| cell.len() >= least).flatten().collect();
        if !insert_hashes(&transaction, &tables, &fresh).await? {
            return Ok(None);
        }
        let (rows, remarks) = take_apart(&fresh);
        insert_sheets(&transaction, &tables, rows).await?;
        insert_remarks(&transaction, &tables, remarks).await?;
        self.commit(transaction).await?;
        let keys = counted.iter().copied().chain(fresh.iter().map(|sheet| sheet.key)).collect();
        Ok(Some(Mixed { keys, fresh: fresh.len() }))
    }
}

async fn mixed_keys(on: &impl ConnectionTrait, tables: &OpenTables, keys: &[SheetKey]) -> Result<HashSet<SheetKey>> {
    let mut found = HashSet::new();
    for chunk in keys.chunks(CHUNK) {
        let by_hash: HashMap<Vec<u8>, SheetKey> = chunk.iter().map(|key| (key.hash().to_vec(), *key)).collect();
        // Filled up to a power of two by repetition: few different texts, so that the driver finds each prepared already.
        let asked = by_hash.keys().cycle().take(by_hash.len().next_power_of_two()).cloned();
        let query = Query::select().column("hash").from(tables.mixed.clone()).and_where(Expr::col("hash").is_in(asked)).to_owned();
        for row in on.query_all(&query).await? {
            found.extend(by_hash.get(&row.try_get_by_index::<Vec<u8>>(0)?));
        }
    }
    Ok(found)
}

/// Counts keys; says whether all of them were new.
async fn insert_hashes(on: &impl ConnectionTrait, tables: &OpenTables, sheets: &[&Sheet]) -> Result<bool> {
    let mut hashes: Vec<[u8; 32]> = sheets.iter().map(|sheet| sheet.key.hash()).collect();
    // In the order of their own value: an order of its own, which says nothing about the sheets.
    hashes.sort_unstable();
    let sql =
        format!("{PIECES} INSERT INTO {} SELECT substr($1, at, $2) FROM piece WHERE true ON CONFLICT (hash) DO NOTHING", tables.mixed);
    let done = execute_pieces(on, sql, hashes.concat(), 32, []).await?;
    Ok(done == u64::try_from(hashes.len()).unwrap_or_default())
}

/// Parts what was written from the answers; from here on nothing says which belongs to which.
fn take_apart<'a>(sheets: &[&'a Sheet]) -> (Vec<OpenSheet<'a>>, Vec<OpenRemark>) {
    let mut remarks = Vec::new();
    let mut rows = Vec::with_capacity(sheets.len());
    for Sheet { key: _, cell: Cell { questionnaire, unit, group }, mode, answers, remarks: written } in sheets {
        let written = written.iter().cloned();
        remarks.extend(written.map(|(item, words)| OpenRemark { questionnaire: *questionnaire, item, import: None, words }));
        let shared = Shared { questionnaire: *questionnaire, group, stratum: None, psu: None, import: None };
        rows.push(OpenSheet { shared, unit: *unit, mode: mode.number(), answers });
    }
    (rows, remarks)
}

/// Gives every row a random key and puts the rows in the order of it: a random order, and the one in which inserting is fast.
fn shuffled<T>(rows: Vec<T>) -> Vec<([u8; 16], T)> {
    let mut keyed: Vec<_> = rows.into_iter().map(|row| (random_bytes(), row)).collect();
    keyed.sort_unstable_by_key(|(key, _)| *key);
    keyed
}

/// Rows of fixed width travel as one parameter and are cut up by the database, which is several times faster than a parameter a value: `$1`
/// holds the rows, `$2` their width, `$3` the width of all.
pub(super) const PIECES: &str = "WITH RECURSIVE piece(at) AS (SELECT 1 UNION ALL SELECT at + $2 FROM piece WHERE at + $2 <= $3)";

pub(super) async fn execute_pieces(
    on: &impl ConnectionTrait,
    sql: String,
    rows: Vec<u8>,
    width: usize,
    others: impl IntoIterator<Item = Value>,
) -> Result<u64> {
    if rows.is_empty() {
        return Ok(0);
    }
    let [width, length] = [width, rows.len()].map(|number| i32::try_from(number).unwrap_or(i32::MAX));
    let values = [rows.into(), width.into(), length.into()].into_iter().chain(others);
    Ok(on.execute_raw(Statement::from_sql_and_values(on.get_database_backend(), sql, values)).await?.rows_affected())
}

/// An expression for the number whose decimal digits are in a piece: beside [`Store::random_key`] the one thing for which the databases
/// have no word in common.
fn number(on: &impl ConnectionTrait, piece: &str) -> String {
    match on.get_database_backend() {
        DbBackend::Sqlite => format!("CAST({piece} AS integer)"),
        _ => format!("CAST(convert_from({piece}, 'UTF8') AS integer)"),
    }
}

/// Inserts sheets in random order: those that share what they can share in one statement.
pub(super) async fn insert_sheets(on: &impl ConnectionTrait, tables: &OpenTables, rows: Vec<OpenSheet<'_>>) -> Result<()> {
    let mut alike: BTreeMap<(Shared<'_>, usize), Vec<u8>> = BTreeMap::new();
    for (id, OpenSheet { shared, unit, mode, answers }) in shuffled(rows) {
        let rows = alike.entry((shared, answers.len())).or_default();
        rows.extend(id);
        rows.extend(format!("{unit:010}{mode:03}").bytes());
        rows.extend(answers);
    }
    let sql = format!(
        "{PIECES} INSERT INTO {} (id, unit_id, mode, answers, questionnaire_id, respondent_group, stratum, psu, import_id) \
         SELECT substr($1, at, 16), {}, {}, substr($1, at + 29, $2 - 29), \
         CAST($4 AS integer), CAST($5 AS text), CAST($6 AS text), CAST($7 AS text), CAST($8 AS integer) FROM piece",
        tables.sheet,
        number(on, "substr($1, at + 16, 10)"),
        number(on, "substr($1, at + 26, 3)"),
    );
    for ((Shared { questionnaire, group, stratum, psu, import }, width), rows) in alike {
        let shared = [questionnaire.into(), group.into(), stratum.into(), psu.into(), import.into()];
        execute_pieces(on, sql.clone(), rows, 29 + width, shared).await?;
    }
    Ok(())
}

/// Inserts what was written in random order.
pub(super) async fn insert_remarks(on: &impl ConnectionTrait, tables: &OpenTables, rows: Vec<OpenRemark>) -> Result<()> {
    const COLUMNS: [&str; 5] = ["id", "questionnaire_id", "item", "import_id", "words"];
    let mut rows = shuffled(rows).into_iter().peekable();
    while rows.peek().is_some() {
        let mut insert = Query::insert().into_table(tables.remark.clone()).columns(COLUMNS).to_owned();
        for (id, OpenRemark { questionnaire, item, import, words }) in rows.by_ref().take(CHUNK) {
            insert.values_panic([id.to_vec().into(), questionnaire.into(), item.into(), import.into(), words.into()]);
        }
        on.execute(&insert).await?;
    }
    Ok(())
}
