//! What helps against a refusal when letterboxes are emptied or left out.

use super::typed;
use crate::printed::visible;
use crate::refusal::{Refusal, SetAside};

/// What helps, where the sentence of the refusal does not say it.
pub(super) fn help(refusal: &Refusal) -> Option<String> {
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
        "start them (their logs say what is wrong) and run `par-survey round close {round}` again; if their letterboxes are lost, go on \
        without them: `par-survey round close {round} --without {named}`"
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
