//! Codes and ids: well formed, each once, and found again by those who refer to them.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::definition::diagnostic::{Flaw, FoundFaults, Many, Thing, did_you_mean, shown};
use crate::definition::source::{At, Code};
use crate::unit::is_code;

/// The names of one kind of thing.
pub(crate) struct Names {
    thing: Thing,
    reserved: &'static [&'static str],
    places: BTreeMap<String, (usize, Range<usize>)>,
    count: usize,
    unclear: bool,
}

impl Names {
    /// No names yet of a kind of thing, and the names it cannot have.
    pub(crate) fn new(thing: Thing, reserved: &'static [&'static str]) -> Self {
        Self { thing, reserved, places: BTreeMap::new(), count: 0, unclear: false }
    }

    /// All names of a list.
    pub(crate) fn of<'c>(
        thing: Thing,
        reserved: &'static [&'static str],
        codes: impl IntoIterator<Item = &'c Code>,
        faults: &mut FoundFaults,
    ) -> Self {
        let mut names = Self::new(thing, reserved);
        codes.into_iter().for_each(|code| names.claim(code, faults));
        names
    }

    /// Takes a name for the next thing.
    pub(crate) fn claim(&mut self, code: &Code, faults: &mut FoundFaults) {
        let At { value: word, span } = &code.0;
        let (thing, given) = (self.thing, || shown(word));
        if !is_code(word) {
            faults.add(span, Flaw::BadCode { thing, given: given() });
        } else if self.reserved.contains(&word.as_str()) {
            faults.add(span, Flaw::ReservedCode { thing, given: given() });
        }
        if let Some((_, first)) = self.places.get(word) {
            faults.add(span, Flaw::CodeTwice { thing, given: given(), line: faults.line(first) });
        } else {
            self.places.insert(word.clone(), (self.count, span.clone()));
        }
        self.count += 1;
    }

    /// The place of the thing that a code names.
    pub(crate) fn place(&self, word: &str) -> Option<usize> {
        self.places.get(word).map(|(place, _)| *place)
    }

    /// Whether it is known what refers to the thing at a place: all references could be followed, and its name is its own.
    pub(crate) fn knows(&self, code: &Code, place: usize) -> bool {
        !self.unclear && self.place(&code.0.value) == Some(place)
    }

    /// The name that is most like a misspelt one.
    pub(crate) fn nearest(&self, word: &str, faults: &FoundFaults) -> Option<&str> {
        let known = self.places.keys().map(String::as_str);
        did_you_mean(word, known.filter(|_| !faults.is_full()))
    }

    /// The place of what a reference names. A misspelt one is read as what it was probably meant to be.
    pub(crate) fn resolve(&mut self, reference: &Code, faults: &mut FoundFaults) -> Option<usize> {
        let At { value: word, span } = &reference.0;
        if let Some(place) = self.place(word) {
            return Some(place);
        }
        let meant = self.nearest(word, faults);
        faults.add(span, Flaw::UnknownReference { thing: self.thing, given: shown(word), meant: meant.map(str::to_owned) });
        let place = meant.and_then(|meant| self.place(meant));
        self.unclear |= place.is_none();
        place
    }

    /// Notes that some reference could have been to any of them.
    pub(crate) fn unclear(&mut self) {
        self.unclear = true;
    }
}

/// Reports the first element of a list that is one too many.
pub(crate) fn limit(codes: &[&Code], most: usize, things: Many, faults: &mut FoundFaults) {
    if let Some(beyond) = codes.get(most) {
        faults.add(&beyond.0.span, Flaw::TooMany { count: codes.len(), things, most });
    }
}
