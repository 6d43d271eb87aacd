//! `codebook`: what each stored byte of a sheet means. It depends on the definition alone.

use std::io;

use super::bilingual::Label;
use super::column::ColumnKind::{Answer, Code, Text, Whole};
use super::column::{Column, KnownCodes, Meaning};
use super::table::TableWriter;
use super::value::Value;
use super::{ColumnHead, Provenance};
use crate::definition;
use crate::survey::codebook::{Codebook, FIRST_OPTION, NO_OPINION, NOT_SHOWN, SKIPPED, StoredItem};
use crate::survey::{Item, Kind, Questionnaire, Role};

/// What an item is asked for.
const ROLES: KnownCodes = KnownCodes::of("columns-code-", &["attribute", "question"]);

/// How an item is answered.
const KINDS: KnownCodes = KnownCodes::of("columns-code-", &["single", "scale", "yes-no", "multiple", "remark"]);

/// The column of what a byte stands for, and what stands there beside options.
const STORED_CODE: &str = "code";
const APART: &str = "apart-from-sheets";
const BESIDE_OPTIONS: [&str; 5] = [NOT_SHOWN_CODE, SKIPPED_CODE, NO_OPINION_CODE, "answered", APART];
const NOT_SHOWN_CODE: &str = "not-shown";
const SKIPPED_CODE: &str = "skipped";
const NO_OPINION_CODE: &str = "no-opinion";

const COLUMNS: [ColumnHead; 10] = [
    ("place", Whole),
    ("item", Text),
    ("role", Code(ROLES)),
    ("kind", Code(KINDS)),
    ("content", Text),
    ("factor", Text),
    ("offset", Whole),
    ("width", Whole),
    ("stored", Text),
    (STORED_CODE, Answer),
];

/// The columns of the table: those of words depend on the languages of the definitions.
pub(super) fn columns(questionnaires: &[(Provenance, &Questionnaire)]) -> Vec<Column> {
    let languages = languages(questionnaires);
    let beside = || BESIDE_OPTIONS.map(|code| Meaning::of(code, Label::by(&format!("columns-code-{code}"))));
    let told = |column: Column| if column.name == STORED_CODE { column.with_labels(beside()) } else { column };
    let mut columns: Vec<Column> = super::columns(&COLUMNS).into_iter().map(told).collect();
    let words = |of: &str, language: &&str| {
        let label = Label::said(|words| words.with(&format!("columns-{of}-text"), [("language", language)]));
        Column::new(format!("{of}_text_{language}"), Text).called(label)
    };
    columns.extend(languages.iter().map(|language| words("item", language)));
    columns.extend(languages.iter().map(|language| words("option", language)));
    columns
}

/// Writes the rows of the table: one for each value that an item can have, and one for a remark, which no sheet holds.
pub(super) fn write(questionnaires: &[(Provenance, &Questionnaire)], table: &mut TableWriter<'_>) -> io::Result<()> {
    let languages = languages(questionnaires);
    for (provenance, questionnaire) in questionnaires {
        let codebook = Codebook::new(questionnaire);
        for (place, item) in questionnaire.items.iter().enumerate() {
            let column = codebook.columns().iter().find(|column| column.item == place);
            for stored in stored(item, column) {
                let mut row = provenance.to_vec();
                row.extend(about(questionnaire, place, item, column));
                row.extend([Value::text(stored.bytes), Value::text(stored.code)]);
                row.extend(languages.iter().map(|language| Value::text(item.text.get(language))));
                row.extend(languages.iter().map(|language| Value::maybe(stored.words.map(|words| words.get(language)))));
                table.row(&row)?;
            }
        }
    }
    Ok(())
}

/// The languages of all definitions, each once, in their order.
fn languages<'a>(questionnaires: &[(Provenance, &'a Questionnaire)]) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for language in questionnaires.iter().flat_map(|(_, questionnaire)| &questionnaire.languages) {
        if !found.contains(&language.as_str()) {
            found.push(language);
        }
    }
    found
}

fn about(questionnaire: &Questionnaire, place: usize, item: &Item, column: Option<&StoredItem>) -> [Value<'static>; 8] {
    let factor = item.factor.and_then(|factor| questionnaire.factors.get(factor));
    let content = factor.and_then(|factor| questionnaire.contents.get(factor.content));
    let number = |number: usize| u64::try_from(number).map_or(Value::Empty, Value::Whole);
    [
        number(place + 1),
        Value::text(&item.code),
        Value::text(if item.role == Role::Attribute { "attribute" } else { "question" }),
        Value::text(kind(&item.kind)),
        Value::maybe(content.map(|content| &content.code)),
        Value::maybe(factor.map(|factor| &factor.code)),
        column.map_or(Value::Empty, |column| number(column.offset)),
        column.map_or(Value::Whole(0), |column| number(column.width)),
    ]
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Single(_) => "single",
        Kind::Scale { .. } => "scale",
        Kind::YesNo(_) => "yes-no",
        Kind::Multiple(_) => "multiple",
        Kind::Remark => "remark",
    }
}

/// One thing that can be stored.
struct Stored<'a> {
    bytes: String,
    code: String,
    words: Option<&'a definition::Text>,
}

fn stored<'a>(item: &'a Item, column: Option<&StoredItem>) -> Vec<Stored<'a>> {
    let Some(column) = column else {
        return vec![Stored { bytes: String::new(), code: APART.to_owned(), words: None }];
    };
    let known = [(NOT_SHOWN, NOT_SHOWN_CODE), (SKIPPED, SKIPPED_CODE), (NO_OPINION, NO_OPINION_CODE)];
    let mut all: Vec<Stored<'_>> =
        known.into_iter().map(|(byte, code)| Stored { bytes: byte.to_string(), code: code.to_owned(), words: None }).collect();
    if column.multiple {
        all.push(Stored { bytes: FIRST_OPTION.to_string(), code: "answered".to_owned(), words: None });
    }
    let option = |place: usize| {
        if column.multiple { format!("byte {} bit {}", 1 + place / 8, place % 8) } else { (place + usize::from(FIRST_OPTION)).to_string() }
    };
    let options = item.choices().iter().enumerate();
    all.extend(options.map(|(place, choice)| Stored { bytes: option(place), code: choice.code.clone(), words: Some(&choice.text) }));
    all
}
