//! All of score sheets: entering scores, a unit's status, evidence, targets and figures, and going from step to step.
//!
//! Whoever changes something does it because of what stands there. A [`Desk`] reads first what was *seen* of a round, then the round, its
//! scoring, its schemes and its sheets; every change takes the desk away and is refused when anybody has written since. Nothing else
//! changes score sheets, so that nobody writes over what they have not read.

mod entering;
mod file;
mod kept;
mod listed;
mod proof;
mod status;
mod steps;

use jiff::Timestamp;
use jiff::civil::Date;

pub use listed::{Entered, Lacking};
pub use proof::Proof;
pub use status::DeclaredStatus;

use crate::office::actor::{Allowed, EnterScores, Right};
use crate::office::{Office, Stopped};
use crate::publication::ranking::Scored;
use crate::refusal::Refusal;
use crate::round::plan::Scoring;
use crate::round::{Round, RoundState};
use crate::scheme::Scheme;
use crate::store::Store;
use crate::store::audit::By;
use crate::store::scores::{ScoreSheets, Seen, Signature};
use crate::unit::Registered;

/// The score sheets of a round, as one person reads them.
#[derive(Debug)]
pub struct Desk {
    store: Store,
    seen: Seen,
    round: Round,
    scored: Scored,
    scoring: Scoring,
    sheets: ScoreSheets,
    today: Date,
}

/// Who enters something, and why.
#[derive(Debug)]
pub struct Author<R: Right = EnterScores> {
    /// Who may; their name is published with what they change.
    pub may: Allowed<R>,
    /// The reason; may be empty.
    pub why: String,
}

impl Desk {
    /// Reads the score sheets of a round.
    ///
    /// # Errors
    /// When there is no such round, or it is not scored.
    pub async fn at(Office { store }: &Office, round: &str, now: Timestamp) -> Result<Self, Stopped> {
        // Before anything else: of what is read afterwards nothing is older than this.
        let seen = store.seen(round).await?;
        let round = store.round(round).await?;
        if round.state == RoundState::Draft {
            return Err(Refusal::ScoresOfDraft { round: round.code }.into());
        }
        let scored = Scored::read(store, &round).await?;
        if scored.schemes.is_empty() {
            return Err(Refusal::NoScheme { round: round.code }.into());
        }
        let (scoring, sheets) = (store.scoring(round.id).await?, store.score_sheets(round.id).await?);
        let today = round.day(now);
        Ok(Self { store: store.clone(), seen, round, scored, scoring, sheets, today })
    }

    /// The round whose sheets these are, as it was read.
    #[must_use]
    pub fn round(&self) -> &Round {
        &self.round
    }

    /// Where scoring stands.
    #[must_use]
    pub fn scoring(&self) -> &Scoring {
        &self.scoring
    }

    /// The units that are scored, each with its scheme.
    #[must_use]
    pub fn units(&self) -> Vec<(&Registered, &Scheme)> {
        self.scored.units_with_schemes(self.round.year)
    }

    /// An author's signature of today, as it is where the round is.
    fn signed(&self, by: &By, why: &str) -> Signature {
        Signature { who: by.who().to_owned(), on: self.today, why: why.to_owned() }
    }
}
