//! Options that several commands share.

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};

use crate::app;
use crate::fault::Fault;
use crate::import::site;
use crate::keys::Keys;
use crate::office::Office;
use crate::organiser::PublicUrl;
use crate::refusal::PersonText;
use crate::round::when::UtcOffset;

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Columns, for people.
    Text,
    /// JSON, for scripts.
    Json,
}

/// The form of a list.
#[derive(Debug, Clone, Args)]
pub(crate) struct ListOptions {
    /// How the list is printed
    #[arg(long, env = "PAR_SURVEY_FORMAT", value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ListFormat,
}

/// The variable of the database's address.
pub(super) const DATABASE: &str = "PAR_SURVEY_DATABASE";

/// Which database.
#[derive(Debug, Clone, Args)]
pub(crate) struct DatabaseOptions {
    /// Address of the main database: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME
    ///
    /// A missing SQLite file is made by `units import` and `migrate up` alone, and its schema is kept up to date by every command. On
    /// PostgreSQL only `par-survey migrate up` changes the schema. Give a password by the variable rather than by the option, which other
    /// users of the machine can see.
    #[arg(long, env = DATABASE, hide_env_values = true, value_name = "URL", default_value = "sqlite://par-survey.db")]
    pub(crate) database: String,
}

impl DatabaseOptions {
    /// Opens the database with its schema up to date.
    pub(crate) async fn open(&self) -> anyhow::Result<Office> {
        Ok(app::open(&self.database).await?)
    }

    /// The same, but a file that is not there is made.
    pub(crate) async fn create(&self) -> anyhow::Result<Office> {
        Ok(app::create(&self.database).await?)
    }

    /// The file of an embedded database.
    pub(super) fn file(&self) -> Option<PathBuf> {
        app::database_file(&self.database)
    }

    /// The folder in which what belongs to the database lies unless it is said otherwise.
    pub(super) fn beside(&self) -> PathBuf {
        self.file().and_then(|file| file.parent().map(Path::to_owned)).unwrap_or_default()
    }
}

/// Where the service is reached.
#[derive(Debug, Clone, Args)]
pub(crate) struct PublicUrlOptions {
    /// The address under which people reach the service, where it is another than the round file says
    ///
    /// Scheme and host alone: every address of the service begins right behind them.
    #[arg(long, env = "PAR_SURVEY_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub(crate) public_url: Option<PublicUrl>,
}

fn public_url(given: &str) -> Result<PublicUrl, Fault> {
    site::read(given).map_err(Fault::file)
}

/// Which letterbox.
#[derive(Debug, Clone, Args)]
pub(crate) struct LetterboxOptions {
    /// The file in which accepted sheets wait until they are mixed [default: letterbox.db beside the SQLite file, or in the current folder
    /// for PostgreSQL]
    ///
    /// Each server has its own. Never back it up: a copy of it would show which sheets came together.
    #[arg(long, env = "PAR_SURVEY_LETTERBOX", value_name = "FILE")]
    pub(crate) letterbox: Option<PathBuf>,
}

impl LetterboxOptions {
    /// The file, by default beside the database.
    pub(crate) fn file(&self, database: &DatabaseOptions) -> PathBuf {
        self.letterbox.clone().unwrap_or_else(|| database.beside().join("letterbox.db"))
    }
}

/// Which keys.
#[derive(Debug, Clone, Args)]
pub(crate) struct KeysOptions {
    /// The folder of keys [default: keys beside the SQLite file, or in the current folder for PostgreSQL]
    ///
    /// It holds the secret of each round that has codes, and is the same on all servers; publishing destroys that. And it holds the secret
    /// by which imported files are known again, which is kept for good: never together with a copy of the database.
    #[arg(long, env = "PAR_SURVEY_KEYS", value_name = "DIR")]
    pub(crate) keys: Option<PathBuf>,
}

impl KeysOptions {
    /// The folder, by default beside the database.
    pub(crate) fn keys(&self, database: &DatabaseOptions) -> Keys {
        Keys::new(self.folder(database))
    }

    /// Its path.
    pub(super) fn folder(&self, database: &DatabaseOptions) -> PathBuf {
        self.keys.clone().unwrap_or_else(|| database.beside().join("keys"))
    }
}

/// Which definitions.
#[derive(Debug, Clone, Args)]
pub(crate) struct DefinitionsOptions {
    /// Folder of definition files (*.toml)
    #[arg(long, env = "PAR_SURVEY_DEFINITIONS", value_name = "DIR", default_value = "survey-definitions")]
    pub(crate) definitions: PathBuf,
}

/// One line of words from an option.
pub(crate) fn line(given: &str, (text, longest): (PersonText, usize), option: &'static str) -> anyhow::Result<String> {
    text.line(given, longest).context(option)
}

/// What local time is.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct OffsetOptions {
    /// How far local time is ahead of UTC; plain dates are read and printed by it
    #[arg(long, env = "PAR_SURVEY_UTC_OFFSET", value_name = "±HH:MM", default_value = "+07:00", allow_hyphen_values = true)]
    pub(crate) utc_offset: UtcOffset,
}
