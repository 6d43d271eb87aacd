//! Codes by the command line: files of slips and lists, what is refused, what status tells.

use super::desk::Desk;
use par_survey::survey::code::Code;

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
    assert!(desk.done(&["codes", "status", "r1"]).contains("small                23      0"), "{}", desk.done(&["codes", "status", "r1"]));
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
