//! What of a letterbox nobody has counted: rows that were set aside, files that were damaged, and, where its server is gone, all that waits
//! in it.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use super::super::Result;
use super::super::sealing::{PARTICIPATION, SealedSheet};
use super::{Letterbox, beside, plain, rescue, row};
use crate::deposit::{AcceptedSheet, MixingCell, Participation, SheetKey};
use crate::seal::GenerationId;

/// Tables of which nothing was counted, and behind them those from which a server would count.
const ALL: [&str; 4] = ["set_aside", "plain_set_aside", "sheet", "plain_sheet"];

/// What a letterbox and the damaged files beside it hold.
#[derive(Debug, Default)]
pub(in crate::store) struct Remains {
    /// Generations of a round with their heads.
    pub(in crate::store) heads: Vec<(GenerationId, Vec<u8>)>,
    pub(in crate::store) rows: Vec<Remnant>,
    /// Damaged files that were read.
    pub(in crate::store) damaged: usize,
}

/// A row, as far as it can be read.
#[derive(Debug, Clone)]
pub(in crate::store) struct Remnant {
    /// Its key, whatever it is.
    pub(in crate::store) raw: Value,
    pub(in crate::store) kind: RemainsKind,
}

#[derive(Debug, Clone)]
pub(in crate::store) enum RemainsKind {
    /// Sealed, and not damaged.
    Whole(SealedSheet),
    /// Sealed, and damaged, or of a newer version.
    Parts(RemainsParts),
    /// Not sealed, and not damaged: of the version before.
    Plain(AcceptedSheet),
    /// Nothing of it can be read.
    Lost,
}

/// What can be read of a row. Without answers nothing is left to open, but it may say that a code was used.
#[derive(Debug, Clone)]
pub(in crate::store) struct RemainsParts {
    pub(in crate::store) key: Option<SheetKey>,
    pub(in crate::store) questionnaire: Option<i32>,
    pub(in crate::store) unit: Option<i32>,
    pub(in crate::store) group: Option<String>,
    pub(in crate::store) generation: Option<GenerationId>,
    pub(in crate::store) answers: Vec<u8>,
    pub(in crate::store) remarks: Vec<u8>,
    /// The sum that the row carries, which one of its other values need not fit.
    pub(in crate::store) sum: Option<i64>,
}

impl Letterbox {
    /// What is left here of a round. `all` says that no server counts what waits; otherwise that is left out, in damaged files too.
    pub(in crate::store) fn remains(&mut self, round: i32, all: bool) -> Result<Remains> {
        let (mut remains, waiting) = self.with(|db| {
            let mut remains = Remains::default();
            remains.add_heads(&every(db, "SELECT * FROM generation")?, round);
            let [aside @ .., sheet, plain] = ALL;
            for table in if all { ALL.as_slice() } else { &aside } {
                remains.add_rows(&every(db, &format!("SELECT * FROM {table}"))?, &HashSet::new());
            }
            let waiting = every(db, &format!("SELECT key FROM {sheet} UNION ALL SELECT key FROM {plain}"))?;
            Ok((remains, waiting))
        })?;
        let waiting: HashSet<String> = waiting.iter().filter_map(|row| row.first()).map(name).collect();
        for file in damaged(&self.path) {
            // Nothing is written into it, not even its own log.
            let found = rescue::read(&file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
            remains.damaged += 1;
            for (table, rows) in &found.rows {
                match *table {
                    "generation" => remains.add_heads(rows, round),
                    "sheet" | "plain_sheet" => remains.add_rows(rows, &waiting),
                    _ => {}
                }
            }
        }
        Ok(remains)
    }

    /// Takes out rows that are counted now, and leaves no byte of them in the log.
    pub(in crate::store) fn take_out_remains(&mut self, counted: &[Value]) -> Result<()> {
        self.with(|db| {
            let transaction = db.transaction()?;
            for table in ALL {
                let mut delete = transaction.prepare(&format!("DELETE FROM {table} WHERE key IS ?1"))?;
                for key in counted {
                    delete.execute([key])?;
                }
            }
            transaction.commit()
        })?;
        self.empty_log(super::super::BRIEFLY)
    }
}

impl Remains {
    fn add_heads(&mut self, rows: &[Vec<Value>], round: i32) {
        for row in rows {
            if let [Value::Blob(id), Value::Integer(of), Value::Blob(head)] = row.as_slice()
                && *of == i64::from(round)
                && let Ok(id) = id.as_slice().try_into()
            {
                self.heads.push((id, head.clone()));
            }
        }
    }

