//! The header of a file of sheets: which column is what.

use std::collections::HashSet;

use crate::fault::{Fault, Faults, Wrong};
use crate::survey::reading::WRITE_IN_SUFFIX;
use crate::survey::{Item, Questionnaire};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnUse {
    /// Code of the unit.
    Unit,
    /// Respondent group.
    Group,
    /// How the sheet was filled in.
    Mode,
    /// Stratum of the sample.
    Stratum,
    /// Primary sampling unit.
    Psu,
    /// Whether the respondent has not worked with the unit.
    NotWorkedWith,
    /// The code of one option.
    Answer,
    /// Codes of options, joined by `;`.
    Answers,
    /// What was written in answer to an item.
    Words,
}

/// Columns that are not answers, beside that of the unit.
const OWN: [(&str, ColumnUse); 4] =
    [("group", ColumnUse::Group), ("mode", ColumnUse::Mode), ("stratum", ColumnUse::Stratum), ("psu", ColumnUse::Psu)];

/// The column that names the unit: where respondents rate units, it says plainly that it is not their own.
pub(super) fn unit_column(questionnaire: &Questionnaire) -> &'static str {
    if questionnaire.rating.is_some() { "rated_unit" } else { "unit" }
}

/// The column that closes the items of a unit, as the one choice above them does in the form; only where respondents rate units.
const NOT_WORKED_WITH: &str = "not_worked_with";

/// The columns of a file in their order, each with its name.
#[derive(Debug)]
pub(super) struct Header(pub(super) Vec<(String, ColumnUse)>);

impl Header {
    /// Reads the names of columns; `row` is where they stand.
    ///
    /// An item without a column is a fault: a column lost on the way would look like an item that nobody answered.
    pub(super) fn read(names: &[String], row: u64, questionnaire: &Questionnaire) -> Result<Self, Faults> {
        let mut faults = Faults::default();
        let mut columns = Vec::new();
        let mut seen = HashSet::new();
        for name in names {
            if !seen.insert(name.as_str()) {
                faults.add(Fault::cell(row, name, Wrong::ColumnTwice));
            } else if let Some(column) = column(name, questionnaire) {
                columns.push((name.clone(), column));
            } else {
                faults.add(Fault::cell(row, name, Wrong::NoItemOfColumn { questionnaire: questionnaire.id.clone() }));
            }
        }
        let unit = unit_column(questionnaire);
        if !seen.contains(unit) {
            faults.add(Fault::cell(row, unit, Wrong::UnitColumnMissing));
        }
        for item in questionnaire.items.iter().filter(|item| !item.is_remark() && !seen.contains(item.code.as_str())) {
            faults.add(Fault::cell(row, &item.code, Wrong::ItemColumnMissing));
        }
        faults.or(Self(columns))
    }
}

/// What a column of this name holds; an item that has the name of a column of ours cannot be imported, so ours wins.
fn column(name: &str, questionnaire: &Questionnaire) -> Option<ColumnUse> {
    if name == unit_column(questionnaire) {
        return Some(ColumnUse::Unit);
    }
    if name == NOT_WORKED_WITH && questionnaire.rating.is_some() {
        return Some(ColumnUse::NotWorkedWith);
    }
    if let Some((_, own)) = OWN.iter().find(|(own, _)| *own == name) {
        return Some(*own);
    }
    let item = |code: &str| questionnaire.items.iter().find(|item| item.code == code);
    if let Some(code) = name.strip_suffix(WRITE_IN_SUFFIX) {
        return item(code).filter(|item| takes_words(item)).map(|_| ColumnUse::Words);
    }
    item(name).map(|item| match () {
        () if item.is_remark() => ColumnUse::Words,
        () if item.is_multiple() => ColumnUse::Answers,
        () => ColumnUse::Answer,
    })
}

fn takes_words(item: &Item) -> bool {
    item.choices().iter().any(|choice| choice.write_in)
}
