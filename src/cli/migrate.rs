//! `par-survey migrate up|down|status`.

use clap::{Args, Subcommand};
use serde::Serialize;

use super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::output;
use crate::store::Store;

/// Keep the schema of the database up to date
///
/// Commands on SQLite do this by themselves. On PostgreSQL run `migrate up` once after each update, on one machine.
#[derive(Debug, Subcommand)]
pub(crate) enum MigrateCommand {
    Up(UpOptions),
    Down(DownOptions),
    Status(StatusOptions),
}

/// Take every step of the schema that is not taken yet
#[derive(Debug, Args)]
pub(crate) struct UpOptions {
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Take the newest step of the schema back, and lose what is stored in its tables
#[derive(Debug, Args)]
pub(crate) struct DownOptions {
    #[command(flatten)]
    database: DatabaseOptions,
    /// Yes, lose what is stored in the tables of that step
    #[arg(long, env = "PAR_SURVEY_YES")]
    yes: bool,
}

/// List the steps of the schema
#[derive(Debug, Args)]
pub(crate) struct StatusOptions {
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    list: ListOptions,
}

#[derive(Debug, Serialize)]
struct Step {
    step: String,
    taken: bool,
}

pub(crate) async fn run(command: MigrateCommand) -> anyhow::Result<()> {
    match command {
        MigrateCommand::Up(UpOptions { database }) => up(&Store::open(&database.database).await?).await,
        MigrateCommand::Down(DownOptions { database, yes }) => {
            anyhow::ensure!(yes, "this loses what is stored in the tables of the newest step; back up the database, then say --yes");
            let store = Store::open(&database.database).await?;
            store.migrate_down().await?;
            output::print("took the newest step back")
        }
        MigrateCommand::Status(StatusOptions { database, list }) => {
            status(Store::open(&database.database).await?.migrations().await?, list.format)
        }
    }
}

async fn up(store: &Store) -> anyhow::Result<()> {
    let pending = store.migrations().await?.iter().filter(|(_, taken)| !taken).count();
    store.migrate_up().await?;
    output::print(&if pending == 0 {
        "the schema was up to date".to_owned()
    } else {
        format!("took {}", output::counted(u64::try_from(pending)?, "step"))
    })
}

fn status(steps: Vec<(String, bool)>, format: ListFormat) -> anyhow::Result<()> {
    let steps: Vec<Step> = steps.into_iter().map(|(step, taken)| Step { step, taken }).collect();
    if format == ListFormat::Json {
        return output::print_json(&steps);
    }
    let rows: Vec<_> = steps.into_iter().map(|step| [step.step, if step.taken { "taken" } else { "pending" }.to_owned()]).collect();
    output::print_columns(["step", "state"], &rows)
}
