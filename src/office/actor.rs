//! Who acts, and what they may do. Whoever operates the command line has the database itself and may everything; an account of a later
//! browser will not. What changes something on this floor wants to be shown an [`Allowed`], and only [`Actor::may`] makes one.

use std::marker::PhantomData;

use jiff::Timestamp;

use super::scope::Scope;
use crate::refusal::{PersonText, Refusal};
use crate::store::audit::By;

/// Most characters of a name.
pub(super) const NAME_MOST: usize = 200;

/// Somebody who acts, under a name that is kept with everything that they change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    name: String,
    scope: Scope,
}

/// Something that somebody may do: a type for each, so that no right passes for another.
pub trait Right {}

/// Changing the register of units.
#[derive(Debug)]
pub enum Register {}

/// Creating a round.
#[derive(Debug)]
pub enum Create {}

/// Bringing sheets from files, and taking them out again.
#[derive(Debug)]
pub enum Import {}

/// Giving single sheets and remarks to named people.
#[derive(Debug)]
pub enum Export {}

/// Opening a draft.
#[derive(Debug)]
pub enum Open {}

/// Bringing a round that was open before there were seals under one.
#[derive(Debug)]
pub enum Seal {}

/// Trying the key of a round.
#[derive(Debug)]
pub enum TestKey {}

/// Saying that no copy of a key is left.
#[derive(Debug)]
pub enum BurnKey {}

/// Moving the end of a window.
#[derive(Debug)]
pub enum Extend {}

/// Issuing codes.
#[derive(Debug)]
pub enum Issue {}

/// Closing a round.
#[derive(Debug)]
pub enum Close {}

/// Taking a server out of the register.
#[derive(Debug)]
pub enum Forget {}

/// Counting with the key what nobody could count.
#[derive(Debug)]
pub enum Salvage {}

/// Entering scores, evidence and what a unit is.
#[derive(Debug)]
pub enum EnterScores {}

/// Going from step to step of scoring.
#[derive(Debug)]
pub enum MoveStep {}

/// Keeping targets and figures that a ranking is held against.
#[derive(Debug)]
pub enum KeepTargets {}

/// Taking steps of the schema back, with what is stored in their tables.
#[derive(Debug)]
pub enum Migrate {}

/// Publishing a round, and correcting what was published.
#[derive(Debug)]
pub enum Publish {}

impl Right for Register {}
impl Right for Create {}
impl Right for Import {}
impl Right for Export {}
impl Right for Open {}
impl Right for Seal {}
impl Right for TestKey {}
impl Right for BurnKey {}
impl Right for Extend {}
impl Right for Issue {}
impl Right for Close {}
impl Right for Forget {}
impl Right for Salvage {}
impl Right for EnterScores {}
impl Right for MoveStep {}
impl Right for KeepTargets {}
impl Right for Migrate {}
impl Right for Publish {}

/// That somebody may do something, at a moment, within a scope. Whatever changes something gets who does it only by saying what it
/// concerns, so that no change forgets to ask.
#[derive(Debug)]
pub struct Allowed<R: Right> {
    by: By,
    scope: Scope,
    right: PhantomData<R>,
}

impl Actor {
    /// Whoever operates the command line, under the name that they give.
    ///
    /// # Errors
    /// When that is no name: one line of 1 to 200 characters that are printed.
    pub fn operator(name: &str) -> Result<Self, Refusal> {
        Ok(Self { name: PersonText::Name.line(name, NAME_MOST)?, scope: Scope::ALL })
    }

    /// The same person, who may what they may in a scope only.
    #[must_use]
    pub fn within(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }

    /// Their name: one line of 1 to 200 characters.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// That they may do something. The one place in which this is said.
    #[must_use]
    pub fn may<R: Right>(&self, now: Timestamp) -> Allowed<R> {
        Allowed { by: By::new(&self.name, now), scope: self.scope.clone(), right: PhantomData }
    }
}

impl<R: Right> Allowed<R> {
    /// Who does it, and when, for what concerns all rounds.
    ///
    /// # Errors
    /// When the right is for some rounds or units only.
    pub fn everywhere(&self) -> Result<&By, Refusal> {
        self.scope.require_all().map(|()| &self.by)
    }

    /// Who does it, and when, for what concerns a whole round.
    ///
    /// # Errors
    /// When the right is for other rounds, or for some units only.
    pub fn in_round(&self, round: &str) -> Result<&By, Refusal> {
        self.scope.require_round(round).map(|()| &self.by)
    }

    /// Who does it, and when, for what concerns units of a round.
    ///
    /// # Errors
    /// When the right is for other rounds or units.
    pub fn for_units<'u>(&self, round: &str, units: impl IntoIterator<Item = &'u str>) -> Result<&By, Refusal> {
        self.scope.require_some_of(round)?;
        units.into_iter().try_for_each(|unit| self.scope.require_unit(round, unit)).map(|()| &self.by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_of_1_to_200_characters() {
        let named = |name: &str| Actor::operator(name).map(|actor| actor.name);
        let text = PersonText::Name;
        assert_eq!(named(" Nguyễn Văn Mẫu "), Ok("Nguyễn Văn Mẫu".to_owned()));
        assert_eq!(named("Nguye\u{302}\u{303}n"), named("Nguyễn"), "whoever types marks apart is nobody else");
        assert_eq!(named(&"ễ".repeat(200)), Ok("ễ".repeat(200)));
        assert_eq!([named(" "), named("-")], [(); 2].map(|()| Err(Refusal::NoWords { text })));
        assert_eq!(named(&"a".repeat(201)), Err(Refusal::TooLong { text, characters: 201, most: 200 }));
        for hidden in ["a\nb", "a\u{202e}b", "a\u{2066}b", "a\u{2028}b", "\u{200b}", "\u{feff}", "\u{3164}", "\u{2800}"] {
            assert_eq!(named(hidden), Err(Refusal::ControlCharacters { text }), "{hidden:?}");
        }
    }
}
