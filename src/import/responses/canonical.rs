//! What a file of sheets says, as one hash: by it the file is known again in another round, whatever became of its order, quotation marks,
//! columns or of the version of the questionnaire. With it go hashes of its parts, by which a file with one row more is known.
//!
//! The hash of a row is in memory only. Kept are hashes of ten and more of them together, and of all, which name no sheet.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::store::imports::PART;
use crate::survey::reading::NO_OPINION_CODE;
use crate::survey::sheet::{Answer, AnswerSheet};
use crate::survey::{Item, Questionnaire};

/// The hash of a row: what figures are made of, which is unit, group and what was chosen, by the codes of items and options. Neither what
/// was written nor how and where somebody was asked: with or without it, it is the same sheet.
pub(super) fn of_row(place: [&str; 2], questionnaire: &Questionnaire, sheet: &AnswerSheet) -> [u8; 32] {
    let said = questionnaire.items.iter().zip(sheet.answers()).filter_map(|(item, answer)| Some((&*item.code, chosen(item, *answer)?)));
    let mut said: Vec<(&str, String)> = said.collect();
    said.sort_unstable();
    let mut hash = Sha256::new();
    for text in place.into_iter().chain(said.iter().flat_map(|(item, value)| [*item, value.as_str()])) {
        // No text has this byte, so that no two rows run together to the same bytes.
        hash.update(text);
        hash.update([0xFF]);
    }
    hash.finalize().into()
}

/// Fewest different sheets about a unit by which they are known again. Of fewer, or where all are alike, others may be equal by chance.
const DIFFERENT_LEAST: usize = 10;

/// What is kept of a file: the hash of all its rows, and one for each unit about which it has many that differ, so that a file is also
/// known by a part of it. By the hashes of rows, by unit. Of no sheets there is none: files of remarks alone share nothing by that.
pub(super) fn of_file(questionnaire: &str, mut units: BTreeMap<i32, Vec<[u8; 32]>>) -> String {
    for rows in units.values_mut() {
        rows.sort_unstable();
    }
    let mut all: Vec<[u8; 32]> = units.values().flatten().copied().collect();
    if all.is_empty() {
        return String::new();
    }
    all.sort_unstable();
    let differ = |rows: &&Vec<[u8; 32]>| rows.chunk_by(|one, next| one == next).count() >= DIFFERENT_LEAST;
    // A file about one unit has the part as well: another one may have it beside others.
    let mut parts: Vec<String> = units.values().filter(differ).map(|rows| together(questionnaire, rows)).collect();
    parts.sort_unstable();
    std::iter::once(together("", &all)).chain(parts).collect::<Vec<_>>().join(PART)
}

/// The hash of sorted rows, in hexadecimal digits.
fn together(of: &str, rows: &[[u8; 32]]) -> String {
    let hash = rows.iter().fold(Sha256::new().chain_update(of), Sha256::chain_update);
    hex::encode(hash.finalize())
}

/// Codes of what was chosen; none where nothing was.
fn chosen(item: &Item, answer: Answer) -> Option<String> {
    if answer == Answer::NoOpinion { Some(NO_OPINION_CODE.to_owned()) } else { answer.codes(item) }
}
