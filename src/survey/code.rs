//! One-time codes: ten symbols that carry 50 random bits, and one that tells a slip of the pen.
//!
//! The alphabet has 32 symbols, without `I`, `L`, `O` and `U`. Symbols are elements of the field GF(2⁵) with the polynomial `x⁵ + x² + 1`,
//! and the check symbol is `Σ αⁱ·sᵢ`, i = 1 … 10, with α a generator. A single wrong symbol changes one term, and two exchanged symbols
//! change `(αⁱ - αʲ)·(sᵢ - sⱼ)`, which is not zero: either is always found.
//!
//! The check symbol is shifted by a tag of the round, so that a code says which of several open rounds it is for: it is looked up in one,
//! and no random bit is lost. What is no code of an open round is taken for a slip of the pen.

use std::fmt;

/// Symbols by value.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols that carry random bits.
const RANDOM: usize = 10;
/// Symbols with the check symbol.
const LENGTH: usize = RANDOM + 1;
/// Most characters of an entry that is read at all: spaces and dashes included.
const ENTRY_MAX: usize = 60;

/// A code that is well formed; whether it was issued is another question.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code([u8; LENGTH]);

/// Number of a round modulo 32. It is part of every code, so that a code says for which of the rounds that are open it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag(u8);

impl Tag {
    /// The tag of a round, by its row.
    #[must_use]
    pub fn of_round(row: i32) -> Self {
        Self(u8::try_from(row.rem_euclid(32)).unwrap_or_default())
    }
}

impl fmt::Debug for Code {
    /// Never shows the code: it could link a log to a sheet.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(..)")
    }
}

impl Code {
    /// The code of a round that carries the lowest 50 of some random bits.
    #[must_use]
    pub fn from_bits(bits: u64, tag: Tag) -> Self {
        let mut values = [0; LENGTH];
        for (place, value) in values.iter_mut().enumerate().take(RANDOM) {
            *value = five(bits >> (5 * place));
        }
        values[RANDOM] = check(&values) ^ tag.0;
        Self(values)
    }

    /// Reads an entry: capitals or small letters, spaces and dashes anywhere, O for 0, I and L for 1. None where symbols are missing, or
    /// there are too many. Whether the check symbol fits depends on the round: see [`Code::tag`].
    #[must_use]
    pub fn read(entry: &str) -> Option<Self> {
        let mut values = [0; LENGTH];
        let mut places = values.iter_mut();
        for letter in entry.get(..ENTRY_MAX).unwrap_or(entry).chars().filter(|letter| !letter.is_whitespace() && !is_dash(*letter)) {
            *places.next()? = value(letter)?;
        }
        (places.next().is_none() && entry.len() <= ENTRY_MAX).then_some(Self(values))
    }

    /// The tag of the round that the code says it is for.
    #[must_use]
    pub fn tag(&self) -> Tag {
        Tag(check(&self.0) ^ self.0[RANDOM])
    }

    /// The bytes that are hashed: the values of the symbols.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The code without spaces, as it travels in an address.
    #[must_use]
    pub fn compact(&self) -> String {
        self.0.iter().filter_map(|value| ALPHABET.get(usize::from(*value))).copied().map(char::from).collect()
    }

    /// The code in groups, as it is printed: `7Q4M-1ZKD-9RX`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let compact = self.compact();
        [compact.get(..4), compact.get(4..8), compact.get(8..)].into_iter().flatten().collect::<Vec<_>>().join("-")
    }
}

fn five(bits: u64) -> u8 {
    u8::try_from(bits & 31).unwrap_or_default()
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '.' | '_')
}

fn value(letter: char) -> Option<u8> {
    let symbol = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == symbol).and_then(|value| u8::try_from(value).ok())
}

/// `Σ αⁱ·sᵢ` by Horner's rule: times α, then the next symbol.
fn check(values: &[u8; LENGTH]) -> u8 {
    values.iter().take(RANDOM).rev().fold(0, |sum, value| times_alpha(sum ^ value))
}

fn times_alpha(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 { doubled } else { (doubled ^ 0b10_0101) & 31 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    proptest! {
        #[test]
        fn what_is_printed_reads_back(bits in 0_u64..1 << 50, round: i32) {
            let code = Code::from_bits(bits, Tag::of_round(round));
            prop_assert_eq!(code.tag(), Tag::of_round(round));
            let misread = code.compact().replace('0', "O").replace('1', "l");
            for text in [code.grouped(), code.compact(), code.grouped().to_lowercase(), misread] {
                prop_assert_eq!(Code::read(&text), Some(code));
            }
        }

        #[test]
        fn different_bits_are_different_codes(one in 0_u64..1 << 50, other in 0_u64..1 << 50) {
            prop_assert_eq!(Code::from_bits(one, Tag(7)) == Code::from_bits(other, Tag(7)), one == other);
        }

        #[test]
        fn a_wrong_symbol_is_found(bits in 0_u64..1 << 50, place in 0_usize..LENGTH, by in 1_u8..32) {
            let mut values = Code::from_bits(bits, Tag(7)).0;
            values[place] ^= by;
            prop_assert_ne!(Code::read(&Code(values).compact()).unwrap().tag(), Tag(7));
        }

        #[test]
        fn two_exchanged_symbols_are_found(bits in 0_u64..1 << 50, one in 0_usize..RANDOM, other in 0_usize..RANDOM) {
            let mut values = Code::from_bits(bits, Tag(7)).0;
            prop_assume!(values[one] != values[other]);
            values.swap(one, other);
            prop_assert_ne!(Code::read(&Code(values).compact()).unwrap().tag(), Tag(7));
        }

        #[test]
        fn anything_may_be_entered(entry in ".{0,80}") {
            let _ = Code::read(&entry);
        }
    }

    #[rstest]
    #[case::too_short("7Q4M-1ZKD")]
    #[case::empty("")]
    #[case::no_symbol("U000-0000-000")]
    #[case::too_long("0000-0000-000-0")]
    #[case::endless(&"0 ".repeat(100))]
    fn what_is_no_code_is_refused(#[case] entry: &str) {
        assert_eq!(Code::read(entry), None);
    }

    #[test]
    fn spaces_dashes_and_letters_that_look_like_digits_do_not_matter() {
        let code = Code::read("0000 0000 000").unwrap();
        assert_eq!(Code::read(" oOo0–0000—o O0 "), Some(code));
        assert_eq!(code, Code::from_bits(0, Tag(0)));
    }
}
