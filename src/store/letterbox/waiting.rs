//! Sheets that wait in a letterbox, by what moves together.

use std::collections::HashMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::sealing::{PARTICIPATION, SealedSheet};
use super::{Cohort, row};
use crate::seal::GenerationId;

/// Sheets that wait.
#[derive(Debug, Default)]
pub(in crate::store) struct Waiting {
    pub(in crate::store) cohorts: HashMap<Cohort, Vec<SealedSheet>>,
    /// Heads of all generations that the letterbox knows.
    pub(in crate::store) heads: HashMap<GenerationId, Vec<u8>>,
    /// Whether any was left out because there were so many.
    pub(in crate::store) full: bool,
}

impl Waiting {
    /// Whether a cohort can be opened at closing, or holds nothing to be opened.
    fn knows(&self, cohort: &Cohort) -> bool {
        cohort.generation == PARTICIPATION || self.heads.contains_key(&cohort.generation)
    }
}

/// The cohorts of at least so many sheets, with room for them.
pub(super) fn ripe(db: &Connection, questionnaires: &[i32], least: usize, most: usize) -> rusqlite::Result<Waiting> {
    let mut waiting = Waiting::default();
    let mut heads = db.prepare_cached("SELECT id, head FROM generation")?;
    for head in heads.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))? {
        waiting.heads.extend([head?]);
    }
    // Counted here: where the database groups rows, it sorts them first.
    let mut numbers: HashMap<Cohort, usize> = HashMap::new();
    let mut query = db.prepare_cached("SELECT NULL, questionnaire_id, unit_id, respondent_group, generation FROM sheet")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        // One that cannot be read, or never opened, is none; its rows are set aside.
        if let Some(cohort) = row::cohort(row).filter(|cohort| questionnaires.contains(&cohort.cell.questionnaire) && waiting.knows(cohort))
        {
            *numbers.entry(cohort).or_default() += 1;
        }
    }
    let mut sheets = 0;
    for (cohort, number) in numbers.into_iter().filter(|(_, number)| *number >= least) {
        if sheets >= most {
            waiting.full = true;
            break;
        }
        sheets += number;
        waiting.cohorts.insert(cohort, Vec::with_capacity(number));
    }
    Ok(waiting)
}

/// Puts every sheet into its cohort, where that is asked for, and says which rows cannot be read: of other cohorts only where `all` are
/// looked at, as when a round is closing.
pub(super) fn sort_in(db: &Connection, waiting: &mut Waiting, all: bool) -> rusqlite::Result<Vec<Value>> {
    let mut unreadable = Vec::new();
    let mut query = db.prepare_cached(&format!("SELECT {} FROM sheet", row::COLUMNS))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let Some(cohort) = row::cohort(row).filter(|cohort| waiting.knows(cohort)) else {
            unreadable.push(row::raw_key(row)?);
            continue;
        };
        let wanted = waiting.cohorts.get_mut(&cohort);
        if wanted.is_none() && !all {
            continue;
        }
        match (row::decode(row, cohort), wanted) {
            (Some(sheet), Some(sheets)) => sheets.push(sheet),
            (Some(_), None) => {}
            (None, _) => unreadable.push(row::raw_key(row)?),
        }
    }
    Ok(unreadable)
}
