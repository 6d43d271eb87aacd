//! Ranks, bands, changes and their causes, by cases worked by hand.

use std::collections::{BTreeMap, HashMap};

use par_survey::scheme::Scheme;
use par_survey::scoring::ranking::{
    Before, BlockRanking, CauseOf, Direction, FieldScore, LostAt, MoveCause, Movement, Past, ScoreSums, Third, UnitSheet, UnitStatus,
    field_places, index_causes, zeroes, zeroes_of,
};
use par_survey::unit::UnitCode;
use rstest::rstest;

use crate::small::{band, codes, criterion, field, held, of_rank, of_ranks, ranked, ranked_with, ranks_of, scheme, standing, sub, unit};

/// 60 points, and 10 and 30 in the sub-criteria of another criterion; `block` are lines of the block.
fn hundred(block: &str) -> Scheme {
    let subs = sub("1-2-1", "10") + &sub("1-2-2", "30");
    scheme("total = 100", block, &[field("f", "100", &[criterion("1-1", "60", ""), criterion("1-2", "40", &subs)])])
}

/// a 60 + 10 + 20 = 90, b 50 + 10 + 30 = 90, c 60 + 0 + 30 = 90, d 40 + 10 + 30 = 80.
fn ninety() -> Vec<UnitSheet> {
    let points = [("a", ["60", "10", "20"]), ("b", ["50", "10", "30"]), ("c", ["60", "0", "30"]), ("d", ["40", "10", "30"])];
    Vec::from(points.map(|(code, [one, two, three])| unit(code, &[("1-1", one), ("1-2-1", two), ("1-2-2", three)])))
}

#[rstest]
#[case("", [1, 1, 1, 4])]
#[case("tie_rule = \"dense\"", [1, 1, 1, 2])]
// The whole field is equal where the index is.
#[case("tie_break = \"f\"", [1, 1, 1, 4])]
// 1-1: 60, 50, 60
#[case("tie_break = \"1-1\"", [1, 3, 1, 4])]
// 1-2: 30, 40, 30; d has 40 as well, but a lower index.
#[case("tie_break = \"1-2\"", [2, 1, 2, 4])]
// 1-2-1: 10, 10, 0
#[case("tie_break = \"1-2-1\"", [1, 1, 3, 4])]
#[case("tie_rule = \"dense\"\ntie_break = \"1-2-1\"", [1, 1, 2, 3])]
fn equal_indices_share_a_rank_unless_something_decides(#[case] block: &str, #[case] ranks: [u32; 4]) {
    let ranking = ranked(&hundred(block), &ninety());
    let wanted: Vec<(&str, u32)> = ["a", "b", "c", "d"].into_iter().zip(ranks).collect();
    assert_eq!(ranks_of(&ranking), wanted);
}

#[test]
fn what_prints_the_same_need_not_be_the_same() {
    // As in Quảng Nam 2019 (`domain/par.md`, "Ranking"): two units print 93.03, and one is above the other.
    let scheme = scheme("total = 100", "", &[field("f", "100", &[criterion("1-1", "100", "")])]);
    let ranking = ranked(&scheme, &[unit("a", &[("1-1", "93.029")]), unit("b", &[("1-1", "93.031")])]);
    assert_eq!(ranks_of(&ranking), [("a", 2), ("b", 1)]);
    assert!(ranking.units.iter().all(|row| row.standing.as_ref().unwrap().index.unwrap().to_fixed(2) == "93.03"));
}

#[rstest]
#[case("100", "excellent")]
#[case("90", "excellent")]
// Prints 90.00, but has not reached 90.
#[case("89.995", "good")]
#[case("80", "good")]
#[case("79.99", "weak")]
#[case("0", "weak")]
fn the_lower_bound_of_a_band_belongs_to_it(#[case] points: &str, #[case] code: &str) {
    let bands = band("excellent", "90") + &band("good", "80") + &band("weak", "0");
    let scheme = scheme("total = 100", &bands, &[field("f", "100", &[criterion("1-1", "100", "")])]);
    let ranking = ranked(&scheme, &[unit("a", &[("1-1", points)])]);
    assert_eq!(standing(&ranking, "a").band.as_deref(), Some(code));
}

