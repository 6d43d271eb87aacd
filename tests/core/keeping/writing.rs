//! The writer: from the queue to the answers.

use super::content::State;
use super::keys::{Keys, ROUNDS};
use super::steps::{At, Fate};
use super::world::{Place, World, Writer};

impl World {
    pub(super) fn send(&mut self, at: At, key: Keys) {
        self.sent = self.sent | key;
        self.running(at, |_, process| process.queue = process.queue | key);
    }

    /// Who waits in the queue is withdrawn and told that nothing was kept; who is in a commit is told "maybe". Neither is thanked.
    pub(super) fn deadline(&mut self, at: At) {
        self.running(at, |_, process| {
            process.queue = Keys::NONE;
            process.unanswered = true;
        });
    }

    /// Which keys are of rounds that are open, as the writer knows it.
    fn open_to(&self, at: At) -> Keys {
        let rounds = match self.process(at) {
            Some(process) if !self.rules.looks_at_the_mark => process.rounds_at_start,
            _ => self.main.seen().rounds,
        };
        (0..ROUNDS).filter(|round| rounds[*round] == State::Open).fold(Keys::NONE, |keys, round| keys | Keys::of(round))
    }

    pub(super) fn look(&mut self, at: At) {
        let Some(process) = self.process(at) else { return };
        if process.writer != Writer::Idle || process.queue.is_empty() || process.doubts_letterbox {
            return;
        }
        if self.rules.looks_at_the_nonce && !self.is_registered(at) {
            // Nothing is taken before the letterbox has its row; those who wait are told so.
            self.running(at, |_, process| process.queue = Keys::NONE);
            return self.put_right(at);
        }
        let taken = process.queue & self.open_to(at);
        let known = taken & self.main.seen().mixed;
        let looked = Writer::Looked { new: taken - known, known, at: self.now };
        self.running(at, |_, process| (process.queue, process.writer, process.unanswered) = (Keys::NONE, looked, false));
    }

    pub(super) fn put(&mut self, at: At) {
        self.running(at, |_, process| {
            if let Writer::Looked { new, known, at } = process.writer {
                process.writer = Writer::Written { new, known, at };
            }
        });
    }

    pub(super) fn sync(&mut self, at: At, fate: Fate) {
        let empties = self.rules.empties_the_letterbox_log;
        self.running(at, |file, process| {
            let Writer::Written { new, known, at } = process.writer else { return };
            let mut after = file.seen().clone();
            after.waiting = after.waiting | (new - after.unreadable);
            // Where everything was there already, there is nothing to sync.
            let nothing = after.waiting == file.seen().waiting;
            process.writer = Writer::Idle;
            match fate {
                _ if nothing => process.writer = Writer::Kept { new, known, at },
                Fate::Good => {
                    file.commit(after);
                    process.writer = Writer::Kept { new, known, at };
                }
                Fate::Refused => {}
                Fate::Unanswered => file.commit(after),
                Fate::Unsynced => {
                    // The connection is closed and opened anew: the file is opened by somebody who finds nobody else there.
                    file.fail(after);
                    file.open();
                    process.doubts_letterbox = empties;
                }
            }
        });
    }

    pub(super) fn answer(&mut self, at: At) {
        let Some(Place { process: Some(process), .. }) = self.places.get_mut(at) else { return };
        let Writer::Kept { new, known, at: looked } = process.writer else { return };
        process.writer = Writer::Idle;
        if process.unanswered {
            return;
        }
        let late = (0..ROUNDS).any(|round| !(new & Keys::of(round)).is_empty() && self.marked[round].is_some_and(|marked| marked < looked));
        if late {
            self.broke = Some("a sheet was thanked for whose commit looked after the mark");
        }
        self.acknowledged = self.acknowledged | new | known;
        self.figures.acknowledged += u64::from((new | known).len());
    }
}
