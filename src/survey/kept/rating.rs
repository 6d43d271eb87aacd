//! Groups, scopes and criteria of a questionnaire about units.

use super::{Built, Unreadable, label, points, whole, words};
use crate::definition::source::{At, Code};
use crate::survey::FLOOR;
use crate::survey::rating::{Group, RatedCriterion, RatedUnits, Rating};
use crate::survey::source::{self, Source};

/// Words of "not worked with" where a text gives none.
const NOT_WORKED_WITH: [(&str, &str); 2] = [("vi", "Tôi chưa làm việc với đơn vị này"), ("en", "I have not worked with this unit")];
/// Weight of a group where a text gives none.
const WEIGHT: u32 = 1;

/// How ratings become points; none for a questionnaire that is not about units.
pub(super) fn read(source: &Source) -> Built<Option<Rating>> {
    let Some(At { value: about, .. }) = &source.about_units else { return Ok(None) };
    Ok(Some(Rating {
        combination: about.combination.value,
        small_groups: about.small_groups,
        not_worked_with: label(about.not_worked_with.as_ref(), NOT_WORKED_WITH),
        groups: source.group.iter().map(group).collect::<Built<_>>()?,
        criteria: source.criterion.iter().map(criterion).collect::<Built<_>>()?,
    }))
}

fn criterion(source: &source::Criterion) -> Built<RatedCriterion> {
    let maximum_hundredths = points(&source.maximum.value)?;
    Ok(RatedCriterion { code: source.code.0.value.clone(), text: words(&source.text), maximum_hundredths })
}

fn group(source: &source::Group) -> Built<Group> {
    Ok(Group {
        code: source.code.0.value.clone(),
        text: words(&source.text),
        weight: whole(source.weight.as_ref(), WEIGHT)?,
        least_sheets: whole(source.least_sheets.as_ref(), FLOOR)?,
        scope: scope(&source.scope.value)?,
    })
}

fn scope(given: &source::Scope) -> Built<RatedUnits> {
    let text = |code: &Code| code.0.value.clone();
    match (&given.block, &given.sample, &given.units, given.own_parent) {
        (Some(block), None, None, false) => Ok(RatedUnits::Block(text(block))),
        (Some(block), Some(sample), None, false) => Ok(RatedUnits::Sample(text(block), whole(Some(sample), 0)?)),
        (None, None, Some(units), false) => Ok(RatedUnits::Units(units.iter().map(text).collect())),
        (None, None, None, true) => Ok(RatedUnits::OwnParent),
        _ => Err(Unreadable::because("a scope does not say which units are rated".to_owned())),
    }
}
