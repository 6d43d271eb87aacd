//! Index schemes: what is shipped adds up and says where it comes from, and what cannot be scored is refused.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use par_survey::catalogue::{Catalogue, check_paths, read_folder};
use par_survey::definition::diagnostic::render;
use par_survey::scheme::check::{PARTS_MAX, check, json_schema};
use par_survey::scheme::numbers::CriterionNumbers;
use par_survey::scheme::{self, Leaf, Scheme};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

use crate::definitions::{slip, slipped};
use crate::small::{self, band, criterion, field, sub};

const BAD: &str = "tests/data/definitions";
const SHIPPED: &str = "survey-definitions";
const VERTICAL: &str = include_str!("../../survey-definitions/vertical-agencies.scheme.toml");

fn catalogue() -> Catalogue {
    read_folder(Path::new(SHIPPED)).unwrap()
}

fn shipped(id: &str) -> Scheme {
    catalogue().schemes.into_iter().map(|definition| definition.scheme).find(|scheme| scheme.id == id).unwrap()
}

fn codes(text: &str) -> Vec<&'static str> {
    check("changed.scheme.toml", text).err().unwrap_or_default().iter().map(|fault| fault.what.code().id()).collect()
}

/// Points of all leaves by where they come from, in hundredths.
fn by_origin(scheme: &Scheme) -> BTreeMap<&'static str, u32> {
    let mut sums = BTreeMap::new();
    for leaf in &scheme.leaves {
        *sums.entry(origin(leaf)).or_insert(0) += leaf.maximum_hundredths;
    }
    sums
}

fn origin(leaf: &Leaf) -> &'static str {
    match leaf.from {
        scheme::From::Appraisal(_) => "appraisal",
        scheme::From::Statistic(_) => "statistic",
        scheme::From::Officials { .. } => "officials",
        scheme::From::Satisfaction { .. } => "satisfaction",
        scheme::From::Bonus => "bonus",
        scheme::From::Penalty => "penalty",
    }
}

/// Maxima of all leaves but bonus and penalty, added up by field.
fn added_up(scheme: &Scheme) -> Vec<u32> {
    let mut fields = vec![0; scheme.fields.len()];
    for leaf in scheme.leaves.iter().filter(|leaf| !leaf.is_adjustment()) {
        fields[scheme.field_of(leaf)] += leaf.maximum_hundredths;
    }
    fields
}

// Decision 876/QĐ-BNV (`domain/par.md`, "National scale"): appraisal 61.5, statistics 6.5, officials 22, SIPAS 10. Of the provincial
// sets the fields are known (7 and 8, about 5; bonus and penalty as in Hà Nội); their other points are the tables in the files' heads.
#[rstest]
#[case("moha-province", 8, false, [6_150, 650, 2_200, 1_000])]
#[case("provincial-departments", 7, true, [4_700, 2_100, 2_200, 1_000])]
#[case("provincial-communes", 8, true, [3_800, 3_000, 2_200, 1_000])]
#[case("vertical-agencies", 5, false, [5_350, 3_650, 0, 1_000])]
fn a_shipped_scheme_adds_up_to_100(#[case] id: &str, #[case] fields: usize, #[case] adjusted: bool, #[case] sums: [u32; 4]) {
    let scheme = shipped(id);
    let by_origin = by_origin(&scheme);
    let found = ["appraisal", "statistic", "officials", "satisfaction"].map(|origin| by_origin.get(origin).copied().unwrap_or_default());
    assert_eq!(found, sums);
    assert_eq!(scheme.total_hundredths, 10_000);
    assert_eq!(added_up(&scheme).iter().sum::<u32>(), 10_000);
    assert_eq!(by_origin.contains_key("bonus") && by_origin.contains_key("penalty"), adjusted);
    assert_eq!(scheme.fields.iter().filter(|field| field.maximum_hundredths > 0).count(), fields);
    assert_eq!(scheme.fields.len(), fields + usize::from(adjusted));
}

