//! The register of units from a CSV file: `code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into`.

mod bonds;
mod row;

use std::io::Read;

use super::table::{RowFault, Table};
use super::{Fault, Faults};
use crate::unit::Unit;
use row::UnitRow;

/// The columns of the file, in any order.
pub const COLUMNS: [&str; 8] = ["code", "name_vi", "name_en", "block", "parent", "valid_from", "valid_to", "merged_into"];

/// Most units of a file: twice the 10,000 communes that the whole country had before 2025.
pub const ROWS_MOST: usize = 20_000;

/// Largest file in bytes: 500 bytes for each of the most rows.
const BYTES_MOST: u64 = 10_000_000;

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
    let mut faults = Faults::default();
    let mut units = Vec::new();
    loop {
        match table.next_full() {
            Ok(None) => break,
            Ok(Some(cells)) => {
                let cell = |place: usize| cells.get(place).unwrap_or_default();
                let row = UnitRow::new(places.map(cell));
                units.extend(row.check(table.row(), &mut faults).map(|unit| Numbered { row: table.row(), unit }));
            }
            Err(RowFault::Skip(fault)) => faults.add(fault),
            Err(RowFault::Stop(fault)) => return Err(fault.into()),
        }
        if units.len() > ROWS_MOST {
            return Err(Fault::file(format!("more than {ROWS_MOST} units; split the file")).into());
        }
    }
    if units.is_empty() && faults.shown().is_empty() {
        faults.add(Fault::file("there is no unit under the header"));
    }
    bonds::check(&units, register, &mut faults);
    faults.or(()).map(|()| units.into_iter().map(|numbered| numbered.unit).collect())
}

/// Where each of [`COLUMNS`] stands in the file.
fn places<R: Read>(table: &Table<'_, R>) -> Result<[usize; COLUMNS.len()], Faults> {
    let found = table.columns();
    let mut faults = Faults::default();
    for (place, column) in found.iter().enumerate() {
        if !COLUMNS.contains(&column.as_str()) {
            faults.add(Fault::cell(table.row(), column, format!("there is no such column; there are {}", COLUMNS.join(", "))));
        } else if found.iter().take(place).any(|earlier| earlier == column) {
            faults.add(Fault::cell(table.row(), column, "this column is there twice"));
        }
    }
    let places = COLUMNS.map(|wanted| {
        found.iter().position(|column| column == wanted).unwrap_or_else(|| {
            faults.add(Fault::cell(
                table.row(),
                wanted,
                "this column is missing; add it and leave its cells empty where there is nothing to say",
            ));
            0
        })
    });
    faults.or(places)
}
