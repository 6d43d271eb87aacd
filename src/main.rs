//! The binary: sets limits, reads the command line, starts the log, runs one command.

use std::process::ExitCode;

use clap::Parser;
use par_survey::cli::{Cli, misunderstood, said};
use par_survey::{limits, telemetry};

/// The exit code where a command line is not understood.
const NOT_UNDERSTOOD: u8 = 2;

fn main() -> ExitCode {
    // Before any other thread, and before anything is read.
    let failed = limits::set();
    run(&failed)
}

#[tokio::main]
async fn run(failed: &[String]) -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        // Help and the version are asked for, and go where they can be read page by page.
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) => {
            eprint!("{}", misunderstood(&error));
            return ExitCode::from(NOT_UNDERSTOOD);
        }
    };
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
