//! `par-survey scores import|export|step|unit|targets|figures|past|status|history`.

mod files;
mod sheet;
mod steps;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::options::OffsetOptions;
use crate::clock;
use crate::publication::ranking::Scored;
use crate::store::Store;
use crate::store::rounds::{Round, RoundState};
use crate::store::scores::Signature;

/// Score sheets: self-scores, appraised scores, steps, targets and earlier rankings
///
/// A round that names index schemes is scored by them. Points that come from a survey are taken from its published figures; nobody enters
/// them. Everything that is entered is kept with who, when and why.
#[derive(Debug, Subcommand)]
pub(crate) enum ScoresCommand {
    Import(sheet::ImportOptions),
    Export(sheet::ExportOptions),
    Unit(sheet::UnitOptions),
    Evidence(sheet::EvidenceOptions),
    Step(steps::StepOptions),
    Status(steps::StatusOptions),
    History(steps::HistoryOptions),
    Targets(files::TargetsOptions),
    Figures(files::FiguresOptions),
    Past(files::PastOptions),
}

/// Who enters something, and why.
#[derive(Debug, Args)]
struct SignatureOptions {
    /// Your name, for the history
    #[arg(long = "as", env = "PAR_SURVEY_AS", value_name = "NAME")]
    who: String,
    /// Why, for the history
    #[arg(long, env = "PAR_SURVEY_WHY", value_name = "TEXT", default_value = "")]
    why: String,
    #[command(flatten)]
    offset: OffsetOptions,
}

impl SignatureOptions {
    fn today(&self) -> Date {
        self.offset.utc_offset.day(clock::now())
    }

    fn signature(&self) -> anyhow::Result<Signature> {
        let (who, why) = (self.who.trim(), self.why.trim());
        anyhow::ensure!(!who.is_empty() && who.chars().count() <= 200, "--as: write your name, at most 200 characters");
        anyhow::ensure!(why.chars().count() <= 1_000, "--why: write at most 1,000 characters");
        anyhow::ensure!(!format!("{who}{why}").chars().any(char::is_control), "--as and --why are one line each");
        Ok(Signature { who: who.to_owned(), on: self.today(), why: why.to_owned() })
    }
}

/// A round that is scored, with its schemes and units.
async fn scored(store: &Store, code: &str) -> anyhow::Result<(Round, Scored)> {
    let round = store.round(code).await?;
    anyhow::ensure!(round.state != RoundState::Draft, "round `{code}` is a draft; scores are entered after `par-survey round open {code}`");
    let scored = Scored::read(store, &round).await?;
    anyhow::ensure!(!scored.schemes.is_empty(), "round `{code}` names no scheme; a round file does it with schemes = [\"…\"]");
    Ok((round, scored))
}

pub(crate) async fn run(command: ScoresCommand) -> anyhow::Result<()> {
    match command {
        ScoresCommand::Import(options) => sheet::import(&options).await,
        ScoresCommand::Export(options) => sheet::export(&options).await,
        ScoresCommand::Unit(options) => sheet::unit(&options).await,
        ScoresCommand::Evidence(options) => sheet::evidence(&options).await,
        ScoresCommand::Step(options) => steps::step(&options).await,
        ScoresCommand::Status(options) => steps::status(&options).await,
        ScoresCommand::History(options) => steps::history(&options).await,
        ScoresCommand::Targets(options) => files::targets(&options).await,
        ScoresCommand::Figures(options) => files::figures(&options).await,
        ScoresCommand::Past(options) => files::past(&options).await,
    }
}
