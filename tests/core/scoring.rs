//! Scoring, by cases worked by hand.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use crate::sample::{all_of, cell, default, input, questionnaire, register, sheets, tally};
use par_survey::scoring::calculation::calculation;
use par_survey::scoring::disclosure::SheetsTold;
use par_survey::scoring::index::indices;
use par_survey::scoring::publishing::results;
use par_survey::scoring::results::{Results, UnitFigures};
use par_survey::scoring::tally::Tally;
use par_survey::survey::codebook::Codebook;
use par_survey::survey::mode::Mode;
use par_survey::survey::{Aggregation, ItemValue};
use rstest::rstest;

/// | item | answers on 1..5 | n | satisfied | sum of levels | share | of maximum | rescaled |
/// |---|---|---|---|---|---|---|---|
/// | a1 | 1 1 2 3 3 | 10 | 6 | 36 | 60 | 36/50 = 72 | 26/40 = 65 |
/// | a2 | 0 0 10 10 0 | 20 | 10 | 70 | 50 | 70/100 = 70 | 50/80 = 62.5 |
/// | b1 | 0 0 0 0 10 | 10 | 10 | 50 | 100 | 50/50 = 100 | 40/40 = 100 |
/// | c1 | 10 10 10 10 0 | 40 | 10 | 100 | 25 | 100/200 = 50 | 60/160 = 37.5 |
const ANSWERS: [(&str, &[usize]); 4] =
    [("a1", &[1, 1, 2, 3, 3]), ("a2", &[0, 0, 10, 10]), ("b1", &[0, 0, 0, 0, 10]), ("c1", &[10, 10, 10, 10])];

use Aggregation::{MeanOfContents, MeanOfFactors, MeanOfItems, PooledAnswers};
use ItemValue::{MeanOfMaximum, MeanRescaled, SatisfiedShare};

#[rstest]
// (60 + 50 + 100 + 25) / 4; policy (60 + 50 + 100) / 3
#[case(SatisfiedShare, MeanOfItems, "58.750000000000", "70.000000000000")]
// A 55, B 100, C 25: 180 / 3; policy (55 + 100) / 2
#[case(SatisfiedShare, MeanOfFactors, "60.000000000000", "77.500000000000")]
// policy 70, service 25: 95 / 2
#[case(SatisfiedShare, MeanOfContents, "47.500000000000", "70.000000000000")]
// (6 + 10 + 10 + 10) / (10 + 20 + 10 + 40) = 36 / 80; policy 26 / 40
#[case(SatisfiedShare, PooledAnswers, "45.000000000000", "65.000000000000")]
// (72 + 70 + 100 + 50) / 4; policy 242 / 3
#[case(MeanOfMaximum, MeanOfItems, "73.000000000000", "80.666666666667")]
// A 71, B 100, C 50: 221 / 3; policy 171 / 2
#[case(MeanOfMaximum, MeanOfFactors, "73.666666666667", "85.500000000000")]
// (242 / 3 + 50) / 2 = 196 / 3
#[case(MeanOfMaximum, MeanOfContents, "65.333333333333", "80.666666666667")]
// (36 + 70 + 50 + 100) / (5 x 80) = 256 / 400; policy 156 / 200
#[case(MeanOfMaximum, PooledAnswers, "64.000000000000", "78.000000000000")]
// (65 + 62.5 + 100 + 37.5) / 4; policy 227.5 / 3
#[case(MeanRescaled, MeanOfItems, "66.250000000000", "75.833333333333")]
// A 63.75, B 100, C 37.5: 201.25 / 3; policy 163.75 / 2
#[case(MeanRescaled, MeanOfFactors, "67.083333333333", "81.875000000000")]
// (227.5 / 3 + 37.5) / 2 = 340 / 6
#[case(MeanRescaled, MeanOfContents, "56.666666666667", "75.833333333333")]
// (26 + 50 + 40 + 60) / (4 x 80) = 176 / 320; policy 116 / 160
#[case(MeanRescaled, PooledAnswers, "55.000000000000", "72.500000000000")]
fn every_rule_gives_what_a_hand_gives(
    #[case] value: ItemValue,
    #[case] aggregation: Aggregation,
    #[case] overall: &str,
    #[case] policy: &str,
) {
    let questionnaire = questionnaire(value, aggregation);
    let tally = tally(&questionnaire, &[(cell(0, Mode::Link), sheets(&questionnaire, 40, &ANSWERS))]);
    let indices = indices(&questionnaire, questionnaire.index.unwrap(), &all_of(&tally, 0), 10);
    assert_eq!(indices.overall.value.unwrap().to_string(), overall);
    assert_eq!(indices.contents[0].value.unwrap().to_string(), policy);
    assert_eq!((indices.overall.used, indices.overall.total, indices.overall.fewest), (4, 4, 10));
}

