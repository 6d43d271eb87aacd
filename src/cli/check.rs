//! `par-survey check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::options::DefinitionsOptions;
use super::output;
use crate::catalogue;

/// Check definition files
///
/// Names every fault at once, with file, line, column, a mark under it, a stable code and a hint. The exit code is 1 when there are faults.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey check
  par-survey check survey-definitions/sipas-2026.toml")]
pub(crate) struct CheckOptions {
    /// Files, or folders of files; without any, the folder of --definitions
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    definitions: DefinitionsOptions,
}

pub(crate) fn run(options: &CheckOptions) -> anyhow::Result<ExitCode> {
    let folder = [options.definitions.definitions.clone()];
    let report = catalogue::check_paths(if options.paths.is_empty() { &folder } else { &options.paths });
    output::print(report.text.trim_end())?;
    Ok(if report.faulty { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
