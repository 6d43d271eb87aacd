//! Definition files: what is shipped has no faults, and every fault that a file can have is reported as the table says.

use std::fs;
use std::path::{Path, PathBuf};

use par_survey::catalogue::{check_paths, read_folder};
use par_survey::definition::FILE_MAX;
use par_survey::definition::diagnostic::{FaultCode, render};
use par_survey::survey::check::check;
use par_survey::survey::codebook::Codebook;
use par_survey::survey::rating::SmallGroups;
use par_survey::survey::schema::json_schema;
use par_survey::survey::{FLOOR, Kind, Questionnaire, Role};
use par_survey::unit::is_code;
use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

const BAD: &str = "tests/data/definitions";
const SHIPPED: &str = "survey-definitions";
const SIPAS: &str = include_str!("../../survey-definitions/sipas-2026.toml");
const SERVICE: &str = include_str!("../../survey-definitions/service-satisfaction.toml");
/// A short file that has everything the format knows, for tests that change one thing of it.
const SMALL: &str = r#"id = "small"
version = "1"
languages = ["vi", "en"]
audience = "citizens"
title = { vi = "Phiếu", en = "Form" }

[[part]]
code = "one"
title = { vi = "Phần một", en = "Part one" }

[[part.item]]
code = "came"
kind = "yes-no"
text = { vi = "Đã đến?", en = "Came?" }
"#;

/// Bad files and folders, in order.
fn table() -> Vec<PathBuf> {
    let entries = fs::read_dir(BAD).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut table: Vec<PathBuf> = entries.filter(|path| path.extension().is_none_or(|extension| extension == "toml")).collect();
    table.sort();
    table
}

fn shipped(text: &str) -> Questionnaire {
    check("shipped.toml", text).unwrap_or_else(|faults| panic!("{}", render(text, &faults)))
}

fn codes(text: &str) -> Vec<&'static str> {
    check("changed.toml", text).err().unwrap_or_default().iter().map(|fault| fault.what.code().id()).collect()
}

#[test]
fn every_bad_file_is_reported_as_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let table = table();
    assert!(table.len() >= 25, "the table has only {} files", table.len());
    for path in table {
        let report = check_paths(std::slice::from_ref(&path));
        assert!(report.faulty, "{} has no fault", path.display());
        let expected = path.with_extension("expected");
        if update {
            fs::write(&expected, &report.text).unwrap();
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        assert_eq!(report.text, wanted, "{} (UPDATE_EXPECT=1 rewrites it)", expected.display());
    }
}

/// The default would leave small groups out silently: what ships says what becomes of them, and above it why.
#[test]
fn shipped_questionnaires_of_officials_say_what_becomes_of_small_groups() {
    let files =
        fs::read_dir(SHIPPED).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|end| end == "toml"));
    let texts = files.map(|path| fs::read_to_string(path).unwrap());
    let officials: Vec<String> = texts.filter(|text| text.contains("\n[about_units]\n")).collect();
    assert_eq!(officials.len(), 2);
    for text in officials {
        let (before, section) = text.split_once("\n[about_units]\n").unwrap();
        let section = section.split("\n[").next().unwrap();
        assert!(before.lines().last().unwrap().starts_with("# "), "no reason stands above it");
        assert!(section.contains("small_groups = \"pool\""), "{section}");
        assert_eq!(shipped(&text).rating.unwrap().small_groups, SmallGroups::Pool);
    }
}

#[test]
fn every_fault_code_has_a_bad_file() {
    let reports: String = table().iter().map(|path| check_paths(std::slice::from_ref(path)).text).collect();
    // A file over the limit would be half a megabyte of nothing; it has a test of its own.
    let missing = FaultCode::ALL.iter().filter(|code| **code != FaultCode::FileTooLarge && !reports.contains(&format!("[{}]", code.id())));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&FaultCode>::new());
}

#[test]
fn fault_codes_are_stable() {
    let ids: Vec<&str> = FaultCode::ALL.iter().map(|code| code.id()).collect();
    let counted: Vec<String> = (1..=ids.len()).map(|number| format!("D{number:03}")).collect();
    assert_eq!(ids, counted);
}

