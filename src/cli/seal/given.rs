//! The private key of a round as somebody brings it: in a file, on standard input, or typed.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, ensure};
use clap::Args;

use super::terminal::Screen;
use super::wanted::{GivenKey, Source, WantedKey};
use super::{asking, key_file};
use crate::round::Round;
use crate::seal::RoundSeal;

/// The name that stands for standard input.
const INPUT: &str = "-";

/// What stands for the id of the round in the name of a file.
const ROUND: &str = "{round}";

/// Which key.
#[derive(Debug, Clone, Args)]
pub(crate) struct SealKeyOptions {
    /// The file of the round's private key, or - for standard input [default: asked for on the terminal]
    ///
    /// The file that `par-survey round open` wrote, or the words of as many shares as are needed, a blank line between one and the next.
    /// `{round}` in the name stands for the id of the round. On the terminal the words are typed in, and cleared again.
    #[arg(long, env = "PAR_SURVEY_SEAL_KEY", value_name = "FILE")]
    seal_key: Option<PathBuf>,
}

impl SealKeyOptions {
    /// The key in the file that is named, where it is still there: a closing that was cut off may have left it behind.
    pub(crate) fn left_behind(&self, round: &Round, seal: &RoundSeal) -> Option<GivenKey> {
        let name = self.seal_key.as_ref().filter(|name| name.as_os_str() != INPUT)?;
        WantedKey { round, seal }.file(&named(name, &round.code)).ok()
    }

    /// Removes the file that is named where it was overwritten already, and says which that was.
    pub(crate) fn sweep(&self, round: &Round) -> Option<PathBuf> {
        let name = self.seal_key.as_ref().filter(|name| name.as_os_str() != INPUT)?;
        let path = named(name, &round.code);
        key_file::sweep(&path).unwrap_or_default().then_some(path)
    }

    /// The key of a round, which has opened a probe.
    pub(crate) fn key_of(&self, round: &Round, seal: &RoundSeal) -> anyhow::Result<GivenKey> {
        let wanted = WantedKey { round, seal };
        match &self.seal_key {
            Some(name) if name.as_os_str() == INPUT => {
                let text = key_file::text(io::stdin().lock()).context("standard input")?;
                Ok(GivenKey { key: wanted.read(&text).map_err(|what| anyhow!("standard input: {what}"))?, source: Source::Input })
            }
            Some(name) => wanted.file(&named(name, &round.code)),
            None => {
                ensure!(
                    Screen::is_there(),
                    "what is sealed in round `{}` opens only with its private key (fingerprint {}): say --seal-key FILE, or --seal-key - \
                     and give the key file or the words of the shares on standard input, or type them on a terminal",
                    round.code,
                    seal.public.fingerprint()
                );
                asking::ask(&wanted)
            }
        }
    }
}

/// The file that a name means for a round.
pub(super) fn named(name: &Path, round: &str) -> PathBuf {
    name.to_str().map_or_else(|| name.to_owned(), |name| name.replace(ROUND, round).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_hold_the_id_of_the_round() {
        assert_eq!(named(Path::new("/media/stick/{round}.key"), "2026"), Path::new("/media/stick/2026.key"));
        assert_eq!(named(Path::new("x.key"), "2026"), Path::new("x.key"));
    }
}
