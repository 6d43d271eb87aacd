//! Leaks that were found while the law was built, each with the smallest input that told somebody's answer. None of them does any more.

use std::collections::{BTreeMap, BTreeSet};

use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::Questionnaire;
use par_survey::survey::codebook::NOT_SHOWN;
use rstest::rstest;

use super::world::{NO, World, YES, attribute, bytes, cell, counted, factors, head, index, item, officials, part, shares};

/// A question, and one that only those are asked who said yes.
fn routed() -> Questionnaire {
    let first = part("p", "", &[("ask", "yes-no", 2)]);
    counted(&(first + &part("then", "show_if = { item = \"ask\", any_of = [\"1\"] }", &[("s", "single", 2)])))
}

/// Ten answers to a question that only those are asked who said yes, in a unit whose ten sheets follow from the total of its block: ten said yes.
#[test]
fn a_routed_question_does_not_tell_that_everybody_said_yes() {
    let mut world = World { blocks: vec!["b", "b"], ..World::new(routed()) };
    world.add(cell(0, 0), 50, &[("ask", bytes(&[(YES, 25), (NO, 25)])), ("s", bytes(&[(YES, 25), (NOT_SHOWN, 25)]))]);
    world.add(cell(1, 0), 10, &[("ask", bytes(&[(YES, 10)])), ("s", bytes(&[(YES, 5), (NO, 5)]))]);
    let published = world.published();
    let block = &published["blocks"][0];
    let sheets = block["sheets"].as_u64().unwrap() - block["units"][0]["figures"]["sheets"].as_u64().unwrap();
    let asked = item(&block["units"][1], "s")["valid"].as_str().map_or(0, |_| published["floor"].as_u64().unwrap());
    assert!(asked < sheets, "{asked} of {sheets} sheets said yes");
}

/// One of fifty said yes, which is printed; so at most one answered the question that follows, which is hidden.
#[test]
fn an_answer_that_leads_to_a_hidden_question_does_not_bound_it() {
    let mut world = World::new(routed());
    world.add(cell(0, 0), 50, &[("ask", bytes(&[(YES, 1), (NO, 49)])), ("s", bytes(&[(YES, 1), (NOT_SHOWN, 49)]))]);
    let published = world.published();
    let unit = &published["blocks"][0]["units"][0];
    let most = item(unit, "ask")["options"][0]["count"].as_u64().unwrap_or(9);
    assert!(item(unit, "s")["valid"].is_null() && most >= 9, "at most {most} answered the hidden question");
}

/// A question that only women are asked would count the men of each unit, while the attribute is hidden: no such question comes in.
#[test]
fn no_question_is_asked_by_what_somebody_is() {
    let women = part("p", "show_if = { item = \"gender\", any_of = [\"1\"] }", &[("s", "single", 2)]);
    let text = head("citizens") + &(attribute("gender", 2) + &women + &part("q", "", &[("t", "single", 2)]));
    let faults = par_survey::survey::check::check("q", &text).unwrap_err();
    assert!(format!("{faults:?}").contains("ConditionOnAttribute"), "{faults:?}");
}

/// A pool of 9 and 50 beside a group of 51, which would have joined before a larger one: the small one has 8 or 9, never 1 to 7.
#[test]
fn the_next_group_does_not_bound_the_small_one_of_a_pool() {
    let questionnaire = officials(&[30, 40, 30], &[1], "group-weights", "pool");
    let print = |sizes: [usize; 3]| {
        let group = |world: World, (group, size): (u16, usize)| world.and(cell(0, group), size, &[("c0-0", &[0, 0, 0, size])]);
        (0..).zip(sizes).fold(World::new(questionnaire.clone()), group).text()
    };
    let seen: BTreeSet<usize> = (0..=59).filter(|small| print([*small, 59 - small, 51]) == print([9, 50, 51])).collect();
    assert!((1..10).all(|size| seen.contains(&size)), "{seen:?}");
}

/// What is hidden keeps every number under the floor: two hidden options beside two that are printed.
#[rstest]
#[case::the_next_bounds_them([9, 10, 11, 30])]
#[case::never_equal([4, 6, 20, 30])]
fn hidden_options_of_an_attribute_keep_every_small_number(#[case] cells: [usize; 4]) {
    let questionnaire = counted(&(attribute("a", 4) + &part("q", "", &[("t", "single", 2)])));
    let print = |cells: [usize; 4]| {
        let all = cells.iter().sum();
        World::new(questionnaire.clone()).and(cell(0, 0), all, &[("a", &cells), ("t", &[all, 0])]).text()
    };
    let [one, other, rest @ ..] = cells;
    let seen: BTreeSet<usize> =
        (0..=one + other).filter(|size| print([*size, one + other - size, rest[0], rest[1]]) == print(cells)).collect();
    assert!((1..10).all(|size| seen.contains(&size)), "{seen:?}");
}

/// With `mean-of-maximum` the lowest an item can be given is its number of answers: in the class of that, nothing lower is possible.
#[test]
fn classes_beside_the_index_do_not_tell_that_everybody_chose_the_lowest() {
    let questionnaire = index(2, 3, "mean-of-maximum", "mean-of-items", "");
    let options = |given: usize| if given <= 20 { [20 - given, given - 10, 0] } else { [0, 30 - given, given - 20] };
    let world = |one, other| World::new(questionnaire.clone()).and(cell(0, 0), 10, &[("i0", &options(one)), ("i1", &options(other))]);
    let print = world(10, 15).text();
    let all = || (10..=30_usize).flat_map(|one| (10..=30).map(move |other| (one, other)));
    let points = |world: &World| world.published()["blocks"][0]["units"][0]["figures"]["index"].to_string();
    let same: BTreeSet<usize> = all().filter(|(one, other)| world(*one, *other).text() == print).map(|(one, _)| one).collect();
    let alone: BTreeSet<usize> =
        all().filter(|(one, other)| points(&world(*one, *other)) == points(&world(10, 15))).map(|(one, _)| one).collect();
    assert!(same.len() > 1 || alone.len() == 1, "{same:?}, points leave {alone:?}");
}

