//! The PAR Index of a unit, by cases worked by hand: from cells and survey figures to points, maxima and the index.

use std::collections::{BTreeMap, HashMap};

use par_survey::round::steps::ScorePart;
use par_survey::scheme::Scheme;
use par_survey::scoring::publishing::results;
use par_survey::scoring::ranking::{BlockRanking, CellState, Past, RankList, ScoreSums, Standing, SurveyGap, UnitSheet};
use par_survey::scoring::results::Results;
use par_survey::scoring::score::{LeafPoints, score};
use par_survey::survey::mode::Mode;
use par_survey::unit::UnitCode;
use rstest::rstest;

use crate::sample;
use crate::scoring::ratings::{Answers, DEPUTIES, LEADERS, rated};
use crate::small::{cell, criterion, field, held, ranked, ranked_with, scheme, standing, unit};

use RankList::{Apart, Block};
use ScorePart::{Appraised, Council, Second, SelfScore};

fn sums(ranking: &BlockRanking, unit: &str) -> ScoreSums {
    standing(ranking, unit).score.clone().unwrap()
}

/// 84 points and 16 points; `block` are lines of the block.
fn eighty_four(block: &str) -> Scheme {
    scheme("total = 100", block, &[field("f", "100", &[criterion("1-1", "84", ""), criterion("1-2", "16", "")])])
}

/// 100 points, with a bonus and a penalty of at most 10.
fn adjusted() -> Scheme {
    let adjustments = [criterion("2-1", "10", "from = \"bonus\""), criterion("2-2", "10", "from = \"penalty\"")];
    scheme("total = 100", "", &[field("f", "100", &[criterion("1-1", "100", "")]), field("x", "0", &adjustments)])
}

// Ethnic Affairs Board of Thanh Hóa, 2023 (`domain/par.md`, "Formulas"): 68.32 of 84.00, printed 81.33. By hand 6832 / 84 = 81 1/3.
#[rstest]
#[case("not_applicable = [\"1-2\"]", &[("1-1", "68.32")])]
#[case("not_applicable = [\"1-2\"]", &[("1-1", "68.32"), ("1-2", "16")])]
#[case("", &[("1-1", "68.32"), ("1-2", "NA")])]
fn what_does_not_apply_shrinks_the_denominator(#[case] block: &str, #[case] cells: &[(&str, &str)]) {
    let ranking = ranked(&eighty_four(block), &[unit("a", cells)]);
    let (index, sums) = (standing(&ranking, "a").index.unwrap(), sums(&ranking, "a"));
    assert_eq!((index.to_string().as_str(), index.to_fixed(2).as_str()), ("81.333333333333", "81.33"));
    assert_eq!((sums.points, sums.maximum, sums.missing), (held("68.32"), held("84"), 0));
    assert_eq!(ranking.units[0].cells[1].state, CellState::NotApplicable);
}

#[test]
fn points_that_nobody_entered_count_as_0_and_are_counted() {
    // Nobody said that 1-2 does not apply: 68.32 of 100.
    let ranking = ranked(&eighty_four(""), &[unit("a", &[("1-1", "68.32")])]);
    let sums = sums(&ranking, "a");
    assert_eq!(standing(&ranking, "a").index, Some(held("68.32")));
    assert_eq!((sums.maximum, sums.missing, ranking.units[0].cells[1].state), (held("100"), 1, CellState::Missing));
}

#[test]
fn an_entry_beside_does_not_apply_is_kept_and_does_not_count() {
    let both = cell(&[(Appraised, "16"), (ScorePart::Applicability, "NA")]);
    let mut sheet = unit("a", &[("1-1", "42")]);
    sheet.cells.insert("1-2".to_owned(), both);
    let ranking = ranked(&eighty_four(""), &[sheet]);
    // 42 of 84
    assert_eq!(standing(&ranking, "a").index, Some(held("50")));
    assert_eq!(ranking.units[0].cells[1].appraised.as_deref(), Some("16"));
}

