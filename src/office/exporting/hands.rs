//! Into whose hands files of single sheets and of what was written go: named people, and of a rated unit nobody alone.
//!
//! Until there are accounts this is a rule for people. The program asks for names, and keeps them with what was given.

use jiff::civil::Date;

use crate::directory::Form;
use crate::office::actor::NAME_MOST;
use crate::refusal::{PersonText, Refusal};
use crate::store::sheet_files;
use crate::unit::Registered;

pub(super) use crate::store::sheet_files::FileHands as OnADay;
pub use crate::store::sheet_files::OUTSIDE;

/// Somebody with the code of the unit that they work in, or [`OUTSIDE`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    name: String,
    unit: String,
}

/// Who is given files, and who sees to it that they stay there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hands {
    /// Who has them.
    pub who: Person,
    /// A second person; needed where the first works in a unit that is rated.
    pub witness: Option<Person>,
}

impl Person {
    /// Somebody by the name that is kept.
    ///
    /// # Errors
    /// When it is none.
    pub fn of(name: &str, unit: &str) -> Result<Self, Refusal> {
        Ok(Self { name: PersonText::Name.line(name, NAME_MOST)?, unit: unit.trim().to_owned() })
    }

    /// Name of the person who is given the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Hands {
    /// As they are kept, with the day.
    pub(super) fn on(&self, on: Date) -> sheet_files::FileHands {
        let Self { who, witness } = self.clone();
        sheet_files::FileHands { who: who.name, unit: who.unit, witness: witness.map(|witness| (witness.name, witness.unit)), on }
    }
}

/// Refuses hands that may not have a file about the units of a form.
pub(super) fn require(Hands { who, witness }: &Hands, form: &Form, register: &[Registered]) -> Result<(), Refusal> {
    let known = |unit: &str| unit == OUTSIDE || register.iter().any(|row| row.unit.code.as_str() == unit);
    if let Some(Person { unit, .. }) = [Some(who), witness.as_ref()].into_iter().flatten().find(|person| !known(&person.unit)) {
        return Err(Refusal::NoUnit { unit: unit.clone(), outside: Some(OUTSIDE.to_owned()) });
    }
    if !is_rated(&who.unit, form, register) {
        return Ok(());
    }
    let of_one_house =
        |unit: &str, other: &str| within(unit, register).any(|one| one == other) || within(other, register).any(|one| one == unit);
    match witness {
        None => Err(Refusal::Alone { unit: who.unit.clone(), who: who.name.clone() }),
        Some(witness) if witness.name == who.name => Err(Refusal::SamePerson),
        Some(witness) if of_one_house(&witness.unit, &who.unit) => {
            Err(Refusal::OneHouse { unit: who.unit.clone(), other: witness.unit.clone() })
        }
        Some(_) => Ok(()),
    }
}

/// Whether a unit, or one above it, is one that the form asks about.
fn is_rated(unit: &str, form: &Form, register: &[Registered]) -> bool {
    within(unit, register).any(|unit| form.unit(unit).is_some())
}

/// A unit and those above it. A register that goes round in a circle ends somewhere.
fn within<'a>(unit: &'a str, register: &'a [Registered]) -> impl Iterator<Item = &'a str> {
    let above = |unit: &&'a str| {
        let row = register.iter().find(|row| row.unit.code.as_str() == *unit)?;
        row.unit.parent.as_ref().map(crate::unit::UnitCode::as_str)
    };
    std::iter::successors(Some(unit), move |unit| above(unit)).take(10)
}
