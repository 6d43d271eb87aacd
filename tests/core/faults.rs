//! Faults of files: each has its sentence in both languages, whatever a file says is written out, and whatever command helps is one that there is.

use std::collections::BTreeSet;
use std::fmt::Write;

use clap::CommandFactory;
use par_survey::cli::{Cli, said};
use par_survey::fault::{Fault, Faults, NotThere, Place, WhyOutside, Wrong};
use par_survey::round::steps::Step;
use par_survey::words::Words;
use strum::VariantNames;

fn code(what: &Wrong) -> String {
    serde_json::to_value(what).unwrap()["code"].as_str().unwrap().to_owned()
}

fn own(text: &str) -> String {
    text.to_owned()
}

fn list(texts: &[&str]) -> Vec<String> {
    texts.iter().copied().map(own).collect()
}

/// Of tables, of units and of a review.
fn of_tables() -> Vec<Wrong> {
    let (given, unit, cause) = (|| own("1/7"), || own("so-y-te"), || own("Input/output error (os error 5)"));
    vec![
        Wrong::Unfit,
        Wrong::Unreadable { row: None, cause: cause() },
        Wrong::Unreadable { row: Some(7), cause: cause() },
        Wrong::EmptyFile,
        Wrong::LargeFile { row: 7, megabytes: 10 },
        Wrong::EndlessRow { row: 7 },
        Wrong::NoTable { row: 7, cause: own("Seek") },
        Wrong::NoCommas,
        Wrong::ManyColumns { most: 700 },
        Wrong::CellCount { cells: 7, columns: 8 },
        Wrong::NoUtf8Cell,
        Wrong::NoRows,
        Wrong::ColumnTwice,
        Wrong::UnknownColumn { known: list(&["code", "block"]) },
        Wrong::UnknownColumn { known: Vec::new() },
        Wrong::ColumnMissing { may_be_empty: true },
        Wrong::ColumnMissing { may_be_empty: false },
        Wrong::EmptyCell,
        Wrong::NoCode { given: own("Sở") },
        Wrong::NoDate { given: given() },
        Wrong::NoMoment { given: given() },
        Wrong::NoYear { given: given() },
        Wrong::NoNumber { given: given() },
        Wrong::NoRank { given: given() },
        Wrong::NameLength { most: 200 },
        Wrong::NameLine,
        Wrong::LongText { characters: 5_001, most: 5_000 },
        Wrong::HiddenSigns,
        Wrong::NoUnits,
        Wrong::ManyUnits { most: 20_000 },
        Wrong::UnitTwice { unit: unit(), row: Some(7) },
        Wrong::UnitTwice { unit: unit(), row: None },
        Wrong::UnitNowhere { unit: unit() },
        Wrong::NoUnit { unit: unit() },
        Wrong::ParentCircle { path: own("a → b → a") },
        Wrong::MergerCircle { path: own("a → b → a") },
        Wrong::EndsBefore { to: own("2025-01-01"), from: own("2025-02-01") },
        Wrong::EndWanted { other: unit() },
        Wrong::ReviewColumns { columns: list(&["remark", "decision", "text"]) },
        Wrong::NoRemark,
        Wrong::RemarkTwice,
        Wrong::Undecided,
        Wrong::OtherWords { blank: own("[…]") },
        Wrong::RemarksMissing { remarks: 1 },
        Wrong::RemarksMissing { remarks: 7 },
    ]
}

