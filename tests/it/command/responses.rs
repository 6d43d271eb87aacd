use std::fmt::Write;

use par_survey::import::responses::{self, AgainstQuestionnaire, Bringing, ImportError};
use par_survey::keys::Keys;
use par_survey::refusal::Refusal;
use par_survey::store::Store;
use par_survey::store::imports::{Anyway, PART};
use par_survey::survey::check::check;

use super::desk::{Desk, ROUND, UNITS};
use crate::harness::fixture;

const HEADER: &str = "unit,group,mode,stratum,psu,used,sources,sources.other,rating,words\n";
const IMPORT: [&str; 7] = ["responses", "import", "r1", "small", "s.csv", "--as", "Lê Văn C"];
const UNDO: [&str; 5] = ["responses", "undo", "r1", "small", "s.csv"];

fn rows(count: usize) -> String {
    let row = |place: usize| {
        format!("so-noi-vu,,,a,b,{},1;3,đài xã,{},lời {place}\n", place % 2 + 1, ["1", "2", "NOT_APPLICABLE", "na", ""][place % 5])
    };
    (0..count).map(row).collect()
}

/// Twelve sheets about a unit, each different.
fn different_rows() -> String {
    let row = |place: usize| format!("so-noi-vu,,,,,{},{},,{},\n", 1 + place % 2, 1 + place / 2 % 3, 1 + place / 6);
    (0..12).map(row).collect()
}

fn sheets(desk: &Desk) -> (i64, i64) {
    (desk.number("SELECT count(*) FROM open_sheet_1"), desk.number("SELECT count(*) FROM open_remark_1"))
}

#[test]
fn a_file_comes_in_once_unless_told_again_and_goes_out_again() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", format!("{HEADER}{}", rows(12)));
    assert_eq!(desk.done(&IMPORT), "imported 12 sheets into round r1\n");
    assert_eq!(sheets(&desk), (12, 24));
    assert!(desk.refused(&IMPORT).contains("this very file was imported before (10-49 sheets)"));
    assert_eq!(sheets(&desk), (12, 24));
    let again: Vec<&str> = IMPORT.into_iter().chain(["--again"]).collect();
    assert_eq!(desk.done(&again), "imported 12 sheets into round r1\n");
    assert!(desk.done(&["round", "status", "r1"]).contains("so-noi-vu     10-49"));
    assert_eq!(desk.done(&UNDO), "took 12 sheets out of round r1\n");
    assert_eq!(desk.done(&UNDO), "took 12 sheets out of round r1\n");
    assert_eq!(sheets(&desk), (0, 0));
    assert!(desk.refused(&UNDO).contains("no import of this file is in the round"));
    assert_eq!(desk.done(&IMPORT), "imported 12 sheets into round r1\n");
}

/// Whoever reads the database of an open round tries every file of one sheet that there can be; a hash that anybody can make would tell which it was.
#[tokio::test]
async fn a_file_of_one_sheet_is_not_found_by_trying_all_that_it_may_say() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", format!("{HEADER}so-noi-vu,,,,,2,1;3,,2,\n"));
    desk.done(&IMPORT);
    let store = Store::create(&format!("sqlite://{}", desk.path("par-survey.db").display())).await.unwrap();
    let (asked, register) = (store.asked(1).await.unwrap().remove(0), store.units().await.unwrap());
    let questionnaire = check("small", &asked.definition).unwrap();
    let against = AgainstQuestionnaire::new(&questionnaire, &asked, &register);
    let known = ["par-survey.db", "par-survey.db-wal"].map(|name| std::fs::read(desk.path(name)).unwrap_or_default()).concat();
    let sources = ["", "1", "2", "3", "1;2", "1;3", "2;3", "1;2;3"];
    let both = ["", "1", "2"].into_iter().flat_map(|used| sources.map(|sources| format!("{used},{sources},")));
    let said = both.flat_map(|both| ["", "1", "2", "NOT_APPLICABLE"].map(|rating| format!("{both},{rating}")));
    let files = said.filter_map(|said| {
        let checked = against.check(format!("{HEADER}so-noi-vu,,,,,{said},\n").as_bytes(), &|_| ()).ok()?;
        Some((said, checked))
    });
    let mut tried = 0;
    for (said, checked) in files {
        tried += 1;
        for hash in checked.content.split(PART).chain([&*checked.sha256]).filter(|hash| !hash.is_empty()) {
            assert!(!known.windows(hash.len()).any(|bytes| bytes == hash.as_bytes()), "the database knows {said}");
        }
    }
    assert_eq!(tried, 3 * 8 * 4 - 2, "all but the two that answer nothing");
}

