//! Languages and texts: every text in every language, in NFC, without hidden characters.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{LANGUAGES_MAX, TEXT_MAX};
use crate::definition::Text;
use crate::definition::diagnostic::{FaultCode, Faults, quoted};
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
    pub(crate) fn read(source: &At<Vec<At<String>>>, faults: &mut Faults) -> Self {
        let mut list: Vec<String> = Vec::new();
        for language in &source.value {
            let word = &language.value;
            if !matches!(word.len(), 2..=3) || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                faults.add(FaultCode::BadLanguages, &language.span, format!("{} is not a language", quoted(word)));
            } else if list.contains(word) {
                faults.add(FaultCode::BadLanguages, &language.span, format!("the language `{word}` stands twice"));
            } else {
                list.push(word.clone());
            }
        }
        if let Some(beyond) = source.value.get(LANGUAGES_MAX) {
            let message = format!("{} languages are more than the {LANGUAGES_MAX} allowed", source.value.len());
            faults.add(FaultCode::TooMany, &beyond.span, message);
        }
        for needed in NEEDED {
            if !list.iter().any(|language| language == needed) {
                faults.add(FaultCode::BadLanguages, &source.span, format!("`languages` lacks \"{needed}\""));
                list.push(needed.to_owned());
            }
        }
        // What is too many is left out, so that no text is asked for words in a hundred languages.
        list.truncate(LANGUAGES_MAX);
        Self { list, span: source.span.clone() }
    }

    /// Checks one text.
    pub(crate) fn text(&self, words: &Words, faults: &mut Faults) -> Text {
        let mut text = BTreeMap::new();
        let given = &words.0;
        for (language, word) in &given.value {
            if !self.list.contains(&language.value) {
                let message = format!("the language {} is not declared", quoted(&language.value));
                faults.add(FaultCode::UndeclaredLanguage, &language.span, message);
            }
            text.insert(language.value.clone(), plain(word, TEXT_MAX, "the text", faults));
        }
        let missing = self.missing(&text);
        if !missing.is_empty() {
            faults.add(FaultCode::MissingLanguage, &given.span, format!("the words in {missing} are missing"));
        }
        Text(text)
    }

    /// The languages that a text lacks, for a message; empty when it lacks none.
    fn missing(&self, text: &BTreeMap<String, String>) -> String {
        let missing = self.list.iter().filter(|language| !text.contains_key(*language));
        missing.map(|language| format!("`{language}`")).collect::<Vec<_>>().join(", ")
    }

    /// The words of a key that may be left out, or else the format's own; in further languages the file has to give them.
    pub(crate) fn label(&self, key: &str, given: Option<&Words>, own: [(&str, &str); 2], needed: bool, faults: &mut Faults) -> Text {
        if let Some(words) = given {
            return self.text(words, faults);
        }
        let text = Text::from(own);
        let missing = self.missing(&text.0);
        if needed && !missing.is_empty() {
            let message = format!("the words for \"{}\" in {missing} are missing", text.get("en"));
            let hint = format!("add the key `{key}` at the top, with words in every language");
            faults.add_with(FaultCode::MissingLanguage, &self.span, message, Some(hint));
        }
        text
    }

    /// The languages in order.
    pub(crate) fn into_list(self) -> Vec<String> {
        self.list
    }
}

/// Checks words in one language and gives them in NFC, with one blank between words.
pub(crate) fn plain(words: &At<String>, longest: usize, what: &str, faults: &mut Faults) -> String {
    let text = composed(&words.value);
    let length = text.chars().count();
    if text.is_empty() {
        faults.add(FaultCode::EmptyText, &words.span, format!("{what} is empty"));
    } else if length > longest {
        faults.add(FaultCode::TextTooLong, &words.span, format!("{what} has {length} characters, more than {longest}"));
    }
    if let Some(hidden) = text.chars().find(|&letter| is_hidden(letter)) {
        let message = format!("{what} has the invisible character U+{:04X}", u32::from(hidden));
        faults.add(FaultCode::HiddenCharacter, &words.span, message);
    }
    text
}
