//! What `validator` finds, as faults of a file.

use std::collections::BTreeMap;

use validator::{ValidationError, ValidationErrors};

use crate::fault::{Fault, Faults, Place, Wrong};
use crate::printed::is_hidden;

/// Longest name of a unit or a round in characters.
const NAME_MOST: usize = 200;

/// The datum of an error that holds what is wrong.
const WRONG: &str = "wrong";

/// Nothing where it holds, else what is wrong, as `validator` passes it on.
pub(super) fn said(holds: bool, what: impl FnOnce() -> Wrong) -> Result<(), ValidationError> {
    if holds {
        return Ok(());
    }
    let mut error = ValidationError::new(WRONG);
    error.add_param(WRONG.into(), &what());
    Err(error)
}

/// A name of some length that is kept.
pub(super) fn name_length(text: &str) -> Result<(), ValidationError> {
    said((1..=NAME_MOST).contains(&text.chars().count()), || Wrong::NameLength { most: NAME_MOST })
}

/// A name that is one line of signs that are printed.
pub(super) fn name_line(text: &str) -> Result<(), ValidationError> {
    said(!text.chars().any(is_hidden), || Wrong::NameLine)
}

/// Adds what `validator` found, in the order of the fields' names.
pub(super) fn add_invalid(faults: &mut Faults, errors: &ValidationErrors, place: impl Fn(&str) -> Place) {
    let sorted: BTreeMap<_, _> = errors.field_errors().into_iter().collect();
    for (field, errors) in sorted {
        faults.extend(errors.iter().map(|error| Fault { place: place(&field), what: wrong(error) }));
    }
}

fn wrong(error: &ValidationError) -> Wrong {
    let what = error.params.get(WRONG).and_then(|what| serde_json::from_value(what.clone()).ok());
    what.unwrap_or(Wrong::Unfit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::round::steps::Step;

    #[test]
    fn what_is_wrong_comes_through_whole() {
        let open_steps = vec![Step::Council];
        for what in [Wrong::NameLine, Wrong::PartNotOpen { step: Step::Survey, column: "second".into(), open_steps }] {
            let error = said(false, || what.clone()).unwrap_err();
            assert_eq!(wrong(&error), what);
        }
        assert_eq!(wrong(&ValidationError::new("length")), Wrong::Unfit, "what is not said is no less a fault");
    }
}
