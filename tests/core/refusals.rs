//! Refusals: each has its sentence in both languages, and whatever command helps is one that there is.

use std::collections::BTreeSet;
use std::fmt::Write;

use clap::CommandFactory;
use par_survey::cli::{Cli, said};
use par_survey::refusal::{Correcting, Cost, Misread, PersonText, Refusal, Remedy, SetAside};
use par_survey::round::RoundState;
use par_survey::round::steps::{ScorePart, Step};
use par_survey::words::Words;
use strum::VariantNames;

fn code(refusal: &Refusal) -> String {
    serde_json::to_value(refusal).unwrap()["code"].as_str().unwrap().to_owned()
}

/// One of each, and more where a sentence says different things.
#[expect(clippy::too_many_lines, reason = "a list")]
fn samples_of_rounds() -> Vec<Refusal> {
    let (round, own) = (|| "2026".to_owned(), |text: &str| text.to_owned());
    let (unit, questionnaire, fingerprint) = (|| own("so-y-te"), || own("sipas-2026"), || own("1a2b 3c4d"));
    let (state, step) = (RoundState::Open, Step::Council);
    let two = |one: &str, other: &str| vec![own(one), own(other)];
    let cost = |attributes: Vec<String>| Cost { attributes, values: own("12.5"), sheets: own("40.0") };
    vec![
        Refusal::NoRound { round: round() },
        Refusal::RoundExists { round: round() },
        Refusal::RoundStep { round: round(), state: own("closed"), to_state: RoundState::Closing, from_state: state },
        Refusal::ClosedAlready { round: round() },
        Refusal::NotOpen { round: round(), state: own("draft") },
        Refusal::NotClosed { round: round(), state },
        Refusal::NotPublished { round: round(), state },
        Refusal::NeverOpened { round: round() },
        Refusal::NoFigures { round: round(), state },
        Refusal::DraftFigures { round: round() },
        Refusal::NoSheets { round: round(), state },
        Refusal::NoScores { round: round() },
        Refusal::NoRows { table: own("indices"), questionnaires: vec![own("par-officials")], others: two("distributions", "components") },
        Refusal::NotAsked { round: round(), questionnaire: own("sipas"), asked: two("sipas-2026", "par") },
        Refusal::QuestionnaireWanted { round: round(), asked: two("sipas-2026", "par") },
        Refusal::QuestionnaireWanted { round: round(), asked: Vec::new() },
        Refusal::NotDraft { round: round(), state },
        Refusal::WindowReversed { round: round() },
        Refusal::WindowOver { round: round(), end: own("2026-11-30 24:00") },
        Refusal::NoPurpose { round: round() },
        Refusal::NoUnits { questionnaire: questionnaire() },
        Refusal::UnitsOutside {
            questionnaire: questionnaire(),
            first_day: own("2026-11-01"),
            last_day: own("2026-11-30"),
            units: two("phuong-1 (… – 2025-06-30) → phuong-2", "xa-moi (2026-11-15 – …)"),
        },
        Refusal::NoQuestionnaire { questionnaire: questionnaire() },
        Refusal::RightNotForAll,
        Refusal::RightNotForRound { round: own("2026") },
        Refusal::RightNotForUnit { round: own("2026"), unit: own("so-noi-vu") },
        Refusal::NoSuchScheme { scheme: own("departments") },
        Refusal::SchemeWithoutUnits { scheme: own("departments"), blocks: two("departments", "communes"), year: 2026 },
        Refusal::ScoredTwice { scheme: own("a"), other: own("b"), block: own("communes"), year: 2026 },
        Refusal::NotExtended { round: round(), state: RoundState::Closed },
        Refusal::RunsLonger { round: round(), until: own("2026-11-30 24:00") },
        Refusal::EndPassed { end: own("2026-11-30 24:00") },
        Refusal::NoSeal { round: round() },
        Refusal::NotToSeal { round: round(), state: own("draft") },
        Refusal::NothingToSeal { round: round() },
        Refusal::BurntBefore { round: round(), who: own("Lê Văn C") },
        Refusal::SealedAlready { round: round(), fingerprint: fingerprint() },
        Refusal::KeyWanted { round: round(), fingerprint: fingerprint() },
        Refusal::OtherKey { round: round(), fingerprint: fingerprint() },
        Refusal::NoKey { round: round(), state: RoundState::Published },
        Refusal::KeyNeeded { round: round(), state: RoundState::Closing },
        Refusal::NothingToBurn { round: round() },
        Refusal::SecretWanted { round: round() },
        Refusal::OtherSecret { round: round() },
        Refusal::SecretMissing { round: round(), file: "keys/2026.pepper".into() },
        Refusal::SecretLeft { round: round(), cause: own("Permission denied") },
        Refusal::NoGroups { questionnaire: questionnaire() },
        Refusal::NoGroup { questionnaire: questionnaire(), groups: two("leaders", "deputies") },
        Refusal::UnitAskedWanted,
        Refusal::OwnUnitWanted,
        Refusal::UnitsFixed { group: own("deputies") },
        Refusal::UnitNotAsked { unit: unit() },
        Refusal::NoParent { unit: unit() },
        Refusal::BlockSize { block: own("communes"), units: 120, most: 40 },
        Refusal::NoServer { server: own("a"), known: two("b", "c") },
        Refusal::NoServer { server: own("a"), known: Vec::new() },
        Refusal::Unreported { round: round(), servers: two("a", "b"), holding: vec![own("b")] },
        Refusal::Unreported { round: round(), servers: two("a", "b"), holding: Vec::new() },
        Refusal::LostWithKey {
            round: round(),
            in_all: 6,
            sheets: 2,
            rows: 3,
            letterboxes: 1,
            set_aside: vec![SetAside { server: own("a"), rows: 3 }],
            left_out: vec![own("b")],
        },
        Refusal::LostWithKey { round: round(), in_all: 2, sheets: 2, rows: 0, letterboxes: 0, set_aside: Vec::new(), left_out: Vec::new() },
        Refusal::NoRoomToClose { round: round(), state: RoundState::Closing, cause: own("database or disk is full"), megabytes: Some(12) },
        Refusal::NoRoomToClose { round: round(), state, cause: own("database or disk is full"), megabytes: None },
        Refusal::NotInFile { round: round(), cause: own("database or disk is full") },
        Refusal::ServersRun { servers: two("a", "b") },
        Refusal::ServerRuns { server: own("a") },
        Refusal::ServerMayHold { server: own("server-2") },
        Refusal::NoLetterbox { file: "letterbox.db".into() },
        Refusal::NotALetterbox { file: "2026.key".into() },
        Refusal::LetterboxInUse { file: "letterbox.db".into() },
        Refusal::NothingToSalvage,
        Refusal::SeveralToSalvage { rounds: two("2025", "2026") },
        Refusal::ServerNameTaken { server: own("a") },
        Refusal::ServerMoves { server: own("a") },
        Refusal::FileElsewhere { round: own("2025") },
        Refusal::FileShared { round: round(), other: own("2025") },
        Refusal::FileRepeated { sheets: own("10-49") },
        Refusal::SheetsRepeated { sheets: own("10-49") },
        Refusal::UnitRepeated,
        Refusal::FilesOtherSecret,
        Refusal::FileChanges,
        Refusal::FileNotImported,
        Refusal::OtherAttributes { attributes: two("gender", "age"), who: own("Lê Văn C"), chosen_day: own("2026-12-01") },
        Refusal::OtherAttributes { attributes: Vec::new(), who: own("Lê Văn C"), chosen_day: own("2026-12-01") },
        Refusal::NoAttribute { attribute: own("income"), known: two("gender", "age") },
        Refusal::AttributesWanted { least: 5, all: false, costs: vec![cost(vec![own("age")]), cost(two("gender", "age"))] },
        Refusal::FewRemarks { sheets: 50, units: 3, rated: false },
        Refusal::FewRemarks { sheets: 50, units: 3, rated: true },
        Refusal::NoUnit { unit: unit(), outside: None },
        Refusal::NoUnit { unit: unit(), outside: Some(own("outside")) },
        Refusal::Alone { unit: unit(), who: own("Lê Văn C") },
        Refusal::SamePerson,
        Refusal::OneHouse { unit: unit(), other: own("chi-cuc") },
        Refusal::NotApproved { round: round(), step, last_step: Step::Approval },
        Refusal::NothingPublished { round: round() },
        Refusal::NotScored { round: own("2024") },
        Refusal::NotImported { round: round() },
        Refusal::Unranked { units: two("so-y-te", "so-noi-vu") },
        Refusal::Unscored { cells: 1, first: vec![own("so-y-te 1-1")] },
        Refusal::Unscored { cells: 7, first: two("so-y-te 1-1", "so-y-te 1-2") },
        Refusal::Strays { round: round(), units: two("so-y-te", "so-noi-vu") },
        Refusal::NoRanking { round: own("2025"), of: round() },
        Refusal::ScoresOfDraft { round: round() },
        Refusal::NoScheme { round: round() },
        Refusal::ScoresPublished { round: round(), correcting: Correcting::Sheets },
        Refusal::ScoresPublished { round: round(), correcting: Correcting::Targets },
        Refusal::ScoresPublished { round: round(), correcting: Correcting::Figures },
        Refusal::StepEarly { round: round(), step, first_day: own("2026-11-04") },
        Refusal::StepLate { round: round(), step, last_day: own("2026-11-04") },
        Refusal::PartNotOpen { step, part: ScorePart::Evidence, open_steps: ScorePart::Evidence.steps().into_iter().collect() },
        Refusal::UnitNotScored { round: round(), unit: unit() },
        Refusal::NoCriterion { round: round(), unit: unit(), criterion: own("1-9") },
        Refusal::Surveyed { criterion: own("2-1") },
        Refusal::OwnOrigin { unit: unit() },
        Refusal::NoSiteAddress { round: own("2026") },
        Refusal::AddressTooLong { address: own("https://khaosat.example.gov.vn/2026/sipas-2026/so-y-te") },
        Refusal::LinkNotWhole,
        Refusal::NoWords { text: PersonText::Explanation },
        Refusal::TooLong { text: PersonText::Name, characters: 201, most: 200 },
        Refusal::TooLong { text: PersonText::Evidence, characters: 5_001, most: 5_000 },
        Refusal::ControlCharacters { text: PersonText::Reason },
        Refusal::ServerComma { server: own("a,b") },
        Refusal::FileEmpty { file: "kế hoạch.pdf".into() },
        Refusal::FileTooLarge { file: "kế hoạch.pdf".into(), most: 100 },
        Refusal::NoSteps { round: round() },
        Refusal::LastStep { round: round() },
        Refusal::StepFollows { round: round(), step, next_step: Step::Survey, possible_steps: step.next().to_vec() },
        Refusal::NoDays { round: round(), step },
        Refusal::StepEndsBefore { step, first_day: own("2026-11-04"), last_day: own("2026-11-03") },
        Refusal::Changed { round: round() },
        Refusal::Schema { steps: two("m20261122_000001_audit", "m20261128_000001_more") },
    ]
}

