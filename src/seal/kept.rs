//! The seal of a round as its database knows it: the public key, and what is known of the private one.

use jiff::Timestamp;

use super::PublicKey;

/// Where the private key of a round is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// In a file that is kept elsewhere.
    File,
    /// In a file on the machine of the server, so that whoever takes the machine can read the answers.
    Here,
    /// In shares, so many of which are enough.
    Trustees {
        /// How many shares open it.
        threshold: u8,
        /// How many there are.
        shares: u8,
    },
}

/// The seal that a round is opened with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSeal {
    /// The public key of the round.
    pub public: PublicKey,
    /// Where the private key is.
    pub kept: KeyPlace,
}

/// The seal of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundSeal {
    /// The public key of the round.
    pub public: PublicKey,
    /// Where the private key is, or was until the round was closed.
    pub kept: KeyPlace,
    /// When the key, or the shares, last opened a probe.
    pub tested_at: Option<Timestamp>,
    /// Sheets that were given up when the round was closed.
    pub given_up: u32,
    /// Who said that every copy of the key is gone; empty until somebody does.
    pub burnt_by: String,
}
