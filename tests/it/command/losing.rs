//! What nobody can get back is not lost by a command: keys, databases, and answers that are not yet where they belong.

use rusqlite::Connection;

use super::desk::Desk;

#[test]
fn no_table_is_written_over_a_key_or_a_database() {
    let desk = Desk::with_open_round();
    for name in ["r1.key", "par-survey.db"] {
        let before = std::fs::read(desk.path(name)).unwrap();
        let refused = desk.refused(&["export", "r1", "codebook", "--output", name]);
        assert!(refused.contains(name) && refused.contains("is never overwritten; name another file"), "{refused}");
        assert_eq!(std::fs::read(desk.path(name)).unwrap().len(), before.len(), "{name}");
    }
    desk.file("table.csv", "an older table");
    desk.done(&["export", "r1", "codebook", "--output", "table.csv"]);
    assert!(std::fs::read_to_string(desk.path("table.csv")).unwrap().contains("small"));
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
