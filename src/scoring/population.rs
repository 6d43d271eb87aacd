//! Population: whose answers to which items all that is published of a unit and questionnaire is made of.
//!
//! Respondents of a unit are one set, or for a questionnaire about units one set a respondent group. With each item a set makes a cell; the
//! population is the cells with at least the floor of valid answers. Every figure (sheets, items, distributions, criteria, points, modes)
//! is a sum over it. What is outside contributes to nothing, so no figure and no difference of figures says anything about it, not even how
//! many they are: any other answers of fewer than the floor print the same.
//!
//! A sheet is one with a valid answer to an item of the population. Attributes of the respondent are no answers.
//!
//! Where the definition says `small_groups = "pool"`, groups that stand side by side in it, two or the last three, are one set in a unit
//! where any of them has fewer sheets than its floor, or none; it weighs the sum of their weights. That a group is in it does not say that
//! anybody of it answered, nor which of them is small. Else small groups are left out, as is a set that does not reach its floor.

use std::collections::BTreeMap;

/// Respondents that are counted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Respondents {
    /// Numbers of their groups in the tally.
    pub groups: Vec<u16>,
    /// Their weight in points.
    pub weight: u32,
    /// One entry an item of the definition: whether they and the item are a cell of the population.
    pub items: Vec<bool>,
}

/// The population of each unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Population(pub(super) BTreeMap<u32, Vec<Respondents>>);

impl Population {
    /// Everybody of a unit who is in it; empty where a unit has no figures.
    #[must_use]
    pub fn unit(&self, unit: u32) -> &[Respondents] {
        self.0.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The items to which answers of a group are counted; none where it is outside.
    #[must_use]
    pub fn items(&self, unit: u32, group: u16) -> Option<&[bool]> {
        self.unit(unit).iter().find(|respondents| respondents.groups.contains(&group)).map(|respondents| respondents.items.as_slice())
    }
}
