//! Where the private key of a round goes, as somebody says it before the key is made.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::Near;
use super::given::named;
use super::terminal::Screen;
use crate::printed::shown;
use crate::seal::{KeyPlace, Quorum};

/// Where the private key of a round goes.
#[derive(Debug, Args)]
pub(crate) struct SealOptions {
    /// Write the round's private key to this new file, which has to lie elsewhere than the answers, as on a USB stick
    ///
    /// `{round}` in the name stands for the id of the round.
    #[arg(long, env = "PAR_SURVEY_SEAL_KEY", value_name = "FILE", conflicts_with = "trustees")]
    seal_key: Option<PathBuf>,
    /// Split the private key into shares for people who keep them, so many of which are enough, such as 2-of-3
    ///
    /// Each share is shown on the terminal as 25 words to be written down by hand. The screen is cleared between them, and three words of
    /// each are asked back.
    #[arg(long, env = "PAR_SURVEY_TRUSTEES", value_name = "K-of-N")]
    trustees: Option<Quorum>,
    /// Write each share as a page to print into this folder, which has to lie elsewhere, instead of showing it
    #[arg(long, env = "PAR_SURVEY_PAGES", value_name = "DIR", requires = "trustees")]
    pages: Option<PathBuf>,
    /// The key may lie on this machine, although whoever takes the machine can then read the answers
    #[arg(long, env = "PAR_SURVEY_SEAL_KEY_HERE")]
    seal_key_here: bool,
}

/// Where a key will go; nothing is drawn yet.
#[derive(Debug)]
pub(crate) struct Planned {
    pub(super) place: KeyKeeping,
    pub(super) kept: KeyPlace,
}

/// The ways to keep a key.
#[derive(Debug)]
pub(super) enum KeyKeeping {
    File(PathBuf),
    Pages(Quorum, PathBuf),
    Terminal(Quorum),
}

impl SealOptions {
    /// Where the key of a round goes: somebody has to have said it, and it must not lie with what it opens.
    pub(crate) fn plan(&self, round: &str, near: &Near) -> anyhow::Result<Planned> {
        let Self { seal_key, trustees, pages, seal_key_here } = self;
        let place = match (seal_key, trustees, pages) {
            (Some(file), ..) if file.as_os_str() == "-" => {
                bail!("--seal-key - is standard input; a new key is written to a file, so name one")
            }
            (Some(file), ..) => KeyKeeping::File(named(file, round)),
            (None, Some(quorum), Some(folder)) => KeyKeeping::Pages(*quorum, named(folder, round)),
            (None, Some(quorum), None) => KeyKeeping::Terminal(*quorum),
            (None, None, _) => bail!(NOWHERE.replace("ROUND", round)),
        };
        let path = match &place {
            KeyKeeping::File(path) | KeyKeeping::Pages(_, path) => Some(path),
            KeyKeeping::Terminal(_) => None,
        };
        let reason = path.map(|path| near.reason(path).with_context(|| shown(path))).transpose()?.flatten();
        let kept = match (&place, path.zip(reason)) {
            (_, Some((path, reason))) => {
                ensure!(*seal_key_here, too_near(path, &reason));
                KeyPlace::Here
            }
            (KeyKeeping::File(_), None) => KeyPlace::File,
            (KeyKeeping::Pages(quorum, _) | KeyKeeping::Terminal(quorum), None) => {
                KeyPlace::Trustees { threshold: quorum.threshold(), shares: quorum.shares() }
            }
        };
        let shown = !matches!(place, KeyKeeping::Terminal(_)) || Screen::is_there();
        ensure!(shown, "--trustees shows the shares on a terminal, and this is none; with --pages DIR they are written as pages to print");
        Ok(Planned { place, kept })
    }
}

const NOWHERE: &str = "\
the answers of round `ROUND` are sealed to a private key, and whoever loses that loses them. Say where it goes; there are two ways:
  --seal-key FILE     into a file that lies elsewhere, such as on a USB stick
  --trustees 2-of-3   into shares for three people, two of whom open the answers together (with --pages DIR on pages to print)";

fn too_near(path: &Path, reason: &str) -> String {
    format!(
        "{} {reason}: whoever takes this machine, its disk or a copy of it could read the answers. Name a place elsewhere, such as a \
        USB stick, or say --seal-key-here if that may be",
        shown(path)
    )
}
