//! The task that moves sheets from this instance's letterbox to the main database: in batches that hide each sheet while the round is open,
//! and whatever is left once it closes.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use super::batches::{Batches, Cohorts};
use super::health::InstanceCondition;
use super::letterbox::{Letterbox, Waiting};
use super::mixing::{BATCH_LEAST, Mixed};
use super::rounds::Asked;
use super::sealing::Generations;
use super::writer::Slot;
use super::{Result, Store};
use crate::scoring::reaching::highest_floor;
use crate::survey::kept;

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
    pub(super) generations: Generations,
    pub(super) batches: Batches,
    pub(super) condition: Arc<InstanceCondition>,
    /// Notified when sheets came.
    pub(super) dirty: Arc<Notify>,
    /// Before this no letterbox is reported as empty: whoever ran under its name may still have to register anew.
    pub(super) reports_from: Instant,
}

impl Mixer {
    /// Mixes until it is told to stop.
    pub(super) async fn run(mut self, stopping: Arc<Notify>) {
        let (mut revision, mut rest) = (None, 0);
        loop {
            match self.turn(&mut revision, &mut rest).await {
                Ok(()) => self.condition.mixing_went_well(),
                Err(error) => {
                    self.condition.mixing_failed(&error);
                    revision = None;
                    self.dirty.notify_one();
                }
            }
            tokio::select! {
                () = stopping.notified() => return self.leave().await,
                () = tokio::time::sleep(PAUSE) => {}
            }
        }
    }

    /// Only a new sheet and a look at the round's state can give the mixer something to do.
    async fn turn(&mut self, revision: &mut Option<i64>, rest: &mut u32) -> Result<()> {
        let now = self.store.revision().await?;
        // Closing first: a command waits for it. Where it fails, rounds that are open go on.
        let emptied =
            if *revision == Some(now) { Ok(true) } else { self.hand_over_if_asked().await.and(self.empty_closing_rounds().await) };
        if matches!(emptied, Ok(true)) {
            *revision = Some(now);
        }
        *rest = rest.saturating_sub(1);
        if *rest == 0 && tokio::time::timeout(Duration::ZERO, self.dirty.notified()).await.is_ok() {
            while self.mix(&self.store.rounds_of_questionnaires().await?, BATCH_LEAST, MOST).await? {}
            *rest = REST;
        }
        emptied.map(drop)
    }

    /// Mixes what waits for some questionnaires in cohorts of at least so many sheets; those of one round move together. Says whether it
    /// stopped at a full transaction, so that more may wait. A round in which it fails holds up no other.
    async fn mix(&mut self, rounds: &HashMap<i32, i32>, least: usize, most: usize) -> Result<bool> {
        let questionnaires: Vec<i32> = rounds.keys().copied().collect();
        let waiting = self.slot.ask(move |letterbox| letterbox.waiting(&questionnaires, least, most)).await?;
        self.mix_waiting(rounds, waiting, least).await
    }

    async fn mix_waiting(&mut self, rounds: &HashMap<i32, i32>, waiting: Waiting, least: usize) -> Result<bool> {
        let mut by_round: HashMap<i32, Cohorts> = HashMap::new();
        for (cohort, sheets) in waiting.cohorts {
            if let Some(round) = rounds.get(&cohort.cell.questionnaire) {
                by_round.entry(*round).or_default().add(cohort.generation, sheets, &waiting.heads);
            }
        }
        let mut outcome = Ok(waiting.full);
        for (round, cohorts) in by_round {
            outcome = self.move_over(round, cohorts, least).await.and(outcome);
        }
        outcome
    }

    /// Moves sheets to the main database, and takes out of the letterbox what another connection reads there.
    async fn move_over(&mut self, round: i32, cohorts: Cohorts, least: usize) -> Result<()> {
        // Rests of fewer are not told, nor what may stay under a floor that is higher than a batch: with what is published they would tell
        // how many are in no figure. Asked first: what cannot be read then lets nothing fail that is done.
        let is_told = least >= BATCH_LEAST && self.store.reaches_floors(round, BATCH_LEAST).await?;
        let (batch, strange) = self.batches.sealed_anew(round, cohorts, self.generations.of(round)).await?;
        if !strange.is_empty() {
            self.slot.ask(move |letterbox| letterbox.set_aside(&strange)).await?;
        }
        let Mixed { keys, fresh, .. } = self.store.mix(round, &batch, least).await?;
        self.store.require_kept(round, &keys).await?;
        self.slot.take_out(keys).await?;
        if is_told {
            self.condition.mixed(fresh);
        }
        Ok(())
    }

    /// Hands the lease for codes over, where another server asks for it.
    async fn hand_over_if_asked(&mut self) -> Result<()> {
        let instance = self.slot.ask(|letterbox| Ok(letterbox.id().to_owned())).await?;
        if self.store.lease_wanted(&instance).await? != Some(true) {
            return Ok(());
        }
        self.condition.hand_over(true);
        let outcome = self.hand_over(&instance).await;
        // Also where it failed: then this server still has the lease, and tries again.
        self.condition.hand_over(false);
        outcome
    }

