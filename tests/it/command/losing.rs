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
            let before = std::fs::read(desk.path(name)).unwrap();
            let refused = desk.refused(&[command, &[name]].concat());
            assert!(refused.starts_with(name) && refused.contains("is never overwritten; name another file"), "{command:?} {refused}");
            assert!(std::fs::read(desk.path(name)).unwrap() == before, "{command:?} {name}");
        }
    }
    for no_file in ["keys", "/dev/stdout", "/dev/null"] {
        let refused = desk.refused(&["export", "r1", "codebook", "--output", no_file]);
        let words = "is no file; name another. What should go to another program goes to standard output: leave out --output";
        assert!(refused.starts_with(&format!("{no_file} {words}")), "{refused}");
    }
    for command in [&["export", "r1", "codebook", "--output"][..], &posters] {
        desk.file("table.csv", "an older table");
        desk.done(&[command, &["table.csv"]].concat());
        assert!(std::fs::read_to_string(desk.path("table.csv")).unwrap().contains("so-noi-vu") || command[0] == "export");
        assert_ne!(std::fs::read(desk.path("table.csv")).unwrap(), b"an older table");
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
