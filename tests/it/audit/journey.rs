//! Every command that changes something, one after another, and what is listed of them in the end.

use std::process::Command;

use par_survey::store::audit::ACTIONS;
use rstest::rstest;
use sea_orm::ConnectionTrait;
use serde_json::{Map, Value};

use crate::command::desk::{Desk, ROUND, Said, UNITS};
use crate::harness::database::{Backend, TestDatabase};

/// Commands that change something, each with who gives it and the event that it leaves. Nobody is named where the account of the machine is.
const DONE: &[(&str, &str, &str)] = &[
    ("units import units.csv", "", "units.import"),
    ("round create r1.toml", "Lan", "round.create"),
    ("round open r1", "Minh", "round.open"),
    ("round extend r1 --closes 2099-12-15", "Hoa", "round.extend"),
    ("codes issue r1 small --unit so-noi-vu --count 17 --public-url https://k.example.vn --slips slips.html", "Bình", "codes.issue"),
    ("responses import r1 small s.csv", "Cúc", "responses.import"),
    ("responses undo r1 small s.csv", "Dung", "responses.undo"),
    ("responses import r1 small s.csv", "Cúc", "responses.import"),
    ("seal test r1", "Giang", "seal.test"),
    ("instances forget server-2", "Hải", "instances.forget"),
    ("round close r1", "Kim", "round.close.begin round.close"),
    ("seal burnt r1", "Liên", "seal.burnt"),
    ("export r1 responses --as-unit outside --attributes none --output sheets.csv", "Mai", "export.responses"),
    ("export r1 remarks --as-unit outside --for-review review.csv", "Mai", "export.review"),
    ("export r1 remarks --as-unit outside --reviewed review.csv --output remarks.csv", "Mai", "export.remarks"),
    ("round publish r1", "Nga", "round.publish"),
    ("scores past past.csv --id 2025 --year 2025 --name-vi Năm --name-en Year", "Oanh", "scores.past"),
    ("scores past past.csv --id 2025 --year 2025 --name-vi Năm --name-en Year --correct sai", "Phúc", "round.correct"),
    ("round create r2.toml", "Lan", "round.create"),
    ("round open r2 --definitions definitions", "Minh", "round.open"),
    ("scores targets r2 targets.csv", "Quý", "scores.targets"),
    ("scores figures r2 figures.csv", "Sinh", "scores.figures"),
];

/// What is done where no command of [`DONE`] can be given: with the test that asks for its event.
const ELSEWHERE: &[(&str, &str)] = &[
    ("round.seal", include_str!("../unsealed.rs")),
    ("instances.salvage", include_str!("../salvage.rs")),
    ("round.close.again", include_str!("../audit.rs")),
    ("migrate.down", include_str!("../schema.rs")),
];

/// Commands that are refused, or change nothing, once all of the others are done.
const NOTHING: &[(&str, i32)] = &[
    ("units import units.csv", 0),
    ("units import units.csv --check", 0),
    ("units import bad.csv", 1),
    ("round create r1.toml", 1),
    ("round open r1", 1),
    ("round extend r1 --closes 2099-12-30", 1),
    ("round close r1", 1),
    ("round publish r1", 1),
    ("round seal r1", 1),
    ("responses import r1 small s.csv", 1),
    ("responses undo r1 small s.csv", 1),
    ("codes issue r1 small --unit so-noi-vu --count 17 --public-url https://k.example.vn --slips more.html", 1),
    ("seal test r1", 1),
    ("instances forget server-2", 1),
    ("scores past past.csv --id 2025 --year 2025 --name-vi Năm --name-en Year", 1),
    ("scores targets r2 targets.csv", 0),
    ("scores targets r2 figures.csv", 1),
    ("scores figures r2 figures.csv", 0),
];

/// What an event may say, so that whoever adds something to one thinks of respondents first.
const SAID: &[(&str, &[&str])] = &[
    ("units.import", &["sha256", "units"]),
    ("round.create", &["closes", "opens", "questionnaires", "schemes", "year"]),
    ("round.open", &["definitions", "seal"]),
    ("round.extend", &["from", "to"]),
    ("codes.issue", &["count", "group", "questionnaire"]),
    ("responses.import", &["again", "import", "lost_secret", "questionnaire"]),
    ("responses.undo", &["import", "questionnaire"]),
    ("seal.test", &[]),
    ("instances.forget", &["instance"]),
    ("round.close.begin", &[]),
    ("round.close", &["given_up", "without"]),
    ("seal.burnt", &[]),
    ("export.responses", &["attributes", "noted", "questionnaire", "reviewed", "to", "unit", "witness", "witness_unit"]),
    ("export.review", &["attributes", "noted", "questionnaire", "reviewed", "to", "unit", "witness", "witness_unit"]),
    ("export.remarks", &["attributes", "noted", "questionnaire", "reviewed", "to", "unit", "witness", "witness_unit"]),
    ("round.publish", &["sha256"]),
    ("scores.past", &["closes", "opens", "questionnaires", "schemes", "sha256", "year"]),
    ("round.correct", &["sha256"]),
    ("scores.targets", &["sha256"]),
    ("scores.figures", &["sha256"]),
];

