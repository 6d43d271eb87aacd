//! What the version before the seal left behind: its open tables and its letterbox, as it wrote them.

use std::path::Path;

use par_survey::deposit::{AcceptedSheet, MixingCell};
use par_survey::round::Round;
use rusqlite::params;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait, Value};
use sha2::{Digest, Sha256};

use super::database::{Backend, TestDatabase};

/// A sheet as the version before kept it open.
#[derive(Debug, Clone)]
pub(crate) struct Plain {
    pub(crate) sheet: AcceptedSheet,
    pub(crate) stratum: Option<String>,
    pub(crate) psu: Option<String>,
    pub(crate) import: Option<i32>,
}

/// A code as the version before kept it.
#[derive(Debug, Clone)]
pub(crate) struct PlainCode {
    pub(crate) hash: Vec<u8>,
    pub(crate) questionnaire: i32,
    pub(crate) group: String,
    pub(crate) scope: String,
    pub(crate) used: bool,
}

/// The open round of an old database.
pub(crate) struct Before {
    db: DatabaseConnection,
    backend: DbBackend,
    round: i32,
}

impl Before {
    /// Makes of a round that was just opened, and holds nothing, one of the version before.
    pub(crate) async fn make(database: &TestDatabase, round: &Round) -> Self {
        let (db, round) = (database.raw().await, round.id);
        let (backend, blob, end) = match database.backend {
            Backend::Sqlite => (DbBackend::Sqlite, "blob", " WITHOUT ROWID"),
            Backend::Postgres => (DbBackend::Postgres, "bytea", ""),
        };
        for table in ["open_sheet", "open_remark", "open_head", "mixed", "code", "code_used"] {
            db.execute_unprepared(&format!("DROP TABLE {table}_{round}")).await.unwrap();
        }
        db.execute_unprepared(&format!("DELETE FROM round_seal WHERE round_id = {round}")).await.unwrap();
        for table in [
            format!(
                "open_sheet_{round} (id {blob} NOT NULL PRIMARY KEY, questionnaire_id integer NOT NULL, unit_id integer NOT NULL, \
                 respondent_group text NOT NULL, stratum text, psu text, mode integer NOT NULL, import_id integer, answers {blob} NOT NULL)"
            ),
            format!(
                "open_remark_{round} (id {blob} NOT NULL, questionnaire_id integer NOT NULL, item text NOT NULL, import_id integer, \
                 words text NOT NULL, PRIMARY KEY (id))"
            ),
            format!("mixed_{round} (hash {blob} NOT NULL PRIMARY KEY)"),
            format!(
                "code_{round} (hash {blob} NOT NULL PRIMARY KEY, questionnaire_id integer NOT NULL, respondent_group text NOT NULL, \
                 scope text NOT NULL, used integer NOT NULL)"
            ),
        ] {
            db.execute_unprepared(&format!("CREATE TABLE {table}{end}")).await.unwrap();
        }
        Self { db, backend, round }
    }

    async fn insert(&self, on: &impl ConnectionTrait, into: &str, values: Vec<Value>) {
        let places: Vec<String> = (1..=values.len()).map(|place| format!("${place}")).collect();
        let sql = format!("INSERT INTO {into} VALUES ({})", places.join(", "));
        on.execute_raw(Statement::from_sql_and_values(self.backend, sql, values)).await.unwrap();
    }

    /// Keeps sheets with what was written on them.
    pub(crate) async fn keep(&self, sheets: &[Plain]) {
        let round = self.round;
        let on = self.db.begin().await.unwrap();
        for Plain { sheet, stratum, psu, import } in sheets {
            let AcceptedSheet { key, cell, mode, answers, remarks } = sheet;
            let id = || Value::from(rand::random::<[u8; 16]>().to_vec());
            let (questionnaire, mode) = (Value::from(cell.questionnaire), i32::from(mode.number()));
            let values = vec![
                id(),
                questionnaire.clone(),
                cell.unit.into(),
                cell.group.clone().into(),
                stratum.clone().into(),
                psu.clone().into(),
                mode.into(),
                (*import).into(),
                answers.clone().into(),
            ];
            let columns = "id, questionnaire_id, unit_id, respondent_group, stratum, psu, mode, import_id, answers";
            self.insert(&on, &format!("open_sheet_{round} ({columns})"), values).await;
            for (item, words) in remarks {
                let values = vec![id(), questionnaire.clone(), item.clone().into(), (*import).into(), words.clone().into()];
                self.insert(&on, &format!("open_remark_{round} (id, questionnaire_id, item, import_id, words)"), values).await;
            }
            if import.is_none() {
                self.insert(&on, &format!("mixed_{round} (hash)"), vec![Sha256::digest(key.bytes()).to_vec().into()]).await;
            }
        }
        on.commit().await.unwrap();
    }