#[rstest]
// 90 + 2 - 0.5
#[case("90", "2", "0.5", "91.5", "91.5", false)]
// 97 + 5 = 102 of 100 is kept at 100; at 95 + 5 nothing has to be kept.
#[case("97", "5", "0", "102", "100", true)]
#[case("95", "5", "0", "100", "100", false)]
// 3 - 8 is kept at 0; at 8 - 8 nothing has to be kept.
#[case("3", "0", "8", "0", "0", true)]
#[case("8", "0", "8", "0", "0", false)]
// The bonus is counted before the penalty is taken off: 3 + 6 - 8 = 1.
#[case("3", "6", "8", "1", "1", false)]
fn bonus_and_penalty_are_added_to_the_points_and_the_index_is_kept_inside_0_to_100(
    #[case] appraised: &str,
    #[case] bonus: &str,
    #[case] penalty: &str,
    #[case] points: &str,
    #[case] index: &str,
    #[case] clamped: bool,
) {
    let ranking = ranked(&adjusted(), &[unit("a", &[("1-1", appraised), ("2-1", bonus), ("2-2", penalty)])]);
    let sums = sums(&ranking, "a");
    assert_eq!((sums.points, standing(&ranking, "a").index, sums.clamped), (held(points), Some(held(index)), clamped));
    assert_eq!((sums.base_points, sums.base_index), (held(appraised), held(appraised)));
    assert_eq!((sums.bonus, sums.penalty, sums.maximum), (held(bonus), held(penalty), held("100")));
}

#[test]
fn bonus_and_penalty_belong_to_no_field_and_are_not_missed() {
    let ranking = ranked(&adjusted(), &[unit("a", &[("1-1", "90"), ("2-1", "5")])]);
    let fields: Vec<&str> = ranking.fields.iter().map(|field| field.code.as_str()).collect();
    assert_eq!(fields, ["f"]);
    assert_eq!((standing(&ranking, "a").fields[0].index, sums(&ranking, "a").missing), (Some(held("90")), 0));
}

#[test]
fn a_bonus_weighs_more_where_less_applies() {
    let adjustments = [criterion("2-1", "10", "from = \"bonus\"")];
    let base = field("f", "100", &[criterion("1-1", "84", ""), criterion("1-2", "16", "")]);
    let scheme = scheme("total = 100", "", &[base, field("x", "0", &adjustments)]);
    let ranking = ranked(&scheme, &[unit("a", &[("1-1", "42"), ("1-2", "NA"), ("2-1", "2")])]);
    // Base 42 / 84 = 50 %; with the bonus 44 / 84 = 11 / 21.
    assert_eq!(sums(&ranking, "a").base_index, held("50"));
    assert_eq!(standing(&ranking, "a").index, Some(held("52.380952380952")));
}

const OFFICIALS: &str = "from = \"officials\"\nquestionnaire = \"r\"\nrated = \"c\"";

fn satisfaction(index: &str) -> String {
    format!("from = \"satisfaction\"\nquestionnaire = \"sample\"\nindex = \"{index}\"")
}

/// 70 points of appraisers, 20 of officials and 10 of citizens; a bonus and a penalty.
fn surveyed(no_survey: &str) -> Scheme {
    let one = field("one", "90", &[criterion("1-1", "70", ""), criterion("1-2", "20", OFFICIALS)]);
    let two = field("two", "10", &[criterion("2-1", "10", &satisfaction("overall"))]);
    let adjustments = [criterion("3-1", "2", "from = \"bonus\""), criterion("3-2", "2", "from = \"penalty\"")];
    scheme(&format!("total = 100\nno_survey = \"{no_survey}\""), "", &[one, two, field("x", "0", &adjustments)])
}

/// 56 of 70 points, 2 more and 1 less.
fn appraised() -> UnitSheet {
    unit("unit-0", &[("1-1", "56"), ("3-1", "2"), ("3-2", "1")])
}

#[rstest]
// (56 + 2 - 1) / 100, base 56 / 100; fields 56 / 90 and 0 / 10.
#[case("no-points", "57", "56", "100", [Some("62.222222222222"), Some("0")], None)]
// (56 + 2 - 1) / 70, base 56 / 70; fields 56 / 70 and none.
#[case("not-applicable", "81.428571428571", "80", "70", [Some("80"), None], Some("without"))]
// Hà Nội: 56 x 100 / 70 = 80 of 100, then + 2 - 1.
#[case("rescale-to-100", "81", "80", "100", [Some("80"), None], Some("rescaled-without"))]
fn without_any_survey_the_scheme_says_what_becomes_of_its_points(
    #[case] rule: &str,
    #[case] index: &str,
    #[case] base: &str,
    #[case] maximum: &str,
    #[case] by_field: [Option<&str>; 2],
    #[case] gap: Option<&str>,
) {
    let ranking = ranked(&surveyed(rule), &[appraised()]);
    let (standing, sums) = (standing(&ranking, "unit-0"), sums(&ranking, "unit-0"));
    assert_eq!((standing.index, sums.base_index, sums.maximum), (Some(held(index)), held(base), held(maximum)));
    assert_eq!((sums.rescaled, sums.missing), (rule == "rescale-to-100", 0));
    assert_eq!(ranking.gap(&ranking.units[0]).map(SurveyGap::code), gap);
    let fields: Vec<_> = standing.fields.iter().map(|field| (field.index, field.rank)).collect();
    assert_eq!(fields, by_field.map(|index| (index.map(held), index.map(|_| 1_u32))));
    assert_eq!(ranking.units[0].cells[2].state, CellState::NoSurvey);
}

