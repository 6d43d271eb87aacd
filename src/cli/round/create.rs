//! `par-survey round create`.

mod by_options;

use std::fs::File;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;

use super::super::actor::ActorOptions;
use super::super::options::{DatabaseOptions, OffsetOptions};
use super::super::output;
use crate::cli::stopped;
use crate::clock;
use crate::office::creating::{create, read};
use crate::printed::shown;
use by_options::ByOptions;

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

Who asks stands on every page, poster and slip of the round where a table says so; all but its name may be left out:
  [organiser]
  name = { vi = \"Sở Nội vụ\", en = \"Department of Home Affairs\" }
  province = { vi = \"UBND tỉnh Mẫu\", en = \"People's Committee of Mau Province\" }
  decision = { vi = \"Quyết định số 1/QĐ-UBND\", en = \"Decision 1/QĐ-UBND\" }
  contact = [\"0123 456 789\", \"khaosat@example.vn\"]
  logo = \"emblem.svg\"             # beside this file: SVG up to 16 KiB, or PNG up to 64 KiB
  public_url = \"https://khaosat.example.vn\"

  [organiser.blocks]              # names of blocks, also of those that the service has none of
  wards = { vi = \"Phường\", en = \"Wards\" }

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

pub(crate) async fn run(options: &CreateOptions) -> anyhow::Result<()> {
    let actor = options.actor.actor()?;
    let (described, name) = match &options.file {
        Some(file) => {
            let source = File::open(file).with_context(|| shown(file))?;
            let folder = file.parent().unwrap_or(Path::new(""));
            (read(source, folder).map_err(stopped::at(file))?, file.clone())
        }
        None => (options.by_options.described()?, "the round".into()),
    };
    let office = options.database.open().await?;
    let created = create(&office, &described, options.offset.utc_offset, &actor.may(clock::now())).await;
    let code = created.map_err(stopped::at(&name))?;
    output::print(&format!("created round {code}, a draft; `par-survey round open {code}` opens it"))
}
