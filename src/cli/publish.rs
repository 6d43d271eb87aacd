//! `par-survey round publish`.

use anyhow::Context;
use clap::Args;

use super::actor::named;
use super::bar;
use super::options::{DatabaseOptions, KeysOptions};
use crate::clock;
use crate::office::publishing::{Published, Secret, publish, reason};
use crate::printed::shown;
use crate::publication::Publishing;

/// Make the figures of a closed round public, for good
///
/// Freezes figures, definitions and their hashes. A published round never changes; look at its figures before, with `par-survey export
/// ROUND indices --draft`.
///
/// The secret of the round's codes is destroyed afterwards; where that was cut off, `round publish ROUND --as NAME` destroys it and changes
/// nothing else.
///
/// A round whose units are scored is published with their ranks; where it plans steps, from the step of approval. A correction is a new
/// snapshot that says which one it corrects and why; enter the corrected scores first.
#[derive(Debug, Args)]
pub(crate) struct PublishOptions {
    /// Id of the round
    pub(crate) round: String,
    /// Let scores that nobody has entered count as 0; without this a round that lacks some is refused
    #[arg(long, env = "PAR_SURVEY_MISSING_AS_ZERO")]
    pub(crate) missing_as_zero: bool,
    /// Correct a published round, and say why; what was published before stays as it was and is named
    #[arg(long, env = "PAR_SURVEY_CORRECT", value_name = "WHY")]
    pub(crate) correct: Option<String>,
    /// Your name, which is kept with the publication; where steps are planned it stands in their history
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    pub(crate) who: String,
    #[command(flatten)]
    pub(crate) keys: KeysOptions,
    #[command(flatten)]
    pub(crate) database: DatabaseOptions,
}

/// Publishes and says the hash by which everybody can tell the snapshot.
pub(crate) async fn run(options: PublishOptions) -> anyhow::Result<()> {
    let actor = named(&options.who)?;
    let why = options.correct.as_deref().map(reason).transpose().context("--correct")?;
    let office = options.database.open().await?;
    let how = Publishing { missing_as_zero: options.missing_as_zero, correction: why.as_deref() };
    let (code, keys) = (&options.round, options.keys.keys(&options.database));
    let bar = bar::of_the_whole()?;
    let outcome = publish(&office, &keys, code, how, &actor.may(clock::now()), &|thousandths| bar.set_position(thousandths)).await;
    bar.finish_and_clear();
    let Published { sha256, before, secret } = outcome?;
    match secret {
        Secret::None => {}
        Secret::Destroyed => {
            println!("the secret of the round's codes is destroyed; delete every copy of it on other servers and in backups");
        }
        Secret::NotFound => println!(
            "the secret of the round's codes is not in {}; wherever it still is, destroy it: `par-survey round publish {code} --keys \
            FOLDER --as NAME`",
            shown(&keys.file(code))
        ),
    }
    let was = if before { "was published before" } else { "is published" };
    println!("round {code} {was}; SHA-256 of its snapshot: {sha256}");
    Ok(())
}
