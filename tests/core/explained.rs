//! How points came about, as it is published beside them: the entry that counts, the branch that a value took, what was possible, and what
//! criteria are together.

use par_survey::round::steps::ScorePart;
use par_survey::scheme::Scheme;
use par_survey::scoring::decimal::Held;
use par_survey::scoring::ranking::{BlockRanking, CellResult, CellState, explain};
use rstest::rstest;

use crate::small::{cell, criterion, field, held, ranked, scheme, sub, unit};

use ScorePart::{Appraised, Council, Second, SelfScore};

const STEPS: &str = "from = \"statistic\"\nconversion = { rule = \"steps\", step = [{ from = 0, points = 0 }, { from = 80, points = 3 }] }";
const LINE: &str = "from = \"statistic\"\nconversion = { rule = \"linear\", lowest = 20, highest = 80 }";
const OPTIONS: &str = "from = \"statistic\"\nconversion = { rule = \"option-weights\", option = [{ code = \"a\", weight = 100 }, { code = \"b\", weight = 60 }] }";
const CITIZENS: &str = "from = \"satisfaction\"\nquestionnaire = \"sample\"\nindex = \"overall\"";

/// Two fields: a criterion of two parts and one that is converted; one of options, one of a survey, and a bonus.
fn all(no_survey: &str) -> Scheme {
    let parts = format!("{}{}", sub("1-1-1", "4"), sub("1-1-2", "6"));
    let one = field("one", "40", &[criterion("1-1", "10", &parts), criterion("1-2", "15", STEPS), criterion("1-3", "15", LINE)]);
    let two = field("two", "60", &[criterion("2-1", "20", OPTIONS), criterion("2-2", "40", CITIZENS)]);
    let three = field("x", "0", &[criterion("2-3", "2", "from = \"bonus\"")]);
    scheme(&format!("total = 100\nno_survey = \"{no_survey}\""), "", &[one, two, three])
}

fn entered() -> BlockRanking {
    let mut decided = unit("decided", &[("1-1-1", "3"), ("1-1-2", "NA"), ("1-2", "81"), ("1-3", "50"), ("2-1", "b"), ("2-3", "1")]);
    let several = cell(&[(SelfScore, "90"), (Appraised, "79"), (Second, "80"), (Council, "")]);
    decided.cells.insert("1-2".to_owned(), several);
    decided.cells.insert("1-1-1".to_owned(), cell(&[(Appraised, "1"), (Second, "2"), (Council, "4")]));
    ranked(&all("not-applicable"), &[decided, unit("nothing", &[("1-3", "19")])])
}

fn of<'r>(ranking: &'r BlockRanking, unit: usize, leaf: &str) -> &'r CellResult {
    let place = ranking.leaves.iter().position(|head| head.code == leaf).unwrap();
    &ranking.units[unit].cells[place]
}

#[rstest]
#[case("1-1-1", Some(Council), "4", None)]
#[case("1-2", Some(Second), "3", Some(("80", "from", "80", None)))]
#[case("1-3", Some(Appraised), "7.5", Some(("50", "line", "20", Some("80"))))]
#[case("2-1", Some(Appraised), "12", Some(("60", "line", "0", Some("100"))))]
#[case("2-3", Some(Appraised), "1", None)]
fn points_say_of_which_entry_and_how_they_were_made(
    #[case] leaf: &str,
    #[case] counts: Option<ScorePart>,
    #[case] points: &str,
    #[case] worked: Option<(&str, &str, &str, Option<&str>)>,
) {
    let ranking = entered();
    let cell = of(&ranking, 0, leaf);
    assert_eq!((cell.counts, cell.points), (counts, Some(held(points))));
    let said = cell.worked.map(|worked| (worked.value, worked.branch.code(), worked.branch.bound(), worked.branch.highest()));
    assert_eq!(said, worked.map(|(value, branch, bound, highest)| (held(value), branch, held(bound), highest.map(held))));
}

#[test]
fn without_points_nothing_counts() {
    let ranking = entered();
    let below = of(&ranking, 1, "1-3").worked.unwrap();
    assert_eq!((below.branch.code(), below.branch.bound(), of(&ranking, 1, "1-3").points), ("below", held("20"), Some(held("0"))));
    for leaf in ["1-1-1", "1-1-2", "1-2", "2-1", "2-2"] {
        let cell = of(&ranking, 1, leaf);
        assert_eq!((cell.points, cell.counts, cell.worked), (None, None, None), "{leaf}");
    }
    assert_eq!((of(&ranking, 0, "1-1-2").state, of(&ranking, 0, "1-1-2").counts), (CellState::NotApplicable, None));
}