#[test]
fn files_that_are_known_by_another_secret_are_not_taken_for_new_ones() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", format!("{HEADER}{}", rows(12)));
    desk.done(&IMPORT);
    std::fs::rename(desk.path("keys"), desk.path("kept")).unwrap();
    let with = |command: &[&str], more: &[&str]| [command, more].concat().join("\n");
    let run = |command: String| desk.run(&command.split('\n').collect::<Vec<_>>());
    for command in [&IMPORT[..], &UNDO] {
        let refused = desk.refused(command);
        assert!(
            refused.contains("known by another secret than `imported-files.secret` in the folder of keys") && refused.contains("--keys"),
            "{refused}"
        );
    }
    assert!(run(with(&IMPORT, &["--again"])).err.contains("another secret"), "sheets that are here already are another matter");
    assert!(!desk.path("keys/imported-files.secret").exists(), "nothing is made by what is refused");
    let elsewhere = ["--keys", "kept"];
    assert!(run(with(&IMPORT, &elsewhere)).err.contains("this very file was imported before"));

    // What ails the secret is not said of the file.
    std::fs::create_dir(desk.path("other")).unwrap();
    desk.file("other/imported-files.secret", "no secret");
    let broken = run(with(&IMPORT, &["--keys", "other"]));
    assert!(broken.err.contains("par-survey: other/imported-files.secret: ") && !broken.err.contains("s.csv"), "{}", broken.err);
    desk.file("s.csv", format!("{HEADER}{}", rows(3)));
    assert_eq!(run(with(&IMPORT, &["--lost-secret"])).out, "imported 3 sheets into round r1\n");
    assert!(desk.done(&["audit", "list"]).contains("lost_secret true"));
    assert!(desk.refused(&IMPORT).contains("this very file was imported before"), "the new secret is as good as any");
    assert_eq!(desk.done(&UNDO), "took 3 sheets out of round r1\n");
    desk.file("s.csv", format!("{HEADER}{}", rows(12)));
    assert_eq!(run(with(&UNDO, &elsewhere)).out, "took 12 sheets out of round r1\n");
    assert_eq!(sheets(&desk).0, 0);
}

