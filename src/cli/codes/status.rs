//! `par-survey codes status`.

use clap::Args;
use serde::Serialize;

use super::super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::super::{output, standing};
use crate::office::codes::{CodesUsed, used};

/// How many codes there are, and what part of them was used
///
/// While the round is open only classes are told (below 50 %, 50-80 %, above 80 %), because a number that grows by one shows who has just
/// answered; of fewer than 20 issued codes not even that. It is the part of the ratings that the codes can give: of those that came,
/// counted are the ones that were mixed, 20 of a group about a unit at a time, and that will be in figures. Groups that can be counted as
/// one are told together. Once the round is closed it is said whether figures have anything of a group ("from the floor on") or not ("under
/// the floor").
#[derive(Debug, Args)]
pub(crate) struct CodesStatusOptions {
    /// Id of the round
    round: String,
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Serialize)]
struct CodeStatus {
    questionnaire: String,
    group: String,
    issued: i64,
    used: &'static str,
}

pub(super) async fn run(options: &CodesStatusOptions) -> anyhow::Result<()> {
    let office = options.database.open().await?;
    let told = used(&office, &options.round).await?.into_iter();
    let rows: Vec<_> = told.map(CodeStatus::of).collect();
    if options.list.format == ListFormat::Json {
        return output::print_json(&rows);
    }
    let rows: Vec<_> = rows.into_iter().map(|row| [row.questionnaire, row.group, row.issued.to_string(), row.used.to_owned()]).collect();
    output::print_columns(["questionnaire", "group", "issued", "used"], &rows)
}

impl CodeStatus {
    fn of(CodesUsed { questionnaire, group, issued, used }: CodesUsed) -> Self {
        Self { questionnaire, group, issued, used: standing::used(used) }
    }
}