fn one_unit(total: usize, answers: &[(&str, &[usize])]) -> (Results, UnitFigures) {
    let questionnaire = default();
    let tally = tally(&questionnaire, &[(cell(0, Mode::Link), sheets(&questionnaire, total, answers))]);
    let results = results(&input(&questionnaire, &register(&["departments"]), &tally));
    let figures = results.unit("unit-0").unwrap().1.figures.clone().unwrap();
    (results, figures)
}

fn item<'a>(figures: &'a UnitFigures, code: &str) -> &'a par_survey::scoring::results::ItemResult {
    figures.items.iter().find(|item| item.code == code).unwrap()
}

#[test]
fn an_item_under_the_floor_leaves_its_factor() {
    // a1: 80 of 100 satisfied; a2 has 9 answers only.
    let (_, figures) = one_unit(100, &[("a1", &[0, 0, 20, 80]), ("a2", &[0, 0, 0, 9]), ("b1", &[0, 0, 100])]);
    let a2 = item(&figures, "a2");
    assert_eq!((a2.valid, a2.figure, a2.skipped, a2.options.len()), (None, None, None, 0));
    let factor = &figures.factors[0].index;
    assert_eq!((factor.used, factor.total), (1, 2));
    assert_eq!(factor.figure.unwrap().get().percent.to_string(), "80", "with one item it is printed like that item");
    let (policy, service) = (&figures.contents[0].index, &figures.contents[1].index);
    assert_eq!(policy.figure.unwrap().get().percent.to_string(), "40.00");
    assert_eq!((service.figure, service.used, service.total), (None, 0, 1));
    assert_eq!(figures.index.as_ref().unwrap().used, 2);
    assert_eq!(figures.component.unwrap().get().printed, "4.00");
}

#[test]
fn points_and_index_are_one_value_and_nothing_stands_beside_them_that_says_more() {
    // 46 of 49 satisfied are 93.877551 %: printed 93.88, and so it is wherever it is used.
    let (results, figures) = one_unit(49, &[("a1", &[0, 0, 3, 46])]);
    let index = figures.index.clone().unwrap().figure.unwrap();
    assert_eq!((index.get().percent.to_string().as_str(), index.get().held), ("93.88", None));
    assert_eq!(figures.component.as_ref().unwrap().get().printed, "9.39");
    assert_eq!(results.blocks[0].index.value.as_ref().unwrap().get(), "93.88");
    let a1 = item(&figures, "a1");
    assert_eq!((a1.figure, a1.options.len(), a1.skipped), (None, 0, None), "the only item is told by the points; nothing is added");
    let (results, figures) = one_unit(200, &[("a1", &[0, 0, 1, 199])]);
    assert_eq!(figures.component.unwrap().get().printed, "9.95");
    assert_eq!(results.blocks[0].index.value.as_ref().unwrap().get(), "99.50");
}

#[test]
fn neutral_answers_stay_in_the_base_and_missing_ones_leave_it() {
    let (_, figures) = one_unit(80, &[("a1", &[0, 0, 30, 30]), ("used", &[45, 5]), ("b1", &[80])]);
    let a1 = item(&figures, "a1");
    assert_eq!(a1.figure.unwrap().get().percent.to_string(), "50");
    assert_eq!(
        (a1.valid.and_then(|valid| valid.get().exactly()), a1.fraction.map(|fraction| (fraction.get().given, fraction.get().of))),
        (Some(60), Some((30, 60)))
    );
    let skipped = a1.skipped.unwrap();
    assert_eq!((skipped.get().percent.to_string(), skipped.get().count), ("25".to_owned(), Some(20)));
    let used: Vec<_> = item(&figures, "used").options.iter().map(|share| (share.get().percent.to_string(), share.get().count)).collect();
    assert_eq!(used, [("90".to_owned(), Some(45)), ("10".to_owned(), Some(5))]);
}

