//! What a server counts from its start.
//!
//! Nothing has a label: a count by round, questionnaire or unit would be a live result. None moves when a sheet is received: somebody who
//! reads them every second would know when.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// What is counted since the start.
#[derive(Debug, Default)]
pub struct Counters {
    /// Blank forms given out, by each worker.
    pub forms: Mutex<Vec<Arc<AtomicU64>>>,
    /// Sheets that had been received before.
    pub again: AtomicU64,
    /// Posts refused as impossible, too large, from elsewhere or too many.
    pub refused: AtomicU64,
    /// Sheets that came after closing.
    pub late: AtomicU64,
    /// Sheets that were not acknowledged; their senders were told so.
    pub not_kept: AtomicU64,
}

/// Adds one.
pub(super) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Ordering::Relaxed);
}
