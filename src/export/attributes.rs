//! What a file of single sheets can say of who answered, and how much of it has to be suppressed.
//!
//! How a sheet was filled in is an attribute like any other: "at the desk, on that day" is often one person. The respondent group is none:
//! a sheet means little without it, so that a group stands or falls as a whole. Whom figures count as one are one here too: with a part of
//! them only, what is published would tell the rest.

use std::collections::{HashMap, HashSet};

use super::SheetsLeftOut;
use super::suppression::{Values, suppress};
use crate::directory::Form;
use crate::publication::sets::Sets;
use crate::spreadsheet::NOT_APPLICABLE_CELL;
use crate::store::responses::StoredSheet;
use crate::store::{Result, Store, StoreError};
use crate::survey::mode::Mode;
use crate::survey::sheet::{Answer, AnswerSheet};
use crate::survey::{Item, Role};

/// Not asked, because of an earlier answer. In capitals, which no option code has.
pub(super) const NOT_SHOWN: &str = "NOT_SHOWN";

/// The attribute that says how a sheet was filled in.
pub(super) const MODE: &str = "mode";

/// Attributes of the sheet rather than of its form.
pub(super) const OF_THE_SHEET: [&str; 3] = [MODE, "stratum", "psu"];

/// Names of the attributes of which a file can keep some, in the order of its columns.
pub(super) fn choosable(form: &Form) -> Vec<&str> {
    let items = items(form, Role::Attribute).map(|(_, item)| item.code.as_str());
    OF_THE_SHEET.into_iter().chain(items).collect()
}

/// What a sheet says of who answered, in the same order.
pub(super) fn values(form: &Form, sheet: &StoredSheet, answers: &AnswerSheet) -> Vec<String> {
    let mode = Mode::from_number(sheet.mode).map_or("", Mode::name).to_owned();
    let of_the_sheet = [mode, sheet.stratum.clone().unwrap_or_default(), sheet.psu.clone().unwrap_or_default()];
    of_the_sheet.into_iter().chain(cells(form, answers, Role::Attribute)).collect()
}

/// Answers as files that are imported have them.
pub(super) fn cells<'a>(form: &'a Form, answers: &'a AnswerSheet, role: Role) -> impl Iterator<Item = String> + 'a {
    items(form, role).map(|(place, item)| cell(item, answers.answers().get(place).copied()))
}

/// Every item of a role but remarks, with its place.
pub(super) fn items(form: &Form, role: Role) -> impl Iterator<Item = (usize, &Item)> {
    form.questionnaire.items.iter().enumerate().filter(move |(_, item)| item.role == role && !item.is_remark())
}

fn cell(item: &Item, answer: Option<Answer>) -> String {
    match answer {
        Some(Answer::NotShown) => NOT_SHOWN.to_owned(),
        Some(Answer::NoOpinion) => NOT_APPLICABLE_CELL.to_owned(),
        chosen => chosen.and_then(|answer| answer.codes(item)).unwrap_or_default(),
    }
}

/// The answers of a stored sheet.
pub(super) fn unpack(form: &Form, sheet: &StoredSheet) -> Result<AnswerSheet> {
    form.codebook.unpack(&sheet.answers).map_err(|damaged| StoreError::trouble(damaged.to_string()))
}

/// The sheets about one unit by one set of respondents.
pub(super) type UnitSet = (i32, String);

/// Everybody of whom a file can have a row: sheets with an answer, of units and sets of respondents that are in figures.
pub(super) struct Exportable {
    sets: Sets,
    /// By cell: the values of each sheet, in the stored order, by numbers.
    cells: HashMap<UnitSet, Vec<Vec<u32>>>,
    left_out: SheetsLeftOut,
}

impl Exportable {
    /// Reads the sheets of a questionnaire.
    pub(super) async fn read(store: &Store, form: &Form) -> Result<Self> {
        let sets = Sets::read(store, form).await?;
        let (mut cells, mut outside): (HashMap<UnitSet, Vec<Vec<u32>>>, HashSet<UnitSet>) = Default::default();
        let mut numbers: HashMap<(usize, String), u32> = HashMap::new();
        let each = |sheet: StoredSheet| {
            if !form.codebook.has_answer(&sheet.answers) {
                return Ok(());
            }
            let Some(set) = sets.of(sheet.unit, &sheet.group) else {
                outside.insert((sheet.unit, sets.together(&sheet.group)));
                return Ok(());
            };
            let values = values(form, &sheet, &unpack(form, &sheet)?).into_iter().enumerate().map(|value| {
                let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                *numbers.entry(value).or_insert(next)
            });
            cells.entry((sheet.unit, set)).or_default().push(values.collect());
            Ok(())
        };
        store.each_sheet::<StoreError>(form.id, each).await?;
        Ok(Self { sets, cells, left_out: SheetsLeftOut { few: outside.len(), ..SheetsLeftOut::default() } })
    }

    /// The cell of a sheet; none where it has no row.
    pub(super) fn cell(&self, sheet: &StoredSheet) -> Option<UnitSet> {
        Some((sheet.unit, self.sets.of(sheet.unit, &sheet.group)?))
    }

    /// Places of attributes that say different things of different people.
    pub(super) fn telling(&self, attributes: usize) -> Vec<usize> {
        let sheets = || self.cells.values().flatten();
        let differs = |place: &usize| sheets().any(|sheet| sheet.get(*place) != sheets().next().and_then(|first| first.get(*place)));
        (0..attributes).filter(differs).collect()
    }

    /// What has to be suppressed where some attributes are kept.
    pub(super) fn suppressed(&self, kept: &[usize]) -> (HashMap<UnitSet, Vec<Values>>, SheetsLeftOut) {
        let mut left_out = self.left_out;
        let suppressed = self.cells.iter().map(|(cell, sheets)| {
            let of = |sheet: &Vec<u32>| kept.iter().map(|place| sheet.get(*place).copied()).collect();
            let mut sheets: Vec<Values> = sheets.iter().map(of).collect();
            suppress(&mut sheets);
            left_out.add(&sheets);
            (cell.clone(), sheets)
        });
        (suppressed.collect(), left_out)
    }
}

impl SheetsLeftOut {
    /// Counts what is suppressed in a cell.
    fn add(&mut self, sheets: &[Values]) {
        let hidden = |sheet: &Values| sheet.iter().filter(|value| value.is_none()).count();
        self.values += sheets.iter().map(Vec::len).sum::<usize>();
        self.values_suppressed += sheets.iter().map(hidden).sum::<usize>();
        self.rows_suppressed += sheets.iter().filter(|sheet| hidden(sheet) > 0).count();
        self.cells_suppressed += usize::from(sheets.iter().all(|sheet| !sheet.is_empty() && hidden(sheet) == sheet.len()));
        self.rows += sheets.len();
    }
}