#[test]
fn counts_fractions_and_held_values_begin_at_fifty() {
    for (total, known) in [(49, false), (50, true)] {
        let (_, figures) = one_unit(total, &[("a1", &[0, 0, 12, total - 12]), ("a2", &[0, 0, 20, total - 20])]);
        let a1 = item(&figures, "a1");
        // 37 of 49 are 75.5 %, 38 of 50 are 76 %.
        assert_eq!(a1.figure.unwrap().get().percent.to_string(), if known { "76" } else { "70-80" });
        assert_eq!(a1.fraction.is_some(), known);
        assert_eq!(a1.figure.unwrap().get().held.is_some(), known);
        assert!(a1.options.iter().all(|share| share.get().count.is_some() == known));
        assert_eq!(figures.index.unwrap().figure.unwrap().get().held.is_some(), known);
        assert_eq!(figures.component.unwrap().get().held.is_some(), known);
    }
}

#[test]
fn units_under_the_floor_are_named_and_nothing_more() {
    let questionnaire = default();
    let full = |n: usize| sheets(&questionnaire, n, &[("gender", &[n - 2, 2]), ("a1", &[0, 0, n / 2, n - n / 2]), ("a2", &[0, 0, 0, n])]);
    let tally = tally(&questionnaire, &[(cell(0, Mode::Link), full(20)), (cell(1, Mode::Link), full(9)), (cell(2, Mode::Desk), full(30))]);
    let results = results(&input(&questionnaire, &register(&["d", "d", "c", "c"]), &tally));
    assert_eq!((results.units.shown, results.units.total, results.sheets.unwrap().get().exactly()), (2, 4, Some(50)));
    assert!(results.unit("unit-1").unwrap().1.figures.is_none() && results.unit("unit-3").unwrap().1.figures.is_none());
    let block = &results.blocks[0];
    assert_eq!((block.coverage.shown, block.coverage.total, *block.sheets.unwrap().get()), (1, 2, SheetsTold::Between(10, 49)));
    assert_eq!(block.index.value.as_ref().unwrap().get(), "75.00");
    assert_eq!(block.component.value.as_ref().unwrap().get(), "7.50");
    let modes: Vec<_> = results.modes.iter().map(|total| total.sheets.map(|sheets| sheets.get().to_string())).collect();
    assert_eq!(modes, [const { None }; 5], "no unit has enough sheets to print its modes");
    // 46 and 4 of 50, nobody else: the four are hidden, so the 46 are too, and then the zeros.
    assert!(results.attributes[0].options.iter().all(Option::is_none) && results.attributes[0].no_answer.is_none());
}

#[test]
fn a_unit_with_a_small_mode_hides_its_modes_and_is_in_no_total_of_modes() {
    let questionnaire = default();
    let some = |n: usize| sheets(&questionnaire, n, &[("a1", &[n])]);
    let tally = tally(
        &questionnaire,
        &[
            (cell(0, Mode::Link), some(60)),
            (cell(0, Mode::Paper), some(4)),
            (cell(1, Mode::Link), some(40)),
            (cell(1, Mode::Paper), some(12)),
            (cell(2, Mode::Link), some(90)),
            (cell(3, Mode::Link), some(30)),
        ],
    );
    let results = results(&input(&questionnaire, &register(&["d"; 4]), &tally));
    let shown: Vec<bool> = results.all_units().map(|(_, unit)| unit.figures.as_ref().unwrap().modes.is_some()).collect();
    assert_eq!(shown, [false, true, true, false]);
    let modes: Vec<_> = results.modes.iter().map(|total| total.sheets.unwrap().get().to_string()).collect();
    assert_eq!(modes, ["130", "0", "0", "10-49", "0"]);
    assert_eq!((results.mode_units.shown, results.mode_units.total), (2, 4));
}

#[test]
fn attributes_alone_are_no_sheet_and_an_item_outside_the_population_makes_none() {
    let questionnaire = default();
    let answered = sheets(&questionnaire, 60, &[("gender", &[30, 30]), ("a1", &[0, 0, 52])]);
    let mut tally = Tally::new(&Codebook::new(&questionnaire));
    for sheet in &answered {
        tally.add(cell(0, Mode::Link), sheet).unwrap();
    }
    assert_eq!(all_of(&tally, 0).sheets, 52, "eight said who they are and nothing else");
    // Three more answer only an item that too few answered.
    let few = sheets(&questionnaire, 3, &[("c1", &[3])]);
    for sheet in &few {
        tally.add(cell(0, Mode::Link), sheet).unwrap();
    }
    assert_eq!(all_of(&tally, 0).sheets, 55);
    let within = crate::sample::tally(&questionnaire, &[(cell(0, Mode::Link), [answered, few].concat())]);
    let results = results(&input(&questionnaire, &register(&["d"]), &within));
    let figures = results.unit("unit-0").unwrap().1.figures.as_ref().unwrap();
    assert_eq!((figures.sheets.get().exactly(), item(figures, "c1").valid), (Some(52), None));
}

