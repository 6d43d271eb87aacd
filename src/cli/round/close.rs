//! `par-survey round close`.

mod burning;
mod waiting;

use std::time::Duration;

use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::{DatabaseOptions, LetterboxOptions};
use super::super::output;
use super::super::seal::SealKeyOptions;
use crate::clock;
use crate::office::closing::{Closed, How, KeyForClosing, LeftOut, close, require_in_file, wanted};
use crate::printed::visible;
use crate::refusal::SetAside;
use burning::{burn, swept};
use waiting::WaitingLine;

/// Close a round: take no more sheets, empty every letterbox, open all sheets and shuffle them for good
///
/// Wants the round's private key, in the file that `round open` wrote or in shares, and tries it before anything else: a wrong or missing
/// key changes nothing. When all is done the key file is destroyed; copies, shares and pages are yours to burn.
///
/// Works while `serve` runs. From now on a sheet that comes is told that the round is over. Each server mixes what is left in its letterbox
/// and reports; this command waits for all of them. A letterbox on this machine whose server does not run is emptied by this command. Then
/// all sheets are rewritten in random order, and what linked them to batches and files is dropped.
///
/// When a server does not report in time, the round stays `closing`: start that server and repeat the command. If its letterbox is lost,
/// --without goes on without it. Whether sheets wait with it nobody knows; if so, they are lost. The round remembers that it was closed
/// without, unless no round was open when that server was last heard: then none waits.
///
/// Rows of a letterbox that cannot be read, because they are damaged or a newer version wrote them, are not counted. They, and what waits
/// in a letterbox that is left out, are lost with the key: they are listed, and only --give-up with their number goes on.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey round close 2026 --seal-key /media/stick/2026.key
  par-survey round close 2026                                   type the words of the shares
  par-survey round close 2026 --wait 0 --without server-2 --give-up 1")]
pub(crate) struct CloseOptions {
    /// Id of the round
    round: String,
    #[command(flatten)]
    key: SealKeyOptions,
    /// Give up so much, which is lost with the key: sheets, rows and letterboxes, as closing without this says it
    #[arg(long, env = "PAR_SURVEY_GIVE_UP", value_name = "N", default_value_t = 0)]
    give_up: u32,
    /// Go on without this server if it does not report; may be repeated
    #[arg(long, env = "PAR_SURVEY_WITHOUT", value_name = "INSTANCE", value_delimiter = ',')]
    without: Vec<String>,
    /// How many seconds to wait for the servers
    #[arg(long, env = "PAR_SURVEY_WAIT", value_name = "SECONDS", default_value_t = 600)]
    wait: u64,
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    letterbox: LetterboxOptions,
    #[command(flatten)]
    actor: ActorOptions,
}

pub(crate) async fn run(options: &CloseOptions) -> anyhow::Result<()> {
    let CloseOptions { round, key, give_up, without, wait, database, letterbox, actor } = options;
    let actor = actor.actor()?;
    let office = database.open().await?;
    let (round, wanted) = wanted(&office, round, without).await?;
    let given = match wanted {
        KeyForClosing::Nothing => None,
        KeyForClosing::Key(seal) => Some(key.key_of(&round, &seal)?),
        KeyForClosing::LeftBehind(seal) => match key.left_behind(&round, &seal) {
            Some(given) => return output::print(&burn(&round, &given, require_in_file(&office, &round).await?)),
            None => match key.sweep(&round) {
                Some(file) => return output::print(&swept(&round, &file)),
                None => None,
            },
        },
    };
    let (file, progress) = (letterbox.file(database), WaitingLine::new());
    let key = given.as_ref().map(|given| &given.key);
    let wait = Duration::from_secs(*wait);
    let how = How { key, letterbox: Some(&file), without, wait, give_up: *give_up, now: clock::now };
    let closed = close(&office, &round, &how, &actor.may(clock::now()), &|awaited| progress.show(awaited)).await;
    progress.end();
    say(&round.code, &closed?)?;
    match given {
        Some(given) => output::print(&burn(&round, &given, require_in_file(&office, &round).await?)),
        None => Ok(()),
    }
}

/// Says what was closed, and without whom.
fn say(code: &str, Closed { without, set_aside }: &Closed) -> anyhow::Result<()> {
    for SetAside { server, rows } in set_aside {
        eprintln!("{rows} rows in the letterbox of {} could not be read and were not counted", visible(server));
    }
    let without = without.iter().map(|LeftOut { name, may_hold_sheets }| {
        let known = if *may_hold_sheets { "sheets may wait with it" } else { "when it was last heard, no round was open" };
        format!("without {} ({known})", visible(name))
    });
    output::print(&[format!("closed round {code}")].into_iter().chain(without).collect::<Vec<_>>().join(", "))
}
