//! The task that moves sheets from this instance's letterbox to the main database: in batches that hide each sheet while the round is open,
//! and whatever is left once it closes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use super::mixing::BATCH_LEAST;
use super::sheet::SealedSheet;
use super::writer::Slot;
use super::{Result, Store};

/// How often the mixer looks: often enough that a close does not wait, seldom enough that a quiet server sleeps.
const PAUSE: Duration = Duration::from_millis(250);

/// Looks from one mixing to the next. Nobody waits for mixing while the round is open, and the more move together, the larger is the crowd
/// and the fewer pages are written for each.
const REST: u32 = 4;

/// Sheets of one mixing transaction, more or less: no further cell is added once there are so many.
const MOST: usize = 20_000;

pub(super) struct Mixer {
    pub(super) store: Store,
    pub(super) slot: Slot,
    /// The letterbox's own name.
    pub(super) letterbox: String,
    /// Notified when sheets came.
    pub(super) dirty: Arc<Notify>,
}

impl Mixer {
    /// Mixes until it is told to stop.
    pub(super) async fn run(self, stopping: Arc<Notify>) {
        let (mut revision, mut rest) = (None, 0);
        loop {
            if let Err(error) = self.turn(&mut revision, &mut rest).await {
                tracing::error!(%error, "mixing did not go on; the sheets stay in the letterbox and it is tried again");
                revision = None;
                self.dirty.notify_one();
            }
            tokio::select! {
                () = stopping.notified() => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }

    /// Only a new sheet and a look at the round's state can give the mixer something to do.
    async fn turn(&self, revision: &mut Option<i64>, rest: &mut u32) -> Result<()> {
        let now = self.store.revision().await?;
        // Closing first: a command waits for it.
        if *revision != Some(now) {
            self.empty_closing_rounds().await?;
            *revision = Some(now);
        }
        *rest = rest.saturating_sub(1);
        if *rest == 0 && tokio::time::timeout(Duration::ZERO, self.dirty.notified()).await.is_ok() {
            while self.mix(&self.store.rounds_of_questionnaires().await?, BATCH_LEAST).await? {}
            *rest = REST;
        }
        Ok(())
    }

    /// Mixes what waits for some questionnaires in cells with at least so many sheets; those of one round move together. Says whether it
    /// stopped at a full transaction, so that more may wait.
    async fn mix(&self, rounds: &HashMap<i32, i32>, least: usize) -> Result<bool> {
        let questionnaires: Vec<i32> = rounds.keys().copied().collect();
        let (cells, full) = self.slot.ask(move |letterbox| letterbox.waiting(&questionnaires, least, MOST)).await?;
        let mut batches: HashMap<i32, Vec<Vec<SealedSheet>>> = HashMap::new();
        for (cell, sheets) in cells {
            if let Some(round) = rounds.get(&cell.questionnaire) {
                batches.entry(*round).or_default().push(sheets);
            }
        }
        for (round, cells) in batches {
            let counted = self.store.mix(round, &cells, least).await?;
            self.slot.take_out(counted).await?;
        }
        Ok(full)
    }

    /// Mixes whatever is left of rounds that are closing, and reports once nothing is.
    async fn empty_closing_rounds(&self) -> Result<()> {
        let mut closing = self.store.closing_rounds().await?;
        for round in closing.values().copied().collect::<HashSet<_>>() {
            // The writer counts between two commits and each commit looks at the mark, so zero here stays zero.
            let of_round =
                |closing: &HashMap<i32, i32>| closing.iter().filter(|(_, of)| **of == round).map(|(row, of)| (*row, *of)).collect();
            let questionnaires: HashMap<i32, i32> = of_round(&closing);
            while self.count(questionnaires.keys().copied().collect()).await? > 0 {
                closing = self.store.closing_rounds().await?;
                if of_round(&closing).len() < questionnaires.len() {
                    tracing::error!(round, "the round was closed without this instance; the sheets in its letterbox were not counted");
                    return Ok(());
                }
                self.mix(&questionnaires, 1).await?;
            }
            // Takes nothing out, but leaves no byte in the log of what was taken out before.
            self.slot.take_out(Vec::new()).await?;
            self.store.report_empty(round, &self.letterbox).await?;
        }
        Ok(())
    }

    async fn count(&self, questionnaires: Vec<i32>) -> Result<i64> {
        self.slot.ask(move |letterbox| letterbox.count(&questionnaires)).await
    }

    /// Says once at the start what can never be counted any more, because its round was closed without this instance.
    pub(super) async fn report_left_over(&self) -> Result<()> {
        let rows = self.store.rounds_of_questionnaires().await?.into_keys().collect();
        let left_over = self.slot.ask(|letterbox| letterbox.count_all()).await? - self.count(rows).await?;
        if left_over > 0 {
            tracing::error!(left_over, "the letterbox holds sheets of rounds that were closed without it; they cannot be counted any more");
        }
        Ok(())
    }
}

impl Store {
    /// All questionnaires by row whose sheets may still be mixed.
    pub(super) async fn rounds_of_questionnaires(&self) -> Result<HashMap<i32, i32>> {
        self.questionnaire_rounds("WHERE r.state IN ('open', 'closing')").await
    }

    /// Questionnaires of closing rounds by row, with the row of their round.
    async fn closing_rounds(&self) -> Result<HashMap<i32, i32>> {
        self.questionnaire_rounds("WHERE r.state = 'closing'").await
    }
}