/// Of files, of databases and of letterboxes.
fn samples_of_files() -> Vec<Refusal> {
    let (file, own) = (|| "letterbox.db".into(), |text: &str| text.to_owned());
    let address = [Misread::Kind, Misread::Scheme, Misread::Signs, Misread::Password, Misread::Port, Misread::Setting, Misread::Other];
    let next = [Remedy::Room, Remedy::Access, Remedy::Again, Remedy::Mend];
    let unusable = |next| Refusal::SecretUnusable { file: "keys/2026.pepper".into(), cause: own("Permission denied"), next };
    let plain = [
        Refusal::NotAFile { file: "s.csv".into() },
        Refusal::LetterboxCopied,
        Refusal::LetterboxNewer,
        Refusal::LetterboxBusy { file: file() },
        Refusal::LetterboxRead,
        Refusal::DatabaseRead,
        Refusal::DatabaseNewer { steps: vec![own("m20991231_000001_later")] },
        Refusal::NoDatabase { file: own("/srv/par-survey.db") },
        Refusal::SchemaStays { rounds: vec![own("2025"), own("2026")] },
        Refusal::UnitDamaged { unit: own("so-y-te") },
        Refusal::RoundGone { questionnaire: own("sipas-2026") },
        Refusal::AnswersChange,
        Refusal::OtherSeal { fingerprint: own("1a2b 3c4d") },
        Refusal::Unsealed,
        Refusal::EverybodysFolder,
        Refusal::OpenToOthers { cause: own("Operation not permitted"), mode: own("600") },
        Refusal::NoSecret { file: "keys/2026.pepper".into() },
    ];
    let address = address.map(|why| Refusal::DatabaseAddress { why });
    plain.into_iter().chain(address).chain(next.map(unusable)).collect()
}

