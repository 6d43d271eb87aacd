//! One-time codes: issued, looked up, counted. A code's row knows its hash, questionnaire, group and scope, and does not change when the
//! code is used: that is said by a participation row, which waits in the letterbox and is mixed and counted like a sheet.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};
use serde_json::json;

use super::audit::{Action, By};
use super::imports::require_open;
use super::open_rows::{PIECES, execute_pieces};
use super::open_tables::OpenTables;
use super::rounds::Asked;
use super::seals::seal_on;
use super::{Result, Store};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};

/// What the database keeps of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeHash(pub(crate) [u8; 32]);

/// Codes to be kept that open the same questionnaire for the same group and units.
#[derive(Debug, Clone)]
pub struct NewCodes {
    /// Their hashes.
    pub hashes: Vec<CodeHash>,
    /// Rows of the units that they may rate.
    pub scope: Vec<i32>,
}

/// What a code opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedCode {
    /// Row of the questionnaire.
    pub questionnaire: i32,
    /// Respondent group; empty for citizens.
    pub group: String,
    /// Rows of the units, in the order in which they are shown.
    pub scope: Vec<i32>,
}

/// How many codes there are of a questionnaire and group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeCount {
    /// Row of the questionnaire.
    pub questionnaire: i32,
    /// Respondent group.
    pub group: String,
    /// Codes that were issued.
    pub issued: i64,
    /// Codes that were used, as far as that was mixed.
    pub used: i64,
}

/// Between the units of a stored scope.
const SEPARATOR: &str = " ";

impl Store {
    /// The fingerprint of a round's secret; none before its first code.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn key_fingerprint(&self, round: i32) -> Result<Option<String>> {
        let row = self.db.query_one_raw(self.statement("SELECT fingerprint FROM round_key WHERE round_id = $1", [round.into()])).await?;
        Ok(row.map(|row| row.try_get_by_index(0)).transpose()?)
    }

    /// Keeps codes, all or none, in the order of their hashes: the order in which they were made is nowhere.
    ///
    /// # Errors
    /// When the round is not open, its codes were made under another secret, or a code is there already.
    pub async fn issue_codes(
        &self,
        round: &Round,
        (asked, group): (&Asked, &str),
        fingerprint: &str,
        codes: &[NewCodes],
        by: &By,
    ) -> Result<()> {
        let transaction = self.write().await?;
        require_open(&transaction, asked).await?;
        if seal_on(&transaction, round.id).await?.is_none() {
            return Err(Refusal::NoSeal { round: round.code.clone() }.into());
        }
        let sql = "INSERT INTO round_key (round_id, fingerprint) VALUES ($1, $2) ON CONFLICT (round_id) DO NOTHING";
        transaction.execute_raw(self.statement(sql, [round.id.into(), fingerprint.into()])).await?;
        let known =
            transaction.query_one_raw(self.statement("SELECT fingerprint FROM round_key WHERE round_id = $1", [round.id.into()])).await?;
        if known.map(|row| row.try_get_by_index::<String>(0)).transpose()?.as_deref() != Some(fingerprint) {
            return Err(Refusal::OtherSecret { round: round.code.clone() }.into());
        }
        let table = OpenTables::of(round.id).code;
        let sql = format!(
            "{PIECES} INSERT INTO {table} (hash, questionnaire_id, respondent_group, scope) \
             SELECT substr($1, at, $2), CAST($4 AS integer), CAST($5 AS text), CAST($6 AS text) FROM piece"
        );
        for NewCodes { hashes, scope } in codes {
            let mut hashes: Vec<[u8; 32]> = hashes.iter().map(|hash| hash.0).collect();
            hashes.sort_unstable();
            let scope: Vec<String> = scope.iter().map(i32::to_string).collect();
            let shared = [asked.id.into(), group.into(), scope.join(SEPARATOR).into()];
            execute_pieces(&transaction, sql.clone(), hashes.concat(), 32, shared).await?;
        }
        let count: usize = codes.iter().map(|codes| codes.hashes.len()).sum();
        let detail = json!({ "questionnaire": asked.code, "group": group, "count": count });
        self.record(&transaction, by, Action::IssueCodes, Some(round.id), &detail).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await
    }

    /// What a code opens; none where it was not issued in the round. One indexed read.
    ///
    /// # Errors
    /// When the database does not answer, or the round was closed a moment ago.
    pub async fn code(&self, round: i32, hash: CodeHash) -> Result<Option<IssuedCode>> {
        let sql = format!("SELECT questionnaire_id, respondent_group, scope FROM {} WHERE hash = $1", OpenTables::of(round).code);
        let Some(row) = self.db.query_one_raw(self.statement(sql, [hash.0.to_vec().into()])).await? else { return Ok(None) };
        issued_of(&row).map(Some)
    }

    /// Codes of a round by questionnaire and group: from the codes themselves while it is open, afterwards from what closing wrote down.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn code_counts(&self, round: &Round) -> Result<Vec<CodeCount>> {
        // Without a seal it asks nothing, or is of the version before, which kept codes in another way.
        if round.state < RoundState::Closed && self.seal(round.id).await?.is_none() {
            return Ok(Vec::new());
        }
        let sql = if round.state < RoundState::Closed {
            format!("{} ORDER BY 1, 2", counted(&OpenTables::of(round.id)))
        } else {
            "SELECT questionnaire_id, respondent_group, CAST(issued AS bigint), CAST(used AS bigint) FROM code_count \
             WHERE questionnaire_id IN (SELECT id FROM round_questionnaire WHERE round_id = $1) ORDER BY 1, 2"
                .to_owned()
        };
        let values = if round.state < RoundState::Closed { Vec::new() } else { vec![round.id.into()] };
        let rows = self.db.query_all_raw(self.statement(sql, values)).await?;
        let count = |row: &QueryResult| {
            Ok(CodeCount {
                questionnaire: row.try_get_by_index(0)?,
                group: row.try_get_by_index(1)?,
                issued: row.try_get_by_index(2)?,
                used: row.try_get_by_index(3)?,
            })
        };
        rows.iter().map(count).collect()
    }

    /// How many codes of a questionnaire and group may rate each unit, by row.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn codes_by_unit(&self, round: i32, questionnaire: i32, group: &str) -> Result<BTreeMap<i32, u64>> {
        let table = OpenTables::of(round).code;
        let sql = format!("SELECT scope, count(*) FROM {table} WHERE questionnaire_id = $1 AND respondent_group = $2 GROUP BY 1");
        let mut units = BTreeMap::new();
        for row in self.db.query_all_raw(self.statement(sql, [questionnaire.into(), group.into()])).await? {
            let (scope, codes): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            for unit in scope.split(SEPARATOR).filter_map(|unit| unit.parse::<i32>().ok()) {
                *units.entry(unit).or_default() += u64::try_from(codes).unwrap_or_default();
            }
        }
        Ok(units)
    }
}

