//! What a running instance says of itself: whether it could keep a sheet now, and what is wrong though it can.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

use super::StoreError;
use super::fault::FaultKind;
use crate::deposit::{DepositCounts, Health, NotKept};

/// What writer, mixer and pulse of an instance know, put together.
#[derive(Debug, Default)]
pub(super) struct InstanceCondition {
    state: Mutex<State>,
    /// Notified when the pulse should look at once whether the letterbox is still registered.
    attention: Notify,
}

#[derive(Debug, Default)]
struct State {
    refusing: Option<Refusing>,
    /// Whether another server is about to take what is sent with codes.
    handing_over: bool,
    letterbox: Option<&'static str>,
    look: Option<String>,
    codes: Stretch,
    lease: Stretch,
    mixing: Option<Failing>,
    last_good: Option<Instant>,
    figures: DepositCounts,
}

/// Why an instance takes no more sheets, until it is started anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusing {
    /// Another server has gone on under its letterbox's name.
    Displaced,
    /// It is ending.
    Ending,
    /// The main database names another public key of a round than it did before.
    OtherSeal,
}

/// What failed since it last went well: each cause is logged once, however often requests meet it and whatever else comes between.
#[derive(Debug, Default)]
struct Stretch(BTreeSet<String>);

impl Stretch {
    /// Whether a cause has not been met before.
    fn fails(&mut self, cause: &StoreError) -> bool {
        self.0.insert(cause.to_string())
    }

    /// Whether something had failed.
    fn ends(&mut self) -> bool {
        !std::mem::take(&mut self.0).is_empty()
    }
}

#[derive(Debug)]
struct Failing {
    since: Instant,
    why: String,
}

impl InstanceCondition {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How the last attempt to write the letterbox ended; logged when that changes.
    pub(super) fn letterbox(&self, failed: Option<&StoreError>) {
        let why = failed.map(StoreError::of_the_letterbox);
        let before = std::mem::replace(&mut self.state().letterbox, why);
        match failed {
            Some(error) if before != why => tracing::error!(%error, "sheets cannot be kept; their senders are told so and can send again"),
            None if before.is_some() => tracing::info!("the letterbox is written again"),
            _ => {}
        }
    }

    /// How the last look into the main database before a commit ended; logged when that changes.
    pub(super) fn looked(&self, failed: Option<&StoreError>) {
        let why = failed.map(ToString::to_string);
        let before = std::mem::replace(&mut self.state().look, why.clone());
        match failed {
            Some(error) if before != why => tracing::error!(%error, "sheets cannot be taken; their senders are told so and can send again"),
            None if before.is_some() => tracing::info!("sheets are taken again"),
            _ => {}
        }
    }

    /// How the last look-up of a code ended; logged when that changes.
    pub(super) fn looked_up_code(&self, failed: Option<&StoreError>) {
        match failed {
            Some(error) if self.state().codes.fails(error) => {
                tracing::error!(%error, "codes cannot be looked up; their senders are asked to send again");
            }
            None if self.state().codes.ends() => tracing::info!("codes are looked up again"),
            _ => {}
        }
    }

    /// How the last attempt to take the lease for codes ended; logged when that changes.
    pub(super) fn asked_for_lease(&self, failed: Option<&StoreError>) {
        match failed {
            Some(error) if self.state().lease.fails(error) => {
                tracing::error!(%error, "what is sent with codes cannot be taken; its senders are asked to send again");
            }
            None if self.state().lease.ends() => tracing::info!("what is sent with codes is taken again"),
            _ => {}
        }
    }

    /// Nothing is taken from the next commit on.
    pub(super) fn refuse(&self, why: Refusing) {
        self.state().refusing = Some(why);
    }

    /// Nothing that comes with a code is taken from the next commit on, or again.
    pub(super) fn hand_over(&self, yes: bool) {
        self.state().handing_over = yes;
    }

    pub(super) fn is_handing_over(&self) -> bool {
        self.state().handing_over
    }

    pub(super) fn is_refusing(&self) -> bool {
        self.state().refusing.is_some()
    }

    /// Has the pulse look at once.
    pub(super) fn look_around(&self) {
        self.attention.notify_one();
    }

