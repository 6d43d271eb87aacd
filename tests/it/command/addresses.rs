//! Addresses of databases: nothing new is made by mistake.

use std::fs;
use std::path::Path;

use rstest::rstest;

use super::desk::{Desk, Said, UNITS};

/// What lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[rstest]
#[case(&["serve", "--listen", "127.0.0.1:0"])]
#[case(&["units", "list"])]
#[case(&["units", "import", "units.csv", "--check"])]
#[case(&["round", "list"])]
#[case(&["round", "create", "r1.toml"])]
#[case(&["round", "open", "r1"])]
#[case(&["round", "status", "r1"])]
#[case(&["migrate", "status"])]
#[case(&["migrate", "down", "--yes", "--as", "x"])]
#[case(&["export", "r1", "scores"])]
#[case(&["audit", "list"])]
fn a_mistyped_name_of_a_database_makes_none(#[case] command: &[&str]) {
    let desk = Desk::with_draft();
    let before = names(&desk.path(""));
    let said = desk.refused(&[command, &["--database", "sqlite://par-survy.db"]].concat());
    assert!(said.contains("there is no database par-survy.db, and none was made") && said.contains("--database names it"), "{said}");
    assert_eq!(names(&desk.path("")), before);
}

#[rstest]
#[case("sqlite://new.db?mode=rwc", "behind a file there are no settings")]
#[case("sqlite://", "it names no file")]
fn what_stands_beside_the_name_of_a_file_makes_none(#[case] address: &str, #[case] why: &str) {
    let desk = Desk::new();
    desk.file("units.csv", UNITS);
    let said = desk.refused(&["units", "import", "units.csv", "--database", address]);
    assert!(said.contains(why), "{said}");
    assert_eq!(names(&desk.path("")), ["units.csv"]);
}

#[test]
fn a_name_with_blanks_and_other_signs_is_the_same_file_for_every_command() {
    let desk = Desk::new();
    desk.file("units.csv", UNITS);
    desk.done(&["units", "import", "units.csv", "--database", "sqlite://tỉnh%20A%3F.db"]);
    assert!(desk.path("tỉnh A?.db").exists());
    let listed = desk.done(&["units", "list", "--database", "sqlite://tỉnh A%3f.db"]);
    assert!(listed.contains("so-noi-vu"), "{listed}");
}

#[test]
fn a_database_that_a_newer_program_has_changed_is_left_alone() {
    let desk = Desk::with_draft();
    let raw = rusqlite::Connection::open(desk.path("par-survey.db")).unwrap();
    raw.execute("INSERT INTO seaql_migrations VALUES ('m20991231_000001_later', 0)", []).unwrap();
    for command in [&["round", "list"][..], &["migrate", "up"], &["migrate", "status"], &["serve", "--listen", "127.0.0.1:0"]] {
        let said = desk.refused(command);
        assert!(said.contains("(m20991231_000001_later); update the program"), "{said}");
    }
}

#[test]
fn once_something_is_published_no_step_of_the_schema_is_taken_back() {
    let desk = Desk::with_draft();
    rusqlite::Connection::open(desk.path("par-survey.db")).unwrap().execute("UPDATE round SET state = 'published'", []).unwrap();
    let steps = desk.done(&["migrate", "status"]);
    let said = desk.refused(&["migrate", "down", "--yes", "--as", "x"]);
    assert!(said.contains("no step of the schema is taken back any more: r1"), "{said}");
    assert_eq!(desk.done(&["migrate", "status"]), steps);
}

#[test]
fn where_a_variable_is_at_fault_it_is_named() {
    let desk = Desk::with_draft();
    let said = |command: &[&str], variable: (&str, &str)| Said::by(desk.command(command).env(variable.0, variable.1));
    let offset = ("PAR_SURVEY_UTC_OFFSET", "nonsense");
    let asked = said(&["round", "create", "r1.toml"], offset);
    assert_eq!(asked.code, 2);
    assert!(asked.err.contains("The value stands in the variable PAR_SURVEY_UTC_OFFSET."), "{}", asked.err);
    // What is typed wins, and is at fault itself then.
    let typed = said(&["round", "create", "r1.toml", "--utc-offset", "no"], offset);
    assert!(typed.code == 2 && !typed.err.contains("variable"), "{}", typed.err);
    for address in ["sqlite://away.db", "mysql://x"] {
        let database = ("PAR_SURVEY_DATABASE", address);
        let by_variable = said(&["round", "list"], database);
        assert!(by_variable.code == 1 && by_variable.err.contains("PAR_SURVEY_DATABASE"), "{}", by_variable.err);
        let by_option = said(&["round", "list", &format!("--database={address}")], database);
        assert!(by_option.code == 1 && !by_option.err.contains("PAR_SURVEY"), "{}", by_option.err);
    }
}
