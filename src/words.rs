//! Words of pages and printed sheets, from one Fluent file a language in `src/words/`.

mod coded;
mod collation;
mod database;
mod definition;
mod fault;
mod refusal;
mod seal;
mod target;

use std::borrow::Cow;
use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, Loader, langid, static_loader};

use crate::organiser::BlockNames;

static_loader! {
    static LOADER = {
        locales: "./src/words",
        fallback_language: "vi",
        // Without this, Fluent wraps every filled-in value in invisible direction marks.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static VI: LanguageIdentifier = langid!("vi");
static EN: LanguageIdentifier = langid!("en");

/// Languages in which the service itself speaks, the first by default.
pub const LANGUAGES: [&str; 2] = ["vi", "en"];

/// The words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    language: &'static LanguageIdentifier,
}

impl Words {
    /// The words of a language; Vietnamese for one that is not spoken here.
    #[must_use]
    pub fn of(language: &str) -> Self {
        Self { language: if language == "en" { &EN } else { &VI } }
    }

    /// The code of the language: `vi` or `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        if self.language == &EN { "en" } else { "vi" }
    }

    /// The other language one may switch to.
    #[must_use]
    pub fn other(self) -> Self {
        Self { language: if self.language == &EN { &VI } else { &EN } }
    }

    /// A text by its key.
    #[must_use]
    pub fn get(self, key: &str) -> String {
        LOADER.lookup(self.language, key)
    }

    /// A text by its key, with values filled in.
    #[must_use]
    pub fn with<const N: usize>(self, key: &str, values: [(&'static str, &str); N]) -> String {
        let filled = values.map(|(name, value)| (Cow::Borrowed(name), FluentValue::from(value.to_owned())));
        LOADER.lookup_with_args(self.language, key, &HashMap::from(filled))
    }

    /// A text about a number, in the plural that the number asks for.
    #[must_use]
    pub fn count(self, key: &str, n: usize) -> String {
        let said = LOADER.lookup_with_args(self.language, key, &HashMap::from([(Cow::Borrowed("n"), FluentValue::from(n))]));
        // Fluent writes numbers without parting their thousands.
        said.replace(&n.to_string(), &self.whole(u64::try_from(n).unwrap_or(u64::MAX)))
    }

    /// A text that may be missing: names of blocks that a province made up.
    #[must_use]
    pub fn find(self, key: &str) -> Option<String> {
        LOADER.try_lookup(self.language, key)
    }

    /// The name of a block: the one that its round gives, or else the service's own, or else its code.
    #[must_use]
    pub fn block(self, code: &str, given: &BlockNames) -> String {
        let own = || self.find(&format!("block-{code}")).unwrap_or_else(|| code.to_owned());
        given.get(code, self.code()).map_or_else(own, str::to_owned)
    }

    /// A decimal number as this language writes it: `90,53` in Vietnamese, `90.53` in English.
    #[must_use]
    pub fn decimal(self, number: &str) -> String {
        if self.code() == "vi" { number.replace('.', ",") } else { number.to_owned() }
    }

    /// A percentage as this language writes it: `90,53 %` in Vietnamese, `90.53%` in English.
    #[must_use]
    pub fn percent(self, number: &str) -> String {
        format!("{}{}", self.decimal(number), if self.code() == "vi" { "\u{a0}%" } else { "%" })
    }

    /// A whole number with its thousands parted: `20.000` in Vietnamese, `20,000` in English.
    #[must_use]
    pub fn whole(self, number: u64) -> String {
        let digits = number.to_string();
        let separator = if self.code() == "vi" { '.' } else { ',' };
        let mut text = String::new();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organiser::Bilingual;

    fn keys(text: &str) -> Vec<&str> {
        text.lines().filter(|line| line.starts_with(char::is_alphabetic)).filter_map(|line| line.split(" =").next()).collect()
    }

    #[test]
    fn both_languages_have_the_same_words_in_the_same_order() {
        assert_eq!(keys(include_str!("words/vi/ui.ftl")), keys(include_str!("words/en/ui.ftl")));
        assert_eq!(keys(include_str!("words/vi/results.ftl")), keys(include_str!("words/en/results.ftl")));
        assert_eq!(keys(include_str!("words/vi/par.ftl")), keys(include_str!("words/en/par.ftl")));
        assert_eq!(keys(include_str!("words/vi/about.ftl")), keys(include_str!("words/en/about.ftl")));
        assert_eq!(keys(include_str!("words/vi/poster.ftl")), keys(include_str!("words/en/poster.ftl")));
        assert_eq!(keys(include_str!("words/vi/refusal.ftl")), keys(include_str!("words/en/refusal.ftl")));
        assert_eq!(keys(include_str!("words/vi/fault.ftl")), keys(include_str!("words/en/fault.ftl")));
        assert_eq!(keys(include_str!("words/vi/definition.ftl")), keys(include_str!("words/en/definition.ftl")));
        assert_eq!(keys(include_str!("words/vi/database.ftl")), keys(include_str!("words/en/database.ftl")));
        assert_eq!(keys(include_str!("words/vi/workbook.ftl")), keys(include_str!("words/en/workbook.ftl")));
        assert_eq!(keys(include_str!("words/vi/columns.ftl")), keys(include_str!("words/en/columns.ftl")));
        assert_eq!(keys(include_str!("words/vi/seal.ftl")), keys(include_str!("words/en/seal.ftl")));
    }

    #[test]
    fn blocks_that_the_service_has_names_of_are_those_that_a_round_need_not_name() {
        let named = |text| keys(text).into_iter().filter_map(|key: &str| key.strip_prefix("block-").map(str::to_owned)).collect();
        let mut named: Vec<String> = named(include_str!("words/vi/ui.ftl"));
        named.sort();
        assert_eq!(named, crate::unit::NAMED_BLOCKS);
        let given = [("wards", "Phường", "Wards"), ("communes", "Xã", "Communes")];
        let given = given.map(|(code, vi, en)| (code.to_owned(), Bilingual { vi: vi.to_owned(), en: en.to_owned() }));
        let given = BlockNames::from_iter(given);
        let said = ["wards", "communes", "agencies", "x"].map(|code| Words::of("vi").block(code, &given));
        assert_eq!(said, ["Phường", "Xã", "Cơ quan trung ương trên địa bàn", "x"]);
    }

    #[test]
    fn what_is_promised_is_said_in_the_same_words_everywhere() {
        let keys = ["promise-1", "promise-2", "promise-key-file", "promise-3", "promise-4", "promise-5"];
        let promise = keys.map(|key| Words::of("en").get(key)).join(" ");
        let quoted: Vec<&str> = include_str!("MANUAL.md").lines().filter_map(|line| line.strip_prefix("> ")).collect();
        assert_eq!(quoted.join(" "), promise, "MANUAL.md");
        let table = include_str!("ARCHITECTURE.md");
        for sentence in promise.split_inclusive('.').map(str::trim) {
            assert!(table.contains(&format!("| {sentence} ")), "ARCHITECTURE.md lacks: {sentence}");
        }
    }

    #[test]
    fn values_are_filled_in_without_invisible_marks() {
        assert_eq!(Words::of("vi").with("form-part", [("number", "2"), ("total", "5")]), "Phần 2/5");
        assert_eq!(Words::of("en").count("choose-found", 1), "1 unit");
        assert_eq!(Words::of("en").count("choose-found", 20), "20 units");
        assert_eq!(Words::of("vi").count("par-units", 3_321), "3.321 đơn vị");
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        assert_eq!((Words::of("vi").decimal("90.53"), Words::of("vi").whole(1_234_567)), ("90,53".into(), "1.234.567".into()));
        assert_eq!((Words::of("en").decimal("90.53"), Words::of("en").whole(100)), ("90.53".into(), "100".into()));
        assert_eq!((Words::of("vi").percent("90.53"), Words::of("en").percent("90.53")), ("90,53\u{a0}%".into(), "90.53%".into()));
    }
}
