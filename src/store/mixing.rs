//! Mixing: sheets that waited in a letterbox move to the main database in one transaction and in random order.
//!
//! It may be repeated at will. The hash of every key goes into `mixed` in the same transaction, and only sheets whose hash was new are
//! inserted: a retry after mixing, a retry on another instance and a crash before the letterbox is emptied each count once.

use std::collections::{HashMap, HashSet};

use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect};

use super::entity::round;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};

use super::open_tables::OpenTables;
use super::sheet::{SealedSheet, SheetKey, random_bytes};
use super::{Result, Store, StoreError};

/// Fewest sheets of one cell that move together while the round is open.
pub const BATCH_LEAST: usize = 20;

/// Rows of one insert: 9 columns x 400 = 3,600 parameters, far below the limits of both databases, and about the fastest.
pub(super) const CHUNK: usize = 400;

/// One row for the open sheets.
#[derive(Debug)]
pub(super) struct OpenSheet {
    pub(super) questionnaire: i32,
    pub(super) unit: i32,
    pub(super) group: String,
    pub(super) stratum: Option<String>,
    pub(super) psu: Option<String>,
    pub(super) mode: u8,
    pub(super) import: Option<i32>,
    pub(super) answers: Vec<u8>,
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
    /// Which of some keys were counted already.
    pub(super) async fn mixed_keys(&self, round: i32, keys: &[SheetKey]) -> Result<HashSet<SheetKey>> {
        mixed_keys(&self.db, &OpenTables::of(round), keys).await
    }

    /// Moves sheets of one round to the open sheets, from those cells in which at least so many wait that were not counted before. Says which
    /// keys are counted now and can be taken out of the letterbox.
    ///
    /// # Errors
    /// When the database refuses, or another instance has just counted one of the sheets; then nothing has moved.
    pub(super) async fn mix(&self, round: i32, cells: Vec<Vec<SealedSheet>>, least: usize) -> Result<Vec<SheetKey>> {
        let tables = OpenTables::of(round);
        let transaction = self.write().await?;
        // Held until the transaction ends, so that the rewrite at closing sees all of it or nothing. SQLite has one writer and needs no lock.
        let state = round::Entity::find_by_id(round).lock_shared().one(&transaction).await?.map(|round| round.state);
        if !["open", "closing"].contains(&state.as_deref().unwrap_or_default()) {
            return Err(StoreError::refused("the round was closed meanwhile"));
        }
        let keys: Vec<SheetKey> = cells.iter().flatten().map(|sheet| sheet.key).collect();
        // Retries that another instance has mixed already hide nobody, so they do not count towards a batch.
        let counted = mixed_keys(&transaction, &tables, &keys).await?;
        let fresh = cells.into_iter().map(|cell| cell.into_iter().filter(|sheet| !counted.contains(&sheet.key)).collect::<Vec<_>>());
        let fresh: Vec<SealedSheet> = fresh.filter(|cell| cell.len() >= least).flatten().collect();
        let done = counted.into_iter().chain(fresh.iter().map(|sheet| sheet.key)).collect();
        insert_hashes(&transaction, &tables, &fresh).await?;
        let (rows, remarks) = take_apart(fresh);
        insert_sheets(&transaction, &tables, rows).await?;
        insert_remarks(&transaction, &tables, remarks).await?;
        transaction.commit().await?;
        Ok(done)
    }
}

async fn mixed_keys(on: &impl ConnectionTrait, tables: &OpenTables, keys: &[SheetKey]) -> Result<HashSet<SheetKey>> {
    let mut found = HashSet::new();
    for chunk in keys.chunks(CHUNK) {
        let by_hash: HashMap<Vec<u8>, SheetKey> = chunk.iter().map(|key| (key.hash(), *key)).collect();
        // Filled up to a power of two by repetition: few different texts, so that the driver finds each prepared already.
        let asked = by_hash.keys().cycle().take(by_hash.len().next_power_of_two()).cloned();
        let query = Query::select().column("hash").from(tables.mixed.clone()).and_where(Expr::col("hash").is_in(asked)).to_owned();
        for row in on.query_all(&query).await? {
            found.extend(by_hash.get(&row.try_get_by_index::<Vec<u8>>(0)?));
        }
    }
    Ok(found)
}

/// Counts keys that were found new. Should another instance count one at this very moment, all of it is left for the next turn.
async fn insert_hashes(on: &impl ConnectionTrait, tables: &OpenTables, sheets: &[SealedSheet]) -> Result<()> {
    let mut hashes: Vec<Vec<u8>> = sheets.iter().map(|sheet| sheet.key.hash()).collect();
    // In the order of their own value: an order of its own, which says nothing about the sheets.
    hashes.sort_unstable();
    for chunk in hashes.chunks(CHUNK) {
        let mut insert = Query::insert().into_table(tables.mixed.clone()).columns(["hash"]).to_owned();
        for hash in chunk {
            insert.values_panic([hash.clone().into()]);
        }
        insert.on_conflict(OnConflict::column("hash").do_nothing().to_owned());
        if on.execute(&insert).await?.rows_affected() != u64::try_from(chunk.len()).unwrap_or_default() {
            return Err(StoreError::refused("another instance is mixing the same sheets"));
        }
    }
    Ok(())
}

/// Parts what was written from the answers; from here on nothing says which belongs to which.
fn take_apart(sheets: Vec<SealedSheet>) -> (Vec<OpenSheet>, Vec<OpenRemark>) {
    let mut remarks = Vec::new();
    let mut rows = Vec::with_capacity(sheets.len());
    for SealedSheet { key: _, cell, mode, answers, remarks: written } in sheets {
        let questionnaire = cell.questionnaire;
        remarks.extend(written.into_iter().map(|(item, words)| OpenRemark { questionnaire, item, import: None, words }));
        let (mode, unit, group) = (mode.number(), cell.unit, cell.group);
        rows.push(OpenSheet { questionnaire, unit, group, stratum: None, psu: None, mode, import: None, answers });
    }
    (rows, remarks)
}

/// Gives every row a random key and puts the rows in the order of it: a random order, and the one in which inserting is fast.
fn shuffled<T>(rows: Vec<T>) -> Vec<([u8; 16], T)> {
    let mut keyed: Vec<_> = rows.into_iter().map(|row| (random_bytes(), row)).collect();
    keyed.sort_unstable_by_key(|(key, _)| *key);
    keyed
}

/// Inserts sheets in random order.
pub(super) async fn insert_sheets(on: &impl ConnectionTrait, tables: &OpenTables, rows: Vec<OpenSheet>) -> Result<()> {
    const COLUMNS: [&str; 9] = ["id", "questionnaire_id", "unit_id", "respondent_group", "stratum", "psu", "mode", "import_id", "answers"];
    let mut rows = shuffled(rows).into_iter().peekable();
    while rows.peek().is_some() {
        let mut insert = Query::insert().into_table(tables.sheet.clone()).columns(COLUMNS).to_owned();
        for (id, row) in rows.by_ref().take(CHUNK) {
            let OpenSheet { questionnaire, unit, group, stratum, psu, mode, import, answers } = row;
            let id = id.to_vec();
            insert.values_panic([
                id.into(),
                questionnaire.into(),
                unit.into(),
                group.into(),
                stratum.into(),
                psu.into(),
                i32::from(mode).into(),
                import.into(),
                answers.into(),
            ]);
        }
        on.execute(&insert).await?;
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
