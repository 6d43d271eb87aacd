//! What the system lets the process do: no picture of its memory on any disk, and as many open files as it may have.

use rustix::io::Errno;
use rustix::process::{DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setrlimit};

/// Switches core dumps off, because memory holds answers before they are mixed, and raises the limit of open files to the highest allowed.
///
/// Gives what did not work, a line each, for the log that starts later; the process can go on without.
#[must_use]
pub fn set() -> Vec<String> {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let mut failed = Vec::new();
    let mut tried = |what: &str, outcome: Result<(), Errno>| failed.extend(outcome.err().map(|error| format!("{what}: {error}")));
    tried("core dumps could not be limited to nothing", setrlimit(Resource::Core, none));
    // Where the system hands a core dump to a program, that limit says nothing, but this does.
    tried("core dumps could not be switched off", set_dumpable_behavior(DumpableBehavior::NotDumpable));
    let maximum = getrlimit(Resource::Nofile).maximum;
    tried("the limit of open files could not be raised", setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }));
    failed
}