#[test]
fn shipped_definitions_have_no_faults() {
    let report = check_paths(&[PathBuf::from(SHIPPED)]);
    assert_eq!(report.text, "8 files, no faults\n");
    assert!(!report.faulty);
}

/// The first sentence of the promise on every form. Who writes a definition of his own has to keep it himself.
#[test]
fn no_question_that_ships_asks_who_somebody_is() {
    let catalogue = read_folder(Path::new(SHIPPED)).unwrap();
    let items = catalogue.definitions.iter().flat_map(|definition| &definition.questionnaire.items);
    let texts: Vec<String> = items.flat_map(|item| ["vi", "en"].map(|language| item.text.get(language).to_lowercase())).collect();
    assert!(texts.len() > 200, "or this test looks in the wrong place");
    let who = ["họ tên", "họ và tên", "tên ông/bà", "điện thoại", "địa chỉ", "căn cước", "e-mail", "your name", "phone", "address"];
    let asked: Vec<_> = texts.iter().filter(|text| who.iter().any(|word| text.contains(word))).collect();
    assert!(asked.is_empty(), "{asked:?}");
}

#[test]
fn the_catalogue_keeps_the_exact_text_and_its_hash() {
    let catalogue = read_folder(Path::new(SHIPPED)).unwrap();
    let definitions = catalogue.definitions;
    let ids: Vec<&str> = definitions.iter().map(|definition| definition.questionnaire.id.as_str()).collect();
    assert_eq!(ids, ["par-officials-communes", "par-officials-departments", "service-satisfaction", "sipas-2026"]);
    assert_eq!(definitions[3].text, SIPAS);
    assert_eq!(definitions[3].sha256.len(), 64);
    assert_ne!(definitions[0].sha256, definitions[1].sha256);
}

#[test]
fn a_folder_with_a_bad_file_gives_the_report() {
    let error = read_folder(&Path::new(BAD).join("duplicate-id")).unwrap_err();
    assert!(error.to_string().contains("error[D038]"), "{error}");
}

#[test]
fn a_path_that_is_not_there_is_a_fault() {
    let report = check_paths(&[PathBuf::from("nowhere.toml")]);
    assert!(report.faulty && report.text.contains("error[D001]"), "{}", report.text);
}

#[test]
fn sipas_has_the_79_items_of_the_official_form() {
    let sipas = shipped(SIPAS);
    for (question, items) in [9, 1, 7, 1, 1, 1, 3, 7, 39, 10].into_iter().enumerate() {
        let prefix = format!("q{}_", question + 1);
        let codes: Vec<&str> = sipas.items.iter().map(|item| item.code.as_str()).filter(|code| code.starts_with(&prefix)).collect();
        let wanted: Vec<String> = (1..=items).map(|number| format!("{prefix}{number}")).collect();
        assert_eq!(codes, wanted);
    }
    let attributes = sipas.items.iter().filter(|item| item.role == Role::Attribute).map(|item| item.code.as_str());
    assert_eq!(attributes.collect::<Vec<_>>(), ["gender", "age", "ethnicity", "education", "occupation"]);
    assert_eq!(sipas.items.len(), 5 + 79 + 1);
    assert_eq!(sipas.least_sheets, FLOOR);
    assert_eq!(sipas.index.unwrap().maximum_hundredths, 1_000);
}

#[test]
fn sipas_asks_as_the_official_form_does() {
    let sipas = shipped(SIPAS);
    assert!(sipas.items.iter().all(|item| !item.required && !item.no_opinion && item.show_if.is_none()));
    assert!(sipas.parts.iter().all(|part| part.show_if.is_none()));
    let write_ins = sipas.items.iter().filter(|item| item.choices().iter().any(|choice| choice.write_in));
    assert_eq!(write_ins.map(|item| item.code.as_str()).collect::<Vec<_>>(), ["q2_1"]);
    let fed: Vec<usize> = (0..sipas.factors.len()).map(|factor| sipas.items_of_factor(factor).count()).collect();
    assert_eq!(fed, [2, 2, 9, 10, 3, 4, 3, 3, 3]);
    let satisfied = sipas.items[sipas.position("q9_1").unwrap()].choices().iter().map(|choice| choice.satisfied);
    assert_eq!(satisfied.collect::<Vec<_>>(), [false, false, false, true, true]);
    // 5 attributes + 78 items of one byte + Q2: one byte and a mask of 7 bits.
    assert_eq!(Codebook::new(&sipas).width(), 5 + 78 + 2);
}

