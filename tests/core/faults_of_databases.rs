//! Faults of databases and of private keys that somebody brings: sentences in both languages, and no word of what was typed.

use std::collections::BTreeSet;
use std::fmt::Write;

use par_survey::fault::database::{Cause, DatabaseFault, Engine, FaultKind};
use par_survey::seal::{KeyFileError, NoQuorum, ShareError};
use par_survey::words::Words;
use strum::IntoEnumIterator;

/// What is said in Vietnamese and in English, whole.
fn said(by: impl Fn(Words) -> String) -> String {
    let [vi, en] = ["vi", "en"].map(|language| by(Words::of(language)));
    for sentence in [&vi, &en] {
        assert!(!sentence.is_empty() && !sentence.contains("{$") && !sentence.contains("  ") && !sentence.ends_with('.'), "{sentence}");
        assert!(!["database-", "key-file-", "shares-"].iter().any(|key| sentence.starts_with(key)), "{sentence}");
    }
    assert_ne!(vi, en);
    format!("  {vi}\n  {en}\n")
}

#[test]
fn every_fault_of_a_database_is_said_in_both_languages() {
    let (mut all, mut keys) = (String::new(), BTreeSet::new());
    for kind in FaultKind::iter() {
        for engine in Engine::iter() {
            let fault = DatabaseFault { engine, kind, cause: Cause::Said("the cause".into()) };
            let said = said(|words| words.database(&fault));
            assert_eq!(said.matches("the cause").count(), 2, "{said}");
            assert!(
                said.contains(&fault.to_string()) && !said.contains("--"),
                "logs are in English, and options are the command line's: {said}"
            );
            writeln!(all, "{}, {}\n{said}", <&str>::from(kind), <&str>::from(engine)).unwrap();
        }
        keys.insert(format!("database-{}", <&str>::from(kind)));
    }
    for cause in [Cause::Address, Cause::Late] {
        let fault = DatabaseFault { engine: Engine::Library, kind: FaultKind::Away, cause };
        writeln!(all, "{:?}\n{}", fault.cause, said(|words| words.database(&fault))).unwrap();
    }
    for text in [include_str!("../../src/words/vi/database.ftl"), include_str!("../../src/words/en/database.ftl")] {
        let known = text.lines().filter(|line| line.starts_with("database-") && !line.starts_with("database-cause-"));
        assert_eq!(known.filter_map(|line| line.split(" =").next()).map(str::to_owned).collect::<BTreeSet<_>>(), keys);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn what_a_database_says_is_one_line_that_no_terminal_obeys() {
    let fault = DatabaseFault { engine: Engine::Postgres, kind: FaultKind::Other, cause: Cause::Said("a\u{1b}[2J\u{202e}".into()) };
    assert_eq!(fault.to_string(), "the database did not do it: a\\u{1b}[2J\\u{202e}");
}

#[test]
fn what_is_wrong_with_a_private_key_is_said_in_both_languages() {
    let mut all = String::new();
    for why in [KeyFileError::NoKey, KeyFileError::CutOff, KeyFileError::Line("Key"), KeyFileError::Fingerprint] {
        let said = said(|words| words.key_file(why));
        assert!(said.contains(&why.to_string()), "{said}");
        all += &said;
    }
    let of_shares = [ShareError::Count(7), ShareError::NotInList(3), ShareError::Misfit, ShareError::Foreign];
    for why in of_shares.into_iter().chain([ShareError::Twice(2), ShareError::TooFew(2)]) {
        let said = said(|words| words.shares(why));
        assert!(said.contains(&why.to_string()), "{said}");
        all += &said;
    }
    all += &said(Words::no_quorum);
    assert!(all.contains(&NoQuorum.to_string()));
    insta::assert_snapshot!(all);
}