#[test]
fn every_shipped_criterion_is_an_example_and_only_printed_maxima_have_a_source() {
    for definition in catalogue().schemes {
        let scheme = definition.scheme;
        assert!(scheme.criteria.iter().all(|criterion| criterion.example), "{}", scheme.id);
        let sourced: Vec<&str> = scheme.fields.iter().filter(|field| field.source.is_some()).map(|field| field.code.as_str()).collect();
        // `domain/par.md`: 9.5 and 13 are printed, 16.5 follows from 10 and 6.5; all other maxima are unverified.
        let printed: &[&str] = if scheme.id == "moha-province" { &["direction", "procedures", "impact"] } else { &[] };
        assert_eq!(sourced, printed, "{}", scheme.id);
    }
}

#[test]
fn the_maxima_of_the_national_scale_are_those_of_the_decision() {
    // `domain/par.md`, "National scale", in its order.
    let scheme = shipped("moha-province");
    let maxima: Vec<u32> = scheme.fields.iter().map(|field| field.maximum_hundredths).collect();
    assert_eq!(maxima, [950, 1_000, 1_300, 1_050, 1_500, 1_200, 1_350, 1_650]);
    // "A >= 90, B 80-<90, C 70-<80, D < 70".
    let bands = &scheme.block("provinces", 2026).unwrap().bands;
    let bands: Vec<(&str, u32)> = bands.iter().map(|band| (band.code.as_str(), band.from_hundredths)).collect();
    assert_eq!(bands, [("a", 9_000), ("b", 8_000), ("c", 7_000), ("d", 0)]);
}

#[rstest]
#[case("provincial-departments", "par-officials-departments")]
#[case("provincial-communes", "par-officials-communes")]
#[case("moha-province", "par-officials-departments")]
fn every_criterion_of_the_officials_form_feeds_one_leaf_with_as_many_points(#[case] id: &str, #[case] form: &str) {
    let (scheme, catalogue) = (shipped(id), catalogue());
    assert_eq!(scheme.questionnaires(), [form, "sipas-2026"]);
    let mut fed: Vec<(&str, u32)> = Vec::new();
    for leaf in &scheme.leaves {
        if let scheme::From::Officials { rated, .. } = &leaf.from {
            fed.push((rated.as_str(), leaf.maximum_hundredths));
        }
    }
    let form = catalogue.definitions.iter().find(|definition| definition.questionnaire.id == form).unwrap();
    let rating = form.questionnaire.rating.as_ref().unwrap();
    let asked: Vec<(&str, u32)> = rating.criteria.iter().map(|criterion| (criterion.code.as_str(), criterion.maximum_hundredths)).collect();
    assert_eq!(fed, asked);
}

#[test]
fn the_catalogue_keeps_the_exact_text_of_schemes() {
    let schemes = catalogue().schemes;
    let ids: Vec<&str> = schemes.iter().map(|definition| definition.scheme.id.as_str()).collect();
    assert_eq!(ids, ["moha-province", "provincial-communes", "provincial-departments", "vertical-agencies"]);
    assert_eq!(schemes[3].text, VERTICAL);
    assert!(schemes.iter().all(|definition| definition.sha256.len() == 64 && definition.text.contains(&definition.scheme.version)));
}

#[test]
fn a_scheme_is_checked_with_the_questionnaires_of_its_folder() {
    let file = Path::new(SHIPPED).join("moha-province.scheme.toml");
    assert_eq!(check_paths(std::slice::from_ref(&file)).text, "1 file, no faults\n");
    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("moha-province.scheme.toml");
    fs::copy(&file, &copy).unwrap();
    // Six criteria that officials rate, and SIPAS.
    let report = check_paths(&[copy]);
    assert!(report.faulty && report.text.matches("error[D056]").count() == 7, "{}", report.text);
}

#[test]
fn the_schema_of_schemes_beside_the_definitions_is_the_generated_one() {
    let path = Path::new(SHIPPED).join("scheme.schema.json");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, json_schema()).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), json_schema());
}

#[test]
fn shipped_schemes_fit_the_schema() {
    let validator = jsonschema::validator_for(&serde_json::from_str(&json_schema()).unwrap()).unwrap();
    for definition in catalogue().schemes {
        let instance: Value = toml::from_str(&definition.text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&instance).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{}", definition.scheme.id);
    }
}

