//! The attacks that the law of disclosure was written against, each with the smallest input that told somebody's answer. None of them finds anything now.
//!
//! Files of single sheets are no publication; their attack stands beside them.

use std::collections::HashMap;

use par_survey::scoring::decimal::Held;
use par_survey::scoring::results::Results;
use par_survey::survey::Questionnaire;
use par_survey::survey::codebook::{FIRST_OPTION, NO_OPINION};
use rstest::rstest;
use serde_json::Value;

use super::world::{World, attribute, cell, counted, officials, part, shares};
use crate::small::{criterion, field, ranked_with, scheme, standing, unit};

/// Every way to answer an item of four options by so many.
fn answers(total: usize) -> Vec<[usize; 4]> {
    let first = (0..=total).flat_map(move |one| (0..=total - one).map(move |two| (one, two)));
    first.flat_map(|(one, two)| (0..=total - one - two).map(move |three| [one, two, three, total - one - two - three])).collect()
}

/// What everybody can read of all these worlds is one text.
#[track_caller]
fn same(worlds: impl Iterator<Item = World>) -> String {
    let mut texts = worlds.map(|world| world.text());
    let first = texts.next().unwrap();
    let count = texts.inspect(|text| assert_eq!(*text, first)).count();
    assert!(count > 0, "only one world: nothing is compared");
    first
}

/// Attack 1: one deputy, who gave the worst answer, beside 60 leaders. The distribution less the points told it.
#[test]
fn a_hidden_group_of_one_deputy_tells_nothing() {
    let questionnaire = officials(&[30, 70], &[1], "group-weights", "leave-out");
    let leaders = || World::new(questionnaire.clone()).and(cell(0, 1), 60, &[("c0-0", &[2, 9, 21, 28])]);
    let text = same((0..=9).flat_map(answers).map(|deputies| leaders().and(cell(0, 0), deputies.iter().sum(), &[("c0-0", &deputies)])));
    assert!(text.contains("\"count\":28"), "leaders are printed: {text}");
}

/// Attack 2: one group of 60; item i2 is answered by one official, the others have no opinion. The criterion less i1 was that answer.
#[rstest]
#[case("group-weights")]
#[case("pooled")]
fn an_item_under_the_floor_tells_nothing(#[case] combination: &str) {
    let questionnaire = officials(&[100], &[2], combination, "leave-out");
    let world = |second: [usize; 4]| {
        let bytes = |counts: &[usize]| counts.iter().zip(FIRST_OPTION..).flat_map(|(count, byte)| vec![byte; *count]).collect::<Vec<u8>>();
        let no_opinion = vec![NO_OPINION; 60 - second.iter().sum::<usize>()];
        let mut world = World::new(questionnaire.clone());
        world.add(cell(0, 0), 60, &[("c0-0", bytes(&[2, 9, 21, 28])), ("c0-1", [bytes(&second), no_opinion].concat())]);
        world
    };
    let text = same((0..=9).flat_map(answers).map(world));
    assert!(text.contains("\"count\":28"), "the other item is printed: {text}");
}

/// Attack 3: the floor is 30; two groups of 10 to 29 beside one of 120.
#[test]
fn groups_under_a_raised_floor_tell_nothing() {
    let plain = officials(&[30, 30, 40], &[1], "group-weights", "leave-out");
    let questionnaire = Questionnaire { least_sheets: 30, ..plain };
    let shown = || World::new(questionnaire.clone()).and(cell(0, 2), 120, &[("c0-0", &[4, 18, 42, 56])]);
    let sizes = (10..30_usize).flat_map(|one| [10, 17, 25, 29].map(|other| (one, other)));
    let tables = sizes.flat_map(|(one, other)| {
        let ways = [([one, 0, 0, 0], [0, 0, 0, other]), ([1, one - 2, 1, 0], [other - 3, 1, 1, 1]), ([0, 0, 0, one], [other, 0, 0, 0])];
        ways.map(|ways| (ways, one, other))
    });
    let text = same(tables.map(|((first, second), one, other)| {
        shown().and(cell(0, 0), one, &[("c0-0", &first)]).and(cell(0, 1), other, &[("c0-0", &second)])
    }));
    assert!(text.contains("\"count\":56"), "the group of 120 is printed: {text}");
}

/// What is exact in a document: a number of sheets or answers, a held value, a percent that is no class.
fn exact(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            let is_exact = match key.as_str() {
                "count" | "held" | "sheets" | "valid" | "fraction" => !value.is_null() && value != "10-49",
                "percent" => value.as_str().is_some_and(|percent| !percent.contains('-')),
                _ => false,
            };
            let path = format!("{path}/{key}");
            if is_exact { found.push(path) } else { exact(value, &path, found) }
        }),
        Value::Array(values) => values.iter().for_each(|value| exact(value, path, found)),
        _ => (),
    }
}

/// Attack 4: from 10 to 49 sheets nothing is exact but the index, which points are made of.
#[test]
fn under_50_sheets_nothing_is_exact_but_the_index() {
    let tables = [(0, 0, 10), (1, 9, 10), (5, 5, 10), (0, 19, 19), (7, 13, 20), (28, 1, 29), (33, 16, 49), (49, 0, 49)];
    for (one, other, total) in tables {
        let rows = [("i0", [one, total - one]), ("i1", [other, total - other])];
        let rows: Vec<(&str, &[usize])> = rows.iter().map(|(code, row)| (*code, &row[..])).collect();
        let mut found = Vec::new();
        exact(&World::new(shares(2)).and(cell(0, 0), total, &rows).published(), "", &mut found);
        assert_eq!(found, ["/blocks/units/figures/index/figure/percent"], "{one} and {other} of {total}");
        let questionnaire = counted(&(attribute("a", 2) + &part("p", "", &[("t", "single", 2), ("m", "multiple", 2)])));
        let rows = [("a", [one, total - one]), ("t", [one, total - one]), ("m", [other, total - other])];
        let rows: Vec<(&str, &[usize])> = rows.iter().map(|(code, row)| (*code, &row[..])).collect();
        let mut found = Vec::new();
        exact(&World::new(questionnaire).and(cell(0, 0), total, &rows).published(), "", &mut found);
        assert_eq!(found, [""; 0], "{one} and {other} of {total}");
    }
}

