//! Questions that lead to other questions: whoever was asked further has answered so before, so that the numbers of one say something of the other.
//!
//! * Where too few answered a question for a figure, the options of the question that leads to it are not printed: how many chose them would
//!   bound how few those are. Nor is anything of other questions that it leads to by other options: how many were asked these tells how many were
//!   left for the first.
//! * Where a question that leads on has few answers itself, neither its options are printed nor anything of the questions that it leads to, and
//!   these are in no index: as many answers as there would tell that everybody chose one option.
//!
//! No question of an index leads on (`D058`); in texts that were accepted before, it leaves the index where its options are not printed.

use crate::scoring::counts::{Counts, ItemCounts};
use crate::scoring::thresholds::Thresholds;
use crate::survey::{Condition, Item, Questionnaire};

/// Whether what is printed of a question would tell the answers to one that leads to it: those are few, or bound how many answered another
/// question that it leads to.
pub(super) fn tells_the_question_before(questionnaire: &Questionnaire, thresholds: Thresholds, counts: &Counts, place: usize) -> bool {
    let Some(item) = questionnaire.items.get(place) else { return false };
    let is_few = |condition: &Condition| counts.items.get(condition.item).is_some_and(|before| thresholds.few(before.valid));
    let asked = conditions(questionnaire, item).collect::<Vec<_>>();
    let others =
        || questionnaire.items.iter().zip(&counts.items).filter(|(other, counts)| !other.is_remark() && counts.valid < thresholds.floor);
    // Whoever is asked by the same conditions are the same people, so that one number says nothing of the other.
    let bounds = |condition: &Condition| {
        others().any(|(other, _)| {
            let of = conditions(questionnaire, other).collect::<Vec<_>>();
            of != asked && of.iter().any(|other| other.item == condition.item)
        })
    };
    asked.iter().any(|condition| is_few(condition) || bounds(condition))
}

/// Counts of what may be in an index: without questions after one of few answers, so that neither whether there is an index nor its value
/// tells who was asked them, and without those whose options would bound a question after them.
pub(super) fn of_the_index(questionnaire: &Questionnaire, thresholds: Thresholds, counts: &Counts) -> Counts {
    let told = |(place, item): (usize, &ItemCounts)| {
        let leaves = tells_the_question_before(questionnaire, thresholds, counts, place)
            || bounds_a_question_after(questionnaire, thresholds, counts, place);
        if leaves { ItemCounts::default() } else { item.clone() }
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
