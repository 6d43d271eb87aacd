//! The mixer: from the letterbox to the open sheets, and the report that nothing is left.

use super::content::{Main, State};
use super::keys::{Keys, ROUNDS};
use super::steps::{At, Fate};
use super::world::{Mixer, World, Writer};

/// Fewest sheets of one cell that move together while a round is open: 20 in the program.
pub(super) const LEAST: u32 = 3;

impl World {
    /// Reads ripe cells: closing rounds first, and of these all there is.
    pub(super) fn ripe(&mut self, at: At) {
        let Some(process) = self.process(at) else { return };
        if process.mixer != Mixer::Idle || process.writer != Writer::Idle {
            return;
        }
        let (waiting, rounds) = (self.letterbox(at).waiting, self.main.seen().rounds);
        let batches = [(State::Closing, 1), (State::Open, LEAST)].into_iter().flat_map(|(state, least)| {
            let rounds = (0..ROUNDS).filter(move |round| rounds[*round] == state);
            rounds.map(move |round| Mixer::Ripe { round, keys: cells_with(waiting & Keys::of(round), round, least), least })
        });
        let ripe = batches.into_iter().find(|batch| !matches!(batch, Mixer::Ripe { keys: Keys::NONE, .. }));
        if let Some(batch) = ripe {
            self.running(at, |_, process| process.mixer = batch);
        }
    }

    /// Puts into the main database what was not counted before, in one transaction.
    pub(super) fn mix(&mut self, at: At, fate: Fate) {
        let Some(process) = self.process(at).filter(|process| !process.doubts_main) else { return };
        let Mixer::Ripe { round, keys, least } = process.mixer else { return };
        let main = self.main.seen();
        let counted = keys & (main.mixed | process.overlay);
        // What was counted before hides nobody, so it is no part of a batch.
        let fresh = cells_with(keys - counted, round, least);
        let committed = Mixer::Committed { keys: counted | fresh };
        let (state, broken) = (main.rounds[round], process.broken);
        let fails = !self.rules.closes_failed_connections;
        if state == State::Closed {
            self.running(at, |_, process| process.mixer = Mixer::Idle);
        } else if fresh.is_empty() {
            self.running(at, |_, process| process.mixer = committed);
        } else if broken {
            self.running(at, |_, process| (process.mixer, process.overlay) = (committed, process.overlay | fresh));
        } else {
            if state == State::Open && least < LEAST {
                self.broke = Some("a small batch moved while the round was open");
            }
            self.running(at, |_, process| {
                process.mixer = if fate == Fate::Good { committed } else { Mixer::Idle };
                process.broken = fate == Fate::Refused && fails;
            });
            self.commit_batch(at, fresh, fate);
        }
    }

    fn commit_batch(&mut self, at: At, fresh: Keys, fate: Fate) {
        let mut after: Main = self.main.seen().clone();
        after.doubled = after.doubled | (after.counted() & fresh);
        after.mixed = after.mixed | fresh;
        after.open_sheets = after.open_sheets | fresh;
        match fate {
            Fate::Good | Fate::Unanswered => {
                self.figures.mixed += u64::from(fresh.len());
                self.main.commit(after);
            }
            Fate::Refused => {}
            Fate::Unsynced => {
                self.main.fail(after);
                let doubts = self.rules.empties_the_main_log;
                self.running(at, |_, process| (process.doubts_main, process.overlay) = (doubts, Keys::NONE));
                // All its connections are closed and opened anew.
                self.open_main_but(at);
            }
        }
    }

    /// Asks another connection which hashes are there.
    pub(super) fn read_back(&mut self, at: At) {
        let Some(Mixer::Committed { keys }) = self.process(at).map(|process| process.mixer) else { return };
        let found = if self.rules.reads_back { keys & self.main.seen().mixed } else { keys };
        let closes = self.rules.closes_failed_connections;
        self.running(at, |_, process| {
            process.mixer = if found.is_empty() { Mixer::Idle } else { Mixer::Found { keys: found } };
            if found != keys && closes {
                (process.broken, process.overlay) = (false, Keys::NONE);
            }
        });
    }

    /// Whether what an instance writes now is lost, because its connection is broken. Whoever reads it back sees that, and closes it.
    pub(super) fn is_lost(&mut self, at: At) -> bool {
        let lost = self.process(at).is_some_and(|process| process.broken);
        if self.rules.reads_back && self.rules.closes_failed_connections {
            self.running(at, |_, process| (process.broken, process.overlay) = (false, Keys::NONE));
        }
        lost
    }

    /// Takes out of the letterbox what was found.
    pub(super) fn take_out(&mut self, at: At, fate: Fate) {
        let empties = self.rules.empties_the_letterbox_log;
        self.running(at, |file, process| {
            let Mixer::Found { keys } = process.mixer else { return };
            if process.writer != Writer::Idle || process.doubts_main || process.doubts_letterbox {
                return;
            }
            let mut after = file.seen().clone();
            after.waiting = after.waiting - keys;
            process.mixer = Mixer::Idle;
            match fate {
                Fate::Good | Fate::Unanswered => file.commit(after),
                Fate::Refused => {}
                Fate::Unsynced => {
                    file.fail(after);
                    file.open();
                    process.doubts_letterbox = empties;
                }
            }
        });
    }

    /// Reports between two commits that nothing that can be read is left of a closing round, and how much cannot be.
    pub(super) fn report(&mut self, at: At, round: usize) {
        let Some(process) = self.process(at) else { return };
        let busy = process.writer != Writer::Idle || process.mixer != Mixer::Idle || process.doubts_main || process.doubts_letterbox;
        let left = self.letterbox(at).waiting & Keys::of(round);
        if busy || !left.is_empty() || self.main.seen().rounds[round] != State::Closing || self.is_lost(at) {
            return;
        }
        if self.rules.reports_under_its_nonce && !self.is_registered(at) {
            return;
        }
        let letterbox = self.letterbox(at);
        let report = ((round, letterbox.name), (letterbox.unreadable & Keys::of(round)).len());
        self.main.change(|main| _ = main.reports.insert(report.0, report.1));
    }
}

/// Those of some keys of a round that are in cells with at least so many.
fn cells_with(keys: Keys, round: usize, least: u32) -> Keys {
    let cells = Keys::cells_of(round).into_iter().map(|cell| cell & keys);
    cells.filter(|cell| cell.len() >= least).fold(Keys::NONE, |all, cell| all | cell)
}
