//! Targets of a plan, figures that others computed, and rankings of earlier years, each from a CSV file.
//!
//! * Targets: `plan, year, index, scope, target_type, target_value, source`, and `unit` where a target is for one unit; other columns, such
//!   as the name of the province, are passed over.
//! * Figures: `index, scope, year, value, rank, previous_rank, group, source`; any of the four figures may be empty.
//! * A ranking: `block, unit, rank, index`, and a column `field:CODE` for the index of each field; `index` and fields may be empty.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Read;

use super::table::{RowFault, Table, tidy};
use crate::fault::{Fault, Faults, Wrong, short};
use crate::scoring::decimal::Held;
use crate::scoring::ranking::Past;
use crate::scoring::targets::{Aim, Attained, ImportedFigure, Target};
use crate::unit::{Unit, UnitCode, is_code};

/// Largest file in bytes: 20,000 rows of 100 bytes.
const BYTES_MOST: u64 = 2_000_000;
/// What may be aimed at.
const TARGET_TYPES: [&str; 6] = ["value_at_least", "value_above", "value_equal", "rank_at_most", "group_equal", "rank_change_at_least"];

/// Before the code of a field, in the head of a column.
const FIELD: &str = "field:";

/// One row by the names of its columns.
struct NamedRow<'r> {
    number: u64,
    cells: HashMap<&'r str, String>,
}

impl NamedRow<'_> {
    fn get(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn fault(&self, column: &str, what: Wrong) -> Fault {
        Fault::cell(self.number, column, what)
    }

    fn needed(&self, column: &str) -> Result<String, Fault> {
        let text = self.get(column);
        if text.is_empty() { Err(self.fault(column, Wrong::EmptyCell)) } else { Ok(text.to_owned()) }
    }

    fn year(&self) -> Result<i32, Fault> {
        let text = self.get("year");
        let year = text.parse().ok().filter(|year| (2000..=2100).contains(year));
        year.ok_or_else(|| self.fault("year", Wrong::NoYear { given: short(text) }))
    }

    /// A number with or without a percent sign, with a point or a comma; none where the cell is empty.
    fn value(&self, column: &str) -> Result<Option<Held>, Fault> {
        let text = self.get(column);
        if text.is_empty() {
            return Ok(None);
        }
        Held::typed(text.trim_end_matches('%').trim()).map(Some).map_err(|_| self.fault(column, Wrong::NoNumber { given: short(text) }))
    }

    fn rank(&self, column: &str) -> Result<Option<u32>, Fault> {
        let text = self.get(column);
        if text.is_empty() {
            return Ok(None);
        }
        let rank = text.trim_start_matches('+').parse().ok().filter(|rank| *rank > 0);
        rank.map(Some).ok_or_else(|| self.fault(column, Wrong::NoRank { given: short(text) }))
    }
}

