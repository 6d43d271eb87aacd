//! Into whose hands files of single sheets and of what was written go: named people, and of a rated unit nobody alone.
//!
//! Until there are accounts this is a rule for people. The program asks for names, and keeps them with what was given.

use crate::directory::Form;
use crate::refusal::Refusal;
use crate::store::Result;
use crate::store::sheet_files::{Hands, OUTSIDE};
use crate::unit::Registered;

/// Refuses hands that may not have a file about the units of a form.
pub(super) fn require(hands: &Hands, form: &Form, register: &[Registered]) -> Result<()> {
    let known = |unit: &str| unit == OUTSIDE || register.iter().any(|row| row.unit.code.as_str() == unit);
    let units = [Some(&hands.unit), hands.witness.as_ref().map(|(_, unit)| unit)];
    if let Some(unknown) = units.into_iter().flatten().find(|unit| !known(unit)) {
        return Err(Refusal::NoUnit { unit: unknown.clone(), outside: Some(OUTSIDE.to_owned()) }.into());
    }
    if !is_rated(&hands.unit, form, register) {
        return Ok(());
    }
    match &hands.witness {
        None => Err(Refusal::Alone { unit: hands.unit.clone(), who: hands.who.clone() }.into()),
        Some((witness, _)) if *witness == hands.who => Err(Refusal::SamePerson.into()),
        Some((_, unit)) if within(unit, register).any(|one| one == hands.unit) || within(&hands.unit, register).any(|one| one == unit) => {
            Err(Refusal::OneHouse { unit: hands.unit.clone(), other: unit.clone() }.into())
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
