//! Faults of definition and scheme files: each has its sentence and its hint in both languages, and no sentence is without its fault.

use std::collections::BTreeSet;
use std::fmt::Write;

use par_survey::definition::diagnostic::{Diagnostic, FaultCode, Flaw, FoundValue, Later, Many, Stray, Summed, Thing, WantedValue};
use par_survey::words::Words;
use serde_json::Value;
use strum::VariantNames;

const TEXTS: [&str; 2] = [include_str!("../../src/words/vi/definition.ftl"), include_str!("../../src/words/en/definition.ftl")];

fn own(text: &str) -> String {
    text.to_owned()
}

fn list(texts: &[&str]) -> Vec<String> {
    texts.iter().copied().map(own).collect()
}

/// The flaw as an object, without its code, and the code.
fn data(flaw: &Flaw) -> (String, serde_json::Map<String, Value>) {
    let Value::Object(mut data) = serde_json::to_value(flaw).unwrap() else { panic!("{flaw:?}") };
    let code = data.remove("code").unwrap();
    (code.as_str().unwrap().to_owned(), data)
}

fn of_files() -> Vec<Flaw> {
    let (given, meant, cause) = (|| own("titel"), || Some(own("title")), || own("No such file or directory (os error 2)"));
    let unknown =
        |table: Option<&str>, meant| Flaw::UnknownKey { table: table.map(own), key: given(), meant, known: list(&["id", "title"]) };
    let wrong = |wanted, found| Flaw::WrongType { key: own("title"), wanted, found };
    let word = |meant: Option<&str>| Flaw::UnknownWord {
        key: own("kind"),
        given: own("scael"),
        meant: meant.map(own),
        possible: list(&["scale", "remark"]),
    };
    vec![
        Flaw::Unreadable { cause: cause() },
        Flaw::NotUtf8 { line: 7 },
        Flaw::EmptyFolder,
        Flaw::LargeFile { bytes: 524_289, most: 524_288 },
        Flaw::NoToml { cause: own("string values must be quoted") },
        unknown(None, meant()),
        unknown(Some("item"), None),
        Flaw::MissingKey { table: None, key: own("title") },
        Flaw::MissingKey { table: Some(own("item")), key: own("text") },
        wrong(WantedValue::Words, FoundValue::Text),
        wrong(WantedValue::Table, FoundValue::List),
        wrong(WantedValue::List, FoundValue::Table),
        wrong(WantedValue::Boolean, FoundValue::Number),
        wrong(WantedValue::Integer, FoundValue::Large),
        wrong(WantedValue::Number, FoundValue::Boolean),
        wrong(WantedValue::Text, FoundValue::Date),
        Flaw::Unread { cause: own("invalid value") },
        word(Some("scale")),
        word(None),
        Flaw::TooMany { count: 301, things: Many::Items, most: 300 },
        Flaw::ManyCriteria { fields: 31, criteria: 1_001, most_fields: 30, most: 1_000 },
        Flaw::EmptyText { key: None },
        Flaw::EmptyText { key: Some("version") },
        Flaw::LongText { key: None, characters: 1_001, most: 1_000 },
        Flaw::HiddenCharacter { key: None, character: own("U+200B") },
        Flaw::NoLanguage { given: own("VI") },
        Flaw::LanguageTwice { given: own("vi") },
        Flaw::LanguageWanted { wanted: "en" },
        Flaw::WordsMissing { languages: list(&["`en`", "`fr`"]) },
        Flaw::LabelMissing { key: "yes_label", vi: own("Có"), en: own("Yes"), languages: list(&["`fr`"]) },
        Flaw::UndeclaredLanguage { given: own("fr") },
        Flaw::BadCode { thing: Thing::Item, given: own("Q 1") },
        Flaw::CodeTwice { thing: Thing::SchemePart, given: own("1-1"), line: 7 },
        Flaw::ReservedCode { thing: Thing::Option, given: own("NA") },
        Flaw::UnknownReference { thing: Thing::Scale, given: own("leves"), meant: Some(own("levels")) },
        Flaw::UnknownReference { thing: Thing::Scale, given: own("leves"), meant: None },
        Flaw::IdTaken { thing: Thing::Questionnaire, given: own("sipas-2026"), other: own("a/sipas.toml") },
    ]
}

