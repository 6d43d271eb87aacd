//! Sets of respondents of a closed round, as its figures are made of them: whatever else tells of its sheets tells it by these.

use std::ops::Range;

use super::{groups, population};
use crate::directory::Form;
use crate::scoring::population::Population;
use crate::scoring::thresholds::Thresholds;
use crate::store::{Result, Store};
use crate::survey::rating::Rating;

/// Whose answers the figures of a questionnaire are made of, by codes.
#[derive(Debug)]
pub struct Sets {
    /// Codes of the groups, in the order of the definition; none where respondents of a unit are one set.
    groups: Vec<String>,
    /// Which of them are counted as one where any is small.
    together: Vec<Range<usize>>,
    population: Population,
}

impl Sets {
    /// Reads those of a closed round.
    ///
    /// # Errors
    /// When the database does not answer, or a stored sheet does not fit the questionnaire.
    pub async fn read(store: &Store, form: &Form) -> Result<Self> {
        let population = population(store, form, Thresholds::of(form.questionnaire.least_sheets)).await?;
        Ok(Self { groups: groups(form), together: form.questionnaire.rating.iter().flat_map(Rating::together).collect(), population })
    }

    /// The set in which a group is counted in a unit, by the codes of all that are in it: `deputies+leaders`. Empty where respondents of a
    /// unit are one set; none where it is in no figure.
    #[must_use]
    pub fn of(&self, unit: i32, group: &str) -> Option<String> {
        let (unit, place) = (u32::try_from(unit).ok()?, u16::try_from(self.place(group)).ok()?);
        let set = self.population.unit(unit).iter().find(|set| set.groups.contains(&place))?;
        Some(self.joined(set.groups.iter().map(|place| usize::from(*place))))
    }

    /// Whether anything of a unit is in figures.
    #[must_use]
    pub fn has_figures(&self, unit: i32) -> bool {
        u32::try_from(unit).is_ok_and(|unit| !self.population.unit(unit).is_empty())
    }

    /// All groups that a group can be counted as one with, itself among them, by their codes.
    #[must_use]
    pub fn together(&self, group: &str) -> String {
        let place = self.place(group);
        self.joined(self.together.iter().filter(|together| together.contains(&place)).cloned().flatten())
    }

    /// As in the tally: whatever is no group of the definition is behind the last.
    fn place(&self, group: &str) -> usize {
        self.groups.iter().position(|known| known == group).unwrap_or(self.groups.len())
    }

    fn joined(&self, places: impl Iterator<Item = usize>) -> String {
        places.filter_map(|place| self.groups.get(place)).map(String::as_str).collect::<Vec<_>>().join("+")
    }
}