/// Whoever has the database of a closed round has its sheets, and with the secret can look which of them came in one file.
#[test]
fn after_closing_nothing_leads_from_sheets_to_who_brought_them() {
    let desk = Desk::with_open_round();
    desk.file("few.csv", format!("{HEADER}{}", rows(9)));
    desk.file("words.csv", format!("{HEADER}so-noi-vu,,,,,,,,,xin mở cửa sớm\n"));
    desk.file("many.csv", format!("{HEADER}{}so-tai-chinh,,,,,1,,,,\n", different_rows()));
    desk.file("again.csv", format!("{HEADER}{}", rows(17)));
    for name in ["many.csv", "few.csv", "words.csv", "again.csv"] {
        desk.done(&["responses", "import", "r1", "small", name, "--as", "x"]);
    }
    // Of one that is taken out nothing is known at once: it may come again.
    desk.done(&["responses", "undo", "r1", "small", "again.csv"]);
    assert_eq!(desk.number("SELECT count(*) FROM import WHERE sha256 || content = '' AND sheets = 0"), 1);
    assert_eq!(desk.number("SELECT count(*) FROM import WHERE sha256 LIKE '%.%'"), 3);
    desk.done(&["round", "close", "r1"]);
    assert_eq!(desk.number("SELECT count(*) FROM import WHERE sha256 || content = '' AND sheets = 0 AND imported_by = 'x'"), 4);
    assert_eq!(desk.number("SELECT count(*) FROM known_file WHERE sha256 LIKE '%.%' AND content LIKE '%;%'"), 1, "many.csv");
    assert_eq!(desk.number("SELECT count(*) FROM known_file"), 1);
    let columns = "SELECT count(*) FROM pragma_table_info('known_file') WHERE name NOT IN ('id', 'questionnaire_id', 'sha256', 'content')";
    assert_eq!(desk.number(columns), 0, "neither who nor when");
    let events = desk.done(&["audit", "list"]);
    let hash = responses::sha256(&desk.path("few.csv")).unwrap();
    assert!(events.contains("responses.import") && !events.contains(&hash[..8]), "{events}");
    // By what stands apart the secret is known, and the file.
    desk.file("r2.toml", super::desk::ROUND.replace("r1", "r2"));
    desk.done(&["round", "create", "r2.toml"]);
    desk.done(&["round", "open", "r2"]);
    std::fs::rename(desk.path("keys"), desk.path("kept")).unwrap();
    let many = ["responses", "import", "r2", "small", "many.csv", "--as", "x"];
    assert!(desk.refused(&many).contains("known by another secret"));
    std::fs::rename(desk.path("kept"), desk.path("keys")).unwrap();
    assert!(desk.refused(&many).contains("are in round `r1` already"));
    desk.done(&["responses", "import", "r2", "small", "few.csv", "--as", "x"]);
}

#[test]
fn files_of_a_closed_round_stand_in_no_order_of_their_coming() {
    let desk = Desk::with_open_round();
    for number in 0..10 {
        desk.file("s.csv", format!("{HEADER}{}", rows(10 + number)));
        desk.done(&["responses", "import", "r1", "small", "s.csv", "--as", "x"]);
    }
    let hashes = |table: &str| -> Vec<String> {
        let db = rusqlite::Connection::open(desk.path("par-survey.db")).unwrap();
        let mut rows = db.prepare(&format!("SELECT sha256 FROM {table} ORDER BY id")).unwrap();
        rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let mut came = hashes("import");
    desk.done(&["round", "close", "r1"]);
    let stand = hashes("known_file");
    // By chance once in ten million times.
    assert_ne!(stand, came);
    came.sort_unstable();
    assert_eq!(stand, came);
}

/// One answered row and nineteen rows that only name a unit were once twenty sheets, so that one person's answers were printed.
#[test]
fn a_row_without_an_answer_is_passed_over_and_what_is_written_in_it_is_kept() {
    let desk = Desk::with_open_round();
    let empty = "so-noi-vu,,,,,,,,NA,\n".repeat(18);
    desk.file("s.csv", format!("{HEADER}so-noi-vu,,,,,1,,,,\n{empty}so-noi-vu,,,,,,,,,xin mở cửa sớm\n"));
    assert_eq!(desk.done(&IMPORT), "imported 1 sheet into round r1; 19 rows without an answer passed over\n");
    assert_eq!(sheets(&desk), (1, 1));
    desk.done(&["round", "close", "r1"]);
    assert!(desk.done(&["round", "status", "r1"]).contains("so-noi-vu     under the floor"));
    assert_eq!((desk.number("SELECT count(*) FROM response"), desk.number("SELECT count(*) FROM remark")), (1, 1));
}

#[test]
fn a_file_of_words_alone_brings_no_sheet_and_goes_out_again() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", format!("{HEADER}so-noi-vu,,,,,,,,,xin mở cửa sớm\n"));
    assert_eq!(desk.done(&IMPORT), "imported 0 sheets into round r1; 1 row without an answer passed over\n");
    assert_eq!(sheets(&desk), (0, 1));
    assert_eq!(desk.done(&UNDO), "took 0 sheets out of round r1\n");
    assert_eq!(sheets(&desk), (0, 0));
}

