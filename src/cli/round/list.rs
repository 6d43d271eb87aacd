//! `par-survey round list`.

use clap::Args;
use serde::Serialize;

use super::super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::super::output;
use crate::office::rounds;
use crate::round::Round;
use crate::round::when::UtcOffset;

/// List all rounds, newest first, each with the days of its own time
#[derive(Debug, Args)]
pub(crate) struct RoundListOptions {
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Serialize)]
struct RoundRow {
    id: String,
    name_vi: String,
    name_en: String,
    year: i32,
    state: String,
    opens_at: String,
    closes_at: String,
    synthetic: bool,
    closed_without: Vec<String>,
}

pub(crate) async fn run(options: &RoundListOptions) -> anyhow::Result<()> {
    let RoundListOptions { list, database } = options;
    let rounds = rounds::all(&database.open().await?).await?;
    if list.format == ListFormat::Json {
        return output::print_json(&rounds.into_iter().map(row).collect::<Vec<_>>());
    }
    let rows: Vec<_> = rounds
        .into_iter()
        .map(|round| {
            let offset = UtcOffset::from(round.offset);
            let window = [offset.opening(round.opens_at), offset.closing(round.closes_at)];
            let [opens, closes] = window;
            [round.code, round.state.to_string(), round.year.to_string(), opens, closes, round.name_vi]
        })
        .collect();
    output::print_columns(["round", "state", "year", "opens", "closes", "name"], &rows)
}

fn row(round: Round) -> RoundRow {
    let closed_without = round.closed_without();
    let Round { code, name_vi, name_en, year, state, opens_at, closes_at, synthetic, .. } = round;
    RoundRow {
        id: code,
        name_vi,
        name_en,
        year,
        state: state.to_string(),
        opens_at: opens_at.to_string(),
        closes_at: closes_at.to_string(),
        synthetic,
        closed_without,
    }
}
