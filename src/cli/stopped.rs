//! What stopped a command, with the file that it was about.

use std::path::Path;

use crate::office::Stopped;
use crate::printed::shown;

/// Faults of a file, and what the system says of it, come with its name; a refusal and the database speak for themselves.
pub(crate) fn at(file: &Path) -> impl Fn(Stopped) -> anyhow::Error + Copy {
    move |stopped| match stopped {
        Stopped::Faults(_) | Stopped::File(_) => anyhow::Error::from(stopped).context(shown(file)),
        stopped => stopped.into(),
    }
}
