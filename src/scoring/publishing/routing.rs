//! Questions that lead to other questions: whoever was asked further has answered so before, so that the numbers of one say something of the other.
//!
//! * Where too few answered a question for a figure, the options of the question that leads to it are not printed: how many chose them would
//!   bound how few those are.
//! * Where a question that leads on has few answers itself, neither its options are printed nor anything of the questions that it leads to, and
//!   these are in no index: as many answers as there would tell that everybody chose one option.
//!
//! A question of the index keeps its value, which bounds a question after it.

use crate::scoring::counts::{Counts, ItemCounts};
use crate::scoring::thresholds::Thresholds;
use crate::survey::{Condition, Item, Questionnaire};

/// Whether what is printed of a question would tell the answers to one that leads to it.
pub(super) fn tells_the_question_before(questionnaire: &Questionnaire, thresholds: Thresholds, counts: &Counts, place: usize) -> bool {
    let Some(item) = questionnaire.items.get(place) else { return false };
    conditions(questionnaire, item).any(|condition| counts.items.get(condition.item).is_some_and(|before| thresholds.few(before.valid)))
}

/// Counts without questions after one of few answers: they are in no index, so that neither whether there is one nor its value tells who was
/// asked them.
pub(super) fn without_what_follows(questionnaire: &Questionnaire, thresholds: Thresholds, counts: &Counts) -> Counts {
    let told = |(place, item): (usize, &ItemCounts)| {
        if tells_the_question_before(questionnaire, thresholds, counts, place) { ItemCounts::default() } else { item.clone() }
    };
    Counts { sheets: counts.sheets, items: counts.items.iter().enumerate().map(told).collect() }
}

/// Whether the options of a question that leads to others are not printed: it has few answers, or too few answered one that it leads to.
pub(super) fn bounds_a_question_after(questionnaire: &Questionnaire, thresholds: Thresholds, counts: &Counts, place: usize) -> bool {
    let after = questionnaire
        .items
        .iter()
        .zip(&counts.items)
        .filter(|(item, _)| !item.is_remark() && conditions(questionnaire, item).any(|condition| condition.item == place));
    let few = counts.items.get(place).is_some_and(|before| thresholds.few(before.valid));
    after.map(|(_, counts)| counts.valid).any(|valid| few || valid < thresholds.floor)
}

fn conditions<'q>(questionnaire: &'q Questionnaire, item: &'q Item) -> impl Iterator<Item = &'q Condition> {
    let part = questionnaire.parts.get(item.part).and_then(|part| part.show_if.as_ref());
    item.show_if.iter().chain(part)
}