/// What was possible: of the criterion of two parts the one that applies; of the survey that there was none of what the scheme says.
#[rstest]
#[case("not-applicable", "0", ["4", "15", "15", "20", "0", "0"])]
#[case("rescale-to-100", "0", ["4", "15", "15", "20", "0", "0"])]
#[case("no-points", "40", ["4", "15", "15", "20", "40", "0"])]
fn criteria_are_what_their_leaves_are_together(#[case] no_survey: &str, #[case] survey: &str, #[case] maxima: [&str; 6]) {
    let ranking = ranked(&all(no_survey), &[unit("a", &[("1-1-1", "3"), ("1-1-2", "NA"), ("1-3", "50"), ("2-1", "b"), ("2-3", "1")])]);
    let codes: Vec<&str> = ranking.criteria.iter().map(|head| head.code.as_str()).collect();
    assert_eq!(codes, ["1-1", "1-2", "1-3", "2-1", "2-2", "2-3"]);
    let criteria = &ranking.units[0].criteria;
    assert_eq!(criteria.iter().map(|sum| sum.maximum).collect::<Vec<_>>(), maxima.map(held));
    assert_eq!((criteria[0].points, criteria[0].index, criteria[5].index), (held("3"), Some(held("75")), None));
    assert_eq!(
        (of(&ranking, 0, "2-2").maximum, of(&ranking, 0, "1-1-2").maximum, of(&ranking, 0, "2-3").maximum),
        (held(survey), held("0"), held("0"))
    );
    // The same sums make fields and the whole.
    let standing = ranking.units[0].standing.as_ref().unwrap();
    let total = |of: &dyn Fn(usize) -> Held| Held::total((0..6).map(of));
    let score = standing.score.as_ref().unwrap();
    assert_eq!(total(&|place| criteria[place].points), score.reached_points);
    assert_eq!(total(&|place| criteria[place].maximum), score.reached_maximum);
    assert_eq!(score.rescaled, score.reached_maximum != score.maximum);
}

/// What a document of an earlier format says.
fn unexplained(mut ranking: BlockRanking) -> BlockRanking {
    ranking.criteria.clear();
    ranking.leaves.iter_mut().for_each(|leaf| leaf.criterion.clear());
    for unit in &mut ranking.units {
        unit.criteria.clear();
        for cell in &mut unit.cells {
            (cell.maximum, cell.counts, cell.worked) = (Held::default(), None, None);
        }
        if let Some(score) = unit.standing.as_mut().and_then(|standing| standing.score.as_mut()) {
            (score.reached_points, score.reached_maximum) = (Held::default(), Held::default());
        }
    }
    ranking
}

#[test]
fn what_an_earlier_document_does_not_say_is_worked_out_as_it_was_then() {
    for no_survey in ["no-points", "not-applicable", "rescale-to-100"] {
        let scheme = all(no_survey);
        let entered = unit("a", &[("1-1-1", "3"), ("1-1-2", "NA"), ("1-2", "12,5"), ("1-3", "33.3"), ("2-1", "b"), ("2-3", "1")]);
        let ranking = ranked(&scheme, &[entered, unit("none", &[]), unit("few", &[("1-1-2", "6")])]);
        let mut earlier = unexplained(ranking.clone());
        assert_ne!(earlier, ranking);
        explain(&mut earlier, &scheme);
        assert_eq!(earlier, ranking, "{no_survey}");
    }
}

#[test]
fn what_would_give_other_points_is_not_said() {
    let scheme = all("no-points");
    let mut earlier = unexplained(ranked(&scheme, &[unit("a", &[("1-3", "50")])]));
    let place = earlier.leaves.iter().position(|head| head.code == "1-3").unwrap();
    earlier.units[0].cells[place].points = Some(held("7.4"));
    explain(&mut earlier, &scheme);
    let cell = &earlier.units[0].cells[place];
    assert_eq!((cell.points, cell.worked, cell.counts), (Some(held("7.4")), None, None));
}
