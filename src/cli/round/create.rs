//! `par-survey round create`.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::{DatabaseOptions, OffsetOptions};
use super::super::output;
use crate::cli::stopped;
use crate::clock;
use crate::import::round_file::{self, Asks, Described, Given};
use crate::office::creating::create;

/// More than a round file may have: what is beyond is refused by its size, whatever it says.
const READ_MOST: u64 = 1024 * 1024;

/// Describe a round, as a draft
///
/// Give a small TOML file, or the options for a round with one questionnaire. A unit that was merged, or does not exist on the first and
/// the last day, is refused and the right one is named; units of a block that do not exist then are passed over.
///
/// Dates are days (the round opens at 00:00 of the first and closes at 24:00 of the last, local time) or times with their offset, as
/// 2026-11-01T08:00:00+07:00.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example of a file:
  id = \"2026\"
  name = { vi = \"Đo lường sự hài lòng năm 2026\", en = \"Satisfaction survey 2026\" }
  year = 2026
  opens = 2026-11-01
  closes = 2026-11-30

  [[questionnaire]]
  id = \"sipas-2026\"
  blocks = [\"departments\", \"communes\"]
  units = [\"bao-hiem-xa-hoi\"]

A round whose units are scored and ranked says so above [[questionnaire]]; previous and the steps may be left out:
  schemes = [\"provincial-departments\", \"provincial-communes\"]
  previous = \"2025\"

  [[step]]
  step = \"self-scoring\"
  opens = 2026-11-01
  closes = 2026-11-10

Steps are self-scoring, survey, appraisal, explanation, council, approval and publication, in this order. Each opens what may be
entered in it and closes the rest; `par-survey scores step` goes from one to the next. A round without steps takes every entry
until it is published.

The same by options, with one questionnaire:
  par-survey round create --id 2026 --name-vi \"Đo lường sự hài lòng năm 2026\" \\
    --name-en \"Satisfaction survey 2026\" --year 2026 --opens 2026-11-01 --closes 2026-11-30 \\
    --questionnaire sipas-2026 --block departments,communes --unit bao-hiem-xa-hoi")]
pub(crate) struct CreateOptions {
    /// The TOML file; instead of it, the options below
    #[arg(required_unless_present = "id")]
    file: Option<PathBuf>,
    #[command(flatten)]
    by_options: ByOptions,
    #[command(flatten)]
    offset: OffsetOptions,
    #[command(flatten)]
    actor: ActorOptions,
    #[command(flatten)]
    database: DatabaseOptions,
}

#[derive(Debug, Args)]
struct ByOptions {
    /// Id of the round, part of addresses: 1 to 40 of a-z, 0-9, - and _
    #[arg(long, env = "PAR_SURVEY_ROUND_ID", conflicts_with = "file")]
    #[arg(requires_all = ["name_vi", "name_en", "year", "opens", "closes"])]
    id: Option<String>,
    /// Name in Vietnamese
    #[arg(long, env = "PAR_SURVEY_ROUND_NAME_VI", value_name = "NAME", conflicts_with = "file")]
    name_vi: Option<String>,
    /// Name in English
    #[arg(long, env = "PAR_SURVEY_ROUND_NAME_EN", value_name = "NAME", conflicts_with = "file")]
    name_en: Option<String>,
    /// The year that the round rates
    #[arg(long, env = "PAR_SURVEY_ROUND_YEAR", conflicts_with = "file")]
    year: Option<i64>,
    /// First day, or time of opening
    #[arg(long, env = "PAR_SURVEY_ROUND_OPENS", value_name = "DATE", conflicts_with = "file")]
    opens: Option<String>,
    /// Last day, or time of closing
    #[arg(long, env = "PAR_SURVEY_ROUND_CLOSES", value_name = "DATE", conflicts_with = "file")]
    closes: Option<String>,
    /// Id of the questionnaire; may be left out where there is a scheme
    #[arg(long, env = "PAR_SURVEY_ROUND_QUESTIONNAIRE", value_name = "ID", conflicts_with = "file")]
    questionnaire: Option<String>,
    /// Ask about all units of this block; may be repeated, or several joined by ","
    #[arg(long = "block", env = "PAR_SURVEY_ROUND_BLOCK", value_name = "BLOCK", value_delimiter = ',', conflicts_with = "file")]
    blocks: Vec<String>,
    /// Ask about this unit; may be repeated, or several joined by ","
    #[arg(long = "unit", env = "PAR_SURVEY_ROUND_UNIT", value_name = "CODE", value_delimiter = ',', conflicts_with = "file")]
    units: Vec<String>,
    /// Score and rank by this scheme; may be repeated, or several joined by ","
    #[arg(long = "scheme", env = "PAR_SURVEY_ROUND_SCHEME", value_name = "ID", value_delimiter = ',', conflicts_with = "file")]
    schemes: Vec<String>,
    /// Measure changes against this round instead of the last one before
    #[arg(long, env = "PAR_SURVEY_ROUND_PREVIOUS", value_name = "ID", conflicts_with = "file")]
    previous: Option<String>,
    /// The answers are made up; every page will say so
    #[arg(long, env = "PAR_SURVEY_ROUND_SYNTHETIC", conflicts_with = "file")]
    synthetic: bool,
}

pub(crate) async fn run(options: &CreateOptions) -> anyhow::Result<()> {
    let actor = options.actor.actor()?;
    let (described, name) = match &options.file {
        Some(file) => (read(file)?, file.clone()),
        None => (options.by_options.described()?, "the round".into()),
    };
    let store = options.database.open().await?;
    let created = create(&store, &described, options.offset.utc_offset, &actor.may(clock::now())).await;
    let code = created.map_err(stopped::at(&name))?;
    output::print(&format!("created round {code}, a draft; `par-survey round open {code}` opens it"))
}

fn read(file: &Path) -> anyhow::Result<Described> {
    let name = || file.display().to_string();
    let mut bytes = Vec::new();
    File::open(file).and_then(|opened| opened.take(READ_MOST).read_to_end(&mut bytes)).with_context(name)?;
    round_file::parse(&bytes).with_context(name)
}

impl ByOptions {
    fn described(&self) -> anyhow::Result<Described> {
        let Self { id, name_vi, name_en, year, opens, closes, questionnaire, blocks, units, schemes, previous, synthetic } = self;
        let text = |value: &Option<String>, option| {
            let value = value.clone().with_context(|| format!("{option} is missing"))?;
            Ok::<_, anyhow::Error>(Given::by_option(value, option))
        };
        let all = |values: &[String], option| values.iter().map(|value| Given::by_option(value.clone(), option)).collect();
        let asks = |id: &String| Asks {
            id: Given::by_option(id.clone(), "--questionnaire"),
            units: all(units, "--unit"),
            blocks: all(blocks, "--block"),
        };
        Ok(Described {
            id: text(id, "--id")?,
            name_vi: text(name_vi, "--name-vi")?,
            name_en: text(name_en, "--name-en")?,
            year: Given::by_option(year.context("--year is missing")?, "--year"),
            opens: text(opens, "--opens")?,
            closes: text(closes, "--closes")?,
            synthetic: *synthetic,
            questionnaires: questionnaire.iter().map(asks).collect(),
            schemes: all(schemes, "--scheme"),
            previous: previous.clone().map(|code| Given::by_option(code, "--previous")),
            steps: Vec::new(),
        })
    }
}
