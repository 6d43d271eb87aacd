//! What helps against a refusal, as a command or an option.

use super::{DATABASE, given_as, letterboxes, typed};
use crate::refusal::{Cost, Refusal};

/// What helps, where the sentence of the refusal does not say it.
pub(super) fn help(refusal: &Refusal) -> Option<String> {
    let always = |help: &str| Some(help.to_owned());
    match refusal {
        Refusal::NoRound { .. } => always("`par-survey round list` shows those there are"),
        Refusal::NoFigures { round, .. } | Refusal::NoSheets { round, .. } => Some(format!("`par-survey round close {round}` closes it")),
        Refusal::ClosedAlready { round } => {
            Some(format!("where a copy of its key is left, destroy it, and then say so: `par-survey seal burnt {round} --as NAME`"))
        }
        Refusal::DraftFigures { .. } => always("add --draft for figures that are marked `draft`"),
        Refusal::QuestionnaireWanted { asked, .. } if !asked.is_empty() => always("--questionnaire names it"),
        Refusal::NoSiteAddress { .. } => always("--public-url names it, such as https://khaosat.example.vn"),
        Refusal::NoSeal { round } => Some(format!("`par-survey round seal {round}` brings it under one")),
        Refusal::SecretWanted { .. } | Refusal::SecretMissing { .. } | Refusal::OtherSecret { .. } => {
            always("--keys names the folder of keys that they were made with")
        }
        Refusal::ServerNameTaken { server } => {
            Some(format!("--name gives it another; if that one is gone for good, run `par-survey instances forget {}`", typed(server)))
        }
        Refusal::FileElsewhere { round } => Some(format!(
            "if it went there by mistake, take it out with `par-survey responses undo {round} QUESTIONNAIRE FILE` while that round is open"
        )),
        Refusal::FileShared { .. } => always(
            "make a new round without that file; only while a round is open can `par-survey responses undo ROUND QUESTIONNAIRE FILE` \
            take one out",
        ),
        Refusal::FileRepeated { .. } | Refusal::SheetsRepeated { .. } | Refusal::UnitRepeated => {
            always("if these are other sheets that happen to be equal, say --again")
        }
        Refusal::OtherAttributes { .. } => always("leave out --attributes"),
        Refusal::AttributesWanted { all, costs, .. } => Some(offered(costs, *all)),
        Refusal::NoUnit { outside, .. } => Some(match outside {
            Some(outside) => format!("`par-survey units list` shows those there are, and `{outside}` is none of them"),
            None => "`par-survey units list` shows those there are".to_owned(),
        }),
        Refusal::Alone { .. } => always("name that person with --with NAME --with-unit UNIT"),
        Refusal::NotApproved { round, .. } => Some(format!("`par-survey scores step {round} STEP --as NAME` goes from step to step")),
        Refusal::NotScored { round } => Some(format!(
            "`par-survey scores past FILE --id {round} --year YEAR --name-vi NAME --name-en NAME --correct WHY --as NAME` imports a \
            ranking anew"
        )),
        Refusal::NotImported { round } => Some(format!("`par-survey round publish {round} --correct WHY --as NAME` corrects it")),
        Refusal::SecretLeft { round, .. } => Some(format!("`par-survey round publish {round} --as NAME` destroys it")),
        Refusal::FilesOtherSecret => always(
            "use the folder of keys from where they were imported, with --keys; if it is lost, `par-survey responses import ROUND \
            QUESTIONNAIRE FILE --as NAME --lost-secret` imports without knowing",
        ),
        Refusal::WindowOver { round, .. } => Some(format!("`par-survey round extend {round} --closes DATE` moves its end")),
        Refusal::NoQuestionnaire { .. } | Refusal::NoSuchScheme { .. } => always("--definitions names their folder"),
        Refusal::NoGroups { .. } => always("leave --group out and name the unit with --unit"),
        Refusal::NoGroup { .. } => always("name one of them with --group"),
        Refusal::UnitAskedWanted | Refusal::OwnUnitWanted => always("--unit names it"),
        Refusal::UnitsFixed { .. } => always("leave --unit out"),
        Refusal::ScoresOfDraft { round } => Some(format!("`par-survey round open {round}` opens it")),
        Refusal::NoScheme { .. } => always("a round file names one with schemes = [\"…\"]"),
        Refusal::ScoresPublished { round, .. } => {
            Some(format!("say --correction, and then `par-survey round publish {round} --correct WHY --as NAME`"))
        }
        Refusal::StepLate { round, step, .. } => {
            Some(format!("`par-survey scores step {round} {step} --closes DATE --as NAME` gives it more time"))
        }
        Refusal::UnitNotScored { round, .. } => Some(format!("`par-survey scores status {round}` lists those that are")),
        Refusal::NoCriterion { round, .. } => Some(format!("`par-survey scores export {round} FILE` lists them")),
        Refusal::FileTooLarge { .. } => always("name where it lies with --link"),
        Refusal::LastStep { round } => Some(format!("`par-survey round publish {round} --as NAME` does that")),
        Refusal::Unranked { .. } => always("`par-survey scores unit ROUND UNIT --status exempt --as NAME` leaves a unit out"),
        Refusal::Unscored { .. } => always("enter them, or publish with --missing-as-zero"),
        Refusal::Unsealed => always("`par-survey round seal ROUND` brings it under one"),
        Refusal::Schema { .. } => always("run `par-survey migrate up` once, then start again"),
        refusal => databases(refusal).or_else(|| letterboxes::help(refusal)),
    }
}

/// What helps where the database is another one than was meant.
fn databases(refusal: &Refusal) -> Option<String> {
    let given = given_as("--database", DATABASE);
    match refusal {
        Refusal::NoDatabase { .. } => Some(format!(
            "{given} names it; `par-survey units import FILE` begins a new one, and `par-survey migrate up` makes an empty one"
        )),
        Refusal::DatabaseAddress { .. } => (given == DATABASE).then(|| format!("it stands in {DATABASE}")),
        _ => None,
    }
}

/// What each choice of attributes would cost, with the options that choose.
fn offered(costs: &[Cost], all: bool) -> String {
    let lines = costs.iter().map(|Cost { attributes, values, sheets }| {
        format!("  {values:>5} % of values, on {sheets:>5} % of sheets  {}\n", attributes.join(","))
    });
    let more = if all { "" } else { "  three and more at least as much as any two of them\n" };
    let lines: String = lines.collect();
    format!("choose with --attributes NAME,NAME or --attributes none. It would cost\n{lines}{more}")
}