/// Every sample.
fn samples() -> Vec<Refusal> {
    [samples_of_rounds(), samples_of_files()].concat()
}

#[test]
fn every_refusal_is_among_the_samples() {
    let sampled: BTreeSet<String> = samples().iter().map(code).collect();
    assert_eq!(sampled, Refusal::VARIANTS.iter().map(|&name| name.to_owned()).collect());
}

#[test]
fn every_refusal_is_said_in_both_languages_with_all_that_it_names() {
    let mut said = String::new();
    for refusal in samples() {
        let [vi, en] = ["vi", "en"].map(|language| Words::of(language).refusal(&refusal));
        for sentence in [&vi, &en] {
            assert!(!sentence.is_empty() && !sentence.contains("refusal-") && !sentence.contains("{$"), "{refusal:?}: {sentence}");
            assert!(!sentence.ends_with('.') && !sentence.contains("  "), "{sentence}");
        }
        assert_ne!(vi, en);
        assert_eq!(refusal.to_string(), en, "logs are in English");
        assert!(!en.contains("`par-survey") && !en.contains("--"), "what helps is the command line's: {en}");
        writeln!(said, "{}\n  {vi}\n  {en}", code(&refusal)).unwrap();
    }
    insta::assert_snapshot!(said);
}

/// Sentences are made in no other place, so that none is left without a translation.
#[test]
fn no_language_has_a_sentence_without_a_refusal() {
    for text in [include_str!("../../src/words/vi/refusal.ftl"), include_str!("../../src/words/en/refusal.ftl")] {
        let keys: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("refusal-")?.split(" =").next()).collect();
        assert_eq!(keys, Refusal::VARIANTS.iter().copied().collect());
    }
}

