//! `par-survey round open`.

use anyhow::bail;
use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::{DatabaseOptions, DefinitionsOptions, KeysOptions, LetterboxOptions};
use super::super::output;
use super::super::seal::{Near, SealOptions};
use crate::cli::helping::said_of;
use crate::office::opening::{self, Unasked};
use crate::office::{rounds, sealing};
use crate::round::when::UtcOffset;
use crate::{catalogue, clock};

/// Open a draft, with the exact text of its questionnaires
///
/// Answers are sealed until the round is closed. The private key that then opens them is made here, and nowhere kept but where you say: in
/// a file (--seal-key) or in shares (--trustees). Losing it loses every answer. Whoever has it and the data can read answers while the
/// round is open, so that it has to lie elsewhere. Its fingerprint is printed here, on every share and by `serve`. A round that asks no
/// questionnaire needs none.
///
/// The round keeps the definitions as they are now; what is edited later changes nothing of it. Forms are shown from the first to the last
/// moment of the window; a form that was opened in time is taken until `round close`.
///
/// Refused when a definition is missing or the folder has a fault, when a questionnaire has no unit or one that does not exist in the
/// window, and when the window is over.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey round open 2026 --seal-key /media/stick/2026.key
  par-survey round open 2026 --trustees 2-of-3
  par-survey round open 2026 --trustees 2-of-3 --pages /media/stick/2026")]
pub(crate) struct OpenOptions {
    /// Id of the round
    round: String,
    #[command(flatten)]
    seal: SealOptions,
    #[command(flatten)]
    definitions: DefinitionsOptions,
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    letterbox: LetterboxOptions,
    #[command(flatten)]
    keys: KeysOptions,
    #[command(flatten)]
    actor: ActorOptions,
}

pub(crate) async fn run(options: &OpenOptions) -> anyhow::Result<()> {
    let OpenOptions { round, seal, definitions, database, letterbox, keys, actor } = options;
    let actor = actor.actor()?;
    let office = database.open().await?;
    let round = rounds::find(&office, round).await?;
    let found = catalogue::read_folder(&definitions.definitions)?;
    let ready = match opening::readiness(&office, round.clone(), &found, clock::now()).await? {
        Ok(ready) => ready,
        Err(missing) => bail!(missing.iter().map(said_of).collect::<Vec<_>>().join("\n")),
    };
    let planned = ready.asks().then(|| seal.plan(&round.code, &Near::of(database, letterbox, keys))).transpose()?;
    let drawn = planned.map(|planned| planned.draw(&round)).transpose()?;
    if let Err(why) = ready.open(&office, drawn.as_ref().map(|drawn| &drawn.seal), &actor.may(clock::now())).await {
        let Some(drawn) = drawn else { return Err(why.into()) };
        let unused = sealing::is_unused(&office, &round, &drawn.seal.public, &why).await;
        return Err(drawn.undo(&round.code, unused, why.into()));
    }
    let unasked = ready.unasked.iter().map(|Unasked { scheme, questionnaire }| {
        format!("scheme `{scheme}` takes points from `{questionnaire}`, which this round does not ask")
    });
    for note in unasked.chain(drawn.as_ref().map(|drawn| drawn.said.clone())) {
        output::print(&note)?;
    }
    let sealed = drawn.map(|drawn| format!("; sealed to fingerprint {}", drawn.seal.public.fingerprint())).unwrap_or_default();
    let offset = UtcOffset::from(round.offset);
    let (opens, closes) = (offset.opening(round.opens_at), offset.closing(round.closes_at));
    output::print(&format!("opened round {}: {opens} to {closes}{sealed}", round.code))
}