#[test]
fn the_service_form_routes_by_own_experience() {
    let service = shipped(SERVICE);
    assert_eq!(service.items.iter().filter(|item| item.factor.is_some()).count(), 16);
    assert!(service.items.iter().filter(|item| item.factor.is_some()).all(|item| item.no_opinion));
    let routed = service.parts.iter().filter(|part| part.show_if.is_some()).map(|part| part.code.as_str());
    assert_eq!(routed.collect::<Vec<_>>(), ["access", "results", "feedback"]);
    let condition = service.parts.iter().find(|part| part.code == "feedback").unwrap().show_if.clone().unwrap();
    assert_eq!((service.items[condition.item].code.as_str(), condition.any_of), ("complained", vec![0]));
}

#[rstest]
#[case(SIPAS)]
#[case(SERVICE)]
fn vietnamese_questions_have_at_most_15_words(#[case] text: &str) {
    for item in shipped(text).items {
        assert!(item.text.get("vi").split(' ').count() <= 15, "{}", item.text.get("vi"));
    }
}

#[test]
fn the_schema_beside_the_definitions_is_the_generated_one() {
    let path = Path::new(SHIPPED).join("questionnaire.schema.json");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, json_schema()).unwrap();
    }
    assert_eq!(fs::read_to_string(path).unwrap(), json_schema());
}

#[rstest]
#[case(SIPAS)]
#[case(SERVICE)]
#[case(SMALL)]
fn shipped_definitions_fit_the_schema(#[case] text: &str) {
    let instance: Value = toml::from_str(text).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&json_schema()).unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&instance).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[rstest]
#[case("unknown-key")]
#[case("missing-key")]
#[case("wrong-type")]
#[case("unknown-word")]
fn what_the_shape_refuses_the_schema_refuses(#[case] name: &str) {
    let text = fs::read_to_string(Path::new(BAD).join(name).with_extension("toml")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&json_schema()).unwrap()).unwrap();
    let instance: Option<Value> = toml::from_str(&text).ok();
    assert!(instance.is_none_or(|instance| !validator.is_valid(&instance)));
}

#[rstest]
#[case("a")]
#[case("q9_39")]
#[case("-a")]
#[case("A")]
#[case("a.b")]
#[case("")]
#[case("0123456789012345678901234567890123456789")]
#[case("01234567890123456789012345678901234567890")]
fn the_pattern_of_codes_is_the_rule_of_codes(#[case] code: &str) {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema["$defs"]["Code"]).unwrap();
    assert_eq!(validator.is_valid(&Value::from(code)), is_code(code));
}

#[test]
fn a_file_over_the_limit_is_not_even_parsed() {
    let text = format!("{SMALL}#{}", " ".repeat(FILE_MAX));
    assert_eq!(codes(&text), ["D002"]);
}

#[test]
fn a_hostile_file_gets_a_short_report() {
    let keys: Vec<String> = (0..5_000).map(|number| format!("x{number} = 1\n")).collect();
    let text = format!("{SMALL}{}", keys.concat());
    let faults = check("hostile.toml", &text).unwrap_err();
    assert_eq!(faults.len(), 100);
    assert!(faults[99].hint().to_string().ends_with("(and 4900 more faults after this one)"), "{}", faults[99].hint());
}

#[test]
fn deep_nesting_is_refused() {
    let text = format!("{SMALL}deep = {}1{}", "[".repeat(5_000), "]".repeat(5_000));
    assert!(codes(&text).contains(&"D003"));
}

#[test]
fn texts_are_composed_and_trimmed() {
    let text = SMALL.replace("\"Came?\"", "\"\"\"\n  E\u{302}\u{301}  you\n came? \"\"\"");
    assert_eq!(shipped(&text).items[0].text.get("en"), "\u{1EBE} you came?");
}

#[test]
fn files_with_a_byte_order_mark_or_windows_lines_are_read() {
    shipped(&format!("\u{FEFF}{}", SMALL.replace('\n', "\r\n")));
}

