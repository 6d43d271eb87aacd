//! Words in both languages of the service at once, Vietnamese first: a workbook is passed on without the page that it was got from.

use crate::definition;
use crate::words::{LANGUAGES, Words};

/// What something is called, in each language of the service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label([String; 2]);

impl Label {
    /// Words by their key.
    #[must_use]
    pub fn by(key: &str) -> Self {
        Self::said(|words| words.get(key))
    }

    /// What is said in each language.
    pub fn said(say: impl Fn(Words) -> String) -> Self {
        Self(LANGUAGES.map(|language| say(Words::of(language))))
    }

    /// Words of a definition.
    #[must_use]
    pub fn of(text: &definition::Text) -> Self {
        Self(LANGUAGES.map(|language| text.get(language).to_owned()))
    }

    /// In each language, Vietnamese first.
    #[must_use]
    pub fn each(&self) -> [&str; 2] {
        self.0.each_ref().map(String::as_str)
    }

    /// In both languages at once.
    #[must_use]
    pub fn joined(&self) -> String {
        joined(self.each())
    }
}

impl From<String> for Label {
    fn from(text: String) -> Self {
        Self([text.clone(), text])
    }
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// A text by its key.
pub(super) fn both(key: &str) -> String {
    Label::by(key).joined()
}

/// What is said in each language.
pub(super) fn said(say: impl Fn(Words) -> String) -> String {
    Label::said(say).joined()
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
        assert_eq!(Label::by("par-rank").each(), ["Hạng", "Rank"]);
    }
}
