//! A sheet as a row of the letterbox. Each carries the version of its form and a sum over all of it, so that a row that was damaged, or
//! that a newer version wrote, is told from one that can be counted: also where the key that would tell is not on the machine any more.

use rusqlite::types::Value;
use rusqlite::{Row, ToSql};

use super::super::sealing::SealedSheet;
use super::Cohort;
use crate::deposit::{MixingCell, SheetKey};

/// Puts a sheet in, unless its key is there already.
pub(super) const PUT: &str =
    "INSERT INTO sheet (key, questionnaire_id, unit_id, respondent_group, generation, answers, remarks, version, sum)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (key) DO NOTHING";

/// Columns in the order in which [`decode`] expects them.
pub(super) const COLUMNS: &str = "key, questionnaire_id, unit_id, respondent_group, generation, answers, remarks, version, sum";

/// The form of rows that is written. Rows of versions 0 and 1 were not sealed.
pub(super) const VERSION: i64 = 2;

/// Runs [`PUT`] with the values of a sheet.
pub(super) fn encode<T>(sheet: &SealedSheet, run: impl FnOnce(&[&dyn ToSql]) -> T) -> T {
    let SealedSheet { key, cell, generation, answers, remarks } = sheet;
    let sum = sum(sheet);
    run(&[key.bytes(), &cell.questionnaire, &cell.unit, &cell.group, generation, answers, remarks, &VERSION, &sum])
}

pub(super) fn sum(sheet: &SealedSheet) -> i64 {
    let SealedSheet { key, cell: MixingCell { questionnaire, unit, group }, generation, answers, remarks } = sheet;
    let mut sum = crc32fast::Hasher::new();
    sum.update(key.bytes());
    sum.update(&questionnaire.to_be_bytes());
    sum.update(&unit.to_be_bytes());
    sum.update(generation);
    for text in [group.as_bytes(), answers, remarks] {
        sum.update(&text.len().to_be_bytes());
        sum.update(text);
    }
    i64::from(sum.finalize())
}

/// The cell of a row and what it is sealed under; none where they cannot be read.
pub(super) fn cohort(row: &Row<'_>) -> Option<Cohort> {
    let cell = MixingCell { questionnaire: row.get(1).ok()?, unit: row.get(2).ok()?, group: row.get(3).ok()? };
    Some(Cohort { generation: row.get(4).ok()?, cell })
}

/// The sheet of a row; none where it is damaged, or this version cannot read it.
pub(super) fn decode(row: &Row<'_>, Cohort { generation, cell }: Cohort) -> Option<SealedSheet> {
    let (key, version): ([u8; 16], i64) = (row.get(0).ok()?, row.get(7).ok()?);
    let sheet = SealedSheet { key: SheetKey::new(key), cell, generation, answers: row.get(5).ok()?, remarks: row.get(6).ok()? };
    (version == VERSION && row.get::<_, i64>(8).ok()? == sum(&sheet)).then_some(sheet)
}

/// Whether values that no query found are a row that this version wrote, as it wrote it.
pub(super) fn is_whole(values: &[Value]) -> bool {
    use Value::{Blob, Integer, Text};
    let [
        Blob(key),
        Integer(questionnaire),
        Integer(unit),
        Text(group),
        Blob(generation),
        Blob(answers),
        Blob(remarks),
        Integer(VERSION),
        Integer(expected),
    ] = values
    else {
        return false;
    };
    let sheet = || {
        let cell =
            MixingCell { questionnaire: i32::try_from(*questionnaire).ok()?, unit: i32::try_from(*unit).ok()?, group: group.clone() };
        let (key, generation) = (SheetKey::new(key.as_slice().try_into().ok()?), generation.as_slice().try_into().ok()?);
        Some(SealedSheet { key, cell, generation, answers: answers.clone(), remarks: remarks.clone() })
    };
    sheet().is_some_and(|sheet| sum(&sheet) == *expected)
}

/// The key of a row, whatever it is.
pub(super) fn raw_key(row: &Row<'_>) -> rusqlite::Result<Value> {
    row.get(0)
}

/// All columns of a row; nothing in place of one that cannot be read.
pub(super) fn raw(row: &Row<'_>) -> Vec<Value> {
    (0..row.as_ref().column_count()).map(|place| row.get(place).unwrap_or(Value::Null)).collect()
}
