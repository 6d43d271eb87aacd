use rstest::rstest;

use super::desk::{Desk, UNITS};

const HEADER: &str = "code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into\n";

#[rstest]
#[case::bad_code(
    "Sở,a,b,c,,,,",
    "row 2, column code: `Sở` is no code; write 1 to 40 of a-z, 0-9, - and _, beginning with a letter or a digit"
)]
#[case::no_name("a,,b,c,,,,", "row 2, column name_vi: write a name of 1 to 200 characters")]
#[case::two_lines(
    "a,\"b\nc\",d,e,,,,",
    "row 2, column name_vi: a name is one line, without line breaks, tabs or other signs that are not printed"
)]
#[case::date("a,b,c,d,,1/7/2025,,", "row 2, column valid_from: `1/7/2025` is no date; write it as 2026-11-01 (year-month-day)")]
#[case::no_such_day("a,b,c,d,,,2025-02-30,", "row 2, column valid_to: `2025-02-30` is no date; write it as 2026-11-01 (year-month-day)")]
#[case::twice("a,b,c,d,,,,\na,b,c,d,,,,", "row 3, column code: `a` is there already in row 2")]
#[case::unknown_parent("a,b,c,d,x,,,", "row 2, column parent: there is no unit `x`, neither in this file nor in the register")]
#[case::unknown_successor(
    "a,b,c,d,,,2025-01-01,x",
    "row 2, column merged_into: there is no unit `x`, neither in this file nor in the register"
)]
#[case::own_parent("a,b,c,d,a,,,", "row 2, column parent: a unit stands above itself: a → a")]
#[case::own_successor("a,b,c,d,,,2025-01-01,a", "row 2, column merged_into: a unit is merged into itself: a → a")]
#[case::circle("a,b,c,d,e,,,\ne,b,c,d,a,,,", "row 2, column parent: a unit stands above itself: a → e → a")]
#[case::backwards("a,b,c,d,,2025-02-01,2025-01-01,", "row 2, column valid_to: 2025-01-01 is before valid_from, 2025-02-01")]
#[case::endless(
    "a,b,c,d,,,,e\ne,b,c,d,,,,",
    "row 2, column valid_to: write the last day on which the unit existed before it was merged into `e`"
)]
#[case::short("a,b,c", "row 2: 3 cells under 8 columns; is a comma or a quotation mark missing?")]
#[case::empty("", "there is no unit under the header")]
fn a_fault_is_named_by_row_and_column(#[case] rows: &str, #[case] fault: &str) {
    let desk = Desk::new();
    desk.file("u.csv", format!("{HEADER}{rows}\n"));
    assert_eq!(desk.refused(&["units", "import", "u.csv"]), format!("u.csv: 1 fault; nothing was changed\n  {fault}"));
    assert_eq!(desk.number("SELECT count(*) FROM unit"), 0);
}

#[rstest]
#[case::unknown("code,name_vi,name_en,block,parent,valid_from,valid_to,merged", "row 1, column merged: there is no such column")]
#[case::missing("code,name_vi,name_en,block,parent,valid_from,valid_to", "row 1, column merged_into: this column is missing")]
#[case::twice("code,code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into", "row 1, column code: this column is there twice")]
#[case::empty("", "it is empty; its first row must name the columns")]
fn a_wrong_header_is_a_fault(#[case] header: &str, #[case] fault: &str) {
    let desk = Desk::new();
    desk.file("u.csv", header);
    let reason = desk.refused(&["units", "import", "u.csv"]);
    assert!(reason.contains(fault), "{reason}");
}

#[test]
fn all_faults_come_at_once_in_the_order_of_rows() {
    let desk = Desk::new();
    desk.file("u.csv", format!("{HEADER}a,b,c,d,x,,,\nB,b,c,d,,,,\n\nc,,c,d,B,,,\n"));
    let reason = desk.refused(&["units", "import", "u.csv"]);
    let rows: Vec<&str> = reason.lines().skip(1).map(|line| line.trim_start().split(':').next().unwrap()).collect();
    assert_eq!(rows, ["row 2, column parent", "row 3, column code", "row 5, column name_vi", "row 5, column parent"]);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_does() {
    let desk = Desk::new();
    desk.file("u.csv", format!("{HEADER}\r\n\r\n,,,,,,,\r\na,\"b\r\n\r\nc\",d,e,,,,\r\nX,b,c,d,,,,\r\n").replace("into\n", "into"));
    let reason = desk.refused(&["units", "import", "u.csv"]);
    assert!(reason.contains("row 4, column name_vi") && reason.contains("row 5, column code"), "{reason}");
}

#[test]
fn text_that_is_not_utf8_is_a_fault_of_its_cell() {
    let desk = Desk::new();
    desk.file("u.csv", [HEADER.as_bytes(), b"a,S\xf6,b,c,,,,\n"].concat());
    let reason = desk.refused(&["units", "import", "u.csv"]);
    assert!(reason.contains("row 2, column name_vi: not UTF-8 text"), "{reason}");
}

#[test]
fn a_quotation_mark_without_end_does_not_fill_the_memory() {
    let desk = Desk::new();
    desk.file("u.csv", format!("{HEADER}a,\"{}", "x".repeat(5_000_000)));
    let reason = desk.refused(&["units", "import", "u.csv"]);
    assert!(reason.contains("a row does not end; is a quotation mark missing?"), "{reason}");
}

#[test]
fn a_file_with_a_mark_decomposed_letters_and_its_own_order_is_read() {
    let desk = Desk::new();
    desk.file(
        "u.csv",
        "\u{feff}name_vi,code,name_en,block,parent,valid_from,valid_to,merged_into\n Ho\u{300}a Bi\u{300}nh ,hoa-binh,H,communes,,,,\n",
    );
    assert_eq!(desk.done(&["units", "import", "u.csv"]), "imported 1 unit; 1 of them new or changed\n");
    let units: serde_json::Value = serde_json::from_str(&desk.done(&["units", "list", "--format", "json"])).unwrap();
    assert_eq!(units[0]["name_vi"], "Hòa Bình");
}

#[test]
fn a_second_import_replaces_what_it_names_and_may_name_what_is_there() {
    let desk = Desk::new();
    desk.file("u.csv", UNITS);
    assert_eq!(desk.done(&["units", "import", "u.csv"]), "imported 4 units; 4 of them new or changed\n");
    assert_eq!(desk.done(&["units", "import", "u.csv"]), "imported 4 units; 0 of them new or changed\n");
    desk.file("v.csv", format!("{HEADER}so-noi-vu,Sở mới,New,departments,so-tai-chinh,,,\n"));
    assert_eq!(desk.done(&["units", "import", "v.csv", "--check"]), "1 unit, no faults; nothing was changed\n");
    assert!(!desk.done(&["units", "list"]).contains("Sở mới"));
    assert_eq!(desk.done(&["units", "import", "v.csv"]), "imported 1 unit; 1 of them new or changed\n");
    assert!(desk.done(&["units", "list"]).contains("Sở mới"));
    assert_eq!(desk.number("SELECT count(*) FROM unit"), 4);
    // The register closes the circle that the file begins.
    desk.file("w.csv", format!("{HEADER}so-tai-chinh,a,b,departments,so-noi-vu,,,\n"));
    assert!(desk.refused(&["units", "import", "w.csv"]).contains("so-tai-chinh → so-noi-vu → so-tai-chinh"));
}
