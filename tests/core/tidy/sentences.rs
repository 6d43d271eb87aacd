//! No sentence for a person is made below the floor of what people do: what is wrong there is a value with a code, and `words` has its sentence.

use std::collections::{BTreeMap, BTreeSet};

use super::layers::MAY_USE;
use crate::sources::sources;

/// Words from which on a text is a sentence.
const WORDS_LEAST: usize = 4;

/// What the log and whoever runs the program are told, in English.
const OF_THE_LOG: [&str; 2] = ["tracing::", "trouble"];

/// Words of a query.
const OF_SQL: [&str; 15] = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "FROM", "WHERE", "CREATE", "DROP", "ALTER", "PRAGMA", "VALUES", "VACUUM", "CAST", "ORDER",
    "SET",
];

const OF_FORMS: &str = "words of forms that a definition need not have, in both languages";
const OF_THE_PROGRAM: &str = "what only whoever mends the program can act on";

/// Files and folders that make sentences all the same, and why.
const LET_THROUGH: &[(&str, &str)] = &[
    ("definition/kept.rs", OF_THE_PROGRAM),
    ("definition/source/value.rs", "what the JSON Schemas of definitions say of their values"),
    ("survey/check/items.rs", OF_FORMS),
    ("survey/check/rating.rs", OF_FORMS),
    ("survey/check.rs", OF_FORMS),
    ("survey/kept", OF_FORMS),
    ("seal/key_file.rs", "the text of a key file, which is in both languages at once"),
    ("deposit.rs", "what the log is told of a sheet"),
    ("store/health.rs", "what health says to whoever watches a server"),
    ("store/instance.rs", "what health says to whoever watches a server"),
    ("store/sheet_files.rs", "what the log of actions keeps of a file, in English"),
    ("export.rs", "what is told beside a file that was written, or was not: it is to become values"),
    ("export/table.rs", OF_THE_PROGRAM),
    ("export/workbook.rs", OF_THE_PROGRAM),
    ("export/workbook/styles.rs", OF_THE_PROGRAM),
    ("publication/shelf.rs", "what the log is told of a page that is not shown"),
    ("scoring/", OF_THE_PROGRAM),
    ("survey/codebook.rs", OF_THE_PROGRAM),
    ("unit.rs", "the rule of codes as the JSON Schemas of definitions have it"),
];

/// The modules below `office`: what it may name, what those may name, and so on.
fn below() -> BTreeSet<&'static str> {
    let rows: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let (mut found, mut next) = (BTreeSet::new(), vec!["office"]);
    while let Some(module) = next.pop() {
        for other in rows.get(module).copied().unwrap_or_default() {
            if found.insert(*other) {
                next.push(other);
            }
        }
    }
    found
}

/// A text of the code, and what it is written in: names before brackets that are open there, `#` for an attribute.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) text: String,
    inside: Vec<String>,
}

/// The texts in quotation marks of some code without comments on lines of their own.
pub(super) fn written(code: &str) -> Vec<Written> {
    let (mut found, mut open, mut rest) = (Vec::new(), Vec::<String>::new(), code);
    let mut before = String::new();
    while let Some(letter) = rest.chars().next() {
        let raw = raw(rest, &before);
        if let Some((start, end)) = raw.or_else(|| (letter == '"').then(|| (1, quoted(rest)))) {
            let close = if raw.is_some() { end } else { end + 1 };
            found.push(Written { text: rest[start..end].to_owned(), inside: open.clone() });
            rest = &rest[close.min(rest.len())..];
            before.clear();
            continue;
        }
        let skipped = match letter {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '\'' => sign(rest),
            _ => letter.len_utf8(),
        };
        match letter {
            '(' | '[' | '{' => open.push(std::mem::take(&mut before)),
            ')' | ']' | '}' => drop(open.pop()),
            _ => {}
        }
        let is_of_a_name = letter.is_alphanumeric() || "_:!#".contains(letter);
        if is_of_a_name {
            before.push(letter);
        } else {
            before.clear();
        }
        rest = &rest[skipped..];
    }
    found
}

