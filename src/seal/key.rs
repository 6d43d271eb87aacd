//! The pair of keys of a round.

use std::fmt;

use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::DhP256HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal_with_rng};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::random::generator;

/// Bytes of an encapsulated key, which a sealed message begins with: a point of P-256, not compressed.
const ENCAPSULATED: usize = 65;

/// What opens everything that was sealed in a round: a number of P-256. Overwritten when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for PrivateKey {
    /// Never shows the key.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PrivateKey(..)")
    }
}

impl PrivateKey {
    /// A fresh key.
    #[must_use]
    pub fn draw() -> Self {
        let (private, _) = DhP256HkdfSha256::gen_keypair_with_rng(&mut generator());
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(&Zeroizing::new(private.to_bytes()));
        Self(bytes)
    }

    /// The key of some bytes; none where they are none.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        <DhP256HkdfSha256 as Kem>::PrivateKey::from_bytes(bytes).ok()?;
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// Its bytes, to be kept elsewhere or split into shares.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// What belongs to it and may be known to everybody.
    #[must_use]
    pub fn public(&self) -> Option<PublicKey> {
        let private = <DhP256HkdfSha256 as Kem>::PrivateKey::from_bytes(&self.0[..]).ok()?;
        PublicKey::new(&DhP256HkdfSha256::sk_to_pk(&private).to_bytes())
    }

    /// Opens what [`PublicKey::seal`] sealed for the same purpose; none where it was sealed to another key, for another purpose, or is
    /// damaged.
    #[must_use]
    pub fn open(&self, purpose: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let private = <DhP256HkdfSha256 as Kem>::PrivateKey::from_bytes(&self.0[..]).ok()?;
        let (encapsulated, text) = sealed.split_at_checked(ENCAPSULATED)?;
        let encapsulated = <DhP256HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
        let mode = OpModeR::Base;
        single_shot_open::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(&mode, &private, &encapsulated, purpose, text, &[])
            .ok()
            .map(Zeroizing::new)
    }
}

/// The public key of a round, to which everything is sealed: a point of P-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicKey([u8; ENCAPSULATED]);

impl PublicKey {
    /// The key of some bytes; none where they are no point of the curve.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Option<Self> {
        <DhP256HkdfSha256 as Kem>::PublicKey::from_bytes(bytes).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Fingerprint of the key, for people to compare: 80 bits of its SHA-256, in five groups of four hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hash = hex::encode(Sha256::digest(self.0).split_at(10).0);
        let groups: Vec<&str> = (0..5).filter_map(|group| hash.get(4 * group..4 * group + 4)).collect();
        groups.join("-")
    }

    /// Seals something for a purpose, by which it is told from what was sealed for another. 81 bytes longer than what is sealed.
    ///
    /// None where the key is no point of the curve, which [`PublicKey::new`] has ruled out.
    #[must_use]
    pub fn seal(&self, purpose: &[u8], text: &[u8]) -> Option<Vec<u8>> {
        let public = <DhP256HkdfSha256 as Kem>::PublicKey::from_bytes(&self.0).ok()?;
        let (encapsulated, sealed) = single_shot_seal_with_rng::<AesGcm256, HkdfSha256, DhP256HkdfSha256>(
            &OpModeS::Base,
            &public,
            purpose,
            text,
            &[],
            &mut generator(),
        )
        .ok()?;
        Some([encapsulated.to_bytes().as_slice(), &sealed].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_opened_by_its_key_for_its_purpose_and_nothing_else() {
        let (key, other) = (PrivateKey::draw(), PrivateKey::draw());
        let sealed = key.public().unwrap().seal(b"head", b"secret").unwrap();
        assert_eq!(sealed.len(), 6 + 81);
        assert_eq!(key.open(b"head", &sealed).unwrap().as_slice(), b"secret");
        assert_eq!((other.open(b"head", &sealed), key.open(b"probe", &sealed)), (None, None));
        for place in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[place] ^= 1;
            assert_eq!(key.open(b"head", &damaged), None, "byte {place}");
        }
        assert_eq!((key.open(b"head", &sealed[..64]), key.open(b"head", &[])), (None, None));
    }

    #[test]
    fn a_key_is_read_back_from_its_bytes() {
        let key = PrivateKey::draw();
        assert_eq!(PrivateKey::new(key.bytes()), Some(key.clone()));
        assert_eq!(PublicKey::new(key.public().unwrap().bytes()), key.public());
        assert_eq!((PrivateKey::new(&[0; 32]), PrivateKey::new(&[255; 32]), PrivateKey::new(&[1; 31])), (None, None, None));
        assert_eq!((PublicKey::new(&[4; 65]), PublicKey::new(&[])), (None, None));
        assert_eq!(format!("{key:?}"), "PrivateKey(..)");
    }

    #[test]
    fn a_fingerprint_is_short_and_that_of_the_public_key() {
        let key = PrivateKey::new(&[7; 32]).unwrap();
        let print = key.public().unwrap().fingerprint();
        assert_eq!((print.len(), print.split('-').count()), (24, 5));
        assert_ne!(print, PrivateKey::draw().public().unwrap().fingerprint());
    }

    /// RFC 9180, A.3.1: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-128-GCM gives the pair of keys; the suite here is the one with
    /// AES-256-GCM.
    #[test]
    fn the_pair_of_keys_is_that_of_the_standard() {
        let private = hex::decode("f3ce7fdae57e1a310d87f1ebbde6f328be0a99cdbcadf4d6589cf29de4b8ffd2").unwrap();
        let public = "04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a\
                      779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0";
        assert_eq!(hex::encode(PrivateKey::new(&private).unwrap().public().unwrap().bytes()), public);
    }
}
