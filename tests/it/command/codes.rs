//! Codes by the command line: files of slips and lists, what is refused, what status tells.

use std::path::Path;

use par_survey::survey::code::Code;

use super::desk::{Desk, ROUND, UNITS, table};

const IMPORT: [&str; 7] = ["responses", "import", "r1", "par-officials-departments", "s.csv", "--as", "Lê Văn C"];
const ITEMS: &str = "l1,l2,i1,i2,a1,a2,a3,c1,c2,c3,f1,f2,d1,d2";

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
    assert_eq!((printed.len(), slips.matches("<section>").count(), slips.matches("<svg").count()), (23, 12, 23), "rows of two");
    let list = std::fs::read(desk.path("list.csv")).unwrap();
    let mut list = csv::Reader::from_reader(list.strip_prefix(b"\xef\xbb\xbf").unwrap());
    let rows: Vec<csv::StringRecord> = list.records().map(Result::unwrap).collect();
    let codes: Vec<Code> = rows.iter().map(|row| Code::read(&row[1]).unwrap()).collect();
    assert_eq!(codes.iter().map(Code::grouped).collect::<Vec<_>>(), printed);
    assert!(rows.iter().zip(&codes).all(|(row, code)| row[0] == format!("https://khaosat.example.vn/c#{}", code.compact())));
    assert!(rows.iter().all(|row| row[3].contains("có thể biết ai nhận mã nào")));
    let dump = std::fs::read(desk.path("par-survey.db")).unwrap();
    assert!(codes.iter().all(|code| !dump.windows(16).any(|bytes| bytes == code.compact().as_bytes())));
    assert_eq!(desk.number("SELECT count(*) FROM code_1"), 23);
    let status: serde_json::Value = serde_json::from_str(&desk.done(&["codes", "status", "r1", "--format", "json"])).unwrap();
    assert_eq!((status[0]["issued"].as_i64(), status[0]["used"].as_str()), (Some(23), Some("<50%")));
    assert!(desk.refused(&ISSUE).contains("is never overwritten"));
    assert_eq!(desk.number("SELECT count(*) FROM code_1"), 23, "a refused issue leaves nothing");
    desk.done(&["round", "close", "r1"]);
    let status = desk.done(&["codes", "status", "r1"]);
    assert_eq!(
        status.lines().last().unwrap().split("  ").filter(|cell| !cell.is_empty()).map(str::trim).collect::<Vec<_>>(),
        ["small", "23", "under the floor"]
    );
    // Whoever looks in another folder is told that nothing was found there, and destroys it with the same command later.
    let published = desk.done(&["round", "publish", "r1", "--as", "Lan", "--keys", "elsewhere"]);
    assert!(published.contains("the secret of the round's codes is not in elsewhere/r1.pepper"), "{published}");
    assert!(desk.path("keys/r1.pepper").exists());
    let again = desk.done(&["round", "publish", "r1", "--as", "Lan"]);
    assert!(again.contains("secret of the round's codes is destroyed") && again.contains("r1 was published before; SHA-256"), "{again}");
    assert!(!desk.path("keys/r1.pepper").exists());
    assert!(desk.refused(&["round", "publish", "r1", "--as", "Lan"]).contains("is published; only a closed round can be published"));
    assert_eq!(desk.number("SELECT count(*) FROM snapshot"), 1);
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
    assert!(desk.refused(&with(3, "nope")).contains("round `r1` does not ask `nope`; it asks small"));
    assert!(desk.refused(&with(5, "nowhere")).contains("does not ask about the unit `nowhere`"));
    let said = desk.run(&with(9, "khaosat"));
    assert!(said.code == 2 && said.err.contains("is not the address of a site"), "{}", said.err);
    assert!(desk.refused(&[&ISSUE[..], &["--group", "deputies"]].concat()).contains("has no groups"));
    assert!(!desk.path("slips.html").exists());
}

/// A desk with an open round in which officials rate departments.
fn rating_desk() -> Desk {
    let desk = Desk::new();
    desk.file("units.csv", UNITS);
    desk.done(&["units", "import", "units.csv"]);
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions");
    let shipped = shipped.to_str().unwrap();
    desk.file("r1.toml", ROUND.replace("small", "par-officials-departments"));
    desk.done(&["round", "create", "r1.toml"]);
    desk.done(&["round", "open", "r1", "--definitions", shipped]);
    desk
}

