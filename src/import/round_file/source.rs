//! The TOML text of a round file, and the emblem that it names.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;
use toml::{Spanned, Value};

use super::super::table::tidy;
use super::{Asks, Described, Given, GivenTexts, Organises, Plans, logo};
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
    organiser: Option<OrganiserSource>,
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
struct OrganiserSource {
    name: Name,
    province: Option<Name>,
    decision: Option<Name>,
    #[serde(default)]
    contact: Vec<Spanned<String>>,
    #[serde(default)]
    blocks: BTreeMap<Spanned<String>, Name>,
    public_url: Option<Spanned<String>>,
    logo: Option<Spanned<String>>,
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

/// Reads the text of a round file that lies in a folder.
///
/// # Errors
/// When it is not TOML, or a key is missing, unknown or of the wrong type.
pub fn parse(bytes: &[u8], folder: &Path) -> Result<Described, Faults> {
    if bytes.len() > FILE_MAX {
        return Err(Fault::file(Wrong::LargeText { most: FILE_MAX }).into());
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Fault::file(Wrong::NoUtf8))?;
    let text = text.trim_start_matches('\u{feff}');
    let source: Source = toml::from_str(text).map_err(|error| Fault {
        place: error.span().map_or(Place::File, |span| place(text, span.start)),
        what: Wrong::NoToml { cause: error.message().lines().collect::<Vec<_>>().join("; ") },
    })?;
    Ok(described(text, source, folder))
}

fn described(text: &str, source: Source, folder: &Path) -> Described {
    let Source { id, name: Name { vi, en }, year, opens, closes, synthetic, organiser, questionnaire, schemes, previous, step } = source;
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
        organiser: organiser.map(|organiser| organises(organiser, &word, folder)),
        questionnaires: questionnaire.into_iter().map(asks).collect(),
        schemes: schemes.into_iter().map(word).collect(),
        previous: previous.map(word),
        steps: step.into_iter().map(plans).collect(),
    }
}

fn organises(source: OrganiserSource, word: &impl Fn(Spanned<String>) -> Given<String>, folder: &Path) -> Organises {
    let OrganiserSource { name, province, decision, contact, blocks, public_url, logo } = source;
    let both = |Name { vi, en }: Name| -> GivenTexts { [word(vi), word(en)] };
    Organises {
        name: both(name),
        province: province.map(both),
        decision: decision.map(both),
        contact: contact.into_iter().map(word).collect(),
        blocks: blocks.into_iter().map(|(code, name)| (word(code), both(name))).collect(),
        public_url: public_url.map(word),
        logo: logo.map(|file| {
            let value = read_whole(folder, Path::new(file.get_ref()));
            Given { value, place: word(file).place }
        }),
    }
}

/// The bytes of an emblem, or why there are none.
fn read_whole(folder: &Path, name: &Path) -> Result<Vec<u8>, Wrong> {
    let unreadable = |error: io::Error| Wrong::Unreadable { row: None, cause: error.to_string() };
    let file = plain_file(folder, name).map_err(unreadable)?.ok_or(Wrong::LogoPlace)?;
    let mut bytes = Vec::new();
    File::open(file).and_then(|file| file.take(logo::READ_MOST).read_to_end(&mut bytes)).map_err(unreadable)?;
    Ok(bytes)
}

/// A file by its name, where it lies in a folder or below and is one: a round file that somebody was sent shows nothing else of a machine,
/// whatever links lead there, and nobody waits for a pipe.
fn plain_file(folder: &Path, name: &Path) -> io::Result<Option<PathBuf>> {
    if !name.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Ok(None);
    }
    // The folder of a file that is named without one is empty.
    let folder = Path::new(".").join(folder).canonicalize()?;
    let file = folder.join(name).canonicalize()?;
    Ok((file.starts_with(&folder) && file.metadata()?.is_file()).then_some(file))
}

fn place(text: &str, byte: usize) -> Place {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(line_start..).map_or(0, |line| line.chars().count());
    Place::Text { line: 1 + before.matches('\n').count(), column: 1 + column }
}
