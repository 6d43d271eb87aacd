//! The end of a key: what this command was given is destroyed, and the rest is named.

use std::path::Path;

use super::super::super::seal::{GivenKey, Source};
use crate::office::closing::Unneeded;
use crate::printed::shown;
use crate::round::Round;

/// Destroys a key that nothing needs any more, and says what else has to be burnt.
pub(super) fn burn(round: &Round, given: &GivenKey, _: Unneeded) -> String {
    let destroyed = match &given.source {
        Source::File(file) => match given.destroy() {
            Ok(()) => format!("the private key in {} is destroyed", shown(file)),
            Err(cause) => format!("the private key in {0} could not be destroyed ({cause}): destroy {0} yourself", shown(file)),
        },
        Source::Input => "the private key came by standard input, so that what it came from is still there: destroy it".to_owned(),
        Source::Terminal => "the shares that were typed are kept nowhere here".to_owned(),
    };
    burnt(round, &destroyed)
}

/// What is said where a command before this one was cut off in the midst of destroying a key.
pub(super) fn swept(round: &Round, file: &Path) -> String {
    burnt(round, &format!("what was left of the private key in {} is removed", shown(file)))
}

fn burnt(round: &Round, destroyed: &str) -> String {
    format!(
        "{destroyed}\n\
         nothing opens what was sealed any more, if no copy is left: burn every copy of the key file, every share and every page\n\
         then say so: `par-survey seal burnt {} --as NAME`; until then results say that copies may be left",
        round.code
    )
}
