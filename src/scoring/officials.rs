//! The officials' component: points of criteria from the ratings that a unit was given.
//!
//! With `n_k` answers on option `k` of weight `w_k` percent, over all items that feed a criterion (`domain/par.md`, "Officials' survey to
//! points"):
//!
//! | combination | share `s` of a criterion, from 0 to 1 |
//! |---|---|
//! | within a group `g` | `s_g = Σ n_k·w_k / (100·Σ n_k)` |
//! | `group-weights` | `Σ W_g·s_g / Σ W_g`, over the sets of groups in the population |
//! | `pooled` | `Σ n_k·w_k / (100·Σ n_k)` over all answers, whatever group they come from |
//!
//! `points = maximum × s`, one exact sum of fractions, rounded once (see [`super::decimal`]). "No opinion", what was passed over and units
//! that a respondent has not worked with leave `n_k`.
//!
//! **Valid sheets** of a criterion are the answers to its item with most: every one of them is a different sheet, so there are at least as
//! many. Whose answers to which items are counted is the population (see [`super::population`]); where nobody is left, there are no points.

use super::counts::Counts;
use super::decimal::{Held, Ratio};
use super::population::Respondents;
use crate::survey::rating::Combination;
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

/// Respondents of a unit who are counted together, with their weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rater<'a> {
    /// Who they are.
    pub set: &'a Respondents,
    /// What they answered to the items of the population.
    pub counts: Counts,
}

/// A criterion of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionScore {
    /// Ratings by each set of respondents, in order; empty ones where they answered nothing that counts.
    pub raters: Vec<Ratings>,
    /// Ratings of all together.
    pub all: Ratings,
    /// Fewest answers of a set to an item that counts.
    pub fewest: u32,
    /// Points; none where nobody rated.
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

/// The score of one criterion, from what each set of respondents answered; none for a criterion that is not.
#[must_use]
pub fn score(questionnaire: &Questionnaire, criterion: usize, raters: &[Rater<'_>]) -> Option<CriterionScore> {
    let rating = questionnaire.rating.as_ref()?;
    let maximum = rating.criteria.get(criterion)?.maximum_hundredths;
    let each: Vec<Ratings> = raters.iter().map(|rater| ratings(questionnaire, criterion, &rater.counts)).collect();
    let mut all = Ratings { by_weight: vec![0; weights(questionnaire, criterion).len()], ..Ratings::default() };
    for ratings in &each {
        all.add(ratings);
    }
    let valid = |rater: &Rater<'_>| fewest(questionnaire, criterion, &rater.counts);
    let fewest = raters.iter().filter_map(valid).min().unwrap_or(0);
    let points = points(rating.combination, maximum, raters, &each, &all);
    Some(CriterionScore { raters: each, all, fewest, points })
}

/// Fewest answers to an item that has any.
fn fewest(questionnaire: &Questionnaire, criterion: usize, counts: &Counts) -> Option<u32> {
    feeding(questionnaire, criterion)
        .filter_map(|(place, _)| counts.items.get(place))
        .map(|item| item.valid)
        .filter(|valid| *valid > 0)
        .min()
}

impl Ratings {
    /// Adds the ratings of others: of different sheets, whatever item has most answers in each.
    fn add(&mut self, other: &Self) {
        self.sheets = self.sheets.saturating_add(other.sheets);
        self.given = self.given.saturating_add(other.given);
        self.answers = self.answers.saturating_add(other.answers);
        self.by_weight.iter_mut().zip(&other.by_weight).for_each(|(sum, more)| *sum = sum.saturating_add(*more));
    }
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

fn points(combination: Combination, maximum: u32, raters: &[Rater<'_>], each: &[Ratings], all: &Ratings) -> Option<Held> {
    let term = |ratings: &Ratings, weight: u128, of: u128| {
        let num = u128::from(maximum) * weight * u128::from(ratings.given);
        Ratio::new(num, HUNDRED * HUNDRED * u128::from(ratings.answers) * of)
    };
    match combination {
        Combination::Pooled => Some(term(all, 1, 1)?.into()),
        Combination::GroupWeights => {
            let weighted = raters.iter().zip(each).map(|(rater, ratings)| (ratings, u128::from(rater.set.weight)));
            let used: Vec<(&Ratings, u128)> = weighted.filter(|(ratings, _)| ratings.answers > 0).collect();
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
