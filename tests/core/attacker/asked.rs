//! Leaks that a third attack found: that a figure is there says that everybody was asked further.

use par_survey::survey::ShownWhen;
use par_survey::survey::codebook::{FIRST_OPTION, NOT_SHOWN};

use super::world::{NO, World, YES, bytes, cell, counted, index, part};
use crate::small::WORDS;

/// All items of the index follow a question; ten sheets, which follows from the total of the block. The index is there, so all ten said yes.
#[test]
fn that_there_is_an_index_does_not_tell_that_everybody_was_asked_further() {
    let ask = format!("[[part]]\ncode = \"a\"\ntitle = {WORDS}\n[[part.item]]\ncode = \"ask\"\nkind = \"yes-no\"\ntext = {WORDS}\n");
    let mut questionnaire = index(1, 2, "satisfied-share", "mean-of-items", &ask);
    let item = questionnaire.position("i0").unwrap();
    let before = questionnaire.position("ask").unwrap();
    questionnaire.items[item].show_if = Some(ShownWhen { item: before, any_of: vec![0] });
    let is_printed = |yes: usize| {
        let mut world = World::new(questionnaire.clone());
        let answers = [vec![FIRST_OPTION; yes], vec![FIRST_OPTION + 1; 10 - yes]].concat();
        let further = [vec![FIRST_OPTION; yes / 2], vec![FIRST_OPTION + 1; yes - yes / 2], vec![NOT_SHOWN; 10 - yes]].concat();
        world.add(cell(0, 0), 10, &[("ask", answers), ("i0", further)]);
        !world.published()["blocks"][0]["units"][0]["figures"]["index"]["figure"].is_null()
    };
    let printed: Vec<usize> = (0..=10).filter(|yes| is_printed(*yes)).collect();
    assert!(printed.len() != 1, "only {printed:?} of 10 who said yes print an index");
}

/// Of sixty answers to a question of the index all are satisfied but some, and who was not is asked further. Fewer than ten are, so nothing of that
/// may be bounded by the value of the first.
#[test]
fn the_value_of_a_question_of_the_index_does_not_tell_how_many_were_asked_further() {
    let mut questionnaire = index(3, 2, "satisfied-share", "mean-of-items", "");
    let [first, second] = ["i0", "i1"].map(|code| questionnaire.position(code).unwrap());
    questionnaire.items[second].show_if = Some(ShownWhen { item: first, any_of: vec![0] });
    let printed = |further: usize| {
        let mut world = World::new(questionnaire.clone());
        let answers = [vec![FIRST_OPTION; further], vec![FIRST_OPTION + 1; 60 - further]].concat();
        let asked = [vec![FIRST_OPTION; further], vec![NOT_SHOWN; 60 - further]].concat();
        let last = [vec![FIRST_OPTION; 20], vec![FIRST_OPTION + 1; 40]].concat();
        world.add(cell(0, 0), 60, &[("i0", answers), ("i1", asked), ("i2", last)]);
        world.published()["blocks"][0]["units"][0].take()
    };
    let one = printed(1);
    assert_eq!(one["figures"]["index"]["figure"]["percent"], "66.67", "{one}");
    for further in 2..10 {
        assert_eq!(printed(further), one, "{further} were asked further");
    }
}

/// One question leads to two others, to each by another answer. Fewer than ten are asked the one, so nothing may say how many were asked the other.
#[test]
fn how_many_were_asked_one_question_does_not_tell_how_many_were_asked_another() {
    let leads =
        |code: &str, option: u8| part(code, &format!("show_if = {{ item = \"ask\", any_of = [\"{option}\"] }}"), &[(code, "yes-no", 2)]);
    let questionnaire = counted(&[part("p", "", &[("ask", "yes-no", 2)]), leads("b", 1), leads("c", 2)].concat());
    let printed = |yes: usize| {
        let mut world = World::new(questionnaire.clone());
        let of = |asked: usize, before: usize| bytes(&[(NOT_SHOWN, before), (YES, asked), (NOT_SHOWN, 100 - before - asked)]);
        let answers = [("ask", bytes(&[(YES, yes), (NO, 100 - yes)])), ("b", of(yes, 0)), ("c", of(100 - yes, yes))];
        world.add(cell(0, 0), 100, &answers);
        world.published()["blocks"][0]["units"][0].take()
    };
    let one = printed(1);
    assert!(one["figures"]["items"].as_array().unwrap().iter().any(|item| item["valid"] == 100), "{one}");
    for yes in 0..10 {
        assert_eq!(printed(yes), one, "{yes} said yes");
    }
}
