//! `par-survey seal test`.

use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::DatabaseOptions;
use super::super::output;
use super::SealKeyOptions;
use crate::clock;
use crate::office::sealing;
use crate::round::when::UtcOffset;

/// Show that the key, or the shares, open what is sealed in a round
///
/// Seals a probe to the round and opens it; nothing of the answers is read. `par-survey round status` then tells the day. Do this from time
/// to time while the round is open: a key that is lost or damaged is missed only when the round is to be closed.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey seal test 2026 --seal-key /media/stick/2026.key
  par-survey seal test 2026                                    type the words of the shares")]
pub(crate) struct TestOptions {
    /// Id of the round
    round: String,
    #[command(flatten)]
    key: SealKeyOptions,
    #[command(flatten)]
    actor: ActorOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(crate) async fn run(options: &TestOptions) -> anyhow::Result<()> {
    let TestOptions { round, key, actor, database } = options;
    let actor = actor.actor()?;
    let office = database.open().await?;
    let sealed = sealing::to_test(&office, round).await?;
    let given = key.key_of(&sealed.round, &sealed.seal)?;
    let now = clock::now();
    sealing::test(&office, &sealed, &given.key, &actor.may(now)).await?;
    let (day, print) = (UtcOffset::from(sealed.round.offset).day(now), sealed.seal.public.fingerprint());
    output::print(&format!("the key opens what is sealed in round {round} (fingerprint {print}); tested on {day}"))
}
