//! `par-survey round publish`.

use clap::Args;

use super::options::{DatabaseOptions, KeysOptions};
use crate::publication;

/// Make the figures of a closed round public, for good
///
/// Freezes figures, definitions and their hashes. A published round never changes; look at its figures before, with `par-survey export
/// ROUND indices --draft`.
#[derive(Debug, Args)]
pub(crate) struct PublishOptions {
    /// Id of the round
    pub(crate) round: String,
    #[command(flatten)]
    pub(crate) keys: KeysOptions,
    #[command(flatten)]
    pub(crate) database: DatabaseOptions,
}

/// Publishes and says the hash by which everybody can tell the snapshot.
pub(crate) async fn run(options: PublishOptions) -> anyhow::Result<()> {
    let store = options.database.open().await?;
    let snapshot = publication::publish(&store, &options.round).await?;
    if options.keys.keys(&options.database).destroy(&options.round)? {
        println!("the secret of the round's codes is destroyed; delete every copy of it on other servers and in backups");
    }
    println!("round {} is published; SHA-256 of its snapshot: {}", options.round, snapshot.sha256);
    Ok(())
}
