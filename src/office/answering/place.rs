//! From an address of a form to what is there: the form, or why there is none.

use jiff::Timestamp;

use crate::deposit::SheetKey;
use crate::directory::{Directory, Form, OpenedRound};
use crate::keys::forms::SignedKey;
use crate::round::{Round, RoundState};
use crate::unit::{Registered, Unit};

/// A form that takes sheets.
#[derive(Debug, Clone, Copy)]
pub struct TakingForm<'a> {
    /// The round that the address names.
    pub round: &'a OpenedRound,
    /// Its questionnaire.
    pub form: &'a Form,
    /// The unit that is asked about.
    pub unit: &'a Registered,
    /// Whether its window is open. Sheets of a form opened in time are taken until the round is closed.
    pub in_window: bool,
}

impl TakingForm<'_> {
    /// A key as it stands in the form; none where the round has just lost its secret to closing.
    #[must_use]
    pub fn sign(&self, key: SheetKey) -> Option<SignedKey> {
        Some(self.round.secret.as_ref()?.sign(self.round.about(self.form, self.unit), key))
    }

    /// The key that a form about this unit brings back; none where it was given out for another one, or by nobody.
    #[must_use]
    pub fn key(&self, signed: &str) -> Option<SheetKey> {
        self.round.secret.as_ref()?.verify(self.round.about(self.form, self.unit), signed)
    }
}

/// What is at an address of a form.
#[derive(Debug, Clone, Copy)]
pub enum FormPlace<'a> {
    /// A form that takes sheets; forms are shown only while its window is open.
    Ready(TakingForm<'a>),
    /// The round has not begun.
    NotYet(&'a Round),
    /// The round is still being prepared, although it should have begun.
    Prepared(&'a Round),
    /// The round is over; whether its results are public.
    Over(&'a OpenedRound, bool),
    /// The unit's work went to another.
    Merged(&'a OpenedRound, &'a Form, &'a Unit, &'a Unit),
    /// The questionnaire does not ask about such a unit.
    NoUnit(&'a OpenedRound, &'a Form),
    /// It can only be answered with a code.
    NeedsCode(&'a OpenedRound),
    /// The round asks no such questionnaire.
    NoForm(&'a OpenedRound),
    /// There is no such round among those there are.
    NoRound(&'a Directory),
}

/// Finds what is at `/{round}/{questionnaire}/{unit}` at a time.
#[must_use]
pub fn find<'a>(directory: &'a Directory, [round, questionnaire, unit, _]: [&str; 4], now: Timestamp) -> FormPlace<'a> {
    let Some(round) = directory.round(round) else { return unopened(directory, round, now) };
    let Some(form) = round.form(questionnaire) else { return FormPlace::NoForm(round) };
    if round.round.state != RoundState::Open {
        return FormPlace::Over(round, round.round.state == RoundState::Published);
    }
    if now < round.round.opens_at {
        return FormPlace::NotYet(&round.round);
    }
    if form.questionnaire.requires_code {
        return FormPlace::NeedsCode(round);
    }
    let is_merged = |unit: &Unit| unit.merged_into.is_some() && !unit.exists_on(round.round.day(now));
    if let Some(found) = form.unit(unit).filter(|found| !is_merged(&found.unit)) {
        return FormPlace::Ready(TakingForm { round, form, unit: found, in_window: now < round.round.closes_at });
    }
    match directory.register.get(unit) {
        Some(old) => match directory.successor(unit) {
            Some(successor) if form.unit(successor.code.as_str()).is_some() => FormPlace::Merged(round, form, old, successor),
            _ => FormPlace::NoUnit(round, form),
        },
        None => FormPlace::NoUnit(round, form),
    }
}

/// What is at every address of a round that was never opened. What it will ask, and about whom, may still change.
#[must_use]
pub fn unopened<'a>(directory: &'a Directory, round: &str, now: Timestamp) -> FormPlace<'a> {
    match directory.draft(round) {
        Some(draft) if now < draft.opens_at => FormPlace::NotYet(draft),
        Some(draft) => FormPlace::Prepared(draft),
        None => FormPlace::NoRound(directory),
    }
}

impl<'a> FormPlace<'a> {
    /// What is there for a sheet: a unit that has been merged since the round was opened still takes those of forms opened in time.
    #[must_use]
    pub fn for_sheet(self) -> Self {
        let kept = |round, form: &'a Form, old: &Unit| {
            let unit = form.unit(old.code.as_str())?;
            Some(Self::Ready(TakingForm { round, form, unit, in_window: false }))
        };
        match self {
            Self::Merged(round, form, old, _) => kept(round, form, old).unwrap_or(self),
            place => place,
        }
    }
}
