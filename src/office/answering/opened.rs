//! A code with what it opens.

use crate::deposit::{AcceptedSheet, Participation};
use crate::directory::{Form, OpenedRound};
use crate::keys::Pepper;
use crate::round::RoundState;
use crate::store::codes::{CodeHash, IssuedCode};
use crate::survey::code::Code;
use crate::survey::mode::Mode;
use crate::survey::sheet::AnswerSheet;
use crate::unit::Registered;

/// A code with what it opens.
#[derive(Debug)]
pub struct Opened<'a> {
    /// The round that it was issued in.
    pub round: &'a OpenedRound,
    /// The questionnaire that it opens.
    pub form: &'a Form,
    /// The code that was typed.
    pub code: Code,
    issued: IssuedCode,
    hash: CodeHash,
    pepper: &'a Pepper,
}

impl<'a> Opened<'a> {
    /// What a code of a round opens; none where the round asks its questionnaire no more.
    pub(super) fn new(round: &'a OpenedRound, pepper: &'a Pepper, (code, hash): (Code, CodeHash), issued: IssuedCode) -> Option<Self> {
        let form = round.questionnaires.iter().find(|form| form.id == issued.questionnaire)?;
        Some(Self { round, form, code, issued, hash, pepper })
    }

    /// Respondent group; empty for citizens.
    #[must_use]
    pub fn group(&self) -> &str {
        &self.issued.group
    }

    /// The units that it may answer about, in the order in which they are shown.
    #[must_use]
    pub fn units(&self) -> Vec<&'a Registered> {
        self.issued.scope.iter().filter_map(|row| self.form.units.iter().find(|unit| unit.id == *row)).collect()
    }

    /// What a device may call the draft of what is answered with it.
    #[must_use]
    pub fn draft_name(&self) -> String {
        self.pepper.draft_name(&self.code)
    }

    /// Its sheet about a unit; none about one that it is not for.
    pub(super) fn sheet(&self, unit: i32, mode: Mode, sheet: &AnswerSheet) -> Option<AcceptedSheet> {
        let key = self.pepper.sheet_key(&self.code, unit);
        self.issued.scope.contains(&unit).then(|| self.form.sheet((unit, self.group()), mode, key, sheet))
    }

    /// That it was used.
    pub(super) fn participation(&self) -> Participation {
        self.pepper.participation(self.hash, &self.issued)
    }
}

/// Whether a code says that it is for a round, and that is open.
pub(super) fn takes(round: &OpenedRound, code: &Code) -> bool {
    round.round.state == RoundState::Open && code.is_for(round.round.id)
}
