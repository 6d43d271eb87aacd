//! Codes by the command line: files of slips and lists, what is refused, what status tells.

use std::collections::HashMap;
use std::path::Path;

use par_survey::survey::code::Code;

use super::desk::{Desk, ROUND, UNITS};

const ISSUE: [&str; 12] = [
    "codes",
    "issue",
    "r1",
    "small",
    "--unit",
    "so-noi-vu",
    "--count",
    "23",
    "--public-url",
    "https://khaosat.example.vn",
    "--slips",
    "slips.html",
];

#[test]
fn slips_and_list_hold_the_same_codes_and_the_database_none() {
    let desk = Desk::with_open_round();
    let said = desk.run(&[&ISSUE[..], &["--list", "list.csv"]].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.starts_with("issued 23 codes for small (seed ") && said.err.contains("could know who got which code"));
    let slips = std::fs::read_to_string(desk.path("slips.html")).unwrap();
    let printed: Vec<&str> = slips.split("<p class=code>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!((printed.len(), slips.matches("<section>").count(), slips.matches("<svg").count()), (23, 3, 23));
    let list = std::fs::read(desk.path("list.csv")).unwrap();
    let mut list = csv::Reader::from_reader(list.strip_prefix(b"\xef\xbb\xbf").unwrap());
    let rows: Vec<csv::StringRecord> = list.records().map(Result::unwrap).collect();
    let codes: Vec<Code> = rows.iter().map(|row| Code::read(&row[1]).unwrap()).collect();
    assert_eq!(codes.iter().map(Code::grouped).collect::<Vec<_>>(), printed);
    assert!(rows.iter().zip(&codes).all(|(row, code)| row[0] == format!("https://khaosat.example.vn/c#{}", code.compact())));
    assert!(rows.iter().all(|row| row[3].contains("có thể biết ai nhận mã nào")));
    let dump = std::fs::read(desk.path("par-survey.db")).unwrap();
    assert!(codes.iter().all(|code| !dump.windows(11).any(|bytes| bytes == code.compact().as_bytes())));
    assert_eq!(desk.number("SELECT count(*) FROM code_1 WHERE used = 0"), 23);
    let status: serde_json::Value = serde_json::from_str(&desk.done(&["codes", "status", "r1", "--format", "json"])).unwrap();
    assert_eq!((status[0]["issued"].as_i64(), status[0]["used"].as_str()), (Some(23), Some("<50%")));
    assert!(desk.refused(&ISSUE).contains("is never overwritten"));
    assert_eq!(desk.number("SELECT count(*) FROM code_1"), 23, "a refused issue leaves nothing");
    desk.done(&["round", "close", "r1"]);
    let status = desk.done(&["codes", "status", "r1"]);
    assert_eq!(status.lines().last().unwrap().split_whitespace().collect::<Vec<_>>(), ["small", "23", "0"]);
    assert!(desk.path("keys/r1.pepper").exists());
    assert!(desk.done(&["round", "publish", "r1"]).contains("the secret of the round's codes is destroyed"));
    assert!(!desk.path("keys/r1.pepper").exists());
}

#[test]
fn few_codes_for_a_unit_are_warned_of() {
    let desk = Desk::with_open_round();
    let mut few = ISSUE;
    few[7] = "9";
    assert!(desk.run(&few).err.contains("warning: fewer than 10 codes can rate so-noi-vu"));
}

#[test]
fn what_cannot_be_issued_is_refused_with_a_reason() {
    let desk = Desk::with_open_round();
    let with = |place: usize, word: &'static str| {
        let mut changed = ISSUE;
        changed[place] = word;
        changed
    };
    assert!(desk.refused(&with(3, "nope")).contains("the round asks no questionnaire `nope`; it asks small"));
    assert!(desk.refused(&with(5, "nowhere")).contains("does not ask about the unit `nowhere`"));
    assert!(desk.refused(&with(9, "khaosat")).contains("is not the address of a site"));
    assert!(desk.refused(&[&ISSUE[..], &["--group", "deputies"]].concat()).contains("has no groups"));
    assert!(!desk.path("slips.html").exists());
}

/// A paper batch of ratings counts like those that came by code.
#[test]
fn ratings_on_paper_name_the_rated_unit_and_the_group() {
    let desk = Desk::new();
    desk.file("units.csv", UNITS);
    desk.done(&["units", "import", "units.csv"]);
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions");
    let shipped = shipped.to_str().unwrap();
    desk.file("r1.toml", ROUND.replace("small", "par-officials-departments"));
    desk.done(&["round", "create", "r1.toml"]);
    desk.done(&["round", "open", "r1", "--definitions", shipped]);
    let import = ["responses", "import", "r1", "par-officials-departments", "s.csv"];
    let items = "l1,l2,i1,i2,a1,a2,a3,c1,c2,c3,f1,f2,d1,d2";
    let file = |unit: &str, group: &str, rows: usize| {
        format!("{unit},group,{items}\n{}", format!("so-noi-vu,{group}{}\n", ",4".repeat(14)).repeat(rows))
    };
    desk.file("s.csv", file("unit", "deputies", 1));
    assert!(desk.refused(&import).contains("column rated_unit: this column is missing"));
    desk.file("s.csv", file("rated_unit", "citizens", 1));
    assert!(desk.refused(&import).contains("column group: write one of the groups of the definition: deputies, "));
    desk.file("s.csv", file("rated_unit", "deputies", 12));
    assert!(desk.done(&import).contains("12 sheets"));
    desk.done(&["round", "close", "r1"]);
    let csv = desk.done(&["export", "r1", "components", "--draft", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<HashMap<String, String>> = rows.deserialize().map(Result::unwrap).collect();
    let about: Vec<_> = rows.iter().filter(|row| row["unit"] == "so-noi-vu").collect();
    assert_eq!(about.len(), 6 * 5, "six criteria, each with four groups");
    let points: Vec<(&str, &str)> =
        about.iter().filter(|row| row["group"].is_empty()).map(|row| (&*row["points"], &*row["maximum"])).collect();
    assert!(points.iter().all(|(points, maximum)| points == maximum), "all good is all points: {points:?}");
    let deputies = about.iter().find(|row| row["group"] == "deputies").unwrap();
    assert_eq!((deputies["sheets"].as_str(), deputies["group_used"].as_str(), deputies["share"].as_str()), ("12", "yes", ">=90"));
}
