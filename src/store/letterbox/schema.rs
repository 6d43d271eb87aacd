//! The tables of a letterbox, step by step: the file carries how many steps it has taken.

use rusqlite::Connection;

use super::super::{Result, StoreError};

/// `WITHOUT ROWID` under a random key: neither rowid nor page says in which order sheets came. Files that were made before steps were counted
/// have the tables of the first one already.
const STEPS: [&str; 2] = [
    "CREATE TABLE IF NOT EXISTS instance (id TEXT PRIMARY KEY) WITHOUT ROWID;
     CREATE TABLE IF NOT EXISTS sheet (key BLOB PRIMARY KEY, questionnaire_id INTEGER NOT NULL, unit_id INTEGER NOT NULL,
        respondent_group TEXT NOT NULL, mode INTEGER NOT NULL, answers BLOB NOT NULL, remarks TEXT NOT NULL) WITHOUT ROWID;",
    // Its last two nonces, rows that tell whether they are whole, and those that are not.
    "ALTER TABLE instance ADD COLUMN nonce TEXT NOT NULL DEFAULT '';
     ALTER TABLE instance ADD COLUMN previous TEXT NOT NULL DEFAULT '';
     ALTER TABLE sheet ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE sheet ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
     CREATE TABLE set_aside (key PRIMARY KEY, questionnaire_id, unit_id, respondent_group, mode, answers, remarks, version, sum) WITHOUT ROWID;",
];

/// Takes the steps that a file lacks, all or none.
pub(super) fn bring_up_to_date(db: &mut Connection) -> Result<()> {
    let taken: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let taken = usize::try_from(taken).unwrap_or(usize::MAX);
    let Some(missing) = STEPS.get(taken..) else {
        return Err(StoreError::refused("the letterbox was written by a newer version of par-survey; start that version"));
    };
    if missing.is_empty() {
        return Ok(());
    }
    let transaction = db.transaction()?;
    for step in missing {
        transaction.execute_batch(step)?;
    }
    transaction.execute_batch(&format!("PRAGMA user_version = {}", STEPS.len()))?;
    Ok(transaction.commit()?)
}
