//! The officials' component: points of criteria from the ratings that a unit was given.
//!
//! With `n_k` answers on option `k` of weight `w_k` percent, over all items that feed a criterion (`domain/par.md`, "Officials' survey to points"):
//!
//! | combination | share `s` of a criterion, from 0 to 1 |
//! |---|---|
//! | within a group `g` | `s_g = Σ n_k·w_k / (100·Σ n_k)` |
//! | `group-weights` | `Σ W_g·s_g / Σ W_g`, over the groups that have enough valid sheets |
//! | `pooled` | `Σ n_k·w_k / (100·Σ n_k)` over all answers, whatever group they come from |
//!
//! `points = maximum × s`, one exact sum of fractions, rounded once (see [`super::decimal`]). "No opinion", what was passed over and units that a
//! respondent has not worked with leave `n_k`.
//!
//! **Valid sheets** of a criterion are the answers to its item with most: every one of them is a different sheet, so there are at least as many.
//! Under the least number of a group the group is left out; under that of the questionnaire, or where no group is left, there are no points.

use super::counts::Counts;
use super::decimal::{Held, Ratio};
use crate::survey::rating::{Combination, Rating};
use crate::survey::{Item, Questionnaire};

/// Percent of a weight, and hundredths of a point.
const HUNDRED: u128 = 100;

/// Ratings of one criterion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ratings {
    /// Valid sheets.
    pub sheets: u32,
    /// `Σ n_k·w_k`.
    pub given: u64,
    /// `Σ n_k`.
    pub answers: u32,
    /// Answers by weight, in the order of [`weights`].
    pub by_weight: Vec<u32>,
}

/// A criterion of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionScore {
    /// Ratings by group, in the order of the definition, each with whether it goes into the points.
    pub groups: Vec<(Ratings, bool)>,
    /// Ratings of all groups together.
    pub all: Ratings,
    /// Points; none with too few sheets.
    pub points: Option<Held>,
}

/// The distinct weights of the options that feed a criterion, highest first.
#[must_use]
pub fn weights(questionnaire: &Questionnaire, criterion: usize) -> Vec<u8> {
    let mut weights: Vec<u8> =
        feeding(questionnaire, criterion).flat_map(|(_, item)| item.choices()).filter_map(|choice| choice.weight).collect();
    weights.sort_unstable_by(|one, other| other.cmp(one));
    weights.dedup();
    weights
}

fn feeding(questionnaire: &Questionnaire, criterion: usize) -> impl Iterator<Item = (usize, &Item)> {
    questionnaire.items.iter().enumerate().filter(move |(_, item)| item.criterion == Some(criterion))
}

/// The score of one criterion, from the counts of each group in the order of the definition.
#[must_use]
pub fn score(questionnaire: &Questionnaire, rating: &Rating, criterion: usize, groups: &[Counts]) -> CriterionScore {
    let of = |counts: &Counts| ratings(questionnaire, criterion, counts);
    let mut all = of(&groups.iter().fold(Counts::default(), |mut sum, group| {
        sum.add(group);
        sum
    }));
    let groups: Vec<(Ratings, bool)> =
        rating.groups.iter().zip(groups).map(|(group, counts)| (of(counts), group.least_sheets)).map(enough).collect();
    // The item with most answers need not be the same in every group.
    all.sheets = groups.iter().fold(0, |sum, (group, _)| sum.saturating_add(group.sheets));
    let maximum = rating.criteria.get(criterion).map_or(0, |criterion| criterion.maximum_hundredths);
    let points = (all.sheets >= questionnaire.least_sheets).then(|| points(rating, maximum, &groups, &all)).flatten();
    CriterionScore { groups, all, points }
}

fn enough((ratings, least): (Ratings, u32)) -> (Ratings, bool) {
    let enough = ratings.sheets >= least;
    (ratings, enough)
}

fn ratings(questionnaire: &Questionnaire, criterion: usize, counts: &Counts) -> Ratings {
    let weights = weights(questionnaire, criterion);
    let mut ratings = Ratings { by_weight: vec![0; weights.len()], ..Ratings::default() };
    for (place, item) in feeding(questionnaire, criterion) {
        let Some(answers) = counts.items.get(place) else { continue };
        ratings.sheets = ratings.sheets.max(answers.valid);
        ratings.answers = ratings.answers.saturating_add(answers.valid);
        for (choice, count) in item.choices().iter().zip(&answers.options) {
            let weight = choice.weight.unwrap_or_default();
            ratings.given = ratings.given.saturating_add(u64::from(*count) * u64::from(weight));
            if let Some(sum) = weights.iter().position(|known| *known == weight).and_then(|place| ratings.by_weight.get_mut(place)) {
                *sum = sum.saturating_add(*count);
            }
        }
    }
    ratings
}

fn points(rating: &Rating, maximum: u32, groups: &[(Ratings, bool)], all: &Ratings) -> Option<Held> {
    let term = |ratings: &Ratings, weight: u128, of: u128| {
        let num = u128::from(maximum) * weight * u128::from(ratings.given);
        Ratio::new(num, HUNDRED * HUNDRED * u128::from(ratings.answers) * of)
    };
    match rating.combination {
        Combination::Pooled => Some(term(all, 1, 1)?.into()),
        Combination::GroupWeights => {
            let used: Vec<(&Ratings, u128)> = groups
                .iter()
                .zip(&rating.groups)
                .filter(|((_, used), _)| *used)
                .map(|((ratings, _), group)| (ratings, u128::from(group.weight)))
                .collect();
            let of = used.iter().map(|(_, weight)| weight).sum();
            let terms: Option<Vec<Ratio>> = used.iter().map(|(ratings, weight)| term(ratings, *weight, of)).collect();
            terms.filter(|terms| !terms.is_empty()).map(Held::sum_of)
        }
    }
}

/// The part of the maximum that ratings give, in percent; none of no answers.
#[must_use]
pub fn share(ratings: &Ratings) -> Option<Held> {
    Ratio::new(u128::from(ratings.given), u128::from(ratings.answers)).map(Held::from)
}
