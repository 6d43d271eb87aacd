//! The solver on what was published before one law held for all: it finds what the law was written against.

use std::collections::BTreeSet;

use par_survey::survey::{Questionnaire, kept};
use rstest::rstest;
use serde_json::{Value, json};

use super::super::world::officials;
use super::{Contradiction, Document, Sizes, told};

/// What a published round of format 1 tells, by questionnaire.
fn found(round: &str) -> BTreeSet<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/frozen/format-1/");
    let published: Value = serde_json::from_str(&std::fs::read_to_string(format!("{folder}{round}.json")).unwrap()).unwrap();
    let asked = published["questionnaires"].as_array().unwrap();
    let of = |asked: &Value| {
        let questionnaire: Questionnaire = kept::read(asked["definition"].as_str().unwrap()).unwrap();
        let document = Document { format: 1, ..Document::of(&questionnaire, &asked["results"]) };
        told(document, &Sizes::default()).unwrap().facts.into_iter().map(|fact| format!("{} {fact}", questionnaire.id)).collect::<Vec<_>>()
    };
    asked.iter().flat_map(of).collect()
}

/// Of the faults of issue 11, the sample shows the first (answers and number of a hidden group), the fourth (10 to 49 sheets) and the fifth (hidden
/// numbers, and which hidden group is the small one); the second is among the smallest inputs below.
#[test]
fn the_solver_finds_in_format_1_what_the_law_was_written_against() {
    let found = found("2025");
    let told = |fact: &str| assert!(found.contains(fact), "{fact} in {found:#?}");
    // One is hidden, a deputy or a head, whose three answers are known.
    for group in ["deputies", "heads"] {
        told(&format!("officials thanh-tra/{group}/l1 F1, not [2, 3, 4, 5, 6, 7, 8, 9]"));
        let others = [("l1", [1, 3, 4]), ("l2", [1, 3, 4]), ("f1", [2, 3, 4])];
        others.into_iter().flat_map(|(item, not)| not.map(|option| (item, option))).for_each(|(item, option)| {
            told(&format!("officials thanh-tra/{group}/{item}/{option} F2 = 0"));
        });
    }
    // Totals over units and these points leave the hidden group of a unit one number.
    told("officials so-xay-dung/l1 hidden/1 F1 = 12, not [1, 2, 3, 4, 5, 6, 7, 8, 9]");
    // Five deputies and eight heads of divisions.
    told("pooled xa-tan-lap/deputies/l1 F1 = 5, not [1, 2, 3, 4, 6, 7, 8, 9]");
    told("pooled xa-tan-lap/divisions/l1 F1 = 8, not [1, 2, 3, 4, 5, 6, 7, 9]");
    // Everybody of 24 was satisfied, nobody of 13 chose a step: printed as "at least 95 %" and "at most 10 %".
    told("citizens so-tu-phap/polite/value, others F3 = 0");
    told("pooled xa-tan-lap/l1/2 F3 = 0");
    told("officials so-tu-phap/f1 hidden/1 and 2 F4");
    let count = |rule: &str| found.iter().filter(|fact| fact.contains(rule)).count();
    assert_eq!([" F1", " F2", " F3", " F4"].map(count), [39, 24, 76, 13]);
}

/// A document of format 1 about units of one block, by groups `g0` and `g1` that weigh 30 and 70.
fn document(sheets: u32, groups: &Value, units: &[(u32, Value, Value)]) -> Value {
    let unit = |(place, (sheets, items, criterion)): (usize, &(u32, Value, Value))| {
        let modes = [0, 0, 0, 0, *sheets];
        json!({ "unit": format!("unit-{place}"), "figures": { "sheets": sheets, "items": items, "criteria": [criterion], "modes": modes } })
    };
    let units: Vec<Value> = units.iter().enumerate().map(unit).collect();
    let groups = [("g0", &groups[0]), ("g1", &groups[1])].map(|(group, sheets)| json!({ "group": group, "sheets": sheets }));
    let modes = [0, 0, 0, 0, sheets].map(|sheets| json!({ "sheets": sheets }));
    json!({
        "floor": 10, "sheets": sheets, "modes": modes, "groups": groups, "attributes": [],
        "blocks": [{ "block": "b", "sheets": sheets, "units": units }],
    })
}

