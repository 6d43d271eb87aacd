//! `par-survey instances list`.

use clap::Args;
use serde::Serialize;

use super::super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::super::output;
use crate::office::servers::{self, Server};

/// List the servers: whether each runs, and whether sheets may wait in its letterbox
///
/// Looks for up to 4 seconds who runs. Sheets may wait wherever a round was open when the server was last heard. Whether any does, or how
/// many, is kept nowhere but in its letterbox: that would tell when somebody answers. The last column names the rounds for which it has
/// reported its letterbox empty.
#[derive(Debug, Args)]
pub(crate) struct InstancesListOptions {
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Serialize)]
struct ServerLine {
    name: String,
    runs: bool,
    may_hold_sheets: bool,
    reported_empty: Vec<String>,
}

pub(super) async fn run(options: &InstancesListOptions) -> anyhow::Result<()> {
    let InstancesListOptions { list, database } = options;
    let lines: Vec<ServerLine> = servers::list(&database.open().await?).await?.into_iter().map(ServerLine::of).collect();
    if list.format == ListFormat::Json {
        return output::print_json(&lines);
    }
    let rows: Vec<_> = lines.into_iter().map(ServerLine::columns).collect();
    output::print_columns(["instance", "runs", "sheets", "reported empty for"], &rows)
}

impl ServerLine {
    fn of(Server { name, runs, may_hold_sheets, empty_for }: Server) -> Self {
        Self { name, runs, may_hold_sheets, reported_empty: empty_for }
    }

    fn columns(self) -> [String; 4] {
        let runs = if self.runs { "yes" } else { "no" };
        let sheets = if self.may_hold_sheets { "may wait" } else { "none" };
        [self.name, runs.to_owned(), sheets.to_owned(), self.reported_empty.join(", ")]
    }
}