/// Of sheets and of scores.
fn of_answers_and_scores() -> Vec<Wrong> {
    let (unit, criterion, mark) = (|| own("so-y-te"), || own("1-1"), || own("-"));
    let (known, options) = (|| list(&["link", "paper"]), || list(&["1", "2", "…"]));
    vec![
        Wrong::NoSheets,
        Wrong::NoItemOfColumn { questionnaire: own("sipas-2026") },
        Wrong::UnitColumnMissing,
        Wrong::ItemColumnMissing,
        Wrong::UnitMerged { unit: unit(), other: own("so-moi") },
        Wrong::UnitNotAsked { unit: unit() },
        Wrong::UnitWanted,
        Wrong::GroupWanted { groups: list(&["leaders", "deputies"]) },
        Wrong::GroupNoCode,
        Wrong::NoItem,
        Wrong::NotAnOption { options: options(), several: false, no_opinion: false },
        Wrong::NotAnOption { options: options(), several: true, no_opinion: true },
        Wrong::OneAnswer,
        Wrong::NoOpinionBeside,
        Wrong::NoOpinionNotOffered,
        Wrong::LongAnswer { most: 2_000 },
        Wrong::ModeOfCodes { known: known() },
        Wrong::NoMode { known: known() },
        Wrong::UnfitLabel { most: 100 },
        Wrong::NoMark,
        Wrong::AnsweredNevertheless,
        Wrong::UnitNotScored { unit: unit() },
        Wrong::NoCriterion { criterion: criterion() },
        Wrong::IsField { criterion: own("direction") },
        Wrong::HasParts { criterion: own("1") },
        Wrong::CriterionTwice { unit: unit(), criterion: criterion() },
        Wrong::NotApplicableBeside { mark: own("NA") },
        Wrong::LeftOut { criterion: criterion(), mark: mark() },
        Wrong::Surveyed { criterion: criterion() },
        Wrong::NotOfBlock { criterion: criterion() },
        Wrong::ManyPoints { given: own("40.01"), maximum: own("40.00") },
        Wrong::ImpossiblePoints { given: own("20"), possible: list(&["0.00", "15.00"]) },
        Wrong::NoOptionOfStatistic { given: own("maybe"), possible: list(&["yes", "no"]) },
        Wrong::ThousandsMark { given: own("1,250"), whole: own("1250"), decimal: own("1.2500") },
        Wrong::PartNotOpen { step: Step::Survey, column: own("self"), open_steps: vec![Step::SelfScoring, Step::Council] },
        Wrong::NoTargetType { given: own("rank_below"), known: list(&["rank_at_most", "value_above"]) },
        Wrong::FigureTwice,
        Wrong::NoBlock { given: own("Sở") },
        Wrong::IndexAbove,
    ]
}

fn of_rounds() -> Vec<Wrong> {
    let outside = |why, day: Option<&str>, instead: Option<&str>| {
        let (first_day, last_day) = (own("2026-11-01"), own("2026-11-30"));
        Wrong::UnitOutside(Box::new(NotThere {
            unit: own("phuong-1"),
            why,
            day: day.map(own),
            first_day,
            last_day,
            instead: instead.map(own),
        }))
    };
    vec![
        Wrong::SiteScheme { given: own("khaosat") },
        Wrong::SiteHost { given: own("https://") },
        Wrong::SitePath { given: own("https://x.vn/khaosat") },
        Wrong::OneLine { most: 200 },
        Wrong::ManyLines { most: 4 },
        Wrong::NamelessBlock { block: own("wards") },
        Wrong::LogoPlace,
        Wrong::LogoKind,
        Wrong::LogoLarge { kilobytes: 16 },
        Wrong::LogoBroken,
        Wrong::LogoPoints { most: 1024 },
        Wrong::LogoViewBox,
        Wrong::LogoPart { part: own("<script>") },
        Wrong::LogoReference { given: own("url(//x.vn)") },
        Wrong::LargeText { most: 524_288 },
        Wrong::NoUtf8,
        Wrong::NoToml { cause: own("unknown field `yeer`") },
        Wrong::RoundId,
        Wrong::RoundIdReserved { given: own("api") },
        Wrong::YearRange { least: 2000, most: 2100 },
        Wrong::ClosesBefore,
        Wrong::NoPurpose,
        Wrong::ManyQuestionnaires { most: 50 },
        Wrong::QuestionnaireId,
        Wrong::QuestionnaireTwice { questionnaire: own("sipas-2026") },
        Wrong::UnitsWanted { questionnaire: own("sipas-2026") },
        outside(WhyOutside::Ended, Some("2025-06-30"), Some("phuong-2")),
        outside(WhyOutside::Begins, Some("2026-11-15"), None),
        outside(WhyOutside::Never, None, None),
        Wrong::NoUnitsOfBlock { block: own("departmens"), known: list(&["communes", "departments"]) },
        Wrong::SchemeId,
        Wrong::SchemeTwice { scheme: own("departments") },
        Wrong::OtherRoundWanted,
        Wrong::StepsWithoutSchemes,
        Wrong::NoStep { given: own("counsel"), known: list(&["survey", "council"]) },
        Wrong::StepClosesBefore,
        Wrong::StepDisorder { step: Step::Survey },
        Wrong::FirstStep { first: own("self-scoring") },
    ]
}

/// One of each, and more where a sentence says different things.
fn samples() -> Vec<Wrong> {
    [of_tables(), of_answers_and_scores(), of_rounds()].concat()
}

#[test]
fn every_fault_is_among_the_samples() {
    let sampled: BTreeSet<String> = samples().iter().map(code).collect();
    assert_eq!(sampled, Wrong::VARIANTS.iter().map(|&name| name.to_owned()).collect());
}

