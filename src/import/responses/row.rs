//! One row: from cells to a sheet that fits its questionnaire.

use std::borrow::Cow;

use csv::StringRecord;
use validator::{Validate, ValidationError};

use super::super::table::tidy;
use super::super::{Fault, Faults, Place};
use super::header::{Column, Header, unit_column};
use super::{Against, Standing, canonical};
use crate::printed::is_hidden;
use crate::store::imports::ImportedSheet;
use crate::survey::mode::Mode;
use crate::survey::reading::about::not_worked_with;
use crate::survey::reading::{self, NO_OPINION_CODE, REMARK_MAX, Reading, read as read_sheet};
use crate::survey::sheet::SEVERAL;
use crate::survey::{Item, Questionnaire};
use crate::unit::{CODE_RULE, is_code};

/// How a sheet of a file can have been filled in. What came with a code has its own way in, where each code counts once.
const MODES: [Mode; 4] = [Mode::Link, Mode::Desk, Mode::Interview, Mode::Paper];

/// What a cell says for yes, and for no.
const MARKS: [&str; 2] = ["1", "0"];

/// Options that a message names; a clerk who sees twelve knows which list is meant.
const OPTIONS_NAMED: usize = 12;

/// The cells that are not answers.
#[derive(Debug, Default, Validate)]
struct Head {
    unit: String,
    #[validate(custom(function = "a_group"))]
    group: String,
    #[validate(custom(function = "a_mode"))]
    mode: Option<String>,
    #[validate(custom(function = "a_label"))]
    stratum: Option<String>,
    #[validate(custom(function = "a_label"))]
    psu: Option<String>,
    #[validate(custom(function = "a_mark"))]
    not_worked_with: Option<String>,
}

/// What a row is.
pub(super) enum Row {
    /// A sheet, with the hash of what it says.
    Sheet(ImportedSheet, [u8; 32]),
    /// A row without any answer, with what was written in it.
    NoAnswer(Vec<(String, String)>),
}

/// Reads a row, or adds its faults.
pub(super) fn read(against: &Against<'_>, header: &Header, cells: &StringRecord, row: u64, faults: &mut Faults) -> Option<Row> {
    let (head, fields) = sort(header, cells);
    let valid = head.validate().map_err(|errors| faults.add_invalid(&errors, |column| Place::Cell { row, column: column.to_owned() }));
    let unit = unit(against, &head.unit).map_err(|message| faults.add(Fault::cell(row, unit_column(against.questionnaire), message)));
    let group = group(against.questionnaire, &head.group).map_err(|message| faults.add(Fault::cell(row, "group", message)));
    let reading = if head.not_worked_with.as_deref() == Some(MARKS[0]) {
        nothing_asked(against.questionnaire, &fields, row).map_err(|found| faults.extend(found))
    } else {
        read_sheet(against.questionnaire, &against.places, fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            .map_err(|found| faults.extend(found.iter().map(|fault| answer_fault(against.questionnaire, row, fault))))
    };
    let (Ok(()), Ok(unit), Ok(()), Ok(Reading { sheet, .. })) = (valid, unit, group, reading) else { return None };
    let code = |place: usize| against.questionnaire.items.get(place).map_or(String::new(), |item| item.code.clone());
    let remarks = sheet.remarks().iter().map(|remark| (code(remark.item), remark.words.clone())).collect();
    if !sheet.has_answer(against.questionnaire) {
        return Some(Row::NoAnswer(remarks));
    }
    let Head { unit: about, group, mode, stratum, psu, not_worked_with: _ } = head;
    let mode = mode.and_then(|name| Mode::from_name(&name)).unwrap_or(Mode::Paper);
    let content = canonical::of_row([&about, &group], against.questionnaire, &sheet);
    Some(Row::Sheet(ImportedSheet { unit, group, mode, stratum, psu, answers: against.codebook.pack(&sheet), remarks }, content))
}

/// The sheet of a respondent who has not worked with the unit. The form drops what was answered before, because its sender sees it do so;
/// in a file either the mark or the answers are a slip, and only the clerk can say which.
fn nothing_asked(questionnaire: &Questionnaire, fields: &[(String, String)], row: u64) -> Result<Reading, Vec<Fault>> {
    let mut answered: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    // A cell of several choices is several fields.
    answered.dedup();
    if answered.is_empty() {
        return Ok(not_worked_with(questionnaire));
    }
    let stray = |column: &&str| Fault::cell(row, column, "leave it empty: the row says that the respondent has not worked with the unit");
    Err(answered.iter().map(stray).collect())
}

/// Parts the cells of a row into those of ours and answers, as a form would send them. Empty cells send nothing.
fn sort(header: &Header, cells: &StringRecord) -> (Head, Vec<(String, String)>) {
    let mut head = Head::default();
    let mut fields = Vec::new();
    for ((name, column), cell) in header.0.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
        let mut send = |value: &str| fields.push((name.clone(), option_code(value)));
        match column {
            Column::Unit => head.unit = tidy(cell),
            Column::Group => head.group = tidy(cell),
            Column::Mode => head.mode = Some(tidy(cell)),
            Column::Stratum => head.stratum = Some(tidy(cell)),
            Column::Psu => head.psu = Some(tidy(cell)),
            Column::NotWorkedWith => head.not_worked_with = Some(tidy(cell)),
            Column::Answer => send(cell),
            Column::Answers => cell.split(SEVERAL).for_each(send),
            Column::Words => fields.push((name.clone(), cell.to_owned())),
        }
    }
    (head, fields)
}

