//! A private key in shares: so many of them give it back, and fewer say nothing about it (Shamir's scheme over GF(2⁸)).
//!
//! ```text
//! share = number ‖ 32 bytes
//! words = 24 words of BIP 39 for the bytes ‖ one for number and check of: fingerprint of the round's public key ‖ number ‖ bytes
//! ```
//! By the last word a share of another round is told from one of this, and a number from another.

use std::fmt;
use std::str::FromStr;

use blahaj::Sharks;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::probe::opens;
use super::words::{self, LISTED};
use super::{PrivateKey, PublicKey};
use crate::random::generator;

/// Checks that fit into the last word beside the number: 2,048 words / 9 numbers = 227.
const CHECKS: usize = LISTED / 9;

/// How many shares of how many give the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quorum {
    threshold: u8,
    shares: u8,
}

impl Quorum {
    /// Most shares that there can be; their numbers take one digit.
    pub const MOST: u8 = 9;

    /// Two to nine shares, two or more of which are enough; none of other numbers.
    #[must_use]
    pub fn new(threshold: u8, shares: u8) -> Option<Self> {
        (2 <= threshold && threshold <= shares && shares <= Self::MOST).then_some(Self { threshold, shares })
    }

    /// How many shares are enough.
    #[must_use]
    pub fn threshold(self) -> u8 {
        self.threshold
    }

    /// How many shares there are.
    #[must_use]
    pub fn shares(self) -> u8 {
        self.shares
    }
}

impl fmt::Display for Quorum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-of-{}", self.threshold, self.shares)
    }
}

/// A text does not say how many shares of how many are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoQuorum;

impl FromStr for Quorum {
    type Err = NoQuorum;

    fn from_str(text: &str) -> Result<Self, NoQuorum> {
        let numbers = text.split_once("-of-").and_then(|(threshold, shares)| Some((threshold.parse().ok()?, shares.parse().ok()?)));
        let quorum = numbers.and_then(|(threshold, shares)| Self::new(threshold, shares));
        quorum.ok_or(NoQuorum)
    }
}

/// What is wrong with shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareError {
    /// So many words are none of a share.
    Count(usize),
    /// A word that is in no share; which one is not said, because it may be nearly one that is.
    NotInList(usize),
    /// Words that were not drawn together.
    Misfit,
    /// Words that fit together, but not with the round.
    Foreign,
    /// The same share again.
    Twice(u8),
    /// Shares that do not give the key.
    TooFew(usize),
}

/// One share of a private key. Overwritten when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyShare {
    number: u8,
    bytes: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for KeyShare {
    /// Never shows the share.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Share({}, ..)", self.number)
    }
}

impl KeyShare {
    /// Its number, from one.
    #[must_use]
    pub fn number(&self) -> u8 {
        self.number
    }

    /// Its words, parted by blanks. Empty only for a share of no number.
    #[must_use]
    pub fn words(&self, public: &PublicKey) -> Zeroizing<String> {
        let last = usize::from(self.number).saturating_sub(1) * CHECKS + self.check(public);
        words::write(&self.bytes, last).unwrap_or_default()
    }

    /// Reads the words of a share of the round with this public key.
    ///
    /// # Errors
    /// When they are none; the text says which is wrong.
    pub fn read(text: &str, public: &PublicKey) -> Result<Self, ShareError> {
        let (bytes, last) = words::read(text)?;
        let number = u8::try_from(last / CHECKS + 1).ok().filter(|number| *number <= Quorum::MOST).ok_or(ShareError::Foreign)?;
        let share = Self { number, bytes };
        if share.check(public) == last % CHECKS { Ok(share) } else { Err(ShareError::Foreign) }
    }

    fn check(&self, public: &PublicKey) -> usize {
        let hash = Sha256::new().chain_update(b"par-survey share 1").chain_update(public.fingerprint()).chain_update([self.number]);
        let hash: [u8; 32] = hash.chain_update(&self.bytes[..]).finalize().into();
        usize::from(u16::from_be_bytes([hash[0], hash[1]])) % CHECKS
    }
}

/// Splits a key.
#[must_use]
pub fn split(key: &PrivateKey, quorum: Quorum) -> Vec<KeyShare> {
    let dealer = Sharks(quorum.threshold).dealer_rng(key.bytes(), &mut generator()).take(quorum.shares.into());
    let share = |dealt: blahaj::Share| {
        let whole = Zeroizing::new(Vec::from(&dealt));
        let (number, rest) = whole.split_first()?;
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(rest);
        Some(KeyShare { number: *number, bytes })
    };
    dealer.filter_map(share).collect()
}

