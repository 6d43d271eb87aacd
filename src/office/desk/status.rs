//! What a unit is in the year of a round.

use super::{Author, Desk};
use crate::office::Stopped;
use crate::publication::ranking::written_status;
use crate::refusal::Refusal;
use crate::round::steps::ScorePart;
use crate::scoring::ranking::UnitStatus;
use crate::store::scores::Entry;
use crate::unit::Registered;
use crate::unit::UnitCode;

/// What somebody says that a unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclaredStatus {
    /// Like every year.
    Normal,
    /// New this year.
    New,
    /// Made this year of units with these codes.
    Merged(Vec<String>),
    /// Not ranked.
    Exempt,
}

impl Desk {
    /// Says what a unit is, whatever the register says. Gives it as it is kept.
    ///
    /// # Errors
    /// When nothing may be entered, the unit is not scored, or it was merged from itself or from units that the register does not know.
    pub async fn set_status(self, unit: &str, status: &DeclaredStatus, correction: bool, by: &Author) -> Result<String, Stopped> {
        let row = self.row(unit)?;
        self.open(correction)?;
        self.open_part(ScorePart::Status)?;
        let words = written_status(&of(status, unit, &self.store.units().await?)?);
        let entry = Entry { unit: row, leaf: String::new(), part: ScorePart::Status, words: words.clone() };
        self.enter(&[entry], by).await?;
        Ok(words)
    }
}

fn of(status: &DeclaredStatus, unit: &str, register: &[Registered]) -> Result<UnitStatus, Refusal> {
    let known = |code: &String| {
        let found = register.iter().find(|row| row.unit.code.as_str() == code);
        found.map(|row| row.unit.code.clone()).ok_or_else(|| Refusal::NoUnit { unit: code.clone(), outside: None })
    };
    Ok(match status {
        DeclaredStatus::Normal => UnitStatus::Normal,
        DeclaredStatus::New => UnitStatus::New,
        DeclaredStatus::Exempt => UnitStatus::Exempt,
        DeclaredStatus::Merged(from) => {
            let from = from.iter().map(known).collect::<Result<Vec<UnitCode>, _>>()?;
            if from.iter().any(|other| other.as_str() == unit) {
                return Err(Refusal::OwnOrigin { unit: unit.to_owned() });
            }
            UnitStatus::Merged { from }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register() -> Vec<Registered> {
        let head = "code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into";
        let csv = format!("{head}\na,A,A,communes,,,,\nb,B,B,communes,,,,\nc,C,C,communes,,,,\n");
        let units = crate::import::units::read(csv.as_bytes(), &[]).unwrap();
        units.into_iter().zip(1..).map(|(unit, id)| Registered { id, unit }).collect()
    }

    #[test]
    fn a_unit_is_merged_from_units_of_the_register_and_not_from_itself() {
        let merged = |from: &[&str]| of(&DeclaredStatus::Merged(from.iter().map(|code| (*code).to_owned()).collect()), "a", &register());
        let codes = ["b", "c"].map(|code| UnitCode::new(code).unwrap()).to_vec();
        assert_eq!(merged(&["b", "c"]), Ok(UnitStatus::Merged { from: codes }));
        assert_eq!(merged(&["b", "d"]), Err(Refusal::NoUnit { unit: "d".into(), outside: None }));
        assert_eq!(merged(&["b", "a"]), Err(Refusal::OwnOrigin { unit: "a".into() }));
    }
}
