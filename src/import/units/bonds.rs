//! What units say of each other: parents and successors that exist, ends that come after beginnings, and no circles.

use std::collections::{HashMap, HashSet};

use super::Numbered;
use crate::fault::{Fault, Faults, Wrong};
use crate::unit::{Unit, UnitCode};

/// A reference from unit to unit.
type Bond = fn(&Unit) -> Option<&str>;

/// What a circle of references is called.
type CircleFault = fn(String) -> Wrong;

/// Each kind of reference: its column, how it is read, and what a circle of it is.
const BONDS: [(&str, Bond, CircleFault); 2] = [
    ("parent", |unit| unit.parent.as_ref().map(UnitCode::as_str), |path| Wrong::ParentCircle { path }),
    ("merged_into", |unit| unit.merged_into.as_ref().map(UnitCode::as_str), |path| Wrong::MergerCircle { path }),
];

/// Adds every fault between the units of a file and the register; `named` are codes of rows with faults of their own.
pub(super) fn check(units: &[Numbered], named: &HashSet<String>, register: &[Unit], faults: &mut Faults) {
    let mut rows: HashMap<&str, u64> = HashMap::new();
    for Numbered { row, unit } in units {
        if let Some(first) = rows.insert(unit.code.as_str(), *row) {
            faults.add(Fault::cell(*row, "code", Wrong::UnitTwice { unit: unit.code.to_string(), row: Some(first) }));
        }
        faults.extend(dates(*row, unit));
    }
    let known = register.iter().chain(units.iter().map(|numbered| &numbered.unit));
    // What the file says of a unit replaces what the register said.
    let known: HashMap<&str, &Unit> = known.map(|unit| (unit.code.as_str(), unit)).collect();
    for (column, bond, circle) in BONDS {
        let mut circles = Circles { known: &known, bond, done: HashSet::new() };
        for Numbered { row, unit } in units {
            match bond(unit) {
                Some(other) if !known.contains_key(other) && !named.contains(other) => {
                    faults.add(Fault::cell(*row, column, Wrong::UnitNowhere { unit: other.to_owned() }));
                }
                _ => faults.extend(circles.from(unit).map(|path| Fault::cell(*row, column, circle(path)))),
            }
        }
    }
}

fn dates(row: u64, unit: &Unit) -> Option<Fault> {
    match (unit.valid_from, unit.valid_to, &unit.merged_into) {
        (Some(from), Some(to), _) if to < from => {
            Some(Fault::cell(row, "valid_to", Wrong::EndsBefore { to: to.to_string(), from: from.to_string() }))
        }
        (_, None, Some(other)) => Some(Fault::cell(row, "valid_to", Wrong::EndWanted { other: other.to_string() })),
        _ => None,
    }
}

/// Follows one kind of reference; every unit is passed once, however long the chains are.
struct Circles<'u> {
    known: &'u HashMap<&'u str, &'u Unit>,
    bond: Bond,
    done: HashSet<&'u str>,
}

impl<'u> Circles<'u> {
    /// A circle that begins to be seen from this unit, as the codes along it.
    fn from(&mut self, unit: &'u Unit) -> Option<String> {
        let mut path: Vec<&str> = Vec::new();
        let mut on_path = HashSet::new();
        let mut next = Some(unit.code.as_str());
        while let Some(code) = next.filter(|code| !self.done.contains(code)) {
            if !on_path.insert(code) {
                let circle: Vec<&str> = path.iter().copied().skip_while(|other| *other != code).chain([code]).collect();
                self.done.extend(path);
                return Some(shortened(&circle));
            }
            path.push(code);
            next = self.known.get(code).and_then(|unit| (self.bond)(unit));
        }
        self.done.extend(path);
        None
    }
}

/// A circle of thousands is told by its beginning.
fn shortened(circle: &[&str]) -> String {
    const TOLD: usize = 8;
    match circle.get(..TOLD) {
        Some(begin) if circle.len() > TOLD => format!("{} → …", begin.join(" → ")),
        _ => circle.join(" → "),
    }
}
