//! Languages and texts: every text in every language, in NFC, without hidden characters.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{LANGUAGES_MAX, TEXT_MAX};
use crate::definition::Text;
use crate::definition::diagnostic::{Flaw, FoundFaults, Many, shown};
use crate::definition::source::{At, Words};
use crate::printed::{composed, is_hidden};

/// Languages that every definition has: the one of the respondents and the one of the reports.
const NEEDED: [&str; 2] = ["vi", "en"];

/// The languages of a file.
pub(crate) struct Languages {
    list: Vec<String>,
    span: Range<usize>,
}

impl Languages {
    /// Checks the list of languages. The needed ones count as declared even where they are missing, so that no text echoes that.
    pub(crate) fn read(source: &At<Vec<At<String>>>, faults: &mut FoundFaults) -> Self {
        let mut list: Vec<String> = Vec::new();
        for language in &source.value {
            let word = &language.value;
            if !matches!(word.len(), 2..=3) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                faults.add(&language.span, Flaw::NoLanguage { given: shown(word) });
            } else if list.contains(word) {
                faults.add(&language.span, Flaw::LanguageTwice { given: word.clone() });
            } else {
                list.push(word.clone());
            }
        }
        if let Some(beyond) = source.value.get(LANGUAGES_MAX) {
            faults.add(&beyond.span, Flaw::TooMany { count: source.value.len(), things: Many::Languages, most: LANGUAGES_MAX });
        }
        for needed in NEEDED {
            if !list.iter().any(|language| language == needed) {
                faults.add(&source.span, Flaw::LanguageWanted { wanted: needed });
                list.push(needed.to_owned());
            }
        }
        // What is too many is left out, so that no text is asked for words in a hundred languages.
        list.truncate(LANGUAGES_MAX);
        Self { list, span: source.span.clone() }
    }

    /// Checks one text.
    pub(crate) fn text(&self, words: &Words, faults: &mut FoundFaults) -> Text {
        let mut text = BTreeMap::new();
        let given = &words.0;
        for (language, word) in &given.value {
            if !self.list.contains(&language.value) {
                faults.add(&language.span, Flaw::UndeclaredLanguage { given: shown(&language.value) });
            }
            text.insert(language.value.clone(), plain(word, TEXT_MAX, None, faults));
        }
        let languages = self.missing(&text);
        if !languages.is_empty() {
            faults.add(&given.span, Flaw::WordsMissing { languages });
        }
        Text(text)
    }

    /// The languages that a text lacks, each marked as a word of a file.
    fn missing(&self, text: &BTreeMap<String, String>) -> Vec<String> {
        let missing = self.list.iter().filter(|language| !text.contains_key(*language));
        missing.map(|language| format!("`{language}`")).collect()
    }

    /// The words of a key that may be left out, or else the format's own; in further languages the file has to give them.
    pub(crate) fn label(
        &self,
        key: &'static str,
        given: Option<&Words>,
        own: [(&str, &str); 2],
        needed: bool,
        faults: &mut FoundFaults,
    ) -> Text {
        if let Some(words) = given {
            return self.text(words, faults);
        }
        let text = Text::from(own);
        let languages = self.missing(&text.0);
        if needed && !languages.is_empty() {
            let [vi, en] = ["vi", "en"].map(|language| text.get(language).to_owned());
            faults.add(&self.span, Flaw::LabelMissing { key, vi, en, languages });
        }
        text
    }

    /// The languages in order.
    pub(crate) fn into_list(self) -> Vec<String> {
        self.list
    }
}

/// Checks words in one language, which stand under a key of their own or are one of a text, and gives them in NFC, with one blank between
/// words.
pub(crate) fn plain(words: &At<String>, most: usize, key: Option<&'static str>, faults: &mut FoundFaults) -> String {
    let text = composed(&words.value);
    let characters = text.chars().count();
    if text.is_empty() {
        faults.add(&words.span, Flaw::EmptyText { key });
    } else if characters > most {
        faults.add(&words.span, Flaw::LongText { key, characters, most });
    }
    if let Some(hidden) = text.chars().find(|&letter| is_hidden(letter)) {
        faults.add(&words.span, Flaw::HiddenCharacter { key, character: format!("U+{:04X}", u32::from(hidden)) });
    }
    text
}
