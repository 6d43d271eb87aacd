//! Codes as they were printed before: ten symbols that carry 50 random bits, and one that tells a slip of the pen. None is made any more.
//!
//! The alphabet has 32 symbols, without `I`, `L`, `O` and `U`. Symbols are elements of the field GF(2⁵) with the polynomial `x⁵ + x² + 1`,
//! and the check symbol is `Σ αⁱ·sᵢ`, i = 1 … 10, with α a generator. A single wrong symbol changes one term, and two exchanged symbols
//! change `(αⁱ - αʲ)·(sᵢ - sⱼ)`, which is not zero: either is always found. The check symbol is shifted by the row of the round modulo 32.

/// Symbols by value.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Symbols that carry random bits.
const RANDOM: usize = 10;
/// Symbols with the check symbol.
pub(super) const LENGTH: usize = RANDOM + 1;
/// The groups of a printed code.
pub(super) const GROUPS: [usize; 3] = [4, 4, 3];

/// The values of the symbols of a code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct SymbolCode([u8; LENGTH]);

impl SymbolCode {
    /// The code of so many symbols, by their values.
    pub(super) fn new(values: &[u8]) -> Option<Self> {
        values.try_into().ok().map(Self)
    }

    /// Whether its check symbol says that it is for a round, by its row.
    pub(super) fn is_for(&self, round: i32) -> bool {
        i32::from(check(&self.0) ^ self.0[RANDOM]) == round.rem_euclid(32)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn text(&self) -> String {
        self.0.iter().filter_map(|value| ALPHABET.get(usize::from(*value))).copied().map(char::from).collect()
    }
}

/// The value of a capital letter or digit; O is 0, I and L are 1.
pub(super) fn value(letter: char) -> Option<u8> {
    let symbol = match letter {
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
