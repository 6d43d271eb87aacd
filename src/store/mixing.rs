//! Mixing: sheets that waited in a letterbox move to the main database in one transaction and in random order.
//!
//! It may be repeated at will. The hash of every key goes into `mixed` in the same transaction, and only sheets whose hash was new are
//! inserted: a retry after mixing, a retry on another instance and a crash before the letterbox is emptied each count once.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, EntityTrait, QuerySelect, Statement};

use super::entity::round;
use super::open_rows::{CHUNK, Moving, OpenRemark, OpenSheet, PIECES, execute_pieces, insert_heads, insert_remarks, insert_sheets};
use super::open_tables::OpenTables;
use super::{Result, Store, StoreError};
use crate::deposit::{MixingCell, SheetKey};
use crate::seal::GenerationId;

/// Fewest sheets of one cell that move together while the round is open.
pub const BATCH_LEAST: usize = 20;

/// What became of sheets that were to be mixed.
#[derive(Debug)]
pub(super) struct Mixed {
    /// Keys that are counted now.
    pub(super) keys: Vec<SheetKey>,
    /// How many of them had not been counted before.
    pub(super) fresh: usize,
    /// How many codes had not been counted as used before.
    pub(super) used: usize,
}

/// What is to be moved in one transaction.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Heads of the generations under which it is sealed.
    pub(super) heads: Vec<(GenerationId, Vec<u8>)>,
    /// Sheets by cell and generation, as they waited.
    pub(super) cells: Vec<Vec<Moving>>,
    /// Keys of codes that were used, by questionnaire and group.
    pub(super) used: Vec<Vec<(SheetKey, MixingCell)>>,
}

impl Store {
    /// Moves sheets of one round to the open sheets, from those cells in which at least so many wait that were not counted before. Says
    /// which keys are counted now: they may be taken out of the letterbox once [`Self::require_kept`] has read them back.
    ///
    /// # Errors
    /// When the database refuses, or another instance has just counted one of the sheets; then nothing has moved.
    pub(super) async fn mix(&self, round: i32, batch: &Batch, least: usize) -> Result<Mixed> {
        // Nearly always no sheet was counted before, and the database says so by itself.
        let mut mixed = self.mix_but(round, batch, &HashSet::new(), least).await;
        if matches!(mixed, Ok(None)) {
            let sheets = batch.cells.iter().flatten().map(|sheet| sheet.key);
            let keys: Vec<SheetKey> = sheets.chain(batch.used.iter().flatten().map(|(key, _)| *key)).collect();
            let counted = mixed_keys(&self.db, &OpenTables::of(round), &keys).await?;
            mixed = self.mix_but(round, batch, &counted, least).await;
        }
        // What failed may be the connection, and the others with it.
        let mixed = mixed.inspect_err(|error| {
            if matches!(error, StoreError::Database(_)) {
                self.soundness.doubt();
            }
        })?;
        mixed.ok_or_else(|| StoreError::trouble("another instance is mixing the same sheets"))
    }

    /// Makes sure that keys are counted for good: a connection that has never written reads them, and where anything failed since that was
    /// last done, the whole log has been written into the database and synced.
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
            Err(_) => return Err(StoreError::trouble("too many sheets were mixed at once")),
        };
        if usize::try_from(found) != Ok(keys.len()) {
            self.soundness.doubt();
            return Err(StoreError::trouble("what was just mixed cannot be read back; its connections are closed and it is mixed again"));
        }
        if !self.settle().await? {
            return Err(StoreError::trouble(
                "after a failure nothing is taken out of the letterbox until the database's log is written into it, and somebody is in \
                the way",
            ));
        }
        Ok(())
    }

    /// Moves sheets that are not among those counted before. Should another one turn out to be, nothing has moved.
    async fn mix_but(&self, round: i32, batch: &Batch, counted: &HashSet<SheetKey>, least: usize) -> Result<Option<Mixed>> {
        let tables = OpenTables::of(round);
        let transaction = self.write().await?;
        // Held until the transaction ends, so that the rewrite at closing sees all of it or nothing. SQLite has one writer and needs no
        // lock.
        let state = round::Entity::find_by_id(round).lock_shared().one(&transaction).await?.map(|round| round.state);
        if !["open", "closing"].contains(&state.as_deref().unwrap_or_default()) {
            return Err(StoreError::trouble("the round was closed meanwhile"));
        }
        // Retries that another instance has mixed already hide nobody, so they do not count towards a batch.
        let fresh: Vec<&Moving> = crowds(&batch.cells, |sheet| !counted.contains(&sheet.key), least);
        let used: Vec<&(SheetKey, MixingCell)> = crowds(&batch.used, |(key, _)| !counted.contains(key), least);
        let keys: Vec<SheetKey> = fresh.iter().map(|sheet| sheet.key).chain(used.iter().map(|(key, _)| *key)).collect();
        if !insert_hashes(&transaction, &tables, &keys).await? {
            return Ok(None);
        }
        count_used(&transaction, &tables, &used).await?;
        insert_heads(&transaction, &tables, &batch.heads).await?;
        insert_sheets(&transaction, &tables, fresh.iter().map(|sheet| OpenSheet::of(sheet)).collect()).await?;
        insert_remarks(&transaction, &tables, fresh.iter().flat_map(|sheet| OpenRemark::of(sheet)).collect()).await?;
        self.commit(transaction).await?;
        Ok(Some(Mixed { keys: counted.iter().copied().chain(keys).collect(), fresh: fresh.len(), used: used.len() }))
    }
}

/// Those of each cell that are new, where they are enough.
fn crowds<T>(cells: &[Vec<T>], is_new: impl Fn(&T) -> bool, least: usize) -> Vec<&T> {
    let new = cells.iter().map(|cell| cell.iter().filter(|row| is_new(row)).collect::<Vec<_>>());
    new.filter(|cell| cell.len() >= least).flatten().collect()
}

/// Adds up codes that were used: a number for each questionnaire and group, and nothing of any one of them but the hash that is counted.
pub(super) async fn count_used(on: &impl ConnectionTrait, tables: &OpenTables, used: &[&(SheetKey, MixingCell)]) -> Result<()> {
    let mut numbers: BTreeMap<(i32, &str), i32> = BTreeMap::new();
    for (_, MixingCell { questionnaire, group, .. }) in used {
        *numbers.entry((*questionnaire, group)).or_default() += 1;
    }
    for ((questionnaire, group), number) in numbers {
        let sql = format!(
            "INSERT INTO {0} (questionnaire_id, respondent_group, used) VALUES ($1, $2, $3) \
             ON CONFLICT (questionnaire_id, respondent_group) DO UPDATE SET used = {0}.used + excluded.used",
            tables.used
        );
        let values = [questionnaire.into(), group.into(), number.into()];
        on.execute_raw(Statement::from_sql_and_values(on.get_database_backend(), sql, values)).await?;
    }
    Ok(())
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
pub(super) async fn insert_hashes(on: &impl ConnectionTrait, tables: &OpenTables, keys: &[SheetKey]) -> Result<bool> {
    let mut hashes: Vec<[u8; 32]> = keys.iter().map(SheetKey::hash).collect();
    // In the order of their own value: an order of its own, which says nothing about the sheets.
    hashes.sort_unstable();
    let sql =
        format!("{PIECES} INSERT INTO {} SELECT substr($1, at, $2) FROM piece WHERE true ON CONFLICT (hash) DO NOTHING", tables.mixed);
    let done = execute_pieces(on, sql, hashes.concat(), 32, []).await?;
    Ok(done == u64::try_from(hashes.len()).unwrap_or_default())
}
