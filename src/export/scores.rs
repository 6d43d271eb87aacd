//! `scores`: scores and ranks of a round. A unit has one row, then one for each field of its block and one for each leaf of its scheme, whether
//! something was entered or not, so that the rows too depend on scheme and register alone.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Write};

use super::table::{Format, Table, Value};
use crate::publication::PublishedUnit;
use crate::publication::document::Document;
use crate::scoring::decimal::Held;
use crate::scoring::ranking::{
    Before, BlockRanking, CellResult, CellState, FieldScore, LeafHead, Origin, RankedUnit, Ranking, ScoreSums, Standing, UnitStatus,
};

mod book;
mod rows;

pub(super) use book::write as workbook;
use rows::{Entries, Past, Sums};

/// How the scores of a round are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScoresFormat {
    /// A table of values that are parted by commas.
    Csv,
    /// A table with one object a row.
    Json,
    /// A workbook to be read: a sheet a block, one of criteria and one of the surveys.
    Xlsx,
}

impl ScoresFormat {
    /// All.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Xlsx];

    /// The format of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Its name, which is also the ending of a file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => Format::Csv.name(),
            Self::Json => Format::Json.name(),
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => Format::Csv.media_type(),
            Self::Json => Format::Json.media_type(),
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl fmt::Display for ScoresFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Columns that are the same in all rows of a unit.
const UNIT: [&str; 11] =
    ["round", "synthetic", "scheme", "version", "snapshot", "block", "unit", "unit_name_vi", "unit_name_en", "status", "merged_from"];

/// Columns that say what a row is about. A leaf has its field, and where its points come from: those of a penalty are taken off.
const PLACE: [&str; 4] = ["level", "code", "field", "from"];

/// Writes the table.
pub(super) fn write(document: &Document, ranking: &Ranking, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let columns = UNIT.iter().chain(&PLACE).chain(&Sums::COLUMNS).chain(&Past::COLUMNS).chain(&Entries::COLUMNS);
    let mut table = Table::begin(format, columns.map(|&name| name.to_owned()).collect(), out)?;
    let names = names(document);
    for block in &ranking.blocks {
        let maxima: Vec<String> = block.leaves.iter().map(|leaf| leaf.maximum.to_fixed(2)).collect();
        let lines = Lines { document, ranking, names: &names, block, maxima: &maxima };
        for unit in &block.units {
            lines.write(&mut table, unit)?;
        }
    }
    table.end().map(drop)
}

/// Units by code: names of thousands are looked up.
fn names(document: &Document) -> HashMap<&str, &PublishedUnit> {
    document.publication.units.iter().map(|unit| (unit.code.as_str(), unit)).collect()
}

/// The rows of a block.
struct Lines<'a> {
    document: &'a Document,
    ranking: &'a Ranking,
    names: &'a HashMap<&'a str, &'a PublishedUnit>,
    block: &'a BlockRanking,
    /// Maxima of the leaves, as they are printed.
    maxima: &'a [String],
}

impl<'a> Lines<'a> {
    fn write(&self, table: &mut Table<'_>, unit: &'a RankedUnit) -> io::Result<()> {
        let RankedUnit { unit: code, status, standing, cells } = unit;
        table.lead(&self.unit(code.as_str(), status))?;
        let standing = standing.as_ref();
        let (sums, past) = (standing.map(sums_of_unit).unwrap_or_default(), self.past_of_unit(standing));
        put(table, ["unit", "", "", ""].map(named), sums, past, Entries::default())?;
        for (place, head) in self.block.fields.iter().enumerate() {
            let sums = standing.and_then(|standing| standing.fields.get(place)).map(sums_of_field).unwrap_or_default();
            put(table, ["field", &head.code, "", ""].map(named), sums, self.past_of_field(standing, place), Entries::default())?;
        }
        for ((place, head), maximum) in self.block.leaves.iter().enumerate().zip(self.maxima) {
            let LeafHead { code, field, maximum: _, from } = head;
            let (sums, entries) = of_cell(cells.get(place), maximum);
            put(table, ["criterion", code, field, origin(*from)].map(named), sums, Past::default(), entries)?;
        }
        Ok(())
    }

    /// What stands in all rows of a unit.
    fn unit(&self, code: &'a str, status: &'a UnitStatus) -> [Value<'a>; 11] {
        let publication = &self.document.publication;
        let name = |language| Value::lent(self.names.get(code).map_or(code, |unit| unit.name(language)));
        let (word, merged_from) = status_of(status);
        [
            Value::lent(&publication.round),
            yes(publication.synthetic),
            named(self.block.scheme.as_deref().unwrap_or_default()),
            named(self.document.scheme(self.block).map_or("", |scheme| &scheme.version)),
            Value::lent(self.document.seal()),
            Value::lent(&self.block.block),
            Value::lent(code),
            name("vi"),
            name("en"),
            Value::lent(word),
            Value::maybe(merged_from),
        ]
    }

