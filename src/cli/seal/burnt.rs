//! `par-survey seal burnt`.

use clap::Args;

use super::super::actor::named;
use super::super::options::DatabaseOptions;
use super::super::output;
use crate::clock;
use crate::office::sealing;

/// Say that no copy of the key of a closed round is left
///
/// `par-survey round close` destroys the key file that it is given, but knows nothing of copies, shares and pages. Burn these, then say so;
/// until then results say that copies of the key may be left.
#[derive(Debug, Args)]
pub(crate) struct BurntOptions {
    /// Id of the round
    round: String,
    /// Your name; it is published with the results
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    who: String,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(crate) async fn run(options: &BurntOptions) -> anyhow::Result<()> {
    let BurntOptions { round, who, database } = options;
    let actor = named(who)?;
    sealing::burnt(&database.open().await?, round, &actor.may(clock::now())).await?;
    output::print(&format!("{} says that no copy of the key of round {round} is left", actor.name()))
}
