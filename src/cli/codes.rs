//! `par-survey codes issue|status`.

mod issue;
mod status;
mod written;

use clap::Subcommand;

/// One-time codes, with which officials and deputies rate units, and citizens answer by invitation
#[derive(Debug, Subcommand)]
pub(crate) enum CodesCommand {
    Issue(Box<issue::IssueOptions>),
    Status(status::CodesStatusOptions),
}

pub(crate) async fn run(command: CodesCommand) -> anyhow::Result<()> {
    match command {
        CodesCommand::Issue(options) => issue::run(&options).await,
        CodesCommand::Status(options) => status::run(&options).await,
    }
}
