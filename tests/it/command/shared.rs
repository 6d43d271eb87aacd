//! Two rounds that share a file of sheets: figures of both would give away what is in one only.

use rusqlite::Connection;

use super::desk::{Desk, ROUND};

const HEADER: &str = "unit,mode,used,sources,rating\n";
const ROWS: [&str; 12] = [
    "so-noi-vu,paper,1,1;3,1",
    "so-noi-vu,paper,1,1;3,2",
    "so-noi-vu,,2,2,NA",
    "so-noi-vu,desk,2,,1",
    "so-noi-vu,,1,2,2",
    "so-noi-vu,,1,1,2",
    "so-noi-vu,,2,1;2,2",
    "so-noi-vu,,2,3,1",
    "so-noi-vu,,1,,1",
    "so-noi-vu,,1,,1",
    "so-noi-vu,,1,2;3,",
    "so-tai-chinh,,1,,2",
];

fn import<'a>(round: &'a str, file: &'a str) -> Vec<&'a str> {
    vec!["responses", "import", round, "small", file, "--as", "Lê Văn C"]
}

/// Two open rounds, and a file of twelve sheets.
fn desk() -> Desk {
    let desk = Desk::with_open_round();
    desk.file("r2.toml", ROUND.replace("r1", "r2"));
    desk.done(&["round", "create", "r2.toml"]);
    desk.done(&["round", "open", "r2"]);
    desk.file("s.csv", format!("{HEADER}{}\n", ROWS.join("\n")));
    desk
}

#[test]
fn a_file_that_is_in_one_round_is_refused_by_another_whatever_its_order() {
    let desk = desk();
    desk.done(&import("r1", "s.csv"));
    // The same sheets: backwards, in quotation marks, with the columns turned round, a row without an answer and another line end.
    let quoted = |row: &&str| {
        let mut cells: Vec<String> = row.split(',').map(|cell| format!("\"{}\"", cell.replace("1;3", "3;1"))).collect();
        cells.reverse();
        cells.join(",") + "\r\n"
    };
    let turned: String = ROWS.iter().rev().map(quoted).collect();
    desk.file("turned.csv", format!("rating,sources,used,mode,unit\r\n{turned},,,,so-noi-vu\r\n"));
    // And without what was written, or how somebody was asked, of which no figure is made.
    let told: Vec<String> = ROWS.iter().map(|row| format!("{},người hỏi viết thêm", row.replace(",paper,", ",desk,"))).collect();
    desk.file("told.csv", format!("{},words\n{}\n", HEADER.trim_end(), told.join("\n")));
    for file in ["s.csv", "turned.csv", "told.csv"] {
        let refused = desk.refused(&import("r2", file));
        assert!(refused.contains("are in round `r1` already") && refused.contains("responses undo"), "{refused}");
        let again = [import("r2", file), vec!["--again"]].concat();
        assert_eq!(desk.refused(&again), refused, "another round takes it by no word");
    }
    // Its own round takes the same sheets again only by a word.
    assert!(desk.refused(&import("r1", "s.csv")).contains("this very file was imported before (10-49 sheets)"));
    let refused = desk.refused(&import("r1", "turned.csv"));
    assert!(
        refused.contains("the same sheets were imported before from another file (10-49 sheets)") && refused.contains("--again"),
        "{refused}"
    );
    let again = desk.done(&[import("r1", "turned.csv"), vec!["--again"]].concat());
    assert!(again.starts_with("imported 12 sheets into round r1"), "{again}");
    desk.done(&["responses", "undo", "r1", "small", "turned.csv"]);
    desk.done(&["round", "close", "r1"]);
    assert!(desk.refused(&import("r2", "turned.csv")).contains("are in round `r1` already"), "closing keeps the hash");
    // A file with one row less is not recognised where there are few about every other unit, which the help says.
    desk.file("other.csv", format!("{HEADER}{}\n", ROWS[1..].join("\n")));
    desk.done(&import("r2", "other.csv"));
}

/// What was written belongs to no sheet: files of nothing else have nothing that could be subtracted.
#[test]
fn files_of_remarks_only_share_nothing_with_each_other() {
    let desk = desk();
    for (number, round) in ["r1", "r2", "r1"].into_iter().enumerate() {
        desk.file("words.csv", format!("unit,used,sources,rating,words\nso-noi-vu,,,,lời số {number}\n"));
        let said = desk.run(&import(round, "words.csv"));
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{round}");
        assert!(desk.refused(&import(round, "words.csv")).contains("this very file was imported before"));
    }
    assert_eq!(desk.number("SELECT count(*) FROM import WHERE content = ''"), 3);
    for round in ["r1", "r2"] {
        desk.done(&["round", "close", round]);
        desk.done(&["round", "publish", round, "--as", "Lan"]);
    }
    assert_eq!(desk.number("SELECT count(*) FROM snapshot"), 2);
}

