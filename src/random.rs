//! Randomness, from one place: whatever depends on it says so by naming this module.

use rand::CryptoRng;
use rand::Rng;

/// The thread's cryptographic generator.
#[expect(clippy::disallowed_methods, reason = "the one place that may ask")]
pub(crate) fn generator() -> impl CryptoRng {
    rand::rng()
}

/// Random bytes from the thread's cryptographic generator.
pub(crate) fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    generator().fill_bytes(&mut bytes);
    bytes
}
