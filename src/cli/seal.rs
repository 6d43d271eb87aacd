//! `par-survey seal test|burnt`, and what other commands need of the people's side of the seal.

mod asking;
mod burnt;
mod ceremony;
mod dealing;
mod drawing;
mod given;
mod key_file;
mod place;
mod terminal;
mod test;
mod wanted;
mod writing;

pub(super) use ceremony::SealOptions;
pub(super) use given::SealKeyOptions;
pub(super) use place::Near;
pub(super) use wanted::{GivenKey, Source};

use clap::Subcommand;

/// The key that opens a round's answers: try it, and say that it is gone
///
/// While a round is open its answers are sealed; only its private key opens them, when the round is closed. The key was written to a file,
/// or split into shares, by `par-survey round open`. Losing it loses the answers.
#[derive(Debug, Subcommand)]
pub(crate) enum SealCommand {
    Test(test::TestOptions),
    Burnt(burnt::BurntOptions),
}

pub(crate) async fn run(command: SealCommand) -> anyhow::Result<()> {
    match command {
        SealCommand::Test(options) => test::run(&options).await,
        SealCommand::Burnt(options) => burnt::run(&options).await,
    }
}
