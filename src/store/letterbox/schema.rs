//! The tables of a letterbox, step by step: the file carries how many steps it has taken.

use rusqlite::Connection;

use super::super::Result;
use crate::refusal::Refusal;

/// `WITHOUT ROWID` under a random key: neither rowid nor page says in which order sheets came. Files that were made before steps were
/// counted have the tables of the first one already.
const STEPS: [&str; 3] = [
    "CREATE TABLE IF NOT EXISTS instance (id TEXT PRIMARY KEY) WITHOUT ROWID;
     CREATE TABLE IF NOT EXISTS sheet (key BLOB PRIMARY KEY, questionnaire_id INTEGER NOT NULL, unit_id INTEGER NOT NULL,
        respondent_group TEXT NOT NULL, mode INTEGER NOT NULL, answers BLOB NOT NULL, remarks TEXT NOT NULL) WITHOUT ROWID;",
    // Its last two nonces, rows that tell whether they are whole, and those that are not.
    "ALTER TABLE instance ADD COLUMN nonce TEXT NOT NULL DEFAULT '';
     ALTER TABLE instance ADD COLUMN previous TEXT NOT NULL DEFAULT '';
     ALTER TABLE sheet ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
     ALTER TABLE sheet ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
     CREATE TABLE set_aside (key PRIMARY KEY, questionnaire_id, unit_id, respondent_group, mode, answers, remarks, version, sum)
        WITHOUT ROWID;",
    // Sheets are sealed; what was not waits in tables of its own for `round seal`. `round_key` is the public key that each round had when
    // its first sheet came: another one later is somebody else's.
    "ALTER TABLE sheet RENAME TO plain_sheet;
     ALTER TABLE set_aside RENAME TO plain_set_aside;
     CREATE TABLE round_key (round_id INTEGER PRIMARY KEY, public_key BLOB NOT NULL) WITHOUT ROWID;
     CREATE TABLE generation (id BLOB PRIMARY KEY, round_id INTEGER NOT NULL, head BLOB NOT NULL) WITHOUT ROWID;
     CREATE TABLE sheet (key BLOB PRIMARY KEY, questionnaire_id INTEGER NOT NULL, unit_id INTEGER NOT NULL, respondent_group TEXT NOT NULL,
        generation BLOB NOT NULL, answers BLOB NOT NULL, remarks BLOB NOT NULL, version INTEGER NOT NULL, sum INTEGER NOT NULL)
        WITHOUT ROWID;
     CREATE TABLE set_aside (key PRIMARY KEY, questionnaire_id, unit_id, respondent_group, generation, answers, remarks, version, sum)
        WITHOUT ROWID;",
];

/// How many steps there are.
pub(super) const NEWEST: usize = STEPS.len();

/// The step since which sheets are sealed.
pub(super) const SEALED: usize = 3;

/// How many steps a file has taken.
pub(super) fn taken(db: &Connection) -> rusqlite::Result<usize> {
    let taken: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(usize::try_from(taken).unwrap_or(usize::MAX))
}

/// Takes the steps that a file lacks, all or none.
pub(super) fn bring_up_to_date(db: &mut Connection) -> Result<()> {
    bring_to(db, NEWEST)
}

/// Takes the steps that a file lacks up to one of them, all or none.
pub(super) fn bring_to(db: &mut Connection, step: usize) -> Result<()> {
    let Some(missing) = STEPS.get(taken(db)?..step) else {
        return Err(Refusal::LetterboxNewer.into());
    };
    if missing.is_empty() {
        return Ok(());
    }
    let transaction = db.transaction()?;
    for step in missing {
        transaction.execute_batch(step)?;
    }
    transaction.execute_batch(&format!("PRAGMA user_version = {step}"))?;
    Ok(transaction.commit()?)
}
