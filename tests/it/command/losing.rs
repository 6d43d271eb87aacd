//! What nobody can get back is not lost by a command: keys, databases, and answers that are not yet where they belong.

use rusqlite::Connection;

use super::desk::Desk;
use super::seal::{done, second_draft, stick};

/// What is never written over, made by commands, with the connection that keeps the log of the database there.
fn what_is_never_written_over(desk: &Desk) -> (Connection, Vec<String>) {
    let issue = ["codes", "issue", "r1", "small", "--unit", "so-noi-vu", "--count", "17", "--public-url", "https://k.example.vn"];
    let issued = desk.run(&[&issue[..], &["--slips", "slips.html", "--list", "list.csv"]].concat());
    assert_eq!(issued.code, 0, "{}", issued.err);
    let stick = stick();
    second_draft(desk);
    done(desk, &["round", "open", "r2", "--trustees", "2-of-3", "--pages", stick.path().to_str().unwrap()]);
    std::fs::copy(stick.path().join("r2-share-1.html"), desk.path("share.html")).unwrap();
    let reader = Connection::open(desk.path("par-survey.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM round;").unwrap();
    // Also a log that lies elsewhere, and the list of its pages, which others have open.
    desk.file("copied", [0x37, 0x7f, 0x06, 0x82, 0, 0]);
    let names = [
        "r1.key",
        "par-survey.db",
        "par-survey.db-wal",
        "par-survey.db-shm",
        "par-survey.db-journal",
        "par-survey.db.lock",
        "copied",
        "keys/r1.pepper",
        "share.html",
        "slips.html",
        "list.csv",
    ];
    (reader, names.map(str::to_owned).to_vec())
}

#[test]
fn no_table_is_written_over_a_key_or_a_database() {
    let desk = Desk::with_open_round();
    let (_reader, names) = what_is_never_written_over(&desk);
    let posters = ["round", "posters", "r1", "--public-url", "https://k.example.vn", "--output"];
    for name in &names {
        for command in [&["export", "r1", "codebook", "--output"][..], &["scores", "export", "r1"], &posters] {
            // One of them is not there, as others are not where nobody has the database open.
            let bytes = || std::fs::read(desk.path(name)).unwrap_or_default();
            let before = bytes();
            let refused = desk.refused(&[command, &[name]].concat());
            assert!(refused.starts_with(name) && refused.contains("is never overwritten; name another file"), "{command:?} {refused}");
            assert!(bytes() == before, "{command:?} {name}");
        }
    }
    for no_file in ["keys", "/dev/stdout", "/dev/null"] {
        let refused = desk.refused(&["export", "r1", "codebook", "--output", no_file]);
        let words = "is no file; name another. What should go to another program goes to standard output: leave out --output";
        assert!(refused.starts_with(&format!("{no_file} {words}")), "{refused}");
    }
    assert!(!desk.path("par-survey.db-journal").exists());
}

/// What is written anew whenever somebody wants it is written over an older one, and over nothing else: not over a file that was imported, which
/// nobody but its owner has, nor over one that somebody filled in.
#[test]
fn a_table_is_written_only_over_an_older_one_of_its_kind() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", "unit,mode,used,sources,rating\nso-noi-vu,paper,1,1;3,1\n");
    desk.done(&["responses", "import", "r1", "small", "s.csv", "--as", "Lê Văn C"]);
    desk.file("table.toml", "[questionnaire]\nid = \"x\"\n");
    desk.file("other.json", "{\"year\": 2026}");
    desk.file("blank.txt", format!("{}what somebody wrote", "\n".repeat(4096)));
    desk.file("page.html", "<!DOCTYPE html><html><head><title>Báo cáo</title></head></html>");
    let posters = ["round", "posters", "r1", "--public-url", "https://k.example.vn", "--output"];
    for command in [&["export", "r1", "codebook", "--output"][..], &["export", "r1", "codebook", "--format", "json", "--output"], &posters]
    {
        for name in ["s.csv", "r1.toml", "units.csv", "table.toml", "other.json", "blank.txt", "page.html"] {
            let refused = desk.refused(&[command, &[name]].concat());
            assert!(
                refused.starts_with(&format!("{name} is something else than what would be written, and is not overwritten")),
                "{refused}"
            );
        }
        let again = [command, &["table"]].concat();
        desk.file("table", "[\n]\n");
        desk.done(&again);
        desk.file("table", "");
        desk.done(&again);
        let first = std::fs::read_to_string(desk.path("table")).unwrap();
        desk.file("table", format!("{first}and more\n"));
        desk.done(&again);
        assert_eq!(std::fs::read_to_string(desk.path("table")).unwrap(), first, "{command:?}");
        std::fs::remove_file(desk.path("table")).unwrap();
    }
    assert!(std::fs::read_to_string(desk.path("s.csv")).unwrap().ends_with("paper,1,1;3,1\n"));
    desk.done(&["round", "close", "r1"]);
    let review = ["export", "r1", "remarks", "--as", "Mai", "--as-unit", "outside", "--for-review", "review.csv"];
    desk.file("review.csv", "remark,item,words,decision,text\n1,words,lời,drop,\n");
    let scores = ["scores", "export", "r1", "review.csv"];
    let responses = ["export", "r1", "responses", "--as", "Mai", "--as-unit", "outside", "--attributes", "none", "--output", "review.csv"];
    for command in [&review[..], &scores, &responses] {
        let refused = desk.refused(command);
        assert!(refused.starts_with("review.csv is there already, and such a file is written over none"), "{refused}");
    }
}

/// As where the disk is full: what was opened is in the log beside the database, and a file without its log is nothing.
#[test]
fn the_key_stays_until_the_answers_are_in_the_database_file() {
    let desk = Desk::with_open_round();
    desk.file("s.csv", "unit,mode,used,sources,rating\nso-noi-vu,paper,1,1;3,1\n");
    desk.done(&["responses", "import", "r1", "small", "s.csv", "--as", "Lê Văn C"]);
    // Whoever reads keeps the log from being emptied.
    let reader = Connection::open(desk.path("par-survey.db")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM round;").unwrap();
    let said = desk.run(&["round", "close", "r1"]);
    assert_eq!((said.code, said.out.as_str()), (1, "closed round r1\n"), "{}", said.err);
    assert!(said.err.contains("The key is kept") && said.err.contains("repeat `par-survey round close r1`"), "{}", said.err);
    assert!(desk.path("r1.key").exists());
    drop(reader);
    assert!(desk.done(&["round", "close", "r1"]).contains("is destroyed"));
    assert!(!desk.path("r1.key").exists());
    assert_eq!(desk.number("SELECT count(*) FROM response"), 1);
}
