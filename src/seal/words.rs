//! Words in which a share is written down: those of BIP 39 in English, of which four letters are enough to tell each from all others.

use bip39::{Language, Mnemonic};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::{Zeroize, Zeroizing};

use super::ShareError;
use crate::random::random_bytes;

/// Words of a share: 24 for its 32 bytes with a check of eight bits, and one with its number and a check of what it belongs to.
pub const WORDS: usize = 25;

/// Words in the list.
pub(super) const LISTED: usize = 2_048;

/// Letters by which a word is told from all others.
const TELLING: usize = 4;

/// The words of some bytes, and of a last one by its place in the list.
pub(super) fn write(bytes: &[u8; 32], last: usize) -> Option<Zeroizing<String>> {
    let mnemonic = Mnemonic::from_entropy(bytes).ok()?;
    let mut text = Zeroizing::new(String::with_capacity(WORDS * 9));
    for word in mnemonic.words().chain([*Language::English.word_list().get(last)?]) {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    Some(text)
}

/// Reads words back: the bytes, and the place of the last one. Capitals, accents, numbers, blanks and line breaks say nothing.
pub(super) fn read(text: &str) -> Result<(Zeroizing<[u8; 32]>, usize), ShareError> {
    let mut places = Zeroizing::new(Vec::with_capacity(WORDS));
    for (before, word) in split(text).enumerate() {
        places.push(find(word).ok_or(ShareError::NotInList(before + 1))?);
    }
    let [most @ .., last] = places.as_slice() else { return Err(ShareError::Count(0)) };
    if places.len() != WORDS {
        return Err(ShareError::Count(places.len()));
    }
    let english = Language::English.word_list();
    let mut written = Zeroizing::new(String::with_capacity(WORDS * 9));
    for word in most.iter().filter_map(|place| english.get(*place)) {
        written.push_str(word);
        written.push(' ');
    }
    let mnemonic = Mnemonic::parse_in_normalized(Language::English, &written).map_err(|_| ShareError::Misfit)?;
    let (mut entropy, length) = mnemonic.to_entropy_array();
    let mut bytes = Zeroizing::new([0; 32]);
    bytes.copy_from_slice(entropy.split_at(length.min(32)).0);
    entropy.zeroize();
    Ok((bytes, *last))
}

/// Whether a text is the words of some share, of whatever round.
#[must_use]
pub fn is_share(text: &str) -> bool {
    read(text).is_ok()
}

/// How many words stand in a text.
#[must_use]
pub fn count_words(text: &str) -> usize {
    split(text).count()
}

/// Whether what somebody typed is a word of the list, by its first four letters.
#[must_use]
pub fn is_word(typed: &str, word: &str) -> bool {
    find(typed.trim()).and_then(|place| Language::English.word_list().get(place).copied()) == Some(word)
}

/// Three words that are asked back of whoever wrote a share down: their numbers, ascending.
#[must_use]
pub fn places_to_ask() -> [usize; 3] {
    let mut left: Vec<usize> = (1..=WORDS).collect();
    // Which words are asked need not be even to the last bit.
    let mut places = random_bytes::<3>().map(|byte| left.swap_remove(usize::from(byte) % left.len()));
    places.sort_unstable();
    places
}

/// Everything between words, as `1.` or a line break, parts them.
fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphabetic() && !is_combining_mark(letter)).filter(|word| !word.is_empty())
}

/// The place of a word in the list.
fn find(word: &str) -> Option<usize> {
    let mut plain = Zeroizing::new(String::with_capacity(4 * word.len()));
    plain.extend(word.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase));
    // The one Vietnamese letter that does not come apart.
    let plain = Zeroizing::new(plain.replace('đ', "d"));
    let list = Language::English.word_list();
    if let Ok(place) = list.binary_search(&plain.as_str()) {
        return Some(place);
    }
    let telling = plain.get(..TELLING).filter(|telling| telling.is_ascii())?;
    let place = list.partition_point(|listed| *listed < telling);
    list.get(place).filter(|listed| listed.starts_with(telling)).map(|_| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_four_letters_tell_its_words_apart() {
        let list = Language::English.word_list();
        assert_eq!((list.len(), list.is_sorted()), (LISTED, true));
        for (place, word) in list.iter().enumerate() {
            assert_eq!(find(word), Some(place), "{word}");
            assert_eq!(find(&word[..word.len().min(4)]), Some(place), "{word}");
        }
    }

    #[test]
    fn a_word_is_found_whatever_its_capitals_and_accents() {
        for typed in ["Abandon", "ABAN", "ábandơn", "abandonment", " aban "] {
            assert!(is_word(typed, "abandon"), "{typed}");
        }
        for typed in ["aba", "", "abxndon", "ability", "zzzz", "ă"] {
            assert!(!is_word(typed, "abandon"), "{typed}");
        }
        assert!(is_word("đay", "day") && is_word("ACT", "act") && !is_word("acti", "act"));
    }

    #[test]
    fn three_different_words_are_asked_back_in_their_order() {
        for _ in 0..500 {
            let [first, second, third] = places_to_ask();
            assert!(1 <= first && first < second && second < third && third <= WORDS);
        }
    }
}
