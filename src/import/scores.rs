//! Scores from a CSV file: `unit, criterion`, and any of `self, evidence, appraised, note, explanation, second, council`.
//!
//! An empty cell leaves what stands there as it is, `-` takes it out, and `NOT_APPLICABLE` in a score column (in files of before `NA`) says
//! that the criterion does not apply to the unit. A text that a spreadsheet would run has a `'` in front, which is not kept. What is
//! entered already is no change, so the same file can be imported again in a later step.

mod rules;

use std::collections::{HashMap, HashSet};
use std::io::Read;

use super::table::{RowFault, Table, tidy};
use crate::fault::{Fault, Faults, Wrong, short};
use crate::meter::Progress;
use crate::round::steps::{ScorePart, Step};
use crate::scheme::Scheme;
use crate::spreadsheet::{NOT_APPLICABLE_CELL, restored};
use crate::store::scores::{Entry, ScoreSheets};
use crate::unit::Registered;
use rules::{Rules, is_score, leaves_out};

/// Columns that every file has.
const NEEDED: [&str; 2] = ["unit", "criterion"];

/// Takes out what stands in a cell.
const TAKE_OUT: &str = "-";

/// Largest file in bytes: 3,321 units × 100 criteria × 1,000 bytes, which is a short note in every cell.
const BYTES_MOST: u64 = 350_000_000;

/// Longest text of a cell in characters: two printed pages of explanation.
pub const TEXT_MOST: usize = 5_000;

/// What the rows of a file are read against.
#[derive(Debug)]
pub struct AgainstSchemes<'a> {
    /// Units that are scored, each with its scheme.
    pub units: Vec<(&'a Registered, &'a Scheme)>,
    /// The year that the round rates.
    pub year: i32,
    /// The step that the round is in; none for a round without planned steps.
    pub step: Option<Step>,
    /// What was entered so far.
    pub entered: &'a ScoreSheets,
}

/// Reads a file and gives what it changes.
///
/// # Errors
/// All faults of the file.
pub fn read(file: impl Read, against: &AgainstSchemes<'_>, progress: Progress<'_>) -> Result<Vec<Entry>, Faults> {
    let mut table = Table::open(file, BYTES_MOST, progress)?;
    let columns = ScoreColumns::of(&table)?;
    let units: HashMap<&str, (&Registered, &Scheme)> =
        against.units.iter().map(|(row, scheme)| (row.unit.code.as_str(), (*row, *scheme))).collect();
    let mut gathered =
        GatheredScores { against, units, rules: HashMap::new(), seen: HashSet::new(), entries: Vec::new(), faults: Faults::default() };
    let mut rows = 0_u64;
    loop {
        match table.next_full() {
            Ok(None) => break,
            Ok(Some(cells)) => {
                rows += 1;
                let cell = |place: usize| restored(&tidy(cells.get(place).unwrap_or_default())).to_owned();
                let given: Vec<(ScorePart, String)> =
                    columns.parts.iter().map(|(part, place)| (*part, cell(*place))).filter(|(_, text)| !text.is_empty()).collect();
                gathered.add(table.row(), &cell(columns.unit), &cell(columns.criterion), &given);
            }
            Err(RowFault::Skip(fault)) => gathered.faults.add(fault),
            Err(RowFault::Stop(fault)) => return Err(fault.into()),
        }
    }
    if rows == 0 && gathered.faults.shown().is_empty() {
        gathered.faults.add(Fault::file(Wrong::NoRows));
    }
    gathered.faults.or(gathered.entries)
}

/// Why a text is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnfitScoreText {
    /// It is empty, or means something else in a file.
    NoWords,
    /// It has so many characters, which is too many.
    TooLong(usize),
    /// It has signs that are not printed.
    Control,
}

