//! A damaged letterbox: what can be read of it is brought into a new file, and the damaged one is kept beside it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};

use super::super::fault::FaultKind;
use super::super::{Result, StoreError, database_file};
use super::connection::{checkpoint, connect};
use super::{beside, failed, pages, schema};
use crate::files::unfinished::sync_folder;
use crate::printed::shown;

/// Where the new file is made.
const RESCUED: &str = ".rescued";

/// What the damaged file is called afterwards, with a number.
pub(super) const DAMAGED: &str = ".damaged-";

/// A row as it is, read or not.
type Raw = Vec<Value>;

/// Brings what can be read of a damaged letterbox into a new file in its place. The old one stays, under another name.
///
/// # Errors
/// When the disk does not let it be read, which is no damage and may pass, or the new file cannot be written; then nothing has changed.
pub(super) fn rescue(path: &Path) -> Result<()> {
    let (new, found) = (beside(path, RESCUED), read(path, OpenFlags::default())?);
    discard(&new)?;
    database_file::make(&new)?;
    let mut db = connect(&new)?;
    // Its tables are those of the damaged one, so that rows fit; opening brings it up to date.
    schema::bring_to(&mut db, found.steps)?;
    let transaction = db.transaction()?;
    for (table, rows) in &found.rows {
        for row in rows {
            let places = vec!["?"; row.len()].join(", ");
            // A row without its full number of columns is none.
            let insert = format!("INSERT OR IGNORE INTO {table} VALUES ({places})");
            if let Err(error) = transaction.execute(&insert, params_from_iter(row)) {
                tracing::error!(%error, "a row of the damaged letterbox could not be brought over");
            }
        }
    }
    transaction.commit()?;
    checkpoint(&db)?;
    drop(db);
    File::open(&new).and_then(|file| file.sync_all()).map_err(failed(&new))?;
    let number = (1..u32::MAX).find(|number| !beside(path, &format!("{DAMAGED}{number}")).exists()).unwrap_or_default();
    let kept = beside(path, &format!("{DAMAGED}{number}"));
    for suffix in ["", "-wal"] {
        rename(&beside(path, suffix), &beside(&kept, suffix))?;
    }
    finish(path)?;
    tracing::error!(
        letterbox = %shown(path),
        damaged = %shown(&kept),
        sheets = found.rows.iter().filter(|(table, _)| table.ends_with("sheet")).map(|(_, rows)| rows.len()).sum::<usize>(),
        "the letterbox was damaged: the sheets that could be read are in a new file and will be counted, the damaged file is kept; \
         look at the disk, and move the service to another one if it goes on"
    );
    Ok(())
}

/// Puts a new file that is complete where the damaged one was, also after a crash in the middle. One that is not complete is made again.
pub(super) fn finish(path: &Path) -> Result<()> {
    let new = beside(path, RESCUED);
    if !new.exists() {
        return Ok(());
    }
    if path.exists() {
        return discard(&new);
    }
    rename(&beside(path, "-wal"), &beside(path, ".damaged-wal"))?;
    fs::remove_file(beside(path, "-shm")).ok();
    rename(&new, path)?;
    sync_folder(path).map_err(failed(path))
}

fn discard(new: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        let file = beside(new, suffix);
        if file.exists() {
            fs::remove_file(&file).map_err(failed(&file))?;
        }
    }
    Ok(())
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    if from.exists() { fs::rename(from, to).map_err(failed(from)) } else { Ok(()) }
}

/// What could be read.
pub(super) struct Rescued {
    /// Steps of the schema that the file had taken.
    steps: usize,
    /// Rows by table.
    pub(super) rows: Vec<(&'static str, Vec<Raw>)>,
}

pub(super) fn read(path: &Path, flags: OpenFlags) -> Result<Rescued> {
    // Those that no query reaches as well, because a page on the way to them is damaged. Before there is a connection, whose locks would go
    // with the file that is closed.
    let past_the_trees = pages::sheets(path).map_err(failed(path))?;
    let db = Connection::open_with_flags(path, flags)?;
    let steps = schema::taken(&db).map_or(schema::NEWEST, |taken| taken.min(schema::NEWEST));
    // Since the tables are two, a row of the one is told from that of the other by what is in place of its generation.
    let is_sealed = |row: &Raw| steps < schema::SEALED || matches!(row.get(4), Some(Value::Blob(_)));
    let mut rows = Vec::new();
    for table in ["instance", "round_key", "generation"] {
        rows.push((table, readable(&db, &format!("SELECT * FROM {table}"))?));
    }
    for (table, set_aside) in [("sheet", "set_aside"), ("plain_sheet", "plain_set_aside")] {
        let mut sheets = BTreeMap::new();
        for table in [table, set_aside] {
            for row in readable(&db, &format!("SELECT * FROM {table}"))?.into_iter().chain(scattered(&db, table)?) {
                sheets.insert(format!("{:?}", row.first()), row);
            }
        }
        for row in past_the_trees.iter().filter(|row| is_sealed(row) == (table == "sheet")) {
            sheets.entry(format!("{:?}", row.first())).or_insert_with(|| row.clone());
        }
        rows.push((table, sheets.into_values().collect()));
    }
    Ok(Rescued { steps, rows })
}

/// Rows on either side of a damaged page: each first byte of a key is asked for on its own, from both ends.
fn scattered(db: &Connection, table: &str) -> Result<Vec<Raw>> {
    let mut found = Vec::new();
    for first in 0..=255_u8 {
        let range = format!("SELECT * FROM {table} WHERE key >= x'{first:02x}' AND key <= x'{first:02x}{}'", "ff".repeat(16));
        for order in ["ORDER BY key", "ORDER BY key DESC"] {
            found.extend(readable(db, &format!("{range} {order}"))?);
        }
    }
    Ok(found)
}

/// The rows of a query up to the first that is damaged.
fn readable(db: &Connection, sql: &str) -> Result<Vec<Raw>> {
    let mut found = Vec::new();
    let outcome = db.prepare(sql).and_then(|mut query| {
        let columns = query.column_count();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            found.push((0..columns).map(|place| row.get(place)).collect::<rusqlite::Result<Raw>>()?);
        }
        Ok(())
    });
    match outcome.map_err(StoreError::from) {
        // What a disk does not give is there all the same.
        Err(error) if !matches!(error.kind(), Some(FaultKind::Damaged | FaultKind::Other)) => Err(error),
        _ => Ok(found),
    }
}
