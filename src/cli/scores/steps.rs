//! Where scoring stands, and what was changed.

use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::super::options::{DatabaseOptions, ListFormat, ListOptions};
use super::super::output;
use super::{SignatureOptions, scored};
use crate::round::steps::{ScorePart, Step};
use crate::scheme::Leaf;
use crate::scoring::score::applies;
use crate::scoring::sheet::Cell;
use crate::store::scores::ScoreSheets;

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
pub(crate) struct StatusOptions {
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
    let store = database.open().await?;
    let (round, _) = scored(&store, round).await?;
    let by = signature.signature(&round)?;
    anyhow::ensure!(*step != Step::Publication, "`par-survey round publish {}` takes the round to its last step", round.code);
    store.move_step(&round, *step, *closes, &by).await?;
    output::print(&format!("round {} is in the step {step}", round.code))
}

#[derive(Serialize)]
struct Lacks {
    unit: String,
    scheme: String,
    criteria: usize,
    self_scored: usize,
    decided: usize,
}

pub(super) async fn status(options: &StatusOptions) -> anyhow::Result<()> {
    let StatusOptions { round, list, database } = options;
    let store = database.open().await?;
    let (round, scored) = scored(&store, round).await?;
    let (scoring, entered) = (store.scoring(round.id).await?, store.score_sheets(round.id).await?);
    let rows: Vec<Lacks> = scored
        .units_with_schemes(round.year)
        .into_iter()
        .map(|(row, scheme)| {
            let block = scheme.block(&row.unit.block, round.year);
            let left_out = |leaf: &Leaf| {
                let cell = entered.get(&row.id).and_then(|cells| cells.get(&leaf.code));
                cell.is_some_and(|cell| cell.entry(ScorePart::Applicability).is_some())
            };
            let applies = |place: usize| block.is_some_and(|block| applies(block, place));
            let counts =
                |(place, leaf): &(usize, &Leaf)| applies(*place) && !leaf.is_surveyed() && !leaf.is_adjustment() && !left_out(leaf);
            let fed = scheme.leaves.iter().enumerate().filter(counts).map(|(_, leaf)| leaf);
            let cells = |has: fn(&Cell) -> bool| {
                let cell = |code: &str| entered.get(&row.id).and_then(|cells| cells.get(code));
                fed.clone().filter(|leaf| cell(&leaf.code).is_some_and(has)).count()
            };
            Lacks {
                unit: row.unit.code.to_string(),
                scheme: scheme.id.clone(),
                criteria: fed.clone().count(),
                self_scored: cells(|cell| cell.entry(ScorePart::SelfScore).is_some()),
                decided: cells(|cell| cell.decided().is_some()),
            }
        })
        .collect();
    if list.format == ListFormat::Json {
        return output::print_json(&rows);
    }
    let step = scoring.step.map_or("no steps are planned; scores are entered until publication".to_owned(), |step| format!("step {step}"));
    let days = scoring.days().map(|(opens, closes)| format!(", {opens} to {closes}")).unwrap_or_default();
    output::print(&format!("round {}: {step}{days}", round.code))?;
    let rows: Vec<_> = rows
        .into_iter()
        .map(|Lacks { unit, scheme, criteria, self_scored, decided }| {
            [unit, scheme, criteria.to_string(), self_scored.to_string(), decided.to_string()]
        })
        .collect();
    output::print_columns(["unit", "scheme", "criteria", "self-scored", "decided"], &rows)
}

#[derive(Serialize)]
struct Changed {
    unit: String,
    criterion: String,
    part: String,
    from: String,
    to: String,
    who: String,
    on: String,
    why: String,
}

pub(super) async fn history(options: &HistoryOptions) -> anyhow::Result<()> {
    let HistoryOptions { round, unit, list, database } = options;
    let store = database.open().await?;
    let (round, scored) = scored(&store, round).await?;
    let entered = store.score_sheets(round.id).await?;
    let wanted = scored.units.iter().filter(|row| unit.as_ref().is_none_or(|unit| row.unit.code.as_str() == unit));
    let rows: Vec<Changed> = wanted.flat_map(|row| changes(&row.unit.code.to_string(), row.id, &entered)).collect();
    if list.format == ListFormat::Json {
        return output::print_json(&rows);
    }
    let rows: Vec<_> = rows
        .into_iter()
        .map(|Changed { unit, criterion, part, from, to, who, on, why }| {
            [on, unit, criterion, part, from, to, who, why].map(|cell| in_one_line(&cell))
        })
        .collect();
    output::print_columns(["on", "unit", "criterion", "part", "from", "to", "who", "why"], &rows)
}

/// Explanations can have several lines; a row of the list has one, and nothing that a terminal would obey.
fn in_one_line(cell: &str) -> String {
    cell.replace(char::is_control, " ")
}

/// The entries of a unit, by criterion.
fn changes(unit: &str, row: i32, entered: &ScoreSheets) -> Vec<Changed> {
    let mut cells: Vec<(&String, &Cell)> = entered.get(&row).into_iter().flatten().collect();
    cells.sort_by_key(|(leaf, _)| *leaf);
    let of = |(leaf, cell): (&String, &Cell)| {
        let changed = |change: &crate::scoring::sheet::Change| Changed {
            unit: unit.to_owned(),
            criterion: leaf.clone(),
            part: change.part.to_string(),
            from: change.from.clone().unwrap_or_default(),
            to: change.to.clone(),
            who: change.who.clone(),
            on: change.on.clone(),
            why: change.why.clone(),
        };
        cell.changes.iter().map(changed).collect::<Vec<_>>()
    };
    cells.into_iter().flat_map(of).collect()
}
