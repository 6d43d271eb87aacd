//! What is in the two kinds of files, and what must hold of it.

use std::collections::{BTreeMap, BTreeSet};

use super::keys::{Keys, ROUNDS};

/// What a letterbox calls itself in the main database.
pub(super) type Name = u16;

/// A number that is drawn once and never again.
pub(super) type Nonce = u32;

/// A letterbox file.
#[derive(Debug, Clone)]
pub(super) struct Letterbox {
    pub(super) name: Name,
    /// The last nonce, which is on its way to the register or there.
    pub(super) nonce: Option<Nonce>,
    /// The one that was in the register when the last was drawn.
    pub(super) before: Option<Nonce>,
    /// Sheets that wait.
    pub(super) waiting: Keys,
    /// Rows that cannot be read: they are set aside.
    pub(super) unreadable: Keys,
}

impl Letterbox {
    pub(super) fn new(name: Name) -> Self {
        Self { name, nonce: None, before: None, waiting: Keys::NONE, unreadable: Keys::NONE }
    }

    pub(super) fn all(&self) -> Keys {
        self.waiting | self.unreadable
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Closing,
    Closed,
}

/// A row of the register of instances.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) nonce: Nonce,
    /// How often it was renewed.
    pub(super) beats: u32,
    /// Whether anything waited when it was.
    pub(super) waiting: bool,
}

/// The main database.
#[derive(Debug, Clone)]
pub(super) struct Main {
    pub(super) rounds: [State; ROUNDS],
    /// Hashes of keys that were counted in rounds that are not closed.
    pub(super) mixed: Keys,
    /// Their sheets.
    pub(super) open_sheets: Keys,
    /// Responses of closed rounds.
    pub(super) responses: Keys,
    /// Sheets that are there twice.
    pub(super) doubled: Keys,
    pub(super) register: BTreeMap<Name, Row>,
    /// Which instance reported which round's letterbox as empty, and how many rows it had set aside.
    pub(super) reports: BTreeMap<(usize, Name), u32>,
    /// Letterboxes that a round was closed without, by the operator's word. It is kept for good.
    pub(super) given_up: BTreeSet<(usize, Name)>,
    /// How many rows were set aside when a round was closed. It is kept for good.
    pub(super) set_aside: BTreeMap<(usize, Name), u32>,
}

impl Main {
    pub(super) fn new() -> Self {
        Self {
            rounds: [State::Open; ROUNDS],
            mixed: Keys::NONE,
            open_sheets: Keys::NONE,
            responses: Keys::NONE,
            doubled: Keys::NONE,
            register: BTreeMap::new(),
            reports: BTreeMap::new(),
            given_up: BTreeSet::new(),
            set_aside: BTreeMap::new(),
        }
    }

    /// The keys of all rounds in a state.
    pub(super) fn keys_in(&self, state: State) -> Keys {
        (0..ROUNDS).filter(|round| self.rounds[*round] == state).fold(Keys::NONE, |keys, round| keys | Keys::of(round))
    }

    /// Everything that is counted or will be.
    pub(super) fn counted(&self) -> Keys {
        self.open_sheets | self.responses
    }

    /// Names that a closing round waits for.
    pub(super) fn missing(&self, round: usize) -> Vec<Name> {
        self.register.keys().copied().filter(|name| !self.reports.contains_key(&(round, *name))).collect()
    }
}
