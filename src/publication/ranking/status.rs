//! What a unit is in a year: as it is entered and kept, and what the register says where nothing was entered.

use crate::scoring::ranking::UnitStatus;
use crate::unit::{Registered, UnitCode};

/// The status of a unit, as it is entered.
const EXEMPT: &str = "exempt";
const NEW: &str = "new";
const NORMAL: &str = "normal";
const MERGED: &str = "merged:";

/// What the register says of a unit: one that began to exist in the year is new, or merged where others ended in it.
pub(super) fn registered_status(row: &Registered, year: i32, register: &[Registered]) -> UnitStatus {
    if row.unit.valid_from.is_none_or(|from| i32::from(from.year()) != year) {
        return UnitStatus::Normal;
    }
    let into_it = register.iter().filter(|other| other.unit.merged_into.as_ref() == Some(&row.unit.code));
    let from: Vec<UnitCode> = into_it.map(|other| other.unit.code.clone()).collect();
    if from.is_empty() { UnitStatus::New } else { UnitStatus::Merged { from } }
}

/// A status as it is kept; none for what is no status.
#[must_use]
pub fn read_status(words: &str) -> Option<UnitStatus> {
    match words {
        NORMAL => Some(UnitStatus::Normal),
        NEW => Some(UnitStatus::New),
        EXEMPT => Some(UnitStatus::Exempt),
        _ => {
            let from = words.strip_prefix(MERGED)?.split(';').map(UnitCode::new).collect::<std::result::Result<_, _>>().ok()?;
            Some(UnitStatus::Merged { from })
        }
    }
}

/// A status as it is kept.
#[must_use]
pub fn written_status(status: &UnitStatus) -> String {
    match status {
        UnitStatus::Normal => NORMAL.to_owned(),
        UnitStatus::New => NEW.to_owned(),
        UnitStatus::Exempt => EXEMPT.to_owned(),
        UnitStatus::Merged { from } => format!("{MERGED}{}", from.iter().map(UnitCode::as_str).collect::<Vec<_>>().join(";")),
    }
}
