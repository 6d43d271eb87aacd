//! Targets, figures that others computed, and rankings of earlier years.

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::super::actor::named;
use super::super::options::{DatabaseOptions, OffsetOptions, line};
use super::super::output;
use super::{CorrectionOptions, desk};
use crate::cli::stopped;
use crate::clock;
use crate::office::past::{self, EarlierRound, RoundId};
use crate::printed::shown;
use crate::refusal::PersonText;

/// Import the targets of a plan from a CSV file, in place of those imported before
///
/// Columns: plan, year, index, scope, target_type, target_value, source, and unit for a target of one unit. index is PAR, SIPAS or the name
/// of an imported figure; scope is whole, or the code or words of a field. Types are value_at_least, value_above, value_equal,
/// rank_at_most, group_equal and rank_change_at_least; a row without a value is listed as not stated.
#[derive(Debug, Args)]
pub(crate) struct TargetsOptions {
    /// Id of the round
    round: String,
    /// The CSV file
    file: PathBuf,
    #[command(flatten)]
    correction: CorrectionOptions,
    /// Your name, which is kept with what you change
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    who: String,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Import figures that others computed, such as PAPI or PCI, in place of those imported before
///
/// Columns: index, scope, year, value, rank, previous_rank, group, source; value, rank, previous_rank and group may be empty. The eight
/// dimensions of PAPI are eight scopes, its quartile groups stand in group.
#[derive(Debug, Args)]
pub(crate) struct FiguresOptions {
    /// Id of the round
    round: String,
    /// The CSV file
    file: PathBuf,
    #[command(flatten)]
    correction: CorrectionOptions,
    /// Your name, which is kept with what you change
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    who: String,
    #[command(flatten)]
    database: DatabaseOptions,
}

/// Import a ranking of an earlier year that was not made here, as a published round
///
/// Columns: block, unit, rank; index (in percent) and a column field:CODE for the index of each field where they are known. The units have
/// to be in the register. Later rounds measure their changes against it.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example of a file:
  block,unit,rank,index,field:direction
  departments,so-noi-vu,1,93.17,95.20
  departments,so-y-te,2,,

Example:
  par-survey scores past 2025.csv --id 2025 --year 2025 --name-vi \"Chỉ số CCHC 2025\" --name-en \"PAR Index 2025\" \\
    --as \"Nguyễn Văn A\"")]
pub(crate) struct PastOptions {
    /// The CSV file
    file: PathBuf,
    /// Id of the round
    #[arg(long, env = "PAR_SURVEY_ROUND_ID")]
    id: String,
    /// The year that was rated
    #[arg(long, env = "PAR_SURVEY_ROUND_YEAR", value_parser = clap::value_parser!(i32).range(2000..=2100))]
    year: i32,
    /// Name in Vietnamese
    #[arg(long, env = "PAR_SURVEY_ROUND_NAME_VI", value_name = "NAME")]
    name_vi: String,
    /// Name in English
    #[arg(long, env = "PAR_SURVEY_ROUND_NAME_EN", value_name = "NAME")]
    name_en: String,
    /// Replace a ranking that was imported before, and say why; the old one stays to be read
    #[arg(long, env = "PAR_SURVEY_CORRECT", value_name = "WHY")]
    correct: Option<String>,
    /// Your name, which is kept with the publication
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    who: String,
    #[command(flatten)]
    offset: OffsetOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

fn opened(file: &Path) -> anyhow::Result<File> {
    File::open(file).with_context(|| shown(file))
}

pub(super) async fn targets(options: &TargetsOptions) -> anyhow::Result<()> {
    let TargetsOptions { round, file, correction, who, database } = options;
    let (actor, source) = (named(who)?, opened(file)?);
    let desk = desk(database, round).await?;
    let kept = desk.keep_targets(source, correction.correction, &actor.may(clock::now())).await.map_err(stopped::at(file))?;
    output::print(&format!("imported {} into round {round}", output::counted(u64::try_from(kept)?, "target")))
}

pub(super) async fn figures(options: &FiguresOptions) -> anyhow::Result<()> {
    let FiguresOptions { round, file, correction, who, database } = options;
    let (actor, source) = (named(who)?, opened(file)?);
    let desk = desk(database, round).await?;
    let kept = desk.keep_figures(source, correction.correction, &actor.may(clock::now())).await.map_err(stopped::at(file))?;
    output::print(&format!("imported {} into round {round}", output::counted(u64::try_from(kept)?, "figure")))
}

pub(super) async fn past(options: &PastOptions) -> anyhow::Result<()> {
    let PastOptions { file, id: code, year, name_vi, name_en, correct, who, offset, database } = options;
    let actor = named(who)?;
    let id = RoundId::of(code).with_context(|| format!("--id: `{code}` cannot be the id of a round; write the year"))?;
    let (source, office) = (opened(file)?, database.open().await?);
    let ranked = past::read(&office, source).await.map_err(stopped::at(file))?;
    let (name_vi, name_en) = (line(name_vi, (PersonText::Name, 200), "--name-vi")?, line(name_en, (PersonText::Name, 200), "--name-en")?);
    let earlier = EarlierRound { id, name_vi, name_en, year: *year, offset: offset.utc_offset.get(), synthetic: false };
    let why = correct.as_deref().map(|why| line(why, (PersonText::Reason, 1_000), "--correct")).transpose()?;
    let snapshot = past::publish(&office, earlier, &ranked, why.as_deref(), &actor.may(clock::now())).await?;
    let count = output::counted(u64::try_from(ranked.len())?, "unit");
    output::print(&format!("round {code} is published with the ranks of {count}; SHA-256 of its snapshot: {}", snapshot.sha256))
}
