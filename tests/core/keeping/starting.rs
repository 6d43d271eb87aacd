//! How a letterbox gets and keeps its row in the register, so that closing waits for it.

use super::content::{Letterbox, Row, State};
use super::keys::Keys;
use super::steps::At;
use super::world::{Mixer, Place, Process, Stage, World, Writer};

impl World {
    /// Opens the letterbox, which nobody else has, and looks at its row.
    pub(super) fn start(&mut self, at: At, moved: bool) {
        if self.places.get(at).is_none_or(|place| place.process.is_some()) {
            return;
        }
        self.open_main();
        let row = self.main.seen().register.get(&self.letterbox(at).name).copied();
        let rounds_at_start = self.main.seen().rounds;
        let Some(Place { file, process }) = self.places.get_mut(at) else { return };
        file.open();
        if self.rules.empties_the_logs_at_the_start {
            file.checkpoint();
        }
        *process = Some(Process {
            stage: Stage::Waiting { row, moved },
            queue: Keys::NONE,
            writer: Writer::Idle,
            mixer: Mixer::Idle,
            broken: false,
            overlay: Keys::NONE,
            doubts_main: false,
            doubts_letterbox: false,
            unanswered: false,
            rounds_at_start,
        });
    }

    /// Looks again: a row that was renewed meanwhile belongs to somebody who runs. One that is under neither of the file's nonces is
    /// another's, and the letterbox gets a name of its own. The new nonce goes into the file before it goes into the register.
    pub(super) fn enter(&mut self, at: At) {
        let Some(Stage::Waiting { row, moved }) = self.stage(at) else { return };
        let now = self.main.seen().register.get(&self.letterbox(at).name).copied();
        if now != row && !moved {
            self.figures.refused_starts += 1;
            self.places[at].process = None;
            return;
        }
        self.name(at, now);
    }

    /// Writes name and nonce into the file. `row` is what the register has under its name.
    fn name(&mut self, at: At, row: Option<Row>) {
        let nonce = Some(self.draw());
        let letterbox = self.letterbox(at);
        let mut after = Letterbox { nonce, before: row.map(|row| row.nonce), ..letterbox.clone() };
        if row.is_some_and(|row| ![letterbox.nonce, letterbox.before].contains(&Some(row.nonce))) {
            (after.name, after.before) = (self.new_name(), None);
        } else if !self.rules.remembers_what_the_register_has {
            after.before = letterbox.nonce;
        }
        let instead_of = if after.before.is_none() { None } else { row.map(|row| row.nonce) };
        let place = &mut self.places[at];
        place.file.commit(after);
        if let Some(process) = &mut place.process {
            process.stage = Stage::Named { instead_of };
        }
    }

    /// Writes the row, where it is still the one that was looked at.
    pub(super) fn register(&mut self, at: At) {
        let Some(Stage::Named { instead_of }) = self.stage(at) else { return };
        let (name, nonce) = (self.letterbox(at).name, self.letterbox(at).nonce.unwrap_or_default());
        let row = self.main.seen().register.get(&name).copied();
        if self.rules.takes_only_what_it_saw && row.map(|row| row.nonce) != instead_of {
            self.figures.refused_starts += 1;
            self.places[at].process = None;
            return;
        }
        let waiting = !self.letterbox(at).all().is_empty();
        self.main.change(|main| _ = main.register.insert(name, Row { nonce, beats: 0, waiting }));
        if let Some(process) = &mut self.places[at].process {
            process.stage = Stage::Running;
        }
    }

    /// Renews the row, whether or not anything came. Before that, whatever was in doubt is copied and synced.
    pub(super) fn beat(&mut self, at: At) {
        let Some(process) = self.process(at) else { return };
        if process.writer != Writer::Idle {
            return;
        }
        if process.doubts_main || process.doubts_letterbox {
            return self.empty_logs(at);
        }
        if !self.is_registered(at) {
            return self.put_right(at);
        }
        if self.is_lost(at) {
            return;
        }
        let Letterbox { name, nonce: Some(nonce), before, .. } = *self.letterbox(at) else { return };
        let waiting = !self.letterbox(at).all().is_empty();
        if !self.rules.each_beat_draws_a_nonce {
            self.main.change(|main| {
                main.register.get_mut(&name).into_iter().for_each(|row| (row.beats, row.waiting) = (row.beats + 1, waiting));
            });
        } else if self.main.seen().register.get(&name).is_some_and(|row| Some(row.nonce) == before) {
            self.main.change(|main| _ = main.register.insert(name, Row { nonce, beats: 0, waiting }));
        } else {
            let next = Some(self.draw());
            self.places[at].file.change(|letterbox| (letterbox.nonce, letterbox.before) = (next, Some(nonce)));
        }
    }

    fn empty_logs(&mut self, at: At) {
        if self.process(at).is_some_and(|process| process.doubts_main) {
            self.main.checkpoint();
        }
        self.running(at, |file, process| {
            if process.doubts_letterbox {
                file.checkpoint();
            }
            (process.doubts_main, process.doubts_letterbox) = (false, false);
        });
    }

    /// An instance whose row is gone, or another's, takes no sheet: it begins again with its name, or with a new one.
    pub(super) fn put_right(&mut self, at: At) {
        if self.process(at).is_some_and(|process| process.writer == Writer::Idle && !process.doubts_main) {
            let row = self.main.seen().register.get(&self.letterbox(at).name).copied();
            self.running(at, |_, process| process.mixer = Mixer::Idle);
            self.name(at, row);
        }
    }

    /// Stops taking sheets, and where nothing waits takes the row out, so that no close waits for it.
    pub(super) fn stop(&mut self, at: At) {
        let Some(process) = self.process(at) else { return };
        if process.writer != Writer::Idle || process.mixer != Mixer::Idle {
            return;
        }
        let Letterbox { name, .. } = *self.letterbox(at);
        let closed = self.main.seen().keys_in(State::Closed);
        let empty = (self.letterbox(at).all() - closed).is_empty() && !process.doubts_main && !process.doubts_letterbox;
        let own = self.is_registered(at) || !self.rules.stops_under_its_nonce;
        if empty && own && !process.broken {
            self.main.change(|main| _ = main.register.remove(&name));
        }
        self.places[at].process = None;
    }

    /// A process opens the main database.
    pub(super) fn open_main(&mut self) {
        self.open_main_but(usize::MAX);
        if self.rules.empties_the_logs_at_the_start {
            self.main.checkpoint();
        }
    }

    /// The main database is opened by somebody, or by this instance anew; where nobody else has it, what is behind the end of its log is found.
    pub(super) fn open_main_but(&mut self, at: At) {
        let others = self.places.iter().enumerate().any(|(place, there)| place != at && there.process.is_some());
        if !others {
            self.main.open();
        }
    }

    fn stage(&self, at: At) -> Option<Stage> {
        self.places.get(at)?.process.as_ref().map(|process| process.stage)
    }

    /// Starts an instance and lets it get as far as it can.
    pub(super) fn restart(&mut self, at: At) {
        for _ in 0..3 {
            self.start(at, false);
            self.enter(at);
            self.register(at);
        }
    }
}
