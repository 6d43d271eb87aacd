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

/// Whether a text asks something of a store, or names its methods, instead of passing it on.
fn asks_the_store(code: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    // A chain may be broken over lines.
    let code = &code.split('.').map(str::trim).collect::<Vec<_>>().join(".");
    let held = code.match_indices("store.").any(|(at, found)| {
        !code[..at].ends_with(is_word) && code[at + found.len()..].starts_with(|letter: char| letter.is_ascii_lowercase())
    });
    held || code.contains("Store::") || code.contains(".open().await?.")
}

/// What is allowed, what is lost by it and in which order things happen is decided on the floor of what people do: a command says what is wanted, passes
/// the store on, and says what came of it.
#[test]
fn the_command_line_passes_the_store_on_and_asks_nothing_of_it() {
    assert_eq!(found(|source| source.module == "cli" && asks_the_store(&source.code)), NONE);
}

#[test]
fn whoever_asks_the_store_is_seen() {
    for code in [
        "store.round(code).await?",
        "x(store.seal(1))",
        "Store::open(url)",
        "database.open().await?.rounds()",
        "store\n    .round(code)",
        "database\n.open()\n.await?\n.rounds()",
    ] {
        assert!(asks_the_store(code), "{code}");
    }
    for code in ["find(&store, code)", "use crate::office::Store;", "find(&database.open().await?, code)", "restore.round()"] {
        assert!(!asks_the_store(code), "{code}");
    }
}
