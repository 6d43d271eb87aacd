//! Fifty: what 50 answers say is printed, but for what stands beside fewer. All that a province loses of it, by name and with the reason.

use std::collections::BTreeMap;

use par_survey::scoring::disclosure::{Share, SheetsTold, Shown};
use par_survey::scoring::results::{IndexResult, ItemResult, UnitFigures};

use super::province::Answered;
use super::{Seen, of_percent, worlds};

/// What may hide a figure of 50 answers or more in a unit of 50 sheets or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Because {
    /// Another item or group that feeds the criterion has 10 to 49 answers.
    AGroup,
    /// More than a quarter of the items of the index have 10 to 49 answers.
    TheIndex,
    /// A question that it leads to has fewer answers than the floor.
    WhatFollows,
}

/// The figures of an item that are not printed as they are.
fn lost(printed: &ItemResult, options: usize, is_scored: bool) -> Vec<&'static str> {
    let none = [printed.no_opinion, printed.skipped, printed.not_shown];
    let value = printed.figure.is_some_and(|figure| of_percent(figure.get().percent) == Seen::Exact);
    [
        ("who did not answer", none.iter().all(|share| share.as_ref().is_some_and(is_exact))),
        ("options", printed.options.len() == options && printed.options.iter().all(is_exact)),
        ("value", value || !is_scored),
    ]
    .into_iter()
    .filter_map(|(name, is_whole)| (!is_whole).then_some(name))
    .collect()
}

/// Whether a group, or an item, that feeds a criterion has few answers.
fn has_a_small_group(world: &Answered, (unit, figures): (u32, &UnitFigures), criterion: usize) -> bool {
    let Some(rating) = &world.questionnaire.rating else { return false };
    let number = |code: &String| u16::try_from(rating.groups.iter().position(|group| group.code == *code).unwrap()).unwrap();
    let sets = figures.groups.iter().map(|set| set.groups.iter().map(number).collect::<Vec<u16>>());
    let items = &world.questionnaire.items;
    let feeding = (0..items.len()).filter(|place| items[*place].criterion == Some(criterion));
    let mut cells = feeding.flat_map(|place| sets.clone().map(move |set| (place, set)));
    cells.any(|(place, set)| (10..50).contains(&world.answers(unit, &set, place)))
}

/// Whether more than a quarter of the items of the index have few answers.
fn has_a_small_index(world: &Answered, figures: &UnitFigures) -> bool {
    let is_scored = |code: &str| world.questionnaire.items.iter().any(|item| item.code == code && item.factor.is_some());
    let scored: Vec<_> = figures.items.iter().filter(|item| is_scored(&item.code)).filter_map(|item| item.valid).collect();
    scored.iter().filter(|valid| valid.get().exactly().is_none()).count() * 4 > scored.len()
}

/// Why an item of 50 answers may lose figures.
fn causes(world: &Answered, (unit, figures): (u32, &UnitFigures), item: usize) -> Vec<Because> {
    let questionnaire = &world.questionnaire;
    let printed = |place: usize| figures.items.iter().find(|printed| printed.code == questionnaire.items[place].code);
    let answers = |place: usize| printed(place).and_then(|printed| printed.valid);
    let items = || 0..questionnaire.items.len();
    let mut causes = Vec::new();
    let criterion = questionnaire.items[item].criterion;
    causes.extend(criterion.filter(|criterion| has_a_small_group(world, (unit, figures), *criterion)).map(|_| Because::AGroup));
    let is_scored = questionnaire.items[item].factor.is_some();
    causes.extend((is_scored && has_a_small_index(world, figures)).then_some(Because::TheIndex));
    let leads = |place: &usize| {
        let next = &questionnaire.items[*place];
        let part = questionnaire.parts.get(next.part).and_then(|part| part.show_if.as_ref());
        next.show_if.iter().chain(part).any(|condition| condition.item == item)
    };
    causes.extend(items().filter(leads).any(|place| printed(place).is_some() && answers(place).is_none()).then_some(Because::WhatFollows));
    causes
}

/// What is lost, by name and reason, and how much is not.
#[derive(Default)]
struct Lost {
    whole: BTreeMap<&'static str, u32>,
    lost: BTreeMap<(&'static str, Because), u32>,
}

impl Lost {
    /// Counts a figure that is printed, or why it is not: it is never without a reason.
    fn count(&mut self, name: &'static str, is_printed: bool, causes: &[Because], of: &str) {
        if is_printed {
            *self.whole.entry(name).or_default() += 1;
            return;
        }
        assert!(!causes.is_empty(), "{name} of {of} is lost without a reason");
        for cause in causes {
            *self.lost.entry((name, *cause)).or_default() += 1;
        }
    }

