//! What must hold after every step, and at the end.

use super::content::State;
use super::keys::{Keys, ROUNDS};
use super::world::{Place, World};

impl World {
    /// Says which promise is broken, where one is.
    pub(super) fn broken_promise(&self) -> Option<String> {
        let (main, synced) = (self.main.seen(), self.main.synced());
        if let Some(broke) = self.broke {
            return Some(broke.to_owned());
        }
        if !main.doubled.is_empty() {
            return Some(format!("counted twice: {:?}", main.doubled));
        }
        if !main.counted().within(self.sent) {
            return Some(format!("never sent: {:?}", main.counted() - self.sent));
        }
        if main.mixed != main.open_sheets {
            return Some("a hash without its sheet, or a sheet without its hash".to_owned());
        }
        let on_a_disk = self.places.iter().fold(synced.counted(), |keys, place| keys | place.file.synced().all());
        if !self.acknowledged.within(on_a_disk) {
            return Some(format!("thanked for, and on no disk: {:?}", self.acknowledged - on_a_disk));
        }
        let lost = (self.acknowledged & main.keys_in(State::Closed)) - main.responses;
        let lost = lost.iter().map(Keys::one).filter(|key| !self.is_accounted_for(*key)).fold(Keys::NONE, |all, key| all | key);
        (!lost.is_empty()).then(|| format!("thanked for, not counted, and no record of it: {lost:?}"))
    }

    /// Whether the record of its round says why a sheet was not counted: its letterbox was given up, or it is among those that were set aside.
    fn is_accounted_for(&self, key: Keys) -> bool {
        let main = self.main.seen();
        let says = |place: &Place, round: usize| {
            let letterbox = place.file.seen();
            let unreadable = letterbox.unreadable & Keys::of(round);
            let number = main.set_aside.get(&(round, letterbox.name));
            key.within(unreadable) && number.is_some_and(|number| *number >= unreadable.len())
        };
        key.within(self.given_up)
            || (0..ROUNDS).filter(|round| key.within(Keys::of(*round))).any(|round| self.places.iter().any(|place| says(place, round)))
    }
}
