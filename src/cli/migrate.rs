//! `par-survey migrate up|down|status`.

use clap::{Args, Subcommand};

use super::actor::ActorOptions;
use super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::output;
use crate::app::schema::{self, SchemaStep, TakenBack};
use crate::clock;

/// Keep the schema of the database up to date
///
/// Commands on SQLite do this by themselves. On PostgreSQL run `migrate up` once after each update, on one machine.
#[derive(Debug, Subcommand)]
pub(crate) enum MigrateCommand {
    Up(UpOptions),
    Down(DownOptions),
    Status(MigrateStatusOptions),
}

/// Take every step of the schema that is not taken yet
#[derive(Debug, Args)]
pub(crate) struct UpOptions {
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Take the newest step of the schema back, and lose what is stored in its tables
///
/// Who did that is kept with what people did (`par-survey audit list`), unless that list itself is what the step had brought: then it is
/// lost with the step, and nothing says who took it back.
#[derive(Debug, Args)]
pub(crate) struct DownOptions {
    #[command(flatten)]
    database: DatabaseOptions,
    /// Yes, lose what is stored in the tables of that step
    #[arg(long, env = "PAR_SURVEY_YES")]
    yes: bool,
    #[command(flatten)]
    actor: ActorOptions,
}

/// List the steps of the schema
#[derive(Debug, Args)]
pub(crate) struct MigrateStatusOptions {
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    list: ListOptions,
}

pub(crate) async fn run(command: MigrateCommand) -> anyhow::Result<()> {
    match command {
        MigrateCommand::Up(UpOptions { database }) => output::print(&match schema::up(&database.database).await? {
            0 => "the schema was up to date".to_owned(),
            steps => format!("took {}", output::counted(u64::try_from(steps)?, "step")),
        }),
        MigrateCommand::Down(options) => down(&options).await,
        MigrateCommand::Status(MigrateStatusOptions { database, list }) => status(schema::status(&database.database).await?, list.format),
    }
}

async fn down(options: &DownOptions) -> anyhow::Result<()> {
    let DownOptions { database, yes, actor } = options;
    anyhow::ensure!(yes, "this loses what is stored in the tables of the newest step; back up the database, then say --yes");
    let taken = schema::down(&database.database, &actor.actor()?.may(clock::now())).await?;
    output::print(match taken {
        Some(TakenBack { is_written_down: true, .. }) => "took the newest step back",
        Some(_) => "took the newest step back; what people did is lost with it, and that it was taken back stands nowhere",
        None => "no step was taken that could be taken back",
    })
}

fn status(steps: Vec<SchemaStep>, format: ListFormat) -> anyhow::Result<()> {
    if format == ListFormat::Json {
        return output::print_json(&steps);
    }
    let rows: Vec<_> = steps.into_iter().map(|step| [step.step, if step.taken { "taken" } else { "pending" }.to_owned()]).collect();
    output::print_columns(["step", "state"], &rows)
}
