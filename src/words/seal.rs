//! What is wrong with a private key that somebody brings: as a file, or as shares in words.

use std::fmt;

use super::Words;
use crate::seal::{BEGIN, END, KeyFileError, NoQuorum, Quorum, ShareError, WORDS};

impl Words {
    /// What is wrong with the text of a key file.
    #[must_use]
    pub fn key_file(self, why: KeyFileError) -> String {
        match why {
            KeyFileError::NoKey => self.with("key-file-no-key", [("line", BEGIN)]),
            KeyFileError::CutOff => self.with("key-file-cut-off", [("line", END)]),
            KeyFileError::Line(line) => self.with("key-file-line", [("line", line)]),
            KeyFileError::Fingerprint => self.get("key-file-fingerprint"),
        }
    }

    /// What is wrong with shares.
    #[must_use]
    pub fn shares(self, why: ShareError) -> String {
        match why {
            ShareError::Count(given) => self.with("shares-count", [("words", &WORDS.to_string()), ("given", &given.to_string())]),
            ShareError::NotInList(word) => self.with("shares-not-in-list", [("word", &word.to_string())]),
            ShareError::Misfit => self.get("shares-misfit"),
            ShareError::Foreign => self.get("shares-foreign"),
            ShareError::Twice(share) => self.with("shares-twice", [("share", &share.to_string())]),
            ShareError::TooFew(given) => self.with("shares-too-few", [("given", &given.to_string())]),
        }
    }

    /// How it is said that some of several shares are enough.
    #[must_use]
    pub fn no_quorum(self) -> String {
        self.with("shares-no-quorum", [("most", &Quorum::MOST.to_string())])
    }
}

impl std::error::Error for KeyFileError {}
impl std::error::Error for ShareError {}
impl std::error::Error for NoQuorum {}

/// In English, for the command line.
impl fmt::Display for KeyFileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::of("en").key_file(*self))
    }
}

/// In English, for the command line.
impl fmt::Display for ShareError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::of("en").shares(*self))
    }
}

/// In English, for the command line.
impl fmt::Display for NoQuorum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&Words::of("en").no_quorum())
    }
}