/// 2.53 of the form's 4 points, as `ratings` works it out: 63.25 %.
fn officials() -> Results {
    rated("group-weights", [(100, DEPUTIES), (400, LEADERS)])
}

#[rstest]
// Officials 63.25 % of 20 = 12.65. (68.65 + 1) / 100
#[case("no-points", "69.65", "100", None)]
// (68.65 + 1) / 90 = 69.65 / 90
#[case("not-applicable", "77.388888888889", "90", Some("in-part"))]
// 68.65 x 100 / 90 = 76.277777777778, then + 2 - 1.
#[case("rescale-to-100", "77.277777777778", "100", Some("rescaled-in-part"))]
fn of_two_surveys_one_can_be_missing(#[case] rule: &str, #[case] index: &str, #[case] maximum: &str, #[case] gap: Option<&str>) {
    let ranking = ranked_with(&surveyed(rule), &[appraised()], &[&officials()], &HashMap::new());
    assert_eq!((standing(&ranking, "unit-0").index, sums(&ranking, "unit-0").maximum), (Some(held(index)), held(maximum)));
    assert_eq!(ranking.gap(&ranking.units[0]).map(SurveyGap::code), gap);
    let states: Vec<CellState> = ranking.units[0].cells.iter().map(|cell| cell.state).take(3).collect();
    assert_eq!(states, [CellState::Counted, CellState::Counted, CellState::NoSurvey]);
}

#[test]
fn the_maximum_of_the_scheme_wins_over_that_of_the_officials_form() {
    let scheme = scheme("total = 8", "", &[field("f", "8", &[criterion("1-1", "8", OFFICIALS)])]);
    let ranking = ranked_with(&scheme, &[unit("unit-0", &[])], &[&officials()], &HashMap::new());
    let cell = &ranking.units[0].cells[0];
    // 63.25 % of 8, from 500 sheets
    assert_eq!((cell.points, cell.survey.as_ref().unwrap().percent), (Some(held("5.06")), held("63.25")));
    assert_eq!(cell.survey.as_ref().unwrap().sheets.exactly(), Some(500));
}

/// Points out of 10 that citizens give `unit-0`, with so many sheets and answers.
fn citizens(index: &str, total: usize, answers: &[(&str, &[usize])]) -> Option<String> {
    let questionnaire = sample::default();
    let sheets = sample::sheets(&questionnaire, total, answers);
    let (units, tally) = (sample::register(&["b"]), sample::tally(&questionnaire, &[(sample::cell(0, Mode::Link), sheets)]));
    let results = results(&sample::input(&questionnaire, &units, &tally));
    let scheme = scheme("total = 10", "", &[field("f", "10", &[criterion("1-1", "10", &satisfaction(index))])]);
    let ranking = ranked_with(&scheme, &[unit("unit-0", &[])], &[&results], &HashMap::new());
    ranking.units[0].cells[0].points.map(|points| points.to_string())
}

#[test]
fn sipas_of_91_17_percent_gives_9_12_points() {
    // `domain/par.md`, "Formulas": 91.17 % of 10 = 9.12. Here 9,117 of 10,000 answers are satisfied.
    let points = citizens("overall", 10_000, &[("a1", &[0, 0, 883, 9_117])]).unwrap();
    assert_eq!((points.as_str(), held(&points).to_fixed(2).as_str()), ("9.117000000000", "9.12"));
}

#[rstest]
// a1 100 of 200 and c1 200 of 200: policy 50 %, service 100 %, both items together 75 %.
#[case("overall", "7.500000000000")]
#[case("policy", "5.000000000000")]
#[case("service", "10.000000000000")]
fn a_leaf_takes_the_whole_index_or_a_part_of_it(#[case] index: &str, #[case] points: &str) {
    assert_eq!(citizens(index, 200, &[("a1", &[0, 0, 100, 100]), ("c1", &[0, 0, 0, 200])]).as_deref(), Some(points));
}

