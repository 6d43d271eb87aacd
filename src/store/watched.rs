//! A connection, a pool of them or a transaction, on which every query is watched: after one that says the disk fails, or what is on it is
//! damaged, no connection that was there before is used again. What it has in memory, and what it believes of the file, may be wrong.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use async_trait::async_trait;
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement};

use super::fault::{Fault, FaultKind};
use super::soundness::Soundness;

/// Something that runs queries, watched.
#[derive(Debug, Clone)]
pub(super) struct Watched<C> {
    inner: C,
    soundness: Arc<Soundness>,
}

/// A transaction, watched.
pub(super) type Transaction = Watched<DatabaseTransaction>;

impl<C> Watched<C> {
    pub(super) fn new(inner: C, soundness: &Arc<Soundness>) -> Self {
        Self { inner, soundness: Arc::clone(soundness) }
    }

    /// What is watched, from now on unwatched.
    pub(super) fn into_inner(self) -> C {
        self.inner
    }

    fn seen<T>(&self, outcome: Result<T, DbErr>) -> Result<T, DbErr> {
        outcome.map_err(|error| self.doubted(error))
    }

    /// Takes note of an error, whoever met it.
    pub(super) fn doubted(&self, error: DbErr) -> DbErr {
        // The error goes on as it is: whoever asked may look for what the library says.
        if is_of_the_disk(&error) {
            self.soundness.doubt();
        }
        error
    }
}

fn is_of_the_disk(error: &DbErr) -> bool {
    let (DbErr::Conn(RuntimeErr::SqlxError(cause))
    | DbErr::Exec(RuntimeErr::SqlxError(cause))
    | DbErr::Query(RuntimeErr::SqlxError(cause))) = error
    else {
        return false;
    };
    matches!(Fault::from(&**cause).kind, FaultKind::InputOutput | FaultKind::Full | FaultKind::Damaged)
}

impl Watched<DatabaseConnection> {
    /// Begins a transaction that writes.
    pub(super) async fn begin_to_write(&self) -> Result<Transaction, DbErr> {
        use sea_orm::TransactionTrait;
        let transaction = self.seen(self.inner.begin_with_options(super::IMMEDIATE).await)?;
        Ok(Watched::new(transaction, &self.soundness))
    }
}

impl<C> Deref for Watched<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.inner
    }
}

impl<C> DerefMut for Watched<C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.inner
    }
}

#[async_trait]
impl<C: ConnectionTrait> ConnectionTrait for Watched<C> {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.seen(self.inner.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.seen(self.inner.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.seen(self.inner.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.seen(self.inner.query_all_raw(statement).await)
    }
}