#[test]
fn a_file_that_was_undone_goes_into_another_round() {
    let desk = desk();
    desk.done(&import("r1", "s.csv"));
    desk.done(&["responses", "undo", "r1", "small", "s.csv"]);
    assert_eq!(desk.done(&import("r2", "s.csv")), "imported 12 sheets into round r2\n");
}

/// Both rounds hold it since a time when nobody looked: by its content where that was kept, else by its bytes.
#[test]
fn a_round_that_shares_a_file_with_a_published_one_is_not_published() {
    for (known_by, other) in [("content", "sha256"), ("sha256", "content")] {
        let desk = desk();
        desk.done(&import("r1", "s.csv"));
        desk.file("later.csv", format!("{HEADER}{}\n", ROWS[1..].join("\n")));
        desk.done(&import("r2", "later.csv"));
        desk.done(&["round", "close", "r1"]);
        desk.done(&["round", "close", "r2"]);
        let db = Connection::open(desk.path("par-survey.db")).unwrap();
        db.execute(&format!("UPDATE known_file SET {known_by} = 'same'"), []).unwrap();
        db.execute(&format!("UPDATE known_file SET {other} = ''"), []).unwrap();
        if other == "sha256" {
            // Bytes are always known; these differ.
            db.execute("UPDATE known_file SET sha256 = id", []).unwrap();
        }
        drop(db);
        desk.done(&["round", "publish", "r1", "--as", "Lan"]);
        let refused = desk.refused(&["round", "publish", "r2", "--as", "Lan"]);
        assert!(refused.contains("share sheets from a file") && refused.contains("make a new round"), "{refused}");
        assert_eq!(desk.number("SELECT count(*) FROM snapshot"), 1);
    }
}

/// Twelve sheets about a unit, each different.
fn twelve(unit: &str) -> String {
    let sheet = |number: usize| format!("{unit},,{},{},{}\n", 1 + number % 2, 1 + number / 2 % 3, 1 + number / 6);
    (0..12).map(sheet).collect()
}

/// The difference of both files would be what one person answered.
#[test]
fn a_file_with_one_row_more_is_recognised_by_the_sheets_of_another_unit() {
    let desk = desk();
    let [own, other] = ["so-noi-vu", "so-tai-chinh"].map(twelve);
    desk.file("one.csv", format!("{HEADER}{own}{other}"));
    desk.file("more.csv", format!("{HEADER}so-tai-chinh,,1,1,1\n{other}{own}"));
    desk.file("part.csv", format!("{HEADER}{own}"));
    desk.done(&import("r1", "one.csv"));
    for file in ["more.csv", "part.csv"] {
        assert!(desk.refused(&import("r2", file)).contains("are in round `r1` already"), "{file}");
        let refused = desk.refused(&import("r1", file));
        assert!(
            refused.contains("all its sheets about a unit were imported before from another file") && refused.contains("--again"),
            "{refused}"
        );
    }
    // Where both were in before anybody looked so closely, the second is not published.
    desk.file("different.csv", format!("{HEADER}{}", twelve("so-noi-vu").replace("so-noi-vu,,1,1,1\n", "so-noi-vu,,1,1,2\n")));
    desk.done(&import("r2", "different.csv"));
    desk.execute(
        "UPDATE import SET content = 'other' || (SELECT substr(content, instr(content, ';')) FROM import WHERE id = 1) WHERE id > 1",
    );
    for round in ["r1", "r2"] {
        desk.done(&["round", "close", round]);
    }
    desk.done(&["round", "publish", "r1", "--as", "Lan"]);
    assert!(desk.refused(&["round", "publish", "r2", "--as", "Lan"]).contains("share sheets from a file"));
}

/// Of fewer than ten different sheets others may be equal by chance, as where everybody is content.
#[test]
fn few_sheets_of_a_unit_may_be_equal_by_chance() {
    let desk = desk();
    let different: Vec<String> = twelve("so-noi-vu").lines().take(8).map(|row| format!("{row}\n")).collect();
    let content = "so-noi-vu,,1,1,2\n".repeat(40) + &different.concat();
    desk.file("one.csv", format!("{HEADER}{content}so-tai-chinh,,1,1,1\n"));
    desk.file("other.csv", format!("{HEADER}{content}so-tai-chinh,,2,1,1\n"));
    desk.done(&import("r1", "one.csv"));
    desk.done(&import("r2", "other.csv"));
}
