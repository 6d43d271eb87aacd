//! Who asks, as a round file says it.

use super::{Given, logo};
use crate::fault::{Faults, Wrong, short};
use crate::import::site;
use crate::organiser::{Bilingual, Organiser};
use crate::printed::line;
use crate::unit::is_code;

/// Longest name in characters.
const NAME_MOST: usize = 200;
/// Longest decision in characters: its number, its day and its whole title.
const DECISION_MOST: usize = 400;
/// Most lines of a contact, and longest one in characters: they stand on every slip.
const CONTACT_MOST: (usize, usize) = (4, 120);

/// A text in Vietnamese and in English.
pub type GivenTexts = [Given<String>; 2];

/// Who asks, as it was described; nothing of it is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organises {
    /// The agency that asks.
    pub name: GivenTexts,
    /// The authority above it.
    pub province: Option<GivenTexts>,
    /// The decision by which it asks.
    pub decision: Option<GivenTexts>,
    /// How it is reached.
    pub contact: Vec<Given<String>>,
    /// Codes of blocks with their names.
    pub blocks: Vec<(Given<String>, GivenTexts)>,
    /// Where people reach the service.
    pub public_url: Option<Given<String>>,
    /// The bytes of its emblem, or why they cannot be read.
    pub logo: Option<Given<Result<Vec<u8>, Wrong>>>,
}

impl Organises {
    /// Who asks, with every fault of what was described.
    pub(super) fn read(&self, faults: &mut Faults) -> Organiser {
        let Self { name, province, decision, contact, blocks, public_url, logo } = self;
        if let Some(beyond) = contact.get(CONTACT_MOST.0) {
            faults.add(beyond.fault(Wrong::ManyLines { most: CONTACT_MOST.0 }));
        }
        Organiser {
            name: texts(name, NAME_MOST, faults),
            province: province.as_ref().map(|province| texts(province, NAME_MOST, faults)),
            decision: decision.as_ref().map(|decision| texts(decision, DECISION_MOST, faults)),
            contact: contact.iter().take(CONTACT_MOST.0).map(|given| text(given, CONTACT_MOST.1, faults)).collect(),
            blocks: blocks.iter().map(|(code, name)| (block(code, faults), texts(name, NAME_MOST, faults))).collect(),
            public_url: public_url.as_ref().and_then(|given| found(given, site::read(&given.value), faults)),
            logo: logo.as_ref().and_then(|given| found(given, logo::read(&given.value), faults)),
        }
    }
}

fn texts([vi, en]: &GivenTexts, most: usize, faults: &mut Faults) -> Bilingual {
    Bilingual { vi: text(vi, most, faults), en: text(en, most, faults) }
}

/// One line of words.
fn text(given: &Given<String>, most: usize, faults: &mut Faults) -> String {
    found(given, line(&given.value, most).map_err(|_| Wrong::OneLine { most }), faults).unwrap_or_default()
}

fn block(code: &Given<String>, faults: &mut Faults) -> String {
    if !is_code(&code.value) {
        faults.add(code.fault(Wrong::NoBlock { given: short(&code.value) }));
    }
    code.value.clone()
}

/// What was read, or a fault of it.
fn found<G, T>(given: &Given<G>, read: Result<T, Wrong>, faults: &mut Faults) -> Option<T> {
    read.map_err(|what| faults.add(given.fault(what))).ok()
}
