//! The HTTP servers: one for everybody, and one for monitoring on an address of its own.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::web::Data;
use actix_web::{App, HttpServer};

use super::site::Site;
use super::{monitoring, routes};

/// How long a quiet connection is kept.
const KEEP_ALIVE: Duration = Duration::from_secs(30);

/// How long requests under way may take when the server stops.
const STOP_SECONDS: u64 = 10;

/// A site whose addresses are bound.
#[expect(missing_debug_implementations, reason = "the server inside has none")]
pub struct BoundSite {
    address: SocketAddr,
    site: Data<Site>,
    server: Server,
    monitoring: Option<Server>,
}

/// Addresses that are listened on. They are had before anything else is begun, so that a port in use leaves no trace.
#[derive(Debug)]
pub struct Listeners {
    main: TcpListener,
    monitoring: Option<TcpListener>,
}

impl Listeners {
    /// Binds the addresses.
    ///
    /// # Errors
    /// When one cannot be had, which the text names.
    pub fn bind(listen: &str, metrics_listen: Option<&str>) -> io::Result<Self> {
        Ok(Self { main: bind(listen)?, monitoring: metrics_listen.map(bind).transpose()? })
    }
}

/// Stops a server from outside.
#[derive(Debug, Clone)]
pub struct Stop(ServerHandle);

impl Stop {
    /// Stops taking requests, lets those under way end, and returns when they have.
    pub async fn stop(&self) {
        self.0.stop(true).await;
    }
}

impl BoundSite {
    /// The site on its addresses.
    ///
    /// # Errors
    /// When the system refuses to listen on one.
    pub fn new(site: Site, listeners: Listeners) -> io::Result<Self> {
        let site = Data::new(site);
        let address = listeners.main.local_addr()?;
        let monitoring = listeners.monitoring.map(|listener| monitor(&site, listener)).transpose()?;
        let shared = site.clone();
        let server = HttpServer::new(move || App::new().app_data(shared.worker()).app_data(shared.clone()).configure(routes))
            // Without this, compressed answers were seen to wait 22 to 41 ms.
            .tcp_nodelay(true)
            .client_request_timeout(site.patience.headers)
            .keep_alive(KEEP_ALIVE)
            .shutdown_timeout(STOP_SECONDS)
            .listen(listeners.main)?
            .run();
        Ok(Self { address, site, server, monitoring })
    }

    /// The address that was bound.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What stops it from outside.
    #[must_use]
    pub fn stopper(&self) -> Stop {
        Stop(self.server.handle())
    }

    /// Serves until it is stopped or the process is told to end, then lets the letterbox go.
    ///
    /// # Errors
    /// When a server breaks off.
    pub async fn run(self) -> io::Result<()> {
        let monitoring = self.monitoring.map(tokio::spawn);
        self.server.await?;
        if let Some(monitoring) = monitoring {
            monitoring.abort();
        }
        if let Err(error) = self.site.answering.stop().await {
            tracing::warn!(%error, "the instance stays registered; the next `round close` will ask for it");
        }
        Ok(())
    }
}

fn bind(listen: &str) -> io::Result<TcpListener> {
    let named = |cause: io::Error| io::Error::new(cause.kind(), format!("cannot listen on {listen}: {cause}; choose another address"));
    TcpListener::bind(listen).map_err(named)
}

fn monitor(site: &Data<Site>, listener: TcpListener) -> io::Result<Server> {
    let shared = site.clone();
    let server = HttpServer::new(move || App::new().app_data(shared.clone()).configure(monitoring)).workers(1).disable_signals();
    Ok(server.listen(listener)?.run())
}
