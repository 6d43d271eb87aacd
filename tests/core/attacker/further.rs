//! Leaks that a fourth attack found, each with the smallest input that told somebody's answer: questions that lead on more than once, or together.
//! Kinds of sheets are written as in [`super::routes::world`].

use std::collections::BTreeSet;

use par_survey::survey::routing::Routing;
use rstest::rstest;

use super::routes::{questionnaire, world};
use super::world::item;

/// The prints of worlds of sixty sheets or so, one for each number from 0 on.
fn prints(route: &str, most: usize, kinds: impl Fn(usize) -> Vec<(&'static str, usize)>) -> BTreeSet<String> {
    let questionnaire = questionnaire(route);
    let print = |number: usize| world(&questionnaire, &kinds(number)).published()["blocks"][0]["units"][0].to_string();
    let all: BTreeSet<String> = (0..=most).map(print).collect();
    assert!(all.iter().all(|unit| unit.contains("\"valid\":60") || unit.contains("10-49")), "something is printed: {all:?}");
    all
}

/// Ten said yes and are asked further, and all of them said yes again and are asked once more. Were that printed because ten answered it, all ten
/// would have said yes.
#[rstest]
#[case::in_a_part("ask 2; c 2 ask=1; d 2 c=1 ask=1")]
#[case::alone("ask 2; c 2 ask=1; d 2 c=1")]
fn that_a_question_after_two_others_is_there_does_not_tell_that_everybody_said_yes(#[case] route: &str) {
    let all = prints(route, 10, |yes| vec![("111", yes), ("12-", 10 - yes), ("2--", 50)]);
    assert_eq!(all.len(), 1, "{all:#?}");
}

/// Ten answered one question, sixty another; who said yes to both is asked further. Were options of the second printed because ten were asked, or
/// what follows it by another answer, all ten would have said yes.
#[rstest]
#[case::options("a 2; e 2; b 2 e=1 a=1; q 2", ["1111", "21-1", "s1-1", "s2-1"])]
#[case::one_beside("a 2; e 2; b 2 e=1 a=1; c 2 e=2", ["111-", "21--", "s1--", "s2-1"])]
fn a_question_after_two_others_does_not_tell_that_everybody_said_yes_to_one(#[case] route: &str, #[case] kinds: [&'static str; 4]) {
    let all = prints(route, 10, |yes| kinds.into_iter().zip([yes, 10 - yes, 25, 25]).collect());
    assert_eq!(all.len(), 1, "{all:#?}");
}

/// Who said no is asked one question, who said yes another and one more after it. Fewer than ten said no; how many answered the last would say how few.
#[test]
fn a_question_after_a_hidden_one_does_not_bound_who_was_asked_another() {
    let route: &str = "ask 2; b 2 ask=2; c 2 ask=1; d 2 c=1";
    let all = prints(route, 9, |no| vec![("21--", no), ("1-11", 60 - no)]);
    assert_eq!(all.len(), 1, "{all:#?}");
}

/// A question that two lead to together is hidden because one of them leads to another by another answer. How many chose the option of the second
/// that leads there would still say how many were asked it at most.
#[test]
fn options_that_lead_to_a_hidden_question_are_hidden_with_it() {
    let questionnaire = questionnaire("ask 2; b 2 ask=2; e 2; c 2 ask=1 e=1");
    let published = world(&questionnaire, &[("211-", 5), ("1-11", 55)]).published();
    let unit = &published["blocks"][0]["units"][0];
    assert!(item(unit, "e")["valid"] == 60 && item(unit, "c")["valid"].is_null(), "{unit}");
    assert_eq!(item(unit, "e")["options"], serde_json::json!([]));
}

/// Every sheet answers one of two questions, and so many both, that is as many as the answers to both are more than the sheets; who did is asked
/// further.
#[rstest]
#[case::numbers_from_blanks(30, 30)]
#[case::exact_numbers(60, 60)]
#[case::classes(49, 48)]
fn numbers_of_answers_to_two_questions_do_not_tell_how_many_answered_both(#[case] one: usize, #[case] other: usize) {
    let all = prints("a 2; e 2; b 2 a=1 e=1", 9, |both| vec![("111", both), ("1s-", one - both), ("s1-", other)]);
    assert_eq!(all.len(), 1, "{all:#?}");
}

/// What a part is shown for, its items need not be asked again for; and in whatever order, the same conditions ask the same people.
#[test]
fn a_condition_that_another_contains_says_nothing() {
    let routing = |route: &str| Routing::of(&questionnaire(route));
    let inside = routing("ask 2; c 2 ask=1; d 2 c=1 ask=1; e 2 c=1; f 2 c=2 ask=2");
    assert_eq!([0, 1].map(|place| inside.after(place).collect::<Vec<_>>()), [vec![1, 4], vec![2, 3, 4]]);
    assert_eq!(inside.before(2).collect::<Vec<_>>(), [0, 1]);
    assert!(!inside.tells(2, 3) && !inside.tells(1, 2) && inside.tells(1, 4) && inside.tells(2, 4) && !inside.tells(0, 2));
    let turned = routing("a 2; e 2; b 2 a=1 e=1; c 2 e=1 a=1");
    assert!(!turned.tells(2, 3) && turned.stands_beside(1) && !turned.stands_beside(0), "{turned:?}");
}