/// Reads every row of a file that has some columns and may have others that are known.
fn rows<T>(
    file: impl Read,
    needed: &[&str],
    known: fn(&str) -> bool,
    mut read: impl FnMut(&NamedRow<'_>) -> Result<T, Fault>,
) -> Result<Vec<T>, Faults> {
    let mut table = Table::open(file, BYTES_MOST, &|_| {})?;
    let columns = table.columns().to_vec();
    let mut faults = Faults::default();
    for missing in needed.iter().filter(|needed| !columns.iter().any(|column| column == **needed)) {
        faults.add(Fault::cell(table.row(), missing, Wrong::ColumnMissing { may_be_empty: false }));
    }
    for (place, column) in columns.iter().enumerate() {
        if columns.iter().take(place).any(|earlier| earlier == column) {
            faults.add(Fault::cell(table.row(), column, Wrong::ColumnTwice));
        } else if !needed.contains(&column.as_str()) && !known(column) {
            faults.add(Fault::cell(table.row(), column, Wrong::UnknownColumn { known: Vec::new() }));
        }
    }
    faults.or(())?;
    let (mut faults, mut found) = (Faults::default(), Vec::new());
    loop {
        match table.next_full() {
            Ok(None) => break,
            Ok(Some(cells)) => {
                let cells = columns.iter().map(String::as_str).zip(cells.iter().map(tidy)).collect();
                match read(&NamedRow { number: table.row(), cells }) {
                    Ok(row) => found.push(row),
                    Err(fault) => faults.add(fault),
                }
            }
            Err(RowFault::Skip(fault)) => faults.add(fault),
            Err(RowFault::Stop(fault)) => return Err(fault.into()),
        }
    }
    if found.is_empty() && faults.shown().is_empty() {
        faults.add(Fault::file(Wrong::NoRows));
    }
    faults.or(found)
}

/// Reads all bytes of a file of one of these kinds, so that it can be known again by their hash.
///
/// # Errors
/// When it cannot be read. One that is too large is cut off where whoever reads it next refuses it.
pub fn whole(file: impl Read) -> Result<Vec<u8>, Faults> {
    let mut bytes = Vec::new();
    file.take(BYTES_MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Fault::file(Wrong::Unreadable { row: None, cause: error.to_string() }))?;
    Ok(bytes)
}

/// Reads targets.
///
/// # Errors
/// All faults of the file.
pub fn targets(file: impl Read, register: &[Unit]) -> Result<Vec<Target>, Faults> {
    rows(
        file,
        &["plan", "year", "index", "scope", "target_type", "target_value", "source"],
        |_| true,
        |row| {
            Ok(Target {
                unit: unit(row, register)?,
                plan: row.needed("plan")?,
                year: row.year()?,
                index: row.needed("index")?,
                scope: row.needed("scope")?,
                aim: aim(row)?,
                source: row.get("source").to_owned(),
            })
        },
    )
}

fn unit(row: &NamedRow<'_>, register: &[Unit]) -> Result<Option<UnitCode>, Fault> {
    let code = row.get("unit");
    if code.is_empty() {
        return Ok(None);
    }
    let found = register.iter().find(|unit| unit.code.as_str() == code);
    found.map(|unit| Some(unit.code.clone())).ok_or_else(|| row.fault("unit", Wrong::NoUnit { unit: short(code) }))
}

/// What is aimed at. A target without a value is not stated, whatever its type says.
fn aim(row: &NamedRow<'_>) -> Result<Aim, Fault> {
    let (kind, column) = (row.get("target_type"), "target_value");
    if row.get(column).is_empty() {
        return Ok(Aim::NotStated(kind.to_owned()));
    }
    let value = || row.value(column).map(Option::unwrap_or_default);
    let rank = || row.rank(column).map(Option::unwrap_or_default);
    Ok(match kind {
        "value_at_least" => Aim::ValueAtLeast(value()?),
        "value_above" => Aim::ValueAbove(value()?),
        "value_equal" => Aim::ValueEqual(value()?),
        "rank_at_most" => Aim::RankAtMost(rank()?),
        "rank_change_at_least" => Aim::RankChangeAtLeast(rank()?),
        "group_equal" => Aim::GroupEqual(row.get(column).to_owned()),
        _ => {
            let known = TARGET_TYPES.map(str::to_owned).to_vec();
            return Err(row.fault("target_type", Wrong::NoTargetType { given: short(kind), known }));
        }
    })
}

/// Reads figures that others computed.
///
/// # Errors
/// All faults of the file.
pub fn figures(file: impl Read) -> Result<Vec<ImportedFigure>, Faults> {
    let mut seen = HashSet::new();
    let known = |column: &str| ["value", "rank", "previous_rank", "group"].contains(&column);
    rows(file, &["index", "scope", "year", "source"], known, |row| {
        let figure = ImportedFigure {
            index: row.needed("index")?,
            scope: row.needed("scope")?,
            year: row.year()?,
            attained: Attained {
                value: row.value("value")?,
                rank: row.rank("rank")?,
                previous_rank: row.rank("previous_rank")?,
                group: Some(row.get("group").to_owned()).filter(|group| !group.is_empty()),
                source: Some(row.needed("source")?),
            },
        };
        if !seen.insert((figure.index.to_lowercase(), figure.scope.to_lowercase(), figure.year)) {
            return Err(row.fault("scope", Wrong::FigureTwice));
        }
        Ok(figure)
    })
}

/// Reads a ranking of an earlier year: each unit with what is known of it.
///
/// # Errors
/// All faults of the file.
pub fn past(file: impl Read, register: &[Unit]) -> Result<Vec<(UnitCode, Past)>, Faults> {
    let mut seen = HashSet::new();
    let known = |column: &str| column == "index" || column.strip_prefix(FIELD).is_some_and(is_code);
    rows(file, &["block", "unit", "rank"], known, |row| {
        let code = unit(row, register)?.ok_or_else(|| row.fault("unit", Wrong::EmptyCell))?;
        if !seen.insert(code.clone()) {
            return Err(row.fault("unit", Wrong::UnitTwice { unit: code.to_string(), row: None }));
        }
        let rank = row.rank("rank")?.ok_or_else(|| row.fault("rank", Wrong::EmptyCell))?;
        let mut fields = BTreeMap::new();
        for column in row.cells.keys().filter(|column| column.starts_with(FIELD)) {
            let value = percent(row, column)?;
            fields.extend(value.map(|value| (column.trim_start_matches(FIELD).to_owned(), value)));
        }
        let block = row.needed("block")?;
        if !is_code(&block) {
            return Err(row.fault("block", Wrong::NoBlock { given: short(&block) }));
        }
        Ok((code, Past { block, rank, index: percent(row, "index")?, fields, score: None }))
    })
}

fn percent(row: &NamedRow<'_>, column: &str) -> Result<Option<Held>, Fault> {
    let value = row.value(column)?;
    if value.is_some_and(|value| value > Held::from_hundredths(10_000)) {
        return Err(row.fault(column, Wrong::IndexAbove));
    }
    Ok(value)
}
