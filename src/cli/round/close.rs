//! `par-survey round close`.

mod burning;
mod said;
mod waiting;

use std::time::Duration;

use anyhow::bail;
use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::{DatabaseOptions, LetterboxOptions};
use super::super::output;
use super::super::seal::{Given, SealKeyOptions};
use crate::clock;
use crate::office::closing::{Closed, How, NotClosed, close, require_in_file, require_known};
use crate::printed::visible;
use crate::round::{Round, RoundState};
use crate::store::Store;
use crate::store::instance::Unreported;
use waiting::Progress;

/// Close a round: take no more sheets, empty every letterbox, open all sheets and shuffle them for good
///
/// Wants the round's private key, in the file that `round open` wrote or in shares, and tries it before anything else: a wrong or missing key
/// changes nothing. When all is done the key file is destroyed; copies, shares and pages are yours to burn.
///
/// Works while `serve` runs. From now on a sheet that comes is told that the round is over. Each server mixes what is left in its letterbox
/// and reports; this command waits for all of them. A letterbox on this machine whose server does not run is emptied by this command. Then
/// all sheets are rewritten in random order, and what linked them to batches and files is dropped.
///
/// When a server does not report in time, the round stays `closing`: start that server and repeat the command. If its letterbox is lost,
/// --without goes on without it. Whether sheets wait with it nobody knows; if so, they are lost. The round remembers that it was closed
/// without, unless no round was open when that server was last heard: then none waits.
///
/// Rows of a letterbox that cannot be read, because they are damaged or a newer version wrote them, are not counted. They, and what waits in a
/// letterbox that is left out, are lost with the key: they are listed, and only --give-up with their number goes on.
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
    let store = database.open().await?;
    let round = store.round(round).await?;
    require_known(&store, without).await?;
    let given = match given(&store, &round, key).await? {
        Some(given) if round.state >= RoundState::Closed => return burn(&store, &round, &given).await,
        given => given,
    };
    let (file, progress) = (letterbox.file(database), Progress::new());
    let key = given.as_ref().map(|given| &given.key);
    let wait = Duration::from_secs(*wait);
    let how = How { key, letterbox: Some(&file), without, wait, give_up: *give_up, now: clock::now };
    let told = |awaited: &[Unreported]| progress.show(awaited);
    let closed = close(&store, &round, &how, &actor.may(clock::now()), &told).await;
    progress.end();
    let Closed { without, set_aside } = match closed {
        Err(NotClosed::Store(error)) if error.is_full() => {
            let size = database.file().and_then(|file| std::fs::metadata(file).ok()).map(|file| file.len());
            let state = store.round(&round.code).await.map_or(round.state, |round| round.state);
            return Err(said::no_room(&round.code, state, size, &error));
        }
        closed => closed.map_err(|why| said::not_closed(&round.code, why))?,
    };
    for (name, rows) in &set_aside {
        eprintln!("{rows} rows in the letterbox of {} could not be read and were not counted", visible(name));
    }
    let without = without.iter().map(|instance| format!("without {}", said::server(instance)));
    output::print(&[format!("closed round {}", round.code)].into_iter().chain(without).collect::<Vec<_>>().join(", "))?;
    match given {
        Some(given) => burn(&store, &round, &given).await,
        None => Ok(()),
    }
}

/// Destroys the key, once all that it opened is in the database file.
async fn burn(store: &Store, round: &Round, given: &Given) -> anyhow::Result<()> {
    if let Err(error) = require_in_file(store).await {
        bail!(
            "round `{0}` is closed, but its answers are not all in the database file yet ({error:#}). The key is kept: make room or end whatever \
             reads the database, and repeat `par-survey round close {0}`",
            round.code
        );
    }
    output::print(&burning::burn(round, given))
}

/// The key of a round, which is tried before anything is changed. None where nothing was sealed, and where it is for the store to say that a
/// round in its state cannot be closed.
async fn given(store: &Store, round: &Round, key: &SealKeyOptions) -> anyhow::Result<Option<Given>> {
    let Some(seal) = store.seal(round.id).await? else { return Ok(None) };
    match round.state {
        RoundState::Draft => Ok(None),
        RoundState::Open | RoundState::Closing => key.key_of(round, &seal).map(Some),
        RoundState::Closed | RoundState::Published => Ok(key.left_behind(round, &seal)),
    }
}