fn two_fields() -> Scheme {
    scheme("total = 100", "", &[field("f", "60", &[criterion("1-1", "60", "")]), field("g", "40", &[criterion("2-1", "40", "")])])
}

fn two(code: &str, one: &str, other: &str) -> UnitSheet {
    unit(code, &[("1-1", one), ("2-1", other)])
}

#[test]
fn fields_are_ranked_among_those_to_which_they_apply() {
    // f: 30, 60 and 30 of 60 = 50, 100, 50 %; g: 40 and 20 of 40 = 100, 50 %. Indices 70, 80 and 30 / 60 = 50.
    let ranking = ranked(&two_fields(), &[two("a", "30", "40"), two("b", "60", "20"), two("c", "30", "NA")]);
    assert_eq!(ranks_of(&ranking), [("a", 2), ("b", 1), ("c", 3)]);
    let of_field = |place: usize| ["a", "b", "c"].map(|unit| standing(&ranking, unit).fields[place].rank);
    assert_eq!((of_field(0), of_field(1)), ([Some(2), Some(1), Some(2)], [Some(1), Some(2), None]));
    // (50 + 100 + 50) / 3 and (100 + 50) / 2; (70 + 80 + 50) / 3
    let heads: Vec<_> = ranking.fields.iter().map(|head| (head.code.as_str(), head.maximum, head.mean)).collect();
    assert_eq!(heads, [("f", Some(held("60")), Some(held("66.666666666667"))), ("g", Some(held("40")), Some(held("75")))]);
    assert_eq!(ranking.mean, Some(held("66.666666666667")));
}

#[test]
fn an_exempt_unit_is_shown_and_not_ranked() {
    let exempt = UnitSheet { status: UnitStatus::Exempt, ..two("b", "60", "40") };
    let ranking = ranked(&two_fields(), &[two("a", "30", "20"), exempt, two("c", "30", "10")]);
    assert_eq!(ranks_of(&ranking), [("a", 1), ("c", 2)]);
    assert_eq!((ranking.units[1].standing.as_ref(), ranking.units[1].cells[0].points), (None, Some(held("60"))));
    // (50 + 40) / 2; field f 50 % of two units
    assert_eq!((ranking.mean, ranking.fields[0].mean), (Some(held("45")), Some(held("50"))));
    assert_eq!(standing(&ranking, "a").fields[0].rank, Some(1));
}

/// The year before of unit `a`: third, 70 in f, nothing known of g.
fn past(block: &str) -> HashMap<UnitCode, Past> {
    let fields = BTreeMap::from([("f".to_owned(), held("70")), ("gone".to_owned(), held("10"))]);
    let past = Past { block: block.to_owned(), rank: 3, index: Some(held("71.5")), fields, score: None };
    HashMap::from([(UnitCode::new("a").unwrap(), past)])
}

fn merged() -> UnitStatus {
    UnitStatus::Merged { from: vec![UnitCode::new("c").unwrap(), UnitCode::new("d").unwrap()] }
}

#[rstest]
#[case(UnitStatus::Normal, "b", true)]
#[case(UnitStatus::New, "b", false)]
#[case(merged(), "b", false)]
// It was ranked among others.
#[case(UnitStatus::Normal, "communes", false)]
fn only_a_unit_that_stayed_what_it_was_has_a_year_before(#[case] status: UnitStatus, #[case] block: &str, #[case] known: bool) {
    let sheet = UnitSheet { status: status.clone(), ..two("a", "30", "20") };
    let ranking = ranked_with(&two_fields(), &[sheet, two("z", "60", "40")], &[], &past(block));
    let wanted = Before { rank: 3, index: Some(held("71.5")), fields: vec![Some(held("70")), None], score: None };
    let standing = standing(&ranking, "a");
    assert_eq!(standing.before, known.then_some(wanted));
    // Third, now second: up by one.
    assert_eq!(standing.change().map(|(_, by)| by), known.then_some(1));
    assert_eq!((&ranking.units[0].status, standing.rank), (&status, 2));
}

