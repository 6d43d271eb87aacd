//! `par-survey scores import|export|unit|evidence|step|status|history|targets|figures|past`.

mod evidence;
mod files;
mod sheet;
mod steps;

use clap::{Args, Subcommand};

use super::actor::named;
use super::options::{DatabaseOptions, line};
use crate::clock;
use crate::office::actor::Right;
use crate::office::desk::{Author, Desk};
use crate::refusal::PersonText;

/// Score sheets: self-scores, appraised scores, steps, targets and earlier rankings
///
/// A round that names index schemes is scored by them. Points that come from a survey are taken from its published figures; nobody enters
/// them. Everything that is entered is kept with who, when and why.
#[derive(Debug, Subcommand)]
pub(crate) enum ScoresCommand {
    Import(sheet::ScoresImportOptions),
    Export(sheet::ScoresExportOptions),
    Unit(sheet::UnitOptions),
    Evidence(evidence::EvidenceOptions),
    Step(steps::StepOptions),
    Status(steps::ScoresStatusOptions),
    History(steps::HistoryOptions),
    Targets(files::TargetsOptions),
    Figures(files::FiguresOptions),
    Past(files::PastOptions),
}

/// What is entered in a published round.
#[derive(Debug, Args)]
struct CorrectionOptions {
    /// Change a published round without steps, for `round publish --correct`
    #[arg(long, env = "PAR_SURVEY_CORRECTION")]
    correction: bool,
}

/// Who enters something, and why.
#[derive(Debug, Args)]
struct SignatureOptions {
    /// Your name, for the history; it is published with what you change
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    who: String,
    /// Why, for the history
    #[arg(long, env = "PAR_SURVEY_WHY", value_name = "TEXT", default_value = "")]
    why: String,
}

impl SignatureOptions {
    fn author<R: Right>(&self) -> anyhow::Result<Author<R>> {
        let why = if self.why.trim().is_empty() { String::new() } else { line(&self.why, (PersonText::Reason, 1_000), "--why")? };
        Ok(Author { may: named(&self.who)?.may(clock::now()), why })
    }
}

/// The score sheets of a round as they are now.
async fn desk(database: &DatabaseOptions, round: &str) -> anyhow::Result<Desk> {
    Ok(Desk::at(&database.open().await?, round, clock::now()).await?)
}

pub(crate) async fn run(command: ScoresCommand) -> anyhow::Result<()> {
    match command {
        ScoresCommand::Import(options) => sheet::import(&options).await,
        ScoresCommand::Export(options) => sheet::export(&options).await,
        ScoresCommand::Unit(options) => sheet::unit(&options).await,
        ScoresCommand::Evidence(options) => evidence::evidence(&options).await,
        ScoresCommand::Step(options) => steps::step(&options).await,
        ScoresCommand::Status(options) => steps::status(&options).await,
        ScoresCommand::History(options) => steps::history(&options).await,
        ScoresCommand::Targets(options) => files::targets(&options).await,
        ScoresCommand::Figures(options) => files::figures(&options).await,
        ScoresCommand::Past(options) => files::past(&options).await,
    }
}