#[test]
fn a_round_without_figures_still_lists_its_modes_and_units() {
    let questionnaire = default();
    let tally = tally(&questionnaire, &[(cell(0, Mode::Link), sheets(&questionnaire, 9, &[]))]);
    let results = results(&input(&questionnaire, &register(&["d", "d"]), &tally));
    assert!(results.modes.len() == 5 && results.modes.iter().all(|total| total.sheets.is_none()));
    assert_eq!((results.units.shown, results.units.total, results.sheets), (0, 2, None));
    assert!(results.blocks[0].sheets.is_none() && results.blocks[0].index.value.is_none());
}

#[test]
fn the_calculation_names_every_line() {
    let questionnaire = questionnaire(SatisfiedShare, MeanOfFactors);
    let answers: [(&str, &[usize]); 3] = [("a1", &[0, 0, 20, 40]), ("a2", &[0, 0, 0, 60]), ("c1", &[0, 0, 30, 30])];
    let tally = tally(&questionnaire, &[(cell(0, Mode::Link), sheets(&questionnaire, 60, &answers))]);
    let results = results(&input(&questionnaire, &register(&["d"]), &tally));
    let figures = results.unit("unit-0").unwrap().1.figures.as_ref().unwrap();
    let work = calculation(&results, figures).unwrap();
    let lines: Vec<_> =
        work.items.iter().map(|line| (line.code, line.fraction.unwrap().get().given, line.fraction.unwrap().get().of)).collect();
    assert_eq!(lines, [("a1", 40, 60), ("a2", 60, 60), ("c1", 30, 60)]);
    assert_eq!(
        work.factors.iter().map(|line| (line.code, line.terms.clone())).collect::<Vec<_>>(),
        [("A", vec!["a1", "a2"]), ("C", vec!["c1"])]
    );
    assert_eq!(work.contents[0].terms, ["A"]);
    assert_eq!(work.overall.terms, ["A", "C"]);
    // (2/3 + 1) / 2 = 5/6; (5/6 + 1/2) / 2 = 2/3 of 10 points
    let component = work.component.unwrap();
    assert_eq!((component.maximum.as_str(), component.index.unwrap().to_string().as_str()), ("10.00", "66.666666666667"));
    assert_eq!(
        (component.points.get().printed.as_str(), component.points.get().held.unwrap().to_string().as_str()),
        ("6.67", "6.666666666667")
    );
}

#[test]
fn several_choices_are_counted_option_by_option() {
    let questionnaire = default();
    let codebook = Codebook::new(&questionnaire);
    let column = *codebook.columns().iter().find(|column| column.multiple).unwrap();
    let mut sheet = sheets(&questionnaire, 1, &[]).remove(0);
    sheet[column.offset..column.offset + 3].copy_from_slice(&[3, 0b1000_0001, 1]);
    let mut tally = Tally::new(&codebook);
    tally.add(cell(0, Mode::Desk), &sheet).unwrap();
    let counts = all_of(&tally, 0);
    assert_eq!(counts.items[column.item].options, [1, 0, 0, 0, 0, 0, 0, 1, 1]);
    assert_eq!(counts.items[column.item].valid, 1);
}

#[test]
fn the_json_of_results_is_frozen() {
    let (results, _) = one_unit(60, &[("gender", &[30, 30]), ("a1", &[0, 0, 20, 40]), ("a2", &[0, 0, 0, 20])]);
    let json = serde_json::to_string(&results).unwrap();
    assert_eq!(serde_json::to_string(&serde_json::from_str::<Results>(&json).unwrap()).unwrap(), json);
    assert!(
        json.contains(
            r#""index":{"figure":{"percent":"83.33","held":null},"used":2,"total":4},"component":{"printed":"8.33","held":null}"#
        ),
        "{json}"
    );
}

