//! Planted: points that do not follow from what they are made of, as if they were made of values that are not printed. The solver sees each.

use std::collections::HashMap;

use par_survey::scheme::Scheme;
use par_survey::scoring::results::Results;
use rstest::rstest;
use serde_json::{Value, json};

use super::super::world::{World, cell, officials, shares};
use super::{Contradiction, Document, Sizes, told};
use crate::small::{criterion, field, ranked_with, scheme, unit};

/// What is published of two units of one block: of one with few sheets and one with many.
struct Planted {
    world: World,
    scheme: Scheme,
    results: Value,
    ranking: Value,
}

impl Planted {
    fn of(world: World, maximum: &str, from: &str) -> Self {
        let scheme = scheme(&format!("total = {maximum}"), "", &[field("f", maximum, &[criterion("1-1", maximum, from)])]);
        let results: Results = serde_json::from_str(&world.text()).unwrap();
        let block = ranked_with(&scheme, &[unit("unit-0", &[]), unit("unit-1", &[])], &[&results], &HashMap::new());
        let (results, ranking) = (world.published(), json!({ "blocks": [block] }));
        Self { world, scheme, results, ranking }
    }

    /// 22 sheets of which 19 and 20 are satisfied, which is 88.6363…; 60 of which 40 and 41 are.
    fn citizens() -> Self {
        let world = World { blocks: vec!["b", "b"], ..World::new(shares(2)) };
        let world =
            world.and(cell(0, 0), 22, &[("i0", &[3, 19]), ("i1", &[2, 20])]).and(cell(1, 0), 60, &[("i0", &[20, 40]), ("i1", &[19, 41])]);
        Self::of(world, "10", "from = \"satisfaction\"\nquestionnaire = \"q\"\nindex = \"overall\"")
    }

    /// Two criteria by one group.
    fn officials() -> Self {
        let world = World { blocks: vec!["b", "b"], ..World::new(officials(&[100], &[1, 1], "group-weights", "leave-out")) };
        let few: [(&str, &[usize]); 2] = [("c0-0", &[1, 3, 9, 10]), ("c1-0", &[2, 3, 9, 9])];
        let many: [(&str, &[usize]); 2] = [("c0-0", &[5, 10, 15, 31]), ("c1-0", &[4, 11, 15, 31])];
        Self::of(
            world.and(cell(0, 0), 23, &few).and(cell(1, 0), 61, &many),
            "10",
            "from = \"officials\"\nquestionnaire = \"q\"\nrated = \"c0\"",
        )
    }

    fn is_possible(&self) -> bool {
        let schemes = [self.scheme.clone()];
        let document = Document { ranking: Some((&schemes, &self.ranking)), ..Document::of(&self.world.questionnaire, &self.results) };
        !matches!(told(document, &Sizes::default()), Err(Contradiction))
    }

    /// Whether it is possible with this number at a place of the results or of the ranking.
    fn with(mut self, at: &str, number: Value) -> bool {
        assert!(self.is_possible(), "what is printed by the rules is possible");
        let place = self.results.pointer_mut(at).or(self.ranking.pointer_mut(at)).unwrap_or_else(|| panic!("nothing is at {at}"));
        assert_ne!(*place, number, "{at} is that anyway");
        *place = number;
        self.is_possible()
    }
}

const FEW: &str = "/blocks/0/units/0/figures";
const MANY: &str = "/blocks/0/units/1/figures";
const RANKED: &str = "/blocks/0/units/0";

#[rstest]
#[case::component_of_few(&format!("{FEW}/component/printed"), "8.87")]
#[case::component_of_many(&format!("{MANY}/component/held"), "6.750000000001")]
#[case::component_in_print(&format!("{MANY}/component/printed"), "6.76")]
#[case::mean_of_indices("/blocks/0/index/value", "78.08")]
#[case::mean_of_components("/blocks/0/component/value", "7.80")]
#[case::the_index_in_the_ranking(&format!("{RANKED}/cells/0/survey/percent"), "88.636363636364")]
#[case::points_in_the_ranking(&format!("{RANKED}/cells/0/points"), "8.863636363636")]
#[case::points_of_a_field(&format!("{RANKED}/standing/fields/0/points"), "8.863636363636")]
#[case::index_of_a_field(&format!("{RANKED}/standing/fields/0/index"), "88.636363636364")]
#[case::base_points(&format!("{RANKED}/standing/score/base_points"), "8.863636363636")]
#[case::base_index(&format!("{RANKED}/standing/score/base_index"), "88.636363636364")]
#[case::the_index(&format!("{RANKED}/standing/index"), "88.636363636364")]
#[case::mean_of_the_ranking("/blocks/0/mean", "78.068181818182")]
fn points_of_citizens_that_were_made_of_something_else_are_found(#[case] at: &str, #[case] number: &str) {
    assert!(!Planted::citizens().with(at, number.into()), "{at} = {number}");
}

#[rstest]
#[case::total_of_few(&format!("{FEW}/officials/printed"), json!("4.35"))]
#[case::total_of_many(&format!("{MANY}/officials/held"), json!("4.347540983607"))]
#[case::total_without_a_criterion(&format!("{FEW}/criteria/1/points"), Value::Null)]
#[case::mean_of_totals("/blocks/0/officials/value", json!("4.40"))]
#[case::mean_of_more_units("/blocks/0/officials/coverage/shown", json!(1))]
#[case::the_criterion_in_the_ranking(&format!("{RANKED}/cells/0/survey/percent"), json!("69.565217391304"))]
#[case::points_in_the_ranking(&format!("{RANKED}/cells/0/points"), json!("6.956521739130"))]
fn points_of_officials_that_were_made_of_something_else_are_found(#[case] at: &str, #[case] number: Value) {
    assert!(!Planted::officials().with(at, number.clone()), "{at} = {number}");
}

/// Fault 8 of issue 11 in its own numbers: 101 of 222 are 45.4954…, printed 45.50. Of one point the component was 0.45, made of the held value,
/// and the score 0.46, made of the printed one; so everybody knew on which side of the rounding the held value lies.
#[test]
fn a_component_that_is_not_the_score_is_found() {
    let mut questionnaire = shares(6);
    questionnaire.index.as_mut().unwrap().maximum_hundredths = 100;
    let satisfied = [("i0", 20), ("i1", 20), ("i2", 20), ("i3", 20), ("i4", 20), ("i5", 1)].map(|(code, yes)| (code, [37 - yes, yes]));
    let rows: Vec<(&str, &[usize])> = satisfied.iter().map(|(code, row)| (*code, &row[..])).collect();
    let world = World { blocks: vec!["b", "b"], ..World::new(questionnaire) }.and(cell(0, 0), 37, &rows);
    let mut planted = Planted::of(world, "1", "from = \"satisfaction\"\nquestionnaire = \"q\"\nindex = \"overall\"");
    let figures = &planted.results["blocks"][0]["units"][0]["figures"];
    assert_eq!((&figures["index"]["figure"]["percent"], &figures["component"]["printed"]), (&json!("45.50"), &json!("0.46")));
    assert_eq!(planted.ranking["blocks"][0]["units"][0]["cells"][0]["points"], "0.455000000000");
    assert!(planted.is_possible());
    let block = &mut planted.results["blocks"][0];
    block["units"][0]["figures"]["component"]["printed"] = "0.45".into();
    block["component"]["value"] = "0.45".into();
    assert!(!planted.is_possible());
}