/// a1 13 of 20 = 65 % and c1 20 of 30 = 66.67 %, together 65.8333 %, printed 65.83.
const TWO_ITEMS: &[(&str, &[usize])] = &[("a1", &[0, 0, 7, 13]), ("c1", &[0, 0, 10, 20])];
const ONE_ITEM: &[(&str, &[usize])] = &[("a1", &[0, 0, 7, 13])];
const NINE: &[(&str, &[usize])] = &[("a1", &[0, 0, 4, 5]), ("c1", &[0, 0, 4, 5])];

#[rstest]
// Held values are published from 50 sheets on, so here the printed one counts.
#[case(30, TWO_ITEMS, Some("6.583000000000"))]
// One item is an index as well.
#[case(30, ONE_ITEM, Some("6.500000000000"))]
// Under the floor there is nothing.
#[case(9, NINE, None)]
fn points_come_from_what_is_published(#[case] total: usize, #[case] answers: &[(&str, &[usize])], #[case] points: Option<&str>) {
    assert_eq!(citizens("overall", total, answers).as_deref(), points);
}

#[rstest]
// 49 sheets, 49 satisfied: 10 points; and another criterion of 10, of which 5: 15 of 20, or 5 of 10.
#[case("rank", 49, "75", CellState::Counted)]
#[case("rescale", 49, "50", CellState::FewSheets)]
// One sheet more is no small unit, whatever its value.
#[case("rescale", 50, "75", CellState::Counted)]
fn a_scheme_may_keep_points_of_few_sheets_out_of_the_ranking(
    #[case] small_units: &str,
    #[case] sheets: usize,
    #[case] index: &str,
    #[case] state: CellState,
) {
    let questionnaire = sample::default();
    let all = sample::sheets(&questionnaire, sheets, &[("a1", &[0, 0, 0, sheets])]);
    let (units, tally) = (sample::register(&["b"]), sample::tally(&questionnaire, &[(sample::cell(0, Mode::Link), all)]));
    let results = results(&sample::input(&questionnaire, &units, &tally));
    let criteria = [criterion("1-1", "10", &satisfaction("overall")), criterion("1-2", "10", "")];
    let scheme = scheme(&format!("total = 20\nsmall_units = \"{small_units}\""), "", &[field("f", "20", &criteria)]);
    let ranking = ranked_with(&scheme, &[unit("unit-0", &[("1-2", "5")])], &[&results], &HashMap::new());
    assert_eq!((standing(&ranking, "unit-0").index, ranking.units[0].cells[0].state), (Some(held(index)), state));
    assert_eq!(ranking.gap(&ranking.units[0]), (state == CellState::FewSheets).then_some(SurveyGap::Without));
}

/// The same of a criterion that officials rated: the sheets of all its groups together are looked at.
#[rstest]
#[case("rank", &[0, 0, 0, 24], "25", CellState::Counted)]
#[case("rescale", &[0, 0, 0, 24], "50", CellState::FewSheets)]
#[case("rescale", &[24, 0, 0, 0], "50", CellState::FewSheets)]
#[case("rescale", &[0, 0, 0, 25], "25", CellState::Counted)]
fn a_scheme_may_keep_ratings_of_few_sheets_out_of_the_ranking(
    #[case] small_units: &str,
    #[case] deputies: &'static [usize],
    #[case] index: &str,
    #[case] state: CellState,
) {
    let from = "from = \"officials\"\nquestionnaire = \"r\"\nrated = \"c\"";
    let criteria = [criterion("1-1", "10", from), criterion("1-2", "10", "")];
    let scheme = scheme(&format!("total = 20\nsmall_units = \"{small_units}\""), "", &[field("f", "20", &criteria)]);
    let deputies: (usize, &Answers) = (deputies.iter().sum(), &[("i1", deputies), ("i2", deputies)]);
    let results = rated("group-weights", [deputies, (25, &[("i1", &[0, 0, 0, 25]), ("i2", &[0, 0, 0, 25])])]);
    let ranking = ranked_with(&scheme, &[unit("unit-0", &[("1-2", "5")])], &[&results], &HashMap::new());
    assert_eq!((standing(&ranking, "unit-0").index, ranking.units[0].cells[0].state), (Some(held(index)), state));
    assert_eq!(ranking.gap(&ranking.units[0]), (state == CellState::FewSheets).then_some(SurveyGap::Without));
}

