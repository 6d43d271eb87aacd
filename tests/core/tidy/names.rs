//! Names and lines: a type has a name of its own, a doc says more than the name, and no line is wider than a screen.

use std::collections::{BTreeMap, BTreeSet};

use super::check;
use crate::sources::{Source, sources};

/// Most characters of a line.
const WIDEST: usize = 140;

/// Names of types that stand in more than one file, each with the reason.
const SHARED: &[(&str, &str)] =
    &[("Model", "sea-orm wants each entity to have one"), ("Relation", "sea-orm wants each entity to have one")];

/// Files whose types are named with their module, since they are the same thing as it is written down elsewhere.
const MIRRORS: &[(&str, &str)] = &[
    ("/source.rs", "what a definition has as its file has it; `check` makes the other of it"),
    ("source/value.rs", "values as a file has them"),
    ("publication/format/", "what documents of earlier formats have, as it was written then"),
];

/// The code of a file without its tests.
fn own_code(source: &Source) -> &str {
    source.code.split("#[cfg(test)]").next().unwrap_or_default()
}

/// Names of the types that a text defines; those that a trait asks for stand inside of it.
fn types(code: &str) -> Vec<&str> {
    code.lines().filter_map(defined).collect()
}

fn defined(line: &str) -> Option<&str> {
    let shown = line.trim_start();
    let bare = shown.strip_prefix("pub(").map_or(shown, |rest| rest.split_once(") ").map_or("", |(_, rest)| rest));
    let (kind, rest) = bare.trim_start_matches("pub ").split_once(' ')?;
    let is_type = ["struct", "enum", "trait", "union"].contains(&kind) || (kind == "type" && shown.len() == line.len());
    let name = rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next()?;
    (is_type && name.starts_with(|letter: char| letter.is_ascii_uppercase())).then_some(name)
}

#[test]
fn a_type_has_a_name_of_its_own_or_a_reason() {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in sources() {
        let path = source.path.to_string_lossy().into_owned();
        if path.ends_with("tests.rs") || MIRRORS.iter().any(|(mirror, _)| path.contains(mirror)) {
            continue;
        }
        for name in types(own_code(&source)) {
            places.entry(name.to_owned()).or_default().insert(path.clone());
        }
    }
    let twice: Vec<_> = places
        .into_iter()
        .filter(|(name, files)| files.len() > 1 && !SHARED.iter().any(|(shared, _)| shared == name))
        .map(|(name, files)| format!("{name}: {}", files.into_iter().collect::<Vec<_>>().join(", ")))
        .collect();
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

#[test]
fn types_are_seen_however_they_are_shown() {
    let code =
        "pub struct A;\n    pub(crate) enum B {}\npub(in crate::store) type C = u8;\ntrait D {}\n    type Err = E;\nlet struct_like = 1;\n";
    assert_eq!(types(code), ["A", "B", "C", "D"]);
}

#[test]
fn no_line_is_wider_than_a_screen() {
    check(|source| {
        let lines = source.text.lines().zip(1..);
        lines.filter(|(line, _)| line.chars().count() > WIDEST).map(|(_, number)| format!("line {number} is too wide")).collect()
    });
}

/// Whether a doc begins with what something is for instead of what it is.
fn leads_astray(line: &str) -> bool {
    let doc = line.trim_start().trim_start_matches("//!").trim_start_matches("///").trim_start();
    let mut words = doc.split([' ', ';', '.']);
    let first = words.next().unwrap_or_default();
    let is_preposition =
        ["About", "Against", "At", "By", "For", "From", "In", "Of", "On", "To", "Under", "With", "Within"].contains(&first);
    is_preposition && words.next().is_some_and(|second| ["which", "what", "whom", "whose"].contains(&second))
}

#[test]
fn a_doc_names_the_thing_first() {
    check(|source| {
        let lines: Vec<&str> = source.text.lines().map(str::trim_start).collect();
        let begins = |place: &usize| lines[*place].starts_with("///") && (*place == 0 || !lines[*place - 1].starts_with("///"));
        let astray = (0..lines.len()).filter(begins).filter(|place| leads_astray(lines[*place]));
        astray.map(|place| format!("line {}: name the thing first", place + 1)).collect()
    });
    assert!(leads_astray("    /// By which it is known.") && !leads_astray("/// By name, what it is."));
}

/// Words before a name in its definition.
const NO_NAMES: [&str; 13] = ["", "async", "const", "crate", "enum", "fn", "in", "pub", "static", "struct", "super", "trait", "type"];

/// Whether a doc says nothing but the name that it stands before.
fn repeats(doc: &str, name: &str) -> bool {
    let letters = |text: &str| text.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let said = doc.trim_start_matches("The ").trim_start_matches("A ").trim_start_matches("An ");
    letters(said) == letters(name)
}

#[test]
fn a_doc_that_says_only_the_name_is_seen() {
    assert!(repeats("The unit.", "unit") && repeats("Units by code.", "UnitsByCode") && !repeats("The unit that is asked about.", "unit"));
}

#[test]
fn no_doc_repeats_its_name() {
    check(|source| {
        let lines: Vec<&str> = source.text.lines().map(str::trim_start).collect();
        let alone = |place: usize| {
            let doc = lines[place].strip_prefix("/// ")?;
            let is_whole = place == 0 || !lines[place - 1].starts_with("///");
            let named = lines[place + 1..].iter().find(|line| !line.starts_with("#["))?;
            let mut words = named.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let name = words.find(|word| !NO_NAMES.contains(word))?;
            (is_whole && repeats(doc, name)).then(|| format!("line {}: `{name}` is said twice", place + 1))
        };
        (0..lines.len()).filter_map(alone).collect()
    });
}
