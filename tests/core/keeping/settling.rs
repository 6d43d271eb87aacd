//! The end of every run: no more faults, everything is closed without excuses, and every letterbox's instance starts once more.

use super::content::State;
use super::keys::{Keys, ROUNDS};
use super::steps::{At, Fate, Step};
use super::world::World;

/// Turns after which an instance that meets no fault must have got through.
const TURNS: usize = 12;

impl World {
    /// Brings everything to its end and says what is wrong with it.
    pub(super) fn settle(&mut self) -> Option<String> {
        (0..ROUNDS).for_each(|round| self.step(Step::Mark(round)));
        self.turns();
        if let Some(at) = (0..self.places.len()).find(|at| self.stands_still(*at)) {
            return Some(format!("the instance of letterbox {at} meets no fault any more and does not get through"));
        }
        for at in 0..self.places.len() {
            self.restart(at);
        }
        self.turns();
        for round in 0..ROUNDS {
            if let Err(missing) = self.finish(round, false) {
                return Some(format!("closing round {round} waits for {missing:?}"));
            }
        }
        for at in 0..self.places.len() {
            self.step(Step::Kill(at));
            self.restart(at);
        }
        self.turns();
        self.broken_promise()
    }

    fn turns(&mut self) {
        let places = self.places.len();
        for at in (0..TURNS).flat_map(|_| 0..places) {
            self.turn(at);
        }
    }

    /// What an instance does of its own accord, without a fault.
    fn turn(&mut self, at: At) {
        let (good, look) = (Fate::Good, Step::Look(at));
        let writer = [look, Step::Put(at), Step::Sync(at, good), Step::Answer(at)];
        let mixer = [Step::Ripe(at), Step::Mix(at, good), Step::ReadBack(at), Step::TakeOut(at, good)];
        let rest = [Step::Report(at, 0), Step::Report(at, 1), Step::Enter(at), Step::Register(at), Step::Beat(at)];
        // First what is under way, in whatever state it is.
        for step in writer.into_iter().skip(1).chain(mixer.into_iter().skip(1)).chain(writer).chain(mixer).chain(rest) {
            self.step(step);
        }
    }

    fn stands_still(&self, at: At) -> bool {
        let closing = self.main.seen().keys_in(State::Closing);
        self.process(at).is_some() && self.letterbox(at).waiting & closing != Keys::NONE
    }
}