/// Units with 20 sheets each, all satisfied and none, and 5 and 10 appraised points of 10; and two without a survey, with 9 and 8.
fn with_gaps(rule: &str) -> BlockRanking {
    let questionnaire = sample::default();
    let sheets = |answers| sample::sheets(&questionnaire, 20, &[("a1", answers)]);
    let cells = [(sample::cell(0, Mode::Link), sheets(&[0, 0, 0, 20])), (sample::cell(1, Mode::Link), sheets(&[20, 0, 0, 0]))];
    let (units, tally) = (sample::register(&["b"; 4]), sample::tally(&questionnaire, &cells));
    let results = results(&sample::input(&questionnaire, &units, &tally));
    let criteria = [criterion("1-1", "10", &satisfaction("overall")), criterion("1-2", "10", "")];
    let head = format!("total = 20\nno_survey = \"rescale-to-100\"\nsurvey_gap = \"{rule}\"");
    let scheme = scheme(&head, "", &[field("f", "20", &criteria)]);
    let points = |(place, points)| unit(&format!("unit-{place}"), &[("1-2", points)]);
    let past = Past { block: "b".to_owned(), rank: 1, index: None, fields: BTreeMap::new(), score: None };
    let past = HashMap::from([0, 2].map(|place| (UnitCode::new(&format!("unit-{place}")).unwrap(), past.clone())));
    ranked_with(&scheme, &["5", "10", "9", "8"].into_iter().enumerate().map(points).collect::<Vec<_>>(), &[&results], &past)
}

// 15 of 20 are 75 %, 10 of 20 are 50; without a survey 9 of 10 are 90 and 8 of 10 are 80, brought to 20.
#[rstest]
#[case("rank", [Some((Block, 3)), Some((Block, 4)), Some((Block, 1)), Some((Block, 2))], "73.75", 2)]
#[case("rank-apart", [Some((Block, 1)), Some((Block, 2)), Some((Apart, 1)), Some((Apart, 2))], "62.5", 1)]
#[case("no-rank", [Some((Block, 1)), Some((Block, 2)), None, None], "62.5", 1)]
fn the_scheme_says_where_a_unit_is_ranked_whose_index_lacks_points_of_surveys(
    #[case] rule: &str,
    #[case] wanted: [Option<(RankList, u32)>; 4],
    #[case] mean: &str,
    #[case] compared: usize,
) {
    let block = with_gaps(rule);
    let standings: Vec<Option<&Standing>> = block.units.iter().map(|unit| unit.standing.as_ref()).collect();
    let ranks = |rank: fn(&Standing) -> u32| standings.iter().map(|unit| unit.map(|unit| (unit.list, rank(unit)))).collect::<Vec<_>>();
    assert_eq!(ranks(|unit| unit.rank), wanted);
    let by_field: Vec<_> = standings.iter().map(|unit| unit.and_then(|unit| unit.fields[0].rank)).collect();
    assert_eq!(by_field, wanted.map(|unit| unit.filter(|(list, _)| *list == Block).map(|(_, rank)| rank)), "none of units apart");
    assert_eq!((block.mean, block.fields[0].mean), (Some(held(mean)), Some(held(mean))));
    let in_block = wanted.iter().flatten().filter(|(list, _)| *list == Block).count();
    assert_eq!((block.ranked().len(), block.ranked_in(0)), (in_block, in_block));
    assert_eq!(block.ranked_apart().len(), wanted.iter().flatten().count() - in_block);
    assert_eq!(standings.iter().flatten().filter(|unit| unit.before.is_some()).count(), compared, "no rank apart is compared");
    let gaps: Vec<_> = block.units.iter().map(|unit| (block.gap(unit).map(SurveyGap::code), unit.unranked.is_some())).collect();
    let lacking = (Some("rescaled-without"), rule == "no-rank");
    assert_eq!(gaps, [(None, false), (None, false), lacking, lacking]);
}

