//! Reading sheets about units: one posted form becomes one sheet for every unit of the respondent's scope, and for no other.

use std::collections::HashMap;

use super::{Places, Reading, SheetFault, read};
use crate::survey::Questionnaire;
use crate::survey::sheet::{Answer, AnswerSheet};

/// Between the code of a unit and that of an item in the name of a field; neither can have it.
pub const UNIT_MARK: char = ':';

/// Value of the field that is called like a unit: "I have not worked with this unit".
pub const NOT_WORKED_WITH: &str = "none";

/// What one respondent says about one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitReading {
    /// The sheet; every item is "not shown" where the respondent has not worked with the unit.
    pub reading: Reading,
    /// Whether the respondent has not worked with the unit.
    pub closed: bool,
}

/// What was sent about one unit.
#[derive(Debug, Default)]
struct Said<'a> {
    answers: Vec<(&'a str, &'a str)>,
    closed: bool,
}

/// Reads fields about units, in the order of the scope. A unit that nothing is said about gets a sheet on which everything is passed over,
/// so that a retry covers the same units whatever it says of them, and so that nothing that waits says which units were rated. Such a
/// sheet, and that of a unit not worked with, is no rating: it ends at closing, and no response is made of it.
///
/// # Errors
/// Every fault, also fields about a unit outside the scope.
pub fn read_about<'a>(
    questionnaire: &Questionnaire,
    places: &Places,
    scope: &[&str],
    fields: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<UnitReading>, Vec<SheetFault>> {
    let mut about: HashMap<&str, Said<'_>> = scope.iter().map(|unit| (*unit, Said::default())).collect();
    let mut faults = Vec::new();
    for (name, value) in fields {
        match (name.split_once(UNIT_MARK), value) {
            (Some((unit, item)), _) if about.contains_key(unit) => {
                about.entry(unit).or_default().answers.push((item, value));
            }
            (None, NOT_WORKED_WITH) if about.contains_key(name) => {
                about.entry(name).or_default().closed = true;
            }
            _ => faults.push(SheetFault::UnknownItem(name.chars().take(60).collect())),
        }
    }
    let mut readings = Vec::with_capacity(scope.len());
    for unit in scope {
        let Some(Said { answers, closed }) = about.remove(unit) else { continue };
        match read(questionnaire, places, answers) {
            // Whatever was answered before the unit was closed does not count.
            Ok(_) if closed => readings.push(UnitReading { reading: not_worked_with(questionnaire), closed }),
            Ok(reading) => readings.push(UnitReading { reading, closed }),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() { Ok(readings) } else { Err(faults) }
}

/// The sheet about a unit that the respondent has not worked with: nothing was asked, and nothing is missed.
#[must_use]
pub fn not_worked_with(questionnaire: &Questionnaire) -> Reading {
    let answers = vec![Answer::NotShown; questionnaire.items.len()];
    Reading { sheet: AnswerSheet { answers, remarks: Vec::new() }, missed: Vec::new() }
}
