//! Why a round is not closed, with the command that helps.

use anyhow::anyhow;

use super::super::super::helping::typed;
use crate::office::closing::NotClosed;
use crate::printed::visible;
use crate::round::RoundState;
use crate::store::StoreError;
use crate::store::instance::Unreported;
use crate::words::Words;

/// What is said where a disk is full. Room is counted from the size of the database file, where it is one.
pub(super) fn no_room(code: &str, state: RoundState, size: Option<u64>, error: &StoreError) -> anyhow::Error {
    let room = size.map(|size| format!(" ({} MB)", (size * 12 / 10).div_ceil(1_000_000))).unwrap_or_default();
    anyhow!(
        "{error}.\n\
         Closing writes all answers anew and needs about 1.2 times as much free room as the database takes{room}, on the same disk.\n\
         Round `{code}` is {state}; nothing is lost, and its key is kept. Make room and give the same command again: it goes on from here"
    )
}

/// A server that has not reported, with what is known of it.
pub(super) fn server(Unreported { name, may_hold_sheets }: &Unreported) -> String {
    let key = if *may_hold_sheets { "server-may-hold" } else { "server-held-nothing" };
    Words::of("en").with(key, [("server", &visible(name))])
}

/// What is said of it.
pub(super) fn not_closed(code: &str, why: NotClosed) -> anyhow::Error {
    match why {
        NotClosed::Unreported(awaited) => {
            let names: Vec<String> = awaited.iter().map(|instance| typed(&instance.name)).collect();
            anyhow!(
                "round `{code}` is closing, but these servers have not reported their letterboxes empty: {}.\n\
                 Start them (their logs say what is wrong) and run `par-survey round close {code}` again.\n\
                 If their letterboxes are lost, go on without them: `par-survey round close {code} --without {}`",
                awaited.iter().map(server).collect::<Vec<_>>().join(", "),
                names.join(" --without ")
            )
        }
        NotClosed::Lost { lost, set_aside, without } => {
            let again = if without.is_empty() { "" } else { ", with the same --without" };
            let said = format!(
                "{lost} would be lost with the key of round `{code}`; once that is accepted, `par-survey round close {code} --give-up {}` goes on",
                lost.in_all()
            );
            let rows = set_aside
                .iter()
                .map(|(name, rows)| format!("  {rows} rows in the letterbox of {}, which could not be read\n", visible(name)));
            let letterboxes =
                without.iter().filter(|left| left.may_hold_sheets).map(|left| format!("  the letterbox of {}\n", server(left)));
            let lines: String = rows.chain(letterboxes).collect();
            if lines.is_empty() {
                return anyhow!(said);
            }
            anyhow!(
                "closing destroys the key of round `{code}`, and with it what this would open:\n{lines}bring back what can be brought back, and \
                 close again; otherwise: {said}{again}"
            )
        }
        NotClosed::Store(error) => error.into(),
    }
}
