//! A sheet on its way: sealed with its key, bound for a cell, without time, address or agent.

use std::fmt;

use rand::Rng;
use sha2::{Digest, Sha256};

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
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

/// Random bytes from the thread's cryptographic generator.
#[expect(clippy::disallowed_methods, reason = "the one place that may ask")]
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// Where sheets are mixed together: one questionnaire of a round, one respondent group, one scope (for citizens: a unit).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// Row of the round's questionnaire.
    pub questionnaire: i32,
    /// Row of the unit.
    pub unit: i32,
    /// Respondent group; empty where the questionnaire has none.
    pub group: String,
}

/// One accepted sheet.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSheet {
    /// Its key.
    pub key: SheetKey,
    /// Its cell.
    pub cell: Cell,
    /// How it was filled in.
    pub mode: Mode,
    /// Its answers, packed by the codebook.
    pub answers: Vec<u8>,
    /// What was written: item code and words.
    pub remarks: Vec<(String, String)>,
}

impl fmt::Debug for SealedSheet {
    /// Never shows key, answers or words.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SealedSheet").field("cell", &self.cell).finish_non_exhaustive()
    }
}
