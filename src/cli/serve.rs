//! `par-survey serve`.

use std::net::SocketAddr;

use anyhow::Context;
use clap::Args;

use crate::app::{self, Settings};
use crate::catalogue;
use crate::office::{naming, sealing};
use crate::web::guard::Patience;
use crate::web::limiter::SHEETS_A_MINUTE;
use crate::web::proxy::TrustedProxy;

use super::options::{DatabaseOptions, DefinitionsOptions, KeysOptions, LetterboxOptions};
use super::output;

/// Show the forms, take sheets, and show published results
///
/// On SQLite the schema is brought up to date first; on PostgreSQL run `par-survey migrate up` before. Several servers may share a
/// PostgreSQL database, each with its own letterbox and name. Put a reverse proxy with TLS before it. Ctrl-C or SIGTERM ends it; sheets in
/// the letterbox stay there and are mixed after the next start.
///
/// Behind the address, the fingerprint of each open round's key is printed: that to which answers are sealed.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  par-survey serve
  par-survey serve --database postgres://par@db/par --letterbox /var/lib/par/letterbox.db \\
    --trusted-proxy x-forwarded-for@127.0.0.1 --name server-1")]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    pub(crate) database: DatabaseOptions,
    #[command(flatten)]
    pub(crate) letterbox: LetterboxOptions,
    /// The letterbox was brought here from elsewhere, and nobody goes on with a copy of it
    ///
    /// Without this, a letterbox that was last used elsewhere, or before this machine was started anew, waits for 10 seconds to see that no
    /// other server runs with a copy of it. A letterbox that was overtaken by its copy goes on as one of its own.
    #[arg(long, env = "PAR_SURVEY_LETTERBOX_MOVED")]
    pub(crate) letterbox_moved: bool,
    #[command(flatten)]
    pub(crate) keys: KeysOptions,
    #[command(flatten)]
    pub(crate) definitions: DefinitionsOptions,
    /// Address and port to listen on
    #[arg(long, env = "PAR_SURVEY_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Believe the reverse proxy at this address when it says in this header whose request it brings, such as x-forwarded-for@127.0.0.1
    ///
    /// The header is x-forwarded-for or x-real-ip, the address one or a network such as 10.0.0.0/8 or ::1; several are parted by commas.
    /// The header counts only on connections from there, since anybody else could write in it what they like. The client's address is
    /// hashed in memory, for the limits, and kept nowhere.
    #[arg(long, env = "PAR_SURVEY_TRUSTED_PROXY", value_name = "HEADER@ADDRESS", value_delimiter = ',')]
    pub(crate) trusted_proxy: Vec<TrustedProxy>,
    /// Sheets a minute that are taken from one address; 0 for any number
    ///
    /// So many may come at once, and after them as many a minute. Whoever sends more is asked to send again in 20 seconds, and the page
    /// keeps the answers. Many phones can share one address of their network.
    #[arg(long, env = "PAR_SURVEY_SHEETS_PER_ADDRESS", value_name = "N", default_value_t = SHEETS_A_MINUTE)]
    pub(crate) sheets_per_address: u32,
    /// Show figures for monitoring on this address, without rounds, questionnaires or units [default: off]
    #[arg(long, env = "PAR_SURVEY_METRICS_LISTEN", value_name = "ADDR")]
    pub(crate) metrics_listen: Option<SocketAddr>,
    /// Name of this server, by which `round close` asks for it: one line without a comma [default: the address listened on]
    #[arg(long, env = "PAR_SURVEY_NAME", value_name = "NAME")]
    pub(crate) name: Option<String>,
}

/// Serves until the process is told to end.
pub(crate) async fn run(options: ServeOptions) -> anyhow::Result<()> {
    let ServeOptions {
        database,
        letterbox,
        letterbox_moved,
        keys,
        definitions,
        listen,
        trusted_proxy,
        sheets_per_address,
        metrics_listen,
        name,
    } = options;
    let name = name.map_or_else(|| Ok(listen.to_string()), |given| naming::server(&given)).context("--name")?;
    // An open round keeps its own texts; a fault here would only come to light when the next round is opened.
    if definitions.definitions.is_dir()
        && let Err(faulty) = catalogue::read_folder(&definitions.definitions)
    {
        tracing::warn!("{faulty}");
    }
    let sealed = sealing::of_open_rounds(&database.open().await?).await?;
    let settings = Settings {
        letterbox: letterbox.file(&database),
        letterbox_moved,
        keys: keys.keys(&database),
        database: database.database,
        listen: listen.to_string(),
        name,
        trusted_proxies: trusted_proxy,
        sheets_per_address,
        metrics_listen: metrics_listen.map(|address| address.to_string()),
        patience: Patience::default(),
    };
    let bound = app::build(settings).await?;
    let seals = sealed.into_iter().map(|(round, print)| format!("\nround {round} is sealed to fingerprint {print}"));
    output::print(&format!("listening on http://{}{}", bound.address(), seals.collect::<String>()))?;
    Ok(bound.run().await?)
}
