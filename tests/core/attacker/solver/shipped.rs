//! The solver on what is published now, of every questionnaire that ships: units and groups of every size at a bound of the law.

use par_survey::survey::codebook::{FIRST_OPTION, NO_OPINION, NOT_SHOWN, SKIPPED};
use par_survey::survey::{Item, Questionnaire};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use rstest::rstest;
use serde_json::{Value, json};

use super::super::world::{World, cell, checked, shares};
use super::{Contradiction, Document, Sizes, Told, told};

/// Sheets of the units.
const SIZES: [usize; 9] = [1, 9, 10, 11, 19, 20, 29, 49, 50];

/// How people answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// As they like, and everything.
    All,
    /// As they like, but for what they pass over.
    Gaps,
    /// Everybody the same but for one.
    One,
    /// Everybody the same.
    Same,
}

/// So many sheets, by item; whoever was not asked did not answer.
fn answered(questionnaire: &Questionnaire, total: usize, how: Answers, chance: &mut StdRng) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = Vec::new();
    for item in questionnaire.items.iter().filter(|item| !item.is_remark()) {
        let is_asked = |sheet: usize| {
            let part = questionnaire.parts.get(item.part).and_then(|part| part.show_if.as_ref());
            item.show_if.iter().chain(part).all(|condition| {
                let before = &all.iter().find(|(code, _)| *code == questionnaire.items[condition.item].code).unwrap().1;
                condition.any_of.iter().any(|option| before[sheet] == FIRST_OPTION + u8::try_from(*option).unwrap())
            })
        };
        let bytes = (0..total).map(|sheet| if is_asked(sheet) { byte(item, sheet, how, chance) } else { NOT_SHOWN }).collect();
        all.push((item.code.clone(), bytes));
    }
    all
}

fn byte(item: &Item, sheet: usize, how: Answers, chance: &mut StdRng) -> u8 {
    let count = u8::try_from(item.choices().len()).unwrap();
    // Where several may be chosen a byte is a set of them.
    let count = if item.is_multiple() { (1 << count.min(7)) - 1 } else { count };
    match how {
        Answers::Gaps if chance.random_ratio(1, 12) => SKIPPED,
        Answers::Gaps if item.no_opinion && chance.random_ratio(1, 12) => NO_OPINION,
        // Most are content.
        Answers::All | Answers::Gaps => FIRST_OPTION + chance.random_range(0..count).max(chance.random_range(0..count)),
        Answers::One if sheet == 0 => FIRST_OPTION + chance.random_range(0..count),
        // What leads on is answered so that it does.
        Answers::One | Answers::Same => FIRST_OPTION + if count == 2 { 0 } else { count - 1 },
    }
}

/// A world of units of all sizes; of officials the groups have these sizes, turned by so many.
fn world(questionnaire: &Questionnaire, how: Answers, turn: usize) -> World {
    let blocks = (0..SIZES.len()).map(|unit| ["a", "b", "c"][unit % 3]).collect();
    let mut world = World { blocks, ..World::new(questionnaire.clone()) };
    let mut chance = StdRng::seed_from_u64(7);
    let groups = questionnaire.rating.as_ref().map_or(1, |rating| rating.groups.len());
    for (unit, size) in SIZES.into_iter().enumerate() {
        let sizes = [size, unit % 9 + 1, 60, 9 - unit % 9];
        for group in 0..groups {
            let total = sizes[(group + turn) % groups];
            let answers = answered(questionnaire, total, how, &mut chance);
            let answers: Vec<(&str, Vec<u8>)> = answers.iter().map(|(code, bytes)| (code.as_str(), bytes.clone())).collect();
            world.add(cell(u32::try_from(unit).unwrap(), u16::try_from(group).unwrap()), total, &answers);
        }
    }
    world
}

#[rstest]
fn what_is_published_of_a_shipped_questionnaire_tells_nothing(
    #[values(
        include_str!("../../../../survey-definitions/sipas-2026.toml"),
        include_str!("../../../../survey-definitions/service-satisfaction.toml"),
        include_str!("../../../../survey-definitions/par-officials-departments.toml"),
        include_str!("../../../../survey-definitions/par-officials-communes.toml")
    )]
    definition: &str,
    #[values(Answers::All, Answers::Gaps, Answers::One, Answers::Same)] how: Answers,
) {
    let questionnaire = checked(definition);
    let turns = questionnaire.rating.as_ref().map_or(1, |rating| rating.groups.len());
    for turn in 0..turns {
        let world = world(&questionnaire, how, turn);
        let published = world.published();
        let document = Document::of(&questionnaire, &published);
        assert_eq!(told(document, &sizes(&world)).unwrap(), Told::default(), "groups turned by {turn}");
    }
}

