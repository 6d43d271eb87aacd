//! What is said of a failure: its causes, and what helps against a refusal, as a command or an option.

use crate::export::ExportError;
use crate::fault::database::{DatabaseFault, Engine, FaultKind};
use crate::fault::{Fault, Faults, Wrong};
use crate::office::{self, Stopped};
use crate::printed::{visible, visible_lines};
use crate::refusal::{Cost, Refusal, SetAside};
use crate::store::StoreError;
use crate::words::Words;

/// A failure with its causes, and what helps, without signs that a terminal would obey.
#[must_use]
pub fn said(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(|cause| faults(cause).map_or_else(|| cause.to_string(), said_of_faults)).collect();
    let said = causes.join(": ");
    let address = if error.chain().find_map(database).is_some_and(may_be_elsewhere) { " (--database)" } else { "" };
    let said = match error.chain().find_map(office::refusal).and_then(help) {
        Some(help) => format!("{said}; {help}"),
        None => said + address,
    };
    visible_lines(&said).into_owned()
}

fn faults<'e>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e Faults> {
    match cause.downcast_ref() {
        Some(Stopped::Faults(faults)) => Some(faults),
        _ => cause.downcast_ref(),
    }
}

/// Faults of a file, each with what helps.
fn said_of_faults(faults: &Faults) -> String {
    let said = |fault: &Fault| help_at(&fault.what).map_or_else(|| fault.to_string(), |help| format!("{fault}; {help}"));
    Words::of("en").faults(faults, said)
}

/// What helps against a fault, where its sentence does not say it.
fn help_at(what: &Wrong) -> Option<&'static str> {
    match what {
        Wrong::NoUnit { .. } => Some("`par-survey units list` shows those there are"),
        Wrong::NoItemOfColumn { .. } => Some("`par-survey export ROUND codebook` lists them"),
        Wrong::UnitNotScored { .. } => Some("`par-survey scores status ROUND` lists those that are"),
        Wrong::PartNotOpen { .. } => Some("`par-survey scores step ROUND STEP --as NAME` goes to another step"),
        _ => None,
    }
}

fn store<'e>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e StoreError> {
    match (cause.downcast_ref(), cause.downcast_ref()) {
        (Some(Stopped::Store(error)), _) | (_, Some(ExportError::Store(error))) => Some(error),
        _ => cause.downcast_ref(),
    }
}

fn database<'e>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e DatabaseFault> {
    if let Some(StoreError::Database(fault)) = store(cause) { Some(fault) } else { None }
}

/// Whether the address of the database may be wrong.
fn may_be_elsewhere(fault: &DatabaseFault) -> bool {
    match fault.kind {
        FaultKind::Away | FaultKind::Refused | FaultKind::ReadOnly => fault.engine != Engine::Sqlite,
        FaultKind::Damaged => fault.engine != Engine::Postgres,
        _ => false,
    }
}

/// A refusal, and what helps.
pub(crate) fn said_of(refusal: &Refusal) -> String {
    help(refusal).map_or_else(|| refusal.to_string(), |help| format!("{refusal}; {help}"))
}

/// What helps, where the sentence of the refusal does not say it.
fn help(refusal: &Refusal) -> Option<String> {
    let always = |help: &str| Some(help.to_owned());
    match refusal {
        Refusal::NoRound { .. } => always("`par-survey round list` shows those there are"),
        Refusal::NoFigures { round, .. } | Refusal::NoSheets { round, .. } => Some(format!("`par-survey round close {round}` closes it")),
        Refusal::DraftFigures { .. } => always("add --draft for figures that are marked `draft`"),
        Refusal::QuestionnaireWanted { asked, .. } if !asked.is_empty() => always("--questionnaire names it"),
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
            "make a new round without that file; only while a round is open can `par-survey responses undo ROUND QUESTIONNAIRE FILE` take one out",
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
            "`par-survey scores past FILE --id {round} --year YEAR --name-vi NAME --name-en NAME --correct WHY --as NAME` imports a ranking anew"
        )),
        Refusal::NotImported { round } => Some(format!("`par-survey round publish {round} --correct WHY --as NAME` corrects it")),
        Refusal::SecretLeft { round, .. } => Some(format!("`par-survey round publish {round} --as NAME` destroys it")),
        Refusal::FilesOtherSecret => always(
            "use the folder of keys from where they were imported, with --keys; if it is lost, `par-survey responses import ROUND QUESTIONNAIRE FILE --as NAME \
             --lost-secret` imports without knowing",
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
        refusal => with_letterboxes(refusal),
    }
}

/// What helps against a refusal when letterboxes are emptied or left out.
fn with_letterboxes(refusal: &Refusal) -> Option<String> {
    match refusal {
        Refusal::Unreported { round, servers, .. } => Some(without(round, servers)),
        Refusal::LostWithKey { round, in_all, set_aside, left_out, .. } => Some(lost(round, *in_all, set_aside, left_out)),
        Refusal::NoRoomToClose { .. } => Some("make room and give the same command again: it goes on from here".to_owned()),
        Refusal::NotInFile { round, .. } => {
            Some(format!("make room or end whatever reads the database, and repeat `par-survey round close {round}`"))
        }
        Refusal::ServerMayHold { server } => {
            Some(format!("start it again if you can; if it never comes back: `par-survey instances forget {} --yes`", typed(server)))
        }
        Refusal::SeveralToSalvage { .. } => Some("say which with --round ROUND".to_owned()),
        _ => None,
    }
}

/// How a round is closed although servers do not report.
fn without(round: &str, servers: &[String]) -> String {
    let named = servers.iter().map(String::as_str).map(typed).collect::<Vec<_>>().join(" --without ");
    format!(
        "start them (their logs say what is wrong) and run `par-survey round close {round}` again; if their letterboxes are lost, go on without them: \
         `par-survey round close {round} --without {named}`"
    )
}

/// How a round is closed although something is lost with its key.
fn lost(round: &str, in_all: u64, set_aside: &[SetAside], left_out: &[String]) -> String {
    let again = if left_out.is_empty() { "" } else { ", with the same --without" };
    let rows = set_aside
        .iter()
        .map(|SetAside { server, rows }| format!("  {rows} rows in the letterbox of {}, which could not be read\n", visible(server)));
    let letterboxes = left_out.iter().map(|server| format!("  the letterbox of {} (sheets may wait with it)\n", visible(server)));
    let lines: String = rows.chain(letterboxes).collect();
    let back = if lines.is_empty() { lines } else { format!("bring back what can be brought back, and close again:\n{lines}otherwise, ") };
    format!("{back}once that is accepted, `par-survey round close {round} --give-up {in_all}` goes on{again}")
}

/// A name as one word of a command: in quotes where a shell would part it.
pub(crate) fn typed(name: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-._:@/".contains(letter);
    if !name.is_empty() && name.chars().all(plain) { name.to_owned() } else { format!("'{}'", visible(name).replace('\'', "'\\''")) }
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
