//! The connections of a store by what they are for. Who wants to write may have to wait until somebody else has written, also in another
//! process, and keeps its connection for so long, even where nobody waits for it any more. Who reads waits for nobody, and so has
//! connections of its own.

use std::ops::{Deref, DerefMut};

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult, Statement};

use super::watched::{Transaction, Watched};

/// Those that read, and those that write. Each query goes to the right ones; what a transaction reads it reads itself.
#[derive(Debug, Clone)]
pub(super) struct Connections {
    reading: Watched<DatabaseConnection>,
    writing: Watched<DatabaseConnection>,
}

impl Connections {
    pub(super) fn new(reading: Watched<DatabaseConnection>, writing: Watched<DatabaseConnection>) -> Self {
        Self { reading, writing }
    }

    /// Begins a transaction that writes.
    pub(super) async fn begin_to_write(&self) -> Result<Transaction, DbErr> {
        self.writing.begin_to_write().await
    }

    /// Takes note of an error that was met while reading.
    pub(super) fn doubted(&self, error: DbErr) -> DbErr {
        self.reading.doubted(error)
    }
}

/// Whatever is asked by another way than [`ConnectionTrait`], such as the schema's steps, goes over those that read: on SQLite they cannot
/// write, and the schema's steps have connections of their own there.
impl Deref for Connections {
    type Target = DatabaseConnection;

    fn deref(&self) -> &Self::Target {
        &self.reading
    }
}

impl DerefMut for Connections {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.reading
    }
}

#[async_trait]
impl ConnectionTrait for Connections {
    fn get_database_backend(&self) -> DbBackend {
        self.reading.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.writing.execute_raw(statement).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.writing.execute_unprepared(sql).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.reading.query_one_raw(statement).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.reading.query_all_raw(statement).await
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ConnectionTrait;

    use crate::store::Store;

    /// Who reads by mistake what writes is told so at once, and does not wait.
    #[tokio::test]
    async fn what_only_reads_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&format!("sqlite://{}", folder.path().join("main.db").display())).await.unwrap();
        store.db.execute_unprepared("CREATE TABLE kept (number)").await.unwrap();
        let write = || store.statement("INSERT INTO kept VALUES (1) RETURNING number", []);
        let said = [
            store.db.query_one_raw(write()).await.unwrap_err(),
            store.db.query_all_raw(write()).await.unwrap_err(),
            store.witness.query_one_raw(write()).await.unwrap_err(),
        ];
        assert!(said.iter().all(|said| said.to_string().contains("readonly")), "{said:?}");
        store.db.execute_raw(store.statement("INSERT INTO kept VALUES (1)", [])).await.unwrap();
        let row = store.db.query_one_raw(store.statement("SELECT count(*) FROM kept", [])).await.unwrap().unwrap();
        assert_eq!(row.try_get_by_index::<i64>(0).unwrap(), 1);
    }
}