#[test]
fn units_rise_stay_fall_or_are_new() {
    // Ranks now and before; +2, 0, new, -2, +2 and -1.
    let block = of_ranks(&[(6, Some(8)), (2, Some(2)), (4, None), (3, Some(1)), (1, Some(3)), (5, Some(4))]);
    let movement = Movement::of(&block);
    assert_eq!(codes(&movement.up), ["row-4", "row-0"]);
    assert_eq!((codes(&movement.level), codes(&movement.new)), (vec!["row-1".to_owned()], vec!["row-2".to_owned()]));
    assert_eq!(codes(&movement.down), ["row-3", "row-5"]);
    assert_eq!(codes(&movement.biggest_rise()), ["row-4", "row-0"], "two rose alike");
    assert_eq!(codes(&movement.biggest_fall()), ["row-3"]);
    assert!(Movement::of(&of_ranks(&[(1, Some(1)), (2, None)])).biggest_rise().is_empty());
}

/// Unit `a` with 100, 96.07, 70 and 95 % in four fields of 25 points.
fn four_fields() -> BlockRanking {
    let fields = ["f", "g", "h", "i"].map(|code| field(code, "25", &[criterion(&format!("{code}-1"), "25", "")]));
    let scheme = scheme("total = 100", "", &fields);
    let sheet = |code: &str, points: [&str; 4]| {
        let leaves = ["f-1", "g-1", "h-1", "i-1"];
        unit(code, &leaves.into_iter().zip(points).collect::<Vec<_>>())
    };
    // g 24.0175 of 25 = 96.07 %, h 17.5 of 25 = 70 %, i 23.75 of 25 = 95 %
    let units = [sheet("a", ["25", "24.0175", "17.5", "23.75"]), sheet("z", ["0", "25", "20", "0"])];
    let fields = [("f", "80"), ("g", "96"), ("h", "90"), ("i", "95")].map(|(code, index)| (code.to_owned(), held(index)));
    let past = Past { block: "b".to_owned(), rank: 2, index: None, fields: BTreeMap::from(fields), score: None };
    ranked_with(&scheme, &units, &[], &HashMap::from([(UnitCode::new("a").unwrap(), past)]))
}

#[test]
fn the_causes_of_a_change_are_its_fields() {
    let block = four_fields();
    let cause = MoveCause::of(standing(&block, "a"));
    assert_eq!(cause.compared, 4);
    // f 80 to 100, g 96 to 96.07; h 90 to 70; i stays at 95.
    assert_eq!((cause.rose, cause.fell), (vec![0, 1], vec![2]));
    assert_eq!((cause.full, cause.almost, cause.near), (vec![0], Vec::new(), vec![1, 3]));
    // A quarter each of 20, 0.07 and 20; equal shares stand in the order of the fields.
    let shares: Vec<_> =
        index_causes(standing(&block, "a")).iter().map(|cause| (cause.of, cause.shift.direction, cause.shift.by)).collect();
    let field = CauseOf::Field;
    let wanted = [(field(0), Direction::Up, held("5")), (field(2), Direction::Down, held("5")), (field(1), Direction::Up, held("0.0175"))];
    assert_eq!(shares, wanted);
    // z is ahead in g and h.
    let places: Vec<_> = field_places(&block, standing(&block, "a")).iter().map(|place| (place.field, place.rank, place.is_last)).collect();
    assert_eq!(places, [(0, 1, false), (3, 1, false), (1, 2, true), (2, 2, true)]);
    let without = MoveCause::of(standing(&block, "z"));
    assert_eq!((without.compared, without.rose, without.fell), (0, Vec::new(), Vec::new()));
    assert!(index_causes(standing(&block, "z")).is_empty());
}

/// The causes of a unit with 90 of 100 points in two fields after 100, with these sums behind both indices.
fn adjusted(now: ScoreSums, before: &ScoreSums, index_before: &str) -> Vec<(CauseOf, Direction, String)> {
    let mut standing = of_rank(2, Some(1));
    let field =
        |index: &str, maximum: &str| FieldScore { points: None, maximum: Some(held(maximum)), index: Some(held(index)), rank: None };
    // 80 of 60 and 95 of 40, after 90 of each: 0.1 × 60 less and 0.05 × 40 more.
    standing.fields = vec![field("80", "60"), field("95", "40")];
    standing.index = Some(held("80"));
    standing.score = Some(now);
    let past = Before { index: Some(held(index_before)), fields: vec![Some(held("90")); 2], score: Some(before.as_before()), rank: 1 };
    standing.before = Some(past);
    index_causes(&standing).into_iter().map(|cause| (cause.of, cause.shift.direction, cause.shift.by.shortest())).collect()
}

