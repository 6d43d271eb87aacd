//! `par-survey instances salvage`.

use std::path::PathBuf;

use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::DatabaseOptions;
use super::super::output;
use super::super::seal::SealKeyOptions;
use crate::clock;
use crate::office::salvaging::{MOVES_FROM, Salvaged, left};

/// Count what nobody could count: rows that were set aside, damaged files, letterboxes that were left out
///
/// Wants the round's private key and opens with it what a letterbox has set aside because it could not be read, what the files called
/// LETTERBOX.damaged-N beside it hold, and, once the round is closing or its server was forgotten, all that waits in it. What opens is
/// counted, each sheet once, however often this is run; the rest stays where it is, and so do, while the round is open, fewer than 20
/// sheets of a unit and group. Only numbers are said. A letterbox whose server runs is not touched.
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
    let office = database.open().await?;
    let left = left(&office, round.as_deref(), letterboxes).await?;
    let given = key.key_of(&left.sealed.round, &left.sealed.seal)?;
    let salvaged = left.salvage(&office, &given.key, &actor.may(clock::now())).await?;
    let Salvaged { damaged_files, opened, counted, kept_back, lost } = salvaged;
    output::print(&format!(
        "letterboxes read for round {}: {}, damaged files beside them: {damaged_files}; opened with the key: {opened}, of which counted \
        now: {counted}, kept back until the round is closing, because they are fewer than {MOVES_FROM} of their unit and group: \
         {kept_back}, the others were counted before; not opened: {lost}",
        left.sealed.round.code,
        letterboxes.len()
    ))
}
