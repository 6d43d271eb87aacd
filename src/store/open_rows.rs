//! Rows of a round's open tables: written in random order, many in one statement.

use std::collections::BTreeMap;

use sea_orm::sea_query::{OnConflict, Query, Value};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::Result;
use super::open_tables::OpenTables;
use crate::deposit::{MixingCell, SheetKey};
use crate::random::random_bytes;
use crate::seal::GenerationId;

/// Rows of one query with a parameter a value: far below the limits of both databases, and about the fastest.
pub(super) const CHUNK: usize = 400;

/// A sheet that is to be moved, sealed as the open tables will hold it.
#[derive(Debug)]
pub(super) struct Moving {
    pub(super) key: SheetKey,
    pub(super) cell: MixingCell,
    /// The generation whose key sealed it.
    pub(super) generation: GenerationId,
    pub(super) answers: Vec<u8>,
    /// What was written, in pieces that nothing will say belong together.
    pub(super) remarks: Vec<Vec<u8>>,
}

/// One row for the open sheets.
#[derive(Debug)]
pub(super) struct OpenSheet<'a> {
    pub(super) shared: SharedByRows<'a>,
    pub(super) unit: i32,
    pub(super) sealed: &'a [u8],
}

/// What many rows for the open sheets have in common.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SharedByRows<'a> {
    pub(super) questionnaire: i32,
    pub(super) group: &'a str,
    pub(super) generation: GenerationId,
    pub(super) import: Option<i32>,
}

/// One row for what was written.
#[derive(Debug)]
pub(super) struct OpenRemark {
    pub(super) questionnaire: i32,
    pub(super) generation: GenerationId,
    pub(super) import: Option<i32>,
    pub(super) sealed: Vec<u8>,
}

impl<'a> OpenSheet<'a> {
    pub(super) fn of(moving: &'a Moving) -> Self {
        let Moving { cell, generation, answers, .. } = moving;
        let shared = SharedByRows { questionnaire: cell.questionnaire, group: &cell.group, generation: *generation, import: None };
        Self { shared, unit: cell.unit, sealed: answers }
    }
}

impl OpenRemark {
    /// What was written on a sheet: from here on nothing says on which.
    pub(super) fn of(moving: &Moving) -> impl Iterator<Item = Self> {
        let Moving { cell, generation, remarks, .. } = moving;
        let (questionnaire, generation) = (cell.questionnaire, *generation);
        remarks.iter().map(move |sealed| Self { questionnaire, generation, import: None, sealed: sealed.clone() })
    }
}

/// Gives every row a random key and puts the rows in the order of it: a random order, and the one in which inserting is fast.
pub(super) fn shuffled<T>(rows: Vec<T>) -> Vec<([u8; 16], T)> {
    let mut keyed: Vec<_> = rows.into_iter().map(|row| (random_bytes(), row)).collect();
    keyed.sort_unstable_by_key(|(key, _)| *key);
    keyed
}

/// Rows of fixed width travel as one parameter and are cut up by the database, which is several times faster than a parameter a value: `$1`
/// holds the rows, `$2` their width, `$3` the width of all.
pub(super) const PIECES: &str = "WITH RECURSIVE piece(at) AS (SELECT 1 UNION ALL SELECT at + $2 FROM piece WHERE at + $2 <= $3)";

pub(super) async fn execute_pieces(
    on: &impl ConnectionTrait,
    sql: String,
    rows: Vec<u8>,
    width: usize,
    others: impl IntoIterator<Item = Value>,
) -> Result<u64> {
    if rows.is_empty() {
        return Ok(0);
    }
    let [width, length] = [width, rows.len()].map(|number| i32::try_from(number).unwrap_or(i32::MAX));
    let values = [rows.into(), width.into(), length.into()].into_iter().chain(others);
    Ok(on.execute_raw(Statement::from_sql_and_values(on.get_database_backend(), sql, values)).await?.rows_affected())
}

/// An expression for the number whose decimal digits are in a piece: the one thing for which the databases have no word in
/// common.
pub(super) fn number(on: &impl ConnectionTrait, piece: &str) -> String {
    match on.get_database_backend() {
        DbBackend::Sqlite => format!("CAST({piece} AS integer)"),
        _ => format!("CAST(convert_from({piece}, 'UTF8') AS integer)"),
    }
}

/// Inserts heads that are not there yet.
pub(super) async fn insert_heads(on: &impl ConnectionTrait, tables: &OpenTables, heads: &[(GenerationId, Vec<u8>)]) -> Result<()> {
    for (id, head) in heads {
        let insert = Query::insert()
            .into_table(tables.head.clone())
            .columns(["id", "head"])
            .values_panic([id.to_vec().into(), head.clone().into()])
            .on_conflict(OnConflict::column("id").do_nothing().to_owned())
            .to_owned();
        on.execute(&insert).await?;
    }
    Ok(())
}

/// Inserts sheets in random order: those that share what they can share in one statement.
pub(super) async fn insert_sheets(on: &impl ConnectionTrait, tables: &OpenTables, rows: Vec<OpenSheet<'_>>) -> Result<()> {
    let mut alike: BTreeMap<(SharedByRows<'_>, usize), Vec<u8>> = BTreeMap::new();
    for (id, OpenSheet { shared, unit, sealed }) in shuffled(rows) {
        let rows = alike.entry((shared, sealed.len())).or_default();
        rows.extend(id);
        rows.extend(format!("{unit:010}").bytes());
        rows.extend(sealed);
    }
    let sql = format!(
        "{PIECES} INSERT INTO {} (id, unit_id, sealed, questionnaire_id, respondent_group, generation, import_id) \
         SELECT substr($1, at, 16), {}, substr($1, at + 26, $2 - 26), \
         CAST($4 AS integer), CAST($5 AS text), $6, CAST($7 AS integer) FROM piece",
        tables.sheet,
        number(on, "substr($1, at + 16, 10)"),
    );
    for ((SharedByRows { questionnaire, group, generation, import }, width), rows) in alike {
        let shared = [questionnaire.into(), group.into(), generation.to_vec().into(), import.into()];
        execute_pieces(on, sql.clone(), rows, 26 + width, shared).await?;
    }
    Ok(())
}

/// Inserts what was written in random order.
pub(super) async fn insert_remarks(on: &impl ConnectionTrait, tables: &OpenTables, rows: Vec<OpenRemark>) -> Result<()> {
    const COLUMNS: [&str; 5] = ["id", "questionnaire_id", "generation", "import_id", "sealed"];
    let mut rows = shuffled(rows).into_iter().peekable();
    while rows.peek().is_some() {
        let mut insert = Query::insert().into_table(tables.remark.clone()).columns(COLUMNS).to_owned();
        for (id, OpenRemark { questionnaire, generation, import, sealed }) in rows.by_ref().take(CHUNK) {
            insert.values_panic([id.to_vec().into(), questionnaire.into(), generation.to_vec().into(), import.into(), sealed.into()]);
        }
        on.execute(&insert).await?;
    }
    Ok(())
}
