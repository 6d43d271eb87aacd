//! What the operator does: closing, and forgetting an instance.

use super::content::{Main, Name, State};
use super::keys::{Keys, ROUNDS};
use super::steps::At;
use super::world::{Place, World, Writer};

impl World {
    /// Marks a round: from now on no commit that looks takes a sheet of it.
    pub(super) fn mark(&mut self, round: usize) {
        self.open_main();
        if self.main.seen().rounds[round] == State::Open {
            self.main.change(|main| main.rounds[round] = State::Closing);
            self.marked[round] = Some(self.now);
        }
    }

    /// Turns a closing round into a closed one; refuses while somebody has not reported, and says who.
    pub(super) fn finish(&mut self, round: usize, without: bool) -> Result<(), Vec<Name>> {
        self.open_main();
        let missing = self.main.seen().missing(round);
        if self.main.seen().rounds[round] != State::Closing {
            return Ok(());
        }
        if !missing.is_empty() && !without {
            return Err(missing);
        }
        self.figures.closings += 1;
        self.figures.given_up += u64::try_from(missing.len()).unwrap_or_default();
        let heard = |name: &Name| self.rules.records_whatever_was_last_heard || self.main.seen().register[name].waiting;
        let recorded: Vec<Name> = missing.iter().copied().filter(heard).collect();
        self.give_up(&recorded, Keys::of(round));
        let keeps_rows = self.rules.keeps_rows_of_the_excused;
        self.main.change(|main| close(main, round, &recorded, if keeps_rows { &[] } else { &missing }));
        Ok(())
    }

    /// Takes an instance out of the register by the operator's word.
    pub(super) fn forget(&mut self, at: At) {
        let Some(name) = self.places.get(at).map(|place| place.file.synced().name) else { return };
        self.open_main();
        if !self.main.seen().register.contains_key(&name) {
            return;
        }
        let records = self.rules.records_the_forgotten;
        if records {
            self.give_up(&[name], self.main.seen().keys_in(State::Open) | self.main.seen().keys_in(State::Closing));
        }
        self.main.change(|main| {
            main.register.remove(&name);
            let concerned: Vec<_> = (0..ROUNDS).filter(|round| records && main.rounds[*round] != State::Closed).collect();
            main.given_up.extend(concerned.into_iter().map(|round| (round, name)));
        });
    }
}

impl World {
    /// Whatever letterboxes of these names hold of these keys, or are about to hold, is given up with a record.
    fn give_up(&mut self, names: &[Name], keys: Keys) {
        for Place { file, process } in self.places.iter().filter(|place| names.contains(&place.file.seen().name)) {
            let under_way = match process.as_ref().map(|process| process.writer) {
                Some(Writer::Looked { new, .. } | Writer::Written { new, .. }) => new,
                _ => Keys::NONE,
            };
            self.given_up = self.given_up | ((file.seen().all() | file.synced().all() | under_way) & keys);
        }
    }
}

/// One transaction: all sheets of the round are rewritten as responses, and every table that knew more is dropped.
fn close(main: &mut Main, round: usize, recorded: &[Name], removed: &[Name]) {
    let sheets = main.open_sheets & Keys::of(round);
    main.rounds[round] = State::Closed;
    main.doubled = main.doubled | (main.responses & sheets);
    main.responses = main.responses | sheets;
    main.open_sheets = main.open_sheets - sheets;
    main.mixed = main.mixed - Keys::of(round);
    let reports = main.reports.extract_if(.., |(of, _), _| *of == round);
    main.set_aside.extend(reports);
    main.given_up.extend(recorded.iter().map(|name| (round, *name)));
    main.register.retain(|name, _| !removed.contains(name));
}
