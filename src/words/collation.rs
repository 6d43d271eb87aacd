//! The order of names as readers of a language expect it (CLDR): in Vietnamese ă and â come after a, đ after d, and tones decide last.

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::{Locale, locale};

use super::Words;

/// The order of a language; none only where the tables that are compiled in lack it.
type Alphabet = LazyLock<Option<CollatorBorrowed<'static>>>;

static VI: Alphabet = LazyLock::new(|| alphabet(locale!("vi")));
static EN: Alphabet = LazyLock::new(|| alphabet(locale!("en")));

fn alphabet(language: Locale) -> Option<CollatorBorrowed<'static>> {
    Collator::try_new(language.into(), CollatorOptions::default()).ok()
}

impl Words {
    /// Which of two names comes first in the alphabet of the language.
    #[must_use]
    pub fn order(self, one: &str, other: &str) -> Ordering {
        let alphabet = if self.code() == "en" { &EN } else { &VI };
        let order = alphabet.as_ref().map_or(Ordering::Equal, |alphabet| alphabet.compare(one, other));
        // So that no order depends on where two names stood before.
        order.then_with(|| one.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::letters_of_their_own("vi", &["Ban A", "Sở Dân số", "Sở Đất", "Sở Em", "Sở Y tế"])]
    #[case::each_letter_with_its_mark("vi", &["Xã An", "Xã Az", "Xã Ăn", "Xã Âm", "Xã Ba", "Xã Oa", "Xã Ôa", "Xã Ơa", "Xã Ua", "Xã Ưa"])]
    #[case::tones_last("vi", &["Phường ba", "Phường bà", "Phường bả", "Phường bã", "Phường bá", "Phường bạ", "Phường ban"])]
    #[case::a_tone_decides_after_all_letters("vi", &["Hoà Lạc", "Hoa Lư", "Hoà Lư"])]
    #[case::no_matter_how_it_is_encoded("vi", &["Sơ", "Sơ\u{309}", "Sở a", "Sơ\u{309} b"])]
    #[case::in_english_marks_decide_last("en", &["An", "Ăn", "Az", "Da", "Đa", "Db"])]
    fn names_are_in_the_order_of_the_alphabet(#[case] language: &str, #[case] names: &[&str]) {
        let mut sorted: Vec<&str> = names.iter().rev().copied().collect();
        sorted.sort_by(|one, other| Words::of(language).order(one, other));
        assert_eq!(sorted, names);
    }

    #[test]
    fn the_alphabets_are_compiled_in() {
        assert!(VI.is_some() && EN.is_some());
    }
}
