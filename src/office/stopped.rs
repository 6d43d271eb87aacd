//! Why something is not done on this floor.

use std::io;

use crate::fault::Faults;
use crate::import::responses::ImportError;
use crate::refusal::Refusal;
use crate::store::StoreError;

/// Why something is not done. Nothing is changed then; but a file of evidence may have been kept, to which no sheet leads.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// It is not allowed, or not possible as things stand.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A file has faults.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The database or a file beside it could not be used.
    #[error(transparent)]
    Store(StoreError),
    /// Another file could not be used.
    #[error(transparent)]
    File(#[from] io::Error),
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => Self::Refused(refusal),
            error => Self::Store(error),
        }
    }
}

impl From<ImportError> for Stopped {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Faults(faults) => Self::Faults(faults),
            ImportError::Store(error) => error.into(),
            ImportError::File(error) => Self::File(error),
            ImportError::Refused(refusal) => Self::Refused(refusal),
        }
    }
}
