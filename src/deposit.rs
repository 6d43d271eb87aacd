//! What is handed in: a sheet on its way, with its key, bound for a cell, without time, address or agent; what becomes of it; and whether
//! sheets can be kept now.

use std::fmt;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::random::random_bytes;
use crate::survey::mode::Mode;

/// 128 random bits that make every retry of one sheet the same sheet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetKey([u8; 16]);

impl fmt::Debug for SheetKey {
    /// Never shows the key: it could link a log to a stored sheet.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SheetKey(..)")
    }
}

impl SheetKey {
    /// A fresh key.
    #[must_use]
    pub fn random() -> Self {
        Self(random_bytes())
    }

    /// The key of some bytes: random ones that a form brought back, or a keyed hash of a code.
    #[must_use]
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bits.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// What the main database keeps of a key while the round is open.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

/// Where sheets are mixed together: one questionnaire of a round, one respondent group, one scope (for citizens: a unit).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MixingCell {
    /// Row of the round's questionnaire.
    pub questionnaire: i32,
    /// Row of the unit.
    pub unit: i32,
    /// Respondent group; empty where the questionnaire has none.
    pub group: String,
}

/// One accepted sheet.
#[derive(Clone, PartialEq, Eq)]
pub struct AcceptedSheet {
    /// Its key.
    pub key: SheetKey,
    /// Its cell.
    pub cell: MixingCell,
    /// How it was filled in.
    pub mode: Mode,
    /// Its answers, packed by the codebook.
    pub answers: Vec<u8>,
    /// What was written: item code and words.
    pub remarks: Vec<(String, String)>,
}

/// That a code was used. It alone decides whether a code was received before; it names no unit and holds no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participation {
    /// Its key, made from the code's hash.
    pub key: SheetKey,
    /// Row of the round's questionnaire.
    pub questionnaire: i32,
    /// Respondent group; empty for citizens.
    pub group: String,
}

impl fmt::Debug for AcceptedSheet {
    /// Never shows key, answers or words.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Sheet").field("cell", &self.cell).finish_non_exhaustive()
    }
}

/// What became of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deposited {
    /// It is on the disk and will be counted.
    Received,
    /// This key was received before; nothing has changed.
    AlreadyReceived,
    /// Its round is not open any more.
    Closed,
}

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
pub struct DepositCounts {
    /// Sheets that were mixed in batches, so that no reading says when one came: none of what is left at closing, and none of a round with
    /// a floor that a batch may stay under.
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