#[test]
fn after_closing_a_file_neither_comes_nor_goes() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", format!("{HEADER}{}", rows(3)));
    desk.done(&IMPORT);
    desk.done(&["round", "close", "r1"]);
    assert_eq!(desk.refused(&UNDO), "round `r1` is closed; this is done only while it is open");
    assert_eq!(desk.refused(&IMPORT), "round `r1` is closed; this is done only while it is open");
    assert!(desk.done(&["round", "status", "r1"]).contains("so-noi-vu     under the floor"));
    assert_eq!(desk.number("SELECT count(*) FROM response WHERE mode = 4 AND stratum = 'a' AND psu = 'b'"), 3);
}

/// 500 invented deputies were once published where twelve codes had been given out and none used.
#[test]
fn no_file_brings_sheets_of_codes() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", format!("{HEADER}so-noi-vu,,code,,,1,,,,\nso-noi-vu,,paper,,,1,,,,\n"));
    let expected = "s.csv: 1 fault; nothing was changed
  row 2, column mode: a sheet with a code comes only by its own form; if this one was filled in otherwise, write how: link, desk, interview, \
                    paper; else take it out";
    assert_eq!(desk.refused(&IMPORT), expected);
    assert_eq!(sheets(&desk), (0, 0));
}

#[test]
fn whoever_brings_a_file_says_who_it_is() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", format!("{HEADER}{}", rows(3)));
    let nameless = desk.run(&IMPORT[..5]);
    assert_eq!(nameless.code, 2);
    assert!(nameless.err.contains("--as <NAME>"), "{}", nameless.err);
    let hidden = "the name has signs that are not printed; type it again";
    for (name, reason) in [(" ", "the name is empty; write some words"), ("a\nb", hidden), ("a\u{202e}b", hidden), ("\u{3164}", hidden)] {
        assert_eq!(desk.refused(&[&IMPORT[..5], &["--as", name]].concat()), reason);
    }
    assert_eq!(
        desk.refused(&[&IMPORT[..5], &["--as", &"x".repeat(201)]].concat()),
        "the name would have 201 characters, which are more than 200; shorten it"
    );
    assert_eq!(sheets(&desk), (0, 0));
}

/// Closing drops what tells sheets of files from others; how many there were, and who brought them, stays.
#[test]
fn it_is_known_how_many_files_were_imported_and_by_whom_and_not_how_many_sheets_they_had() {
    let desk = Desk::with_open_round();
    let status = || desk.done(&["round", "status", "r1"]).lines().nth(2).unwrap().to_owned();
    assert!(status().starts_with("questionnaire "), "no line where there is no file");
    for (count, name) in [(12, "Lê Văn C"), (9, "Trần Thị B"), (5, "Lê Văn C")] {
        desk.file("s.csv", format!("{HEADER}{}", rows(count)));
        desk.done(&[&IMPORT[..5], &["--as", name]].concat());
    }
    desk.done(&UNDO);
    assert_eq!(status(), "small: 2 files imported, by Lê Văn C, Trần Thị B");
    desk.done(&["round", "close", "r1"]);
    assert_eq!(status(), "small: 2 files imported, by Lê Văn C, Trần Thị B");
    let json: serde_json::Value = serde_json::from_str(&desk.done(&["round", "status", "r1", "--format", "json"])).unwrap();
    let from_files = serde_json::json!([{ "questionnaire": "small", "files": 2, "imported_by": ["Lê Văn C", "Trần Thị B"] }]);
    assert_eq!((&json["from_files"], &json["units"][0]["sheets"]), (&from_files, &serde_json::json!("from the floor on")));
    desk.done(&["round", "publish", "r1", "--as", "Lan"]);
    assert_eq!(status(), "small: 2 files imported, by Lê Văn C, Trần Thị B");
}