/// The smallest scheme that scores departments.
const SCHEME: &str = r#"
id = "tiny"
version = "1"
languages = ["vi", "en"]
title = { vi = "Bộ nhỏ", en = "A tiny scheme" }
total = 10
[[block]]
code = "departments"
[[block.band]]
code = "all"
text = { vi = "Đạt", en = "Fair" }
from = 0
[[field]]
code = "reports"
text = { vi = "Báo cáo", en = "Reports" }
maximum = 10
unverified = true
[[field.criterion]]
code = "1-1"
text = { vi = "Kế hoạch", en = "Plan" }
maximum = 10
"#;

/// Units with so many sheets each.
const SHEETS: [(&str, usize); 3] = [("so-noi-vu", 23), ("so-tai-chinh", 22), ("so-y-te", 21)];

/// What is written on a sheet.
const WORDS: &str = "lời không ai được biết";

struct Clerk {
    desk: Desk,
    database: TestDatabase,
}

impl Clerk {
    async fn new(backend: Backend) -> Self {
        let (desk, database) = (Desk::new(), TestDatabase::fresh(backend).await);
        database.store().await;
        desk.file("units.csv", format!("{UNITS}so-y-te,Sở Y tế,Department of Health,departments,,,,\n"));
        desk.file("bad.csv", UNITS.replace("departments", "No Block"));
        desk.file("r1.toml", ROUND);
        desk.file("past.csv", "block,unit,rank\ndepartments,so-noi-vu,1\ndepartments,so-tai-chinh,2\n");
        let sheets = SHEETS.into_iter().flat_map(|(unit, sheets)| (0..sheets).map(move |row| (unit, row)));
        let rows: Vec<String> = sheets.map(|(unit, row)| format!("{unit},{},1,{},{WORDS} {row}\n", 1 + row % 2, 1 + row / 12)).collect();
        desk.file("s.csv", format!("unit,used,sources,rating,words\n{}", rows.concat()));
        std::fs::create_dir(desk.path("definitions")).unwrap();
        desk.file("definitions/tiny.scheme.toml", SCHEME);
        let scored = ROUND.replace("\"r1\"", "\"r2\"").split("\n[[questionnaire]]").next().unwrap().to_owned();
        desk.file("r2.toml", format!("{scored}schemes = [\"tiny\"]\n"));
        desk.file("targets.csv", "plan,year,index,scope,target_type,target_value,source\n87/KH,2026,PAR,whole,rank_at_most,3,a\n");
        desk.file("figures.csv", "index,scope,year,value,source\nPAPI,whole,2026,9,b\n");
        Self { desk, database }
    }

    fn run(&self, words: &str, who: &str) -> Said {
        let mut command = self.desk.command(&words.split(' ').collect::<Vec<_>>());
        command.env("PAR_SURVEY_DATABASE", &self.database.url).env("PAR_SURVEY_KEYS", self.desk.path("keys"));
        if !who.is_empty() {
            command.args(["--as", who]);
        }
        Said::by(&mut command)
    }

    /// Does what has to be there before a command.
    async fn make_way_for(&self, words: &str) {
        if words.starts_with("instances forget") {
            let sql = "INSERT INTO instance (id, name, beats, waiting) VALUES ('2', 'server-2', 9, 0)";
            self.database.raw().await.execute_unprepared(sql).await.unwrap();
        }
        if words.contains("--reviewed") {
            self.keep_all_remarks();
        }
    }

    /// Reviews what was written, and keeps all of it.
    fn keep_all_remarks(&self) {
        let review = std::fs::read_to_string(self.desk.path("review.csv")).unwrap();
        let mut rows = csv::Reader::from_reader(review.trim_start_matches('\u{feff}').as_bytes());
        let head = rows.headers().unwrap().clone();
        let mut kept = csv::Writer::from_writer(Vec::new());
        kept.write_record(&head).unwrap();
        for row in rows.records().map(Result::unwrap) {
            kept.write_record(head.iter().zip(&row).map(|(column, cell)| if column == "decision" { "keep" } else { cell })).unwrap();
        }
        self.desk.file("review.csv", kept.into_inner().unwrap());
    }

