//! `responses`: one row a sheet, for named people who work with the answers. Never published.
//!
//! Two passes over the stored order, which is that of random keys: the first finds what has to be suppressed, the second writes.
//! * Sheets without an answer, and units and groups that are in no figure, have no rows. Groups that are counted as one are one: `group`
//!   names all.
//! * Which attributes the files of a questionnaire keep is chosen once: two files with others would be joined by their answers.
//! * Of these, values are suppressed until no combination is rare in its unit (`super::suppression`).

use std::collections::HashMap;
use std::io::Write;

use super::attributes::{Exportable, MODE, NOT_SHOWN, OF_THE_SHEET, UnitSet, cells, choosable, items, unpack, values};
use super::bilingual::Label;
use super::column::ColumnKind::{Answer, Text};
use super::column::{Column, Meaning};
use super::suppression::{LEAST, Values};
use super::table::{Format, TableShape, TableWriter};
use super::value::Value;
use super::{ExportError, Provenance, RESPONSES, SheetsLeftOut, percent, table};
use crate::directory::Form;
use crate::refusal::{Cost, Refusal};
use crate::spreadsheet::NOT_APPLICABLE_CELL;
use crate::store::responses::StoredSheet;
use crate::store::{Result, Store};
use crate::survey::mode::Mode;
use crate::survey::{Item, Role};

/// A value that is suppressed. In capitals, which no option code has.
const SUPPRESSED: &str = "SUPPRESSED";

/// Attributes of which every combination is tried before one is chosen: 64 of them. Of more, only one and two at a time.
const TRIED_MOST: usize = 6;

/// Single sheets of a questionnaire, with what they say of who answered.
#[expect(missing_debug_implementations, reason = "it holds what sheets say")]
pub struct Responses<'f> {
    form: &'f Form,
    exportable: Exportable,
    /// Places and names of the attributes that are kept.
    kept: Vec<usize>,
    names: Vec<&'f str>,
    suppressed: HashMap<UnitSet, Vec<Values>>,
    left_out: SheetsLeftOut,
}

impl<'f> Responses<'f> {
    /// Reads the sheets, and finds what has to be suppressed where these attributes are kept.
    ///
    /// # Errors
    /// When none was chosen (then the refusal says what each choice costs), there is no such attribute, or the database does not answer.
    pub async fn read(store: &Store, form: &'f Form, attributes: Option<&[String]>) -> Result<Self> {
        let exportable = Exportable::read(store, form).await?;
        let Some(attributes) = attributes else { return Err(offer(form, &exportable).into()) };
        let kept = places(form, attributes)?;
        let (suppressed, left_out) = exportable.suppressed(&kept);
        let known = choosable(form);
        let names = kept.iter().filter_map(|place| known.get(*place).copied()).collect();
        Ok(Self { form, exportable, kept, names, suppressed, left_out })
    }

    /// The attributes that are kept, in the order of the columns.
    #[must_use]
    pub fn attributes(&self) -> Vec<String> {
        self.names.iter().map(|&name| name.to_owned()).collect()
    }

    /// Writes the table.
    ///
    /// # Errors
    /// When the sheets have changed since they were read, the database does not answer, or `out` cannot be written to.
    pub async fn write(
        self,
        store: &Store,
        title: &str,
        (provenance, format): (&Provenance, Format),
        out: &mut dyn Write,
    ) -> std::result::Result<SheetsLeftOut, ExportError> {
        let Self { form, exportable, kept, names, suppressed, left_out } = self;
        let units = form.units.iter().map(|row| (row.id, row.unit.code.as_str())).collect();
        let mut rows = ResponseRows { form, kept: &kept, units, suppressed, exportable: &exportable, next: HashMap::new() };
        let mut table = TableWriter::begin(format, shape(form, &names, title), out)?;
        table.lead(lead(provenance, &names, left_out));
        let each = |sheet: StoredSheet| rows.row(&sheet)?.map_or(Ok(()), |row| Ok::<_, ExportError>(table.row(&row)?));
        store.each_sheet(form.id, each).await?;
        table.end()?;
        Ok(left_out)
    }
}

/// Writes what the columns of the table are, where these attributes are kept; all that can be, where none was chosen yet.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write_columns(
    form: &Form,
    attributes: Option<&[String]>,
    (title, format): (&str, Format),
    out: &mut dyn Write,
) -> std::result::Result<(), ExportError> {
    let known = choosable(form);
    let kept = known.into_iter().filter(|name| attributes.is_none_or(|kept| kept.iter().any(|kept| kept == name)));
    Ok(table::write_columns(&[shape(form, &kept.collect::<Vec<_>>(), title)], format, out)?)
}

/// What the table is before its rows.
fn shape(form: &Form, kept: &[&str], title: &str) -> TableShape {
    TableShape { name: RESPONSES, title: title.to_owned(), columns: columns(form, kept) }
}

/// The columns: what was chosen, every question but remarks, whatever was answered.
fn columns(form: &Form, kept: &[&str]) -> Vec<Column> {
    let meaning = |code: &'static str, key: &str| Meaning::of(code, Label::by(key));
    let unanswered = [meaning(NOT_APPLICABLE_CELL, "unit-no-opinion"), meaning(NOT_SHOWN, "unit-not-shown")];
    let suppressed = unanswered.iter().cloned().chain([meaning(SUPPRESSED, "workbook-suppressed")]);
    let kept = kept.iter().map(|&name| attribute(form, name).with_missing(suppressed.clone()));
    let questions = items(form, Role::Question).map(|(_, item)| of_item(item).with_missing(unanswered.clone()));
    super::columns(&[("suppressed", Text), ("unit", Text), ("group", Text)]).into_iter().chain(kept).chain(questions).collect()
}

