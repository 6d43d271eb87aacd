//! The binary: sets limits, reads the command line, starts the log, runs one command.

use std::process::ExitCode;

use clap::Parser;
use par_survey::cli::{Cli, said};
use par_survey::{limits, telemetry};

fn main() -> ExitCode {
    // Before any other thread, and before anything is read.
    let failed = limits::set();
    run(&failed)
}

#[tokio::main]
async fn run(failed: &[String]) -> ExitCode {
    let cli = Cli::parse();
    let outcome = match telemetry::start(&cli.log) {
        Ok(()) => {
            for what in failed {
                tracing::warn!("{what}");
            }
            cli.run().await
        }
        Err(error) => Err(error),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("par-survey: {}", said(&error));
        ExitCode::FAILURE
    })
}
