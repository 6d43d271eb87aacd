//! A server from its settings: built first and run afterwards, so that a test can build one on a free port.

use std::path::PathBuf;

use crate::directory::{Shared, require_key};
use crate::keys::Keys;
use crate::store::Store;
use crate::store::instance::Instance;
use crate::store::letterbox::Letterbox;
use crate::store::rounds::RoundState;
use crate::web::guard::{Limiter, Patience};
use crate::web::server::Bound;
use crate::web::site::Site;

/// How a server is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address of the main database.
    pub database: String,
    /// The letterbox file.
    pub letterbox: PathBuf,
    /// The folder of keys.
    pub keys: Keys,
    /// Where to listen.
    pub listen: String,
    /// What people call this instance, in messages of `round close`.
    pub name: String,
    /// Header in which a trusted proxy puts the client's address; none where clients come directly.
    pub trusted_header: Option<String>,
    /// Where to listen for monitoring; none for nowhere.
    pub metrics_listen: Option<String>,
    /// How long a request may take to arrive.
    pub patience: Patience,
}

/// Opens databases, registers the instance and binds the addresses. On SQLite pending migrations are run; on PostgreSQL they are refused.
///
/// # Errors
/// When a database, the letterbox, the key of an open round's codes or an address cannot be had.
pub async fn build(settings: Settings) -> anyhow::Result<Bound> {
    let Settings { database, letterbox, keys, listen, name, trusted_header, metrics_listen, patience } = settings;
    let store = Store::open(&database).await?;
    store.require_schema().await?;
    let letterbox = Letterbox::open(&letterbox)?;
    for round in store.rounds().await?.into_iter().filter(|round| round.state == RoundState::Open) {
        require_key(&store, &keys, &round).await?;
    }
    let directory = Shared::start(store.clone(), keys).await?;
    let instance = Instance::start(store.clone(), letterbox, &name).await?;
    let site = Site::new(store, directory, instance, Limiter::new(trusted_header), patience);
    Ok(Bound::new(site, &listen, metrics_listen.as_deref())?)
}
