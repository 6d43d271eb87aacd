//! What is said of a failure: its causes, and what helps against a refusal, as a command or an option.

mod letterboxes;
mod refusals;

use refusals::help;

use super::options::DATABASE;
use super::variables::given_as;
use crate::fault::database::{DatabaseFault, Engine, FaultKind};
use crate::fault::{Fault, Faults, Wrong};
use crate::office::{self, Stopped};
use crate::printed::{visible, visible_lines};
use crate::refusal::Refusal;
use crate::words::Words;

/// A failure with its causes, and what helps, without signs that a terminal would obey.
#[must_use]
pub fn said(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(|cause| faults(cause).map_or_else(|| cause.to_string(), said_of_faults)).collect();
    let said = causes.join(": ");
    let is_elsewhere = error.chain().find_map(office::database_fault).is_some_and(may_be_elsewhere);
    let address = if is_elsewhere { format!(" ({})", given_as("--database", DATABASE)) } else { String::new() };
    let said = match error.chain().find_map(office::refusal).and_then(help) {
        Some(help) => format!("{said}; {help}"),
        None => said + &address,
    };
    visible_lines(&said).into_owned()
}

fn faults<'e>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e Faults> {
    match cause.downcast_ref() {
        Some(Stopped::Faults(faults)) => Some(faults),
        _ => cause.downcast_ref(),
    }
}

/// Faults of a file, each with what helps.
fn said_of_faults(faults: &Faults) -> String {
    let said = |fault: &Fault| help_at(&fault.what).map_or_else(|| fault.to_string(), |help| format!("{fault}; {help}"));
    Words::of("en").faults(faults, said)
}

/// What helps against a fault, where its sentence does not say it.
fn help_at(what: &Wrong) -> Option<&'static str> {
    match what {
        Wrong::NoUnit { .. } => Some("`par-survey units list` shows those there are"),
        Wrong::NoItemOfColumn { .. } => Some("`par-survey export ROUND codebook` lists them"),
        Wrong::UnitNotScored { .. } => Some("`par-survey scores status ROUND` lists those that are"),
        Wrong::PartNotOpen { .. } => Some("`par-survey scores step ROUND STEP --as NAME` goes to another step"),
        _ => None,
    }
}

/// Whether the address of the database may be wrong.
fn may_be_elsewhere(fault: &DatabaseFault) -> bool {
    match fault.kind {
        FaultKind::Away | FaultKind::Refused | FaultKind::ReadOnly => fault.engine != Engine::Sqlite,
        FaultKind::Damaged => fault.engine != Engine::Postgres,
        _ => false,
    }
}

/// A refusal, and what helps.
pub(crate) fn said_of(refusal: &Refusal) -> String {
    help(refusal).map_or_else(|| refusal.to_string(), |help| format!("{refusal}; {help}"))
}

/// A name as one word of a command: in quotes where a shell would part it.
pub(crate) fn typed(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-._:@/".contains(letter);
    if !name.is_empty() && name.chars().all(plain) { name.to_owned() } else { format!("'{}'", visible(name).replace('\'', "'\\''")) }
}