    pub(super) async fn attention(&self) {
        self.attention.notified().await;
    }

    /// Sheets were mixed that had not been counted before.
    pub(super) fn mixed(&self, sheets: usize) {
        let mut state = self.state();
        state.figures.mixed += u64::try_from(sheets).unwrap_or_default();
    }

    /// The mixer got through.
    pub(super) fn mixing_went_well(&self) {
        let mut state = self.state();
        state.last_good = Some(Instant::now());
        if let Some(failing) = state.mixing.take() {
            tracing::info!(seconds = failing.since.elapsed().as_secs(), "mixing goes on again");
        }
    }

    /// The mixer did not get through; logged once for each cause.
    pub(super) fn mixing_failed(&self, error: &StoreError) {
        let mut state = self.state();
        state.figures.failed += 1;
        let why = error.to_string();
        let since = state.mixing.as_ref().map_or_else(Instant::now, |failing| failing.since);
        if state.mixing.as_ref().is_none_or(|failing| failing.why != why) {
            tracing::error!(%error, "mixing does not go on; the sheets stay in the letterbox and it is tried again and again");
        }
        state.mixing = Some(Failing { since, why });
    }

    /// How many rows of the letterbox are set aside.
    pub(super) fn set_aside(&self, rows: i64) {
        self.state().figures.set_aside = u64::try_from(rows).unwrap_or_default();
    }

    pub(super) fn figures(&self) -> DepositCounts {
        let state = self.state();
        DepositCounts { since_good: state.last_good.map(|good| good.elapsed()), ..state.figures }
    }

    /// Whether sheets can be kept as far as the letterbox goes, and what is wrong although they can. It is public: no cause is named that
    /// says more than what somebody has to look at.
    pub(super) fn health(&self) -> Health {
        let state = self.state();
        let cannot_keep = match state.refusing {
            Some(Refusing::Displaced) => {
                Some("a copy of this server's letterbox was started elsewhere; stop one of the two and start this server anew")
            }
            Some(Refusing::Ending) => Some("the server is ending"),
            Some(Refusing::OtherSeal) => Some(
                "the main database names another public key of a round than it did before; find out why before this server is started anew",
            ),
            None => state.letterbox,
        };
        let mut degraded = Vec::new();
        if let Some(failing) = &state.mixing {
            degraded
                .push(format!("sheets are kept, but mixing fails since {} s; the log has the cause", failing.since.elapsed().as_secs()));
        }
        if state.figures.set_aside > 0 {
            degraded.push(format!("{} rows of the letterbox cannot be read and are set aside", state.figures.set_aside));
        }
        Health { cannot_keep: cannot_keep.map(str::to_owned), degraded }
    }
}

impl StoreError {
    /// What became of sheets whose commit failed so: where SQLite says that there was no room or no turn, nothing was written.
    pub(super) fn not_kept(&self) -> NotKept {
        match self.letterbox_kind() {
            Some(FaultKind::Full | FaultKind::Busy) | None => NotKept::Surely,
            Some(_) => NotKept::Perhaps,
        }
    }

    fn of_the_letterbox(&self) -> &'static str {
        match self.letterbox_kind() {
            Some(FaultKind::Full) => "the letterbox cannot be written: its disk is full",
            Some(FaultKind::InputOutput) => "the letterbox cannot be written: its disk fails",
            Some(FaultKind::Damaged) => "the letterbox is damaged; start the server anew",
            Some(FaultKind::Busy) => "the letterbox is held by another program",
            _ => "the letterbox does not answer",
        }
    }

    fn letterbox_kind(&self) -> Option<FaultKind> {
        if matches!(self, Self::Sqlite(_)) { self.kind() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_of_a_stretch_of_failing_is_told_once() {
        let (mut stretch, [away, late]) = (Stretch::default(), ["away", "late"].map(StoreError::trouble));
        assert!(!stretch.ends(), "nothing has failed yet");
        assert_eq!([&away, &away, &late, &away, &late].map(|cause| stretch.fails(cause)), [true, false, true, false, false]);
        assert!(stretch.ends() && !stretch.ends());
        assert!(stretch.fails(&away), "a new stretch");
    }
}