pub(crate) mod ratings {
    //! Points of ratings, by cases worked by hand.

    use par_survey::scoring::disclosure::{Share, SheetsTold, Shown};
    use par_survey::scoring::publishing::results;
    use par_survey::scoring::results::Results;
    use par_survey::scoring::tally::TallyCell;
    use par_survey::survey::Questionnaire;
    use par_survey::survey::check::check;
    use par_survey::survey::mode::Mode;
    use rstest::rstest;

    use crate::sample::{register, sheets};

    /// Two items feed one criterion of 4 points: weights 100, 60, 20, 0; groups of weight 3 and 1.
    fn questionnaire(combination: &str) -> Questionnaire {
        let words = |word: &str| format!("{{ vi = \"{word}\", en = \"{word}\" }}");
        let step = |code: usize, weight: u8| format!("[[scale.option]]\ncode = \"{code}\"\ntext = {}\nweight = {weight}\n", words("mức"));
        let item = |code: &str| {
            format!("[[part.item]]\ncode = \"{code}\"\nkind = \"scale\"\nscale = \"r\"\ncriterion = \"c\"\ntext = {}\n", words("mục"))
        };
        let group = |code: &str, weight: u8| {
            format!("[[group]]\ncode = \"{code}\"\ntext = {}\nweight = {weight}\nscope = {{ block = \"b\" }}\n", words("nhóm"))
        };
        let text = [
            format!(
                "id = \"r\"\nversion = \"1\"\nlanguages = [\"vi\", \"en\"]\naudience = \"officials\"\nno_opinion = true\ntitle = {}\n",
                words("phiếu")
            ),
            format!("[about_units]\ncombination = \"{combination}\"\n"),
            group("deputies", 3) + &group("leaders", 1),
            format!("[[criterion]]\ncode = \"c\"\ntext = {}\nmaximum = 4\n[[scale]]\nid = \"r\"\n", words("tiêu chí")),
            [(1, 100), (2, 60), (3, 20), (4, 0)].map(|(code, weight)| step(code, weight)).concat(),
            format!("[[part]]\ncode = \"p\"\ntitle = {}\n", words("phần")) + &item("i1") + &item("i2"),
        ];
        check("r.toml", &text.concat()).unwrap_or_else(|faults| panic!("{faults:?}"))
    }

    /// Answers of one group: how many chose each option of an item.
    pub(crate) type Answers = [(&'static str, &'static [usize])];

    pub(crate) fn rated(combination: &str, groups: [(usize, &Answers); 2]) -> Results {
        let questionnaire = questionnaire(combination);
        let of = |(group, (total, answers)): (u16, (usize, &Answers))| {
            (TallyCell { unit: 0, group, mode: Mode::Code }, sheets(&questionnaire, total, answers))
        };
        let tally = crate::sample::tally(&questionnaire, &(0..).zip(groups).map(of).collect::<Vec<_>>());
        results(&crate::sample::input(&questionnaire, &register(&["departments"]), &tally))
    }

    fn points(results: &Results) -> Option<(String, Option<String>)> {
        let figures = results.unit("unit-0").unwrap().1.figures.as_ref()?;
        let points = figures.criteria[0].points.as_ref()?;
        Some((points.get().printed.clone(), points.get().held.map(|held| held.to_string())))
    }

    /// Deputies: i1 50x100 + 30x60 + 20x20 = 7200 of 100, i2 100x60 = 6000 of 100: 13200 / 20000 = 66 %.
    pub(crate) const DEPUTIES: &Answers = &[("i1", &[50, 30, 20]), ("i2", &[0, 100])];
    /// Leaders: i1 400 x 100 = 40000 of 400, i2 200 x 20 + 200 x 0 = 4000 of 400: 44000 / 80000 = 55 %.
    pub(crate) const LEADERS: &Answers = &[("i1", &[400]), ("i2", &[0, 0, 200, 200])];

    #[rstest]
    // 4 x (3 x 0.66 + 1 x 0.55) / 4 = 2.53
    #[case("group-weights", "2.53", "2.530000000000")]
    // 4 x (13200 + 44000) / (1000 x 100) = 2.288
    #[case("pooled", "2.29", "2.288000000000")]
    fn points_are_what_a_hand_gives(#[case] combination: &str, #[case] printed: &str, #[case] held: &str) {
        let results = rated(combination, [(100, DEPUTIES), (400, LEADERS)]);
        assert_eq!(points(&results), Some((printed.to_owned(), Some(held.to_owned()))));
        let figures = results.unit("unit-0").unwrap().1.figures.clone().unwrap();
        assert_eq!(figures.officials, figures.criteria[0].points);
        assert_eq!(results.blocks[0].officials.value.as_ref().unwrap().get(), printed);
    }