#[rstest]
#[case("unknown-key")]
#[case("missing-key")]
#[case("unknown-word")]
#[case("missing-language")]
#[case("badly-formed-codes")]
#[case("number-out-of-range")]
fn what_the_shape_of_schemes_refuses_the_schema_refuses(#[case] name: &str) {
    let text = fs::read_to_string(Path::new(BAD).join(format!("{name}.scheme.toml"))).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&json_schema()).unwrap()).unwrap();
    let instance: Value = toml::from_str(&text).unwrap();
    assert!(!validator.is_valid(&instance));
}

#[test]
fn a_block_has_the_rules_of_its_year_or_else_of_every_year() {
    let more = "year = 2026\n[[block]]\ncode = \"b\"\n[[block]]\ncode = \"c\"\nyear = 2025\n";
    let scheme = small::scheme("total = 10", more, &[field("f", "10", &[criterion("1-1", "10", "")])]);
    let year = |code: &str, year: i32| scheme.block(code, year).map(|block| block.year);
    assert_eq!((year("b", 2026), year("b", 2025)), (Some(Some(2026)), Some(None)));
    assert_eq!((year("c", 2025), year("c", 2026), year("d", 2026)), (Some(Some(2025)), None, None));
    assert_eq!(scheme.block_codes(2026), ["b"]);
    assert_eq!(scheme.block_codes(2025), ["b", "c"]);
}

#[rstest]
#[case("9.5", 950)]
#[case("0.05", 5)]
#[case("7.50", 750)]
#[case("1000", 100_000)]
fn maxima_are_kept_in_hundredths(#[case] written: &str, #[case] hundredths: u32) {
    let fields = [field("f", written, &[criterion("1-1", written, "")])];
    let scheme = small::scheme(&format!("total = {written}"), "", &fields);
    assert_eq!((scheme.total_hundredths, scheme.leaves[0].maximum_hundredths), (hundredths, hundredths));
}

#[rstest]
#[case("-1")]
#[case("0.005")]
#[case("100.01")]
#[case("inf")]
#[case("nan")]
#[case("1e300")]
fn an_impossible_lower_bound_of_a_band_is_refused(#[case] from: &str) {
    let fields = [field("f", "10", &[criterion("1-1", "10", "")])];
    assert_eq!(codes(&small::text("total = 10", &band("all", from), &fields)), ["D048"]);
}

#[rstest]
#[case("rule = \"all-or-nothing\"", vec![0, 250])]
#[case("rule = \"steps\", step = [{ from = 80, points = 1 }, { from = 100, points = 2.5 }]", vec![0, 100, 250])]
// 60 % of 2.5 points are 1.5.
#[case("rule = \"option-weights\", option = [{ code = \"a\", weight = 100 }, { code = \"b\", weight = 60 }]", vec![0, 150, 250])]
// 50.2 % of 2.5 points are 1.255, which is entered with two decimals: 1.26, half up.
#[case("rule = \"option-weights\", option = [{ code = \"a\", weight = 50.2 }, { code = \"b\", weight = 0 }]", vec![0, 126])]
fn appraisers_give_only_points_that_the_rule_can_give(#[case] rule: &str, #[case] allowed: Vec<u32>) {
    let conversion = format!("conversion = {{ {rule} }}");
    let scheme = small::scheme("total = 2.5", "", &[field("f", "2.5", &[criterion("1-1", "2.5", &conversion)])]);
    assert_eq!(scheme.leaves[0].from, scheme::From::Appraisal(Some(allowed)));
}

