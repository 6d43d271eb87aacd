//! Rounds are made, opened, closed and published, and codes issued, by what people do it with: no test, bench or demonstration has a way of its own.

use std::fs;

use crate::sources::{Names, paths, root, rust_files};

/// Methods of the store that take a step of a round.
const OF_THE_STORE: [&str; 5] = ["create_round", "open_round", "begin_closing", "finish_closing", "issue_codes"];

/// What freezes the figures, for whoever may.
const FREEZES: &str = "publication::publish";

/// Files whose subject is the store itself in the midst of a step, and why.
const EXCEPT: [(&str, &str); 5] = [
    ("tests/it/audit.rs", "two take the same step at once, or one is broken off: the store leaves one event, or none"),
    ("tests/it/closing/states.rs", "the store itself refuses each step that is not the next one, and each key that is not the round's"),
    ("tests/it/coded/typed.rs", "keeps codes that the program before made, which this one makes no more"),
    (
        "tests/it/frozen/province.rs",
        "its first round asks about a unit that begins later, as could be opened when its documents were frozen",
    ),
    ("tests/it/harness/midst.rs", "stops between the two steps of closing, for tests of what is there then"),
];

/// Whether a text takes a step of a round otherwise than people do.
fn takes_a_step(code: &str) -> bool {
    let of_the_store = |name: &&str| code.contains(&format!(".{name}(")) || code.contains(&format!("Store::{name}"));
    let freezes = |path: &Names| path.join("::").ends_with(FREEZES);
    OF_THE_STORE.iter().any(of_the_store) || paths(code).iter().any(freezes)
}

/// Files of tests, benches and the demonstration that do.
fn found() -> Vec<String> {
    let folders = ["tests", "benches", "src/demo"].map(|folder| root().join(folder));
    let files = folders.iter().flat_map(|folder| rust_files(folder)).chain([root().join("src/demo.rs")]);
    let named = files.map(|file| (file.strip_prefix(root()).unwrap().to_string_lossy().into_owned(), fs::read_to_string(&file).unwrap()));
    // This one names them all.
    let mut found: Vec<String> =
        named.filter(|(name, text)| name != "tests/core/tidy/steps.rs" && takes_a_step(text)).map(|(name, _)| name).collect();
    found.sort();
    found
}

#[test]
fn no_second_way_to_open_close_issue_or_publish_a_round_stands_anywhere() {
    assert_eq!(
        found(),
        EXCEPT.map(|(file, _)| file),
        "`tests/it/harness/steps.rs` has each step; what stands here alone needs no exception"
    );
}

#[test]
fn a_step_is_seen_whatever_way_it_is_taken() {
    for code in [
        "store.open_round(&round, &[], &[], None, &BY).await",
        "self.0\n    .finish_closing(&round, &closing, &BY)",
        "Store::begin_closing(&store, &round, &BY)",
        "let create = Store::create_round;",
        "use par_survey::publication;\npublication::publish(&store, code)",
        "use par_survey::publication::{self, publish as freeze};",
        "par_survey::publication::publish(&store, code)",
        "use crate::publication::publish;",
        "store.issue_codes(&round, asked)",
    ] {
        assert!(takes_a_step(code), "{code}");
    }
    for code in ["fixture::open_round(&store, -1, 24)", "store.seal_open_round(&round)", "past::publish(&store)", "steps::publish(&store)"]
    {
        assert!(!takes_a_step(code), "{code}");
    }
}