fn sizes(world: &World) -> Sizes {
    let units: Vec<(String, u32)> = (0..).take(world.blocks.len()).map(|unit| (format!("unit-{unit}"), unit)).collect();
    Sizes::of(&world.questionnaire, &units, &world.tally())
}

/// The same document with one percent more exact than it may be is solved: what the solver does not find, it does not overlook.
#[rstest]
#[case::a_count("95")]
fn one_exact_percent_too_many_is_found(#[case] percent: &str) {
    let questionnaire = shares(3);
    let rows: [(&str, &[usize]); 3] = [("i0", &[1, 19]), ("i1", &[9, 11]), ("i2", &[14, 6])];
    let world = World::new(questionnaire.clone()).and(cell(0, 0), 20, &rows);
    let (mut published, sizes) = (world.published(), sizes(&world));
    let told = |published: &Value| told(Document::of(&questionnaire, published), &sizes).unwrap().facts;
    assert_eq!(told(&published), [""; 0]);
    published["blocks"][0]["units"][0]["figures"]["items"][0]["figure"]["percent"] = percent.into();
    assert_ne!(told(&published), [""; 0]);
}

const SIPAS: &str = include_str!("../../../../survey-definitions/sipas-2026.toml");
const DEPARTMENTS: &str = include_str!("../../../../survey-definitions/par-officials-departments.toml");

/// One number of a shipped questionnaire's document said otherwise, or more exactly than it may be: it tells something then, or no answers give it.
#[rstest]
#[case::a_percent_of_an_item(SIPAS, "/blocks/2/units/0/figures/items/38/figure/percent", json!("100"), Some("unit-2/q9_9/value, others F3 = 0"))]
#[case::a_percent_of_an_option(SIPAS, "/blocks/0/units/2/figures/items/0/options/0/percent", json!("4"), Some("unit-6/q1_1/1 F3 = 1"))]
#[case::a_count_of_a_mode(SIPAS, "/blocks/2/units/2/figures/modes/0", json!(49), None)]
#[case::a_total_of_a_mode(SIPAS, "/modes/0/sheets", json!(60), None)]
#[case::a_count_of_an_attribute(SIPAS, "/attributes/0/options/0/count", json!(40), None)]
#[case::all_of_an_attribute_but_one(
    SIPAS,
    "/attributes/1",
    json!({ "code": "age", "no_answer": { "count": 18 }, "options": [null, { "count": 40 }, { "count": 40 }, { "count": 40 }, { "count": 45 }] }),
    Some("age/said F1 = 5,")
)]
#[case::sheets_of_a_group(DEPARTMENTS, "/blocks/0/units/1/figures/groups/1/sheets", json!(65), None)]
#[case::sheets_of_a_group_in_all(DEPARTMENTS, "/groups/0/sheets", json!(3), None)]
#[case::a_distribution(DEPARTMENTS, "/blocks/0/units/0/figures/criteria/0/distribution/0/count", json!(44), None)]
#[case::a_distribution_of_few(
    DEPARTMENTS,
    "/blocks/0/units/1/figures/criteria/0/groups/0/distribution",
    json!([{ "percent": "100" }, { "percent": "0" }, { "percent": "0" }, { "percent": "0" }]),
    Some("unit-3/deputies/l1/1 F3 = 0")
)]
fn one_number_of_a_shipped_document_that_is_wrong_or_too_exact_is_found(
    #[case] definition: &str,
    #[case] at: &str,
    #[case] planted: Value,
    #[case] fact: Option<&str>,
) {
    let questionnaire = checked(definition);
    let world = world(&questionnaire, Answers::Gaps, 0);
    let (mut published, sizes) = (world.published(), sizes(&world));
    let place = published.pointer_mut(at).unwrap_or_else(|| panic!("nothing is at {at}"));
    assert!(*place != planted, "this is what is printed anyway");
    *place = planted;
    let told = told(Document::of(&questionnaire, &published), &sizes);
    match (told, fact) {
        (Err(Contradiction), None) => {}
        (Ok(Told { facts, .. }), Some(fact)) => assert!(facts.iter().any(|told| told.contains(fact)), "{fact} in {facts:#?}"),
        (told, _) => panic!("{told:?}"),
    }
}