/// Where the text of a raw literal begins and ends.
fn raw(rest: &str, before: &str) -> Option<(usize, usize)> {
    let behind = rest.strip_prefix('r').filter(|_| before.is_empty() || before == "b")?;
    let marks = behind.len() - behind.trim_start_matches('#').len();
    let start = 2 + marks;
    behind[marks..].starts_with('"').then_some(())?;
    let end = rest[start..].find(&format!("\"{}", "#".repeat(marks)))?;
    Some((start, start + end))
}

/// Where the text of a literal ends.
fn quoted(rest: &str) -> usize {
    let mut escaped = true;
    let end = rest.char_indices().find(|(_, letter)| {
        let is_end = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        is_end
    });
    end.map_or(rest.len(), |(at, _)| at)
}

/// How long a literal of one sign is, or the mark of a lifetime.
fn sign(rest: &str) -> usize {
    let inside = &rest[1..];
    let letter = inside.chars().next().map_or(0, char::len_utf8);
    match inside.find('\'') {
        Some(end) if inside.starts_with('\\') => 2 + if end == 1 { 2 } else { end },
        Some(end) if end == letter => 2 + end,
        _ => 1,
    }
}

/// Whether it is for a person: some words, and neither of the log, of an attribute, nor of a query.
fn is_sentence(Written { text, inside }: &Written) -> bool {
    let is_word =
        |word: &&str| word.chars().filter(|letter| letter.is_alphabetic()).count() > 0 && !word.starts_with(['{', '<', '-', '$', '%']);
    let is_of_the_log = inside.iter().any(|name| OF_THE_LOG.iter().any(|log| name.contains(log)));
    let is_of_an_attribute = inside.iter().any(|name| name.starts_with('#')) && !inside.iter().any(|name| name == "error");
    let is_query = text.split(|letter: char| !letter.is_alphanumeric()).any(|word| OF_SQL.contains(&word))
        || text.split(", ").all(|column| !column.trim().contains(' '));
    text.split_whitespace().filter(is_word).count() >= WORDS_LEAST && !is_of_the_log && !is_of_an_attribute && !is_query
}

#[test]
fn no_sentence_for_a_person_is_made_below_the_floor() {
    let (below, mut spared) = (below(), BTreeSet::new());
    assert!(["store", "import", "unit", "survey", "seal", "publication"].iter().all(|module| below.contains(module)), "{below:?}");
    let mut made = Vec::new();
    for source in sources().into_iter().filter(|source| below.contains(source.module.as_str())) {
        let path = source.path.to_string_lossy().into_owned();
        if path.ends_with("tests.rs") {
            continue;
        }
        for written in written(&source.code).into_iter().filter(is_sentence) {
            match LET_THROUGH.iter().find(|(files, _)| path.starts_with(files)) {
                Some((file, _)) => drop(spared.insert(*file)),
                None => made.push(format!("{path}: {}", written.text)),
            }
        }
    }
    assert!(made.is_empty(), "{} sentences:\n{}", made.len(), made.join("\n"));
    let idle: Vec<_> = LET_THROUGH.iter().map(|(file, _)| *file).filter(|file| !spared.contains(file)).collect();
    assert!(idle.is_empty(), "these make no sentence any more: {idle:?}");
}

#[test]
fn a_sentence_is_seen_wherever_it_is_made() {
    let said = |code: &str| written(code).into_iter().filter(is_sentence).map(|written| written.text).collect::<Vec<_>>();
    for code in [
        "fn x<'a>() { y('\"', '\\'', \"there is no unit\") }",
        "let x = format!(\"there is {no} such unit\");",
        "#[error(\"there is no unit\")]",
        "const X: &str = r#\"there is \"no\" unit\"#;",
        "x(\"http://a\"); y(\"there is no unit\"); // \"neither\"",
        "vec![(1, \"there is no unit\")]",
    ] {
        assert_eq!(said(code).len(), 1, "{code}: {:?}", written(code));
    }
    for code in [
        "tracing::warn!(%error, \"there is no unit\");",
        "StoreError::trouble(format!(\"there is no unit\"))",
        "#[expect(missing_docs, reason = \"there is no unit\")]",
        "db.query(\"DELETE FROM sheet WHERE key = ?1\")",
        "const COLUMNS: &str = \"key, unit_id, answers, remarks\";",
        "x(\"no such unit\")",
        "x('a'); // \"there is no unit\"",
    ] {
        assert_eq!(said(code), [""; 0], "{code}");
    }
}
