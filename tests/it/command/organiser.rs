//! Who asks, as the round file says it: what is wrong there is named with its place, and commands that print know the address from it.

use rstest::rstest;

use super::desk::{Desk, ROUND, UNITS};

const ORGANISER: &str = "\
[organiser]
name = { vi = \"Sở Nội vụ\", en = \"Department of Home Affairs\" }
contact = [\"0200 123 456\"]
logo = \"emblem.svg\"
public_url = \"https://khaosat.example.vn\"

[[questionnaire]]";

const EMBLEM: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"4\"/></svg>";

fn desk(round: &str, emblem: &str, units: &str) -> Desk {
    let desk = Desk::new();
    for (name, text) in [("units.csv", units), ("r1.toml", round), ("emblem.svg", emblem)] {
        desk.file(name, text);
    }
    desk.done(&["units", "import", "units.csv"]);
    desk
}

fn with_organiser() -> String {
    ROUND.replace("[[questionnaire]]", ORGANISER)
}

#[rstest]
#[case::path(
    ".example.vn\"",
    ".example.vn/khao-sat\"",
    "line 12, column 14: `https://khaosat.example.vn/khao-sat` goes on behind the host"
)]
#[case::not_secret("https://", "http://", "line 12, column 14: `http://khaosat.example.vn` is not the address of a site")]
#[case::no_name("\"Sở Nội vụ\"", "\"\"", "line 9, column 15: write 1 to 200 characters on one line")]
#[case::two_lines("\"0200 123 456\"", "\"0200\\u2028123\"", "line 10, column 12: write 1 to 120 characters on one line")]
#[case::many_lines("\"0200 123 456\"", "\"1\",\"2\",\"3\",\"4\",\"5\"", "line 10, column 28: at most 4 lines")]
#[case::no_file("\"emblem.svg\"", "\"emblem.png\"", "line 11, column 8: cannot be read")]
#[case::other_key("contact =", "contacts =", "line 10, column 1: unknown field `contacts`")]
fn a_fault_of_who_asks_is_named_by_line_and_column(#[case] from: &str, #[case] to: &str, #[case] fault: &str) {
    assert!(ORGANISER.contains(from));
    let desk = desk(&with_organiser().replace(from, to), EMBLEM, UNITS);
    let reason = desk.refused(&["round", "create", "r1.toml"]);
    assert!(reason.starts_with("r1.toml: 1 fault; nothing was changed\n  ") && reason.contains(fault), "{reason}");
    assert_eq!(desk.number("SELECT count(*) FROM round"), 0);
}

#[test]
fn an_emblem_that_does_more_than_show_is_refused_with_what_to_do() {
    let desk = desk(&with_organiser(), &EMBLEM.replace("<circle", "<script/><circle"), UNITS);
    let reason = desk.refused(&["round", "create", "r1.toml"]);
    assert!(reason.contains("line 11, column 8: the drawing has `<script>` in it"), "{reason}");
}

#[rstest]
#[case::absolute("/etc/hostname")]
#[case::above("../r1.toml")]
#[case::there_and_back("inside/../emblem.svg")]
#[case::folder("inside")]
#[case::pipe("pipe")]
#[case::link("link/emblem.svg")]
fn an_emblem_that_is_no_plain_file_in_the_folder_of_the_round_file_is_refused_unread(#[case] logo: &str) {
    let desk = desk(&with_organiser().replace("emblem.svg", logo), EMBLEM, UNITS);
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("emblem.svg"), EMBLEM).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), desk.path("link")).unwrap();
    std::fs::create_dir(desk.path("inside")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(desk.path("pipe")).status().unwrap().success());
    let reason = desk.refused(&["round", "create", "r1.toml"]);
    assert!(reason.contains("line 11, column 8: the emblem has to be an ordinary file in the folder of the round file"), "{reason}");
}

#[test]
fn an_emblem_may_lie_in_a_folder_beside_the_round_file() {
    let desk = desk(&with_organiser().replace("emblem.svg", "./inside/emblem.svg"), EMBLEM, UNITS);
    std::fs::create_dir(desk.path("inside")).unwrap();
    desk.file("inside/emblem.svg", EMBLEM);
    desk.done(&["round", "create", "r1.toml"]);
}

#[test]
fn a_block_without_a_name_is_refused_until_it_has_one() {
    let units = UNITS.replace("so-tai-chinh,Sở Tài chính,Department of Finance,departments", "so-tai-chinh,Phường 9,Ward 9,wards");
    let round = with_organiser().replace("blocks = [\"departments\"]", "blocks = [\"departments\", \"wards\"]");
    let desk = desk(&round, EMBLEM, &units);
    let reason = desk.refused(&["round", "create", "r1.toml"]);
    assert!(reason.contains("line 15, column 6: block `wards` has no name and would be printed as its code"), "{reason}");
    let named = "[organiser.blocks]\nwards = { vi = \"Phường\", en = \"Wards\" }\n\n[[questionnaire]]";
    desk.file("r1.toml", round.replace("[[questionnaire]]", named));
    desk.done(&["round", "create", "r1.toml"]);
}

#[test]
fn what_is_printed_leads_to_the_address_of_the_round_file_unless_another_is_given() {
    let desk = desk(&with_organiser(), EMBLEM, UNITS);
    desk.done(&["round", "create", "r1.toml"]);
    desk.done(&["round", "open", "r1"]);
    let posters = desk.done(&["round", "posters", "r1"]);
    assert!(posters.contains("https://khaosat.example.vn/r1/small/so-noi-vu?mode=desk") && posters.contains("0200 123 456"), "{posters}");
    let elsewhere = desk.done(&["round", "posters", "r1", "--public-url", "https://other.example.vn/"]);
    assert!(elsewhere.contains("https://other.example.vn/r1/small/so-noi-vu") && !elsewhere.contains("khaosat.example.vn"));
    let said = desk.run(&["round", "posters", "r1", "--public-url", "https://other.example.vn/khao-sat"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("goes on behind the host, but every address of the service begins there"), "{}", said.err);
}

#[test]
fn a_round_whose_file_names_no_address_asks_for_one() {
    let desk = Desk::with_open_round();
    let reason = desk.refused(&["round", "posters", "r1"]);
    assert!(reason.contains("the file of round `r1` named none; --public-url names it"), "{reason}");
    let issue = ["codes", "issue", "r1", "small", "--unit", "so-noi-vu", "--count", "17", "--slips", "slips.html"];
    assert!(desk.refused(&issue).contains("--public-url names it"));
    assert!(!desk.path("slips.html").exists());
}
