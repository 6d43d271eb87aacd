//! `responses`: one row a sheet, for whoever works with the answers inside the office. Never published.
//!
//! Two passes over the stored order, which is that of random keys: the first counts, the second writes.
//! * Units with fewer sheets than the floor have no rows.
//! * What narrows down who answered (mode, group, stratum, sampling unit, attributes) is blank for a whole unit wherever one value
//!   of it has fewer sheets there than the floor.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use super::origin::Origin;
use super::table::{Format, Table, Value};
use super::{ExportError, LeftOut};
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
/// What parts the options of one answer, as in files that are imported.
const SEVERAL: &str = ";";

/// Columns that narrow down who answered, before the attributes.
const ABOUT: [&str; 4] = ["mode", "group", "stratum", "psu"];

/// Sheets of each unit, and of each value of each narrowing column in it.
#[derive(Default)]
struct Counts {
    sheets: HashMap<i32, u32>,
    values: HashMap<(i32, usize, String), u32>,
}

impl Counts {
    fn add(&mut self, form: &Form, sheet: &StoredSheet) -> Result<()> {
        *self.sheets.entry(sheet.unit).or_default() += 1;
        let answers = unpack(form, sheet)?;
        for (column, value) in about(sheet).into_iter().chain(attributes(form, &answers)).enumerate() {
            // No answer says nothing of who answered.
            for part in value.split(SEVERAL).filter(|part| !part.is_empty() && *part != NOT_SHOWN && *part != NO_OPINION) {
                *self.values.entry((sheet.unit, column, part.to_owned())).or_default() += 1;
            }
        }
        Ok(())
    }

    /// Columns of units that have to be blank.
    fn blank(&self, floor: Thresholds) -> HashSet<(i32, usize)> {
        let few = self.values.iter().filter(|(_, sheets)| **sheets < floor.floor);
        few.map(|((unit, column, _), _)| (*unit, *column)).collect()
    }

    /// Units that have no rows.
    fn few(&self, floor: Thresholds) -> HashSet<i32> {
        self.sheets.iter().filter(|(_, sheets)| **sheets < floor.floor).map(|(unit, _)| *unit).collect()
    }
}

/// Writes the table.
pub(super) async fn write(
    store: &Store,
    form: &Form,
    origin: &Origin,
    format: Format,
    out: &mut dyn Write,
) -> std::result::Result<LeftOut, ExportError> {
    let floor = Thresholds::of(form.questionnaire.least_sheets);
    let mut counts = Counts::default();
    store.each_sheet(form.id, |sheet| counts.add(form, &sheet)).await?;
    let (blank, few) = (counts.blank(floor), counts.few(floor));
    let units: HashMap<i32, &str> = form.units.iter().map(|row| (row.id, row.unit.code.as_str())).collect();
    let rows = Rows { form, origin, blank: &blank, units: &units };
    let mut table = Table::begin(format, columns(form), out)?;
    let broken = |error: std::io::Error| StoreError::Refused(format!("the export could not be written: {error}"));
    let each = |sheet: StoredSheet| {
        if few.contains(&sheet.unit) { Ok(()) } else { table.row(&rows.row(&sheet)?).map_err(broken) }
    };
    store.each_sheet(form.id, each).await?;
    let columns = blank.iter().filter(|(unit, _)| !few.contains(unit)).count();
    Ok(LeftOut { rows: table.end()?, units: few.len(), columns })
}

/// The columns: every attribute and question but remarks, whatever was answered.
fn columns(form: &Form) -> Vec<String> {
    let items = |role| items(form, role).map(|(_, item)| item.code.as_str());
    let own: Vec<&str> = ["unit"].into_iter().chain(ABOUT).chain(items(Role::Attribute)).chain(items(Role::Question)).collect();
    super::columns(&own)
}

fn items(form: &Form, role: Role) -> impl Iterator<Item = (usize, &Item)> {
    form.questionnaire.items.iter().enumerate().filter(move |(_, item)| item.role == role && !item.is_remark())
}

fn unpack(form: &Form, sheet: &StoredSheet) -> Result<AnswerSheet> {
    form.codebook.unpack(&sheet.answers).map_err(|damaged| StoreError::Refused(damaged.to_string()))
}

fn about(sheet: &StoredSheet) -> [String; 4] {
    let mode = Mode::from_number(sheet.mode).map_or("", Mode::name);
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    [mode.to_owned(), sheet.group.clone(), words(&sheet.stratum), words(&sheet.psu)]
}

fn attributes<'a>(form: &'a Form, answers: &'a AnswerSheet) -> impl Iterator<Item = String> + 'a {
    items(form, Role::Attribute).map(|(place, item)| cell(item, answers.answers().get(place).copied()))
}

/// An answer as files that are imported have it.
fn cell(item: &Item, answer: Option<Answer>) -> String {
    let choices = || item.choices().iter().map(|choice| choice.code.as_str());
    match answer {
        None | Some(Answer::Skipped) => String::new(),
        Some(Answer::NotShown) => NOT_SHOWN.to_owned(),
        Some(Answer::NoOpinion) => NO_OPINION.to_owned(),
        Some(Answer::Option(place)) => choices().nth(usize::from(place)).unwrap_or_default().to_owned(),
        Some(Answer::Options(mask)) => {
            let chosen = choices().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
            chosen.map(|(_, code)| code).collect::<Vec<_>>().join(SEVERAL)
        }
    }
}

struct Rows<'a> {
    form: &'a Form,
    origin: &'a Origin,
    blank: &'a HashSet<(i32, usize)>,
    units: &'a HashMap<i32, &'a str>,
}

impl Rows<'_> {
    fn row(&self, sheet: &StoredSheet) -> Result<Vec<Value<'static>>> {
        let answers = unpack(self.form, sheet)?;
        let mut row = self.origin.to_vec();
        row.push(Value::text(self.units.get(&sheet.unit).copied().unwrap_or_default()));
        for (column, value) in about(sheet).into_iter().chain(attributes(self.form, &answers)).enumerate() {
            row.push(if self.blank.contains(&(sheet.unit, column)) { Value::Empty } else { Value::text(value) });
        }
        let questions = items(self.form, Role::Question);
        row.extend(questions.map(|(place, item)| Value::text(cell(item, answers.answers().get(place).copied()))));
        Ok(row)
    }
}
