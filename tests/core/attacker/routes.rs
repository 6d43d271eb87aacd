//! Routes: all small tables of questionnaires that lead on, thresholds scaled down. Of those that print the same, some are false to every protected
//! fact: a hidden item keeps every number under the floor and two counts of each option, and a count near an end keeps another (F1 to F3 of
//! `design/anonymity.md`; the tables of questionnaires that ask everybody everything are in `tests/core/openness.rs`).

use std::collections::{BTreeMap, BTreeSet};

use par_survey::scoring::thresholds::Thresholds;
use par_survey::survey::codebook::{FIRST_OPTION, NOT_SHOWN, SKIPPED};
use par_survey::survey::{Item, Kind, Questionnaire, ShownWhen};
use rstest::rstest;

use super::world::{World, cell, counted, item, part};

/// Figures from three sheets on, counts from six; fewer than two of an answer, or of others, are protected.
const SMALL: Thresholds = Thresholds { floor: 3, counts_from: 6, decimals_from: 8, near: 2 };

/// A question with its number of options.
#[derive(Debug)]
struct Asked {
    code: String,
    options: usize,
    is_multiple: bool,
    /// What has to be answered before: places of an item and of its options, two at most.
    needed: Vec<(usize, Vec<usize>)>,
}

/// Questions as `ask 2; b 3* ask=12`: the second has three options, several of which may be chosen, and is asked after the first or the second
/// option of the first.
fn route(text: &str) -> Vec<Asked> {
    let mut all: Vec<Asked> = Vec::new();
    for question in text.split("; ") {
        let words: Vec<&str> = question.split(' ').collect();
        let condition = |word: &&str| {
            let (code, options) = word.split_once('=').unwrap();
            let places = options.bytes().map(|option| usize::from(option - b'1')).collect();
            (all.iter().position(|before| before.code == code).unwrap(), places)
        };
        all.push(Asked {
            code: words[0].to_owned(),
            options: words[1].trim_end_matches('*').parse().unwrap(),
            is_multiple: words[1].ends_with('*'),
            needed: words[2..].iter().map(condition).collect(),
        });
    }
    all
}

/// A questionnaire of these questions, each in a part of its own.
pub(super) fn questionnaire(text: &str) -> Questionnaire {
    let (route, kind) = (route(text), |asked: &Asked| if asked.is_multiple { "multiple" } else { "single" });
    let parts: Vec<String> = route.iter().map(|asked| part(&asked.code, "", &[(&asked.code, kind(asked), 3)])).collect();
    let mut questionnaire = counted(&parts.concat());
    for (place, asked) in route.into_iter().enumerate() {
        let mut conditions = asked.needed.into_iter().map(|(item, any_of)| ShownWhen { item, any_of });
        questionnaire.items[place].show_if = conditions.next();
        questionnaire.parts[place].show_if = conditions.next();
        assert_eq!(conditions.next(), None, "an item has a condition of its own and one of its part");
        if let Kind::Single(choices) | Kind::Multiple(choices) = &mut questionnaire.items[place].kind {
            choices.truncate(asked.options);
        }
    }
    questionnaire
}

/// So many sheets of each kind: of every item the number of its option, `s` where it was passed over, `-` where it was not asked. Of several
/// choices 1 is the first, 2 the second, 3 both.
pub(super) fn world(questionnaire: &Questionnaire, kinds: &[(&str, usize)]) -> World {
    let mut world = World::new(questionnaire.clone());
    for (kind, sheets) in kinds {
        let answer = |(letter, item): (u8, &Item)| match letter {
            b'-' => [NOT_SHOWN, 0][..=usize::from(item.is_multiple())].to_vec(),
            b's' => [SKIPPED, 0][..=usize::from(item.is_multiple())].to_vec(),
            number if item.is_multiple() => vec![FIRST_OPTION, number - b'0'],
            number => vec![FIRST_OPTION + number - b'1'],
        };
        assert_eq!(kind.len(), questionnaire.items.len(), "{kind}");
        let sheet: Vec<u8> = kind.bytes().zip(&questionnaire.items).flat_map(answer).collect();
        world.sheets.extend(vec![(cell(0, 0), sheet); *sheets]);
    }
    world
}