/// The sums of an index out of a maximum, as far as its causes are made of them.
fn sums(base: &str, maximum: &str, bonus: &str, penalty: &str) -> ScoreSums {
    ScoreSums {
        reached_points: held("0"),
        reached_maximum: held("0"),
        points: held("0"),
        maximum: held(maximum),
        base_points: held("0"),
        base_index: held(base),
        bonus: held(bonus),
        penalty: held(penalty),
        clamped: false,
        rescaled: false,
        missing: 0,
    }
}

#[test]
fn bonus_penalty_and_other_maxima_are_causes_of_their_own() {
    let cause = |of, direction, by: &str| (of, direction, by.to_owned());
    let (first, second) = (cause(CauseOf::Field(0), Direction::Down, "6"), cause(CauseOf::Field(1), Direction::Up, "2"));
    // 86 after 90 is what the fields did. A bonus of 1 of 100 after one of 1 of 50, a penalty of 3 after none.
    let found = adjusted(sums("86", "100", "1", "3"), &sums("90", "50", "1", "0"), "92");
    let (bonus, penalty) = (cause(CauseOf::Bonus, Direction::Down, "1"), cause(CauseOf::Penalty, Direction::Down, "3"));
    assert_eq!(found, [first.clone(), penalty, second.clone(), bonus]);
    // 86 after 85, of which the fields took 4: other maxima gave 5.
    let found = adjusted(sums("86", "100", "0", "0"), &sums("85", "100", "0", "0"), "85");
    assert_eq!(found, [first.clone(), cause(CauseOf::Maxima, Direction::Up, "5"), second.clone()]);
    // Kept at 100 the year before: 10 of a bonus of 12 counted, and 6 of bonus and penalty were taken off this year.
    let clamped = ScoreSums { clamped: true, ..sums("90", "100", "12", "0") };
    let found = adjusted(sums("86", "100", "0", "6"), &clamped, "100");
    assert_eq!(found, [cause(CauseOf::Adjustments, Direction::Down, "16"), first, second]);
}

#[rstest]
#[case("")]
#[case("tie_rule = \"dense\"")]
fn ranks_are_told_by_thirds_of_those_who_have_one(#[case] rule: &str) {
    let scheme = scheme("total = 100", rule, &[field("f", "100", &[criterion("1-1", "100", "")])]);
    // Nine units to which the field applies, at positions 1, 1, 3 to 6, 7, 7 and 7.
    let points = ["90", "90", "80", "70", "60", "50", "40", "40", "40", "NA"];
    let units: Vec<UnitSheet> = points.iter().enumerate().map(|(place, points)| unit(&format!("u{place}"), &[("1-1", points)])).collect();
    let block = ranked(&scheme, &units);
    let places = (0..9).flat_map(|place| field_places(&block, standing(&block, &format!("u{place}"))));
    let found: Vec<(Third, bool)> = places.map(|place| (place.third, place.is_last)).collect();
    let (top, middle, bottom) = ((Third::Top, false), (Third::Middle, false), (Third::Bottom, true));
    assert_eq!(found, [top, top, top, middle, middle, middle, bottom, bottom, bottom]);
}

#[test]
fn one_alone_stands_nowhere_and_of_two_one_is_first_and_one_last() {
    let scheme = scheme("total = 100", "", &[field("f", "100", &[criterion("1-1", "100", "")])]);
    let places = |points: &[&str]| {
        let units: Vec<UnitSheet> =
            points.iter().enumerate().map(|(place, points)| unit(&format!("u{place}"), &[("1-1", points)])).collect();
        let block = ranked(&scheme, &units);
        let of = |place: usize| field_places(&block, standing(&block, &format!("u{place}")));
        (0..points.len()).flat_map(of).map(|place| (place.third, place.is_last, place.has_thirds)).collect::<Vec<_>>()
    };
    assert_eq!(places(&["90"]), []);
    assert_eq!(places(&["90", "80"]), [(Third::Top, false, false), (Third::Bottom, true, false)]);
    assert_eq!(places(&["90", "90"]), [], "nobody stands before or behind anybody where all are first");
}

