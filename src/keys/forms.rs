//! The hidden key of a form, signed: 128 random bits, and by which the server knows that it gave them out itself.
//!
//! ```text
//! base64url(bits ‖ HMAC-SHA-256(secret of the round, "form" ‖ round ‖ questionnaire ‖ unit ‖ bits))
//! ```
//! The secret is in the main database, so that all servers have the same. Signing and verifying need it and nothing else: no list of keys
//! that were given out is kept anywhere. What was verified is dropped; only the random bits go on.

use std::fmt;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::deposit::SheetKey;
use crate::store::secrets::RoundSecret;

/// Random bits, in bytes.
const BITS: usize = 16;
/// The signature, in bytes.
const MAC: usize = 32;
/// Characters of a signed key: three bytes in four, and no filling.
pub const SIGNED: usize = (BITS + MAC) / 3 * 4;

/// A key as it stands in a form.
pub type SignedKey = [u8; SIGNED];

/// What a key is signed for: rows of round, questionnaire and unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormSubject {
    /// Row of the round.
    pub round: i32,
    /// Row of the round's questionnaire.
    pub questionnaire: i32,
    /// Row of the unit.
    pub unit: i32,
}

/// The secret of a round's forms, made ready for signing once.
#[derive(Clone)]
pub struct FormSecret(Hmac<Sha256>);

impl fmt::Debug for FormSecret {
    /// Never shows the secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FormSecret(..)")
    }
}

impl FormSecret {
    /// The secret as the database keeps it.
    #[must_use]
    pub fn new(secret: &RoundSecret) -> Self {
        let mut padded = hmac::digest::Key::<Hmac<Sha256>>::default();
        padded.iter_mut().zip(secret.bytes()).for_each(|(place, byte)| *place = *byte);
        Self(Hmac::new(&padded))
    }

    fn mac(&self, about: FormSubject, bits: &[u8]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(b"form");
        for row in [about.round, about.questionnaire, about.unit] {
            mac.update(&row.to_be_bytes());
        }
        mac.update(bits);
        mac
    }

    /// A key with its signature, as it stands in a form.
    #[must_use]
    pub fn sign(&self, about: FormSubject, key: SheetKey) -> SignedKey {
        let (mut bytes, mut text) = ([0; BITS + MAC], [0; SIGNED]);
        let (bits, signature) = bytes.split_at_mut(BITS);
        bits.copy_from_slice(key.bytes());
        signature.copy_from_slice(&self.mac(about, key.bytes()).finalize().into_bytes());
        // The text has exactly the room.
        BASE64_URL_SAFE_NO_PAD.encode_slice(bytes, &mut text).ok();
        text
    }

    /// The random bits of a key that this secret signed for this unit; none of any other. Takes as long wherever the first difference is.
    #[must_use]
    pub fn verify(&self, about: FormSubject, text: &str) -> Option<SheetKey> {
        if text.len() != SIGNED {
            return None;
        }
        let mut bytes = [0; BITS + MAC];
        BASE64_URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()?;
        let (bits, signature) = bytes.split_first_chunk::<BITS>()?;
        self.mac(about, bits).verify_slice(signature).ok()?;
        Some(SheetKey::new(*bits))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: FormSubject = FormSubject { round: 1, questionnaire: 2, unit: 3 };

    fn secret(byte: u8) -> FormSecret {
        FormSecret::new(&RoundSecret::new([byte; 32]))
    }

    fn text(signed: SignedKey) -> String {
        String::from_utf8(signed.to_vec()).unwrap()
    }

    #[test]
    fn a_signed_key_comes_back_as_its_random_bits() {
        let key = SheetKey::random();
        let signed = text(secret(7).sign(ABOUT, key));
        assert_eq!((signed.len(), secret(7).verify(ABOUT, &signed)), (64, Some(key)));
    }

    #[test]
    fn a_key_for_one_unit_questionnaire_round_or_secret_is_none_for_another() {
        let signed = text(secret(7).sign(ABOUT, SheetKey::random()));
        for other in [FormSubject { round: 2, ..ABOUT }, FormSubject { questionnaire: 3, ..ABOUT }, FormSubject { unit: 4, ..ABOUT }] {
            assert_eq!(secret(7).verify(other, &signed), None, "{other:?}");
        }
        assert_eq!(secret(8).verify(ABOUT, &signed), None);
    }

    /// Every character of it counts, and nothing may be missing or added.
    #[test]
    fn a_key_with_one_character_changed_is_none() {
        let signed = text(secret(7).sign(ABOUT, SheetKey::random()));
        for place in 0..signed.len() {
            let other = if &signed[place..=place] == "A" { "B" } else { "A" };
            let damaged = format!("{}{other}{}", &signed[..place], &signed[place + 1..]);
            assert_eq!(secret(7).verify(ABOUT, &damaged), None, "at {place}");
        }
        for damaged in [&signed[..63], &format!("{signed}A"), "", "0000000000000000000000000000002a", &"á".repeat(32)] {
            assert_eq!(secret(7).verify(ABOUT, damaged), None);
        }
    }

    /// The secret is the key of the hash as RFC 2104 has it, so that another program can sign the same.
    #[test]
    fn the_signature_is_hmac_sha_256_of_what_the_key_is_for() {
        let mut mac = Hmac::<Sha256>::new_from_slice(&[7; 32]).unwrap();
        mac.update(b"form\0\0\0\x01\0\0\0\x02\0\0\0\x03");
        mac.update(&[9; 16]);
        let expected = [&[9; 16][..], &mac.finalize().into_bytes()].concat();
        let signed = secret(7).sign(ABOUT, SheetKey::new([9; 16]));
        assert_eq!(BASE64_URL_SAFE_NO_PAD.decode(signed).unwrap(), expected);
    }
}
