//! Targets of a plan and figures that others computed: files whose content is kept in place of what was kept before.

use std::io::Read;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Desk;
use crate::import::targets;
use crate::office::Stopped;
use crate::office::actor::{Allowed, KeepTargets};
use crate::publication::ranking::written;
use crate::refusal::{Correcting, Refusal};
use crate::round::{Round, RoundState};
use crate::store::scores::{FileKind, ReadFile};
use crate::unit::Unit;

impl Desk {
    /// Keeps the targets of a file in place of those before. Gives how many there are.
    ///
    /// # Errors
    /// All faults of the file; when the round is published and this is no correction.
    pub async fn keep_targets(self, file: impl Read, correction: bool, may: &Allowed<KeepTargets>) -> Result<usize, Stopped> {
        let register: Vec<Unit> = self.store.units().await?.into_iter().map(|row| row.unit).collect();
        let file = targets::whole(file)?;
        let found = targets::targets(&*file, &register)?;
        refuse_published(&self.round, Correcting::Targets, correction)?;
        self.keep(FileKind::Targets, &file, &found, may).await
    }

    /// Keeps the figures of a file in place of those before. Gives how many there are.
    ///
    /// # Errors
    /// All faults of the file; when the round is published and this is no correction.
    pub async fn keep_figures(self, file: impl Read, correction: bool, may: &Allowed<KeepTargets>) -> Result<usize, Stopped> {
        let file = targets::whole(file)?;
        let found = targets::figures(&*file)?;
        refuse_published(&self.round, Correcting::Figures, correction)?;
        self.keep(FileKind::Figures, &file, &found, may).await
    }

    async fn keep<T: Serialize>(self, kind: FileKind, file: &[u8], rows: &[T], may: &Allowed<KeepTargets>) -> Result<usize, Stopped> {
        let read = ReadFile { kind, body: written(rows)?, sha256: hex::encode(Sha256::digest(file)) };
        self.store.keep_file(&self.round, read, &self.seen, may.in_round(&self.round.code)?).await?;
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
