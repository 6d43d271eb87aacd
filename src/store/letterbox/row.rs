//! A sheet as a row of the letterbox. Each carries the version of its form and a sum over all of it, so that a row that was damaged, or that a
//! newer version wrote, is told from one that can be counted.

use rusqlite::types::Value;
use rusqlite::{Row, ToSql};

use super::super::sheet::{Cell, SealedSheet, SheetKey};
use crate::survey::mode::Mode;

/// Puts a sheet in, unless its key is there already.
pub(super) const PUT: &str = "INSERT INTO sheet (key, questionnaire_id, unit_id, respondent_group, mode, answers, remarks, version, sum)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (key) DO NOTHING";

/// Columns in the order in which [`decode`] expects them.
pub(super) const COLUMNS: &str = "key, questionnaire_id, unit_id, respondent_group, mode, answers, remarks, version, sum";

/// The form of rows that is written. Rows of version 0 were written before there were sums.
const VERSION: i64 = 1;

/// Runs [`PUT`] with the values of a sheet.
pub(super) fn encode<T>(sheet: &SealedSheet, run: impl FnOnce(&[&dyn ToSql]) -> T) -> T {
    let SealedSheet { key, cell, mode, answers, remarks } = sheet;
    let remarks = serde_json::to_string(remarks).unwrap_or_default();
    let mode = i64::from(mode.number());
    let sum = sum(key.bytes(), cell, mode, answers, &remarks);
    run(&[key.bytes(), &cell.questionnaire, &cell.unit, &cell.group, &mode, answers, &remarks, &VERSION, &sum])
}

fn sum(key: &[u8], cell: &Cell, mode: i64, answers: &[u8], remarks: &str) -> i64 {
    let Cell { questionnaire, unit, group } = cell;
    let mut sum = crc32fast::Hasher::new();
    sum.update(key);
    sum.update(&questionnaire.to_be_bytes());
    sum.update(&unit.to_be_bytes());
    sum.update(&mode.to_be_bytes());
    for text in [group.as_bytes(), answers, remarks.as_bytes()] {
        sum.update(&text.len().to_be_bytes());
        sum.update(text);
    }
    i64::from(sum.finalize())
}

/// The cell of a row; none where it cannot be read.
pub(super) fn cell(row: &Row<'_>) -> Option<Cell> {
    Some(Cell { questionnaire: row.get(1).ok()?, unit: row.get(2).ok()?, group: row.get(3).ok()? })
}

/// The sheet of a row; none where it is damaged, or this version cannot read it.
pub(super) fn decode(row: &Row<'_>, cell: Cell) -> Option<SealedSheet> {
    let (key, mode, version): ([u8; 16], i64, i64) = (row.get(0).ok()?, row.get(4).ok()?, row.get(7).ok()?);
    let (answers, remarks): (Vec<u8>, String) = (row.get(5).ok()?, row.get(6).ok()?);
    let whole = match version {
        0 => true,
        VERSION => row.get::<_, i64>(8).ok()? == sum(&key, &cell, mode, &answers, &remarks),
        _ => false,
    };
    let mode = Mode::from_number(u8::try_from(mode).ok()?).filter(|_| whole)?;
    Some(SealedSheet { key: SheetKey::new(key), cell, mode, answers, remarks: serde_json::from_str(&remarks).ok()? })
}

/// Whether values that no query found are a row that this version wrote, as it wrote it.
pub(super) fn is_whole(values: &[Value]) -> bool {
    use Value::{Blob, Integer, Text};
    let [
        Blob(key),
        Integer(questionnaire),
        Integer(unit),
        Text(group),
        Integer(mode),
        Blob(answers),
        Text(remarks),
        Integer(VERSION),
        Integer(expected),
    ] = values
    else {
        return false;
    };
    let (Ok(questionnaire), Ok(unit)) = (i32::try_from(*questionnaire), i32::try_from(*unit)) else { return false };
    *expected == sum(key, &Cell { questionnaire, unit, group: group.clone() }, *mode, answers, remarks)
}

/// The key of a row, whatever it is.
pub(super) fn raw_key(row: &Row<'_>) -> rusqlite::Result<Value> {
    row.get(0)
}
