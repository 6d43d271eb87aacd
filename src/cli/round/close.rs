//! `par-survey round close`.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use anyhow::bail;
use clap::Args;
use indicatif::ProgressBar;
use tokio::time::{Instant, sleep};

use super::super::options::{DatabaseOptions, LetterboxOptions};
use super::super::output;
use crate::store::Store;
use crate::store::closing::Closing;
use crate::store::instance::{Instance, Unreported};
use crate::store::letterbox::{Letterbox, OpenError};
use crate::store::rounds::Round;

/// How often the register of servers is looked at while they empty their letterboxes.
const PAUSE: Duration = Duration::from_millis(250);

/// Close a round: take no more sheets, empty every letterbox, and shuffle all sheets for good
///
/// Works while `serve` runs. From now on a sheet that comes is told that the round is over. Each server mixes what is left in its letterbox
/// and reports; this command waits for all of them. A letterbox on this machine whose server does not run is emptied by this command. Then
/// all sheets are rewritten in random order, and what linked them to batches and files is dropped.
///
/// When a server does not report in time, the round stays `closing`: start that server and repeat the command. If its letterbox is lost,
/// --without goes on without it. This command says how many sheets waited with it when it was last heard: as far as anybody knows, those are
/// lost. The round remembers that it was closed without, unless none waited.
///
/// Rows of a letterbox that cannot be read, because they are damaged or a newer version wrote them, are not counted; their number is said and
/// they stay in the letterbox.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey round close 2026
  par-survey round close 2026 --wait 0 --without server-2")]
pub(crate) struct CloseOptions {
    /// Id of the round
    round: String,
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
}

pub(crate) async fn run(options: &CloseOptions) -> anyhow::Result<()> {
    let CloseOptions { round, without, wait, database, letterbox } = options;
    let store = database.open().await?;
    let round = store.round(round).await?;
    require_known(&store, without).await?;
    store.begin_closing(&round).await?;
    let own = open_letterbox(&store, &letterbox.file(database)).await?;
    let waited = wait_for_empty(&store, &round, without, Duration::from_secs(*wait)).await;
    let set_aside = store.set_aside(round.id).await;
    if let Some(own) = own {
        own.stop().await?;
    }
    let excused = waited?;
    let left_out = store.finish_closing(&round, &Closing { excused: &excused, key: None, give_up: 0 }).await?;
    for (name, rows) in set_aside? {
        eprintln!("{rows} rows in the letterbox of {name} could not be read and were not counted; they are kept there");
    }
    let left_out = left_out.iter().map(|instance| format!("without {instance}"));
    output::print(&[format!("closed round {}", round.code)].into_iter().chain(left_out).collect::<Vec<_>>().join(", "))
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

/// Ten times what a living server needs to notice that a round is closing.
const GRACE: Duration = Duration::from_secs(3);

/// Waits until only excused servers may still hold sheets, and names those.
async fn wait_for_empty(store: &Store, round: &Round, without: &[String], wait: Duration) -> anyhow::Result<Vec<String>> {
    let deadline = Instant::now() + wait;
    let graced = Instant::now() + GRACE.min(wait);
    let mut progress = Progress::new();
    loop {
        let unreported = store.instances_unreported(round.id).await?;
        let (excused, awaited): (Vec<_>, Vec<_>) = unreported.into_iter().partition(|instance| without.contains(&instance.name));
        // Also a server that may be gone on without gets the time in which a living one would have reported.
        if awaited.is_empty() && (excused.is_empty() || Instant::now() >= graced) {
            progress.end();
            return Ok(excused.into_iter().map(|instance| instance.name).collect());
        }
        if Instant::now() >= deadline && !awaited.is_empty() {
            progress.end();
            bail!(timed_out(round, &awaited));
        }
        progress.show(&awaited);
        sleep(PAUSE).await;
    }
}

fn timed_out(round: &Round, awaited: &[Unreported]) -> String {
    let code = &round.code;
    let names: Vec<&str> = awaited.iter().map(|instance| &*instance.name).collect();
    format!(
        "round `{code}` is closing, but these servers have not reported their letterboxes empty: {}.\n\
         Start them (their logs say what is wrong) and run `par-survey round close {code}` again.\n\
         If their letterboxes are lost, go on without them: `par-survey round close {code} --without {}`",
        awaited.iter().map(Unreported::to_string).collect::<Vec<_>>().join(", "),
        names.join(" --without ")
    )
}

/// Who is waited for: a line that moves on a terminal, elsewhere a line whenever it changes.
struct Progress {
    spinner: Option<ProgressBar>,
    told: String,
}

impl Progress {
    fn new() -> Self {
        let spinner = std::io::stderr().is_terminal().then(|| {
            let spinner = ProgressBar::new_spinner();
            spinner.enable_steady_tick(PAUSE);
            spinner
        });
        Self { spinner, told: String::new() }
    }

    fn show(&mut self, awaited: &[Unreported]) {
        let names: Vec<&str> = awaited.iter().map(|instance| &*instance.name).collect();
        let text = format!("waiting for these letterboxes to be emptied: {}", names.join(", "));
        match &self.spinner {
            Some(spinner) => spinner.set_message(text),
            None if text == self.told => {}
            None => {
                eprintln!("{text}");
                self.told = text;
            }
        }
    }

    fn end(&self) {
        if let Some(spinner) = &self.spinner {
            spinner.finish_and_clear();
        }
    }
}
