//! What a front end may be: files in which no rule has room, and which do not know that there is a store.

use super::used;
use crate::sources::{Source, sources};

/// Lines of a file of the command line.
const CLI_MOST: usize = 150;

/// No file.
const NONE: [&str; 0] = [];

/// Files of front ends about which something is true.
fn found(is_so: impl Fn(&Source) -> bool) -> Vec<String> {
    let of_front = sources().into_iter().filter(|source| ["cli", "demo"].contains(&source.module.as_str()));
    of_front.filter(is_so).map(|source| source.path.to_string_lossy().into_owned()).collect()
}

#[test]
fn no_file_of_the_command_line_is_long() {
    assert_eq!(found(|source| source.module == "cli" && source.text.lines().count() > CLI_MOST), NONE);
}

#[test]
fn neither_the_command_line_nor_the_demonstration_names_the_store() {
    assert_eq!(found(|source| used(source).contains("store")), NONE);
}