/// Puts the key with this public one together: from as many shares as it was made to take, or from more.
///
/// # Errors
/// When a share was given twice, or when these do not give the key.
pub fn combine(shares: &[KeyShare], public: &PublicKey) -> Result<PrivateKey, ShareError> {
    for (before, share) in shares.iter().enumerate() {
        if shares[..before].iter().any(|other| other.number == share.number) {
            return Err(ShareError::Twice(share.number));
        }
    }
    let dealt =
        |share: &KeyShare| blahaj::Share::try_from(Zeroizing::new([&[share.number][..], &share.bytes[..]].concat()).as_slice()).ok();
    let dealt: Vec<blahaj::Share> = shares.iter().filter_map(dealt).collect();
    let key = Sharks(2).recover(&dealt).ok().map(Zeroizing::new).and_then(|bytes| PrivateKey::new(&bytes));
    key.filter(|key| opens(key, public)).ok_or(ShareError::TooFew(shares.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::{Index, subsequence};
    use rstest::rstest;

    use super::words::WORDS;
    use super::*;

    fn key() -> (PrivateKey, PublicKey) {
        let key = PrivateKey::draw();
        let public = key.public().unwrap();
        (key, public)
    }

    fn quorum() -> impl Strategy<Value = Quorum> {
        (2..=Quorum::MOST).prop_flat_map(|shares| (2..=shares).prop_map(move |threshold| Quorum::new(threshold, shares).unwrap()))
    }

    fn chosen() -> impl Strategy<Value = (Quorum, Vec<usize>)> {
        quorum().prop_flat_map(|quorum| {
            let (threshold, shares) = (usize::from(quorum.threshold), usize::from(quorum.shares));
            (Just(quorum), subsequence((0..shares).collect::<Vec<_>>(), threshold).prop_shuffle())
        })
    }

    /// The words of a share after some change, and the words before it.
    fn changed(change: impl FnOnce(&mut Vec<String>)) -> (Vec<String>, Vec<String>, PublicKey) {
        let (key, public) = key();
        let share = &split(&key, Quorum::new(2, 3).unwrap())[1];
        let before: Vec<String> = share.words(&public).split(' ').map(str::to_owned).collect();
        let mut after = before.clone();
        change(&mut after);
        (before, after, public)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_k_of_n_shares_give_the_key_and_one_fewer_do_not((quorum, places) in chosen()) {
            let (key, public) = key();
            let shares = split(&key, quorum);
            let read = |place: &usize| KeyShare::read(&shares[*place].words(&public), &public).unwrap();
            let given: Vec<KeyShare> = places.iter().map(read).collect();
            prop_assert_eq!(combine(&given, &public), Ok(key));
            let fewer = given.len() - 1;
            prop_assert_eq!(combine(&given[..fewer], &public), Err(ShareError::TooFew(fewer)));
        }

        #[test]
        fn two_words_that_changed_places_are_noticed(one: Index, other: Index) {
            let (one, other) = (one.index(WORDS), other.index(WORDS));
            let (before, after, public) = changed(|words| words.swap(one, other));
            prop_assume!(before != after);
            prop_assert!(matches!(KeyShare::read(&after.join(" "), &public), Err(ShareError::Misfit | ShareError::Foreign)));
        }

        #[test]
        fn no_text_is_read_beyond_its_end(text: String) {
            let _ = KeyShare::read(&text, &key().1);
        }
    }
    fn list() -> &'static [&'static str; LISTED] {
        bip39::Language::English.word_list()
    }

    /// A word among the first 24 passes both checks once in 256 · 227 times, the last one once in 2,043: of 1,500 hardly ever one.
    #[test]
    fn a_changed_word_is_noticed() {
        let (before, _, public) = changed(|_| {});
        let passed = (0..1_500).filter(|turn| {
            let mut after = before.clone();
            let place = turn % WORDS;
            let other = list().iter().position(|word| *word == before[place]).unwrap() + 1 + turn * 7 % (LISTED - 1);
            after[place] = list()[other % LISTED].to_owned();
            KeyShare::read(&after.join(" "), &public).is_ok()
        });
        assert!(passed.count() <= 2);
    }

    #[test]
    fn a_share_is_read_however_it_is_typed() {
        let (before, _, public) = changed(|_| {});
        let share = KeyShare::read(&before.join(" "), &public).unwrap();
        let short: Vec<&str> = before.iter().map(|word| word.get(..4).unwrap_or(word)).collect();
        let numbered: Vec<String> = before.iter().enumerate().map(|(place, word)| format!("{}. {word}", place + 1)).collect();
        for typed in [short.join("  "), before.join("\n\n").to_uppercase(), numbered.join("\r\n")] {
            assert_eq!(KeyShare::read(&typed, &public).as_ref(), Ok(&share), "{typed}");
        }
        assert_eq!(format!("{share:?}"), "Share(2, ..)");
    }

    #[test]
    fn what_is_wrong_with_a_share_is_named() {
        let (mut words, _, public) = changed(|_| {});
        let read = |words: &[String]| KeyShare::read(&words.join(" "), &public);
        assert_eq!(read(&[]), Err(ShareError::Count(0)));
        assert_eq!(read(&words[1..]), Err(ShareError::Count(24)));
        // A share's check has 227 values: once in so many times it fits another key.
        assert!((0..8).any(|_| KeyShare::read(&words.join(" "), &key().1) == Err(ShareError::Foreign)));
        words[6] = "xyz".to_owned();
        let fault = KeyShare::read(&words.join(" "), &public).unwrap_err();
        assert_eq!(fault.to_string(), "word 7 is not in the list; look at its first four letters");
    }

    #[test]
    fn a_share_given_twice_is_named() {
        let (key, public) = key();
        let shares = split(&key, Quorum::new(2, 3).unwrap());
        let fault = combine(&[shares[1].clone(), shares[1].clone()], &public).unwrap_err();
        assert_eq!(fault.to_string(), "share 2 was given twice");
        assert_eq!(combine(&shares, &public), Ok(key), "more than are needed");
        assert_eq!(combine(&[], &public), Err(ShareError::TooFew(0)));
    }

    #[rstest]
    #[case("2-of-3", Some((2, 3)))]
    #[case("9-of-9", Some((9, 9)))]
    #[case("1-of-3", None)]
    #[case("3-of-2", None)]
    #[case("2-of-10", None)]
    #[case("2 of 3", None)]
    #[case("", None)]
    fn a_quorum_is_two_to_nine_of_two_to_nine(#[case] text: &str, #[case] expected: Option<(u8, u8)>) {
        let quorum = text.parse::<Quorum>().ok();
        assert_eq!(quorum.map(|quorum| (quorum.threshold(), quorum.shares())), expected);
        assert!(quorum.is_none_or(|quorum| quorum.to_string() == text));
    }
}
