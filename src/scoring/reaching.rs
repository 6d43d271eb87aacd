//! Who reaches the floor: the population that a tally of all sheets gives, and a tally of those in it alone.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::counts::{Counts, ItemCounts};
use super::population::{Population, Respondents};
use super::tally::{Tally, TallyCell};
use super::thresholds::Thresholds;
use crate::survey::codebook::Codebook;
use crate::survey::rating::Rating;
use crate::survey::{Questionnaire, Role};

impl Population {
    /// The population of each of the units, by number.
    #[must_use]
    pub fn of(questionnaire: &Questionnaire, thresholds: Thresholds, tally: &Tally) -> Self {
        let units: BTreeSet<u32> = tally.cells().iter().map(|cell| cell.unit).collect();
        Self(units.into_iter().map(|unit| (unit, of_unit(questionnaire, thresholds, tally, unit))).collect())
    }
}

impl Tally {
    /// A tally of the population of some sheets. `fill` counts them into the tally it is given: first to see who reaches the floor, then
    /// again.
    ///
    /// # Errors
    /// When `fill` gives one.
    pub fn of_population<E>(
        questionnaire: &Questionnaire,
        thresholds: Thresholds,
        fill: impl Fn(&mut Self) -> Result<(), E>,
    ) -> Result<Self, E> {
        let codebook = Codebook::new(questionnaire);
        let mut all = Self::new(&codebook);
        fill(&mut all)?;
        let mut within = Self::within(&codebook, Population::of(questionnaire, thresholds, &all).into());
        fill(&mut within)?;
        Ok(within)
    }
}

impl Respondents {
    /// Whether a cell of the tally is theirs.
    #[must_use]
    pub fn have(&self, cell: TallyCell) -> bool {
        self.groups.contains(&cell.group)
    }

    /// Their counts; nothing of a question outside the population.
    #[must_use]
    pub fn counts(&self, questionnaire: &Questionnaire, tally: &Tally, unit: u32) -> Counts {
        let mut counts = tally.unit_where(unit, |cell| self.have(cell));
        let items = counts.items.iter_mut().zip(&questionnaire.items).zip(&self.items);
        let outside = items.filter(|((_, item), inside)| item.role == Role::Question && !**inside);
        outside.for_each(|((counts, _), _)| *counts = ItemCounts::default());
        counts
    }
}

/// Of so many sheets of a unit by group, those that will be in its figures whatever else comes, by groups that can be counted as one
/// ([`Rating::together`]): none where these have fewer than their floor. One number where respondents are one set.
///
/// Answers are not looked at, which are sealed while a round is open: where so many left so much out that no question reaches the floor,
/// the sheets are counted here and are in no figure.
#[must_use]
pub fn certain(questionnaire: &Questionnaire, thresholds: Thresholds, by_group: &BTreeMap<String, u64>) -> Vec<u64> {
    let from = |floor: u32, sheets: u64| if sheets < u64::from(floor) { 0 } else { sheets };
    let Some(rating) = &questionnaire.rating else { return vec![from(thresholds.floor, by_group.values().sum())] };
    let block = |places: Range<usize>| {
        let groups = rating.groups.get(places).unwrap_or_default();
        let floor = groups.iter().map(|group| group.least_sheets).fold(thresholds.floor, u32::max);
        from(floor, groups.iter().filter_map(|group| by_group.get(&group.code)).sum())
    };
    rating.together().into_iter().map(block).collect()
}

/// The most sheets that a questionnaire asks for, of a unit or of a group about one.
#[must_use]
pub fn highest_floor(questionnaire: &Questionnaire) -> u32 {
    let groups = questionnaire.rating.iter().flat_map(|rating| &rating.groups);
    groups.map(|group| group.least_sheets).fold(Thresholds::of(questionnaire.least_sheets).floor, u32::max)
}

/// A set of groups before it is known which items reach its floor.
struct Set {
    groups: Vec<u16>,
    weight: u32,
    floor: u32,
}

fn of_unit(questionnaire: &Questionnaire, thresholds: Thresholds, tally: &Tally, unit: u32) -> Vec<Respondents> {
    let everybody = || {
        let groups: BTreeSet<u16> = tally.cells_of(unit).map(|cell| cell.group).collect();
        vec![Set { groups: groups.into_iter().collect(), weight: 1, floor: thresholds.floor }]
    };
    let sets = questionnaire.rating.as_ref().map_or_else(everybody, |rating| sets(rating, thresholds, tally, unit));
    let respondents = sets.into_iter().map(|set| {
        let counts = tally.unit_where(unit, |cell| set.groups.contains(&cell.group));
        let valid = |place: usize| counts.items.get(place).map_or(0, |item| item.valid);
        let inside = |(place, item): (usize, &crate::survey::Item)| item.role == Role::Question && valid(place) >= set.floor.max(1);
        let items = questionnaire.items.iter().enumerate().map(inside).collect();
        Respondents { groups: set.groups, weight: set.weight, items }
    });
    respondents.filter(|respondents| respondents.items.contains(&true)).collect()
}

/// The groups of a questionnaire about units, alone or pooled.
fn sets(rating: &Rating, thresholds: Thresholds, tally: &Tally, unit: u32) -> Vec<Set> {
    let numbered = (0..=u16::MAX).zip(&rating.groups);
    let alone = numbered.map(|(number, group)| {
        let set = Set { groups: vec![number], weight: group.weight, floor: thresholds.floor.max(group.least_sheets) };
        (set, tally.sheets_where(unit, |cell| cell.group == number))
    });
    pooled(rating, alone).into_iter().filter(|(set, sheets)| *sheets >= set.floor).map(|(set, _)| set).collect()
}

/// Of groups that can be counted as one, those are in which any has fewer sheets than its floor. So neither how many the small ones are,
/// nor which of them they are, follows from what is pooled.
fn pooled(rating: &Rating, mut sets: impl Iterator<Item = (Set, u32)>) -> Vec<(Set, u32)> {
    let mut all = Vec::new();
    for together in rating.together() {
        let block: Vec<(Set, u32)> = sets.by_ref().take(together.len()).collect();
        if block.iter().any(|(set, sheets)| *sheets < set.floor) { all.extend(block.into_iter().reduce(join)) } else { all.extend(block) }
    }
    all
}

fn join((mut one, sheets): (Set, u32), (other, more): (Set, u32)) -> (Set, u32) {
    one.groups.extend(other.groups);
    let set = Set { groups: one.groups, weight: one.weight.saturating_add(other.weight), floor: one.floor.max(other.floor) };
    (set, sheets.saturating_add(more))
}
