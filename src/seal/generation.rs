//! A generation: what is sealed under one key.

use std::fmt;

use aes_gcm::aead::{Aead, AeadInOut, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use zeroize::Zeroizing;

use super::{PrivateKey, PublicKey};
use crate::random::random_bytes;

/// Id of a generation: 128 random bits.
pub type GenerationId = [u8; 16];

/// Bytes of a tag, by which a change is noticed.
const TAG: usize = 16;

/// Bytes of a nonce. They are random: far fewer than 2³² are drawn under one key.
const NONCE: usize = 12;

/// One run of a server, one batch of mixing or one file, with its key. The key is overwritten when it is dropped.
pub struct Generation {
    id: GenerationId,
    cipher: Aes256Gcm,
    head: Vec<u8>,
}

impl fmt::Debug for Generation {
    /// Never shows the key.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Generation").field("id", &hex::encode(self.id)).finish_non_exhaustive()
    }
}

impl Generation {
    /// A new one of a round. None only where the public key is none.
    #[must_use]
    pub fn draw(public: &PublicKey, round: i32) -> Option<Self> {
        let (id, key) = (random_bytes(), Zeroizing::new(random_bytes::<32>()));
        let head = public.seal(&purpose(round, id), &key[..])?;
        Some(Self { id, cipher: Aes256Gcm::new_from_slice(&key[..]).ok()?, head })
    }

    /// Opens one by its head. None where the head was sealed to another key, for another round or under another id, or is damaged.
    #[must_use]
    pub fn open_head(private: &PrivateKey, round: i32, id: GenerationId, head: &[u8]) -> Option<Self> {
        let key = private.open(&purpose(round, id), head)?;
        Some(Self { id, cipher: Aes256Gcm::new_from_slice(&key).ok()?, head: head.to_vec() })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> GenerationId {
        self.id
    }

    /// Its key, sealed to the round's public key.
    #[must_use]
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// Seals a text that belongs to something: nonce, cipher text, tag; 28 bytes longer than the text. Empty only for a text of many
    /// gigabytes.
    #[must_use]
    pub fn seal(&self, about: &[u8], text: &[u8]) -> Vec<u8> {
        let nonce: [u8; NONCE] = random_bytes();
        // Sealed where it will stay: every sheet comes this way twice.
        let mut sealed = Vec::with_capacity(NONCE + text.len() + TAG);
        sealed.extend(nonce);
        sealed.extend_from_slice(text);
        match self.cipher.encrypt_inout_detached(&Nonce::from(nonce), about, (&mut sealed[NONCE..]).into()) {
            Ok(tag) => sealed.extend_from_slice(&tag),
            // Nothing of a text is given away that was not sealed.
            Err(_) => sealed = Vec::new(),
        }
        sealed
    }

    /// Opens what was sealed about the same; none where it was sealed about something else, under another key, or is damaged.
    #[must_use]
    pub fn open(&self, about: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE>()?;
        self.cipher.decrypt(&Nonce::from(*nonce), Payload { msg: text, aad: about }).ok().map(Zeroizing::new)
    }
}

fn purpose(round: i32, id: GenerationId) -> Vec<u8> {
    [b"par-survey generation 1".as_slice(), &round.to_be_bytes(), &id].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generation_is_opened_by_its_head_for_its_round_and_id_only() {
        let key = PrivateKey::draw();
        let generation = Generation::draw(&key.public().unwrap(), 1).unwrap();
        let sealed = generation.seal(b"cell", b"answers");
        let (id, head) = (generation.id(), generation.head());
        let opened = Generation::open_head(&key, 1, id, head).unwrap();
        assert_eq!(opened.open(b"cell", &sealed).unwrap().as_slice(), b"answers");
        assert!(Generation::open_head(&key, 2, id, head).is_none());
        assert!(Generation::open_head(&key, 1, [0; 16], head).is_none());
        assert!(Generation::open_head(&PrivateKey::draw(), 1, id, head).is_none());
    }

    #[test]
    fn what_is_sealed_opens_about_the_same_and_under_the_same_key_only() {
        let public = PrivateKey::draw().public().unwrap();
        let [one, other] = [0, 0].map(|_| Generation::draw(&public, 1).unwrap());
        let sealed = one.seal(b"cell", b"answers");
        assert_eq!(sealed.len(), 7 + 28);
        assert_ne!(sealed, one.seal(b"cell", b"answers"), "nonces are random");
        assert_eq!((one.open(b"room", &sealed), other.open(b"cell", &sealed), one.open(b"cell", &sealed[..11])), (None, None, None));
        for place in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[place] ^= 1;
            assert_eq!(one.open(b"cell", &damaged), None, "byte {place}");
        }
    }
}
