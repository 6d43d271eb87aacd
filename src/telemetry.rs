//! What the program says of itself while it runs: a log on standard error, for the people who keep it running.

use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

/// What the log keeps unless told otherwise: our own words, and of the database libraries only what went wrong.
const DEFAULT_FILTER: &str = "info,sea_orm=warn,sea_orm_migration=warn,sqlx=warn";

/// What is in no log, whatever is asked for: the database library repeats here what it does not understand in an address or in `.pgpass`,
/// which may be a password.
const NEVER: [&str; 2] = ["sqlx_postgres::options::parse=off", "sqlx_postgres::options::pgpass=off"];

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
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match options.format {
        LogFormat::Text => log.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr())).init(),
        LogFormat::Json => log.json().init(),
    }
    Ok(())
}