fn of_questionnaires() -> Vec<Flaw> {
    let (item, given) = (|| own("q1"), || own("700"));
    let later = |why| Flaw::ConditionNotEarlier { item: item(), why };
    vec![
        Flaw::ScaleWanted { item: item() },
        Flaw::FewOptions { owner: item(), count: 1 },
        Flaw::UnfitKey { item: item(), key: Some("scale") },
        Flaw::UnfitKey { item: item(), key: None },
        Flaw::SecondWriteIn,
        Flaw::UnusedScale { scale: own("levels") },
        Flaw::SatisfiedBelow { given: own("poor") },
        Flaw::NoParts,
        Flaw::EmptyPart { given: own("two") },
        Flaw::ConditionUnknownItem { item: item(), meant: Some(own("q2")) },
        Flaw::ConditionUnknownItem { item: item(), meant: None },
        later(Later::Itself),
        later(Later::Inside),
        later(Later::After),
        Flaw::ConditionOnRemark { item: item() },
        Flaw::ConditionWithoutOption,
        Flaw::ConditionUnknownOption { item: item(), given: own("3"), known: list(&["1", "2"]) },
        Flaw::ConditionOptionTwice { given: own("1") },
        Flaw::FactorWithoutItems { factor: own("staff") },
        Flaw::ContentWithoutFactors { content: own("service") },
        Flaw::FactorNeedsScale { item: item() },
        Flaw::IndexWithoutFactors,
        Flaw::FactorsWithoutIndex,
        Flaw::SatisfiedOneSort { scale: own("levels"), every: true },
        Flaw::SatisfiedOneSort { scale: own("levels"), every: false },
        Flaw::ScalesDiffer { scales: list(&["`five` 5", "`four` 4"]) },
        Flaw::BadMaximum { given: given() },
        Flaw::BadLeastSheets { given: own("-3") },
        Flaw::GroupLeastSheets { given: own("9"), least: 10, most: 100_000 },
        Flaw::BadWeight { given: given() },
        Flaw::GroupWeight { given: own("0"), least: 1, most: 1_000 },
        Flaw::NotAboutUnits,
        Flaw::NobodyRates,
        Flaw::UnfitAboutUnits { what: Stray::Attributes },
        Flaw::UnfitAboutUnits { what: Stray::Index },
        Flaw::UnfitAboutUnits { what: Stray::Conditions },
        Flaw::UnfitAboutUnits { what: Stray::Required },
        Flaw::BadScope,
        Flaw::OptionWithoutWeight { item: item() },
        Flaw::NoOpinionMissing { item: item() },
        Flaw::CriterionWithoutItems { criterion: own("cooperation") },
        Flaw::ConditionOnAttribute { item: item() },
        Flaw::ConditionOnIndex { item: item() },
    ]
}

fn of_schemes() -> Vec<Flaw> {
    let (criterion, questionnaire) = (|| own("1-1"), || own("sipas-2026"));
    let sum = |of| Flaw::SumDiffers { of, sum: own("9.5"), declared: own("10") };
    vec![
        sum(Summed::Fields),
        sum(Summed::Criteria),
        sum(Summed::SubCriteria),
        Flaw::BadNumber { key: Some("maximum"), given: own("1001"), most: own("1000") },
        Flaw::BadNumber { key: None, given: own("1.234"), most: own("100") },
        Flaw::MaximumWithoutSource { field: own("1") },
        Flaw::NoFields,
        Flaw::FieldWithoutCriteria { field: own("1") },
        Flaw::PointsOfSubs { criterion: criterion() },
        Flaw::OriginKeyUnfit { criterion: criterion(), key: "index" },
        Flaw::OriginKeyWanted { criterion: criterion(), key: "rated" },
        Flaw::HighestBelow,
        Flaw::KeyOfOtherRule { key: "threshold" },
        Flaw::ManyPoints { given: own("2.5"), maximum: own("2") },
        Flaw::BandPoints,
        Flaw::BoundCount { most: 50 },
        Flaw::BoundsDescend,
        Flaw::FewWeights,
        Flaw::ThresholdWanted { criterion: criterion() },
        Flaw::PercentsNoOptions { criterion: criterion() },
        Flaw::RuleOfValues { criterion: criterion() },
        Flaw::CountedTwice { questionnaire: questionnaire(), given: own("overall"), criterion: criterion() },
        Flaw::ItemsCountedTwice { criterion: criterion(), given: own("staff"), other: own("1-2") },
        Flaw::NoBlocks,
        Flaw::BlockTwice { block: own("communes") },
        Flaw::TieBreakAdjusts { given: own("8") },
        Flaw::NothingApplies { block: own("communes") },
        Flaw::BadYear { given: own("1999"), least: 2000, most: 2100 },
        Flaw::BandOverlaps { band: own("good") },
        Flaw::BandsEnd,
        Flaw::NoQuestionnaire { criterion: criterion(), questionnaire: questionnaire() },
        Flaw::NoIndex { criterion: criterion(), questionnaire: questionnaire() },
        Flaw::NoContentOrFactor { criterion: criterion(), questionnaire: questionnaire(), given: own("staff") },
        Flaw::NotRated { criterion: criterion(), questionnaire: questionnaire(), rated: own("cooperation") },
    ]
}

/// One of each, and more where a sentence or a hint says different things.
fn samples() -> Vec<Flaw> {
    [of_files(), of_questionnaires(), of_schemes()].concat()
}

