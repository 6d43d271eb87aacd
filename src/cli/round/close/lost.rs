//! What is lost with the key of a round that is closed: it is named before somebody gives it up.

use anyhow::anyhow;

use crate::round::Round;
use crate::store::StoreError;
use crate::store::instance::Unreported;

/// By what the store's refusal is known that waits for somebody to give sheets up.
const GIVE_UP: &str = "--give-up";

/// Sheets of a round that closing does not count.
#[derive(Debug)]
pub(super) struct Lost<'a> {
    /// Rows that could not be read, by the name of their letterbox.
    pub(super) set_aside: &'a [(String, i32)],
    /// Letterboxes that are gone on without.
    pub(super) left_out: &'a [Unreported],
}

impl Lost<'_> {
    /// Why the store refuses to close, with what would be lost. It says the number.
    pub(super) fn named(&self, round: &Round, error: StoreError) -> anyhow::Error {
        let said = error.to_string();
        let lines: Vec<String> = self.rows().chain(self.letterboxes()).collect();
        if lines.is_empty() || !said.contains(GIVE_UP) {
            return error.into();
        }
        let again = if self.left_out.is_empty() { "" } else { ", with the same --without" };
        anyhow!(
            "closing destroys the key of round `{}`, and with it what this would open:\n{}\n\
             bring back what can be brought back, and close again; otherwise: {said}{again}",
            round.code,
            lines.join("\n")
        )
    }

    fn rows(&self) -> impl Iterator<Item = String> {
        self.set_aside.iter().map(|(name, rows)| format!("  {rows} rows in the letterbox of {name}, which could not be read"))
    }

    fn letterboxes(&self) -> impl Iterator<Item = String> {
        self.left_out.iter().filter(|left| left.may_hold_sheets()).map(|left| format!("  the letterbox of {left}"))
    }
}
