//! Words in several languages.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One text in every language of its definition, by language code (`vi`, `en`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<String, String>);

impl Text {
    /// The words in a language; Vietnamese where that one is missing.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        self.0.get(language).or_else(|| self.0.get("vi")).map_or("", String::as_str)
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Text {
    fn from(words: [(&str, &str); N]) -> Self {
        Self(words.into_iter().map(|(language, word)| (language.to_owned(), word.to_owned())).collect())
    }
}
