//! Definitions that were accepted once are read by structure only: what was published stays readable, whatever rules come later.

use std::fs;
use std::path::{Path, PathBuf};

use par_survey::definition::Text;
use par_survey::scheme;
use par_survey::survey;

/// Texts of which nothing can be built, however kindly they are read: a condition, scale or code that points at nothing, numbers that cannot be
/// held, a scope that says two things, a needed key that is missing or misspelt, a word of no choice, a value of another type, no TOML.
const UNBUILDABLE: [&str; 21] = [
    "condition-not-earlier.toml",
    "condition-on-a-remark.toml",
    "condition-on-unknown-item.toml",
    "condition-on-unknown-option.toml",
    "condition-within-its-part.toml",
    "duplicate-id/x.round.toml",
    "item-without-scale.toml",
    "many-faults-at-once.toml",
    "maximum-out-of-range.toml",
    "missing-key.scheme.toml",
    "missing-key.toml",
    "number-out-of-range.scheme.toml",
    "rating-scopes-and-weights.toml",
    "syntax.scheme.toml",
    "syntax.toml",
    "unknown-key.toml",
    "unknown-reference.scheme.toml",
    "unknown-reference.toml",
    "unknown-word.scheme.toml",
    "unknown-word.toml",
    "wrong-type.toml",
];

fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            found.extend(files(path.to_str().unwrap()));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn is_scheme(file: &Path) -> bool {
    file.to_str().unwrap().ends_with(".scheme.toml")
}

/// Whether the check takes a text, and what the kept reader says against it.
fn both(file: &Path, text: &str) -> (bool, Option<String>) {
    if is_scheme(file) {
        (scheme::check::check("a", text).is_ok(), scheme::kept::read(text).err().map(|why| why.to_string()))
    } else {
        (survey::check::check("a", text).is_ok(), survey::kept::read(text).err().map(|why| why.to_string()))
    }
}

#[test]
fn of_what_is_accepted_the_kept_reader_makes_the_same() {
    let found = [files("survey-definitions"), files("tests/data/frozen/source"), files("tests/data/cli/definitions")].concat();
    assert!(found.len() > 12);
    for file in found {
        let text = fs::read_to_string(&file).unwrap();
        if is_scheme(&file) {
            assert_eq!(scheme::kept::read(&text).unwrap(), scheme::check::check("a", &text).unwrap(), "{}", file.display());
        } else {
            assert_eq!(survey::kept::read(&text).unwrap(), survey::check::check("a", &text).unwrap(), "{}", file.display());
        }
    }
}

#[test]
fn what_a_rule_refuses_is_read_once_it_was_accepted() {
    let (mut read, mut unbuildable) = (0, Vec::new());
    for file in files("tests/data/definitions") {
        let name = file.strip_prefix("tests/data/definitions").unwrap().display().to_string();
        let Ok(text) = fs::read_to_string(&file) else { continue };
        match both(&file, &text) {
            (false, None) => read += 1,
            (false, Some(_)) => unbuildable.push(name),
            // Faulty only beside other files.
            (true, why) => assert_eq!(why, None, "{name}"),
        }
    }
    assert_eq!(unbuildable, UNBUILDABLE);
    assert!(read > 50, "only {read}");
}

#[test]
fn a_kept_text_keeps_the_values_that_a_stricter_rule_would_not_take() {
    let text = fs::read_to_string("tests/data/definitions/least-sheets-below-the-floor.toml").unwrap();
    assert!(survey::check::check("a", &text).is_err());
    let kept = survey::kept::read(&text).unwrap();
    assert!(text.contains(&format!("least_sheets = {}", kept.least_sheets)), "{}", kept.least_sheets);
    let words = "a".repeat(par_survey::definition::TEXT_MAX + 1);
    let long = fs::read_to_string("tests/data/cli/definitions/small.toml").unwrap().replace("A small form", &words);
    assert!(survey::check::check("a", &long).is_err());
    assert_eq!(survey::kept::read(&long).unwrap().title, Text::from([("vi", "Phiếu nhỏ"), ("en", words.as_str())]));
}