#[rstest]
#[case(30, 1, &[])]
#[case(31, 1, &["D008"])]
// A criterion without sub-criteria counts as criterion and as leaf.
#[case(1, PARTS_MAX / 2, &[])]
#[case(1, PARTS_MAX / 2 + 1, &["D008"])]
fn a_scheme_has_room_for_more_than_any_official_set(#[case] fields: usize, #[case] criteria: usize, #[case] faults: &[&str]) {
    let of_field = |place: usize| {
        let criteria: Vec<String> = (0..criteria).map(|inner| criterion(&format!("{place}-{inner}"), "1", "")).collect();
        field(&format!("f{place}"), &criteria.len().to_string(), &criteria)
    };
    let all: Vec<String> = (0..fields).map(of_field).collect();
    assert_eq!(codes(&small::text(&format!("total = {}", fields * criteria), "", &all)), faults);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_slip_makes_the_check_of_schemes_fall_over(slips in prop::collection::vec(slip(), 1..12)) {
        let text = slipped(VERTICAL, &slips);
        match check("slipped.scheme.toml", &text) {
            Ok(scheme) => {
                let maxima: Vec<u32> = scheme.fields.iter().map(|field| field.maximum_hundredths).collect();
                prop_assert_eq!(added_up(&scheme), maxima.clone());
                prop_assert_eq!(maxima.iter().sum::<u32>(), scheme.total_hundredths);
            }
            Err(faults) => {
                prop_assert!(!faults.is_empty());
                prop_assert!(render(&text, &faults).contains("slipped.scheme.toml:"));
            }
        }
    }

    #[test]
    fn any_text_is_no_scheme(text in "\\PC{0,200}") {
        prop_assert!(check("any.scheme.toml", &text).is_err());
    }
}

/// Numbers of the criteria and then of the leaves of two fields, the first criterion of which has two sub-criteria. The codes are those of the
/// criteria in their order.
fn numbers([one, first, second, two, other, last]: [&str; 6]) -> String {
    let parts = sub(first, "1") + &sub(second, "1");
    let fields = [
        field("f", "3", &[criterion(one, "2", &parts), criterion(two, "1", "")]),
        field("g", "3", &[criterion(other, "1", ""), criterion(last, "2", "")]),
    ];
    let scheme = small::scheme("total = 6", "", &fields);
    let numbers = CriterionNumbers::of(&scheme);
    assert_eq!([numbers.criterion(9), numbers.leaf(9)], [""; 2]);
    let criteria = (0..scheme.criteria.len()).map(|place| numbers.criterion(place));
    criteria.chain((0..scheme.leaves.len()).map(|place| numbers.leaf(place))).collect::<Vec<_>>().join(" ")
}

#[rstest]
#[case::as_it_ships(["c1-1", "c1-1-1", "c1-1-2", "c1-2", "c2-1", "c2-2"], "1.1 1.2 2.1 2.2 1.1.1 1.1.2 1.2 2.1 2.2")]
#[case::a_number_was_left_out(["1-1", "1-1-1", "1-1-3", "1-3", "2-1", "2-10"], "1.1 1.3 2.1 2.10 1.1.1 1.1.3 1.3 2.1 2.10")]
#[case::names(["plan", "issued", "done", "report", "c1", "c2023-15"], "1.1 1.2 2.1 2.2 1.1.1 1.1.2 1.2 2.1 2.2")]
#[case::names_below_a_number(["1-4", "issued", "done", "1-5", "2-1", "bonus"], "1.4 1.5 2.1 2.2 1.4.1 1.4.2 1.5 2.1 2.2")]
#[case::a_place_is_taken(["1-2", "issued", "done", "plan", "2-1", "2-2"], "1.2 1.3 2.1 2.2 1.2.1 1.2.2 1.3 2.1 2.2")]
#[case::of_two_kinds(["a1-1", "a1-1-1", "b1-1-1", "a1-2", "a2-1", "a2-2"], "1.1 1.2 2.1 2.2 1.1.1 1.1.2 1.2 2.1 2.2")]
fn a_code_says_its_number_or_the_place_does(#[case] codes: [&str; 6], #[case] expected: &str) {
    assert_eq!(numbers(codes), expected);
}

#[test]
fn schemes_that_ship_are_numbered_as_their_codes_are() {
    let scheme = check("vertical-agencies.scheme.toml", VERTICAL).unwrap();
    let numbers = CriterionNumbers::of(&scheme);
    for (place, leaf) in scheme.leaves.iter().enumerate() {
        assert_eq!(numbers.leaf(place), leaf.code.trim_start_matches('c').replace('-', "."));
    }
}
