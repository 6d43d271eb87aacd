//! One row: from cells to a sheet that fits its questionnaire.

use csv::StringRecord;
use validator::{Validate, ValidationError};

use super::super::fault::{add_invalid, said};
use super::super::table::tidy;
use super::header::{ColumnUse, Header, unit_column};
use super::{AgainstQuestionnaire, UnitStanding, canonical};
use crate::fault::{Fault, Faults, Place, Wrong, short};
use crate::printed::is_hidden;
use crate::spreadsheet::is_not_applicable;
use crate::store::imports::ImportedSheet;
use crate::survey::mode::Mode;
use crate::survey::reading::about::not_worked_with;
use crate::survey::reading::{self, NO_OPINION_CODE, REMARK_MAX, Reading, read as read_sheet};
use crate::survey::sheet::SEVERAL;
use crate::survey::{Item, Questionnaire};
use crate::unit::is_code;

/// How a sheet of a file can have been filled in. What came with a code has its own way in, where each code counts once.
const MODES: [Mode; 4] = [Mode::Link, Mode::Desk, Mode::Interview, Mode::Paper];

/// What a cell says for yes, and for no.
const MARKS: [&str; 2] = ["1", "0"];

/// Longest name of a stratum or sampling unit in characters.
const LABEL_MOST: usize = 100;

/// Options that a fault names; a clerk who sees twelve knows which list is meant.
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
pub(super) enum ResponseRow {
    /// A sheet, with the hash of what it says.
    Sheet(ImportedSheet, [u8; 32]),
    /// A row without any answer, with what was written in it.
    NoAnswer(Vec<(String, String)>),
}

/// Reads a row, or adds its faults.
pub(super) fn read(
    against: &AgainstQuestionnaire<'_>,
    header: &Header,
    cells: &StringRecord,
    row: u64,
    faults: &mut Faults,
) -> Option<ResponseRow> {
    let (head, fields) = sort(header, cells);
    let valid = head.validate().map_err(|errors| add_invalid(faults, &errors, |column| Place::Cell { row, column: column.to_owned() }));
    let unit = unit(against, &head.unit).map_err(|what| faults.add(Fault::cell(row, unit_column(against.questionnaire), what)));
    let group = group(against.questionnaire, &head.group).map_err(|what| faults.add(Fault::cell(row, "group", what)));
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
        return Some(ResponseRow::NoAnswer(remarks));
    }
    let Head { unit: about, group, mode, stratum, psu, not_worked_with: _ } = head;
    let mode = mode.and_then(|name| Mode::from_name(&name)).unwrap_or(Mode::Paper);
    let content = canonical::of_row([&about, &group], against.questionnaire, &sheet);
    Some(ResponseRow::Sheet(ImportedSheet { unit, group, mode, stratum, psu, answers: against.codebook.pack(&sheet), remarks }, content))
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
    let stray = |column: &&str| Fault::cell(row, column, Wrong::AnsweredNevertheless);
    Err(answered.iter().map(stray).collect())
}

/// Parts the cells of a row into those of ours and answers, as a form would send them. Empty cells send nothing.
fn sort(header: &Header, cells: &StringRecord) -> (Head, Vec<(String, String)>) {
    let mut head = Head::default();
    let mut fields = Vec::new();
    for ((name, column), cell) in header.0.iter().zip(cells).filter(|(_, cell)| !cell.trim().is_empty()) {
        let mut send = |value: &str| fields.push((name.clone(), option_code(value)));
        match column {
            ColumnUse::Unit => head.unit = tidy(cell),
            ColumnUse::Group => head.group = tidy(cell),
            ColumnUse::Mode => head.mode = Some(tidy(cell)),
            ColumnUse::Stratum => head.stratum = Some(tidy(cell)),
            ColumnUse::Psu => head.psu = Some(tidy(cell)),
            ColumnUse::NotWorkedWith => head.not_worked_with = Some(tidy(cell)),
            ColumnUse::Answer => send(cell),
            ColumnUse::Answers => cell.split(SEVERAL).for_each(send),
            ColumnUse::Words => fields.push((name.clone(), cell.to_owned())),
        }
    }
    (head, fields)
}

