//! What a running server knows of rounds and units, read whole when something administrative changes and shared without locks.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use crate::deposit::{AcceptedSheet, MixingCell, SheetKey};
use crate::keys::Pepper;
use crate::keys::forms::{FormSecret, FormSubject};
use crate::round::Round;
use crate::seal::RoundSeal;
use crate::survey::Questionnaire;
use crate::survey::codebook::Codebook;
use crate::survey::mode::Mode;
use crate::survey::reading::Places;
use crate::survey::sheet::AnswerSheet;
use crate::unit::wording::Wording;
use crate::unit::{Registered, Unit, UnitCode};

pub use reading::read_round;
pub use secrets::require_key;
pub use shared::LiveDirectory;

mod reading;
mod secrets;
mod shared;

/// Rounds and units at one moment.
#[derive(Debug, Default)]
pub struct Directory {
    /// The revision of the database it was read at.
    pub revision: i64,
    /// Rounds that were opened, newest first.
    pub rounds: Vec<Arc<OpenedRound>>,
    /// Rounds that were made and not opened yet.
    pub drafts: Vec<Round>,
    /// Every unit that ever was, by code.
    pub register: BTreeMap<String, Unit>,
    wordings: OnceLock<HashMap<UnitCode, Vec<Wording>>>,
}

/// A round that was opened, with what it asks.
#[derive(Debug)]
pub struct OpenedRound {
    /// The round as it is stored.
    pub round: Round,
    /// Its questionnaires in order.
    pub questionnaires: Vec<Arc<Form>>,
    /// The seal of its answers, also of a closed round; none where it asks nothing, or was opened before there were seals.
    pub seal: Option<RoundSeal>,
    /// The secret of its codes, where it has any and the folder of keys holds it.
    pub pepper: Option<Pepper>,
    /// Whether it has codes that are not taken, because the folder of keys holds no key or another's.
    pub refuses_codes: bool,
    /// The secret that signs the keys of its forms, while it is open.
    pub secret: Option<FormSecret>,
}

/// A questionnaire of a round, with the units it asks about.
#[derive(Debug)]
pub struct Form {
    /// Row of the round's questionnaire.
    pub id: i32,
    /// The questionnaire as it was opened.
    pub questionnaire: Questionnaire,
    /// SHA-256 of the exact text of its definition.
    pub sha256: String,
    /// The layout of its packed sheets.
    pub codebook: Codebook,
    /// Where the answers of a posted sheet belong.
    pub places: Places,
    /// The units it asks about, in the order of the register.
    pub units: Vec<Registered>,
    by_code: HashMap<String, usize>,
}

impl Form {
    /// A unit it asks about.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<&Registered> {
        self.by_code.get(code).and_then(|place| self.units.get(*place))
    }

    /// Makes a sheet ready for the letterbox: packed, and with item codes beside what was written.
    #[must_use]
    pub fn sheet(&self, (unit, group): (i32, &str), mode: Mode, key: SheetKey, sheet: &AnswerSheet) -> AcceptedSheet {
        let code = |place: usize| self.questionnaire.items.get(place).map(|item| item.code.clone());
        let remarks = sheet.remarks().iter().filter_map(|remark| Some((code(remark.item)?, remark.words.clone()))).collect();
        let cell = MixingCell { questionnaire: self.id, unit, group: group.to_owned() };
        AcceptedSheet { key, cell, mode, answers: self.codebook.pack(sheet), remarks }
    }
}

impl OpenedRound {
    /// A questionnaire of the round.
    #[must_use]
    pub fn form(&self, code: &str) -> Option<&Arc<Form>> {
        self.questionnaires.iter().find(|form| form.questionnaire.id == code)
    }

    /// What the key of a form about a unit is signed for.
    #[must_use]
    pub fn about(&self, form: &Form, unit: &Registered) -> FormSubject {
        FormSubject { round: self.round.id, questionnaire: form.id, unit: unit.id }
    }
}

impl Directory {
    /// A round that was opened.
    #[must_use]
    pub fn round(&self, code: &str) -> Option<&Arc<OpenedRound>> {
        self.rounds.iter().find(|opened| opened.round.code == code)
    }

    /// A round that was made and not opened yet.
    #[must_use]
    pub fn draft(&self, code: &str) -> Option<&Round> {
        self.drafts.iter().find(|round| round.code == code)
    }

    /// Whether the answers of all rounds are made up, which pages that belong to no round then say. Of drafts there are none yet.
    #[must_use]
    pub fn all_synthetic(&self) -> bool {
        !self.rounds.is_empty() && self.rounds.iter().all(|opened| opened.round.synthetic)
    }

    /// What may be meant by the names of a unit, in both languages; written for the whole register when the first of them is looked for.
    #[must_use]
    pub fn wordings(&self, unit: &UnitCode) -> &[Wording] {
        let of = |unit: &Unit| [&unit.name_vi, &unit.name_en].into_iter().flat_map(|name| Wording::all(name)).collect();
        let all = || self.register.values().map(|unit| (unit.code.clone(), of(unit))).collect();
        self.wordings.get_or_init(all).get(unit).map_or(&[], Vec::as_slice)
    }

    /// Where the work of a unit went: along `merged_into` to the one that exists now.
    #[must_use]
    pub fn successor(&self, code: &str) -> Option<&Unit> {
        let mut unit = self.register.get(code)?;
        // No chain is longer than the register; a bound, should the register ever hold a circle.
        for _ in 0..self.register.len() {
            match unit.merged_into.as_ref().and_then(|next| self.register.get(next.as_str())) {
                Some(next) => unit = next,
                None => break,
            }
        }
        (unit.code.as_str() != code).then_some(unit)
    }
}