/// An item as it was printed: how many chose each option, and how many had no opinion.
fn item(code: &str, options: [u32; 4], no_opinion: u32) -> Value {
    let valid: u32 = options.iter().sum();
    if valid < 10 {
        return json!({ "code": code, "valid": null, "options": [] });
    }
    let share = |count: u32| json!({ "percent": "0", "count": count });
    let none = share(0);
    json!({
        "code": code, "valid": valid, "options": options.map(share), "no_opinion": share(no_opinion), "skipped": none, "not_shown": none,
    })
}

/// A criterion as it was printed: of all by weight, highest first; the groups' sheets where these were shown.
fn criterion(points: &str, distribution: &[u32], groups: [(bool, Option<u32>); 2]) -> Value {
    let row = |(place, (used, sheets)): (usize, &(bool, Option<u32>))| json!({ "group": format!("g{place}"), "used": used, "sheets": sheets, "distribution": [] });
    let groups: Vec<Value> = groups.iter().enumerate().map(row).collect();
    let shares: Vec<Value> = distribution.iter().map(|count| json!({ "percent": "0", "count": count })).collect();
    json!({ "criterion": "c0", "points": { "printed": "0.00", "held": points }, "distribution": shares, "groups": groups })
}

/// The smallest inputs of issue 11, as format 1 printed them.
#[rstest]
// One deputy gave the worst answer: points leave him out, the distribution counts him.
#[case::a_hidden_group(
    1,
    document(61, &json!([null, null]), &[(
        61,
        json!([item("c0-0", [1, 9, 16, 35], 0)]),
        criterion("2.320000000000", &[35, 16, 9, 1], [(false, None), (true, None)]),
    )]),
    &["unit-0/g0/c0-0/1 F2 = 1", "unit-0/g0/c0-0/4 F2 = 0", "unit-0/g0/c0-0 F1 = 1, not [2, 3, 4, 5, 6, 7, 8, 9]"]
)]
// One official answered the second item: the criterion less the first one is that answer.
#[case::an_item_under_the_floor(
    2,
    document(60, &json!([60, 0]), &[(
        60,
        json!([item("c0-0", [2, 9, 21, 28], 0), item("c0-1", [0, 1, 0, 0], 59)]),
        criterion("2.095081967213", &[28, 21, 10, 2], [(true, Some(60)), (false, None)]),
    )]),
    &["unit-0/c0-1/2 F2 = 1", "unit-0/c0-1 F1 = 1, not [2, 3, 4, 5, 6, 7, 8, 9]"]
)]
// Three units of 1 and 40, 12 and 13, 40 and 60: the totals of the groups less what is shown of them.
#[case::a_hidden_number(
    1,
    document(166, &json!([53, 113]), &[
        (41, json!([{ "code": "c0-0", "valid": 41 }]), criterion("0.00", &[], [(false, None), (true, None)])),
        (25, json!([{ "code": "c0-0", "valid": 25 }]), criterion("0.00", &[], [(true, Some(12)), (true, Some(13))])),
        (100, json!([{ "code": "c0-0", "valid": 100 }]), criterion("0.00", &[], [(true, Some(40)), (true, Some(60))])),
    ]),
    &["unit-0/g0/c0-0 F1 = 1, not [2, 3, 4, 5, 6, 7, 8, 9]"]
)]
fn the_solver_finds_a_fault_in_its_smallest_input(#[case] items: usize, #[case] results: Value, #[case] facts: &[&str]) {
    let questionnaire = officials(&[30, 70], &[items], "group-weights", "leave-out");
    let found = told(Document { format: 1, ..Document::of(&questionnaire, &results) }, &Sizes::default()).unwrap().facts;
    for fact in facts {
        assert!(found.iter().any(|found| found == fact), "{fact} in {found:#?}");
    }
}

/// Of the first input above other points, which no number of answers in the hidden group makes.
#[test]
fn points_that_no_number_of_answers_makes_are_a_contradiction() {
    let questionnaire = officials(&[30, 70], &[1], "group-weights", "leave-out");
    let told = |points: &str| {
        let printed = (61, json!([item("c0-0", [1, 9, 16, 35], 0)]), criterion(points, &[35, 16, 9, 1], [(false, None), (true, None)]));
        let results = document(61, &json!([null, null]), &[printed]);
        told(Document { format: 1, ..Document::of(&questionnaire, &results) }, &Sizes::default())
    };
    assert!(told("2.320000000000").is_ok());
    assert!(matches!(told("2.330000000000"), Err(Contradiction)));
}