#[test]
fn large_criteria_that_gave_nothing_are_listed_with_their_units() {
    // Maxima of Hà Tĩnh's examples (`par-criterion-examples.csv`): 1.5 and 1. A criterion of half a point is not large.
    let criteria = [criterion("1-1", "1.5", ""), criterion("1-2", "1", ""), criterion("1-3", "0.5", "")];
    let adjustments = [criterion("2-1", "2", "from = \"bonus\"")];
    let scheme = scheme("total = 3", "", &[field("f", "3", &criteria), field("x", "0", &adjustments)]);
    let units = [
        unit("a", &[("1-1", "0"), ("1-2", "0.5"), ("1-3", "0"), ("2-1", "0")]),
        unit("b", &[("1-1", "0"), ("1-2", "1"), ("1-3", "0.5")]),
        // Nobody entered 1-1, which counts as 0; 1-2 does not apply, so that it gave nothing but took nothing either.
        unit("c", &[("1-2", "NA"), ("1-3", "0.5")]),
        UnitSheet { status: UnitStatus::Exempt, ..unit("d", &[("1-1", "0"), ("1-2", "0")]) },
    ];
    let ranking = ranked(&scheme, &units);
    // b has 1.5 of 3, c 0.5 of 2, a 0.5 of 3: the first comes first.
    let found: Vec<(usize, Vec<String>)> = zeroes(&ranking).into_iter().map(|(place, units)| (place, codes(&units))).collect();
    assert_eq!(found, [(0, vec!["b".to_owned(), "c".to_owned(), "a".to_owned()])]);
    assert_eq!(ranking.units.iter().map(|unit| zeroes_of(&ranking, unit)).collect::<Vec<_>>(), [vec![0], vec![0], vec![0], vec![0, 1]]);
}

/// What each unit lost, most first: code of the criterion or of the penalty, and points.
fn lost(ranking: &BlockRanking) -> Vec<Vec<(&str, String)>> {
    let code = |at| match at {
        LostAt::Criterion(place, _) => ranking.criteria[place].code.as_str(),
        LostAt::Penalty(place) => ranking.leaves[place].code.as_str(),
    };
    let of = |unit| ranking.losses(unit).iter().map(|loss| (code(loss.at), loss.lost.shortest())).collect();
    ranking.units.iter().map(of).collect()
}

#[test]
fn what_criteria_could_have_given_and_what_penalties_took_is_lost() {
    let parts = sub("1-2-1", "1") + &sub("1-2-2", "2");
    let criteria = [criterion("1-1", "2", ""), criterion("1-2", "3", &parts), criterion("1-3", "4", ""), criterion("1-4", "1", "")];
    let adjustments = [criterion("2-1", "2", "from = \"bonus\""), criterion("2-2", "2", "from = \"penalty\"")];
    let scheme = scheme("total = 10", "", &[field("f", "10", &criteria), field("x", "0", &adjustments)]);
    let all = [("1-1", "0.5"), ("1-2-1", "1"), ("1-2-2", "0.5"), ("1-3", "4"), ("1-4", "0")];
    let units = [
        // A bonus of 2 was possible, which is no loss.
        unit("a", &[&all[..], &[("2-1", "0.5"), ("2-2", "1.25")]].concat()),
        // Nobody entered 1-1 and 1-4, which count as 0; of 1-2 half does not apply, and nothing of 1-3.
        unit("b", &[("1-2-1", "0.25"), ("1-2-2", "NA"), ("1-3", "NA"), ("2-2", "0")]),
        UnitSheet { status: UnitStatus::Exempt, ..unit("c", &all) },
    ];
    let ranking = ranked(&scheme, &units);
    let of_unit = |unit: Vec<(&str, String)>| unit.into_iter().map(|(code, lost)| format!("{code} {lost}")).collect();
    let found: Vec<Vec<String>> = lost(&ranking).into_iter().map(of_unit).collect();
    // 2 - 0.5 and 3 - 1.5 are equal and stand in their order; then the penalty, then 1 - 0.
    assert_eq!(found, [vec!["1-1 1.5", "1-2 1.5", "2-2 1.25", "1-4 1"], vec!["1-1 2", "1-4 1", "1-2 0.75"], Vec::new()]);
    assert!(lost(&of_ranks(&[(1, None)]))[0].is_empty(), "what was imported has no criteria");
}
