//! The key of a round is drawn and goes where somebody said, before anything is sealed to it; where nothing is in the end, it is removed.

use std::path::PathBuf;

use anyhow::{Context, anyhow};

use super::super::output;
use super::ceremony::{KeyKeeping, Planned};
use super::writing::{shares, write_key, write_pages};
use super::{dealing, key_file};
use crate::printed::shown;
use crate::round::Round;
use crate::seal::{KeyPlace, NewSeal, PrivateKey};

/// A key that was drawn and has gone where it is kept.
#[derive(Debug)]
pub(crate) struct DrawnKey {
    pub(crate) seal: NewSeal,
    /// Files that hold it or shares of it.
    pub(crate) files: Vec<PathBuf>,
    /// What became of it.
    pub(crate) said: String,
}

impl Planned {
    /// Draws the key and brings it where it goes. A probe is opened with what lies there.
    pub(crate) fn draw(&self, round: &Round) -> anyhow::Result<DrawnKey> {
        let code = &round.code;
        output::print(&format!("whoever loses the private key of round {code} loses its answers: nobody can open them without it"))?;
        if self.kept == KeyPlace::Here {
            output::print("the key lies on this machine (--seal-key-here): whoever takes the machine can read the answers")?;
        }
        let key = PrivateKey::draw();
        let public = key.public().context("the key that was drawn is none; do this again")?;
        let seal = NewSeal { public, kept: self.kept };
        let (files, said) = match &self.place {
            KeyKeeping::File(path) => {
                write_key(path, code, &key, &public)?;
                let said = format!("the private key is in {}: keep it, and a copy, away from this machine", shown(path));
                (vec![path.clone()], said)
            }
            KeyKeeping::Pages(quorum, folder) => {
                let files = write_pages(folder, round, *quorum, &shares(&key, *quorum, &public)?, &public)?;
                let names: Vec<String> = files.iter().map(|file| shown(file)).collect();
                (files, format!("the shares are in {}: print each, give it to its keeper, and remove the file", names.join(", ")))
            }
            KeyKeeping::Terminal(quorum) => {
                dealing::deal(round, *quorum, &shares(&key, *quorum, &public)?, &public)?;
                let (threshold, shares) = (quorum.threshold(), quorum.shares());
                (Vec::new(), format!("the private key is in {shares} shares, {threshold} of which open the answers, and nowhere else"))
            }
        };
        Ok(DrawnKey { seal, files, said })
    }
}

impl DrawnKey {
    /// What to say when the round could not be sealed to it: a key that nothing is sealed to is removed, unless that is not certain.
    pub(crate) fn undo(&self, round: &str, unused: bool, error: anyhow::Error) -> anyhow::Error {
        let names: Vec<String> = self.files.iter().map(|file| shown(file)).collect();
        let names = names.join(", ");
        if !unused {
            let kept = if names.is_empty() { "keep the shares".to_owned() } else { format!("the key stays in {names}") };
            return anyhow!(
                "{error:#}. Whether round `{round}` is sealed to it all the same is not certain, so that {kept}; `par-survey round \
                status {round}` tells it"
            );
        }
        let left: Vec<String> = self.files.iter().filter(|file| key_file::destroy(file).is_err()).map(|file| shown(file)).collect();
        match (left.is_empty(), names.is_empty()) {
            (true, false) => error,
            (true, true) => anyhow!("{error:#}. Nothing is sealed to it; the shares that were shown open nothing, burn them"),
            (false, _) => anyhow!("{error:#}. Nothing is sealed to it; {} could not be removed and opens nothing", left.join(", ")),
        }
    }
}
