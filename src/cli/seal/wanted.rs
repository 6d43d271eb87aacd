//! The private key that a round wants, found in a file, in a text or in shares, and tried.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail, ensure};

use super::key_file;
use crate::printed::shown;
use crate::round::Round;
use crate::seal::{KeyFile, KeyFileError, KeyShare, PrivateKey, ShareError, combine, opens};
use crate::seal::{KeyPlace, RoundSeal};

/// Where a key came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    File(PathBuf),
    Input,
    Terminal,
}

/// A key that opens what is sealed in the round.
#[derive(Debug)]
pub(crate) struct GivenKey {
    pub(crate) key: PrivateKey,
    pub(crate) source: Source,
}

impl GivenKey {
    /// Overwrites and removes the file that the key came from.
    pub(crate) fn destroy(&self) -> io::Result<()> {
        match &self.source {
            Source::File(path) => key_file::destroy(path),
            Source::Input | Source::Terminal => Ok(()),
        }
    }
}

/// The key that is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct WantedKey<'a> {
    pub(super) round: &'a Round,
    pub(super) seal: &'a RoundSeal,
}

impl WantedKey<'_> {
    /// From a file.
    pub(super) fn file(&self, path: &Path) -> anyhow::Result<GivenKey> {
        let key = self.read(&key_file::read(path)?).map_err(|what| anyhow!("{}: {what}", shown(path)))?;
        Ok(GivenKey { key, source: Source::File(path.to_owned()) })
    }

    /// From the text of a key file, or from words of shares, one share a paragraph.
    pub(super) fn read(&self, text: &str) -> anyhow::Result<PrivateKey> {
        let Self { round, seal } = self;
        if !KeyFile::is_begun(text) {
            return self.shares(text);
        }
        let KeyFile { round: other, key } = KeyFile::read(text)?;
        if !opens(&key, &seal.public) {
            let [theirs, ours] =
                [key.public(), Some(seal.public)].map(|public| public.map(|public| public.fingerprint()).unwrap_or_default());
            bail!("this is the key of round `{other}` (fingerprint {theirs}), and not that of round `{}` (fingerprint {ours})", round.code);
        }
        Ok(key)
    }

    fn shares(&self, text: &str) -> anyhow::Result<PrivateKey> {
        let public = &self.seal.public;
        let (paragraphs, mut shares) = (paragraphs(text), Vec::new());
        ensure!(!paragraphs.is_empty() || self.has_trustees(), KeyFileError::NoKey);
        for (before, paragraph) in paragraphs.iter().enumerate() {
            match KeyShare::read(paragraph, public) {
                Ok(share) => shares.push(share),
                // Whoever brings something else most likely meant a file.
                Err(ShareError::Count(_) | ShareError::NotInList(_)) if before == 0 && !self.has_trustees() => bail!(KeyFileError::NoKey),
                Err(fault) => bail!("paragraph {}: {}", before + 1, self.foreign(fault)),
            }
        }
        combine(&shares, public).map_err(|fault| anyhow!(self.foreign(fault)))
    }

    /// A fault of shares, with which round it is about.
    pub(super) fn foreign(&self, fault: ShareError) -> String {
        match (fault, self.seal.kept) {
            (ShareError::Foreign, _) => {
                format!("{fault}; round `{}` has fingerprint {}", self.round.code, self.seal.public.fingerprint())
            }
            (ShareError::TooFew(given), KeyPlace::Trustees { threshold, .. }) if given < usize::from(threshold) => {
                format!("round `{}` opens with {threshold} shares, and here are {given}", self.round.code)
            }
            _ => fault.to_string(),
        }
    }

    pub(super) fn has_trustees(&self) -> bool {
        matches!(self.seal.kept, KeyPlace::Trustees { .. })
    }
}

/// What blank lines part.
fn paragraphs(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            found.push(&text[start..at]);
            start = at + line.len();
        }
        at += line.len();
    }
    found.push(&text[start..]);
    found.retain(|paragraph| !paragraph.trim().is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_parted_by_blank_lines() {
        assert_eq!(paragraphs("a b\nc\n\n \r\nd\n"), ["a b\nc\n", "d\n"]);
        assert_eq!(paragraphs("\n\na"), ["a"]);
        assert!(paragraphs(" \n").is_empty());
    }
}
