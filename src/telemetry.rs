//! What the program says of itself while it runs: a log on standard error, for the people who keep it running.

use std::fmt::Debug;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use clap::{Args, ValueEnum};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt, registry};

/// What the log keeps unless told otherwise: our own words, and of the database libraries only what went wrong.
const DEFAULT_FILTER: &str = "info,sea_orm=warn,sea_orm_migration=warn,sqlx=warn";

/// What is in no log, whatever is asked for: the database library repeats here what it does not understand in an address or in `.pgpass`,
/// which may be a password.
const NEVER: [&str; 2] = ["sqlx_postgres::options::parse=off", "sqlx_postgres::options::pgpass=off"];

/// Where the HTTP library says, at a level that nobody reads, that it refuses a request before any of us sees it, and how that begins.
const REFUSES: (&str, &str) = ("actix_http::h1::decoder", "missing Host header");

/// What whoever runs the server is told of it.
const HOSTLESS: &str = "requests come without a Host header and are refused, as from nginx under HTTP/3 with `$http_host`; write \
    `proxy_set_header Host $host` (`$host:$server_port` where the port is not 443)";

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One line an event, for people.
    Text,
    /// One JSON object a line, for log collectors.
    Json,
}

/// Settings of the log.
#[derive(Debug, Clone, Args)]
pub struct LogOptions {
    /// What the log on standard error keeps
    ///
    /// A level (error, warn, info, debug, trace), or levels by module as in `info,par_survey::store=debug`. No level logs answers, codes or
    /// addresses of respondents.
    #[arg(id = "log_filter", long = "log", env = "PAR_SURVEY_LOG", value_name = "FILTER", default_value = DEFAULT_FILTER, global = true)]
    #[arg(help_heading = "Log")]
    pub filter: String,

    /// How the log is written
    #[arg(
        id = "log_format",
        long = "log-format",
        env = "PAR_SURVEY_LOG_FORMAT",
        value_name = "FORMAT",
        default_value = "text",
        global = true,
        help_heading = "Log"
    )]
    pub format: LogFormat,
}

/// Starts the log.
///
/// # Errors
/// When the filter is not understood.
pub fn start(options: &LogOptions) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&options.filter)
        .map_err(|error| anyhow::anyhow!("--log `{}` is not understood ({error}); say a level such as info or debug", options.filter))?;
    let filter = NEVER.iter().try_fold(filter, |filter, never| Ok::<_, anyhow::Error>(filter.add_directive(never.parse()?)))?;
    let log = fmt::layer().with_writer(std::io::stderr);
    let log = match options.format {
        LogFormat::Text => log.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).boxed(),
        LogFormat::Json => log.json().boxed(),
    };
    let hostless = HostlessRequests::default().with_filter(Targets::new().with_target(REFUSES.0, LevelFilter::DEBUG));
    registry().with(log.with_filter(filter)).with(hostless).init();
    Ok(())
}

/// Says once that requests are refused because they name no host: of all that the library refuses this is a matter of setting up, and no
/// page says so.
#[derive(Debug, Default)]
struct HostlessRequests(AtomicBool);

impl<S: Subscriber> Layer<S> for HostlessRequests {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut said = SaidOfHost(false);
        event.record(&mut said);
        if said.0 && !self.0.swap(true, Ordering::Relaxed) {
            // Elsewhere, because a layer that logs while it is told something would disturb the filters of the others.
            thread::spawn(|| tracing::warn!("{HOSTLESS}"));
        }
    }
}

/// Whether an event says that a request is refused for its host.
struct SaidOfHost(bool);

impl Visit for SaidOfHost {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0 |= field.name() == "message" && format!("{value:?}").starts_with(REFUSES.1);
    }
}
