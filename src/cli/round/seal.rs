//! `par-survey round seal`.

use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::{DatabaseOptions, KeysOptions, LetterboxOptions};
use super::super::output;
use super::super::seal::{Near, SealOptions};
use crate::clock;
use crate::office::sealing::{self, BroughtUnderSeal, unsealed};

/// Bring a round that an earlier version opened under a seal
///
/// Answers are sealed until a round is closed; those of a round that was opened before there were seals can be read by whoever has the
/// disk. `serve` refuses such a round until this was run. The key is made here and goes where you say, as with `round open`: losing it
/// loses every answer.
///
/// End every server first, and start none meanwhile. All sheets and remarks in the database are sealed, and what says that a code was used
/// is kept as hashes that nobody can assign to a code without the folder of keys, which is wanted where codes were used. All of it or
/// nothing: when it is refused or cut off, do it again. Files of sheets can still be undone. What waits in a letterbox is sealed when its
/// server is started.
///
/// What was readable before is not called back: backups, and files called letterbox.db.damaged-N, hold it until they are destroyed. On
/// SQLite the database is written anew, so that its files hold no readable answer; blocks that the disk freed before, older versions that a
/// copy-on-write file system or a flash disk keeps, and with PostgreSQL its write-ahead log and its archive may.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey round seal 2026 --seal-key /media/stick/2026.key
  par-survey round seal 2026 --trustees 2-of-3")]
pub(crate) struct RoundSealOptions {
    /// Id of the round
    round: String,
    #[command(flatten)]
    seal: SealOptions,
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    letterbox: LetterboxOptions,
    #[command(flatten)]
    keys: KeysOptions,
    #[command(flatten)]
    actor: ActorOptions,
}

pub(crate) async fn run(options: &RoundSealOptions) -> anyhow::Result<()> {
    let RoundSealOptions { round, seal, database, letterbox, keys, actor } = options;
    let actor = actor.actor()?;
    let office = database.open().await?;
    let unsealed = unsealed(&office, &keys.keys(database), round).await?;
    let planned = seal.plan(round, &Near::of(database, letterbox, keys))?;
    let at_rest = unsealed.at_rest(&office).await?;
    let drawn = planned.draw(&at_rest.round)?;
    let BroughtUnderSeal { sheets, remarks, .. } = match at_rest.seal(&office, &drawn.seal, &actor.may(clock::now())).await {
        Ok(brought) => brought,
        Err(why) => {
            let unused = sealing::is_unused(&office, &at_rest.round, &drawn.seal.public, &why).await;
            return Err(drawn.undo(round, unused, why.into()));
        }
    };
    output::print(&drawn.said)?;
    output::print(&format!(
        "sealed round {round} to fingerprint {}: {sheets} sheets and {remarks} remarks; what its letterboxes hold is sealed when their \
        servers are started",
        drawn.seal.public.fingerprint()
    ))
}
