//! What `round status` says of the seal.

use jiff::Timestamp;
use serde::Serialize;

use crate::round::when::UtcOffset;
use crate::round::{Round, RoundState};
use crate::seal::{KeyPlace, RoundSeal};

/// The seal of a round, as scripts read it.
#[derive(Debug, Serialize)]
pub(super) struct SealLines {
    fingerprint: String,
    /// `file`, `here` or `trustees`.
    kept: &'static str,
    /// How many shares open it, and how many there are, where trustees keep them.
    #[serde(skip_serializing_if = "Option::is_none")]
    threshold: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shares: Option<u8>,
    tested_at: Option<String>,
    given_up: u32,
    burnt_by: String,
    #[serde(skip)]
    tested: Option<Timestamp>,
}

impl SealLines {
    pub(super) fn of(seal: RoundSeal) -> Self {
        let RoundSeal { public, kept, tested_at: tested, given_up, burnt_by } = seal;
        let (kept, threshold, shares) = match kept {
            KeyPlace::File => ("file", None, None),
            KeyPlace::Here => ("here", None, None),
            KeyPlace::Trustees { threshold, shares } => ("trustees", Some(threshold), Some(shares)),
        };
        let tested_at = tested.map(|at| at.to_string());
        Self { fingerprint: public.fingerprint(), kept, threshold, shares, tested_at, given_up, burnt_by, tested }
    }

    /// The same for people.
    pub(super) fn line(&self, round: &Round, offset: UtcOffset) -> String {
        let print = &self.fingerprint;
        if round.state < RoundState::Closed {
            let tested = self.tested.map_or_else(|| "never".to_owned(), |at| format!("on {}", offset.day(at)));
            return format!("sealed to fingerprint {print}; the key is {}; last tested: {tested}", self.place());
        }
        let given_up = if self.given_up == 0 { String::new() } else { format!("; sheets that were given up: {}", self.given_up) };
        let burnt = match &*self.burnt_by {
            "" => format!("nobody has said yet that every copy is burnt (`par-survey seal burnt {} --as NAME`)", round.code),
            who => format!("{who} says that every copy is burnt"),
        };
        format!("was sealed to fingerprint {print}; the key was {}{given_up}; {burnt}", self.place())
    }

    fn place(&self) -> String {
        match (self.threshold, self.shares) {
            (Some(threshold), Some(shares)) => format!("in {shares} shares, {threshold} of which open it"),
            _ if self.kept == "here" => "on the machine of the server, so that whoever takes that can read the answers".to_owned(),
            _ => "in a file elsewhere".to_owned(),
        }
    }
}
