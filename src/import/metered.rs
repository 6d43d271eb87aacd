//! A reader that hashes what passes, says how far it is, and refuses what is too large, so that no file fills the memory.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

use crate::meter::Progress;

/// Most bytes of one row: 300 items with 2,000 characters of four bytes each are 2.4 MB.
const ROW_MOST: u64 = 4 * 1024 * 1024;

/// What is more than may be read.
#[derive(Debug, Clone, Copy, thiserror::Error)]
pub(super) enum Excess {
    /// A file.
    #[error("more than {megabytes} MB")]
    OfFile {
        /// The most that is read of one.
        megabytes: u64,
    },
    /// A row.
    #[error("an endless row")]
    OfRow,
}

/// A file on its way in.
pub(super) struct Metered<'p, R> {
    inner: R,
    hash: Sha256,
    read: u64,
    most: u64,
    row_ends_before: u64,
    progress: Progress<'p>,
}

impl<'p, R: Read> Metered<'p, R> {
    /// Reads at most `most` bytes.
    pub(super) fn new(inner: R, most: u64, progress: Progress<'p>) -> Self {
        Self { inner, hash: Sha256::new(), read: 0, most, row_ends_before: ROW_MOST, progress }
    }

    /// A new row begins about here.
    pub(super) fn begin_row(&mut self) {
        self.row_ends_before = self.read.saturating_add(ROW_MOST);
    }

    /// SHA-256 of all that was read, in hexadecimal digits.
    pub(super) fn sha256(&self) -> String {
        hex::encode(self.hash.clone().finalize())
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..count).unwrap_or_default());
        self.read = self.read.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        if self.read > self.most {
            return Err(io::Error::other(Excess::OfFile { megabytes: self.most / 1_000_000 }));
        }
        if self.read > self.row_ends_before {
            return Err(io::Error::other(Excess::OfRow));
        }
        (self.progress)(self.read);
        Ok(count)
    }
}
