//! A server from its settings: built first and run afterwards, so that a test can build one on a free port.

pub mod schema;

use std::path::{Path, PathBuf};

use crate::directory::require_key;
use crate::keys::Keys;
use crate::office::answering::Answering;
use crate::office::{Office, Stopped, sealing};
use crate::publication::shelf::Shelf;
use crate::round::RoundState;
use crate::store::letterbox::Letterbox;
use crate::store::{Store, address};
use crate::web::guard::Patience;
use crate::web::limiter::{Limiter, SHEETS_A_MINUTE};
use crate::web::proxy::TrustedProxy;
use crate::web::server::{BoundSite, Listeners};
use crate::web::site::Site;

/// How a server is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address of the main database.
    pub database: String,
    /// The letterbox file.
    pub letterbox: PathBuf,
    /// Whether it was brought here from elsewhere on purpose, so that no copy of it runs.
    pub letterbox_moved: bool,
    /// The folder of keys.
    pub keys: Keys,
    /// Where to listen.
    pub listen: String,
    /// What people call this instance, in messages of `round close`.
    pub name: String,
    /// Proxies that are believed when they say whose request they bring; none where clients come directly.
    pub trusted_proxies: Vec<TrustedProxy>,
    /// Sheets that are taken from one address within a minute; 0 for any number.
    pub sheets_per_address: u32,
    /// Where to listen for monitoring; none for nowhere.
    pub metrics_listen: Option<String>,
    /// How long a request may take to arrive.
    pub patience: Patience,
}

impl Settings {
    /// A server that stands by itself, is called by the address it listens on, and whose letterbox was always here.
    #[must_use]
    pub fn alone(database: String, letterbox: PathBuf, keys: Keys, listen: String) -> Self {
        Self {
            database,
            letterbox,
            letterbox_moved: false,
            keys,
            name: listen.clone(),
            listen,
            trusted_proxies: Vec::new(),
            sheets_per_address: SHEETS_A_MINUTE,
            metrics_listen: None,
            patience: Patience::default(),
        }
    }
}

/// Opens the office of the main database at an address, with the schema that this program was made for: a file is brought up to date, a
/// shared one has to be.
///
/// # Errors
/// When the address is not understood, the database is away, or its schema is another one.
pub async fn open(address: &str) -> Result<Office, Stopped> {
    Ok(Office::over(opened(address).await?))
}

/// The file of an embedded database by its address; none where the address is of another kind, or not understood, which is said where it
/// is opened.
#[must_use]
pub fn database_file(address: &str) -> Option<PathBuf> {
    address::file(address).ok().flatten()
}

/// The address of an embedded database in a file.
#[must_use]
pub fn database_address(file: &Path) -> String {
    address::of_file(file)
}

/// Takes what people answer into a letterbox, without a server: what stands in the same process, under a name of its own.
///
/// # Errors
/// When the letterbox is in use, or a database cannot be used.
pub async fn answering(office: &Office, letterbox: &Path, keys: &Keys, name: &str) -> anyhow::Result<Answering> {
    Ok(Answering::start(office, Letterbox::open(letterbox)?, keys.clone(), name).await?)
}

/// The same, but a file that is not there is made.
///
/// # Errors
/// When the address is not understood, the file cannot be made, the database is away, or its schema is another one.
pub async fn create(address: &str) -> Result<Office, Stopped> {
    let store = Store::create(address).await?;
    store.require_schema().await?;
    Ok(Office::over(store))
}

async fn opened(address: &str) -> Result<Store, Stopped> {
    let store = Store::open(address).await?;
    store.require_schema().await?;
    Ok(store)
}

/// Binds the addresses, opens databases and registers the instance: in this order, so that a port in use registers none. On SQLite pending
/// migrations are run; on PostgreSQL they are refused.
///
/// # Errors
/// When a database, the letterbox, the key of an open round's codes or an address cannot be had, or an open round has no seal.
pub async fn build(settings: Settings) -> anyhow::Result<BoundSite> {
    let Settings {
        database,
        letterbox,
        letterbox_moved,
        keys,
        listen,
        name,
        trusted_proxies,
        sheets_per_address,
        metrics_listen,
        patience,
    } = settings;
    let listeners = Listeners::bind(&listen, metrics_listen.as_deref())?;
    let store = opened(&database).await?;
    let office = Office::over(store.clone());
    let letterbox = Letterbox::open(&letterbox)?;
    sealing::of_open_rounds(&office).await?;
    let letterbox = if letterbox_moved { letterbox.moved() } else { letterbox };
    for round in store.rounds().await?.into_iter().filter(|round| round.state == RoundState::Open) {
        require_key(&store, &keys, &round).await?;
    }
    let answering = Answering::start(&office, letterbox, keys, &name).await?;
    let site = Site::new(answering, Shelf::new(store), Limiter::new(trusted_proxies, sheets_per_address), patience);
    Ok(BoundSite::new(site, listeners)?)
}
