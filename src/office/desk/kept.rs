//! Targets of a plan and figures that others computed: files whose content is kept in place of what was kept before.

use std::io::Read;

use serde::Serialize;

use super::Desk;
use crate::import::targets;
use crate::office::Stopped;
use crate::publication::ranking::{FIGURES, TARGETS, written};
use crate::refusal::{Correcting, Refusal};
use crate::round::{Round, RoundState};
use crate::unit::Unit;

impl Desk {
    /// Keeps the targets of a file in place of those before. Gives how many there are.
    ///
    /// # Errors
    /// All faults of the file; when the round is published and this is no correction.
    pub async fn keep_targets(self, file: impl Read, correction: bool) -> Result<usize, Stopped> {
        let register: Vec<Unit> = self.store.units().await?.into_iter().map(|row| row.unit).collect();
        let found = targets::targets(file, &register)?;
        refuse_published(&self.round, Correcting::Targets, correction)?;
        self.keep(TARGETS, &found).await
    }

    /// Keeps the figures of a file in place of those before. Gives how many there are.
    ///
    /// # Errors
    /// All faults of the file; when the round is published and this is no correction.
    pub async fn keep_figures(self, file: impl Read, correction: bool) -> Result<usize, Stopped> {
        let found = targets::figures(file)?;
        refuse_published(&self.round, Correcting::Figures, correction)?;
        self.keep(FIGURES, &found).await
    }

    async fn keep<T: Serialize>(self, kind: &str, rows: &[T]) -> Result<usize, Stopped> {
        self.store.keep_file(&self.round, kind, written(rows)?, &self.seen).await?;
        Ok(rows.len())
    }
}

/// Whatever the step: targets and figures are no entries of a sheet.
fn refuse_published(round: &Round, correcting: Correcting, correction: bool) -> Result<(), Refusal> {
    let is_refused = round.state == RoundState::Published && !correction;
    if is_refused { Err(Refusal::ScoresPublished { round: round.code.clone(), correcting }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_of_a_published_round_changes_as_a_correction_only() {
        let refused = |state, correction| refuse_published(&Round { state, ..Round::sample(7) }, Correcting::Figures, correction);
        assert_eq!(
            refused(RoundState::Published, false),
            Err(Refusal::ScoresPublished { round: Round::sample(7).code, correcting: Correcting::Figures })
        );
        assert_eq!(refused(RoundState::Published, true), Ok(()));
        assert_eq!(refused(RoundState::Closed, false), Ok(()));
    }
}
