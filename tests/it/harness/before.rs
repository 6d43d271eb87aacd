//! What the version before the seal left behind: its open tables and its letterbox, as it wrote them.

use par_survey::store::rounds::Round;
use par_survey::store::sheet::Sheet;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, Value};
use sha2::{Digest, Sha256};

use super::database::{Backend, TestDatabase};

/// A sheet as the version before kept it open.
#[derive(Debug, Clone)]
pub(crate) struct Plain {
    pub(crate) sheet: Sheet,
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

    async fn insert(&self, into: &str, values: Vec<Value>) {
        let places: Vec<String> = (1..=values.len()).map(|place| format!("${place}")).collect();
        let sql = format!("INSERT INTO {into} VALUES ({})", places.join(", "));
        self.db.execute_raw(Statement::from_sql_and_values(self.backend, sql, values)).await.unwrap();
    }

    /// Keeps sheets with what was written on them.
    pub(crate) async fn keep(&self, sheets: &[Plain]) {
        let round = self.round;
        self.db.execute_unprepared(if self.backend == DbBackend::Sqlite { "PRAGMA synchronous = off" } else { "SELECT 1" }).await.unwrap();
        for Plain { sheet, stratum, psu, import } in sheets {
            let Sheet { key, cell, mode, answers, remarks } = sheet;
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
            self.insert(&format!("open_sheet_{round} ({columns})"), values).await;
            for (item, words) in remarks {
                let values = vec![id(), questionnaire.clone(), item.clone().into(), (*import).into(), words.clone().into()];
                self.insert(&format!("open_remark_{round} (id, questionnaire_id, item, import_id, words)"), values).await;
            }
            if import.is_none() {
                self.insert(&format!("mixed_{round} (hash)"), vec![Sha256::digest(key.bytes()).to_vec().into()]).await;
            }
        }
    }

    /// Keeps codes as they are now in the new version's table, some of them used.
    pub(crate) async fn keep_codes(&self, codes: &[PlainCode]) {
        for PlainCode { hash, questionnaire, group, scope, used } in codes {
            let values =
                vec![hash.clone().into(), (*questionnaire).into(), group.clone().into(), scope.clone().into(), i32::from(*used).into()];
            self.insert(&format!("code_{} (hash, questionnaire_id, respondent_group, scope, used)", self.round), values).await;
        }
    }

    /// A file that was imported; gives its row.
    pub(crate) async fn imported(&self, questionnaire: i32, sheets: i32) -> i32 {
        let values = vec![1.into(), questionnaire.into(), "abc".into(), sheets.into(), false.into(), "Lan".into()];
        self.insert("import (id, questionnaire_id, sha256, sheets, undone, imported_by)", values).await;
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