#[test]
fn a_third_language_brings_its_own_labels() {
    let text = SMALL.replace("[\"vi\", \"en\"]", "[\"vi\", \"en\", \"km\"]").replace("en = ", "km = \"x\", en = ");
    assert_eq!(codes(&text), ["D013", "D013"]);
    let labels =
        "yes_label = { vi = \"Có\", en = \"Yes\", km = \"bat\" }\nno_label = { vi = \"Không\", en = \"No\", km = \"te\" }\n[[part]]";
    let Kind::YesNo(choices) = &shipped(&text.replace("[[part]]", labels)).items[0].kind else { panic!("not yes-no") };
    assert_eq!(choices[1].text.get("km"), "te");
}

#[rstest]
#[case("9.12", 912)]
#[case("100", 10_000)]
#[case("0.05", 5)]
#[case("7.5", 750)]
fn a_maximum_is_kept_in_hundredths(#[case] written: &str, #[case] hundredths: u32) {
    let text = SERVICE.replace("maximum = 10", &format!("maximum = {written}"));
    assert_eq!(shipped(&text).index.unwrap().maximum_hundredths, hundredths);
}

#[rstest]
#[case("inf")]
#[case("-1")]
#[case("nan")]
#[case("100.01")]
#[case("1e300")]
fn an_impossible_maximum_is_refused(#[case] written: &str) {
    assert_eq!(codes(&SERVICE.replace("maximum = 10", &format!("maximum = {written}"))), ["D036"]);
}

#[test]
fn what_a_terminal_would_obey_is_not_printed() {
    let text = SMALL.replace("\"small\"", "\"\\u001B[31mred\"");
    let faults = check("red.toml", &text).unwrap_err();
    assert!(faults.iter().all(|fault| !fault.what.to_string().contains(char::is_control)));
    assert!(!render(&text, &faults).contains('\u{1B}'));
    let raw = SMALL.replace("\"small\"", "\"\u{1B}[31mred\"");
    let faults = check("red.toml", &raw).unwrap_err();
    assert!(!render(&raw, &faults).contains('\u{1B}'));
}

#[test]
fn faults_are_in_the_order_of_their_places() {
    let text = fs::read_to_string(Path::new(BAD).join("many-faults-at-once.toml")).unwrap();
    let places: Vec<usize> = check("many.toml", &text).unwrap_err().iter().map(|fault| fault.span.start).collect();
    assert!(places.is_sorted() && places.len() >= 7, "{places:?}");
}

/// What a slip of the hand does to a file.
#[derive(Debug, Clone)]
pub(crate) enum Slip {
    Byte(prop::sample::Index, u8),
    Delete(prop::sample::Index),
    Double(prop::sample::Index),
    Cut(prop::sample::Index),
}

pub(crate) fn slip() -> impl Strategy<Value = Slip> {
    prop_oneof![
        (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(place, byte)| Slip::Byte(place, byte)),
        any::<prop::sample::Index>().prop_map(Slip::Delete),
        any::<prop::sample::Index>().prop_map(Slip::Double),
        any::<prop::sample::Index>().prop_map(Slip::Cut),
    ]
}

pub(crate) fn slipped(text: &str, slips: &[Slip]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for slip in slips {
        let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
        match slip {
            Slip::Byte(place, byte) => {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
                continue;
            }
            Slip::Delete(place) => drop(lines.remove(place.index(lines.len()))),
            Slip::Double(place) => {
                let place = place.index(lines.len());
                lines.insert(place, lines[place].clone());
            }
            Slip::Cut(place) => lines[place.index(bytes.len()) % 20].truncate(3),
        }
        bytes = lines.concat();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_slip_makes_the_check_fall_over(slips in prop::collection::vec(slip(), 1..12)) {
        let text = slipped(SERVICE, &slips);
        if let Err(faults) = check("slipped.toml", &text) {
            prop_assert!(!faults.is_empty());
            prop_assert!(render(&text, &faults).contains("slipped.toml:"));
        }
    }

    #[test]
    fn any_text_is_refused_without_falling_over(text in "\\PC{0,200}") {
        prop_assert!(check("any.toml", &text).is_err());
    }
}
