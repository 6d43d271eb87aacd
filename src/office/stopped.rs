//! Why something is not done on this floor.

use std::error::Error;
use std::io;
use std::path::PathBuf;

use crate::export::ExportError;
use crate::fault::Faults;
use crate::fault::database::DatabaseFault;
use crate::import::responses::ImportError;
use crate::printed::shown;
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
    /// The database or a file could not be used when something was done with a letterbox.
    #[error("{}: {cause}", shown(file))]
    Letterbox {
        /// The letterbox.
        file: PathBuf,
        /// What went wrong.
        cause: Box<StoreError>,
    },
    /// Another file could not be used.
    #[error(transparent)]
    File(#[from] io::Error),
    /// The folder of keys could not be used.
    #[error(transparent)]
    Keys(io::Error),
    /// What goes out could not be written.
    #[error("the export could not be written: {0}")]
    Written(io::Error),
}

impl Stopped {
    /// Whether it is sure that a change that was stopped so was not made. Of a connection that broke off in a commit nobody knows.
    #[must_use]
    pub fn changed_nothing(&self) -> bool {
        match self {
            Self::Refused(refusal) => !refusal.may_be_done(),
            Self::Faults(_) => true,
            Self::Store(error) => error.changed_nothing(),
            Self::Letterbox { .. } | Self::File(_) | Self::Keys(_) | Self::Written(_) => false,
        }
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => Self::Refused(refusal),
            error => Self::Store(error),
        }
    }
}

impl From<ExportError> for Stopped {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Store(error) => error.into(),
            ExportError::Write(error) => Self::Written(error),
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

/// The refusal that an error is, whichever floor says so; none where it is something else.
#[must_use]
pub fn refusal<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e Refusal> {
    match (error.downcast_ref(), of_store(error)) {
        (Some(Stopped::Refused(refusal)), _) | (_, Some(StoreError::Refused(refusal))) => Some(refusal),
        _ => error.downcast_ref(),
    }
}

/// What a database says went wrong, where that is what an error is.
#[must_use]
pub fn database_fault<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e DatabaseFault> {
    if let Some(StoreError::Database(fault)) = of_store(error) { Some(fault) } else { None }
}

fn of_store<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e StoreError> {
    match (error.downcast_ref(), error.downcast_ref()) {
        (Some(Stopped::Store(error)), _) | (_, Some(ExportError::Store(error))) => Some(error),
        _ => error.downcast_ref(),
    }
}
