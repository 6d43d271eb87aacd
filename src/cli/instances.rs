//! `par-survey instances list|forget|salvage`.

mod salvage;

use std::collections::HashMap;
use std::time::Duration;

use clap::{Args, Subcommand};
use serde::Serialize;
use tokio::time::{Instant, sleep};

use super::actor::ActorOptions;
use super::helping::typed;
use super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::output;
use crate::clock;
use crate::printed::visible;
use crate::store::Store;
use crate::store::register::Listed;

/// A running server moves its row every 3 seconds; a little more, and a machine that is busy has its turn too.
const WATCHED: Duration = Duration::from_secs(4);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(250);

/// Servers that may hold sheets of a round
///
/// Each server registers itself when it starts and takes itself out when it ends with an empty letterbox. `round close` waits for every
/// one that is in the register.
#[derive(Debug, Subcommand)]
pub(crate) enum InstancesCommand {
    List(InstancesListOptions),
    Forget(ForgetOptions),
    Salvage(salvage::SalvageOptions),
}

/// List the servers: whether each runs, and whether sheets may wait in its letterbox
///
/// Looks for up to 4 seconds who runs. Sheets may wait wherever a round was open when the server was last heard. Whether any does, or how many,
/// is kept nowhere but in its letterbox: that would tell when somebody answers. The last column names the rounds for which it has reported its
/// letterbox empty.
#[derive(Debug, Args)]
pub(crate) struct InstancesListOptions {
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Take a server that never comes back out of the register
///
/// No `round close` waits for it any more. Sheets that still wait in its letterbox are not counted unless it is started again, with the same
/// letterbox, while their round is open: it then registers itself anew. Codes that these sheets came with can be used again; should the letterbox
/// come back all the same, what is mixed first counts for each code and unit. A server that runs is not forgotten; end it first.
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

#[derive(Debug, Serialize)]
struct Line {
    name: String,
    runs: bool,
    may_hold_sheets: bool,
    reported_empty: Vec<String>,
}

pub(crate) async fn run(command: InstancesCommand) -> anyhow::Result<()> {
    match command {
        InstancesCommand::List(options) => list(&options).await,
        InstancesCommand::Forget(options) => forget(&options).await,
        InstancesCommand::Salvage(options) => salvage::run(&options).await,
    }
}

async fn list(options: &InstancesListOptions) -> anyhow::Result<()> {
    let store = options.database.open().await?;
    let lines: Vec<Line> = watch(&store, |_| true).await?.into_iter().map(Line::of).collect();
    if options.list.format == ListFormat::Json {
        return output::print_json(&lines);
    }
    let rows: Vec<_> = lines.into_iter().map(Line::columns).collect();
    output::print_columns(["instance", "runs", "sheets", "reported empty for"], &rows)
}

async fn forget(options: &ForgetOptions) -> anyhow::Result<()> {
    let ForgetOptions { name, yes, actor, database } = options;
    let actor = actor.actor()?;
    let store = database.open().await?;
    let found = watch(&store, |listed| listed.name == *name).await?;
    anyhow::ensure!(!found.is_empty(), unknown(&store, name).await?);
    anyhow::ensure!(found.iter().all(|(_, runs)| !runs), "instance `{}` runs; end it first, then forget it", visible(name));
    for (listed, _) in found {
        anyhow::ensure!(!listed.may_hold_sheets || *yes, may_lose(name));
        store.forget(&listed, &actor.by(clock::now())).await?;
        let known = if listed.may_hold_sheets {
            "sheets that wait in its letterbox are not counted; codes that they came with can be used again"
        } else {
            "when it was last heard, no round was open"
        };
        output::print(&format!("forgot instance {}; {known}", visible(name)))?;
    }
    Ok(())
}

/// Some instances, each with whether it moved while it was looked at.
async fn watch(store: &Store, which: impl Fn(&Listed) -> bool) -> anyhow::Result<Vec<(Listed, bool)>> {
    let until = Instant::now() + WATCHED;
    let look = async || anyhow::Ok(store.listed().await?.into_iter().filter(|listed| which(listed)).collect::<Vec<_>>());
    let before: HashMap<String, i32> = look().await?.into_iter().map(|listed| (listed.id, listed.beats)).collect();
    loop {
        let now: Vec<_> = look().await?.into_iter().map(|listed| (before.get(&listed.id) != Some(&listed.beats), listed)).collect();
        if now.iter().all(|(runs, _)| *runs) || Instant::now() >= until {
            return Ok(now.into_iter().map(|(runs, listed)| (listed, runs)).collect());
        }
        sleep(PAUSE).await;
    }
}

/// Refuses while a server runs.
pub(super) async fn require_none_runs(store: &Store) -> anyhow::Result<()> {
    let running: Vec<String> = watch(store, |_| true).await?.into_iter().filter(|(_, runs)| *runs).map(|(listed, _)| listed.name).collect();
    anyhow::ensure!(
        running.is_empty(),
        "these servers run: {}; end every server first, and start none until this is done",
        visible(&running.join(", "))
    );
    Ok(())
}

fn may_lose(name: &str) -> String {
    format!(
        "sheets may wait in the letterbox of `{}`, and without it they are never counted; codes that they came with can be used again then. \
         Start it again if you can; if it never comes back: `par-survey instances forget {} --yes`",
        visible(name),
        typed(name)
    )
}

async fn unknown(store: &Store, name: &str) -> anyhow::Result<String> {
    let known: Vec<String> = store.listed().await?.into_iter().map(|listed| listed.name).collect();
    let known = if known.is_empty() { "there is none".to_owned() } else { format!("there are {}", visible(&known.join(", "))) };
    Ok(format!("no instance is called `{}`; {known}", visible(name)))
}

impl Line {
    fn of((listed, runs): (Listed, bool)) -> Self {
        Self { name: listed.name, runs, may_hold_sheets: listed.may_hold_sheets, reported_empty: listed.empty_for }
    }

    fn columns(self) -> [String; 4] {
        let runs = if self.runs { "yes" } else { "no" };
        let sheets = if self.may_hold_sheets { "may wait" } else { "none" };
        [self.name, runs.to_owned(), sheets.to_owned(), self.reported_empty.join(", ")]
    }
}