#[test]
fn before_opening_nothing_comes_in() {
    let desk = Desk::with_draft();
    desk.file("s.csv", format!("{HEADER}{}", rows(1)));
    assert_eq!(desk.refused(&IMPORT), "round `r1` is draft; this is done only while it is open");
}

#[test]
fn every_fault_is_listed_and_nothing_is_half_imported() {
    let desk = Desk::with_open_round();
    let bad = "so-x,,,,,1,,,,\n\
               phuong-1,,,,,1,,,,\n\
               phuong-2,,,,,1,,,,\n\
               ,Nhóm,fax,,,9,1;4,,'1,\n\
               so-noi-vu,,,,,NA,1;NA,,1;2,\n\
               so-noi-vu,,,,,1\n";
    desk.file("s.csv", format!("{HEADER}{}{bad}", rows(1)));
    let expected = "s.csv: 13 faults; nothing was changed
  row 3, column unit: there is no unit `so-x`; `par-survey units list` shows those there are
  row 4, column unit: unit `phuong-1` was merged; write `phuong-2`
  row 5, column unit: this questionnaire does not ask about `phuong-2` in this round
  row 6, column group: a respondent group is a code: 1 to 40 of a-z, 0-9, - and _, beginning with a letter or a digit
  row 6, column mode: no such mode; write link, desk, interview, paper, or leave it empty for paper
  row 6, column unit: write the code of the unit that the sheet is about
  row 6, column used: none of its options; write 1, 2, or leave it empty
  row 6, column sources: none of its options; write 1, 2, 3 (several joined by ;), or leave it empty
  row 6, column rating: none of its options; write 1, 2, or NOT_APPLICABLE, or leave it empty
  row 7, column used: this item does not offer NOT_APPLICABLE
  row 7, column sources: this item does not offer NOT_APPLICABLE
  row 7, column rating: none of its options; write 1, 2, or NOT_APPLICABLE, or leave it empty
  row 8: 6 cells under 10 columns; is a comma or a quotation mark missing?";
    assert_eq!(desk.refused(&IMPORT), expected);
    assert_eq!(sheets(&desk), (0, 0));
    assert_eq!(desk.number("SELECT count(*) FROM import"), 0);
}

#[test]
fn of_many_faults_the_first_are_told_and_all_are_counted() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", format!("{HEADER}{}", "so-x,,,,,1,,,,\n".repeat(1_234)));
    let reason = desk.refused(&IMPORT);
    assert!(reason.starts_with("s.csv: 1234 faults; nothing was changed"), "{reason}");
    assert!(reason.ends_with("\n  and 1034 more"), "{reason}");
}

#[test]
fn a_header_with_unknown_missing_or_repeated_columns_is_refused() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", "group,used,used,ratings,used.other\na,1,1,1,x\n");
    let expected = "s.csv: 6 faults; nothing was changed
  row 1, column used: this column is there twice
  row 1, column ratings: questionnaire `small` has no such item; `par-survey export ROUND codebook` lists them
  row 1, column used.other: questionnaire `small` has no such item; `par-survey export ROUND codebook` lists them
  row 1, column unit: this column is missing; it names the unit that each sheet is about
  row 1, column sources: this item has no column; add it and leave its cells empty if it was not asked
  row 1, column rating: this item has no column; add it and leave its cells empty if it was not asked";
    assert_eq!(desk.refused(&IMPORT), expected);
}

#[test]
fn a_questionnaire_that_the_round_does_not_ask_is_named_with_those_it_does() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", HEADER);
    let reason = desk.refused(&["responses", "import", "r1", "smal", "s.csv", "--as", "x"]);
    assert_eq!(reason, "round `r1` does not ask `smal`; it asks small");
    assert_eq!(desk.refused(&IMPORT), "s.csv: 1 fault; nothing was changed\n  there is no sheet with an answer under the header");
    assert!(desk.refused(&["responses", "import", "r1", "small", "none.csv", "--as", "x"]).starts_with("none.csv: "));
}