    fn items(&mut self, world: &Answered, unit: (u32, &UnitFigures), of: &str) {
        for printed in unit.1.items.iter().filter(|item| is_of_many(item.valid)) {
            let place = world.questionnaire.position(&printed.code).unwrap();
            let item = &world.questionnaire.items[place];
            let lost = lost(printed, item.choices().len(), item.factor.is_some());
            let all = causes(world, unit, place);
            for name in ["who did not answer", "options", "value"] {
                let may = |cause: &Because| name == "options" || name == "value" && *cause == Because::TheIndex;
                let causes: Vec<Because> = all.iter().copied().filter(may).collect();
                self.count(name, !lost.contains(&name), &causes, of);
            }
        }
    }

    /// Contents and factors all of whose items have many answers.
    fn parts(&mut self, world: &Answered, figures: &UnitFigures, of: &str) {
        let questionnaire = &world.questionnaire;
        let causes: Vec<Because> = has_a_small_index(world, figures).then_some(Because::TheIndex).into_iter().collect();
        let mut put = |name: &'static str, index: &IndexResult, inside: &dyn Fn(usize) -> bool| {
            let items = figures.items.iter().filter(|item| {
                let place = questionnaire.position(&item.code).unwrap();
                questionnaire.items[place].factor.is_some_and(inside)
            });
            if index.used > 0 && items.filter(|item| item.valid.is_some()).all(|item| is_of_many(item.valid)) {
                let is_exact = index.figure.is_some_and(|figure| of_percent(figure.get().percent) == Seen::Exact);
                self.count(name, is_exact, &causes, of);
            }
        };
        for (place, content) in figures.contents.iter().enumerate() {
            put("contents", &content.index, &|factor| questionnaire.factors[factor].content == place);
        }
        for (place, factor) in figures.factors.iter().enumerate() {
            put("factors", &factor.index, &|of| of == place);
        }
    }

    fn criteria(&mut self, world: &Answered, unit: (u32, &UnitFigures), of: &str) {
        for (place, criterion) in unit.1.criteria.iter().enumerate() {
            let causes: Vec<Because> = has_a_small_group(world, unit, place).then_some(Because::AGroup).into_iter().collect();
            if is_of_many(criterion.sheets) {
                self.count("points", criterion.points.is_some(), &[], of);
                self.count("criteria", !criterion.distribution.is_empty() && criterion.distribution.iter().all(is_exact), &causes, of);
            }
            for group in criterion.groups.iter().filter(|group| is_of_many(group.sheets)) {
                let is_printed = group.share.is_some() && !group.distribution.is_empty() && group.distribution.iter().all(is_exact);
                self.count("groups", is_printed, &causes, of);
            }
        }
    }
}

fn is_of_many(sheets: Option<Shown<SheetsTold>>) -> bool {
    sheets.is_some_and(|sheets| sheets.get().exactly().is_some())
}

fn is_exact(share: &Shown<Share>) -> bool {
    of_percent(share.get().percent) == Seen::Exact
}

#[test]
fn nothing_of_50_answers_is_lost_but_for_what_stands_beside_it() {
    let mut all = Lost::default();
    for world in worlds::with_desks() {
        let published = world.published();
        for ((_, unit), row) in published.all_units().zip(&world.units) {
            let Some(figures) = unit.figures.as_ref().filter(|figures| is_of_many(Some(figures.sheets))) else { continue };
            let of = format!("{} in {}", unit.unit, world.questionnaire.id);
            all.items(&world, (row.number, figures), &of);
            all.parts(&world, figures, &of);
            all.criteria(&world, (row.number, figures), &of);
        }
    }
    let lost: Vec<(&str, Because, u32)> = all.lost.into_iter().map(|((name, cause), count)| (name, cause, count)).collect();
    let known = [
        // Of every criterion that 50 rated, some group or item has 10 to 49 answers.
        ("criteria", Because::AGroup, 120),
        ("factors", Because::TheIndex, 8),
        ("groups", Because::AGroup, 240),
        ("options", Because::AGroup, 280),
        ("options", Because::TheIndex, 29),
        ("options", Because::WhatFollows, 7),
        ("value", Because::TheIndex, 29),
    ];
    assert_eq!(lost, known);
    let whole =
        [("contents", 379), ("factors", 1_752), ("options", 15_097), ("points", 120), ("value", 15_384), ("who did not answer", 15_413)];
    assert_eq!(all.whole.into_iter().collect::<Vec<_>>(), whole);
}