/// What stands in a command for something that the reader fills in: a value that the command takes.
fn value(word: &str) -> &str {
    match word {
        "DATE" => "2026-12-01",
        "YEAR" => "2024",
        "STEP" => "council",
        word => word,
    }
}

#[test]
fn every_command_that_helps_is_one_that_there_is() {
    let mut commands = 0;
    for refusal in samples() {
        let said = said(&refusal.clone().into());
        assert!(said.starts_with(&refusal.to_string()), "{said}");
        let named = said.split('`').skip(1).step_by(2).filter(|named| named.starts_with("par-survey "));
        for command in named {
            commands += 1;
            let words = command.split(' ').map(value);
            if let Err(error) = Cli::command().try_get_matches_from(words) {
                panic!("`{command}`: {error}");
            }
        }
        for option in said.split_whitespace().filter_map(|word| word.strip_prefix("--")) {
            let option = option.trim_end_matches([',', ';', '.', '`']);
            assert!(is_option(&Cli::command(), option), "--{option}: {said}");
        }
    }
    assert!(commands > 15, "{commands}");
}

fn is_option(command: &clap::Command, name: &str) -> bool {
    command.get_arguments().any(|argument| argument.get_long() == Some(name)) || command.get_subcommands().any(|sub| is_option(sub, name))
}
