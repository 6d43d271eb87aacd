//! What a province as large as one is loses, in numbers that `README.md` states, and why.

use par_survey::scoring::results::{ItemResult, UnitFigures};
use par_survey::survey::kept;

use super::province::{Answered, citizens, of_communes, of_departments, of_desks};
use super::{Loss, Seen, of_percent};

const SIPAS: &str = include_str!("../../../survey-definitions/sipas-2026.toml");
const DEPARTMENTS: &str = include_str!("../../../survey-definitions/par-officials-departments.toml");
const DESKS: &str = include_str!("../../../survey-definitions/service-satisfaction.toml");
const COMMUNES: &str = include_str!("../../../survey-definitions/par-officials-communes.toml");

/// Hidden, in classes, exact.
pub(super) const LOST: &str = "\
about respondents: 0 0 27
criteria: 4512 0 0
factors and contents: 0 0 2068
groups: 17520 0 0
indices: 0 0 188
modes: 135 0 805
numbers of sheets and answers: 1853 4603 15700
options: 9184 0 64296
points: 11 0 1493
values of items: 0 0 7332
who did not answer: 6048 0 45396
all: 39263 4603 137305
";

fn worlds() -> [Answered; 3] {
    let definition = |text: &str| kept::read(text).unwrap();
    [citizens(definition(SIPAS)), of_departments(definition(DEPARTMENTS)), of_communes(definition(COMMUNES))]
}

#[test]
fn what_a_province_loses_is_known() {
    let mut loss = Loss::default();
    for world in worlds() {
        loss.of(&world.questionnaire, &world.published());
    }
    assert_eq!(loss.lines(), LOST);
}

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
    let exact = |share: &par_survey::scoring::disclosure::Shown<_>| of_percent(percent(share)) == Seen::Exact;
    let value = printed.figure.is_some_and(|figure| of_percent(figure.get().percent) == Seen::Exact);
    [
        ("who did not answer", none.iter().all(|share| share.as_ref().is_some_and(exact))),
        ("options", printed.options.len() == options && printed.options.iter().all(exact)),
        ("value", value || !is_scored),
    ]
    .into_iter()
    .filter_map(|(name, is_whole)| (!is_whole).then_some(name))
    .collect()
}

fn percent(
    share: &par_survey::scoring::disclosure::Shown<par_survey::scoring::disclosure::Share>,
) -> par_survey::scoring::disclosure::Percent {
    share.get().percent
}

/// Why an item of 50 answers may lose figures.
fn causes(world: &Answered, (unit, figures): (u32, &UnitFigures), item: usize) -> Vec<Because> {
    let questionnaire = &world.questionnaire;
    let printed = |place: usize| figures.items.iter().find(|printed| printed.code == questionnaire.items[place].code);
    let answers = |place: usize| printed(place).and_then(|printed| printed.valid);
    let few = |place: &usize| answers(*place).is_some_and(|valid| valid.get().exactly().is_none());
    let items = || 0..questionnaire.items.len();
    let mut causes = Vec::new();
    if let (Some(criterion), Some(rating)) = (questionnaire.items[item].criterion, &questionnaire.rating) {
        let number = |code: &String| u16::try_from(rating.groups.iter().position(|group| group.code == *code).unwrap()).unwrap();
        let sets = figures.groups.iter().map(|set| set.groups.iter().map(number).collect::<Vec<u16>>());
        let feeding = items().filter(|place| questionnaire.items[*place].criterion == Some(criterion));
        let small = feeding
            .flat_map(|place| sets.clone().map(move |set| (place, set)))
            .any(|(place, set)| (10..50).contains(&world.answers(unit, &set, place)));
        causes.extend(small.then_some(Because::AGroup));
    }
    let scored: Vec<usize> = items().filter(|place| questionnaire.items[*place].factor.is_some() && answers(*place).is_some()).collect();
    let is_scored = questionnaire.items[item].factor.is_some();
    causes.extend((is_scored && scored.iter().filter(|place| few(place)).count() * 4 > scored.len()).then_some(Because::TheIndex));
    let leads = |place: &usize| {
        let next = &questionnaire.items[*place];
        let part = questionnaire.parts.get(next.part).and_then(|part| part.show_if.as_ref());
        next.show_if.iter().chain(part).any(|condition| condition.item == item)
    };
    causes.extend(items().filter(leads).any(|place| printed(place).is_some() && answers(place).is_none()).then_some(Because::WhatFollows));
    causes
}

#[test]
fn nothing_of_50_answers_is_lost_but_for_what_stands_beside_it() {
    let mut because: std::collections::BTreeMap<Because, u32> = std::collections::BTreeMap::new();
    let mut whole = 0;
    for world in worlds().into_iter().chain([of_desks(kept::read(DESKS).unwrap())]) {
        let published = world.published();
        for ((_, unit), row) in published.all_units().zip(&world.units) {
            let large = unit.figures.as_ref().filter(|figures| figures.sheets.get().exactly().is_some());
            for printed in large
                .iter()
                .flat_map(|figures| &figures.items)
                .filter(|item| item.valid.is_some_and(|valid| valid.get().exactly().is_some()))
            {
                let place = world.questionnaire.position(&printed.code).unwrap();
                let item = &world.questionnaire.items[place];
                let lost = lost(printed, item.choices().len(), item.factor.is_some());
                if lost.is_empty() {
                    whole += 1;
                    continue;
                }
                let causes = causes(&world, (row.number, large.unwrap()), place);
                let may = |figure: &&str| match *figure {
                    "options" => !causes.is_empty(),
                    "value" => causes.contains(&Because::TheIndex),
                    _ => false,
                };
                assert!(lost.iter().all(may), "{} of {}: {lost:?}, {causes:?}", printed.code, unit.unit);
                for cause in causes {
                    *because.entry(cause).or_default() += 1;
                }
            }
        }
    }
    let known = vec![(Because::AGroup, 280), (Because::TheIndex, 29), (Because::WhatFollows, 7)];
    assert_eq!((whole, because.into_iter().collect::<Vec<_>>()), (15_097, known));
}
