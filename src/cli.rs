//! The command line: what each command takes, and the few steps in which it does its work.
//!
//! The texts here are the manual (`par-survey --help`). A command answers in one line a result on standard output; refusals go to
//! standard error and say what to do.
#![expect(clippy::doc_markdown, reason = "the comments on options are the manual, which is printed as it stands")]

mod actor;
mod audit;
mod bar;
mod check;
mod codes;
mod demo;
mod export;
mod helping;
mod instances;
mod migrate;
mod options;
mod output;
mod overwriting;
mod posters;
mod publish;
mod responses;
mod round;
mod scores;
mod seal;
mod serve;
mod shell;
mod standing;
mod stopped;
mod units;
mod variables;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use helping::said;
pub use variables::misunderstood;

use crate::telemetry::LogOptions;

/// Anonymous surveys of citizens and officials, and the PAR Index that is made of them
///
/// A province registers its units, describes a round in which questionnaires ask about them, opens it, collects sheets by link, at the
/// desk, by interview and on paper, closes it, and publishes the index of each unit. Nobody can say afterwards who gave which answer.
///
/// Every option beside which a name stands can also be given as this environment variable; the command line wins. Exit codes: 0 done, 1
/// refused (standard error says why and what to do), 2 not understood.
#[derive(Debug, Parser)]
#[command(name = "par-survey", version, max_term_width = 100, after_long_help = FIRST_STEPS)]
pub struct Cli {
    /// Settings of the log.
    #[command(flatten)]
    pub log: LogOptions,
    #[command(subcommand)]
    command: Command,
}

const FIRST_STEPS: &str = "\
First steps:
  par-survey demo                        an example province to look at, in a temporary database
  par-survey units import units.csv      register the units
  par-survey round create 2026.toml      describe a round
  par-survey serve                       show the forms, in a terminal of its own
  par-survey round open 2026 --seal-key /media/stick/2026.key
                                         begin to ask; the key opens the answers in the end
  par-survey codes issue 2026 …          codes for officials who rate units
  par-survey scores import 2026 s.csv    enter self-scores and appraised scores
  par-survey round close 2026 --seal-key /media/stick/2026.key
                                         end, open, count and shuffle
  par-survey round publish 2026 --as NAME
                                         make the figures public, for good";

#[derive(Debug, Subcommand)]
enum Command {
    Demo(demo::DemoOptions),
    Serve(serve::ServeOptions),
    Check(check::CheckOptions),
    #[command(subcommand)]
    Migrate(migrate::MigrateCommand),
    #[command(subcommand)]
    Units(units::UnitsCommand),
    #[command(subcommand)]
    Round(round::RoundCommand),
    #[command(subcommand)]
    Seal(seal::SealCommand),
    #[command(subcommand)]
    Instances(instances::InstancesCommand),
    #[command(subcommand)]
    Codes(codes::CodesCommand),
    #[command(subcommand)]
    Responses(responses::ResponsesCommand),
    #[command(subcommand)]
    Scores(scores::ScoresCommand),
    #[command(subcommand)]
    Audit(audit::AuditCommand),
    Export(export::ExportOptions),
    Completions(shell::CompletionsOptions),
    Man(shell::ManOptions),
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// When it is refused; the text says why and what to do.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Check(options) => return check::run(&options),
            Command::Demo(options) => demo::run(options).await?,
            Command::Serve(options) => serve::run(options).await?,
            Command::Migrate(command) => migrate::run(command).await?,
            Command::Units(command) => units::run(command).await?,
            Command::Round(command) => round::run(command).await?,
            Command::Seal(command) => seal::run(command).await?,
            Command::Instances(command) => instances::run(command).await?,
            Command::Codes(command) => codes::run(command).await?,
            Command::Responses(command) => responses::run(command).await?,
            Command::Scores(command) => scores::run(command).await?,
            Command::Audit(command) => audit::run(command).await?,
            Command::Export(options) => export::run(options).await?,
            Command::Completions(options) => shell::completions(&options)?,
            Command::Man(options) => shell::man(&options)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
