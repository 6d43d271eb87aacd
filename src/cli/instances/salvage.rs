//! `par-survey instances salvage`.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::DatabaseOptions;
use super::super::output;
use super::super::seal::SealKeyOptions;
use crate::clock;
use crate::round::{Round, RoundState};
use crate::store::Store;
use crate::store::letterbox::{Letterbox, OpenError};
use crate::store::mixing::BATCH_LEAST;
use crate::store::salvage::Salvaged;

/// Count what nobody could count: rows that were set aside, damaged files, letterboxes that were left out
///
/// Wants the round's private key and opens with it what a letterbox has set aside because it could not be read, what the files called
/// LETTERBOX.damaged-N beside it hold, and, once the round is closing or its server was forgotten, all that waits in it. What opens is counted,
/// each sheet once, however often this is run; the rest stays where it is, and so do, while the round is open, fewer than 20 sheets of a unit and
/// group. Only numbers are said. A letterbox whose server runs is not touched.
///
/// Works until the round is closed: closing destroys the key, and what is not salvaged is lost with it.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey instances salvage letterbox.db --seal-key /media/stick/2026.key
  par-survey instances salvage server-2/letterbox.db server-3/letterbox.db --round 2026    type the words of the shares")]
pub(crate) struct SalvageOptions {
    /// Letterbox files
    #[arg(required = true, value_name = "LETTERBOX")]
    letterboxes: Vec<PathBuf>,
    /// Id of the round [default: the one that is open or closing]
    #[arg(long, env = "PAR_SURVEY_ROUND", value_name = "ROUND")]
    round: Option<String>,
    #[command(flatten)]
    key: SealKeyOptions,
    #[command(flatten)]
    actor: ActorOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(super) async fn run(options: &SalvageOptions) -> anyhow::Result<()> {
    let SalvageOptions { letterboxes, round, key, actor, database } = options;
    let actor = actor.actor()?;
    for file in letterboxes {
        ensure!(file.is_file(), "{}: there is no letterbox", file.display());
    }
    let store = database.open().await?;
    let round = wanted(&store, round.as_deref()).await?;
    let (code, state) = (&round.code, round.state);
    ensure!(matches!(state, RoundState::Open | RoundState::Closing), "round `{code}` is {state}; only until it is closed is there a key");
    let missing = || format!("round `{code}` has no seal; `par-survey round seal {code}` brings it under one");
    let seal = store.seal(round.id).await?.with_context(missing)?;
    let given = key.key_of(&round, &seal)?;
    let mut all = Salvaged::default();
    for file in letterboxes {
        let mut letterbox = open(file)?;
        let salvaged = store.salvage(&round, &given.key, &mut letterbox, &actor.by(clock::now())).await;
        all += salvaged.with_context(|| file.display().to_string())?;
    }
    let Salvaged { damaged_files, opened, counted, kept_back, lost } = all;
    output::print(&format!(
        "letterboxes read for round {code}: {}, damaged files beside them: {damaged_files}; opened with the key: {opened}, of which counted now: \
         {counted}, kept back until the round is closing, because they are fewer than {BATCH_LEAST} of their unit and group: {kept_back}, the others \
         were counted before; not opened: {lost}",
        letterboxes.len()
    ))
}

/// The round that is named, or the only one that can be meant.
async fn wanted(store: &Store, named: Option<&str>) -> anyhow::Result<Round> {
    if let Some(code) = named {
        return Ok(store.round(code).await?);
    }
    let rounds = store.rounds().await?.into_iter().filter(|round| matches!(round.state, RoundState::Open | RoundState::Closing));
    let mut rounds: Vec<Round> = rounds.collect();
    match (rounds.pop(), rounds.as_slice()) {
        (Some(round), []) => Ok(round),
        (None, _) => bail!("no round is open or closing; once a round is closed its key is gone, and nothing can be salvaged"),
        (Some(_), _) => bail!("more than one round is open or closing; say which with --round ROUND"),
    }
}

fn open(file: &Path) -> anyhow::Result<Letterbox> {
    match Letterbox::open(file) {
        Ok(letterbox) => Ok(letterbox),
        Err(OpenError::Busy(_)) => bail!("{}: its server runs; end it first, then salvage", file.display()),
        Err(OpenError::Store(error)) => Err(error).with_context(|| file.display().to_string()),
    }
}
