//! One row of the file: guarded cell by cell before it becomes a unit.

use jiff::civil::Date;
use validator::{Validate, ValidationError};

use super::super::fault::{add_invalid, name_length, name_line, said};
use super::super::table::tidy;
use crate::fault::{Faults, Place, Wrong, short};
use crate::round::when;
use crate::unit::{Unit, UnitCode, is_code};

/// The cells of one row, tidied, in the order of [`super::COLUMNS`].
#[derive(Debug, Validate)]
pub(super) struct UnitRow {
    #[validate(custom(function = "a_code"))]
    code: String,
    #[validate(custom(function = "name_length"), custom(function = "name_line"))]
    name_vi: String,
    #[validate(custom(function = "name_length"), custom(function = "name_line"))]
    name_en: String,
    #[validate(custom(function = "a_code"))]
    block: String,
    #[validate(custom(function = "a_code"))]
    parent: Option<String>,
    #[validate(custom(function = "a_day"))]
    valid_from: Option<String>,
    #[validate(custom(function = "a_day"))]
    valid_to: Option<String>,
    #[validate(custom(function = "a_code"))]
    merged_into: Option<String>,
}

impl UnitRow {
    /// From the cells in the order of [`super::COLUMNS`].
    pub(super) fn new(cells: [&str; 8]) -> Self {
        let [code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into] = cells.map(tidy);
        let [parent, valid_from, valid_to, merged_into] =
            [parent, valid_from, valid_to, merged_into].map(|cell| Some(cell).filter(|cell| !cell.is_empty()));
        Self { code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into }
    }

    /// What stands where the code should be.
    pub(super) fn code(&self) -> &str {
        &self.code
    }

    /// The unit of the row, or nothing and all its faults.
    pub(super) fn check(self, row: u64, faults: &mut Faults) -> Option<Unit> {
        if let Err(errors) = self.validate() {
            add_invalid(faults, &errors, |column| Place::Cell { row, column: column.to_owned() });
            return None;
        }
        let Self { code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into } = self;
        let to_code = |text: Option<String>| text.and_then(|text| UnitCode::new(&text).ok());
        let to_day = |text: Option<String>| -> Option<Date> { text.and_then(|text| when::day(&text)) };
        Some(Unit {
            code: UnitCode::new(&code).ok()?,
            name_vi,
            name_en,
            block,
            parent: to_code(parent),
            valid_from: to_day(valid_from),
            valid_to: to_day(valid_to),
            merged_into: to_code(merged_into),
        })
    }
}

fn a_code(text: &str) -> Result<(), ValidationError> {
    said(is_code(text), || Wrong::NoCode { given: short(text) })
}

fn a_day(text: &str) -> Result<(), ValidationError> {
    said(when::day(text).is_some(), || Wrong::NoDate { given: short(text) })
}