    /// But those under some keys.
    fn add_rows(&mut self, rows: &[Vec<Value>], but: &HashSet<String>) {
        let remnant = |row: &Vec<Value>| Remnant { raw: row.first().cloned().unwrap_or(Value::Null), kind: kind(row) };
        self.rows.extend(rows.iter().map(remnant).filter(|remnant| !but.contains(&name(&remnant.raw))));
    }
}

/// A key, whatever it is, as something that can be compared.
fn name(key: &Value) -> String {
    format!("{key:?}")
}

/// The damaged files beside a letterbox.
fn damaged(path: &Path) -> Vec<PathBuf> {
    (1..u32::MAX).map(|number| beside(path, &format!("{}{number}", rescue::DAMAGED))).take_while(|file| file.exists()).collect()
}

fn kind(raw: &[Value]) -> RemainsKind {
    if let Some(sheet) = plain::decode(raw) {
        return RemainsKind::Plain(sheet);
    }
    let [key, questionnaire, unit, group, generation, answers, remarks, version, sum] = raw else { return RemainsKind::Lost };
    let parts = RemainsParts {
        key: blob(key).and_then(|key| key.try_into().ok()).map(SheetKey::new),
        questionnaire: number(questionnaire),
        unit: number(unit),
        group: if let Value::Text(group) = group { Some(group.clone()) } else { None },
        generation: blob(generation).and_then(|id| id.try_into().ok()),
        answers: blob(answers).unwrap_or_default(),
        remarks: blob(remarks).unwrap_or_default(),
        sum: if let Value::Integer(sum) = sum { Some(*sum) } else { None },
    };
    match (parts.whole(), version, sum) {
        (Some(sheet), Value::Integer(row::VERSION), Value::Integer(sum)) if *sum == row::sum(&sheet) => RemainsKind::Whole(sheet),
        _ => RemainsKind::Parts(parts),
    }
}

impl RemainsParts {
    /// Where it says that it belongs.
    pub(in crate::store) fn cell(&self) -> Option<MixingCell> {
        Some(MixingCell { questionnaire: self.questionnaire?, unit: self.unit?, group: self.group.clone()? })
    }

    /// That a code was used, where the row says so of a questionnaire and a group: its sum fits that, or all else is as in such a row.
    pub(in crate::store) fn participation(&self, questionnaire: i32, group: &str) -> Option<Participation> {
        let used = Participation { key: self.key?, questionnaire, group: group.to_owned() };
        let fits = self.sum == Some(row::sum(&SealedSheet::participation(&used)));
        let nothing = self.answers.is_empty() && self.remarks.is_empty();
        let alike = nothing
            && self.generation == Some(PARTICIPATION)
            && self.cell() == Some(MixingCell { questionnaire, unit: 0, group: used.group.clone() });
        (fits || alike).then_some(used)
    }

    fn whole(&self) -> Option<SealedSheet> {
        let cell = self.cell()?;
        let (answers, remarks) = (self.answers.clone(), self.remarks.clone());
        Some(SealedSheet { key: self.key?, cell, generation: self.generation?, answers, remarks })
    }
}

/// All rows of a query.
fn every(db: &Connection, sql: &str) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut query = db.prepare(sql)?;
    query.query_map([], |found| Ok(row::raw(found)))?.collect()
}

fn blob(value: &Value) -> Option<Vec<u8>> {
    if let Value::Blob(bytes) = value { Some(bytes.clone()) } else { None }
}

fn number(value: &Value) -> Option<i32> {
    if let Value::Integer(number) = value { i32::try_from(*number).ok() } else { None }
}