/// The code in a cell; what says "does not apply" is "no opinion".
fn option_code(cell: &str) -> String {
    let code = cell.trim();
    if is_not_applicable(code) { NO_OPINION_CODE.to_owned() } else { code.to_owned() }
}

fn unit(against: &AgainstQuestionnaire<'_>, code: &str) -> Result<i32, Wrong> {
    let unit = short(code);
    Err(match against.units.get(code) {
        Some(UnitStanding::Asked(id)) => return Ok(*id),
        Some(UnitStanding::NotAsked(Some(other))) => Wrong::UnitMerged { unit, other: other.clone() },
        Some(UnitStanding::NotAsked(None)) => Wrong::UnitNotAsked { unit },
        None if code.is_empty() => Wrong::UnitWanted,
        None => Wrong::NoUnit { unit },
    })
}

/// Where groups rate units, points depend on who said what: the group has to be one of the definition.
fn group(questionnaire: &Questionnaire, code: &str) -> Result<(), Wrong> {
    let Some(rating) = &questionnaire.rating else { return Ok(()) };
    let groups = || rating.groups.iter().map(|group| group.code.clone()).collect();
    if rating.group(code).is_some() { Ok(()) } else { Err(Wrong::GroupWanted { groups: groups() }) }
}

/// A fault of an answer. What a remark says is never repeated.
fn answer_fault(questionnaire: &Questionnaire, row: u64, fault: &reading::SheetFault) -> Fault {
    let item = |code: &str| questionnaire.items.iter().find(|item| item.code == code);
    let (code, what) = match fault {
        reading::SheetFault::UnknownItem(code) => (code, Wrong::NoItem),
        reading::SheetFault::UnknownOption(code) => (code, item(code).map_or(Wrong::NoItem, not_an_option)),
        reading::SheetFault::SeveralAnswers(code) => (code, Wrong::OneAnswer),
        reading::SheetFault::NoOpinionNotOffered(code) if item(code).is_some_and(|item| item.no_opinion) => (code, Wrong::NoOpinionBeside),
        reading::SheetFault::NoOpinionNotOffered(code) => (code, Wrong::NoOpinionNotOffered),
        reading::SheetFault::TooLong(code) => (code, Wrong::LongAnswer { most: REMARK_MAX }),
    };
    Fault::cell(row, code, what)
}

/// The fault of a cell that holds no option of its item, with what may stand there.
fn not_an_option(item: &Item) -> Wrong {
    let mut options: Vec<String> = item.choices().iter().map(|choice| choice.code.clone()).collect();
    if options.len() > OPTIONS_NAMED {
        options.truncate(OPTIONS_NAMED);
        options.push("…".to_owned());
    }
    Wrong::NotAnOption { options, several: item.is_multiple(), no_opinion: item.no_opinion }
}

fn a_group(text: &str) -> Result<(), ValidationError> {
    said(text.is_empty() || is_code(text), || Wrong::GroupNoCode)
}

fn a_mode(text: &str) -> Result<(), ValidationError> {
    let known = || MODES.map(|mode| mode.name().to_owned()).to_vec();
    said(text != Mode::Code.name(), || Wrong::ModeOfCodes { known: known() })?;
    said(MODES.map(Mode::name).contains(&text), || Wrong::NoMode { known: known() })
}

fn a_label(text: &str) -> Result<(), ValidationError> {
    let fits = text.chars().count() <= LABEL_MOST && !text.chars().any(is_hidden);
    said(fits, || Wrong::UnfitLabel { most: LABEL_MOST })
}

fn a_mark(text: &str) -> Result<(), ValidationError> {
    said(MARKS.contains(&text), || Wrong::NoMark)
}
