//! What a file of single sheets can say of who answered, and how much of it has to be suppressed.
//!
//! How a sheet was filled in is an attribute like any other: "at the desk, on that day" is often one person. The respondent group is none: a sheet
//! means little without it, so that a group stands or falls as a whole.

use std::collections::HashMap;

use super::LeftOut;
use super::suppression::{Values, suppress};
use crate::directory::Form;
use crate::scoring::thresholds::Thresholds;
use crate::store::responses::StoredSheet;
use crate::store::{Result, Store, StoreError};
use crate::survey::mode::Mode;
use crate::survey::sheet::{Answer, AnswerSheet};
use crate::survey::{Item, Role};

/// "No opinion" or "not applicable", as in files that are imported.
const NO_OPINION: &str = "NA";
/// Not asked, because of an earlier answer. In capitals, which no option code has.
const NOT_SHOWN: &str = "NOT_SHOWN";

/// Attributes of the sheet rather than of its form.
const OF_THE_SHEET: [&str; 3] = ["mode", "stratum", "psu"];

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
        Some(Answer::NoOpinion) => NO_OPINION.to_owned(),
        chosen => chosen.and_then(|answer| answer.codes(item)).unwrap_or_default(),
    }
}

/// The answers of a stored sheet.
pub(super) fn unpack(form: &Form, sheet: &StoredSheet) -> Result<AnswerSheet> {
    form.codebook.unpack(&sheet.answers).map_err(|damaged| StoreError::Refused(damaged.to_string()))
}

/// Those about one unit by one group.
pub(super) type Cell = (i32, String);

/// Everybody of whom a file can have a row: sheets with an answer, of units and groups with as many as their floor.
pub(super) struct Exportable {
    /// By cell: the values of each sheet, in the stored order, by numbers.
    cells: HashMap<Cell, Vec<Vec<u32>>>,
    left_out: LeftOut,
}

impl Exportable {
    /// Reads the sheets of a questionnaire.
    pub(super) async fn read(store: &Store, form: &Form) -> Result<Self> {
        let mut cells: HashMap<Cell, Vec<Vec<u32>>> = HashMap::new();
        let mut numbers: HashMap<(usize, String), u32> = HashMap::new();
        let each = |sheet: StoredSheet| {
            if form.codebook.has_answer(&sheet.answers) {
                let values = values(form, &sheet, &unpack(form, &sheet)?).into_iter().enumerate().map(|value| {
                    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                    *numbers.entry(value).or_insert(next)
                });
                let values = values.collect();
                cells.entry((sheet.unit, sheet.group)).or_default().push(values);
            }
            Ok(())
        };
        store.each_sheet(form.id, each).await?;
        let few = |group: &str, sheets: usize| u32::try_from(sheets).is_ok_and(|sheets| sheets < floor(form, group));
        let all = cells.len();
        cells.retain(|(_, group), sheets| !few(group, sheets.len()));
        let left_out = LeftOut { few: all - cells.len(), ..LeftOut::default() };
        Ok(Self { cells, left_out })
    }

    /// Places of attributes that say different things of different people.
    pub(super) fn telling(&self, attributes: usize) -> Vec<usize> {
        let sheets = || self.cells.values().flatten();
        let differs = |place: &usize| sheets().any(|sheet| sheet.get(*place) != sheets().next().and_then(|first| first.get(*place)));
        (0..attributes).filter(differs).collect()
    }

    /// What has to be suppressed where some attributes are kept.
    pub(super) fn suppressed(&self, kept: &[usize]) -> (HashMap<Cell, Vec<Values>>, LeftOut) {
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

/// Fewest sheets with which those of a group about a unit have rows: what the questionnaire asks for, or the group where that is more.
fn floor(form: &Form, group: &str) -> u32 {
    let groups = form.questionnaire.rating.iter().flat_map(|rating| &rating.groups);
    let own = groups.filter(|own| own.code == group).map(|own| own.least_sheets).max();
    Thresholds::of(form.questionnaire.least_sheets).floor.max(own.unwrap_or_default())
}

impl LeftOut {
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