/// Attack 5: groups of three units are (1, 40), (12, 13) and (40, 60). Totals of 53 and 113 told the one deputy of the first.
#[test]
fn totals_of_groups_do_not_tell_the_size_of_a_hidden_one() {
    let questionnaire = officials(&[30, 70], &[1], "group-weights", "leave-out");
    let sizes = |deputies: usize| [(0, 0, deputies), (0, 1, 40), (1, 0, 12), (1, 1, 13), (2, 0, 40), (2, 1, 60)];
    let world = |deputies: usize| {
        let world = World { blocks: vec!["b"; 3], ..World::new(questionnaire.clone()) };
        sizes(deputies)
            .into_iter()
            .fold(world, |world, (unit, group, size)| world.and(cell(unit, group), size, &[("c0-0", &[size / 3, 0, 0, size - size / 3])]))
    };
    let text = same((0..=9).map(world));
    assert!(text.contains("\"sheets\":52") && text.contains("\"sheets\":113"), "totals are printed: {text}");
}

/// Attack 6: one answered and 19 say only who they are. Their unit has no figures, as if nobody had come.
#[test]
fn blank_sheets_carry_no_floor() {
    let questionnaire = counted(&(attribute("a", 2) + &part("p", "", &[("t", "single", 4)])));
    let world = |answers: [usize; 4]| {
        let world = World::new(questionnaire.clone()).and(cell(0, 0), answers.iter().sum(), &[("t", &answers)]);
        world.and(cell(0, 0), 19, &[("a", &[8, 11])])
    };
    let text = same((0..=9).flat_map(answers).map(world).chain([World::new(questionnaire.clone())]));
    assert!(text.contains("\"figures\":null"), "{text}");
}

/// Attack 8: from 10 to 49 sheets, points of the component, of the score and the PAR Index are one value.
#[test]
fn points_of_the_component_the_score_and_the_index_are_one_value() {
    let more = "from = \"satisfaction\"\nquestionnaire = \"q\"\nindex = \"overall\"";
    // 10 of 10 points, so that the index is ten times the points.
    let scheme = scheme("total = 10", "", &[field("f", "10", &[criterion("1-1", "10", more)])]);
    let mut compared = 0;
    for total in 10..50 {
        for yes in (0..=total).step_by(3) {
            let rows: [(&str, &[usize]); 2] = [("i0", &[total - yes, yes]), ("i1", &[yes / 2, total - yes / 2])];
            let published = World::new(shares(2)).and(cell(0, 0), total, &rows).text();
            let results: Results = serde_json::from_str(&published).unwrap();
            let ranking = ranked_with(&scheme, &[unit("unit-0", &[])], &[&results], &HashMap::new());
            let figures = results.blocks[0].units[0].figures.as_ref().unwrap();
            let index: Held = figures.index.as_ref().unwrap().figure.unwrap().get().percent.number().parse().unwrap();
            let printed = figures.component.as_ref().unwrap().get().printed.clone();
            let points = ranking.units[0].cells[0].points.unwrap();
            assert_eq!(points.to_fixed(2), printed, "{yes} of {total}");
            assert_eq!(standing(&ranking, "unit-0").index, Some(index), "{yes} of {total}");
            compared += 1;
        }
    }
    assert!(compared > 400, "{compared}");
}

/// The same of a criterion that officials rated: its points, and those of the score, of groups that are weighed and of all in one pot.
#[rstest]
#[case("group-weights")]
#[case("pooled")]
fn points_of_a_criterion_the_score_and_the_index_are_one_value(#[case] combination: &str) {
    let more = "from = \"officials\"\nquestionnaire = \"q\"\nrated = \"c0\"";
    // As many points as the criterion has, all of the index.
    let scheme = scheme("total = 3", "", &[field("f", "3", &[criterion("1-1", "3", more)])]);
    let questionnaire = officials(&[30, 70], &[1], combination, "leave-out");
    let mut compared = 0;
    for total in 10..50 {
        for best in (0..=total).step_by(5) {
            let first = [total - best, 0, 0, best];
            let second = [3, 7, 20, 27];
            let world = World::new(questionnaire.clone()).and(cell(0, 0), total, &[("c0-0", &first)]);
            let published = world.and(cell(0, 1), 57, &[("c0-0", &second)]).text();
            let results: Results = serde_json::from_str(&published).unwrap();
            let ranking = ranked_with(&scheme, &[unit("unit-0", &[])], &[&results], &HashMap::new());
            let points = results.blocks[0].units[0].figures.as_ref().unwrap().criteria[0].points.clone().unwrap();
            let printed: Held = points.get().printed.parse().unwrap();
            assert_eq!((points.get().held, points.get().value()), (None, Some(printed)), "{best} of {total}");
            let given = ranking.units[0].cells[0].points.unwrap();
            assert_eq!(given.to_fixed(2), points.get().printed, "{best} of {total}");
            let whole: Held = "3".parse().unwrap();
            assert_eq!(ranking.units[0].cells[0].survey.as_ref().unwrap().percent, printed.percent_of(whole).unwrap());
            compared += 1;
        }
    }
    assert!(compared > 200, "{compared}");
}
