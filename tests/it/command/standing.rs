//! What status says of a round, beside what is published of it.

use super::desk::Desk;
use super::sheets::{DEFINITION, UNITS, officials};

/// Sheets of officials about units, by group.
fn rows(rated: &[(&str, &str, usize)]) -> String {
    let of = |(unit, group, sheets): &(&str, &str, usize)| format!("{unit},{group},1\n").repeat(*sheets);
    ["rated_unit,group,i\n".to_owned()].into_iter().chain(rated.iter().map(of)).collect()
}

fn status(desk: &Desk) -> String {
    desk.done(&["round", "status", "r1"])
}

/// What is said of each unit.
fn of_units(desk: &Desk) -> Vec<String> {
    let status = status(desk);
    let lines = status.lines().skip_while(|line| !line.starts_with("questionnaire ")).skip(1);
    let words = |line: &str| line.split("  ").map(str::trim).filter(|word| !word.is_empty()).nth(2).unwrap().to_owned();
    lines.map(words).collect()
}

const UNDER: &str = "under the floor";
const FROM: &str = "from the floor on";

/// 195 leaders are published; with a class of all, 199 or 200 would say whether of the deputies, who are in no figure, four or five answered.
#[test]
fn status_tells_nothing_of_a_group_that_is_in_no_figure() {
    let round = |deputies: usize, definition: &str| {
        let desk = Desk::with_sheets(definition, UNITS, &rows(&[("so-noi-vu", "deputies", deputies), ("so-noi-vu", "leaders", 195)]));
        let open = status(&desk);
        desk.done(&["round", "close", "r1"]);
        let closed = status(&desk);
        assert_eq!(of_units(&desk), [FROM, UNDER, UNDER, UNDER]);
        desk.done(&["round", "publish", "r1", "--as", "Lan"]);
        assert_eq!(of_units(&desk), [FROM, UNDER, UNDER, UNDER]);
        // Each round has a key of its own.
        let fixed = |said: String| said.lines().filter(|line| !line.contains("fingerprint")).collect::<Vec<_>>().join("\n");
        (fixed(open), fixed(closed))
    };
    let [four, five] = [4, 5].map(|deputies| round(deputies, &officials()));
    assert_eq!(four, five);
    assert!(four.0.contains("50-199") && !four.0.contains("200"), "while it is open the class is that of the leaders: {}", four.0);
    // Where they are counted as one, the class is that of the sum, which is published.
    let [four, five] = [4, 5].map(|deputies| round(deputies, &officials().replace("leave-out", "pool")));
    assert!(four.0.contains("50-199") && five.0.contains(">=200"), "{}{}", four.0, five.0);
    assert_eq!(four.1, five.1);
}

#[test]
fn status_tells_nothing_under_a_raised_floor() {
    let raised = DEFINITION.replace("version = \"1\"", "version = \"1\"\nleast_sheets = 30");
    let sheets = [("so-noi-vu", 9), ("so-tai-chinh", 29), ("so-y-te", 30)];
    let rows: String = sheets.into_iter().map(|(unit, sheets)| format!("{unit},1,,\n").repeat(sheets)).collect();
    let desk = Desk::with_sheets(&raised, UNITS, &format!("unit,used,gender,age\n{rows}"));
    assert_eq!(of_units(&desk), [UNDER, UNDER, "30-49", UNDER]);
    desk.done(&["round", "close", "r1"]);
    assert_eq!(of_units(&desk), [UNDER, UNDER, FROM, UNDER]);
    let json: serde_json::Value = serde_json::from_str(&desk.done(&["round", "status", "r1", "--format", "json"])).unwrap();
    assert_eq!([0, 2].map(|unit| json["units"][unit]["sheets"].as_str().unwrap()), [UNDER, FROM]);
}

/// What `codes status` says of both groups, where one of them used so many codes and has so many sheets.
fn of_codes(desk: &Desk) -> Vec<String> {
    let json: serde_json::Value = serde_json::from_str(&desk.done(&["codes", "status", "r1", "--format", "json"])).unwrap();
    json.as_array().unwrap().iter().map(|row| row["used"].as_str().unwrap().to_owned()).collect()
}

/// Which of two groups that are counted as one is small is not said, nor how many codes were used where nothing is published.
#[test]
fn codes_that_were_used_tell_nothing_of_a_group_that_is_in_no_figure() {
    let closed = |deputies: usize, leaders: usize| {
        let rated = rows(&[("so-noi-vu", "deputies", deputies), ("so-noi-vu", "leaders", leaders)]);
        let desk = Desk::with_closed_round(&officials().replace("leave-out", "pool"), UNITS, &rated);
        for (group, used) in [("deputies", deputies), ("leaders", leaders)] {
            desk.execute(&format!(
                "INSERT INTO code_count (questionnaire_id, respondent_group, issued, used) VALUES (1, '{group}', 80, {used})"
            ));
        }
        of_codes(&desk)
    };
    assert_eq!(closed(1, 19), [FROM, FROM]);
    assert_eq!(closed(19, 1), [FROM, FROM]);
    assert_eq!(closed(1, 18), [UNDER, UNDER]);
}

/// While a round is open too: what counts are sheets that will be published.
#[test]
fn codes_of_an_open_round_are_told_by_sheets_that_will_be_in_figures() {
    let open = |deputies: usize| {
        let desk = Desk::with_sheets(&officials(), UNITS, &rows(&[("so-noi-vu", "leaders", 1)]));
        // As an hour of answering leaves it.
        let sheets = |group: &str, sheets: usize| {
            format!(
                "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {sheets}) \
                 INSERT INTO open_sheet_1 (id, questionnaire_id, unit_id, respondent_group, generation, sealed) \
                 SELECT randomblob(16), 1, 1, '{group}', x'00', x'00' FROM n;"
            )
        };
        let codes = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 30) \
                     INSERT INTO code_1 SELECT randomblob(32), 1, g.g, '1' FROM n, (SELECT 'deputies' AS g UNION ALL SELECT 'leaders') g;";
        let used = format!("INSERT INTO code_used_1 VALUES (1, 'deputies', {deputies}), (1, 'leaders', 35);");
        desk.execute(&[codes, &sheets("deputies", deputies), &sheets("leaders", 35), &used].concat());
        of_codes(&desk)
    };
    assert_eq!(open(19), ["<50%", ">80%"], "deputies count from 20 sheets on");
    assert_eq!(open(20), ["50-80%", ">80%"]);
}
