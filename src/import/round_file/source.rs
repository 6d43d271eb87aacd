//! The TOML text of a round file.

use serde::Deserialize;
use toml::{Spanned, Value};

use super::super::table::tidy;
use super::{Asks, Described, Given, Plans};
use crate::fault::{Fault, Faults, Place, Wrong};

/// Largest file in bytes: 10,000 unit codes are 250 kB.
const FILE_MAX: usize = 512 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    id: Spanned<String>,
    name: Name,
    year: Spanned<i64>,
    opens: Spanned<Value>,
    closes: Spanned<Value>,
    #[serde(default)]
    synthetic: bool,
    #[serde(default)]
    questionnaire: Vec<AsksSource>,
    #[serde(default)]
    schemes: Vec<Spanned<String>>,
    previous: Option<Spanned<String>>,
    #[serde(default)]
    step: Vec<StepSource>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepSource {
    step: Spanned<String>,
    opens: Spanned<Value>,
    closes: Spanned<Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Name {
    vi: Spanned<String>,
    en: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AsksSource {
    id: Spanned<String>,
    #[serde(default)]
    units: Vec<Spanned<String>>,
    #[serde(default)]
    blocks: Vec<Spanned<String>>,
}

/// Reads the text of a round file.
///
/// # Errors
/// When it is not TOML, or a key is missing, unknown or of the wrong type.
pub fn parse(bytes: &[u8]) -> Result<Described, Faults> {
    if bytes.len() > FILE_MAX {
        return Err(Fault::file(Wrong::LargeText { most: FILE_MAX }).into());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::file(Wrong::NoUtf8))?;
    let text = text.trim_start_matches('\u{feff}');
    let source: Source = toml::from_str(text).map_err(|error| Fault {
        place: error.span().map_or(Place::File, |span| place(text, span.start)),
        what: Wrong::NoToml { cause: error.message().lines().collect::<Vec<_>>().join("; ") },
    })?;
    Ok(described(text, source))
}

fn described(text: &str, source: Source) -> Described {
    let Source { id, name: Name { vi, en }, year, opens, closes, synthetic, questionnaire, schemes, previous, step } = source;
    let word = |spanned: Spanned<String>| Given { place: place(text, spanned.span().start), value: tidy(spanned.get_ref()) };
    let date = |spanned: Spanned<Value>| {
        let place = place(text, spanned.span().start);
        let value = match spanned.into_inner() {
            Value::String(text) => tidy(&text),
            other => other.to_string(),
        };
        Given { value, place }
    };
    let plans = |StepSource { step, opens, closes }| Plans { step: word(step), opens: date(opens), closes: date(closes) };
    let asks = |AsksSource { id, units, blocks }| Asks {
        id: word(id),
        units: units.into_iter().map(word).collect(),
        blocks: blocks.into_iter().map(word).collect(),
    };
    Described {
        id: word(id),
        name_vi: word(vi),
        name_en: word(en),
        year: Given { place: place(text, year.span().start), value: year.into_inner() },
        opens: date(opens),
        closes: date(closes),
        synthetic,
        questionnaires: questionnaire.into_iter().map(asks).collect(),
        schemes: schemes.into_iter().map(word).collect(),
        previous: previous.map(word),
        steps: step.into_iter().map(plans).collect(),
    }
}

fn place(text: &str, byte: usize) -> Place {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(line_start..).map_or(0, |line| line.chars().count());
    Place::Text { line: 1 + before.matches('\n').count(), column: 1 + column }
}
