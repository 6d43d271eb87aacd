//! Sealing: the generations of one run of a server, and sheets under their keys.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use super::StoreError;
use crate::deposit::{AcceptedSheet, MixingCell, Participation, SheetKey};
use crate::refusal::Refusal;
use crate::seal::{Binding, Contents, Generation, GenerationId, PublicKey, SealedRemark, decode_remarks, encode_remarks};
use crate::survey::mode::Mode;

/// In place of a generation: the row says that a code was used. It holds nothing that could be sealed.
pub(super) const PARTICIPATION: GenerationId = [0; 16];

/// A sheet as it waits in a letterbox, or that a code was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SealedSheet {
    pub(super) key: SheetKey,
    pub(super) cell: MixingCell,
    /// The generation whose key sealed it.
    pub(super) generation: GenerationId,
    pub(super) answers: Vec<u8>,
    /// As long as a short remark where nothing was written.
    pub(super) remarks: Vec<u8>,
}

impl SealedSheet {
    /// Says that a code was used.
    pub(super) fn participation(participation: &Participation) -> Self {
        let Participation { key, questionnaire, group } = participation;
        let cell = MixingCell { questionnaire: *questionnaire, unit: 0, group: group.clone() };
        Self { key: *key, cell, generation: PARTICIPATION, answers: Vec::new(), remarks: Vec::new() }
    }

    /// Seals a sheet of a round.
    pub(super) fn seal(sheet: AcceptedSheet, round: i32, generation: &Generation) -> Self {
        let AcceptedSheet { key, cell, mode, answers, remarks } = sheet;
        let about = about(round, &cell);
        let contents = Contents { mode: mode.number(), stratum: None, psu: None, answers };
        let answers = seal_contents(generation, &about, &contents);
        let remarks = seal_remarks(generation, &about, &remarks);
        Self { key, cell, generation: generation.id(), answers, remarks }
    }

    /// Opens it; none where it was sealed under another key or for another cell, or is damaged.
    pub(super) fn open(&self, round: i32, generation: &Generation) -> Option<AcceptedSheet> {
        let about = about(round, &self.cell);
        let Contents { mode, answers, .. } = open_contents(generation, &about, &self.answers)?;
        let remarks = open_remarks(generation, &about, &self.remarks)?;
        Some(AcceptedSheet { key: self.key, cell: self.cell.clone(), mode: Mode::from_number(mode)?, answers, remarks })
    }
}

/// The binding of a sheet of a cell.
pub(super) fn about(round: i32, cell: &MixingCell) -> Binding<'_> {
    Binding { round, questionnaire: cell.questionnaire, unit: cell.unit, group: &cell.group }
}

pub(super) fn seal_contents(generation: &Generation, about: &Binding<'_>, contents: &Contents) -> Vec<u8> {
    generation.seal(&about.sheet(), &contents.encode())
}

pub(super) fn open_contents(generation: &Generation, about: &Binding<'_>, sealed: &[u8]) -> Option<Contents> {
    Contents::decode(&generation.open(&about.sheet(), sealed)?)
}

pub(super) fn seal_remarks(generation: &Generation, about: &Binding<'_>, remarks: &[SealedRemark]) -> Vec<u8> {
    generation.seal(&about.remarks(), &encode_remarks(remarks))
}

pub(super) fn open_remarks(generation: &Generation, about: &Binding<'_>, sealed: &[u8]) -> Option<Vec<SealedRemark>> {
    decode_remarks(&generation.open(&about.remarks(), sealed)?)
}

/// Somebody may have put a key of his own in place of the round's.
pub(super) fn other_seal(public: &PublicKey) -> StoreError {
    Refusal::OtherSeal { fingerprint: public.fingerprint() }.into()
}

/// The generation under which this run seals the sheets of a round.
#[derive(Debug, Clone)]
pub(super) struct Live {
    /// The public key that its head is sealed to.
    pub(super) public: PublicKey,
    pub(super) generation: Arc<Generation>,
}

/// The live generations by round, known to those who put sheets into the letterbox and to those who take them out.
#[derive(Debug, Clone, Default)]
pub(super) struct Generations(Arc<RwLock<HashMap<i32, Live>>>);

impl Generations {
    /// That of a round; none before its first sheet.
    pub(super) fn of(&self, round: i32) -> Option<Live> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(&round).cloned()
    }

    pub(super) fn insert(&self, round: i32, live: Live) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(round, live);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::PrivateKey;

    fn sheet(group: &str, remarks: &[(&str, &str)]) -> AcceptedSheet {
        let cell = MixingCell { questionnaire: 1, unit: 2, group: group.to_owned() };
        let remarks = remarks.iter().map(|(item, words)| ((*item).to_owned(), (*words).to_owned())).collect();
        AcceptedSheet { key: SheetKey::random(), cell, mode: Mode::Desk, answers: vec![3; 40], remarks }
    }

    #[test]
    fn a_sheet_comes_back_from_its_generation_and_its_cell_only() {
        let public = PrivateKey::draw().public().unwrap();
        let [generation, other] = [0, 0].map(|_| Generation::draw(&public, 1).unwrap());
        let sheet = sheet("deputies", &[("F1", "Tốt")]);
        let sealed = SealedSheet::seal(sheet.clone(), 1, &generation);
        assert!(sealed.open(1, &generation) == Some(sheet));
        assert!(sealed.open(1, &other).is_none() && sealed.open(2, &generation).is_none());
        let moved = SealedSheet { cell: MixingCell { unit: 3, ..sealed.cell.clone() }, ..sealed };
        assert!(moved.open(1, &generation).is_none(), "nobody moves answers to another unit");
    }

    #[test]
    fn what_waits_is_as_long_whatever_was_answered_and_whether_or_not_something_was_written() {
        let generation = Generation::draw(&PrivateKey::draw().public().unwrap(), 1).unwrap();
        let lengths = |remarks: &[(&str, &str)]| {
            let sealed = SealedSheet::seal(sheet("", remarks), 1, &generation);
            (sealed.answers.len(), sealed.remarks.len())
        };
        assert_eq!(lengths(&[]), lengths(&[("F1", "Nhanh")]));
    }
}
