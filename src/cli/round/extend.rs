//! `par-survey round extend`.

use anyhow::{anyhow, ensure};
use clap::Args;

use super::super::options::{DatabaseOptions, OffsetOptions};
use super::super::output;
use crate::clock;
use crate::round::when::{Edge, moment};

/// Move the end of a round that is draft or open to a later time
///
/// To end earlier, close the round.
#[derive(Debug, Args)]
pub(crate) struct ExtendOptions {
    /// Id of the round
    round: String,
    /// New last day (until 24:00 local time), or time of closing as 2026-12-15T17:00:00+07:00
    #[arg(long, env = "PAR_SURVEY_CLOSES", value_name = "DATE")]
    closes: String,
    #[command(flatten)]
    offset: OffsetOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(crate) async fn run(options: &ExtendOptions) -> anyhow::Result<()> {
    let ExtendOptions { round, closes, offset, database } = options;
    let offset = offset.utc_offset;
    let closes_at = moment(closes, Edge::End, offset).map_err(|message| anyhow!("--closes: {message}"))?;
    let store = database.open().await?;
    let round = store.round(round).await?;
    let (now, new) = (offset.closing(round.closes_at), offset.closing(closes_at));
    ensure!(closes_at > round.closes_at, "round `{}` already runs until {now}; name a later end", round.code);
    ensure!(closes_at > clock::now(), "{new} has passed; name an end in the future");
    store.extend_round(&round, closes_at).await?;
    output::print(&format!("round {} runs until {new}", round.code))
}
