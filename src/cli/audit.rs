//! `par-survey audit list`.

use clap::{Args, Subcommand};
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::output;
use crate::store::audit::Event;

/// What people did: who changed what, and when
#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    List(AuditListOptions),
}

/// List what was done, newest last
///
/// Every command that changes something leaves a row, which is written together with the change: what is refused or cut off leaves none. Single
/// sheets and remarks are written down before their file is: where the file was not written after all, the row stays. What respondents do is not
/// here. Score sheets have a history of their own: `par-survey scores history`.
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

/// An event as programs read it.
#[derive(Debug, Serialize)]
struct Line {
    id: i32,
    done_at: String,
    who: String,
    action: String,
    round: Option<String>,
    detail: Box<RawValue>,
}

pub(crate) async fn run(command: AuditCommand) -> anyhow::Result<()> {
    let AuditCommand::List(AuditListOptions { round, list, database }) = command;
    let store = database.open().await?;
    let round = match round {
        Some(code) => Some(store.round(&code).await?.id),
        None => None,
    };
    let events = store.events(round).await?;
    if list.format == ListFormat::Json {
        return output::print_json(&events.into_iter().map(Line::of).collect::<serde_json::Result<Vec<_>>>()?);
    }
    let rows: Vec<_> = events.into_iter().map(columns).collect();
    output::print_columns(["time", "who", "action", "round", "detail"], &rows)
}

impl Line {
    fn of(event: Event) -> serde_json::Result<Self> {
        let Event { id, round, action, who, detail, done_at } = event;
        Ok(Self { id, done_at, who, action, round, detail: RawValue::from_string(detail)? })
    }
}

fn columns(event: Event) -> [String; 5] {
    let Event { id: _, round, action, who, detail, done_at } = event;
    [done_at, who, action, round.unwrap_or_default(), plain(&detail)]
}

/// What an object says, without the signs of JSON around it: `count 30, group deputies`.
fn plain(detail: &str) -> String {
    let Ok(Value::Object(all)) = serde_json::from_str(detail) else { return detail.to_owned() };
    let is_there = |value: &Value| !value.is_null() && value != "" && value.as_array().is_none_or(|all| !all.is_empty());
    let said = all.iter().filter(|(_, value)| is_there(value));
    said.map(|(name, value)| format!("{name} {}", text(value))).collect::<Vec<_>>().join(", ")
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(text).collect::<Vec<_>>().join(" "),
        Value::Object(all) => all.iter().map(|(name, value)| format!("{name} {}", text(value))).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
