//! Groups, scopes and criteria of a questionnaire about units.

use std::collections::BTreeSet;

use super::index::maximum;
use super::{LEAST_SHEETS_MAX, NAMED_MAX};
use crate::definition::diagnostic::{FaultCode, Faults, quoted};
use crate::definition::names::{Names, limit};
use crate::definition::source::{At, Code};
use crate::definition::words::Languages;
use crate::survey::rating::{Criterion, Group, Rating, SCOPE_MAX, Scope};
use crate::survey::source::{self, Source};
use crate::survey::{FLOOR, Item};

/// Highest weight of a group: finer than any council decides.
const WEIGHT_MAX: i64 = 1_000;

/// The criteria of a file, by name.
pub(super) struct Criteria(Names);

impl Criteria {
    /// Checks the names of the criteria.
    pub(super) fn read(source: &Source, faults: &mut Faults) -> Self {
        let codes: Vec<&Code> = source.criterion.iter().map(|criterion| &criterion.code).collect();
        limit(&codes, NAMED_MAX, "criteria", faults);
        Self(Names::of("criterion", &[], codes, faults))
    }

    /// The criterion that an item feeds.
    pub(super) fn criterion_of(&mut self, item: &source::Item, faults: &mut Faults) -> Option<usize> {
        item.criterion.as_ref().and_then(|code| self.0.resolve(code, faults))
    }
}

/// Checks everything about units and builds the rating; none for a questionnaire that is not about units.
pub(super) fn read(source: &Source, items: &[Item], languages: &Languages, faults: &mut Faults) -> Option<Rating> {
    let Some(At { value: about, span }) = &source.about_units else {
        let stray = source.group.first().map(|group| &group.code).or(source.criterion.first().map(|criterion| &criterion.code));
        if let Some(stray) = stray {
            faults.add(FaultCode::NotAboutUnits, &stray.0.span, "there are groups or criteria, but no [about_units]");
        }
        return None;
    };
    if source.group.is_empty() || source.criterion.is_empty() {
        faults.add(FaultCode::NobodyRates, span, "[about_units] needs at least one [[group]] and one [[criterion]]");
    }
    refuse_unfit(source, faults);
    refuse_unweighted(source, items, faults);
    let own = [("vi", "Tôi chưa làm việc với đơn vị này"), ("en", "I have not worked with this unit")];
    let not_worked_with = languages.label("not_worked_with", about.not_worked_with.as_ref(), own, true, faults);
    let codes: Vec<&Code> = source.group.iter().map(|group| &group.code).collect();
    limit(&codes, NAMED_MAX, "groups", faults);
    Names::of("group", &[], codes, faults);
    let criteria = source.criterion.iter().map(|criterion| Criterion {
        code: criterion.code.0.value.clone(),
        text: languages.text(&criterion.text, faults),
        maximum_hundredths: maximum(Some(&criterion.maximum), faults),
    });
    let criteria = criteria.collect();
    let groups = source.group.iter().map(|group| read_group(group, languages, faults)).collect();
    Some(Rating { combination: about.combination.value, small_groups: about.small_groups, not_worked_with, groups, criteria })
}

fn read_group(group: &source::Group, languages: &Languages, faults: &mut Faults) -> Group {
    let bounded = |given: Option<&At<i64>>, least: i64, most: i64, else_: u32, code: FaultCode, faults: &mut Faults| {
        let Some(At { value, span }) = given else { return else_ };
        u32::try_from(*value).ok().filter(|_| (least..=most).contains(value)).unwrap_or_else(|| {
            faults.add(code, span, format!("{value} is not from {least} to {most}"));
            else_
        })
    };
    let (floor, most) = (i64::from(FLOOR), i64::from(LEAST_SHEETS_MAX));
    Group {
        code: group.code.0.value.clone(),
        text: languages.text(&group.text, faults),
        weight: bounded(group.weight.as_ref(), 1, WEIGHT_MAX, 1, FaultCode::BadWeight, faults),
        least_sheets: bounded(group.least_sheets.as_ref(), floor, most, FLOOR, FaultCode::BadLeastSheets, faults),
        scope: scope(&group.scope, faults),
    }
}

/// Exactly one way to say which units, and no more of them than anybody rates with care.
fn scope(At { value: given, span }: &At<source::Scope>, faults: &mut Faults) -> Scope {
    let text = |code: &Code| code.0.value.clone();
    let most = i64::try_from(SCOPE_MAX).unwrap_or(i64::MAX);
    match (&given.block, &given.sample, &given.units, given.own_parent) {
        (Some(block), None, None, false) => Scope::Block(text(block)),
        (Some(block), Some(sample), None, false) if (1..=most).contains(&sample.value) => {
            Scope::Sample(text(block), usize::try_from(sample.value).unwrap_or(SCOPE_MAX))
        }
        (None, None, Some(units), false) if (1..=SCOPE_MAX).contains(&units.len()) => {
            Names::of("unit", &[], units.iter().collect::<Vec<_>>(), faults);
            Scope::Units(units.iter().map(text).collect())
        }
        (None, None, None, true) => Scope::OwnParent,
        _ => {
            faults.add(FaultCode::BadScope, span, "this does not say which units the group rates");
            Scope::OwnParent
        }
    }
}

/// Reports what cannot repeat for every unit, or would say who answers.
fn refuse_unfit(source: &Source, faults: &mut Faults) {
    let mut unfit = |what: &str, span| {
        faults.add(FaultCode::UnfitAboutUnits, span, format!("a questionnaire about units cannot have {what}"));
    };
    if let Some(attribute) = source.attribute.first() {
        unfit("attributes of the respondent", &attribute.code.0.span);
    }
    if let Some(index) = &source.index {
        unfit("an [index]", &index.span);
    }
    for part in &source.part {
        let conditions = part.show_if.iter().chain(part.item.iter().filter_map(|item| item.show_if.as_ref()));
        conditions.for_each(|condition| unfit("conditions", &condition.span));
        for item in part.item.iter().filter(|item| item.required) {
            unfit("items that require an answer", &item.code.0.span);
        }
    }
}

/// Reports rating items whose answers cannot become points, and criteria that nothing feeds.
fn refuse_unweighted(source: &Source, items: &[Item], faults: &mut Faults) {
    for item in source.part.iter().flat_map(|part| &part.item).filter(|item| item.criterion.is_some()) {
        let Some(made) = items.iter().find(|made| made.code == item.code.0.value) else { continue };
        let (code, span) = (quoted(&made.code), &item.code.0.span);
        if made.is_multiple() || made.choices().is_empty() || made.choices().iter().any(|choice| choice.weight.is_none()) {
            let message = format!("the item {code} feeds a criterion, but not every one of its options has a weight");
            faults.add(FaultCode::OptionWithoutWeight, span, message);
        }
        if !made.no_opinion {
            faults.add(FaultCode::NoOpinionMissing, span, format!("the item {code} feeds a criterion, but does not take \"no opinion\""));
        }
    }
    let fed: BTreeSet<usize> = items.iter().filter_map(|item| item.criterion).collect();
    for (_, criterion) in source.criterion.iter().enumerate().filter(|(place, _)| !fed.contains(place)) {
        let At { value: word, span } = &criterion.code.0;
        faults.add(FaultCode::CriterionWithoutItems, span, format!("no item feeds the criterion {}", quoted(word)));
    }
}
