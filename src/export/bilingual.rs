//! Words in both languages of the service at once, Vietnamese first: a workbook is passed on without the page that it was got from.

use crate::words::{LANGUAGES, Words};

/// A text by its key.
pub(super) fn both(key: &str) -> String {
    said(|words| words.get(key))
}

/// What is said in each language.
pub(super) fn said(say: impl Fn(Words) -> String) -> String {
    joined(LANGUAGES.map(|language| say(Words::of(language))))
}

/// Texts that are written in both languages already, once where they are the same.
pub(super) fn joined<T: AsRef<str>>([vi, en]: [T; 2]) -> String {
    let (vi, en) = (vi.as_ref(), en.as_ref());
    if vi == en { vi.to_owned() } else { format!("{vi} / {en}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organiser::BlockNames;

    #[test]
    fn what_is_the_same_in_both_languages_is_said_once() {
        assert_eq!(both("par-rank"), "Hạng / Rank");
        assert_eq!(said(|words| words.block("made-up", BlockNames::NONE)), "made-up");
        assert_eq!(joined(["A", "B"]), "A / B");
    }
}
