//! `par-survey instances forget`.

use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::DatabaseOptions;
use super::super::output;
use crate::clock;
use crate::office::servers::{Forgotten, forget};
use crate::printed::visible;

/// Take a server that never comes back out of the register
///
/// No `round close` waits for it any more. Sheets that still wait in its letterbox are not counted unless it is started again, with the
/// same letterbox, while their round is open: it then registers itself anew. Codes that these sheets came with can be used again; should
/// the letterbox come back all the same, what is mixed first counts for each code and unit. A server that runs is not forgotten; end it
/// first.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey instances list
  par-survey instances forget server-2 --yes")]
pub(crate) struct ForgetOptions {
    /// Name of the server, as `par-survey instances list` shows it
    name: String,
    /// Yes, forget it although sheets may wait in its letterbox
    #[arg(long, env = "PAR_SURVEY_YES")]
    yes: bool,
    #[command(flatten)]
    actor: ActorOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(super) async fn run(options: &ForgetOptions) -> anyhow::Result<()> {
    let ForgetOptions { name, yes, actor, database } = options;
    let actor = actor.actor()?;
    for lost in forget(&database.open().await?, name, *yes, &actor.may(clock::now())).await? {
        let lost = match lost {
            Forgotten::WithSheets => "sheets that wait in its letterbox are not counted; codes that they came with can be used again",
            Forgotten::Empty => "when it was last heard, no round was open",
        };
        output::print(&format!("forgot instance {}; {lost}", visible(name)))?;
    }
    Ok(())
}