#[tokio::test]
async fn a_file_that_changes_between_the_readings_is_refused() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", format!("{HEADER}{}", rows(2)));
    let store = Store::create(&format!("sqlite://{}", desk.path("par-survey.db").display())).await.unwrap();
    let (asked, register) = (store.asked(1).await.unwrap().remove(0), store.units().await.unwrap());
    let questionnaire = check("small", &asked.definition).unwrap();
    let against = AgainstQuestionnaire::new(&questionnaire, &asked, &register);
    // As soon as a byte of it was read, somebody saves the file with one answer changed.
    let change = |_| desk.file("s.csv", format!("{HEADER}{}", rows(2).replace("a,b,1", "a,b,2")));
    let secret = Keys::new(desk.path("keys")).create_file_secret().unwrap();
    let bringing = Bringing { by: &fixture::BY, anyway: Anyway::default(), secret: &secret };
    let file = desk.path("s.csv");
    let checked = responses::check(&against, &file, &change).unwrap();
    let outcome = responses::import(&store, &asked, &against, (&file, &checked), bringing, &|_| ()).await;
    assert!(matches!(outcome, Err(ImportError::Refused(Refusal::FileChanges))), "{outcome:?}");
    drop(store);
    assert_eq!(sheets(&desk), (0, 0));
}

/// A file of so many sheets of the shipped form for service desks. The blanks before each answer make it long; they are not stored.
fn long_file(rows: usize) -> String {
    let steps: Vec<String> = (1..=16).map(|number| format!("s{number}")).collect();
    let mut text = format!("unit,visited,received,complained,gender,age,{}\n", steps.join(","));
    for row in 0..rows {
        text.push_str("so-noi-vu,1,1,1,2,5");
        for item in 0..16 {
            write!(text, ",{:>17}", (row * 7 + item * 3) % 5 + 1).unwrap();
        }
        text.push('\n');
    }
    text
}

/// The most memory that importing so many sheets takes, in kB.
fn peak_memory(rows: usize) -> u64 {
    let desk = Desk::new();
    desk.file("units.csv", UNITS);
    desk.file("r1.toml", ROUND.replace("small", "service-satisfaction"));
    desk.file("s.csv", long_file(rows));
    desk.done(&["units", "import", "units.csv"]);
    desk.done(&["round", "create", "r1.toml"]);
    desk.done(&["round", "open", "r1", "--definitions", concat!(env!("CARGO_MANIFEST_DIR"), "/survey-definitions")]);
    let peak = desk.peak_memory(&["responses", "import", "r1", "service-satisfaction", "s.csv", "--as", "x"]);
    assert_eq!(desk.number("SELECT count(*) FROM open_sheet_1"), i64::try_from(rows).unwrap());
    peak
}

/// 55,000 sheets more are 17 MB of text (308 bytes each). Held as sheets ready to be stored they would be 9 MB (168 bytes each: 136 of an
/// `ImportedSheet` with its place, 32 for its answers), beside the 9 MB of sealed rows that are new in the database's cache, which is limited to
/// 24 MB: 9 MB more were measured, and 18 MB would be too much. Both files are longer than a batch, which is held.
#[test]
fn a_file_twelve_times_as_long_takes_hardly_more_memory() {
    let [short, long] = [5_000, 60_000].map(peak_memory);
    assert!(long < short + 13_000, "{short} kB for the short file, {long} kB for the long one");
}

/// It is read twice, and a pipe that nobody writes into would be waited for without an end.
#[test]
fn a_pipe_is_not_imported() {
    let desk = Desk::with_open_round();
    assert!(std::process::Command::new("mkfifo").arg(desk.path("s.csv")).status().unwrap().success());
    assert_eq!(desk.refused(&IMPORT), "s.csv: it is no file, and what is imported is read twice; save it as a file first");
}
