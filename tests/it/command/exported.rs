//! Tables by file: what they are called, how they are written, and what does not apply.

use std::collections::HashSet;

use calamine::{Reader, Xlsx, open_workbook};

use super::desk::{Desk, ROUND, UNITS, table};
use super::figures::DEFINITION;
use super::sheets::officials;

const HANDS: [&str; 4] = ["--as", "Lê Văn C", "--as-unit", "outside"];

/// A closed round that asks citizens, and officials who rate the same units.
fn closed() -> Desk {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("definitions")).unwrap();
    std::fs::create_dir(desk.path("out")).unwrap();
    let scale = "code = \"some\"\nkind = \"scale\"\nscale = \"s\"\n";
    let asked = DEFINITION.replace(scale, &format!("{scale}no_opinion = true\n"));
    assert_ne!(asked, DEFINITION);
    desk.file("definitions/small.toml", asked);
    desk.file("definitions/rated.toml", officials().replace("id = \"small\"", "id = \"rated\""));
    desk.file("units.csv", UNITS);
    desk.file("r1.toml", format!("{ROUND}\n[[questionnaire]]\nid = \"rated\"\nblocks = [\"departments\"]\n"));
    let citizens =
        ["so-noi-vu,2,NOT_APPLICABLE,2,,\n", "so-noi-vu,2,,2,,\n", "so-noi-vu,1,na,2,,\n", "so-noi-vu,2,2,1,,\n"].concat().repeat(15);
    desk.file("small.csv", format!("unit,many,some,few,asked,after\n{citizens}"));
    let rows = ["so-noi-vu,deputies,2\n", "so-noi-vu,leaders,1\n"].concat().repeat(25);
    desk.file("rated.csv", format!("rated_unit,group,i\n{rows}"));
    desk.done(&["units", "import", "units.csv"]);
    desk.done(&["round", "create", "r1.toml"]);
    desk.done(&["round", "open", "r1", "--definitions", "definitions"]);
    for id in ["small", "rated"] {
        desk.done(&["responses", "import", "r1", id, &format!("{id}.csv"), "--as", "x"]);
    }
    desk.done(&["round", "close", "r1"]);
    desk
}

/// What is in the folder of exports.
fn names(desk: &Desk) -> HashSet<String> {
    std::fs::read_dir(desk.path("out")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

fn read(desk: &Desk, name: &str) -> String {
    std::fs::read_to_string(desk.path("out").join(name)).unwrap()
}

#[test]
fn a_folder_gets_one_file_a_questionnaire_and_none_without_rows() {
    let desk = closed();
    desk.done(&["export", "r1", "indices", "--draft", "--folder", "out"]);
    assert_eq!(names(&desk), ["r1.small.indices.csv", "r1.small.indices-columns.csv"].map(str::to_owned).into());
    desk.done(&["export", "r1", "components", "--draft", "--folder", "out/"]);
    for id in ["small", "rated"] {
        let rows = table(&read(&desk, &format!("r1.{id}.components.csv")));
        assert!(!rows.is_empty() && rows.iter().all(|row| row["questionnaire"] == id), "{id}");
        assert!(!table(&read(&desk, &format!("r1.{id}.components-columns.csv"))).is_empty());
    }
    desk.done(&["export", "r1", "distributions", "--draft", "--format", "xlsx", "--folder", "out"]);
    let mut book: Xlsx<_> = open_workbook(desk.path("out").join("r1.rated.distributions.xlsx")).unwrap();
    assert_eq!(book.sheet_names(), ["distributions", "Giải thích cột"]);
    assert!(book.worksheet_range("distributions").unwrap().rows().count() > 2);
    desk.done(&["export", "r1", "codebook", "--format", "json", "--folder", "out"]);
    assert_eq!(names(&desk).len(), 2 + 4 + 2 + 4, "{:?}", names(&desk));
    assert!(desk.refused(&["export", "r1", "codebook", "--folder", "nowhere"]).contains("nowhere is no folder; make it first"));
}

#[test]
fn a_table_without_rows_is_refused_with_those_that_have_some() {
    let desk = closed();
    let refused = desk.refused(&["export", "r1", "indices", "--draft", "--questionnaire", "rated"]);
    assert!(
        refused.contains("the table `indices` of rated has no rows; tables with figures: distributions, components, codebook"),
        "{refused}"
    );
    assert!(table(&desk.done(&["export", "r1", "indices", "--draft"])).iter().all(|row| row["questionnaire"] == "small"));
}

/// Without the library of R or pandas at hand: by what they take for an empty cell.
#[test]
fn what_does_not_apply_is_told_from_no_answer_in_files_of_single_sheets() {
    let desk = closed();
    let asked = ["export", "r1", "responses", "--questionnaire", "small", "--attributes", "none"];
    let said = desk.run(&[&asked[..], &HANDS].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    let rows = table(&said.out);
    let count = |cell: &str| rows.iter().filter(|row| row["some"] == cell).count();
    assert_eq!([count("NOT_APPLICABLE"), count(""), count("2"), count("NA")], [30, 15, 15, 0]);
    let columns = table(&desk.done(&["export", "r1", "responses", "--questionnaire", "small", "--columns"]));
    let missing: HashSet<&str> =
        columns.iter().filter(|row| row["column"] == "some" && row["entry"] == "missing").map(|row| &*row["cell"]).collect();
    assert_eq!(missing, HashSet::from(["NOT_APPLICABLE", "NOT_SHOWN"]));
    let options: Vec<_> = columns.iter().filter(|row| row["column"] == "some" && row["entry"] == "code").collect();
    assert_eq!(options.iter().map(|row| [&*row["cell"], &*row["meaning_vi"]]).collect::<Vec<_>>(), [["1", "Không"], ["2", "Có"]]);
    let heads: HashSet<&str> = columns.iter().filter(|row| row["entry"] == "column").map(|row| &*row["column"]).collect();
    assert!(rows[0].keys().all(|column| heads.contains(&**column)), "{heads:?}");
    assert!(desk.done(&["export", "r1", "remarks", "--questionnaire", "small", "--columns"]).contains("decision"));
    assert_eq!(desk.number("SELECT count(*) FROM sheet_file"), 1, "what columns are says nothing of anybody");
}

#[test]
fn decimals_have_a_comma_where_a_spreadsheet_in_vietnamese_wants_one() {
    let desk = closed();
    let point = desk.done(&["export", "r1", "components", "--draft", "--questionnaire", "small"]);
    let comma = desk.done(&["export", "r1", "components", "--draft", "--questionnaire", "small", "--decimal", "comma"]);
    let text = comma.strip_prefix('\u{feff}').unwrap();
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let given = table(&point);
    assert_eq!(rows.len(), given.len());
    let mut tried = 0;
    for (row, given) in rows.iter().zip(&given) {
        for (column, cell) in head.iter().zip(row) {
            let decimal = ["index", "maximum", "points", "points_held"].contains(&column.as_str());
            let wanted = if decimal { given[column].replace('.', ",") } else { given[column].clone() };
            assert_eq!(cell, wanted, "{column}");
            tried += usize::from(decimal && cell.contains(','));
        }
    }
    assert!(tried > 0 && !text.contains("\"1"), "numbers stand without quotation marks: {text}");
    let refused = desk.refused(&["export", "r1", "components", "--draft", "--decimal", "comma", "--format", "xlsx"]);
    assert!(refused.contains("--decimal comma belongs to --format csv"), "{refused}");
}
