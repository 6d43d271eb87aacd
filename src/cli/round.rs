//! `par-survey round create|open|seal|extend|close|publish|list|status|posters`.

mod close;
mod create;
mod extend;
mod list;
mod open;
mod seal;
mod status;

use clap::Subcommand;

use super::{posters, publish};

/// The life of a round: create, open, extend, close, publish
///
/// A round asks questionnaires about units in a window of time. It goes from draft to open, closing, closed and published, and never back.
#[derive(Debug, Subcommand)]
pub(crate) enum RoundCommand {
    Create(create::CreateOptions),
    Open(open::OpenOptions),
    Seal(seal::RoundSealOptions),
    Extend(extend::ExtendOptions),
    Status(status::RoundStatusOptions),
    Posters(posters::PostersOptions),
    Close(close::CloseOptions),
    Publish(publish::PublishOptions),
    List(list::RoundListOptions),
}

pub(crate) async fn run(command: RoundCommand) -> anyhow::Result<()> {
    match command {
        RoundCommand::Create(options) => create::run(&options).await,
        RoundCommand::Open(options) => open::run(&options).await,
        RoundCommand::Seal(options) => seal::run(&options).await,
        RoundCommand::Extend(options) => extend::run(&options).await,
        RoundCommand::Status(options) => status::run(&options).await,
        RoundCommand::Posters(options) => posters::run(options).await,
        RoundCommand::Close(options) => close::run(&options).await,
        RoundCommand::Publish(options) => publish::run(options).await,
        RoundCommand::List(options) => list::run(&options).await,
    }
}
