//! Into whose hands files of single sheets and of what was written go: named people, and of a rated unit nobody alone.
//!
//! Until there are accounts this is a rule for people. The program asks for names, and keeps them with what was given.

use crate::directory::Form;
use crate::store::sheet_files::{Hands, OUTSIDE};
use crate::store::{Result, StoreError};
use crate::unit::Registered;

/// Refuses hands that may not have a file about the units of a form.
pub(super) fn require(hands: &Hands, form: &Form, register: &[Registered]) -> Result<()> {
    let known = |unit: &str| unit == OUTSIDE || register.iter().any(|row| row.unit.code.as_str() == unit);
    let refused = |reason: String| Err(StoreError::Refused(reason));
    let units = [Some(&hands.unit), hands.witness.as_ref().map(|(_, unit)| unit)];
    if let Some(unknown) = units.into_iter().flatten().find(|unit| !known(unit)) {
        return refused(format!(
            "there is no unit `{unknown}`; `par-survey units list` shows those there are, and `{OUTSIDE}` is none of them"
        ));
    }
    if !is_rated(&hands.unit, form, register) {
        return Ok(());
    }
    match &hands.witness {
        None => refused(format!(
            "`{}` is rated here, and nobody of a rated unit is given single sheets or remarks alone: a second person of another unit has to see \
             to it that they stay with {}. Name that person with --with NAME --with-unit UNIT",
            hands.unit, hands.who
        )),
        Some((witness, _)) if *witness == hands.who => refused("--with: name a second person".to_owned()),
        Some((_, unit)) if within(unit, register).any(|one| one == hands.unit) || within(&hands.unit, register).any(|one| one == unit) => {
            refused(format!("--with-unit: `{unit}` and `{}` are one house; name somebody of another unit", hands.unit))
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
