//! `codebook`: what each stored byte of a sheet means. It depends on the definition alone.

use std::io::{self, Write};

use super::origin::Origin;
use super::table::{Format, Table, Value};
use crate::definition::Text;
use crate::survey::codebook::{Codebook, Column, FIRST_OPTION, NO_OPINION, NOT_SHOWN, SKIPPED};
use crate::survey::{Item, Kind, Questionnaire, Role};

const COLUMNS: [&str; 10] = ["place", "item", "role", "kind", "content", "factor", "offset", "width", "stored", "code"];

/// Writes the table: a row for each value that an item can have, and one for a remark, which no sheet holds.
pub(super) fn write(questionnaires: &[(Origin, &Questionnaire)], format: Format, out: &mut dyn Write) -> io::Result<()> {
    let languages = languages(questionnaires);
    let mut columns = super::columns(&COLUMNS);
    columns.extend(languages.iter().map(|language| format!("item_text_{language}")));
    columns.extend(languages.iter().map(|language| format!("option_text_{language}")));
    let mut table = Table::begin(format, columns, out)?;
    for (origin, questionnaire) in questionnaires {
        let codebook = Codebook::new(questionnaire);
        for (place, item) in questionnaire.items.iter().enumerate() {
            let column = codebook.columns().iter().find(|column| column.item == place);
            for stored in stored(item, column) {
                let mut row = origin.to_vec();
                row.extend(about(questionnaire, place, item, column));
                row.extend([Value::text(stored.bytes), Value::text(stored.code)]);
                row.extend(languages.iter().map(|language| Value::text(item.text.get(language))));
                row.extend(languages.iter().map(|language| Value::maybe(stored.words.map(|words| words.get(language)))));
                table.row(&row)?;
            }
        }
    }
    table.end().map(drop)
}

/// The languages of all definitions, each once, in their order.
fn languages<'a>(questionnaires: &[(Origin, &'a Questionnaire)]) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for language in questionnaires.iter().flat_map(|(_, questionnaire)| &questionnaire.languages) {
        if !found.contains(&language.as_str()) {
            found.push(language);
        }
    }
    found
}

fn about(questionnaire: &Questionnaire, place: usize, item: &Item, column: Option<&Column>) -> [Value<'static>; 8] {
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
    words: Option<&'a Text>,
}

fn stored<'a>(item: &'a Item, column: Option<&Column>) -> Vec<Stored<'a>> {
    let Some(column) = column else {
        return vec![Stored { bytes: String::new(), code: "apart-from-sheets".to_owned(), words: None }];
    };
    let known = [(NOT_SHOWN, "not-shown"), (SKIPPED, "skipped"), (NO_OPINION, "no-opinion")];
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
