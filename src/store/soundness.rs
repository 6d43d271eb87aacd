//! Whether what the connections to the main database say was committed can be relied on.
//!
//! Two things were seen to lose what had been "committed". A COMMIT that fails rolls back by itself; the driver's own ROLLBACK then fails
//! too, it goes on counting an open transaction, and every later commit on that connection is a RELEASE of a savepoint that reaches no
//! disk. And a sync that fails once leaves a hole in the file's log: the system forgets the pages, and later syncs succeed without them.
//!
//! So a connection in which a transaction did not end is closed, as is every connection that was made before such a failure; and after one,
//! as after every start, nothing counts as kept until the whole log has been written into the file and synced without an error.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sea_orm::sqlx::pool::{PoolConnectionMetadata, PoolOptions};
use sea_orm::sqlx::{Connection, Database};

/// What is known of the connections of one store.
#[derive(Debug)]
pub(super) struct Soundness {
    /// Failures so far. The start counts as the first one: nobody knows how the process before ended.
    failures: AtomicU64,
    /// Failures after which a full checkpoint succeeded.
    settled: AtomicU64,
    last: Mutex<Option<Instant>>,
}

impl Default for Soundness {
    fn default() -> Self {
        Self { failures: AtomicU64::new(1), settled: AtomicU64::new(0), last: Mutex::new(None) }
    }
}

impl Soundness {
    /// Something failed: connections that are there now are not used again, and nothing counts as kept.
    pub(super) fn doubt(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        self.failures.fetch_add(1, Ordering::SeqCst);
    }

    /// The failures that have to be settled before anything counts as kept; none where all are.
    pub(super) fn doubts(&self) -> Option<u64> {
        let failures = self.failures.load(Ordering::SeqCst);
        (self.settled.load(Ordering::SeqCst) < failures).then_some(failures)
    }

    /// A full checkpoint succeeded that began after so many failures.
    pub(super) fn settle(&self, failures: u64) {
        self.settled.fetch_max(failures, Ordering::SeqCst);
    }

    /// Whether a connection of some age was made after the last failure.
    fn is_younger(&self, age: Duration) -> bool {
        let last = *self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_none_or(|failure| failure.elapsed() > age)
    }
}

/// Has a pool close the connections that cannot be relied on.
pub(super) fn watched<DB: Database>(pool: PoolOptions<DB>, soundness: &Arc<Soundness>) -> PoolOptions<DB>
where
    DB::Connection: Connection,
{
    let (at_release, at_acquire) = (Arc::clone(soundness), Arc::clone(soundness));
    pool.after_release(move |connection, meta: PoolConnectionMetadata| {
        let soundness = Arc::clone(&at_release);
        Box::pin(async move {
            if connection.is_in_transaction() {
                // The rollback of a transaction that was dropped may still be on its way.
                connection.ping().await?;
            }
            if connection.is_in_transaction() {
                soundness.doubt();
            }
            Ok(soundness.is_younger(meta.age) && !connection.is_in_transaction())
        })
    })
    .before_acquire(move |_, meta: PoolConnectionMetadata| {
        let younger = at_acquire.is_younger(meta.age);
        Box::pin(async move { Ok(younger) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_and_every_failure_have_to_be_settled_and_close_what_is_older() {
        let soundness = Soundness::default();
        let at_the_start = soundness.doubts().unwrap();
        assert!(soundness.is_younger(Duration::from_secs(5)), "a start closes nothing");
        soundness.settle(at_the_start);
        assert_eq!(soundness.doubts(), None);

        let before = soundness.doubts().unwrap_or(at_the_start);
        soundness.doubt();
        soundness.settle(before);
        assert!(soundness.doubts().is_some(), "a checkpoint that began before the failure settles nothing");
        assert!(!soundness.is_younger(Duration::from_secs(5)));
        assert!(soundness.is_younger(Duration::ZERO));
    }
}