    #[test]
    fn a_group_with_too_few_sheets_is_left_out_and_the_weights_are_made_whole_again() {
        // 9 deputies only: the leaders' 55 % alone gives 4 x 0.55.
        let results = rated("group-weights", [(9, &[("i1", &[9])]), (400, LEADERS)]);
        assert_eq!(points(&results).unwrap().0, "2.20");
        let criterion = results.unit("unit-0").unwrap().1.figures.clone().unwrap().criteria.remove(0);
        assert_eq!(criterion.groups.iter().map(|group| group.used).collect::<Vec<_>>(), [false, true]);
        // They are in no figure, so that the leaders' can be printed: i1 400 at 100, i2 200 at 20 and 200 at 0.
        let [deputies, leaders] = criterion.groups.as_slice() else { panic!("two groups") };
        assert!(deputies.sheets.is_none() && deputies.share.is_none() && deputies.distribution.is_empty());
        let counts = |shares: &[Shown<Share>]| shares.iter().map(|share| share.get().count.unwrap()).collect::<Vec<_>>();
        assert_eq!((counts(&leaders.distribution), counts(&criterion.distribution)), (vec![400, 0, 200, 200], vec![400, 0, 200, 200]));
        assert_eq!(criterion.sheets.unwrap().get().exactly(), Some(400));
    }

    #[test]
    fn beside_exact_points_a_group_of_few_sheets_lets_nothing_else_be_printed() {
        let results = rated("group-weights", [(40, &[("i1", &[30, 10])]), (400, LEADERS)]);
        let criterion = results.unit("unit-0").unwrap().1.figures.clone().unwrap().criteria.remove(0);
        assert_eq!(criterion.sheets.unwrap().get().exactly(), Some(440));
        assert!(criterion.distribution.is_empty() && criterion.groups.iter().all(|group| group.share.is_none()));
        // 4 x (3 x 0.9 + 1 x 0.55) / 4 = 3.25: the value is what is printed.
        assert_eq!(points(&results), Some(("3.25".to_owned(), None)));
    }

    #[test]
    fn no_opinion_and_blank_sheets_leave_the_denominator() {
        // 10 deputies rate i1 "good"; 15 more passed everything over: 100 %.
        let results = rated("pooled", [(25, &[("i1", &[10])]), (0, &[])]);
        assert_eq!(points(&results).unwrap().0, "4.00");
        let criterion = results.unit("unit-0").unwrap().1.figures.clone().unwrap().criteria.remove(0);
        assert_eq!(*criterion.sheets.unwrap().get(), SheetsTold::Between(10, 49));
    }

    #[rstest]
    #[case("group-weights")]
    #[case("pooled")]
    fn groups_under_the_floor_count_for_nothing_or_as_one(#[case] combination: &str) {
        let nine: &Answers = &[("i1", &[9])];
        assert!(points(&rated(combination, [(9, nine), (9, nine)])).is_none(), "neither group has enough");
        let pool = format!("{combination}\"\nsmall_groups = \"pool");
        let results = rated(&pool, [(9, nine), (9, &[("i1", &[0, 9])])]);
        // 18 together: 4 x (9 x 100 + 9 x 60) / 1800; their weights are one.
        assert_eq!(points(&results).unwrap().0, "3.20");
        let criterion = results.unit("unit-0").unwrap().1.figures.clone().unwrap().criteria.remove(0);
        let group = &criterion.groups[0];
        assert_eq!((criterion.groups.len(), group.codes().as_str(), group.weight, group.used), (1, "deputies+leaders", 4, true));
        assert!(points(&rated(&pool, [(4, &[("i1", &[4])]), (5, &[("i1", &[5])])])).is_none(), "nine together do not reach it");
        // Five deputies are joined by the leaders, who would reach it alone.
        let joined = rated(&pool, [(5, &[("i1", &[0, 0, 0, 5])]), (20, &[("i1", &[20])])]);
        assert_eq!(points(&joined).unwrap().0, "3.20", "4 x 20 / 25");
    }
}
