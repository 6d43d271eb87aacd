//! What was published, for whoever reads it: each publication read once.

use std::sync::Arc;
use std::time::Duration;

use quick_cache::sync::Cache;

use super::document::Document;
use crate::store::snapshots::Snapshot;
use crate::store::{Result, Store, StoreError};

/// How long whoever asks for a publication waits for the database: somewhat less than the six seconds in which every request is answered.
const READING: Duration = Duration::from_secs(5);

/// Published rounds kept read: those of some years.
const DOCUMENTS: usize = 16;

/// What was published.
#[derive(Debug)]
pub struct Shelf {
    store: Store,
    documents: Cache<(i32, i64), Arc<Document>>,
    /// The same by their hashes.
    by_hash: Cache<String, Arc<Document>>,
}

/// Why a publication is not read.
#[derive(Debug, thiserror::Error)]
pub enum NotRead {
    /// It is damaged, or written by a newer version; the others can be read.
    #[error("{0}")]
    Unreadable(String),
    /// The database does not answer.
    #[error("{0}")]
    Away(StoreError),
    /// The database does not answer in time.
    #[error("the database does not answer in time")]
    Late,
}

impl Shelf {
    /// What was published in a database.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store, documents: Cache::new(DOCUMENTS), by_hash: Cache::new(DOCUMENTS) }
    }

    /// What was published of a round, read once for each revision of the database: a correction is a new publication. None before there is
    /// one.
    ///
    /// # Errors
    /// When it cannot be read, or not in time.
    pub async fn document(&self, round: i32, revision: i64) -> std::result::Result<Option<Arc<Document>>, NotRead> {
        let key = (round, revision);
        if let Some(known) = self.documents.get(&key) {
            return Ok(Some(known));
        }
        let Some(snapshot) = in_time(self.store.snapshot(round)).await? else { return Ok(None) };
        let document = self.read(snapshot).await?;
        self.documents.insert(key, Arc::clone(&document));
        Ok(Some(document))
    }

    /// A publication by its hash, read once for good: no hash ever names another. None where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or not in time.
    pub async fn frozen(&self, sha256: &str) -> std::result::Result<Option<Arc<Document>>, NotRead> {
        if let Some(known) = self.by_hash.get(sha256) {
            return Ok(Some(known));
        }
        let Some(snapshot) = self.snapshot(sha256).await? else { return Ok(None) };
        Ok(Some(self.read(snapshot).await?))
    }

    /// A publication whose hash is not known yet, or as it was read before.
    async fn read(&self, snapshot: Snapshot) -> std::result::Result<Arc<Document>, NotRead> {
        if let Some(known) = self.by_hash.get(&snapshot.sha256) {
            return Ok(known);
        }
        let sha256 = snapshot.sha256.clone();
        let read = tokio::task::spawn_blocking(move || Document::frozen(snapshot)).await;
        let read = read.unwrap_or_else(|_| Err(StoreError::trouble("reading a publication broke off; the log has the cause")));
        let document = Arc::new(read?);
        self.by_hash.insert(sha256, Arc::clone(&document));
        Ok(document)
    }

    /// A publication by its hash, whether it was corrected since or not.
    ///
    /// # Errors
    /// When the database does not answer in time.
    pub async fn snapshot(&self, sha256: &str) -> std::result::Result<Option<Snapshot>, NotRead> {
        in_time(self.store.snapshot_of(sha256)).await
    }
}

impl From<StoreError> for NotRead {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Trouble(reason) => Self::Unreadable(reason),
            error => Self::Away(error),
        }
    }
}

/// What is read from the database, where it answers in time.
async fn in_time<T>(reading: impl Future<Output = Result<T>>) -> std::result::Result<T, NotRead> {
    Ok(tokio::time::timeout(READING, reading).await.map_err(|_| NotRead::Late)??)
}
