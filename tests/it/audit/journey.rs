//! Every command that changes something, one after another, and what is listed of them in the end.

use std::process::Command;

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
    ("round publish r1", "Nga", "round.publish"),
    ("scores past past.csv --id 2025 --year 2025 --name-vi Năm --name-en Year", "Oanh", "scores.past"),
    ("scores past past.csv --id 2025 --year 2025 --name-vi Năm --name-en Year --correct sai", "Phúc", "round.correct"),
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
];

/// What an event may say, so that whoever adds something to one thinks of respondents first.
const SAID: &[(&str, &[&str])] = &[
    ("units.import", &["sha256", "units"]),
    ("round.create", &["closes", "opens", "questionnaires", "schemes", "year"]),
    ("round.open", &["definitions", "seal"]),
    ("round.extend", &["from", "to"]),
    ("codes.issue", &["count", "group", "questionnaire"]),
    ("responses.import", &["again", "questionnaire", "sha256"]),
    ("responses.undo", &["questionnaire", "sha256"]),
    ("seal.test", &[]),
    ("instances.forget", &["instance"]),
    ("round.close.begin", &[]),
    ("round.close", &["given_up", "without"]),
    ("seal.burnt", &[]),
    ("export.responses", &["attributes", "questionnaire", "reviewed", "to", "unit", "witness", "witness_unit"]),
    ("round.publish", &["sha256"]),
    ("scores.past", &["closes", "opens", "questionnaires", "schemes", "sha256", "year"]),
    ("round.correct", &["sha256"]),
];

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
        desk.file("units.csv", UNITS);
        desk.file("bad.csv", UNITS.replace("departments", "No Block"));
        desk.file("r1.toml", ROUND);
        desk.file("past.csv", "block,unit,rank\ndepartments,so-noi-vu,1\ndepartments,so-tai-chinh,2\n");
        let rows: Vec<String> = (0..23).map(|row| format!("so-noi-vu,{},1,{},{WORDS} {row}\n", 1 + row % 2, 1 + row / 12)).collect();
        desk.file("s.csv", format!("unit,used,sources,rating,words\n{}", rows.concat()));
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
        if words.starts_with("instances forget") {
            let sql = "INSERT INTO instance (id, name, beats, waiting) VALUES ('2', 'server-2', 9, 0)";
            clerk.database.raw().await.execute_unprepared(sql).await.unwrap();
        }
        let said = clerk.run(words, who);
        assert_eq!(said.code, 0, "{words} {}", said.err);
        let who = if who.is_empty() { account() } else { (*who).to_owned() };
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
    assert!(of_round.iter().all(|event| event["round"] == "r1") && of_round.len() == events.len() - 4, "{of_round:?}");
    let listed = clerk.run("audit list", "").out;
    assert_eq!(listed.lines().count(), 1 + events.len());
    let extended: Vec<&str> = listed.lines().find(|line| line.contains("round.extend")).unwrap().split_whitespace().skip(1).collect();
    assert_eq!(extended.join(" "), "Hoa round.extend r1 from 2099-11-30T17:00:00Z, to 2099-12-15T17:00:00Z");
}

/// While a round is open and afterwards: no answer, nothing that was written, and of no file how many sheets it had.
#[tokio::test(flavor = "multi_thread")]
async fn no_event_says_what_was_answered_or_how_many_did() {
    let clerk = Clerk::new(Backend::Sqlite).await;
    for (words, who, _) in DONE.iter().filter(|(words, _, _)| !words.starts_with("instances")) {
        assert_eq!(clerk.run(words, who).code, 0, "{words}");
        let events = clerk.events("");
        for event in &events {
            let numbers = event["detail"].as_object().unwrap().iter().filter(|(_, value)| value.is_number());
            let known = ["count", "given_up", "units", "year"];
            assert!(numbers.clone().all(|(name, value)| known.contains(&name.as_str()) && *value != 23), "{event:?}");
        }
        let all = serde_json::to_string(&events).unwrap();
        assert!(!all.contains(WORDS), "{all}");
        let slips = std::fs::read_to_string(clerk.desk.path("slips.html")).unwrap_or_default();
        let codes: Vec<&str> = slips.split("<p class=code>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
        assert!(slips.is_empty() || codes.len() == 17);
        assert!(codes.iter().all(|code| !all.contains(code) && !all.contains(&code.replace('-', ""))), "{all}");
    }
    assert_eq!(clerk.database.number("SELECT CAST(count(*) AS bigint) FROM response").await, 23);
}
