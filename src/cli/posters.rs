//! `par-survey round posters`.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::options::{DatabaseOptions, PublicUrlOptions};
use super::overwriting::Replacement;
use crate::office::posters::posters;
use crate::survey::mode::Mode;

/// Print a poster for each unit: an A4 page with a QR code and a short address
///
/// Writes one HTML document; open it in a browser and print it.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Example:
  par-survey round posters 2026 --mode desk --output posters.html")]
pub(crate) struct PostersOptions {
    /// Id of the round
    pub(crate) round: String,
    /// How sheets that come by the poster are counted: link, desk or interview
    #[arg(long, env = "PAR_SURVEY_MODE", default_value = "desk", value_parser = open_mode)]
    pub(crate) mode: Mode,
    /// Only this questionnaire
    #[arg(long, env = "PAR_SURVEY_QUESTIONNAIRE", value_name = "ID")]
    pub(crate) questionnaire: Option<String>,
    #[command(flatten)]
    pub(crate) site: PublicUrlOptions,
    /// Write to this file instead of standard output
    #[arg(long, env = "PAR_SURVEY_OUTPUT", value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) database: DatabaseOptions,
}

fn open_mode(name: &str) -> Result<Mode, String> {
    let known = || format!("write one of {}", Mode::OPEN.map(Mode::name).join(", "));
    Mode::from_name(name).filter(|mode| Mode::OPEN.contains(mode)).ok_or_else(known)
}

/// Writes one page a unit.
pub(crate) async fn run(options: PostersOptions) -> anyhow::Result<()> {
    let file = options.output.as_deref().map(Replacement::of).transpose()?;
    let office = options.database.open().await?;
    let of = (&*options.round, options.questionnaire.as_deref());
    let page = posters(&office, of, options.mode, options.site.public_url.as_ref()).await?;
    let Some(mut file) = file else { return Ok(std::io::stdout().write_all(page.as_bytes())?) };
    file.write_all(page.as_bytes())?;
    file.put_in_place()
}