/// Every kind of sheet on which something is answered; only the items of these codes are passed over.
fn kinds(text: &str, passed_over: &str) -> Vec<String> {
    let route = route(text);
    let mut all = vec![String::new()];
    for asked in &route {
        let is_asked = |before: &String| {
            let has = |(item, any_of): &(usize, Vec<usize>)| match before.as_bytes()[*item] {
                b'-' | b's' => false,
                number if route[*item].is_multiple => any_of.iter().any(|option| (number - b'0') >> option & 1 == 1),
                number => any_of.contains(&usize::from(number - b'1')),
            };
            asked.needed.iter().all(has)
        };
        let most = if asked.is_multiple { (1 << asked.options) - 1 } else { asked.options };
        let answers = (1..=most).map(|number| number.to_string());
        let skipped = passed_over.contains(&asked.code).then(|| "s".to_owned());
        let answers: Vec<String> = answers.chain(skipped).collect();
        let not_asked = vec!["-".to_owned()];
        let next = |before: &String| {
            let answers = if is_asked(before) { &answers } else { &not_asked };
            answers.iter().map(|answer| format!("{before}{answer}")).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(next).collect();
    }
    all.retain(|kind| kind.bytes().any(|letter| letter.is_ascii_digit()));
    all
}

/// Every way to have so many sheets of so many kinds, or fewer.
fn tables(kinds: usize, most: usize) -> Vec<Vec<usize>> {
    (0..kinds).fold(vec![Vec::new()], |rows, _| {
        let rest = |row: &[usize]| most - row.iter().sum::<usize>();
        rows.iter().flat_map(|row| (0..=rest(row)).map(move |next| [&row[..], &[next]].concat())).collect()
    })
}

/// What is true of one item: how many answered, and how many chose each option.
type Truth = (usize, Vec<usize>);

fn truths(questionnaire: &Questionnaire, kinds: &[(&str, usize)]) -> Vec<Truth> {
    let of = |(place, item): (usize, &Item)| {
        let number = |kind: &str| kind.as_bytes()[place].checked_sub(b'0').filter(|number| *number < 9);
        let count =
            |has: &dyn Fn(u8) -> bool| kinds.iter().filter(|(kind, _)| number(kind).is_some_and(has)).map(|(_, sheets)| sheets).sum();
        let chosen =
            |option: usize| count(&|number| if item.is_multiple() { number >> option & 1 == 1 } else { usize::from(number) == option + 1 });
        (count(&|_| true), (0..item.choices().len()).map(chosen).collect())
    };
    questionnaire.items.iter().enumerate().map(of).collect()
}

/// What a print tells of an item, by the truths of all tables that have it.
fn told(is_hidden: bool, truths: &BTreeSet<&Truth>) -> Option<String> {
    let (floor, many) = [SMALL.floor, SMALL.counts_from].map(|number| usize::try_from(number).unwrap()).into();
    let near = usize::try_from(SMALL.near).unwrap();
    let numbers: BTreeSet<usize> = truths.iter().map(|(valid, _)| *valid).collect();
    if is_hidden && numbers.iter().any(|valid| *valid < floor) && numbers != BTreeSet::from([0]) {
        let counts = |option: usize| truths.iter().map(|(_, options)| options[option]).collect::<BTreeSet<usize>>();
        let is_open = (1..floor).all(|number| numbers.contains(&number));
        let is_known = |option: &usize| counts(*option).len() == 1;
        let known = (0..truths.first().unwrap().1.len()).find(is_known);
        return (!is_open).then(|| format!("F1 {numbers:?}")).or_else(|| known.map(|option| format!("F2 of option {option}")));
    }
    // Judged for each number of answers that is possible: that number is coarse, and not protected.
    numbers.into_iter().filter(|valid| (floor..many).contains(valid)).find_map(|valid| {
        let of = |option: usize| truths.iter().filter(|truth| truth.0 == valid).map(|truth| truth.1[option]).collect::<BTreeSet<usize>>();
        let is_told = |counts: &BTreeSet<usize>| counts.len() == 1 && counts.iter().all(|count| *count < near || count + near > valid);
        // Of one option everybody has it.
        let options = (0..truths.first().unwrap().1.len()).filter(|_| truths.first().unwrap().1.len() > 1);
        options.map(of).find(is_told).map(|counts| format!("F3 {counts:?} of {valid}"))
    })
}

#[rstest]
#[case::two_answers("k 2; b 1 k=2; c 1 k=1", "kbc", 9)]
#[case::one_answer_to_two("k 2; b 1 k=1; c 1 k=1", "bc", 9)]
#[case::three_options("k 3; b 1 k=1; c 1 k=2", "bc", 9)]
#[case::one_within_another("k 3; b 1 k=1; c 1 k=12", "b", 9)]
#[case::overlapping("k 3; b 1 k=12; c 1 k=23", "b", 9)]
#[case::several_choices("k 2*; b 1 k=1; c 1 k=2", "b", 9)]
#[case::a_chain("k 2; c 2 k=1; d 1 c=1; q 1", "q", 8)]
#[case::a_chain_in_a_part("k 2; c 2 k=1; d 1 c=1 k=1", "cd", 9)]
#[case::a_grandchild("k 2; b 1 k=2; c 2 k=1; d 1 c=1", "cd", 9)]
#[case::a_long_chain("k 2; b 1 k=2; c 2 k=1; d 2 c=1; f 1 d=1", "", 10)]
#[case::two_leaders("a 2; e 2; b 1 a=1 e=1", "a", 8)]
#[case::two_leaders_and_no_other_question("a 1; e 2; b 1 a=1 e=1", "ae", 8)]
#[case::two_leaders_and_one_beside("a 2; e 2; b 1 a=1 e=1; c 1 e=2", "a", 8)]
#[case::two_leaders_one_of_which_follows("k 2; c 1 k=1; e 2; b 1 c=1 e=1", "e", 8)]
#[case::two_alone("a 2; e 2; b 1 a=1; c 1 e=1", "", 9)]
fn of_all_tables_of_questions_that_lead_on_some_are_false_to_every_fact(
    #[case] route: &str,
    #[case] passed_over: &str,
    #[case] most: usize,
) {
    let (questionnaire, kinds) = (questionnaire(route), kinds(route, passed_over));
    let mut prints: BTreeMap<String, (usize, Vec<Vec<Truth>>)> = BTreeMap::new();
    let tables = tables(kinds.len(), most);
    for table in &tables {
        let sheets: Vec<(&str, usize)> = kinds.iter().map(String::as_str).zip(table.iter().copied()).collect();
        let print = world(&questionnaire, &sheets).with(SMALL).text();
        let (least, seen) = prints.entry(print).or_insert((most, Vec::new()));
        *least = table.iter().sum::<usize>().min(*least);
        seen.push(truths(&questionnaire, &sheets));
    }
    // Tables at the edge of what is listed lack neighbours.
    for (print, (_, seen)) in prints.iter().filter(|(_, (least, _))| least + 2 <= most) {
        let published: serde_json::Value = serde_json::from_str(print).unwrap();
        let unit = &published["blocks"][0]["units"][0];
        for (place, asked) in questionnaire.items.iter().enumerate().filter(|_| !unit["figures"].is_null()) {
            let fact = told(item(unit, &asked.code)["valid"].is_null(), &seen.iter().map(|truths| &truths[place]).collect());
            assert_eq!(fact, None, "{} by {} tables of {}: {}", asked.code, seen.len(), tables.len(), unit["figures"]);
        }
    }
}
