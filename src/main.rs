//! The binary: reads the command line, starts the log, runs one command.

use std::process::ExitCode;

use clap::Parser;
use par_survey::cli::Cli;
use par_survey::telemetry;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match telemetry::start(&cli.log) {
        Ok(()) => cli.run().await,
        Err(error) => Err(error),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("par-survey: {error:#}");
        ExitCode::FAILURE
    })
}
