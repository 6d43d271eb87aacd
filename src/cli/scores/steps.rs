//! Where scoring stands, and what was changed.

use clap::Args;
use jiff::civil::Date;

use super::super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::super::output;
use super::{SignatureOptions, desk};
use crate::office::desk::{Entered, Lacking};
use crate::round::steps::Step;

/// Go to another step of scoring, or give the step more time
///
/// The steps are self-scoring, survey, appraisal, explanation, council, approval and publication, one after the other. The council may send
/// sheets back to explanation, approval may return them to the council, and a published round goes back to the council to be corrected.
#[derive(Debug, Args)]
pub(crate) struct StepOptions {
    /// Id of the round
    round: String,
    /// The step to go to
    #[arg(value_parser = step_of)]
    step: Step,
    /// Move the last day of that step
    #[arg(long, env = "PAR_SURVEY_STEP_CLOSES", value_name = "DATE")]
    closes: Option<Date>,
    #[command(flatten)]
    signature: SignatureOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Show where scoring stands: the step, its days, and what each unit still lacks
#[derive(Debug, Args)]
pub(crate) struct ScoresStatusOptions {
    /// Id of the round
    round: String,
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// List every entry in score sheets: who, when, from, to, and why
#[derive(Debug, Args)]
pub(crate) struct HistoryOptions {
    /// Id of the round
    round: String,
    /// Only this unit
    #[arg(long, env = "PAR_SURVEY_UNIT", value_name = "CODE")]
    unit: Option<String>,
    #[command(flatten)]
    list: ListOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

fn step_of(name: &str) -> Result<Step, String> {
    Step::from_name(name).ok_or_else(|| format!("there are {}", Step::ALL.map(Step::name).join(", ")))
}

pub(super) async fn step(options: &StepOptions) -> anyhow::Result<()> {
    let StepOptions { round, step, closes, signature, database } = options;
    let desk = desk(database, round).await?;
    let by = signature.author()?;
    desk.move_to(*step, *closes, &by).await?;
    output::print(&format!("round {round} is in the step {step}"))
}

pub(super) async fn status(options: &ScoresStatusOptions) -> anyhow::Result<()> {
    let ScoresStatusOptions { round, list, database } = options;
    let desk = desk(database, round).await?;
    let (scoring, rows) = (desk.scoring(), desk.lacking());
    if list.format == ListFormat::Json {
        return output::print_json(&rows);
    }
    let step = scoring.step.map_or("no steps are planned; scores are entered until publication".to_owned(), |step| format!("step {step}"));
    let days = scoring.days().map(|(opens, closes)| format!(", {opens} to {closes}")).unwrap_or_default();
    output::print(&format!("round {round}: {step}{days}"))?;
    let row = |Lacking { unit, scheme, criteria, self_scored, decided }: Lacking| {
        [unit, scheme, criteria.to_string(), self_scored.to_string(), decided.to_string()]
    };
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    output::print_columns(["unit", "scheme", "criteria", "self-scored", "decided"], &rows)
}

pub(super) async fn history(options: &HistoryOptions) -> anyhow::Result<()> {
    let HistoryOptions { round, unit, list, database } = options;
    let rows = desk(database, round).await?.history(unit.as_deref());
    if list.format == ListFormat::Json {
        return output::print_json(&rows);
    }
    let row = |Entered { unit, criterion, part, from, to, who, on, why }: Entered| {
        [on, unit, criterion, part, from, to, who, why].map(|cell| in_one_line(&cell))
    };
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    output::print_columns(["on", "unit", "criterion", "part", "from", "to", "who", "why"], &rows)
}

/// Explanations can have several lines; a row of the list has one.
fn in_one_line(cell: &str) -> String {
    cell.replace(char::is_control, " ")
}
