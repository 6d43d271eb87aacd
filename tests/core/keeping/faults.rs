//! What happens to files, processes and machines.

use super::content::Letterbox;
use super::disk::Disk;
use super::keys::Keys;
use super::steps::At;
use super::world::{Mixer, Place, Process, Stage, World, Writer};

/// Letterboxes at most, copies and all.
const LETTERBOXES: usize = 4;

impl World {
    pub(super) fn kill(&mut self, at: At) {
        let Some(Place { file, process }) = self.places.get_mut(at) else { return };
        let Some(process) = process.take() else { return };
        self.figures.crashes += 1;
        if let Writer::Written { new, .. } = process.writer {
            let mut after = file.seen().clone();
            after.waiting = after.waiting | new;
            file.kill(after);
        }
    }

    pub(super) fn power_cut(&mut self, at: At, lucky: bool) {
        self.kill(at);
        if let Some(place) = self.places.get_mut(at) {
            if lucky {
                place.file.reach();
            }
            place.file.cut();
        }
    }

    pub(super) fn main_power_cut(&mut self) {
        self.figures.crashes += 1;
        self.main.cut();
        for process in self.places.iter_mut().filter_map(|place| place.process.as_mut()) {
            (process.mixer, process.broken, process.overlay) = (Mixer::Idle, false, Keys::NONE);
        }
    }

    pub(super) fn copy(&mut self, at: At, lives_on: bool) {
        let Some(place) = self.places.get(at).filter(|_| self.places.len() < LETTERBOXES) else { return };
        // An instance that cannot renew its row just now has not taken anything that only it has since it last could, or it lives to do so.
        let can_beat = |process: &Process| process.stage == Stage::Running && !process.doubts_main && !process.doubts_letterbox;
        let can_beat = |process: &Process| can_beat(process) && process.writer == Writer::Idle && !process.broken && self.is_registered(at);
        if place.process.as_ref().is_some_and(|process| lives_on && !can_beat(process)) {
            return;
        }
        let copy = Place { file: Disk::new(place.file.seen().clone()), process: None };
        self.places.push(copy);
        self.figures.copies += 1;
        if lives_on {
            // Ends what may be under way, then the file, then the row.
            (0..3).for_each(|_| self.beat(at));
        }
    }

    pub(super) fn spoil(&mut self, at: At, key: Keys) {
        let Some(place) = self.places.get_mut(at) else { return };
        let spoiled = |letterbox: &mut Letterbox| {
            letterbox.unreadable = letterbox.unreadable | (letterbox.waiting & key);
            letterbox.waiting = letterbox.waiting - key;
        };
        place.file.happens(spoiled);
    }
}