    fn events(&self, of: &str) -> Vec<Map<String, Value>> {
        let said = self.run(&format!("audit list{of} --format json"), "");
        assert_eq!(said.code, 0, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }
}

fn account() -> String {
    String::from_utf8(Command::new("id").arg("-un").output().unwrap().stdout).unwrap().trim().to_owned()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn every_command_that_changes_something_leaves_its_event_with_who_did_it(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let clerk = Clerk::new(backend).await;
    let mut expected = Vec::new();
    for (words, who, actions) in DONE {
        clerk.make_way_for(words).await;
        let said = clerk.run(words, who);
        assert_eq!(said.code, 0, "{words} {}", said.err);
        // To whom single sheets are given is said with --as; the account of the machine gives them.
        let who = if who.is_empty() || words.starts_with("export") { account() } else { (*who).to_owned() };
        expected.extend(actions.split(' ').map(|action| ((*action).to_owned(), who.clone())));
    }
    for (words, code) in NOTHING {
        let said = clerk.run(words, if words.starts_with("units") { "" } else { "Quân" });
        assert_eq!(said.code, *code, "{words} {}", said.err);
    }
    let events = clerk.events("");
    let text = |event: &Map<String, Value>, name: &str| event[name].as_str().unwrap().to_owned();
    let found: Vec<_> = events.iter().map(|event| (text(event, "action"), text(event, "who"))).collect();
    assert_eq!(found, expected);
    for event in &events {
        let (_, said) = SAID.iter().find(|(action, _)| *action == event["action"]).unwrap();
        assert!(event["detail"].as_object().unwrap().keys().eq(said.iter()), "{event:?}");
        let at = text(event, "done_at");
        assert!(at.len() == 20 && at.ends_with('Z') && at.parse::<jiff::Timestamp>().is_ok(), "{at}");
    }
    assert_eq!(events[4]["detail"], serde_json::json!({ "count": 17, "group": "", "questionnaire": "small" }));
    assert_eq!(events[3]["detail"], serde_json::json!({ "from": "2099-11-30T17:00:00Z", "to": "2099-12-15T17:00:00Z" }));
    let of_round = clerk.events(" r1");
    assert!(of_round.iter().all(|event| event["round"] == "r1") && of_round.len() == events.len() - 8, "{of_round:?}");
    let listed = clerk.run("audit list", "").out;
    assert_eq!(listed.lines().count(), 1 + events.len());
    let extended: Vec<&str> = listed.lines().find(|line| line.contains("round.extend")).unwrap().split_whitespace().skip(1).collect();
    assert_eq!(extended.join(" "), "Hoa round.extend r1 from 2099-11-30T17:00:00Z, to 2099-12-15T17:00:00Z");
}

/// While a round is open and afterwards: no answer, nothing that was written, and of no file how many sheets it had.
#[tokio::test(flavor = "multi_thread")]
async fn no_event_says_what_was_answered_or_how_many_did() {
    let clerk = Clerk::new(Backend::Sqlite).await;
    for (words, who, _) in DONE {
        clerk.make_way_for(words).await;
        assert_eq!(clerk.run(words, who).code, 0, "{words}");
        let events = clerk.events("");
        for event in &events {
            let numbers = event["detail"].as_object().unwrap().iter().filter(|(_, value)| value.is_number());
            let known = ["count", "given_up", "import", "units", "year"];
            assert!(
                numbers.clone().all(|(name, value)| known.contains(&name.as_str()) && SHEETS.iter().all(|(_, sheets)| *value != *sheets)),
                "{event:?}"
            );
        }
        let all = serde_json::to_string(&events).unwrap();
        assert!(!all.contains(WORDS), "{all}");
        let slips = std::fs::read_to_string(clerk.desk.path("slips.html")).unwrap_or_default();
        let codes: Vec<&str> = slips.split("<p class=code>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert!(slips.is_empty() || codes.len() == 17);
        assert!(codes.iter().all(|code| !all.contains(code) && !all.contains(&code.replace('-', ""))), "{all}");
    }
    assert_eq!(clerk.database.number("SELECT CAST(count(*) AS bigint) FROM response").await, 66);
}

#[test]
fn whatever_is_written_down_is_done_in_the_journey_or_elsewhere() {
    let done: Vec<&str> = DONE.iter().flat_map(|(_, _, actions)| actions.split(' ')).collect();
    let elsewhere = |action: &str| ELSEWHERE.iter().any(|(name, test)| *name == action && test.contains(&format!("\"{action}\"")));
    let missing: Vec<_> = ACTIONS.iter().filter(|action| !done.contains(action) && !elsewhere(action)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
