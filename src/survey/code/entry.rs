//! Reading what somebody typed, pasted or scanned where a code is asked for.
//!
//! It is brought to NFKC, so that full-width digits are digits, and signs that are not seen fall away. A code is then either all that is
//! there, with whatever is no digit passed over, or it stands among other words in the way it is printed or linked: "Mã phiếu: …", a whole
//! message, the address of a slip. Symbols, which a [keyboard] may have changed, are looked for only where digits lead nowhere.
//!
//! A year or a day beside a code can make four groups with some of its own that fit by chance, once in 97 times for each round. That is
//! why all readings that fit are given: which of them was issued says what is meant.

mod keyboard;

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use keyboard::Steps;

use super::symbols::{self, SymbolCode};
use super::{Code, GROUPS, LENGTH, Signs};
use crate::printed::is_hidden;

/// The longest entry that is read at all, in bytes: a whole message fits.
const ENTRY_MAX: usize = 2_000;

/// Most readings of a kind: more are no chance but a list, of which nobody knows which is meant.
const READINGS_MOST: usize = 4;

/// The codes that can be read and fit: first those of digits, then those of symbols, which are looked for when they are asked for. None of
/// a kind of which there are more than a few.
pub(super) fn readings(entry: &str, fits: impl Fn(&Code) -> bool) -> impl Iterator<Item = BTreeSet<Code>> {
    let words = words(entry).unwrap_or_default();
    [digits, symbols].into_iter().map(move |read| {
        let found: BTreeSet<Code> = read(&words).into_iter().filter(&fits).collect();
        if found.len() > READINGS_MOST { BTreeSet::new() } else { found }
    })
}

/// How many digits there are, where there is nothing else and it is not a code's number.
pub(super) fn miscounted(entry: &str) -> Option<usize> {
    let words = words(entry)?.concat();
    let is_other = !words.is_empty() && words.bytes().all(|sign| sign.is_ascii_digit()) && words.len() != LENGTH;
    is_other.then_some(words.len())
}

/// Letters and digits that stand together, in capitals; none where there is too much of them.
fn words(entry: &str) -> Option<Vec<String>> {
    if entry.len() > ENTRY_MAX {
        return None;
    }
    let seen: String = entry.nfkc().filter(|letter| letter.is_whitespace() || !is_hidden(*letter)).flat_map(char::to_uppercase).collect();
    Some(seen.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

/// What words that follow each other and have the lengths of groups are together, in every way in which each of them can be read and that
/// the steps suffice for.
fn grouped(words: &[String], groups: &[usize], steps: &Steps, read: impl Fn(&str, usize) -> Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let together = |words: &[String]| {
        words.iter().zip(groups).fold(vec![Vec::new()], |begun: Vec<Vec<u8>>, (word, length)| {
            let ends = if begun.is_empty() { Vec::new() } else { read(word, *length) };
            let ways = begun.iter().flat_map(|begun| ends.iter().map(move |end| [&begun[..], end].concat()));
            ways.take_while(|_| steps.take()).collect()
        })
    };
    words.windows(groups.len()).flat_map(together).collect()
}

/// Codes of digits: all digits that there are, or words that are printed so.
fn digits(words: &[String]) -> Vec<Code> {
    let of = |text: &str| text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect::<Vec<u8>>();
    let read = |word: &str, length: usize| {
        let digits = of(word);
        Some(digits).filter(|digits| digits.len() == length && word.len() == length).into_iter().collect()
    };
    let steps = Steps::of_entry();
    let printed = grouped(words, &GROUPS, &steps, read).into_iter().chain(grouped(words, &[LENGTH], &steps, read));
    printed.chain([of(&words.concat())]).filter_map(|digits| Some(Code(Signs::Digits(digits.try_into().ok()?)))).collect()
}

/// Codes of symbols: all that there is, or words that are printed so.
fn symbols(words: &[String]) -> Vec<Code> {
    symbols_by(words, &Steps::of_entry())
}

fn symbols_by(words: &[String], steps: &Steps) -> Vec<Code> {
    let undone = |text: &str, length: usize| keyboard::undone(text, length, steps);
    // First what most people enter: nothing but the code.
    let whole = undone(&words.join(keyboard::BREAK), symbols::LENGTH).into_iter();
    let linked = grouped(words, &[symbols::LENGTH], steps, undone);
    let printed = grouped(words, &symbols::GROUPS, steps, undone);
    let read = whole.chain(linked).chain(printed);
    read.filter_map(|values| SymbolCode::new(&values)).map(|code| Code(Signs::Symbols(code))).collect()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Whether looking for symbols ends before the steps do.
    fn suffices(entry: &str) -> bool {
        let steps = Steps::of_entry();
        let _ = symbols_by(&words(entry).unwrap(), &steps);
        steps.take()
    }

    #[rstest]
    #[case::one_letter_again_and_again(&"ỆỆỆỆ ".repeat(150), false)]
    #[case::typed_by_a_keyboard("Mã phiếu: 7Q4Ă-1ZKĐ-9RƯ", true)]
    #[case::a_message(
        "Kính gửi ông Nguyễn Văn Đức, mã phiếu của ông là 7Q4M-1ZKĐ-9RP, xin trả lời trước ngày 30/11/2026 tại địa chỉ dưới đây.",
        true
    )]
    fn steps_are_those_of_the_whole_entry(#[case] entry: &str, #[case] is_enough: bool) {
        assert_eq!(suffices(entry), is_enough, "{entry}");
    }
}
