//! What is told of sheets and codes, in words.

use crate::office::codes::{Used, UsedPart};
use crate::office::progress::Told;

/// There are no figures of so few, or will be none.
const UNDER_FLOOR: &str = "under the floor";
/// There are figures.
const FROM_FLOOR: &str = "from the floor on";

/// What is told of sheets.
pub(super) fn told(told: Told) -> String {
    match told {
        Told::UnderFloor => UNDER_FLOOR.to_owned(),
        Told::Certain(class) => class.to_string(),
        Told::Figures => FROM_FLOOR.to_owned(),
    }
}

/// What is told of codes that were used.
pub(super) fn used(used: Used) -> &'static str {
    match used {
        Used::Untold => "-",
        Used::Part(UsedPart::UnderHalf) => "<50%",
        Used::Part(UsedPart::HalfOrMore) => "50-80%",
        Used::Part(UsedPart::NearlyAll) => ">80%",
        Used::InFigures(true) => FROM_FLOOR,
        Used::InFigures(false) => UNDER_FLOOR,
    }
}