/// What a code opens, from its questionnaire, group and scope.
pub(super) fn issued_of(row: &QueryResult) -> Result<IssuedCode> {
    let scope: String = row.try_get_by_index(2)?;
    Ok(IssuedCode {
        questionnaire: row.try_get_by_index(0)?,
        group: row.try_get_by_index(1)?,
        scope: scope.split(SEPARATOR).filter_map(|unit| unit.parse().ok()).collect(),
    })
}

/// Codes that were issued and used, by questionnaire and group.
fn counted(tables: &OpenTables) -> String {
    format!(
        "SELECT c.questionnaire_id, c.respondent_group, count(*), CAST(coalesce(max(u.used), 0) AS bigint) FROM {} c LEFT JOIN {} u \
         ON u.questionnaire_id = c.questionnaire_id AND u.respondent_group = c.respondent_group GROUP BY 1, 2",
        tables.code, tables.used
    )
}

/// Writes down how many codes a closing round had and how many were used; the codes themselves go with the round's open tables.
pub(super) async fn count_for_good(on: &impl ConnectionTrait, tables: &OpenTables) -> Result<()> {
    let sql = format!("INSERT INTO code_count (questionnaire_id, respondent_group, issued, used) {}", counted(tables));
    let backend: DbBackend = on.get_database_backend();
    on.execute_raw(Statement::from_string(backend, sql)).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Opening a form must cost the same however many codes there are: one statement, which goes to the row by its key.
    #[tokio::test]
    async fn a_code_is_looked_up_by_one_search_of_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("main.db");
        let mut store = Store::create(&format!("sqlite://{}", file.display())).await.unwrap();
        OpenTables::of(1).create(&store.db).await.unwrap();
        let hash = CodeHash([7; 32]);
        let insert = "INSERT INTO code_1 (hash, questionnaire_id, respondent_group, scope) VALUES ($1, 5, 'deputies', '3 1 2')";
        store.db.execute_raw(store.statement(insert, [hash.0.to_vec().into()])).await.unwrap();
        let run = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&run);
        store.db.set_metric_callback(move |info| kept.lock().unwrap().push(info.statement.sql.clone()));

        let expected = IssuedCode { questionnaire: 5, group: "deputies".to_owned(), scope: vec![3, 1, 2] };
        assert_eq!(store.code(1, hash).await.unwrap(), Some(expected));
        let run = run.lock().unwrap().clone();
        assert_eq!(run.len(), 1, "{run:?}");
        let raw = rusqlite::Connection::open(&file).unwrap();
        let mut plan = raw.prepare(&format!("EXPLAIN QUERY PLAN {}", run[0])).unwrap();
        let steps: Vec<String> = plan.query_map([hash.0.to_vec()], |row| row.get(3)).unwrap().map(|row| row.unwrap()).collect();
        assert_eq!(steps, ["SEARCH code_1 USING PRIMARY KEY (hash=?)"]);
    }
}
