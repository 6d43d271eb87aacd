//! The figures of one unit that is at or over the floor.

use super::{Counted, officials, small};
use crate::scoring::counts::ItemCounts;
use crate::scoring::disclosure::Floor;
use crate::scoring::index::{ItemScore, Score};
use crate::scoring::results::{IndexResult, ItemResult, PartResult, UnitFigures};
use crate::survey::{Item, Questionnaire, Role};

/// The figures of a unit; none under the floor.
pub(super) fn of(questionnaire: &Questionnaire, floor: Floor, unit: &Counted<'_>) -> Option<UnitFigures> {
    let indices = unit.indices.as_ref();
    let fewest = unit.ratings.iter().map(|score| score.all.sheets).min().unwrap_or(0);
    let contents = questionnaire.contents.iter().map(|content| content.code.as_str());
    let factors = questionnaire.factors.iter().map(|factor| factor.code.as_str());
    Some(UnitFigures {
        sheets: floor.count(unit.counts.sheets)?,
        index: indices.map(|indices| index(floor, &indices.overall)),
        component: indices.zip(questionnaire.index).and_then(|(indices, rule)| floor.points(rule.maximum_hundredths, &indices.overall)),
        contents: parts(floor, contents, indices.map_or(&[], |indices| &indices.contents)),
        factors: parts(floor, factors, indices.map_or(&[], |indices| &indices.factors)),
        items: items(questionnaire, floor, unit),
        criteria: officials::results(questionnaire, floor, &unit.ratings),
        officials: officials::total(&unit.ratings).and_then(|points| floor.rated(points, fewest)),
        modes: unit.modes.clone(),
        groups: unit.groups.clone(),
    })
}

fn index(floor: Floor, score: &Score) -> IndexResult {
    IndexResult { figure: floor.index(score), used: small(score.used), total: small(score.total) }
}

fn parts<'a>(floor: Floor, codes: impl Iterator<Item = &'a str>, scores: &[Score]) -> Vec<PartResult> {
    codes.zip(scores).map(|(code, score)| PartResult { code: code.to_owned(), index: index(floor, score) }).collect()
}

fn items(questionnaire: &Questionnaire, floor: Floor, unit: &Counted<'_>) -> Vec<ItemResult> {
    let scores = unit.indices.as_ref().map_or(&[][..], |indices| &indices.items);
    let answers = questionnaire.items.iter().zip(&unit.counts.items).enumerate();
    let questions = answers.filter(|(_, (item, _))| item.role == Role::Question && !item.is_remark());
    let score = |place: usize| scores.binary_search_by_key(&place, |score| score.item).ok().and_then(|found| scores.get(found));
    questions.map(|(place, (item, answers))| item_result(floor, item, answers, score(place), unit.counts.sheets)).collect()
}

fn item_result(floor: Floor, item: &Item, answers: &ItemCounts, score: Option<&ItemScore>, sheets: u32) -> ItemResult {
    let valid = floor.count(answers.valid);
    // Under the floor nothing is said of those who did not answer either: they and the sheets would tell how few did.
    let of_sheets = |part: u32| valid.and_then(|_| floor.share(part, sheets));
    ItemResult {
        code: item.code.clone(),
        valid,
        figure: score.and_then(|score| floor.item(score)),
        fraction: score.and_then(|score| floor.fraction(score)),
        options: answers.options.iter().filter_map(|part| floor.share(*part, answers.valid)).collect(),
        no_opinion: of_sheets(answers.no_opinion),
        skipped: of_sheets(answers.skipped),
        not_shown: of_sheets(answers.not_shown),
    }
}