/// The column of what somebody said of themselves, or of how the sheet was filled in.
fn attribute(form: &Form, name: &str) -> Column {
    let asked = items(form, Role::Attribute).find(|(_, item)| item.code == name).map(|(_, item)| of_item(item));
    asked
        .or_else(|| OF_THE_SHEET.into_iter().find(|known| *known == name).map(of_the_sheet))
        .unwrap_or_else(|| Column::new(name.to_owned(), Answer))
}

/// The column of an attribute of the sheet.
fn of_the_sheet(name: &'static str) -> Column {
    let modes = Mode::ALL.map(|mode| Meaning::of(mode.name(), Label::by(&format!("mode-{}", mode.name()))));
    let column = Column::known((name, Answer));
    if name == MODE { column.with_labels(modes) } else { column }
}

/// The column of an item: its text, and the codes of its options.
fn of_item(item: &Item) -> Column {
    let options = item.choices().iter().map(|choice| Meaning::of(choice.code.clone(), Label::of(&choice.text)));
    Column::new(item.code.clone(), Answer).called(Label::of(&item.text)).with_labels(options)
}

/// What every row begins with: where it is from, and how much was suppressed.
fn lead(provenance: &Provenance, kept: &[&str], left_out: SheetsLeftOut) -> Vec<Value<'static>> {
    let kept = if kept.is_empty() { "none".to_owned() } else { kept.join(" ") };
    let said = Value::text(format!("attributes: {kept}; {left_out}"));
    provenance.iter().cloned().chain([said]).collect()
}

/// Places of attributes that are named; each once, in the order of the columns.
fn places(form: &Form, named: &[String]) -> Result<Vec<usize>> {
    let known = choosable(form);
    if let Some(unknown) = named.iter().find(|name| !known.contains(&name.as_str())) {
        return Err(Refusal::NoAttribute { attribute: unknown.clone(), known: known.iter().map(|&name| name.to_owned()).collect() }.into());
    }
    Ok((0..known.len()).filter(|place| known.get(*place).is_some_and(|known| named.iter().any(|name| name == known))).collect())
}

/// What can be chosen, and what each choice costs.
fn offer(form: &Form, exportable: &Exportable) -> Refusal {
    let known = choosable(form);
    let telling = exportable.telling(known.len());
    let all = 1_u32.checked_shl(u32::try_from(telling.len()).unwrap_or(u32::MAX)).unwrap_or(u32::MAX);
    let every = telling.len() <= TRIED_MOST;
    let mut tried: Vec<Vec<usize>> = Vec::new();
    for mask in (1..all.max(1)).filter(|mask| every || mask.count_ones() <= 2) {
        tried.push(telling.iter().enumerate().filter(|(bit, _)| mask >> bit & 1 == 1).map(|(_, place)| *place).collect());
    }
    tried.sort_by_key(Vec::len);
    let costs = tried.into_iter().map(|kept| {
        let (_, cost) = exportable.suppressed(&kept);
        let attributes = kept.iter().filter_map(|place| known.get(*place).map(|&name| name.to_owned())).collect();
        let [values, sheets] =
            [(cost.values_suppressed, cost.values), (cost.rows_suppressed, cost.rows)].map(|(part, of)| percent(part, of));
        Cost { attributes, values, sheets }
    });
    Refusal::AttributesWanted { least: LEAST, all: every, costs: costs.collect() }
}

/// An answer, or the code of why there is none.
fn answer(cell: String) -> Value<'static> {
    if [NOT_APPLICABLE_CELL, NOT_SHOWN].contains(&cell.as_str()) { Value::Missing(cell.into()) } else { Value::text(cell) }
}

struct ResponseRows<'a> {
    form: &'a Form,
    kept: &'a [usize],
    units: HashMap<i32, &'a str>,
    exportable: &'a Exportable,
    suppressed: HashMap<UnitSet, Vec<Values>>,
    /// The place of the next sheet in each cell.
    next: HashMap<UnitSet, usize>,
}

impl ResponseRows<'_> {
    /// The row of a sheet; none where it has none.
    fn row(&mut self, sheet: &StoredSheet) -> Result<Option<Vec<Value<'static>>>> {
        if !self.form.codebook.has_answer(&sheet.answers) {
            return Ok(None);
        }
        let Some(cell) = self.exportable.cell(sheet) else { return Ok(None) };
        let set = Value::text(&cell.1);
        let suppressed = self.suppressed.get(&cell).map_or(&[][..], Vec::as_slice);
        let next = self.next.entry(cell).or_default();
        let shown = suppressed.get(*next).ok_or(Refusal::AnswersChange)?;
        *next += 1;
        let answers = unpack(self.form, sheet)?;
        let known = values(self.form, sheet, &answers);
        let mut row = vec![Value::text(self.units.get(&sheet.unit).copied().unwrap_or_default()), set];
        let value = |(place, shown): (&usize, &Option<u32>)| match (shown, known.get(*place)) {
            (Some(_), Some(value)) => answer(value.clone()),
            _ => Value::Missing(SUPPRESSED.into()),
        };
        row.extend(self.kept.iter().zip(shown).map(value));
        row.extend(cells(self.form, &answers, Role::Question).map(answer));
        Ok(Some(row))
    }
}