    /// At the end of the server: what comes with codes is for the others. Nothing is taken any more.
    async fn leave(&mut self) {
        let leave = async {
            let instance = self.slot.ask(|letterbox| Ok(letterbox.id().to_owned())).await?;
            if self.store.lease_wanted(&instance).await?.is_some() { self.hand_over(&instance).await } else { Ok(()) }
        };
        if let Err(error) = leave.await {
            tracing::error!(%error, "this server keeps taking what is sent with codes, until it is started again or forgotten by hand");
        }
    }

    /// Lets every participation row that waits here be counted, in one transaction, and then goes without the lease.
    async fn hand_over(&mut self, instance: &str) -> Result<()> {
        let rounds = self.store.rounds_of_questionnaires().await?;
        let questionnaires: Vec<i32> = rounds.keys().copied().collect();
        // Between two commits: the one before is in the letterbox, the next one takes nothing with a code.
        let used = self.slot.ask(move |letterbox| letterbox.participations(&questionnaires)).await?;
        self.mix_waiting(&rounds, used, 1).await?;
        self.store.let_go(&self.store.db, instance).await
    }

    /// Mixes whatever is left of rounds that are closing, and reports once nothing is. Says whether there is nothing left to report.
    async fn empty_closing_rounds(&mut self) -> Result<bool> {
        let closing = self.store.closing_rounds().await?;
        let mut outcome = Ok(true);
        for round in closing.values().copied().collect::<HashSet<_>>() {
            outcome = self.empty(round).await.and_then(|reported| outcome.map(|all| all && reported));
        }
        outcome
    }

    /// Mixes whatever is left of one closing round. Says whether that was reported.
    async fn empty(&mut self, round: i32) -> Result<bool> {
        let questionnaires = self.store.closing_questionnaires(round).await?;
        loop {
            if self.store.closing_questionnaires(round).await?.len() < questionnaires.len() {
                tracing::error!(round, "the round was closed without this instance; the sheets in its letterbox were not counted");
                return Ok(true);
            }
            // Also where nothing waits: what cannot be read is found by looking. All in one transaction: rests are small crowds.
            self.mix(&questionnaires, 1, usize::MAX).await?;
            // The writer counts between two commits and each commit looks at the mark, so zero here stays zero.
            if self.count(questionnaires.keys().copied().collect()).await? == 0 {
                break;
            }
        }
        // Of a round that has no seal yet, which is not closed before it has one.
        let asked = questionnaires.keys().copied().collect::<Vec<_>>();
        if self.slot.ask(move |letterbox| letterbox.count_plain(&asked)).await? > 0 {
            return Ok(false);
        }
        // Takes nothing out, but leaves no byte in the log of what was taken out before.
        self.slot.take_out(Vec::new()).await?;
        if Instant::now() < self.reports_from {
            return Ok(false);
        }
        let (own, set_aside) = self.slot.ask(|letterbox| Ok((letterbox.identity().clone(), letterbox.count_set_aside()?))).await?;
        self.store.report_empty(round, &own, set_aside).await?;
        Ok(true)
    }

    async fn count(&self, questionnaires: Vec<i32>) -> Result<i64> {
        self.slot.ask(move |letterbox| letterbox.count(&questionnaires)).await
    }

    /// Says once at the start what can never be counted any more, because its round was closed without this instance.
    pub(super) async fn report_left_over(&self) -> Result<()> {
        let rows = self.store.rounds_of_questionnaires().await?.into_keys().collect();
        let left_over = self.slot.ask(Letterbox::count_all).await? - self.count(rows).await?;
        if left_over > 0 {
            tracing::error!(left_over, "the letterbox holds sheets of rounds that were closed without it; they cannot be counted any more");
        }
        Ok(())
    }
}

impl Store {
    /// Whether so many sheets of a cell reach every floor of a round. Where a definition cannot be read, nobody knows.
    async fn reaches_floors(&self, round: i32, sheets: usize) -> Result<bool> {
        let floor = |asked: &Asked| kept::read(&asked.definition).ok().map(|questionnaire| highest_floor(&questionnaire));
        let reached = |asked: &Asked| floor(asked).is_some_and(|floor| usize::try_from(floor).is_ok_and(|floor| floor <= sheets));
        Ok(self.asked(round).await?.iter().all(reached))
    }

    /// All questionnaires by row whose sheets may still be mixed.
    pub(super) async fn rounds_of_questionnaires(&self) -> Result<HashMap<i32, i32>> {
        self.questionnaire_rounds("WHERE r.state IN ('open', 'closing')").await
    }

    /// Questionnaires of closing rounds by row, with the row of their round.
    async fn closing_rounds(&self) -> Result<HashMap<i32, i32>> {
        self.questionnaire_rounds("WHERE r.state = 'closing'").await
    }

    /// Those of one closing round.
    async fn closing_questionnaires(&self, round: i32) -> Result<HashMap<i32, i32>> {
        Ok(self.closing_rounds().await?.into_iter().filter(|(_, of)| *of == round).collect())
    }
}
