//! The officials' component of one unit, each number through the disclosure rule.
//!
//! Points are exact from the floor on. With them, what is printed of a criterion in counts would tell the counts of a group of few answers;
//! so where any group or item that feeds it has fewer than 50, there are points and nothing else.

use super::Counted;
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::{Points, Share, SheetsTold, Shown};
use crate::scoring::officials::{CriterionScore, Rater, Ratings, score};
use crate::scoring::results::{CriterionHead, CriterionResult, GroupRatings, RatingHead, UnitGroup};
use crate::scoring::thresholds::Thresholds;
use crate::survey::Questionnaire;
use crate::survey::rating::{Group, Rating};

/// What a definition says of the officials' component.
pub(super) fn head(questionnaire: &Questionnaire) -> Option<RatingHead> {
    let rating = questionnaire.rating.as_ref()?;
    let criteria = rating.criteria.iter().enumerate().map(|(place, criterion)| CriterionHead {
        code: criterion.code.clone(),
        maximum: Held::from_hundredths(criterion.maximum_hundredths).to_fixed(2),
        weights: crate::scoring::officials::weights(questionnaire, place),
    });
    Some(RatingHead { combination: rating.combination, criteria: criteria.collect() })
}

/// The scores of a unit, one a criterion; empty where the questionnaire is not about units.
pub(super) fn scores(questionnaire: &Questionnaire, raters: &[Rater<'_>]) -> Vec<CriterionScore> {
    let criteria = questionnaire.rating.as_ref().map_or(0, |rating| rating.criteria.len());
    (0..criteria).filter_map(|criterion| score(questionnaire, criterion, raters)).collect()
}

/// The points of a criterion, as they are printed.
fn points(thresholds: Thresholds, score: &CriterionScore) -> Option<Shown<Points>> {
    thresholds.rated(score.points?, score.fewest)
}

/// Points of all criteria together; none where one has none.
pub(super) fn total(thresholds: Thresholds, scores: &[CriterionScore]) -> Option<Shown<Points>> {
    let values: Option<Vec<Held>> = scores.iter().map(|score| points(thresholds, score)?.get().value()).collect();
    thresholds.rated(Held::total(values?), scores.iter().map(|score| score.fewest).min()?)
}

/// Whether what was answered for a criterion is printed, beside its points.
pub(super) fn are_told(thresholds: Thresholds, score: &CriterionScore) -> bool {
    !thresholds.few(score.fewest)
}

/// What is printed of the scores of a unit.
pub(super) fn results(questionnaire: &Questionnaire, thresholds: Thresholds, unit: &Counted<'_>) -> Vec<CriterionResult> {
    let Some(rating) = &questionnaire.rating else { return Vec::new() };
    let of = |(criterion, score): (&crate::survey::rating::RatedCriterion, &CriterionScore)| CriterionResult {
        criterion: criterion.code.clone(),
        sheets: thresholds.count(score.all.sheets),
        points: points(thresholds, score),
        distribution: distribution(thresholds, score, &score.all),
        groups: groups(rating, thresholds, &unit.raters, score),
    };
    rating.criteria.iter().zip(&unit.ratings).map(of).collect()
}

/// The groups of the definition, in order; those that are pooled where the first of them stands.
fn groups(rating: &Rating, thresholds: Thresholds, raters: &[Rater<'_>], score: &CriterionScore) -> Vec<GroupRatings> {
    let numbered = (0..=u16::MAX).zip(&rating.groups);
    let of = |(number, group): (u16, &Group)| {
        let found = raters.iter().zip(&score.raters).find(|(rater, ratings)| rater.set.groups.contains(&number) && ratings.answers > 0);
        let Some((Rater { set, .. }, ratings)) = found else { return Some(left_out(group)) };
        let with: Vec<String> = set.groups.iter().filter(|other| **other != number).filter_map(|other| code(rating, *other)).collect();
        (set.groups.first() == Some(&number)).then(|| GroupRatings {
            group: group.code.clone(),
            with,
            weight: set.weight,
            used: true,
            sheets: thresholds.count(ratings.sheets),
            share: are_told(thresholds, score).then(|| thresholds.rating(ratings)).flatten(),
            distribution: distribution(thresholds, score, ratings),
        })
    };
    numbered.filter_map(of).collect()
}

fn left_out(group: &Group) -> GroupRatings {
    GroupRatings {
        group: group.code.clone(),
        with: Vec::new(),
        weight: group.weight,
        used: false,
        sheets: None,
        share: None,
        distribution: Vec::new(),
    }
}

fn code(rating: &Rating, number: u16) -> Option<String> {
    rating.groups.get(usize::from(number)).map(|group| group.code.clone())
}

/// Sheets of each set of groups of a unit.
pub(super) fn sheets(rating: &Rating, thresholds: Thresholds, unit: &Counted<'_>) -> Vec<UnitGroup> {
    let of = |rater: &Rater<'_>| {
        let groups = rater.set.groups.iter().filter_map(|number| code(rating, *number)).collect();
        Some(UnitGroup { groups, sheets: thresholds.count(rater.counts.sheets)? })
    };
    unit.raters.iter().filter_map(of).collect()
}

/// Sheets of a group over the units in which it stands alone.
pub(super) fn sheets_of_group(thresholds: Thresholds, number: u16, units: &[Counted<'_>]) -> Option<Shown<SheetsTold>> {
    let alone = units.iter().flat_map(|unit| &unit.raters).filter(|rater| rater.set.groups == [number]).map(|rater| rater.counts.sheets);
    thresholds.count(alone.fold(0, u32::saturating_add))
}

fn distribution(thresholds: Thresholds, score: &CriterionScore, ratings: &Ratings) -> Vec<Shown<Share>> {
    let shares = ratings.by_weight.iter().filter_map(|part| thresholds.share_of_answers(*part, ratings.answers, ratings.sheets));
    shares.filter(|_| are_told(thresholds, score)).collect()
}