fn fault(what: Flaw) -> Diagnostic {
    Diagnostic { file: own("a.toml"), what, span: 0..0, more: 0 }
}

#[test]
fn every_flaw_is_among_the_samples_and_every_code_has_one() {
    let sampled: BTreeSet<String> = samples().iter().map(|flaw| data(flaw).0).collect();
    assert_eq!(sampled, Flaw::VARIANTS.iter().map(|&name| name.to_owned()).collect());
    let codes: BTreeSet<FaultCode> = samples().iter().map(Flaw::code).collect();
    assert_eq!(codes, FaultCode::ALL.iter().copied().collect());
}

#[test]
fn every_flaw_is_said_in_both_languages_with_what_to_do() {
    let mut said = String::new();
    for fault in samples().into_iter().map(fault) {
        let each = ["vi", "en"].map(|language| (Words::of(language).flaw(&fault.what), Words::of(language).hint(&fault)));
        for text in each.iter().flat_map(|(what, hint)| [what, hint]) {
            assert!(!text.trim().is_empty() && !text.contains("definition-") && !text.contains("{$"), "{fault:?}: {text}");
            assert!(!text.ends_with('.') && !text.contains("  ") && !text.contains("code-rule"), "{text}");
            assert!(!text.contains("Unknown localization"), "{text}");
        }
        let [(vi, vi_hint), (en, en_hint)] = each;
        assert!(vi != en && vi_hint != en_hint, "{en}");
        assert_eq!((fault.what.to_string(), fault.hint().to_string()), (en.clone(), en_hint.clone()), "reports are in English");
        writeln!(said, "{} {}\n  {vi}\n    {vi_hint}\n  {en}\n    {en_hint}", fault.what.code().id(), data(&fault.what).0).unwrap();
    }
    insta::assert_snapshot!(said);
}

/// What is a word of a file, and not one of ours, is named as it stands there.
#[test]
fn whatever_a_flaw_names_is_in_its_words() {
    for fault in samples().into_iter().map(fault) {
        let (_, data) = data(&fault.what);
        let own = ["thing", "things", "wanted", "found", "why", "what", "of", "vi", "en"];
        for language in ["vi", "en"] {
            let said = format!("{} {}", Words::of(language).flaw(&fault.what), Words::of(language).hint(&fault));
            for (name, datum) in data.iter().filter(|(name, _)| !own.contains(&name.as_str())) {
                let texts = datum.as_array().cloned().unwrap_or_else(|| vec![datum.clone()]);
                // The words that are possible are not listed where one of them was meant.
                let is_spared = name == "known" && data.get("meant").is_some_and(Value::is_string);
                for text in texts.iter().filter(|text| !is_spared && !text.is_null() && !text.is_boolean()) {
                    let text = text.as_str().map_or_else(|| text.to_string(), str::to_owned);
                    assert!(said.contains(&text), "{name} {text}: {said}");
                }
            }
        }
    }
}

/// The ends of keys that begin so.
fn keys<'t>(text: &'t str, begin: &'t str) -> BTreeSet<&'t str> {
    text.lines().filter_map(|line| line.strip_prefix(begin)?.split_once(" =")).map(|(key, _)| key).collect()
}

/// Sentences are made in no other place, so that none is left without a translation, and none is kept that nobody reads.
#[test]
fn no_language_has_a_sentence_without_a_flaw() {
    let samples = samples();
    for text in TEXTS {
        let hints = keys(text, "definition-hint-");
        let sentences: BTreeSet<&str> =
            keys(text, "definition-").into_iter().filter(|key| !key.starts_with("hint-") && *key != "more").collect();
        assert_eq!(sentences, Flaw::VARIANTS.iter().copied().collect());
        assert_eq!(keys(text, "name-thing-"), Thing::VARIANTS.iter().copied().collect());
        assert_eq!(keys(text, "name-things-"), Many::VARIANTS.iter().copied().collect());
        let read = |flaw: &Flaw| {
            let own = data(flaw).0;
            if hints.contains(own.as_str()) { own } else { flaw.code().id().to_owned() }
        };
        let read: BTreeSet<String> = samples.iter().map(read).collect();
        assert_eq!(hints.into_iter().map(own).collect::<BTreeSet<_>>(), read);
    }
}

#[test]
fn behind_the_last_fault_it_is_said_how_many_more_there_are() {
    let fault = Diagnostic { more: 4_900, ..fault(Flaw::FewOptions { owner: own("q1"), count: 1 }) };
    assert_eq!(fault.hint().to_string(), "give at least two options (and 4900 more faults after this one)");
    assert_eq!(Words::of("vi").hint(&fault), "hãy ghi ít nhất hai phương án (và sau lỗi này còn 4900 lỗi khác)");
}