#[rstest]
#[case(&[(SelfScore, "2")], None)]
#[case(&[(SelfScore, "2"), (Appraised, "1")], Some("1"))]
#[case(&[(Appraised, "1"), (Second, "1.5")], Some("1.5"))]
#[case(&[(Appraised, "1"), (Second, "1.5"), (Council, "0.5")], Some("0.5"))]
#[case(&[(Appraised, "1"), (Council, "0")], Some("0"))]
#[case(&[(Appraised, "1"), (Second, "")], Some("1"))]
#[case(&[(Appraised, "1,25")], Some("1.25"))]
// What cannot be entered was not.
#[case(&[(Appraised, "2.01")], None)]
fn the_last_word_of_the_process_counts(#[case] entries: &[(ScorePart, &str)], #[case] points: Option<&str>) {
    let scheme = scheme("total = 2", "", &[field("f", "2", &[criterion("1-1", "2", "")])]);
    let mut sheet = unit("a", &[]);
    sheet.cells.insert("1-1".to_owned(), cell(entries));
    let ranking = ranked(&scheme, &[sheet]);
    assert_eq!(ranking.units[0].cells[0].points, points.map(held));
    let sums = sums(&ranking, "a");
    assert_eq!((sums.points, sums.missing), (held(points.unwrap_or("0")), u32::from(points.is_none())));
}

/// 5 points: nothing under 80, in proportion from there on; 92.5 % of 5 = 4.625.
const BANDS: &str = "rule = \"bands\", band = [{ from = 0, points = 0 }, { from = 80, proportional = true }]";
/// 5 points from 20 to 80: 50 is half way.
const LINE: &str = "rule = \"linear\", lowest = 20, highest = 80";
/// 60 % of 5 points are 3.
const OPTIONS: &str = "rule = \"option-weights\", option = [{ code = \"a\", weight = 100 }, { code = \"b\", weight = 60 }]";

#[rstest]
#[case(BANDS, "79.99", Some("0"))]
#[case(BANDS, "80", Some("4"))]
#[case(BANDS, "92,5", Some("4.625"))]
#[case(BANDS, "120", Some("5"))]
#[case(LINE, "50", Some("2.5"))]
#[case(LINE, "19.9", Some("0"))]
#[case(OPTIONS, "b", Some("3"))]
#[case(OPTIONS, "60", None)]
#[case(LINE, "b", None)]
fn a_statistic_is_entered_as_a_value_and_converted(#[case] rule: &str, #[case] value: &str, #[case] points: Option<&str>) {
    let more = format!("from = \"statistic\"\nconversion = {{ {rule} }}");
    let scheme = scheme("total = 5", "", &[field("f", "5", &[criterion("1-1", "5", &more)])]);
    let ranking = ranked(&scheme, &[unit("a", &[("1-1", value)])]);
    assert_eq!(ranking.units[0].cells[0].points, points.map(held));
}

#[test]
fn a_unit_to_which_nothing_applies_has_no_index() {
    let ranking = ranked(&eighty_four(""), &[unit("a", &[("1-1", "NA"), ("1-2", "NA")]), unit("b", &[("1-1", "42"), ("1-2", "8")])]);
    assert_eq!(ranking.units[0].standing, None);
    assert_eq!((standing(&ranking, "b").rank, ranking.mean), (1, Some(held("50"))));
}

#[test]
fn equal_parts_of_unequal_maxima_stay_equal_when_they_are_rescaled() {
    let survey = "from = \"satisfaction\"\nquestionnaire = \"sipas\"\nindex = \"overall\"";
    let criteria = [criterion("1-1", "60", ""), criterion("1-2", "35", survey), criterion("1-3", "5", "")];
    let scheme = scheme("total = 100\nno_survey = \"rescale-to-100\"", "", &[field("f", "100", &criteria)]);
    // 40 of 60 points, brought to 95: the index is two thirds, whatever 95 makes of the points.
    let ranking = ranked(&scheme, &[unit("a", &[("1-1", "40"), ("1-3", "NA")]), unit("b", &[("1-1", "40"), ("1-3", "NA")])]);
    assert_eq!(standing(&ranking, "a").index, Some(held("66.666666666667")), "rounded once: 63.333333333333 of 95 would be ...666");
    assert_eq!((standing(&ranking, "a").rank, standing(&ranking, "b").rank), (1, 1));
}

#[test]
fn no_leaf_gives_more_than_its_maximum_whatever_it_is_handed() {
    let criteria = [criterion("1-1", "10", ""), criterion("1-2", "2", "from = \"bonus\"")];
    let scheme = scheme("total = 10", "", &[field("f", "10", &criteria)]);
    let points = |text| LeafPoints::Points(held(text));
    // 10 of 10 although 12 were handed over, 2 of at most 2 instead of 5, and the index stays inside.
    let given = score(&scheme, &[points("12"), points("5")]).unwrap();
    assert_eq!((given.base.points, given.bonus, given.index), (held("10"), held("2"), held("100")));
}
