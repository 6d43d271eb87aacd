//! `par-survey round close`.

mod burning;
mod lost;
mod waiting;

use std::path::Path;
use std::time::Duration;

use anyhow::bail;
use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::{DatabaseOptions, LetterboxOptions};
use super::super::output;
use super::super::seal::{Given, SealKeyOptions};
use crate::clock;
use crate::round::{Round, RoundState};
use crate::store::Store;
use crate::store::closing::Closing;
use crate::store::instance::Instance;
use crate::store::letterbox::{Letterbox, OpenError};
use lost::Lost;
use waiting::wait_for_empty;

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
/// --without goes on without it. This command says how many sheets waited with it when it was last heard: as far as anybody knows, those are
/// lost. The round remembers that it was closed without, unless none waited.
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
    store.begin_closing(&round, &actor.by(clock::now())).await?;
    let own = open_letterbox(&store, &letterbox.file(database)).await?;
    let waited = wait_for_empty(&store, &round, without, Duration::from_secs(*wait)).await;
    let set_aside = store.set_aside(round.id).await;
    if let Some(own) = own {
        own.stop().await?;
    }
    let (left_out, set_aside) = (waited?, set_aside?);
    let lost = Lost { set_aside: &set_aside, left_out: &left_out };
    let excused: Vec<String> = left_out.iter().map(|instance| instance.name.clone()).collect();
    let closing = Closing { excused: &excused, key: given.as_ref().map(|given| &given.key), give_up: *give_up };
    let left_out = store.finish_closing(&round, &closing, &actor.by(clock::now())).await.map_err(|error| lost.named(&round, error))?;
    for (name, rows) in &set_aside {
        eprintln!("{rows} rows in the letterbox of {name} could not be read and were not counted");
    }
    let left_out = left_out.iter().map(|instance| format!("without {instance}"));
    output::print(&[format!("closed round {}", round.code)].into_iter().chain(left_out).collect::<Vec<_>>().join(", "))?;
    match given {
        Some(given) => burn(&store, &round, &given).await,
        None => Ok(()),
    }
}

/// Destroys the key, once all that it opened is in the database file: before, answers are only in the log beside it.
async fn burn(store: &Store, round: &Round, given: &Given) -> anyhow::Result<()> {
    if let Err(error) = store.require_in_file().await {
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

/// A name that is misspelt would excuse nobody, and the next one to close would be waited for in vain.
async fn require_known(store: &Store, without: &[String]) -> anyhow::Result<()> {
    let known = store.instance_names().await?;
    let Some(unknown) = without.iter().find(|name| !known.contains(name)) else { return Ok(()) };
    let known = if known.is_empty() { "none is registered".to_owned() } else { format!("registered are {}", known.join(", ")) };
    bail!("--without {unknown}: there is no server of this name; {known}")
}

/// The letterbox of this machine, where no running server has it: what a stopped server left behind is mixed here.
async fn open_letterbox(store: &Store, file: &Path) -> anyhow::Result<Option<Instance>> {
    if !file.exists() {
        return Ok(None);
    }
    match Letterbox::open(file) {
        Ok(letterbox) => {
            let name = store.instance_name(&letterbox).await?.unwrap_or_else(|| file.display().to_string());
            Ok(Some(Instance::start(store.clone(), letterbox, &name).await?))
        }
        Err(OpenError::Busy(_)) => Ok(None),
        Err(OpenError::Store(error)) => Err(error.into()),
    }
}
