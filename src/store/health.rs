//! What a running instance says of itself: whether it could keep a sheet now, and what is wrong though it can.

use std::time::Duration;

/// Whether sheets can be kept, and what somebody should look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// Why a sheet that came now could not be kept; none where it could.
    pub cannot_keep: Option<String>,
    /// What is wrong although sheets are kept, a line each.
    pub degraded: Vec<String>,
}

/// Counts for monitoring, since the start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Sheets that were mixed: they move only in batches, so that no reading says when one came.
    pub mixed: u64,
    /// Mixings that failed; each is tried again.
    pub failed: u64,
    /// How long ago the mixer last got through; none where it never has.
    pub since_good: Option<Duration>,
    /// Rows of the letterbox that cannot be read and were set aside.
    pub set_aside: u64,
}

/// Why a sheet was not acknowledged. To send the same one again is safe in either case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotKept {
    /// It was withdrawn before it could reach a disk.
    #[error("the sheet was not kept; the log has the cause")]
    Surely,
    /// It may be on the disk and count: nobody knows whether its commit got through.
    #[error("the sheet may have been kept or not; the log has the cause")]
    Perhaps,
}
