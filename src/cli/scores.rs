//! `par-survey scores import|export|unit|evidence|step|status|history|targets|figures|past`.

mod evidence;
mod files;
mod sheet;
mod steps;

use clap::{Args, Subcommand};

use super::options::line;
use crate::clock;
use crate::publication::ranking::Scored;
use crate::round::{Round, RoundState};
use crate::store::Store;
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
    Evidence(evidence::EvidenceOptions),
    Step(steps::StepOptions),
    Status(steps::StatusOptions),
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
    /// Who signs, on the day that it is where the round is.
    fn signature(&self, round: &Round) -> anyhow::Result<Signature> {
        let why = if self.why.trim().is_empty() { String::new() } else { line(&self.why, 1_000, "--why")? };
        Ok(Signature { who: line(&self.who, 200, "--as")?, on: round.day(clock::now()), why })
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
        ScoresCommand::Evidence(options) => evidence::evidence(&options).await,
        ScoresCommand::Step(options) => steps::step(&options).await,
        ScoresCommand::Status(options) => steps::status(&options).await,
        ScoresCommand::History(options) => steps::history(&options).await,
        ScoresCommand::Targets(options) => files::targets(&options).await,
        ScoresCommand::Figures(options) => files::figures(&options).await,
        ScoresCommand::Past(options) => files::past(&options).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Between the two ends of the world it is never the same day.
    #[test]
    fn a_signature_has_the_day_that_it_is_where_the_round_is() {
        let options = SignatureOptions { who: "Lê Văn C".into(), why: String::new() };
        let [east, west] = [14, -12].map(|hours| options.signature(&Round::sample(hours)).unwrap().on);
        assert!(east > west, "{east} {west}");
    }
}
