//! Opening a round: its key is drawn, and goes where somebody said, before the round is opened.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail, ensure};
use clap::Args;

use super::super::output;
use super::given::named;
use super::terminal::Screen;
use super::{Near, dealing, key_file};
use crate::files::private;
use crate::poster::shares::SharePage;
use crate::round::Round;
use crate::seal::{Kept, NewSeal};
use crate::seal::{KeyFile, PrivateKey, PublicKey, Quorum, Share, combine, opens, split};

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
    /// Each share is shown on the terminal as 25 words to be written down by hand. The screen is cleared between them, and three words of each
    /// are asked back.
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
    place: Place,
    kept: Kept,
}

#[derive(Debug)]
enum Place {
    File(PathBuf),
    Pages(Quorum, PathBuf),
    Terminal(Quorum),
}

/// A key that was drawn and has gone where it is kept.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) seal: NewSeal,
    /// Files that hold it or shares of it.
    pub(crate) files: Vec<PathBuf>,
    /// What became of it.
    pub(crate) said: String,
}

impl SealOptions {
    /// Where the key of a round goes: somebody has to have said it, and it must not lie with what it opens.
    pub(crate) fn plan(&self, round: &str, near: &Near) -> anyhow::Result<Planned> {
        let Self { seal_key, trustees, pages, seal_key_here } = self;
        let place = match (seal_key, trustees, pages) {
            (Some(file), ..) if file.as_os_str() == "-" => {
                bail!("--seal-key - is standard input; a new key is written to a file, so name one")
            }
            (Some(file), ..) => Place::File(named(file, round)),
            (None, Some(quorum), Some(folder)) => Place::Pages(*quorum, named(folder, round)),
            (None, Some(quorum), None) => Place::Terminal(*quorum),
            (None, None, _) => bail!(NOWHERE.replace("ROUND", round)),
        };
        let path = match &place {
            Place::File(path) | Place::Pages(_, path) => Some(path),
            Place::Terminal(_) => None,
        };
        let reason = path.map(|path| near.reason(path).with_context(|| path.display().to_string())).transpose()?.flatten();
        let kept = match (&place, path.zip(reason)) {
            (_, Some((path, reason))) => {
                ensure!(*seal_key_here, too_near(path, &reason));
                Kept::Here
            }
            (Place::File(_), None) => Kept::File,
            (Place::Pages(quorum, _) | Place::Terminal(quorum), None) => {
                Kept::Trustees { threshold: quorum.threshold(), shares: quorum.shares() }
            }
        };
        let shown = !matches!(place, Place::Terminal(_)) || Screen::is_there();
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
        "{} {reason}: whoever takes this machine, its disk or a copy of it could read the answers. Name a place elsewhere, such as a USB stick, or \
         say --seal-key-here if that may be",
        path.display()
    )
}

impl Planned {
    /// Draws the key and brings it where it goes. A probe is opened with what lies there.
    pub(crate) fn draw(&self, round: &Round) -> anyhow::Result<Drawn> {
        let code = &round.code;
        output::print(&format!("whoever loses the private key of round {code} loses its answers: nobody can open them without it"))?;
        if self.kept == Kept::Here {
            output::print("the key lies on this machine (--seal-key-here): whoever takes the machine can read the answers")?;
        }
        let key = PrivateKey::draw();
        let public = key.public().context("the key that was drawn is none; do this again")?;
        let seal = NewSeal { public, kept: self.kept };
        let (files, said) = match &self.place {
            Place::File(path) => {
                write_key(path, code, &key, &public)?;
                let said = format!("the private key is in {}: keep it, and a copy, away from this machine", path.display());
                (vec![path.clone()], said)
            }
            Place::Pages(quorum, folder) => {
                let files = write_pages(folder, round, *quorum, &shares(&key, *quorum, &public)?, &public)?;
                let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
                (files, format!("the shares are in {}: print each, give it to its keeper, and remove the file", names.join(", ")))
            }
            Place::Terminal(quorum) => {
                dealing::deal(round, *quorum, &shares(&key, *quorum, &public)?, &public)?;
                let (threshold, shares) = (quorum.threshold(), quorum.shares());
                (Vec::new(), format!("the private key is in {shares} shares, {threshold} of which open the answers, and nowhere else"))
            }
        };
        Ok(Drawn { seal, files, said })
    }
}

impl Drawn {
    /// What to say when the round could not be sealed to it: a key that nothing is sealed to is removed, unless that is not certain.
    pub(crate) fn undo(&self, round: &str, certain: bool, error: anyhow::Error) -> anyhow::Error {
        let names: Vec<String> = self.files.iter().map(|file| file.display().to_string()).collect();
        let names = names.join(", ");
        if !certain {
            let kept = if names.is_empty() { "keep the shares".to_owned() } else { format!("the key stays in {names}") };
            return anyhow!(
                "{error:#}. Whether round `{round}` is sealed to it all the same is not certain, so that {kept}; `par-survey round status {round}` tells it"
            );
        }
        let left: Vec<String> =
            self.files.iter().filter(|file| key_file::destroy(file).is_err()).map(|file| file.display().to_string()).collect();
        match (left.is_empty(), names.is_empty()) {
            (true, false) => error,
            (true, true) => anyhow!("{error:#}. Nothing is sealed to it; the shares that were shown open nothing, burn them"),
            (false, _) => anyhow!("{error:#}. Nothing is sealed to it; {} could not be removed and opens nothing", left.join(", ")),
        }
    }
}

/// Writes the key, and opens a probe with what was read back.
fn write_key(path: &Path, round: &str, key: &PrivateKey, public: &PublicKey) -> anyhow::Result<()> {
    let file = KeyFile { round: round.to_owned(), key: key.clone() };
    key_file::write_new(path, &file.write())?;
    let read = key_file::read(path).and_then(|text| Ok(KeyFile::read(&text)?));
    let sound = read.is_ok_and(|read| opens(&read.key, public));
    if !sound {
        key_file::destroy(path).ok();
    }
    ensure!(sound, "{}: what was written there does not come back; name another place", path.display());
    Ok(())
}

/// The shares of a key. The first and the last of them, read from their words, have opened a probe.
fn shares(key: &PrivateKey, quorum: Quorum, public: &PublicKey) -> anyhow::Result<Vec<Share>> {
    let shares = split(key, quorum);
    let threshold = usize::from(quorum.threshold());
    for some in [shares.get(..threshold), shares.get(shares.len().saturating_sub(threshold)..)] {
        let read = some.unwrap_or_default().iter().map(|share| Share::read(&share.words(public), public));
        combine(&read.collect::<Result<Vec<_>, _>>()?, public)?;
    }
    Ok(shares)
}

/// One page a share. Either all are there or none.
fn write_pages(folder: &Path, round: &Round, quorum: Quorum, shares: &[Share], public: &PublicKey) -> anyhow::Result<Vec<PathBuf>> {
    DirBuilder::new().recursive(true).mode(private::FOLDER).create(folder).with_context(|| folder.display().to_string())?;
    let fingerprint = public.fingerprint();
    let mut files = Vec::<PathBuf>::new();
    for share in shares {
        let file = folder.join(format!("{}-share-{}.html", round.code, share.number()));
        let page = SharePage { round, quorum, fingerprint: &fingerprint, number: share.number(), words: &share.words(public) };
        let written = page.html().map_err(anyhow::Error::from).and_then(|page| key_file::write_new(&file, &page));
        if let Err(error) = written {
            for file in &files {
                key_file::destroy(file).ok();
            }
            return Err(error);
        }
        files.push(file);
    }
    Ok(files)
}
