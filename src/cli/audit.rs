//! `par-survey audit list`.

use clap::{Args, Subcommand};

use super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::output;
use crate::office::audit::{self, AuditLine};

/// What people did: who changed what, and when
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    List(AuditListOptions),
}

/// List what was done, newest last
///
/// Every command that changes something leaves a row, which is written together with the change: what is refused or cut off leaves none.
/// Single sheets and remarks are written down before their file is: where the file was not written after all, the row stays. What
/// respondents do is not here. Score sheets have a history of their own: `par-survey scores history`.
///
/// Times are in UTC.
#[derive(Debug, Args)]
pub(crate) struct AuditListOptions {
    /// Only what changed this round
    round: Option<String>,
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

pub(crate) async fn run(command: AuditCommand) -> anyhow::Result<()> {
    let AuditCommand::List(AuditListOptions { round, list, database }) = command;
    let lines = audit::lines(&database.open().await?, round.as_deref()).await?;
    if list.format == ListFormat::Json {
        return output::print_json(&lines);
    }
    let columns = |line: AuditLine| [line.done_at, line.who, line.action, line.round.unwrap_or_default(), line.said];
    output::print_columns(["time", "who", "action", "round", "detail"], &lines.into_iter().map(columns).collect::<Vec<_>>())
}
