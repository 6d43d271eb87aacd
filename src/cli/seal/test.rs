//! `par-survey seal test`.

use anyhow::{Context, ensure};
use clap::Args;

use super::super::options::DatabaseOptions;
use super::super::output;
use super::SealKeyOptions;
use crate::clock;
use crate::round::RoundState;
use crate::round::when::UtcOffset;

/// Show that the key, or the shares, open what is sealed in a round
///
/// Seals a probe to the round and opens it; nothing of the answers is read. `par-survey round status` then tells the day. Do this from time to
/// time while the round is open: a key that is lost or damaged is missed only when the round is to be closed.
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
    database: DatabaseOptions,
}

pub(crate) async fn run(options: &TestOptions) -> anyhow::Result<()> {
    let TestOptions { round, key, database } = options;
    let store = database.open().await?;
    let round = store.round(round).await?;
    let sealed = matches!(round.state, RoundState::Open | RoundState::Closing);
    ensure!(sealed, "round `{}` is {}; only while it is open or closing is anything sealed in it", round.code, round.state);
    let seal = store.seal(round.id).await?.with_context(|| format!("round `{}` has no seal", round.code))?;
    key.key_of(&round, &seal)?;
    let now = clock::now();
    store.seal_was_tested(&round, now).await?;
    let (day, print) = (UtcOffset::from(round.offset).day(now), seal.public.fingerprint());
    output::print(&format!("the key opens what is sealed in round {} (fingerprint {print}); tested on {day}", round.code))
}