    /// The round that changes are measured against.
    fn previous(&self) -> Value<'a> {
        self.ranking.previous.as_ref().map_or(Value::Empty, |previous| Value::lent(&previous.round))
    }

    fn past_of_unit(&self, standing: Option<&Standing>) -> Past<'a> {
        let past = Past { previous_round: self.previous(), ..Past::default() };
        let Some((standing, before)) = standing.and_then(|standing| Some((standing, standing.before.as_ref()?))) else { return past };
        let Before { rank, index, fields: _ } = before;
        Past {
            previous_rank: Value::Whole((*rank).into()),
            rank_change: Value::Signed(i64::from(*rank) - i64::from(standing.rank)),
            previous_index: fixed(*index),
            index_change: change(standing.index, *index).map_or(Value::Empty, Value::Decimal),
            ..past
        }
    }

    fn past_of_field(&self, standing: Option<&Standing>, place: usize) -> Past<'a> {
        let now = standing.and_then(|standing| standing.fields.get(place)?.index);
        let before = standing.and_then(|standing| standing.before.as_ref()?.fields.get(place).copied().flatten());
        let index_change = change(now, before).map_or(Value::Empty, Value::Decimal);
        Past { previous_round: self.previous(), previous_index: fixed(before), index_change, ..Past::default() }
    }
}

/// Writes what a row has of its own.
fn put<'a>(table: &mut Table<'_>, place: [Value<'a>; 4], sums: Sums<'a>, past: Past<'a>, entries: Entries<'a>) -> io::Result<()> {
    let cells: Vec<Value<'a>> = place.into_iter().chain(sums.cells()).chain(past.cells()).chain(entries.cells()).collect();
    table.row(&cells)
}

fn sums_of_unit(standing: &Standing) -> Sums<'_> {
    let Standing { rank, index, score, band, fields: _, before: _ } = standing;
    let ranked = Sums {
        rank: Value::Whole((*rank).into()),
        band: named(band.as_deref().unwrap_or_default()),
        index: fixed(*index),
        index_held: held(*index),
        ..Sums::default()
    };
    let Some(ScoreSums { points, maximum, base_points, base_index, bonus, penalty, clamped, rescaled, missing }) = score else {
        return ranked;
    };
    Sums {
        base_index: fixed(*base_index),
        points: fixed(*points),
        points_held: held(*points),
        maximum: fixed(*maximum),
        base_points: fixed(*base_points),
        bonus: fixed(*bonus),
        penalty: fixed(*penalty),
        clamped: yes(*clamped),
        rescaled: yes(*rescaled),
        missing: Value::Whole((*missing).into()),
        ..ranked
    }
}

fn sums_of_field(field: &FieldScore) -> Sums<'static> {
    let FieldScore { points, maximum, index, rank } = field;
    Sums {
        rank: Value::whole(*rank),
        index: fixed(*index),
        index_held: held(*index),
        points: fixed(*points),
        points_held: held(*points),
        maximum: fixed(*maximum),
        ..Sums::default()
    }
}

/// Points and entries of a leaf.
fn of_cell<'a>(cell: Option<&'a CellResult>, maximum: &'a str) -> (Sums<'a>, Entries<'a>) {
    let head = Sums { maximum: Value::lent(maximum), ..Sums::default() };
    let Some(cell) = cell else { return (head, Entries::default()) };
    // What was changed, by whom and when is in the publication only.
    let CellResult { points, state, self_score, evidence, appraised, note, explanation, second, council, survey, changes: _ } = cell;
    let entry = |text: &'a Option<String>| named(text.as_deref().unwrap_or_default());
    let entries = Entries {
        state: Value::lent(state_of(*state)),
        self_score: entry(self_score),
        appraised: entry(appraised),
        second: entry(second),
        council: entry(council),
        note: entry(note),
        evidence: entry(evidence),
        explanation: entry(explanation),
        survey_percent: fixed(survey.as_ref().map(|survey| survey.percent)),
        survey_sheets: Value::whole(survey.as_ref().map(|survey| survey.sheets)),
    };
    (Sums { points: fixed(*points), points_held: held(*points), ..head }, entries)
}

/// A text, or nothing where it is empty.
fn named(text: &str) -> Value<'_> {
    if text.is_empty() { Value::Empty } else { Value::lent(text) }
}

fn yes(is: bool) -> Value<'static> {
    Value::lent(if is { "yes" } else { "no" })
}

/// A value as it is printed.
fn fixed(value: impl Into<Option<Held>>) -> Value<'static> {
    value.into().map_or(Value::Empty, |value| Value::text(value.to_fixed(2)))
}

/// A value as it is held.
fn held(value: impl Into<Option<Held>>) -> Value<'static> {
    Value::maybe(value.into())
}

/// By how much an index rose or fell, with a sign, rounded once like everything that is printed.
fn change(now: Option<Held>, before: Option<Held>) -> Option<String> {
    let (now, before) = now.zip(before)?;
    let (sign, by) = if now < before { ("-", before.less(now)) } else { ("+", now.less(before)) };
    let sign = if by.steps(2) == 0 { "" } else { sign };
    Some(format!("{sign}{}", by.to_fixed(2)))
}

fn status_of(status: &UnitStatus) -> (&'static str, Option<String>) {
    match status {
        UnitStatus::Normal => ("normal", None),
        UnitStatus::New => ("new", None),
        UnitStatus::Merged { from } => ("merged", Some(from.iter().map(|code| code.as_str()).collect::<Vec<_>>().join(";"))),
        UnitStatus::Exempt => ("exempt", None),
    }
}

fn state_of(state: CellState) -> &'static str {
    match state {
        CellState::Counted => "counted",
        CellState::Missing => "missing",
        CellState::NotApplicable => "not-applicable",
        CellState::NoSurvey => "no-survey",
    }
}

fn origin(from: Origin) -> &'static str {
    match from {
        Origin::Appraisal => "appraisal",
        Origin::Satisfaction => "satisfaction",
        Origin::Officials => "officials",
        Origin::Statistic => "statistic",
        Origin::Bonus => "bonus",
        Origin::Penalty => "penalty",
    }
}