    /// Keeps codes as they are now in the new version's table, some of them used.
    pub(crate) async fn keep_codes(&self, codes: &[PlainCode]) {
        for PlainCode { hash, questionnaire, group, scope, used } in codes {
            let values =
                vec![hash.clone().into(), (*questionnaire).into(), group.clone().into(), scope.clone().into(), i32::from(*used).into()];
            self.insert(&self.db, &format!("code_{} (hash, questionnaire_id, respondent_group, scope, used)", self.round), values).await;
        }
    }

    /// A file that was imported; gives its row.
    pub(crate) async fn imported(&self, questionnaire: i32, sheets: i32) -> i32 {
        let values = vec![1.into(), questionnaire.into(), "abc".into(), sheets.into(), false.into(), "Lan".into()];
        self.insert(&self.db, "import (id, questionnaire_id, sha256, sheets, undone, imported_by)", values).await;
        1
    }
}

/// Codes that were issued, as the table of this version has them; those with the lowest hashes were used.
pub(crate) async fn issued(database: &TestDatabase, round: &Round, used: usize) -> Vec<PlainCode> {
    let sql = format!("SELECT hash, questionnaire_id, respondent_group, scope FROM code_{} ORDER BY hash", round.id);
    let rows = database.raw().await;
    let backend = if database.backend == Backend::Sqlite { DbBackend::Sqlite } else { DbBackend::Postgres };
    let rows = rows.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
    let code = |(place, row): (usize, &sea_orm::QueryResult)| PlainCode {
        hash: row.try_get_by_index(0).unwrap(),
        questionnaire: row.try_get_by_index(1).unwrap(),
        group: row.try_get_by_index(2).unwrap(),
        scope: row.try_get_by_index(3).unwrap(),
        used: place < used,
    };
    rows.iter().enumerate().map(code).collect()
}

/// The tables of a letterbox as the version before made them.
const LETTERBOX: &str = "
    CREATE TABLE IF NOT EXISTS instance (id TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS sheet (key BLOB PRIMARY KEY, questionnaire_id INTEGER NOT NULL, unit_id INTEGER NOT NULL,
        respondent_group TEXT NOT NULL, mode INTEGER NOT NULL, answers BLOB NOT NULL, remarks TEXT NOT NULL) WITHOUT ROWID;
    ALTER TABLE instance ADD COLUMN nonce TEXT NOT NULL DEFAULT '';
    ALTER TABLE instance ADD COLUMN previous TEXT NOT NULL DEFAULT '';
    ALTER TABLE sheet ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE sheet ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE set_aside (key PRIMARY KEY, questionnaire_id, unit_id, respondent_group, mode, answers, remarks, version, sum) WITHOUT ROWID;
    PRAGMA user_version = 2;
    INSERT INTO instance (id) VALUES ('0123456789abcdef');";

/// Leaves a letterbox of the version before, in which sheets wait. Every fifth row is of the version before that, which had no sums.
pub(crate) fn letterbox(path: &Path, sheets: &[AcceptedSheet]) -> rusqlite::Connection {
    let db = rusqlite::Connection::open(path).unwrap();
    db.pragma_update(None, "page_size", 1_024).unwrap();
    db.pragma_update(None, "journal_mode", "wal").unwrap();
    db.execute_batch(LETTERBOX).unwrap();
    for (place, AcceptedSheet { key, cell, mode, answers, remarks }) in sheets.iter().enumerate() {
        let (mode, remarks) = (i64::from(mode.number()), serde_json::to_string(remarks).unwrap());
        let (version, sum) = if place % 5 == 0 { (0, 0) } else { (1, sum(key.bytes(), cell, mode, answers, &remarks)) };
        let insert = "INSERT INTO sheet (key, questionnaire_id, unit_id, respondent_group, mode, answers, remarks, version, sum)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let values = params![key.bytes(), cell.questionnaire, cell.unit, cell.group, mode, answers, remarks, version, sum];
        db.execute(insert, values).unwrap();
    }
    db
}

fn sum(key: &[u8], cell: &MixingCell, mode: i64, answers: &[u8], remarks: &str) -> i64 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(key);
    sum.update(&cell.questionnaire.to_be_bytes());
    sum.update(&cell.unit.to_be_bytes());
    sum.update(&mode.to_be_bytes());
    for text in [cell.group.as_bytes(), answers, remarks.as_bytes()] {
        sum.update(&text.len().to_be_bytes());
        sum.update(text);
    }
    i64::from(sum.finalize())
}
