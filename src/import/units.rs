//! The register of units from a CSV file: `code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into`.

mod bonds;
mod row;

use std::collections::HashSet;
use std::io::Read;

use super::table::{RowFault, Table};
use crate::fault::{Fault, Faults, Wrong};
use crate::unit::Unit;
use row::UnitRow;

/// The columns of the file, in any order.
pub const COLUMNS: [&str; 8] = ["code", "name_vi", "name_en", "block", "parent", "valid_from", "valid_to", "merged_into"];

/// Most units of a file: twice the 10,000 communes that the whole country had before 2025.
pub const ROWS_MOST: usize = 20_000;

/// Largest file in bytes: 500 bytes for each of the most rows.
pub const BYTES_MOST: u64 = 10_000_000;

/// A unit with the row it came from.
struct Numbered {
    row: u64,
    unit: Unit,
}

/// Reads a file of units against the register, which may hold the parents and successors that the file names.
///
/// # Errors
/// All faults of the file.
pub fn read(file: impl Read, register: &[Unit]) -> Result<Vec<Unit>, Faults> {
    let mut table = Table::open(file, BYTES_MOST, &|_| {})?;
    let places = places(&table)?;
    let mut gathered = GatheredUnits::default();
    loop {
        match table.next_full() {
            Ok(None) => break,
            Ok(Some(cells)) => gathered.add(table.row(), UnitRow::new(places.map(|place| cells.get(place).unwrap_or_default()))),
            Err(RowFault::Skip(fault)) => gathered.faults.add(fault),
            Err(RowFault::Stop(fault)) => return Err(fault.into()),
        }
        if gathered.units.len() > ROWS_MOST {
            return Err(Fault::file(Wrong::ManyUnits { most: ROWS_MOST }).into());
        }
    }
    let GatheredUnits { units, faulty, mut faults } = gathered;
    if units.is_empty() && faults.shown().is_empty() {
        faults.add(Fault::file(Wrong::NoUnits));
    }
    bonds::check(&units, &faulty, register, &mut faults);
    faults.or(()).map(|()| units.into_iter().map(|numbered| numbered.unit).collect())
}

/// What was read so far.
#[derive(Default)]
struct GatheredUnits {
    units: Vec<Numbered>,
    /// Codes of rows that have faults of their own, and are still there for others to name.
    faulty: HashSet<String>,
    faults: Faults,
}

impl GatheredUnits {
    fn add(&mut self, row: u64, cells: UnitRow) {
        let code = cells.code().to_owned();
        match cells.check(row, &mut self.faults) {
            Some(unit) => self.units.push(Numbered { row, unit }),
            None => drop(self.faulty.insert(code)),
        }
    }
}

/// Where each of [`COLUMNS`] stands in the file.
fn places<R: Read>(table: &Table<'_, R>) -> Result<[usize; COLUMNS.len()], Faults> {
    let found = table.columns();
    let mut faults = Faults::default();
    for (place, column) in found.iter().enumerate() {
        if !COLUMNS.contains(&column.as_str()) {
            faults.add(Fault::cell(table.row(), column, Wrong::UnknownColumn { known: COLUMNS.map(str::to_owned).to_vec() }));
        } else if found.iter().take(place).any(|earlier| earlier == column) {
            faults.add(Fault::cell(table.row(), column, Wrong::ColumnTwice));
        }
    }
    let places = COLUMNS.map(|wanted| {
        found.iter().position(|column| column == wanted).unwrap_or_else(|| {
            faults.add(Fault::cell(table.row(), wanted, Wrong::ColumnMissing { may_be_empty: true }));
            0
        })
    });
    faults.or(places)
}