/// What the form says with one choice, a file says with one column: a rating that is none, as is a row in which everything was passed over.
#[test]
fn a_row_says_that_a_unit_was_not_worked_with_and_nothing_else() {
    let desk = rating_desk();
    let header = format!("rated_unit,group,not_worked_with,{ITEMS},remark\n");
    let (nothing, all) = (",".repeat(14), ",4".repeat(14));
    let row = |mark: &str, answers: &str, remark: &str| format!("so-noi-vu,deputies,{mark}{answers},{remark}\n");
    let half = format!("{},4,4", ",".repeat(12));
    desk.file("s.csv", [&*header, &row("1", &half, "lời"), &row("yes", &all, ""), &row("1", &nothing, "")].concat());
    let expected = "s.csv: 4 faults; nothing was changed
  row 2, column d1: leave it empty: the row says that the respondent has not worked with the unit
  row 2, column d2: leave it empty: the row says that the respondent has not worked with the unit
  row 2, column remark: leave it empty: the row says that the respondent has not worked with the unit
  row 3, column not_worked_with: write 1 where the respondent has not worked with the unit; otherwise 0, or leave it empty";
    assert_eq!(desk.refused(&IMPORT), expected);
    assert_eq!(desk.number("SELECT count(*) FROM open_sheet_1"), 0);

    desk.file("s.csv", [&*header, &row("1", &nothing, ""), &row("0", &all, "lời"), &row("", &all, ""), &row("", &nothing, "")].concat());
    assert_eq!(desk.done(&IMPORT), "imported 2 sheets into round r1; 2 rows without an answer passed over\n");
    desk.done(&["round", "close", "r1"]);
    let stored = |byte: &str| desk.number(&format!("SELECT count(*) FROM response WHERE hex(answers) = '{}'", byte.repeat(14)));
    assert_eq!((stored("00"), stored("06"), stored("01")), (0, 2, 0), "not asked, the fourth option, passed over");

    let citizens = Desk::with_open_round();
    citizens.file("s.csv", "unit,not_worked_with,used,sources,rating\n");
    let refused = citizens.refused(&["responses", "import", "r1", "small", "s.csv", "--as", "x"]);
    assert!(refused.contains("column not_worked_with: questionnaire `small` has no such item"), "{refused}");
}

/// A paper batch of ratings counts like those that came by code.
#[test]
fn ratings_on_paper_name_the_rated_unit_and_the_group() {
    let desk = rating_desk();
    let file = |unit: &str, group: &str, rows: usize| {
        format!("{unit},group,{ITEMS}\n{}", format!("so-noi-vu,{group}{}\n", ",4".repeat(14)).repeat(rows))
    };
    desk.file("s.csv", file("unit", "deputies", 1));
    assert!(desk.refused(&IMPORT).contains("column rated_unit: this column is missing"));
    desk.file("s.csv", file("rated_unit", "citizens", 1));
    assert!(desk.refused(&IMPORT).contains("column group: write one of the groups of the definition: deputies, "));
    desk.file("s.csv", file("rated_unit", "deputies", 12));
    assert!(desk.done(&IMPORT).contains("12 sheets"));
    desk.done(&["round", "close", "r1"]);
    let csv = desk.done(&["export", "r1", "components", "--draft", "--format", "csv"]);
    let rows = table(&csv);
    let about: Vec<_> = rows.iter().filter(|row| row["unit"] == "so-noi-vu").collect();
    assert_eq!(about.len(), 6 * 4, "six criteria, each with two groups that are counted as one and two that nobody belongs to");
    let points: Vec<(&str, &str)> =
        about.iter().filter(|row| row["group"].is_empty()).map(|row| (&*row["points"], &*row["maximum"])).collect();
    assert!(points.iter().all(|(points, maximum)| points == maximum), "all good is all points: {points:?}");
    let all = about.iter().find(|row| row["group"] == "deputies+commune-leaders").unwrap();
    let told = ["sheets", "group_weight", "group_used", "share"].map(|column| all[column].as_str());
    assert_eq!(told, ["10-49", "65", "yes", ""], "beside exact points nothing is said of few");
}
