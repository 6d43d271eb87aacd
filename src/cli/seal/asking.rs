//! The key, or shares of it, typed on a terminal.

use std::path::Path;

use anyhow::bail;
use zeroize::Zeroizing;

use super::terminal::Screen;
use super::wanted::{GivenKey, Source, WantedKey};
use crate::seal::KeyPlace;
use crate::seal::{KeyShare, Quorum, ShareError, WORDS, combine, count_words};

/// Asks until shares give the key, or a file with it is named.
pub(super) fn ask(wanted: &WantedKey<'_>) -> anyhow::Result<GivenKey> {
    let screen = Screen::enter()?;
    let (mut shares, mut said) = (Vec::new(), String::new());
    loop {
        screen.clear()?;
        screen.show(&about(wanted))?;
        screen.show(&said)?;
        said = match typed(&screen)? {
            Typed::File(name) => match wanted.file(Path::new(&*name)) {
                Ok(given) => return Ok(given),
                Err(what) => format!("{what:#}"),
            },
            Typed::Words(words) => match add(wanted, &mut shares, &words) {
                Ok(Some(given)) => return Ok(given),
                Ok(None) => format!("Share {} is taken. Now the next one.", shares.last().map_or(0, KeyShare::number)),
                Err(fault) => format!("Not taken: {}. Type this share again.", wanted.foreign(fault)),
            },
        };
        if shares.len() >= most(wanted) {
            bail!("the shares are those of round `{}`, but do not give its key; `round status` says how many it takes", wanted.round.code);
        }
    }
}

fn about(wanted: &WantedKey<'_>) -> String {
    let (round, print) = (&wanted.round.code, wanted.seal.public.fingerprint());
    let how = match wanted.seal.kept {
        KeyPlace::Trustees { threshold, shares } => format!("It is in {shares} shares; {threshold} of them open it."),
        KeyPlace::File | KeyPlace::Here => "It was written to a file, or to pages.".to_owned(),
    };
    format!(
        "The private key of round {round}, fingerprint {print}. {how}\n\n\
         Type the {WORDS} words of a share, over as many lines as you like (four letters of each are enough), or the name of a key file."
    )
}

/// So many shares give the key, if any do.
fn most(wanted: &WantedKey<'_>) -> usize {
    match wanted.seal.kept {
        KeyPlace::Trustees { threshold, .. } => threshold.into(),
        KeyPlace::File | KeyPlace::Here => Quorum::MOST.into(),
    }
}

/// Takes a share, and gives the key as soon as there are enough.
fn add(wanted: &WantedKey<'_>, shares: &mut Vec<KeyShare>, words: &str) -> Result<Option<GivenKey>, ShareError> {
    let public = &wanted.seal.public;
    shares.push(KeyShare::read(words, public)?);
    match combine(shares, public) {
        Ok(key) => Ok(Some(GivenKey { key, source: Source::Terminal })),
        Err(ShareError::TooFew(_)) => Ok(None),
        Err(fault) => {
            shares.pop();
            Err(fault)
        }
    }
}

enum Typed {
    File(Zeroizing<String>),
    Words(Zeroizing<String>),
}

/// Reads lines until there are words enough for a share, or an empty line ends them.
fn typed(screen: &Screen) -> anyhow::Result<Typed> {
    let mut words = Zeroizing::new(String::with_capacity(8_192));
    loop {
        let line = screen.ask(">")?;
        if words.is_empty() && Path::new(line.trim()).is_file() {
            return Ok(Typed::File(Zeroizing::new(line.trim().to_owned())));
        }
        words.push_str(&line);
        if count_words(&words) >= WORDS || line.trim().is_empty() && count_words(&words) > 0 {
            return Ok(Typed::Words(words));
        }
    }
}
