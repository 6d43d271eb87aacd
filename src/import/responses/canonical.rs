//! What a file of sheets says, as one hash: by it the file is known again in another round, whatever became of its order, quotation marks,
//! columns or of the version of the questionnaire.
//!
//! The hash of a row is in memory only. Kept is the hash of all of them together, which names no sheet.

use sha2::{Digest, Sha256};

use crate::survey::reading::NO_OPINION_CODE;
use crate::survey::sheet::{Answer, AnswerSheet};
use crate::survey::{Item, Questionnaire};

/// The hash of a row: what figures are made of, which is unit, group and what was chosen, by the codes of items and options. Neither what was written
/// nor how and where somebody was asked: with or without it, it is the same sheet.
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

/// The hash of a file by those of its rows, in hexadecimal digits. Of no sheets there is none: files of remarks alone share nothing by that.
pub(super) fn of_file(mut rows: Vec<[u8; 32]>) -> String {
    if rows.is_empty() {
        return String::new();
    }
    rows.sort_unstable();
    let mut hash = Sha256::new();
    for row in rows {
        hash.update(row);
    }
    hex::encode(hash.finalize())
}

/// Codes of what was chosen; none where nothing was.
fn chosen(item: &Item, answer: Answer) -> Option<String> {
    if answer == Answer::NoOpinion { Some(NO_OPINION_CODE.to_owned()) } else { answer.codes(item) }
}
