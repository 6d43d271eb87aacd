//! `par-survey instances list|forget|salvage`.

mod forget;
mod list;
mod salvage;

use clap::Subcommand;

/// Servers that may hold sheets of a round
///
/// Each server registers itself when it starts and takes itself out when it ends with an empty letterbox. `round close` waits for every
/// one that is in the register.
#[derive(Debug, Subcommand)]
pub(crate) enum InstancesCommand {
    List(list::InstancesListOptions),
    Forget(forget::ForgetOptions),
    Salvage(salvage::SalvageOptions),
}

pub(crate) async fn run(command: InstancesCommand) -> anyhow::Result<()> {
    match command {
        InstancesCommand::List(options) => list::run(&options).await,
        InstancesCommand::Forget(options) => forget::run(&options).await,
        InstancesCommand::Salvage(options) => salvage::run(&options).await,
    }
}
