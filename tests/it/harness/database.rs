//! A database of its own for every test.

use std::path::{Path, PathBuf};

use par_survey::store::Store;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use tempfile::TempDir;

/// Which main database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Backend {
    Sqlite,
    Postgres,
}

/// A fresh, empty database and a folder for files beside it.
#[derive(Debug)]
pub(crate) struct TestDatabase {
    pub(crate) backend: Backend,
    pub(crate) url: String,
    folder: TempDir,
    name: String,
    /// The server on which it is, where it is on one.
    server: String,
}

/// Where the tests' PostgreSQL is; `tests/run` starts one and says so.
fn postgres() -> String {
    std::env::var("PAR_SURVEY_TEST_POSTGRES").expect("PAR_SURVEY_TEST_POSTGRES is not set; run the tests by `tests/run`")
}

impl TestDatabase {
    pub(crate) async fn fresh(backend: Backend) -> Self {
        Self::fresh_in(&std::env::temp_dir(), backend).await
    }

    /// The same, with its files below a folder.
    pub(crate) async fn fresh_in(folder: &Path, backend: Backend) -> Self {
        if backend == Backend::Postgres {
            let mut database = Self::on(&postgres()).await;
            database.folder = tempfile::tempdir_in(folder).unwrap();
            return database;
        }
        Self::within(folder)
    }

    /// In SQLite, with all files below a folder.
    pub(crate) fn within(folder: &Path) -> Self {
        Self::in_folder(tempfile::tempdir_in(folder).unwrap())
    }

    /// In SQLite, with all files in a folder.
    pub(crate) fn in_folder(folder: TempDir) -> Self {
        let url = format!("sqlite://{}", folder.path().join("main.db").display());
        Self { backend: Backend::Sqlite, url, folder, name: String::new(), server: String::new() }
    }

    /// On a PostgreSQL server of the test's choice.
    pub(crate) async fn on(server: &str) -> Self {
        let name = format!("t{:016x}", rand::random::<u64>());
        let admin = connect(server).await;
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
        let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        Self { backend: Backend::Postgres, url, folder: tempfile::tempdir().unwrap(), name, server: server.to_owned() }
    }

    /// Has the server end every connection to it and take none, or take them again.
    pub(crate) fn let_in(&self, anybody: bool) {
        let name = &self.name;
        let sql = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {anybody}");
        let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        let done = std::process::Command::new("psql").args([&self.server, "-qc", &sql, "-c", &end]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// A store with the newest schema.
    pub(crate) async fn store(&self) -> Store {
        let store = Store::create(&self.url).await.unwrap();
        store.migrate_up().await.unwrap();
        store
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The letterbox file of an instance.
    pub(crate) fn letterbox(&self, instance: u8) -> PathBuf {
        self.folder().join(format!("letterbox-{instance}.db"))
    }

    /// The folder of keys of all instances.
    pub(crate) fn keys(&self) -> par_survey::keys::Keys {
        par_survey::keys::Keys::new(self.folder().join("keys"))
    }

    /// A connection past the store, to look at what it did.
    pub(crate) async fn raw(&self) -> DatabaseConnection {
        connect(&self.url).await
    }

    /// All rows of a query, each column as text.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<Vec<String>> {
        let db = self.raw().await;
        let backend = if self.backend == Backend::Sqlite { DbBackend::Sqlite } else { DbBackend::Postgres };
        let rows = db.query_all_raw(Statement::from_string(backend, sql)).await.unwrap();
        let text = |row: &sea_orm::QueryResult, place: usize| {
            row.try_get_by_index::<Option<String>>(place)
                .map(Option::unwrap_or_default)
                .or_else(|_| row.try_get_by_index::<i64>(place).map(|number| number.to_string()))
                .or_else(|_| row.try_get_by_index::<i32>(place).map(|number| number.to_string()))
                .or_else(|_| row.try_get_by_index::<bool>(place).map(|flag| flag.to_string()))
                .or_else(|_| row.try_get_by_index::<Option<Vec<u8>>>(place).map(|bytes| hex::encode(bytes.unwrap_or_default())))
                .unwrap()
        };
        rows.iter().map(|row| (0..row.column_names().len()).map(|place| text(row, place)).collect()).collect()
    }

    /// Tables by name.
    pub(crate) async fn tables(&self) -> Vec<String> {
        let mut tables: Vec<_> = self.columns().await.into_iter().map(|(table, _)| table).collect();
        tables.dedup();
        tables
    }

    /// Tables with their columns, by name.
    pub(crate) async fn columns(&self) -> Vec<(String, String)> {
        let sql = match self.backend {
            Backend::Sqlite => {
                "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' ORDER BY 1, 2"
            }
            Backend::Postgres => {
                "SELECT table_name::text, column_name::text FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
            }
        };
        self.rows(sql).await.into_iter().map(|mut row| (row.remove(0), row.remove(0))).collect()
    }

    /// Every cell of every table as text; bytes in hexadecimal.
    pub(crate) async fn everything(&self) -> String {
        let mut text = String::new();
        for table in self.tables().await {
            for row in self.rows(&format!("SELECT * FROM {table}")).await {
                text.push_str(&row.join("\n"));
            }
        }
        text
    }

    /// One number.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        self.rows(sql).await[0][0].parse().unwrap()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if self.backend == Backend::Postgres {
            // Best effort, and past any runtime that is ending: the cluster goes with `tests/run`.
            let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
            let _ = std::process::Command::new("psql").args([&self.server, "-qc", &sql]).output();
        }
    }
}

/// Connects without anything that looks for connections that nobody uses: beside somebody who gives one back it can count them as below none, and
/// then looks for ever (sqlx 0.9.0, issue 3645). A test was seen to be done and never to end.
async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.idle_timeout(None).max_lifetime(None);
    Database::connect(options).await.unwrap()
}
