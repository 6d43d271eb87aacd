//! Leaks that a second attack found, each with the smallest input that told somebody's answer or how many somebody is.

use std::collections::BTreeSet;

use par_survey::survey::codebook::NOT_SHOWN;
use rstest::rstest;
use serde_json::Value;

use super::world::{NO, World, YES, bytes, cell, checked, counted, item, officials, part};

/// The first group of the definition stands alone, so both of the pool are under the floor; how many they are together follows from the unit
/// and the first group: 18 are 9 and 9.
#[rstest]
#[case::both_are_told([60, 9, 9])]
#[case::neither_is_alone([60, 9, 3])]
fn a_pool_of_small_groups_alone_does_not_tell_how_small_they_are(#[case] sizes: [usize; 3]) {
    let questionnaire = officials(&[30, 40, 30], &[1], "group-weights", "pool");
    let print = |sizes: [usize; 3]| {
        let group = |world: World, (group, size): (u16, usize)| world.and(cell(0, group), size, &[("c0-0", &[0, 0, 0, size])]);
        (0..).zip(sizes).fold(World::new(questionnaire.clone()), group)
    };
    let small = sizes[1] + sizes[2];
    let same = |one: &usize| print([sizes[0], *one, small - one]).text() == print(sizes).text();
    let seen: BTreeSet<usize> = (0..=small).filter(same).collect();
    assert!(
        (1..10).all(|size| seen.contains(&size)),
        "{seen:?} in {}",
        print(sizes).published()["blocks"][0]["units"][0]["figures"]["groups"]
    );
}

/// The second group stands alone. Were the first the small one, the second would have joined it; so it is the third.
#[test]
fn a_pool_does_not_tell_which_of_its_groups_is_the_small_one() {
    let questionnaire = officials(&[30, 40, 30], &[1], "group-weights", "pool");
    let print = |sizes: [usize; 3]| {
        let group = |world: World, (group, size): (u16, usize)| world.and(cell(0, group), size, &[("c0-0", &[0, 0, 0, size])]);
        (0..).zip(sizes).fold(World::new(questionnaire.clone()), group).text()
    };
    let seen: BTreeSet<usize> = (0..=63).filter(|first| print([*first, 60, 63 - first]) == print([60, 60, 3])).collect();
    assert!(seen.iter().any(|first| *first < 32), "the first of 63 has {seen:?}");
}

/// Ten answers to a question that leads on. Its options are hidden where fewer than ten answered the next one; so where they are printed, all
/// ten said yes.
#[test]
fn that_options_are_printed_does_not_tell_that_everybody_said_yes() {
    let first = part("p", "", &[("ask", "yes-no", 2)]);
    let questionnaire = counted(&(first + &part("then", "show_if = { item = \"ask\", any_of = [\"1\"] }", &[("s", "single", 2)])));
    let is_printed = |yes: &usize| {
        let mut world = World::new(questionnaire.clone());
        let next = bytes(&[(YES, yes / 2), (NO, yes - yes / 2), (NOT_SHOWN, 10 - yes)]);
        world.add(cell(0, 0), 10, &[("ask", bytes(&[(YES, *yes), (NO, 10 - yes)])), ("s", next)]);
        !item(&world.published()["blocks"][0]["units"][0], "ask")["options"].as_array().unwrap().is_empty()
    };
    let printed: BTreeSet<usize> = (0..=10).filter(is_printed).collect();
    assert!(printed.len() != 1, "only {printed:?} of 10 who said yes print them");
}

/// The figures of a unit of the short form of the one-stop desk: `size` sheets and `more` that only say that they received something; of
/// `size` so many visited, and of those asked further so many of ten are satisfied.
fn visited(size: usize, more: usize, yes: usize) -> Value {
    let mut world = World::new(checked(include_str!("../../../survey-definitions/service-satisfaction.toml")));
    let answers = |asked: usize| bytes(&[(YES + 4, asked * 55 / 100), (YES, asked - asked * 55 / 100), (NOT_SHOWN, size - asked)]);
    let codes: Vec<String> = (1..=16).map(|place| format!("s{place}")).collect();
    let asked = |place: usize| answers([yes, size, 0][usize::from(place >= 3) + usize::from(place >= 13)]);
    let mut rows: Vec<(&str, Vec<u8>)> = codes.iter().enumerate().map(|(place, code)| (code.as_str(), asked(place))).collect();
    rows.push(("visited", bytes(&[(YES, yes), (NO, size - yes)])));
    rows.push(("received", bytes(&[(YES, size + more)])));
    rows.push(("complained", bytes(&[(NO, size)])));
    world.add(cell(0, 0), size + more, &rows);
    world.published()["blocks"][0]["units"][0].clone()
}

/// 50 sheets, of which one is answered in one place only: it prints that 49 answered `visited` and `s4`. The values of an index are printed as
/// classes only where all its items have as many answers; so all 49 visited.
#[test]
fn classes_of_an_index_do_not_tell_that_everybody_was_asked_further() {
    let print = |yes: usize| {
        let unit = visited(49, 1, yes);
        (unit["figures"]["index"]["used"].clone(), item(&unit, "s4")["figure"].is_null())
    };
    let seen: BTreeSet<usize> = (0..=49).filter(|yes| print(*yes) == print(49)).collect();
    assert!(seen.len() > 1, "{seen:?} of 49 visited: {:?}", print(49));
}

/// Ten sheets, which follows from the total of the block: three items of the factor `access` are in its index, so all ten visited.
#[test]
fn how_many_items_are_in_an_index_does_not_tell_that_everybody_was_asked_further() {
    let used = |yes: usize| visited(10, 0, yes)["figures"]["factors"][0]["index"]["used"].clone();
    let seen: BTreeSet<usize> = (0..=10).filter(|yes| used(*yes) == used(10)).collect();
    assert!(seen.len() > 1, "{seen:?} of 10 visited: {} items", used(10));
}
