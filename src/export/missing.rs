//! Why a figure is missing, as tables say it in their column `hidden`.

use super::column::KnownCodes;
use crate::publication::document::Section;
use crate::scoring::results::UnitResult;
use crate::survey::Item;

/// Fewer answers than the floor to each item that it would be made of.
pub(super) const UNDER_FLOOR: &str = "under-floor";

/// Enough answers to some of them, but few, or it is not told how many.
const FEW_ANSWERS: &str = "few-answers";

/// No respondent group has as many sheets as its floor, or a group has few.
pub(super) const TOO_FEW_SHEETS: &str = "too-few-sheets";

/// An index of one item of few answers, of which points would tell more.
pub(super) const IN_WHOLE_PERCENTS: &str = "index-in-whole-percents";

/// A figure that could tell what few people said.
pub(super) const HIDDEN: &str = "hidden";

/// Each of them.
pub(super) const WHY: KnownCodes = KnownCodes::of("columns-code-", &[UNDER_FLOOR, FEW_ANSWERS, TOO_FEW_SHEETS, IN_WHOLE_PERCENTS, HIDDEN]);

/// Why a figure of a unit that would be made of some items is missing. The first format knew no other reason than the floor.
pub(super) fn why<'i>(section: &Section<'_>, unit: &UnitResult, made_of: impl IntoIterator<Item = &'i Item>) -> &'static str {
    let is_under = section.document.is_of_first_format() || made_of.into_iter().all(|item| is_under_floor(section, unit, item));
    if is_under { UNDER_FLOOR } else { FEW_ANSWERS }
}

/// Why points are missing that groups of respondents would give.
pub(super) fn why_of_groups(section: &Section<'_>) -> &'static str {
    if section.document.is_of_first_format() { UNDER_FLOOR } else { TOO_FEW_SHEETS }
}

/// Whether it is known that fewer than the floor answered an item. Of one that follows a question of few answers that is not told, nor of
/// one that can be hidden because of another: which of the two is the small one is not told either, so that all such items have one word.
fn is_under_floor(section: &Section<'_>, unit: &UnitResult, item: &Item) -> bool {
    let Some(figures) = &unit.figures else { return true };
    let valid = |code: &str| figures.items.iter().find(|found| found.code == code).and_then(|found| found.valid);
    let questionnaire = section.questionnaire;
    let Some(place) = questionnaire.position(&item.code).filter(|_| valid(&item.code).is_none()) else { return false };
    let many = |before: usize| {
        let valid = questionnaire.items.get(before).and_then(|before| valid(&before.code));
        valid.is_some_and(|valid| valid.get().exactly().is_some())
    };
    section.routing.before(place).all(many) && !section.routing.stands_beside(place)
}
