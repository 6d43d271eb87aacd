//! `par-survey round seal`.

use anyhow::ensure;
use clap::Args;

use super::super::actor::ActorOptions;
use super::super::instances::require_none_runs;
use super::super::options::{DatabaseOptions, KeysOptions, LetterboxOptions};
use super::super::output;
use super::super::seal::{Near, SealOptions};
use super::open::not_sealed;
use crate::clock;
use crate::keys::Pepper;
use crate::round::RoundState;
use crate::store::codes::{CodeHash, IssuedCode};
use crate::store::unsealed::{BroughtUnderSeal, CodeSecret};

/// Bring a round that an earlier version opened under a seal
///
/// Answers are sealed until a round is closed; those of a round that was opened before there were seals can be read by whoever has the disk.
/// `serve` refuses such a round until this was run. The key is made here and goes where you say, as with `round open`: losing it loses every
/// answer.
///
/// End every server first, and start none meanwhile. All sheets and remarks in the database are sealed, and what says that a code was used is
/// kept as hashes that nobody can assign to a code without the folder of keys, which is wanted where codes were used. All of it or nothing: when
/// it is refused or cut off, do it again. Files of sheets can still be undone. What waits in a letterbox is sealed when its server is started.
///
/// What was readable before is not called back: backups, and files called letterbox.db.damaged-N, hold it until they are destroyed. On SQLite the
/// database is written anew, so that its files hold no readable answer; blocks that the disk freed before, older versions that a copy-on-write file
/// system or a flash disk keeps, and with PostgreSQL its write-ahead log and its archive may.
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
    let store = database.open().await?;
    let round = store.round(round).await?;
    let code = &round.code;
    let unsealed = matches!(round.state, RoundState::Open | RoundState::Closing);
    ensure!(unsealed, "round `{code}` is {}; only one that is open or closing is brought under a seal", round.state);
    ensure!(
        !store.asked(round.id).await?.is_empty(),
        "round `{code}` asks nothing, so that there is nothing to seal; it is closed without a key"
    );
    if let Some(seal) = store.seal(round.id).await? {
        anyhow::bail!("round `{code}` is under a seal already, with the fingerprint {}; nothing is left to do", seal.public.fingerprint());
    }
    let pepper = keys.keys(database).pepper(code)?;
    let planned = seal.plan(code, &Near::of(database, letterbox, keys))?;
    require_none_runs(&store).await?;
    let drawn = planned.draw(&round)?;
    let fingerprint = pepper.as_ref().map(Pepper::fingerprint);
    let participation = pepper.as_ref().map(|pepper| move |hash: CodeHash, issued: &IssuedCode| pepper.participation(hash, issued));
    let secret = fingerprint.as_deref().zip(participation.as_ref());
    let secret = secret.map(|(fingerprint, participation)| CodeSecret { fingerprint, participation });
    let BroughtUnderSeal { sheets, remarks, .. } = match store.seal_open_round(&round, &drawn.seal, secret, &actor.by(clock::now())).await {
        Ok(brought) => brought,
        Err(error) => return Err(not_sealed(&store, &round, Some(&drawn), error).await),
    };
    output::print(&drawn.said)?;
    output::print(&format!(
        "sealed round {code} to fingerprint {}: {sheets} sheets and {remarks} remarks; what its letterboxes hold is sealed when their servers are started",
        drawn.seal.public.fingerprint()
    ))
}
