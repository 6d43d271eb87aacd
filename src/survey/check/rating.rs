//! Groups, scopes and criteria of a questionnaire about units.

use std::collections::BTreeSet;

use super::index::maximum;
use super::{LEAST_SHEETS_MAX, NAMED_MAX};
use crate::definition::diagnostic::{Flaw, FoundFaults, Many, Stray, Thing, shown};
use crate::definition::names::{Names, limit};
use crate::definition::source::{At, Code};
use crate::definition::words::Languages;
use crate::survey::rating::{Group, RatedCriterion, RatedUnits, Rating, SCOPE_MAX};
use crate::survey::source::{self, Source};
use crate::survey::{FLOOR, Item};

/// Highest weight of a group: finer than any council decides.
const WEIGHT_MAX: i64 = 1_000;

/// The criteria of a file, by name.
pub(super) struct Criteria(Names);

impl Criteria {
    /// Checks the names of the criteria.
    pub(super) fn read(source: &Source, faults: &mut FoundFaults) -> Self {
        let codes: Vec<&Code> = source.criterion.iter().map(|criterion| &criterion.code).collect();
        limit(&codes, NAMED_MAX, Many::Criteria, faults);
        Self(Names::of(Thing::Criterion, &[], codes, faults))
    }

    /// The criterion that an item feeds.
    pub(super) fn criterion_of(&mut self, item: &source::Item, faults: &mut FoundFaults) -> Option<usize> {
        item.criterion.as_ref().and_then(|code| self.0.resolve(code, faults))
    }
}

/// Checks everything about units and builds the rating; none for a questionnaire that is not about units.
pub(super) fn read(source: &Source, items: &[Item], languages: &Languages, faults: &mut FoundFaults) -> Option<Rating> {
    let Some(At { value: about, span }) = &source.about_units else {
        let stray = source.group.first().map(|group| &group.code).or(source.criterion.first().map(|criterion| &criterion.code));
        if let Some(stray) = stray {
            faults.add(&stray.0.span, Flaw::NotAboutUnits);
        }
        return None;
    };
    if source.group.is_empty() || source.criterion.is_empty() {
        faults.add(span, Flaw::NobodyRates);
    }
    refuse_unfit(source, faults);
    refuse_unweighted(source, items, faults);
    let own = [("vi", "Tôi chưa làm việc với đơn vị này"), ("en", "I have not worked with this unit")];
    let not_worked_with = languages.label("not_worked_with", about.not_worked_with.as_ref(), own, true, faults);
    let codes: Vec<&Code> = source.group.iter().map(|group| &group.code).collect();
    limit(&codes, NAMED_MAX, Many::Groups, faults);
    Names::of(Thing::Group, &[], codes, faults);
    let criteria = source.criterion.iter().map(|criterion| RatedCriterion {
        code: criterion.code.0.value.clone(),
        text: languages.text(&criterion.text, faults),
        maximum_hundredths: maximum(Some(&criterion.maximum), faults),
    });
    let criteria = criteria.collect();
    let groups = source.group.iter().map(|group| read_group(group, languages, faults)).collect();
    Some(Rating { combination: about.combination.value, small_groups: about.small_groups, not_worked_with, groups, criteria })
}

fn read_group(group: &source::Group, languages: &Languages, faults: &mut FoundFaults) -> Group {
    let (least, most) = (i64::from(FLOOR), i64::from(LEAST_SHEETS_MAX));
    Group {
        code: group.code.0.value.clone(),
        text: languages.text(&group.text, faults),
        weight: bounded(group.weight.as_ref(), (1, WEIGHT_MAX), 1, |given| Flaw::GroupWeight { given, least: 1, most: WEIGHT_MAX }, faults),
        least_sheets: bounded(
            group.least_sheets.as_ref(),
            (least, most),
            FLOOR,
            |given| Flaw::GroupLeastSheets { given, least, most },
            faults,
        ),
        scope: scope(&group.scope, faults),
    }
}

/// A number inside of its bounds; `otherwise` where there is none, or one outside.
fn bounded(
    given: Option<&At<i64>>,
    (least, most): (i64, i64),
    otherwise: u32,
    outside: impl Fn(String) -> Flaw,
    faults: &mut FoundFaults,
) -> u32 {
    let Some(At { value, span }) = given else { return otherwise };
    u32::try_from(*value).ok().filter(|_| (least..=most).contains(value)).unwrap_or_else(|| {
        faults.add(span, outside(value.to_string()));
        otherwise
    })
}

/// Exactly one way to say which units, and no more of them than anybody rates with care.
fn scope(At { value: given, span }: &At<source::Scope>, faults: &mut FoundFaults) -> RatedUnits {
    let text = |code: &Code| code.0.value.clone();
    let most = i64::try_from(SCOPE_MAX).unwrap_or(i64::MAX);
    match (&given.block, &given.sample, &given.units, given.own_parent) {
        (Some(block), None, None, false) => RatedUnits::Block(text(block)),
        (Some(block), Some(sample), None, false) if (1..=most).contains(&sample.value) => {
            RatedUnits::Sample(text(block), usize::try_from(sample.value).unwrap_or(SCOPE_MAX))
        }
        (None, None, Some(units), false) if (1..=SCOPE_MAX).contains(&units.len()) => {
            Names::of(Thing::Unit, &[], units.iter().collect::<Vec<_>>(), faults);
            RatedUnits::Units(units.iter().map(text).collect())
        }
        (None, None, None, true) => RatedUnits::OwnParent,
        _ => {
            faults.add(span, Flaw::BadScope);
            RatedUnits::OwnParent
        }
    }
}

/// Reports what cannot repeat for every unit, or would say who answers.
fn refuse_unfit(source: &Source, faults: &mut FoundFaults) {
    let mut unfit = |what, span| faults.add(span, Flaw::UnfitAboutUnits { what });
    if let Some(attribute) = source.attribute.first() {
        unfit(Stray::Attributes, &attribute.code.0.span);
    }
    if let Some(index) = &source.index {
        unfit(Stray::Index, &index.span);
    }
    for part in &source.part {
        let conditions = part.show_if.iter().chain(part.item.iter().filter_map(|item| item.show_if.as_ref()));
        conditions.for_each(|condition| unfit(Stray::Conditions, &condition.span));
        for item in part.item.iter().filter(|item| item.required) {
            unfit(Stray::Required, &item.code.0.span);
        }
    }
}

/// Reports rating items whose answers cannot become points, and criteria that nothing feeds.
fn refuse_unweighted(source: &Source, items: &[Item], faults: &mut FoundFaults) {
    for item in source.part.iter().flat_map(|part| &part.item).filter(|item| item.criterion.is_some()) {
        let Some(made) = items.iter().find(|made| made.code == item.code.0.value) else { continue };
        let (code, span) = (|| shown(&made.code), &item.code.0.span);
        if made.is_multiple() || made.choices().is_empty() || made.choices().iter().any(|choice| choice.weight.is_none()) {
            faults.add(span, Flaw::OptionWithoutWeight { item: code() });
        }
        if !made.no_opinion {
            faults.add(span, Flaw::NoOpinionMissing { item: code() });
        }
    }
    let fed: BTreeSet<usize> = items.iter().filter_map(|item| item.criterion).collect();
    for (_, criterion) in source.criterion.iter().enumerate().filter(|(place, _)| !fed.contains(place)) {
        let At { value: word, span } = &criterion.code.0;
        faults.add(span, Flaw::CriterionWithoutItems { criterion: shown(word) });
    }
}
