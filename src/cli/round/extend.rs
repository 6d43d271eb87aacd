//! `par-survey round extend`.

use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::DatabaseOptions;
use super::super::output;
use crate::clock;
use crate::fault::{Fault, Place, Wrong, short};
use crate::office::extending::extend;
use crate::office::rounds;
use crate::round::when::{Edge, UtcOffset, moment};

/// Move the end of a round that is draft or open to a later time
///
/// To end earlier, close the round.
#[derive(Debug, Args)]
pub(crate) struct ExtendOptions {
    /// Id of the round
    round: String,
    /// New last day (until 24:00 where the round is), or time of closing as 2026-12-15T17:00:00+07:00
    #[arg(long, env = "PAR_SURVEY_CLOSES", value_name = "DATE")]
    closes: String,
    #[command(flatten)]
    actor: ActorOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(crate) async fn run(options: &ExtendOptions) -> anyhow::Result<()> {
    let ExtendOptions { round, closes, actor, database } = options;
    let actor = actor.actor()?;
    let office = database.open().await?;
    let round = rounds::find(&office, round).await?;
    let (code, offset) = (&round.code, UtcOffset::from(round.offset));
    let closes_at = moment(closes, Edge::End, offset).ok_or_else(|| no_moment(closes))?;
    extend(&office, &round, closes_at, &actor.may(clock::now())).await?;
    output::print(&format!("round {code} runs until {}", offset.closing(closes_at)))
}

fn no_moment(closes: &str) -> anyhow::Error {
    anyhow::Error::new(Fault { place: Place::Option("--closes"), what: Wrong::NoMoment { given: short(closes) } })
}