/// A text of a person as it is kept.
///
/// # Errors
/// When it is empty, too long or has signs that are not printed, or means something else in a file.
pub fn text(given: &str) -> Result<String, UnfitScoreText> {
    let text = tidy(given);
    if text.is_empty() || text == TAKE_OUT || restored(&text) != text {
        return Err(UnfitScoreText::NoWords);
    }
    rules::words(&text)
}

/// Where each column stands.
struct ScoreColumns {
    unit: usize,
    criterion: usize,
    parts: Vec<(ScorePart, usize)>,
}

impl ScoreColumns {
    fn of<R: Read>(table: &Table<'_, R>) -> Result<Self, Faults> {
        let (found, mut faults) = (table.columns(), Faults::default());
        let known: Vec<&str> = NEEDED.into_iter().chain(ScorePart::COLUMNS.map(ScorePart::name)).collect();
        for (place, column) in found.iter().enumerate() {
            if !known.contains(&column.as_str()) {
                faults.add(Fault::cell(
                    table.row(),
                    column,
                    Wrong::UnknownColumn { known: known.iter().copied().map(str::to_owned).collect() },
                ));
            } else if found.iter().take(place).any(|earlier| earlier == column) {
                faults.add(Fault::cell(table.row(), column, Wrong::ColumnTwice));
            }
        }
        let place = |wanted: &str| found.iter().position(|column| column == wanted);
        for needed in NEEDED.into_iter().filter(|needed| place(needed).is_none()) {
            faults.add(Fault::cell(table.row(), needed, Wrong::ColumnMissing { may_be_empty: false }));
        }
        let parts = ScorePart::COLUMNS.into_iter().filter_map(|part| Some((part, place(part.name())?))).collect();
        let (unit, criterion) = (place("unit").unwrap_or_default(), place("criterion").unwrap_or_default());
        faults.or(Self { unit, criterion, parts })
    }
}

/// What was read so far.
struct GatheredScores<'a> {
    against: &'a AgainstSchemes<'a>,
    units: HashMap<&'a str, (&'a Registered, &'a Scheme)>,
    /// Rules by scheme and block, made once.
    rules: HashMap<(&'a str, &'a str), Rules<'a>>,
    seen: HashSet<(i32, &'a str)>,
    entries: Vec<Entry>,
    faults: Faults,
}

impl GatheredScores<'_> {
    fn add(&mut self, row: u64, unit: &str, criterion: &str, given: &[(ScorePart, String)]) {
        let Some((registered, scheme)) = self.units.get(unit).copied() else {
            return self.faults.add(Fault::cell(row, "unit", Wrong::UnitNotScored { unit: short(unit) }));
        };
        let block = registered.unit.block.as_str();
        let rules = self.rules.entry((scheme.id.as_str(), block)).or_insert_with(|| Rules::new(scheme, block, self.against.year));
        let Some((place, leaf)) = rules.leaf(criterion) else {
            return self.faults.add(Fault::cell(row, "criterion", rules.unknown(criterion)));
        };
        if !self.seen.insert((registered.id, leaf.code.as_str())) {
            return self.faults.add(Fault::cell(
                row,
                "criterion",
                Wrong::CriterionTwice { unit: unit.to_owned(), criterion: criterion.to_owned() },
            ));
        }
        let scores = || given.iter().filter(|(part, _)| is_score(*part));
        if scores().any(|(_, text)| leaves_out(leaf, text)) && scores().count() > 1 {
            return self.faults.add(Fault::cell(row, "", Wrong::NotApplicableBeside { mark: NOT_APPLICABLE_CELL.to_owned() }));
        }
        let now = self.against.entered.get(&registered.id).and_then(|cells| cells.get(&leaf.code));
        for (part, text) in given {
            match rules.entry(place, leaf, now, (*part, text), self.against.step) {
                Ok(Some((part, words))) => self.entries.push(Entry { unit: registered.id, leaf: leaf.code.clone(), part, words }),
                Ok(None) => {}
                Err(what) => self.faults.add(Fault::cell(row, part.name(), what)),
            }
        }
    }
}
