//! A server: built with its databases first, run afterwards, so that a test can build one on a free port.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use crate::directory::Shared;
use crate::store::Store;
use crate::store::instance::Instance;
use crate::store::letterbox::Letterbox;
use crate::web::guard::Limiter;
use crate::web::routes;
use crate::web::site::Site;

/// How a server is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Address of the main database.
    pub database: String,
    /// The letterbox file.
    pub letterbox: PathBuf,
    /// Where to listen.
    pub listen: String,
    /// What people call this instance, in messages of `round close`.
    pub name: String,
    /// Header in which a trusted proxy puts the client's address; none where clients come directly.
    pub trusted_header: Option<String>,
}

/// Longest wait for the headers of a request: a phone on a bad network sends them within seconds.
const HEADER_TIME: Duration = Duration::from_secs(15);

/// How long a quiet connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// How long requests under way may take when the server stops.
const STOP_SECONDS: u64 = 10;

/// A server that is ready to run.
#[expect(missing_debug_implementations, reason = "the server inside has none")]
pub struct Application {
    address: SocketAddr,
    site: Data<Site>,
    server: Server,
}

impl Application {
    /// Opens databases, registers the instance and binds the address. On SQLite pending migrations are run; on PostgreSQL they are refused.
    ///
    /// # Errors
    /// When a database, the letterbox or the address cannot be had.
    pub async fn build(settings: Settings) -> anyhow::Result<Self> {
        let store = Store::open(&settings.database).await?;
        store.require_schema().await?;
        let letterbox = Letterbox::open(&settings.letterbox).await?;
        let directory = Shared::start(store.clone()).await?;
        let instance = Instance::start(store.clone(), letterbox, &settings.name).await?;
        let site = Data::new(Site::new(store, directory, instance, Limiter::new(settings.trusted_header)));
        let listener = TcpListener::bind(&settings.listen)
            .map_err(|cause| anyhow::anyhow!("cannot listen on {}: {cause}; choose another with --listen", settings.listen))?;
        let address = listener.local_addr()?;
        let shared = site.clone();
        let server = HttpServer::new(move || App::new().app_data(shared.clone()).configure(routes))
            .tcp_nodelay(true)
            .client_request_timeout(HEADER_TIME)
            .keep_alive(KEEP_ALIVE)
            .shutdown_timeout(STOP_SECONDS)
            .listen(listener)?
            .run();
        Ok(Self { address, site, server })
    }

    /// The address that was bound.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What stops the server from outside.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Serves until the process is told to stop, then lets the letterbox go.
    ///
    /// # Errors
    /// When the server breaks off.
    pub async fn run(self) -> io::Result<()> {
        self.server.await?;
        if let Err(error) = self.site.instance.stop().await {
            tracing::warn!(%error, "the instance stays registered; the next `round close` will ask for it");
        }
        Ok(())
    }
}