/// The items of a unit by how many were satisfied with each.
fn satisfied(thresholds: Thresholds, bases: &[u32], table: &[u32]) -> World {
    let codes: Vec<String> = (0..bases.len()).map(|place| format!("i{place}")).collect();
    let size = |number: u32| usize::try_from(number).unwrap();
    let answers = table.iter().zip(bases).zip(&codes);
    let answers: Vec<(&str, Vec<u8>)> =
        answers.map(|((yes, all), code)| (code.as_str(), bytes(&[(NO, size(*yes)), (YES, size(all - yes))]))).collect();
    let mut world = World::new(shares(bases.len())).with(thresholds);
    world.add(cell(0, 0), size(*bases.iter().max().unwrap()), &answers);
    world
}

/// How the items of the only unit are printed.
fn prints(world: &World) -> Vec<Option<String>> {
    let published = world.published();
    let items = published["blocks"][0]["units"][0]["figures"]["items"].as_array().unwrap().clone();
    items.iter().map(|item| item["figure"]["percent"].as_str().map(str::to_owned)).collect()
}

/// Two items of 10 answers beside six of 50: the six were hidden only where nobody, or everybody, was satisfied with both. How the items are printed
/// is the same now, whatever is true of the two.
#[test]
fn hiding_exact_values_does_not_tell_that_everybody_was_satisfied() {
    let bases = [10, 10, 50, 50, 50, 50, 50, 50];
    let print = |(one, other): (u32, u32)| prints(&satisfied(Thresholds::of(10), &bases, &[one, other, 40, 41, 38, 30, 20, 45]));
    let seen: BTreeSet<Vec<Option<String>>> = (0..=10).flat_map(|one| (one..=10).map(move |other| (one, other))).map(print).collect();
    let exact = ["80", "82", "76", "60", "40", "90"].map(|percent| Some(percent.to_owned()));
    assert_eq!(seen, BTreeSet::from([[&[None, None][..], &exact].concat()]));
}

/// The same with every table that there is, thresholds scaled down: of all that print the same, each item of few answers keeps two values,
/// unless points alone leave one.
#[rstest]
#[case::one_exact([3, 3, 3, 3, 3, 3, 3, 6])]
#[case::six_and_two([3, 3, 3, 3, 3, 3, 4, 4])]
#[case::six_and_two_exact([3, 3, 3, 3, 3, 3, 6, 6])]
fn no_mix_of_few_and_many_answers_tells_a_value(#[case] bases: [u32; 8]) {
    let thresholds = Thresholds { floor: 3, counts_from: 6, decimals_from: 8, near: 2 };
    let (mut same, mut alone) = (BTreeMap::<_, BTreeSet<u32>>::new(), BTreeMap::<_, BTreeSet<u32>>::new());
    for table in tables(&bases) {
        let world = satisfied(thresholds, &bases, &table);
        let index = world.published()["blocks"][0]["units"][0]["figures"]["index"].to_string();
        let prints = prints(&world);
        for (place, base) in bases.iter().enumerate().filter(|(_, base)| **base < 6) {
            // Items of one base are alike: tables that exchange them are not listed.
            same.entry((index.clone(), prints.clone(), *base, prints[place].clone())).or_default().insert(table[place]);
            alone.entry((index.clone(), *base)).or_default().insert(table[place]);
        }
    }
    let is_told = |((index, _, base, _), seen): &(_, &BTreeSet<u32>)| {
        let key: &(String, u32) = &(String::clone(index), *base);
        seen.len() == 1 && alone[key].len() > 1
    };
    let told: Vec<_> = same
        .iter()
        .map(|(key, seen): (&(String, _, u32, _), _)| ((key.0.clone(), key.1.clone(), key.2, key.3.clone()), seen))
        .filter(is_told)
        .collect();
    assert!(told.is_empty(), "{} of {} told, such as {:?}", told.len(), same.len(), told.first());
}

/// Every table of items in the order of their bases, those of one base in the order of their values.
fn tables(bases: &[u32]) -> Vec<Vec<u32>> {
    (0..bases.len()).fold(vec![Vec::new()], |rows, place| {
        let from = |row: &[u32]| row.last().copied().filter(|_| bases[place - 1] == bases[place]).unwrap_or(0);
        rows.iter().flat_map(|row| (from(row)..=bases[place]).map(move |next| [&row[..], &[next]].concat())).collect()
    })
}

/// Under `mean-of-factors` items of factors of different sizes weigh differently, so that nothing stands beside the index.
#[test]
fn a_content_of_few_answers_has_no_index_of_its_own() {
    let rows: Vec<(&str, &[usize])> =
        ["f0-0", "f0-1", "f1-0", "f1-1", "f1-2", "f1-3", "f1-4", "f1-5"].map(|code| (code, &[5, 15][..])).to_vec();
    let published = World::new(factors(&[2, 6])).and(cell(0, 0), 20, &rows).published();
    let figures = &published["blocks"][0]["units"][0]["figures"];
    assert!(figures["index"]["figure"]["percent"].is_string() && figures["contents"][0]["index"]["figure"].is_null());
}
