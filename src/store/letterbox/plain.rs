//! Sheets of the version before, which were not sealed. They wait in a table of their own until their round has a seal; nothing is added to
//! it.

use std::collections::HashSet;

use rusqlite::types::Value;
use rusqlite::{Transaction, TransactionBehavior};

use super::super::Result;
use super::super::sealing::SealedSheet;
use super::generations::begin;
use super::{Letterbox, list, row};
use crate::deposit::{AcceptedSheet, MixingCell, SheetKey};
use crate::seal::{Generation, PublicKey};
use crate::survey::mode::Mode;

/// Columns in the order in which [`decode`] expects them.
const COLUMNS: &str = "key, questionnaire_id, unit_id, respondent_group, mode, answers, remarks, version, sum";

/// A table that is there from the commit in which rows were sealed until the file was written anew, whatever happens between.
const DUE: &str = "to_be_written_anew";

/// How many rows of a letterbox became sealed sheets, and how many were set aside because they cannot be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::store) struct PlainSealed {
    pub(in crate::store) sealed: usize,
    pub(in crate::store) set_aside: usize,
}

impl Letterbox {
    /// How many sheets of some questionnaires wait that are not sealed.
    pub(in crate::store) fn count_plain(&mut self, questionnaires: &[i32]) -> Result<i64> {
        let sql = "SELECT count(*) FROM plain_sheet WHERE questionnaire_id IN (SELECT value FROM json_each(?1))";
        self.with(|db| db.query_row(sql, [list(questionnaires)], |row| row.get(0)))
    }

    /// Whether any row waits that is not sealed.
    pub(in crate::store) fn has_plain(&mut self) -> Result<bool> {
        self.with(|db| db.query_row("SELECT EXISTS (SELECT 1 FROM plain_sheet)", [], |row| row.get(0)))
    }

    /// Seals what waits of a round under a generation that begins here, in one commit, and sets aside what cannot be read. None where the
    /// round had another public key before; then nothing was done.
    pub(in crate::store) fn seal_plain(
        &mut self,
        round: i32,
        questionnaires: &HashSet<i32>,
        public: &PublicKey,
        generation: &Generation,
    ) -> Result<Option<PlainSealed>> {
        self.with(|db| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if !begin(&transaction, round, public, generation)? {
                return Ok(None);
            }
            let (sealed, unreadable) = seal_rows(&transaction, round, questionnaires, generation)?;
            let aside = format!("INSERT OR REPLACE INTO plain_set_aside ({COLUMNS}) SELECT {COLUMNS} FROM plain_sheet WHERE key IS ?1");
            for key in &unreadable {
                transaction.execute(&aside, [key])?;
            }
            for key in sealed.iter().chain(&unreadable) {
                transaction.execute("DELETE FROM plain_sheet WHERE key IS ?1", [key])?;
            }
            if !(sealed.is_empty() && unreadable.is_empty()) {
                transaction.execute_batch(&format!("CREATE TABLE IF NOT EXISTS {DUE} (due)"))?;
            }
            transaction.commit()?;
            Ok(Some(PlainSealed { sealed: sealed.len(), set_aside: unreadable.len() }))
        })
    }

    /// Whether the file is to be written anew, since rows of it were sealed.
    pub(in crate::store) fn is_to_be_written_anew(&mut self) -> Result<bool> {
        self.with(|db| db.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = ?1)", [DUE], |row| row.get(0)))
    }

    /// Writes the file anew. Where pages were parted as rows came, copies of rows lie between those of today, and `secure_delete` knows
    /// nothing of them.
    pub(in crate::store) fn write_anew(&mut self) -> Result<()> {
        // Not by way of a file elsewhere.
        self.with(|db| db.execute_batch(&format!("PRAGMA temp_store = MEMORY; VACUUM; DROP TABLE {DUE}")))
    }
}

/// Keys of rows that are sealed now, and of those that cannot be read, of whatever round they are.
fn seal_rows(
    on: &Transaction<'_>,
    round: i32,
    questionnaires: &HashSet<i32>,
    generation: &Generation,
) -> rusqlite::Result<(Vec<Value>, Vec<Value>)> {
    let (mut sealed, mut unreadable) = (Vec::new(), Vec::new());
    let mut read = on.prepare(&format!("SELECT {COLUMNS} FROM plain_sheet"))?;
    let mut put = on.prepare(row::PUT)?;
    let mut rows = read.query([])?;
    while let Some(found) = rows.next()? {
        match decode(&row::raw(found)) {
            Some(sheet) if questionnaires.contains(&sheet.cell.questionnaire) => {
                row::encode(&SealedSheet::seal(sheet, round, generation), |values| put.execute(values))?;
                sealed.push(row::raw_key(found)?);
            }
            Some(_) => {}
            None => unreadable.push(row::raw_key(found)?),
        }
    }
    Ok((sealed, unreadable))
}

/// The sheet of a row of version 0 or 1; none where it is damaged, or something else.
pub(super) fn decode(raw: &[Value]) -> Option<AcceptedSheet> {
    let [Value::Blob(key), Value::Integer(questionnaire), Value::Integer(unit), Value::Text(group), rest @ ..] = raw else { return None };
    let [Value::Integer(mode), Value::Blob(answers), Value::Text(remarks), Value::Integer(version), Value::Integer(sum)] = rest else {
        return None;
    };
    let key = SheetKey::new(key.as_slice().try_into().ok()?);
    let cell = MixingCell { questionnaire: i32::try_from(*questionnaire).ok()?, unit: i32::try_from(*unit).ok()?, group: group.clone() };
    let whole = match version {
        0 => true,
        1 => *sum == self::sum(&key, &cell, *mode, answers, remarks),
        _ => false,
    };
    let mode = Mode::from_number(u8::try_from(*mode).ok()?).filter(|_| whole)?;
    Some(AcceptedSheet { key, cell, mode, answers: answers.clone(), remarks: serde_json::from_str(remarks).ok()? })
}

/// As version 1 added it up.
fn sum(key: &SheetKey, cell: &MixingCell, mode: i64, answers: &[u8], remarks: &str) -> i64 {
    let MixingCell { questionnaire, unit, group } = cell;
    let mut sum = crc32fast::Hasher::new();
    sum.update(key.bytes());
    sum.update(&questionnaire.to_be_bytes());
    sum.update(&unit.to_be_bytes());
    sum.update(&mode.to_be_bytes());
    for text in [group.as_bytes(), answers, remarks.as_bytes()] {
        sum.update(&text.len().to_be_bytes());
        sum.update(text);
    }
    i64::from(sum.finalize())
}
