//! One-time codes: sixteen digits in four groups, two of which tell a slip of the pen.
//!
//! Fourteen digits are drawn, which is one of 10¹⁴ numbers: 46.5 random bits. With such a number `n` and the check digits `p`, 02 to 98,
//! ```text
//! 100·n + p ≡ 1 + round   (mod 97)
//! ```
//! which is MOD 97-10 of ISO/IEC 7064:2003, as in bank accounts (IBAN), shifted by the row of the round: a code says which of several open
//! rounds it is for, is looked up in one, and no random bit is lost. A wrong digit changes the sum by `d·10ⁱ`, where `d` is 1 to 9 or the
//! negative of that, and two exchanged digits change it by `d·(10ⁱ - 10ʲ)`. The prime 97 divides neither, because powers of ten repeat only
//! after 96 places: either is always found. An error that makes up for the difference of two open rounds reads as a code of the other;
//! there is none there, and the same is said.
//!
//! Digits, because a keyboard for Vietnamese (Telex, VNI) changes letters while they are typed. Codes that were printed before have letters
//! (`symbols.rs`) and go on as long as their rounds are open.

mod entry;
mod symbols;

use std::collections::BTreeSet;
use std::fmt;

use symbols::SymbolCode;

/// Digits of a code.
const LENGTH: usize = 16;
/// How many numbers the drawn digits can be.
const NUMBERS: u64 = 10_u64.pow(14);
/// What sums are divided by.
const MODULUS: u64 = 97;
/// The groups of a printed code.
const GROUPS: [usize; 4] = [4; 4];

/// A code that is well formed; whether it was issued is another question.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(Signs);

/// What a code is written in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Signs {
    /// The values of its digits.
    Digits([u8; LENGTH]),
    /// As codes were before.
    Symbols(SymbolCode),
}

impl fmt::Debug for Code {
    /// Never shows the code: it could link a log to a sheet.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code(..)")
    }
}

impl Code {
    /// The code of a round, by its row, that carries a random number. Of all numbers those beyond fourteen digits are folded back: the
    /// likeliest of 10¹⁴ codes is likelier than the others by a two-hundred-thousandth.
    #[must_use]
    pub fn drawn(number: u64, round: i32) -> Self {
        let drawn = number % NUMBERS * 100;
        // Nothing on the way is below nought.
        let check = MODULUS + 1 - (drawn + MODULUS - shift(round)) % MODULUS;
        Self::of_number(drawn + check)
    }

    fn of_number(number: u64) -> Self {
        let mut digits = [0; LENGTH];
        let mut rest = number;
        for digit in digits.iter_mut().rev() {
            *digit = u8::try_from(rest % 10).unwrap_or_default();
            rest /= 10;
        }
        Self(Signs::Digits(digits))
    }

    /// Reads a code that stands alone or among other words, however it was typed, pasted or printed. None where there is none, or several
    /// may be meant.
    #[must_use]
    pub fn read(entry: &str) -> Option<Self> {
        let mut found = entry::readings(entry, |_| true).find(|codes| !codes.is_empty())?;
        found.pop_first().filter(|_| found.is_empty())
    }

    /// The few codes that an entry may mean and that fit, such as for a round that is asked about: first those of digits, and for
    /// whoever goes on, those of symbols.
    pub fn readings(entry: &str, fits: impl Fn(&Self) -> bool) -> impl Iterator<Item = BTreeSet<Self>> {
        entry::readings(entry, fits)
    }

    /// How many digits an entry has that has nothing else to be read, where that is not the number of a code's.
    #[must_use]
    pub fn miscounted(entry: &str) -> Option<usize> {
        entry::miscounted(entry)
    }

    /// Whether its check digits say that it is for a round, by its row.
    #[must_use]
    pub fn is_for(&self, round: i32) -> bool {
        match &self.0 {
            Signs::Digits(digits) => {
                let number = digits.iter().fold(0, |number, digit| number * 10 + u64::from(*digit));
                number % MODULUS == (1 + shift(round)) % MODULUS
            }
            Signs::Symbols(code) => code.is_for(round),
        }
    }

    /// The bytes that are hashed: the values of its digits.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match &self.0 {
            Signs::Digits(digits) => digits,
            Signs::Symbols(code) => code.bytes(),
        }
    }

    /// The code without spaces, as it travels in an address.
    #[must_use]
    pub fn compact(&self) -> String {
        match &self.0 {
            Signs::Digits(digits) => digits.iter().map(|digit| char::from(b'0' + digit)).collect(),
            Signs::Symbols(code) => code.text(),
        }
    }

    /// The code in groups, as it is printed: `7041 1993 0526 4817`.
    #[must_use]
    pub fn grouped(&self) -> String {
        let (compact, mark) = (self.compact(), if matches!(self.0, Signs::Digits(_)) { ' ' } else { '-' });
        let mut grouped = String::with_capacity(compact.len() + 3);
        for (place, sign) in compact.chars().enumerate() {
            // Every group but the last of a code of before has four.
            grouped.extend((place > 0 && place % 4 == 0).then_some(mark));
            grouped.push(sign);
        }
        grouped
    }
}

/// By how much a round shifts check digits.
fn shift(round: i32) -> u64 {
    u64::try_from(i64::from(round).rem_euclid(97)).unwrap_or_default()
}

#[cfg(test)]
mod tests;