/// The code in a cell; `NA` in any case is "no opinion".
fn option_code(cell: &str) -> String {
    let code = cell.trim();
    if code.eq_ignore_ascii_case(NO_OPINION_CODE) { NO_OPINION_CODE.to_owned() } else { code.to_owned() }
}

fn unit(against: &Against<'_>, code: &str) -> Result<i32, String> {
    let short: String = code.chars().take(60).filter(|letter| !is_hidden(*letter)).collect();
    match against.units.get(code) {
        Some(Standing::Asked(id)) => Ok(*id),
        Some(Standing::NotAsked(Some(other))) => Err(format!("unit `{code}` was merged; write `{other}`")),
        Some(Standing::NotAsked(None)) => Err(format!("this questionnaire does not ask about `{code}` in this round")),
        None if code.is_empty() => Err("write the code of the unit that the sheet is about".to_owned()),
        None => Err(format!("there is no unit `{short}`; `par-survey units list` shows those there are")),
    }
}

/// Where groups rate units, points depend on who said what: the group has to be one of the definition.
fn group(questionnaire: &Questionnaire, code: &str) -> Result<(), String> {
    let Some(rating) = &questionnaire.rating else { return Ok(()) };
    let names = || rating.groups.iter().map(|group| group.code.as_str()).collect::<Vec<_>>().join(", ");
    if rating.group(code).is_some() { Ok(()) } else { Err(format!("write one of the groups of the definition: {}", names())) }
}

/// A fault of an answer, in words for whoever has the row before them. What a remark says is never repeated.
fn answer_fault(questionnaire: &Questionnaire, row: u64, fault: &reading::Fault) -> Fault {
    let item = |code: &str| questionnaire.items.iter().find(|item| item.code == code);
    let (code, message) = match fault {
        reading::Fault::UnknownItem(code) => (code, "there is no such item".to_owned()),
        reading::Fault::UnknownOption(code) => (code, format!("none of its options; write {}", item(code).map_or(String::new(), options))),
        reading::Fault::SeveralAnswers(code) => (code, "this item takes one answer".to_owned()),
        reading::Fault::NoOpinionNotOffered(code) => (
            code,
            if item(code).is_some_and(|item| item.no_opinion) { "NA stands alone" } else { "this item does not offer NA" }.to_owned(),
        ),
        reading::Fault::TooLong(code) => (code, format!("at most {REMARK_MAX} characters")),
    };
    Fault::cell(row, code, message)
}

/// What may stand in the cells of an item.
fn options(item: &Item) -> String {
    let codes: Vec<&str> = item.choices().iter().map(|choice| choice.code.as_str()).collect();
    let named = codes.get(..OPTIONS_NAMED).map_or_else(|| codes.join(", "), |first| format!("{}, …", first.join(", ")));
    let several = if item.is_multiple() { " (several joined by ;)" } else { "" };
    let no_opinion = if item.no_opinion { ", or NA" } else { "" };
    format!("{named}{several}{no_opinion}, or leave it empty")
}

fn a_group(text: &str) -> Result<(), ValidationError> {
    said(text.is_empty() || is_code(text), || format!("a respondent group is a code: {CODE_RULE}"))
}

fn a_mode(text: &str) -> Result<(), ValidationError> {
    let known = MODES.map(Mode::name).join(", ");
    said(text != Mode::Code.name(), || {
        format!("a sheet with a code comes only by its own form; if this one was filled in otherwise, write how: {known}; else take it out")
    })?;
    said(MODES.map(Mode::name).contains(&text), || format!("no such mode; write {known}, or leave it empty for paper"))
}

fn a_label(text: &str) -> Result<(), ValidationError> {
    let fits = text.chars().count() <= 100 && !text.chars().any(is_hidden);
    said(fits, || "at most 100 characters in one line".to_owned())
}

fn a_mark(text: &str) -> Result<(), ValidationError> {
    let message = || "write 1 where the respondent has not worked with the unit; otherwise 0, or leave it empty".to_owned();
    said(MARKS.contains(&text), message)
}

fn said(holds: bool, message: impl FnOnce() -> String) -> Result<(), ValidationError> {
    if holds { Ok(()) } else { Err(ValidationError::new("cell").with_message(Cow::Owned(message()))) }
}
