//! What a front end may be: files in which no rule has room, and which do not know that there is a store.

use std::collections::BTreeSet;

use super::used;
use crate::sources::sources;

/// Lines of a file of the command line.
const CLI_MOST: usize = 150;

/// Files that are longer, until they are split.
const LONG: [&str; 4] = ["cli/codes.rs", "cli/instances.rs", "cli/round/create.rs", "cli/seal/ceremony.rs"];

/// Files that still name the store.
const NAME_STORE: [&str; 8] = [
    "cli/helping.rs",
    "cli/instances.rs",
    "cli/instances/salvage.rs",
    "cli/round/close.rs",
    "cli/round/close/said.rs",
    "cli/round/close/waiting.rs",
    "cli/round/open.rs",
    "cli/round/seal.rs",
];

/// Files of front ends about which something is true; and no file is excused of which it is not.
fn found(excused: &[&str], is_so: impl Fn(&crate::sources::Source) -> bool) -> (BTreeSet<String>, BTreeSet<String>) {
    let of_front = sources().into_iter().filter(|source| ["cli", "demo"].contains(&source.module.as_str()));
    let so: BTreeSet<String> = of_front.filter(is_so).map(|source| source.path.to_string_lossy().into_owned()).collect();
    (so, excused.iter().map(|&path| path.to_owned()).collect())
}

#[test]
fn no_file_of_the_command_line_is_long() {
    let (long, excused) = found(&LONG, |source| source.module == "cli" && source.text.lines().count() > CLI_MOST);
    assert_eq!(long, excused);
}

#[test]
fn neither_the_command_line_nor_the_demonstration_names_the_store() {
    let (named, excused) = found(&NAME_STORE, |source| used(source).contains("store"));
    assert_eq!(named, excused);
}
