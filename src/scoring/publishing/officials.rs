//! The officials' component of one unit, each number through the disclosure rule.

use super::ResultsInput;
use crate::scoring::counts::Counts;
use crate::scoring::decimal::Held;
use crate::scoring::disclosure::Floor;
use crate::scoring::masking;
use crate::scoring::officials::{CriterionScore, Ratings, score};
use crate::scoring::results::{CriterionHead, CriterionResult, GroupRatings, RatingHead};
use crate::survey::Questionnaire;
use crate::survey::rating::Rating;

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
pub(super) fn scores(input: &ResultsInput<'_>, unit: u32) -> Vec<CriterionScore> {
    let Some(rating) = &input.questionnaire.rating else { return Vec::new() };
    let groups: Vec<Counts> =
        (0..=u16::MAX).zip(&rating.groups).map(|(group, _)| input.tally.unit_where(unit, |cell| cell.group == group)).collect();
    (0..rating.criteria.len()).map(|criterion| score(input.questionnaire, rating, criterion, &groups)).collect()
}

/// Points of all criteria together; none where one has none.
pub(super) fn total(scores: &[CriterionScore]) -> Option<Held> {
    let points: Option<Vec<Held>> = scores.iter().map(|score| score.points).collect();
    points.filter(|points| !points.is_empty()).map(Held::total)
}

/// What is printed of the scores of a unit.
pub(super) fn results(questionnaire: &Questionnaire, floor: Floor, scores: &[CriterionScore]) -> Vec<CriterionResult> {
    let Some(rating) = &questionnaire.rating else { return Vec::new() };
    rating.criteria.iter().zip(scores).map(|(criterion, score)| result(rating, &criterion.code, floor, score)).collect()
}

fn result(rating: &Rating, criterion: &str, floor: Floor, score: &CriterionScore) -> CriterionResult {
    // Groups and their total are one table: whoever is hidden cannot be found by subtracting the others.
    let sheets: Vec<u32> = score.groups.iter().map(|(ratings, _)| ratings.sheets).collect();
    let groups = rating.groups.iter().zip(&score.groups).zip(masking::table(&sheets, floor));
    CriterionResult {
        criterion: criterion.to_owned(),
        sheets: floor.count(score.all.sheets),
        points: score.points.and_then(|points| floor.rated(points, score.all.sheets)),
        distribution: distribution(floor, &score.all),
        groups: groups
            .map(|((group, (ratings, used)), shown)| {
                let printed = shown.filter(|sheets| *sheets.get() >= floor.sheets());
                GroupRatings {
                    group: group.code.clone(),
                    weight: group.weight,
                    used: *used,
                    sheets: shown,
                    share: printed.and_then(|_| floor.rating(ratings)),
                    distribution: printed.map(|_| distribution(floor, ratings)).unwrap_or_default(),
                }
            })
            .collect(),
    }
}

fn distribution(floor: Floor, ratings: &Ratings) -> Vec<crate::scoring::disclosure::Shown<crate::scoring::disclosure::Share>> {
    ratings.by_weight.iter().filter_map(|part| floor.share_of_answers(*part, ratings.answers, ratings.sheets)).collect()
}