#[test]
fn every_fault_is_said_in_both_languages_with_all_that_it_names() {
    let mut said = String::new();
    for what in samples() {
        let fault = Fault::file(what);
        let [vi, en] = ["vi", "en"].map(|language| Words::of(language).fault(&fault));
        for sentence in [&vi, &en] {
            assert!(!sentence.is_empty() && !sentence.contains("fault-") && !sentence.contains("{$"), "{fault:?}: {sentence}");
            assert!(!sentence.ends_with('.') && !sentence.contains("  ") && !sentence.contains("code-rule"), "{sentence}");
        }
        assert_ne!(vi, en);
        assert_eq!(fault.to_string(), en, "logs are in English");
        assert!(!en.contains("par-survey") && !en.contains("--"), "what helps is the command line's: {en}");
        for datum in serde_json::to_value(&fault.what).unwrap().as_object().unwrap().values().filter_map(serde_json::Value::as_str) {
            // A code, a day and a name of ours are in words.
            let is_named = en.contains(datum) || [code(&fault.what), own("ended"), own("begins"), own("never")].contains(&own(datum));
            assert!(is_named, "{datum}: {en}");
        }
        writeln!(said, "{}\n  {vi}\n  {en}", code(&fault.what)).unwrap();
    }
    insta::assert_snapshot!(said);
}

/// Sentences are made in no other place, so that none is left without a translation.
#[test]
fn no_language_has_a_sentence_without_a_fault() {
    for text in [include_str!("../../src/words/vi/fault.ftl"), include_str!("../../src/words/en/fault.ftl")] {
        let keys = text.lines().filter_map(|line| line.strip_prefix("fault-")?.split(" =").next());
        let keys: BTreeSet<&str> = keys.filter(|key| !key.starts_with("place-")).collect();
        assert_eq!(keys, Wrong::VARIANTS.iter().copied().collect());
    }
}

#[test]
fn a_place_stands_before_what_is_wrong_and_faults_are_counted() {
    let at = |place| Fault { place, what: Wrong::EmptyCell };
    let said = |language: &str, fault: &Fault| Words::of(language).fault(fault);
    let cell = Fault::cell(7, "code", Wrong::EmptyCell);
    assert_eq!(said("en", &cell), "row 7, column code: this cell is empty");
    assert_eq!(said("vi", &cell), "dòng 7, cột code: ô này đang để trống; hãy ghi nội dung");
    assert_eq!(said("en", &Fault::cell(1_234, "", Wrong::EmptyCell)), "row 1234: this cell is empty");
    assert_eq!(said("en", &at(Place::Text { line: 2, column: 3 })), "line 2, column 3: this cell is empty");
    assert_eq!(said("en", &at(Place::Option("--unit"))), "--unit: this cell is empty");
    let mut faults = Faults::from(cell);
    assert_eq!(faults.to_string(), "1 fault; nothing was changed\n  row 7, column code: this cell is empty");
    faults.extend((0..1_999).map(|row| Fault::cell(row, "", Wrong::NoItem)));
    let [vi, en] = ["vi", "en"].map(|language| Words::of(language).faults(&faults, ToString::to_string));
    assert!(vi.starts_with("có 2000 lỗi; chưa thay đổi gì\n  ") && vi.ends_with("\n  và 1800 lỗi khác"), "{vi}");
    assert!(en.starts_with("2000 faults; nothing was changed\n  ") && en.ends_with("\n  and 1800 more"), "{en}");
}

#[test]
fn what_a_file_says_is_written_out_where_it_is_not_printed() {
    let hidden = "a\nb\u{1b}[2J\u{202e}";
    let fault = Fault::cell(7, hidden, Wrong::UnknownColumn { known: list(&[hidden]) });
    let written = "a\\nb\\u{1b}[2J\\u{202e}";
    for language in ["vi", "en"] {
        let said = Words::of(language).fault(&fault);
        assert_eq!(said.matches(written).count(), 2, "{said}");
        assert!(!said.contains(['\n', '\u{1b}', '\u{202e}']), "{said}");
    }
}

#[test]
fn what_helps_against_a_fault_is_a_command_that_there_is() {
    let mut commands = 0;
    for what in samples() {
        let fault = Fault::file(what);
        let said = said(&Faults::from(fault.clone()).into());
        assert!(said.starts_with(&format!("1 fault; nothing was changed\n  {fault}")), "{said}");
        let value = |word| if word == "STEP" { "council" } else { word };
        for command in said.split('`').skip(1).step_by(2).filter(|named| named.starts_with("par-survey ")) {
            commands += 1;
            let words = command.split(' ').map(value);
            if let Err(error) = Cli::command().try_get_matches_from(words) {
                panic!("`{command}`: {error}");
            }
        }
    }
    assert_eq!(commands, 4);
}
