use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::private::{serve_after, signal};
use crate::harness::patience::PATIENCE;

/// An open round, a server that ended with sheets in its letterbox, and one that ended with none and reported so.
fn desk() -> Desk {
    let desk = Desk::with_open_round();
    desk.execute(
        "INSERT INTO instance (id, name, beats, waiting) VALUES ('a', 'server-1', 7, 0), ('b', 'server-2', 40, 1);
         INSERT INTO instance_report (round_id, instance_id) VALUES (1, 'a'), (1, 'b')",
    );
    desk
}

struct Ends<'a>(&'a AtomicBool);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Does something while a server counts up, as one does that runs.
fn while_it_runs<T>(desk: &Desk, name: &str, act: impl FnOnce() -> T) -> T {
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(Ordering::Relaxed) {
                desk.execute(&format!("UPDATE instance SET beats = beats + 1 WHERE name = '{name}'"));
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        // Also where it panics, so that nobody waits for the thread.
        let _end = Ends(&ended);
        act()
    })
}

#[test]
fn the_register_says_who_runs_and_where_sheets_may_wait() {
    let desk = desk();
    let list = while_it_runs(&desk, "server-2", || desk.done(&["instances", "list"]));
    let expected = "\
instance  runs  sheets    reported empty for
server-1  no    none      r1
server-2  yes   may wait  r1
";
    assert_eq!(list, expected);
    let list: serde_json::Value = serde_json::from_str(&desk.done(&["instances", "list", "--format", "json"])).unwrap();
    assert_eq!(list[1], serde_json::json!({ "name": "server-2", "runs": false, "may_hold_sheets": true, "reported_empty": ["r1"] }));
}

/// It may take them before it is heard again, and be gone by then.
#[test]
fn sheets_may_wait_at_a_server_from_the_moment_in_which_a_round_is_opened() {
    let desk = Desk::with_draft();
    desk.execute("INSERT INTO instance (id, name, beats, waiting) VALUES ('a', 'server-1', 7, 0)");
    assert!(desk.done(&["instances", "list"]).contains("server-1  no    none"));
    desk.done(&["round", "open", "r1"]);
    assert!(desk.done(&["instances", "list"]).contains("server-1  no    may wait"));
}

/// The same with a server, which counts up by itself: on a machine that is busy not always within a single look.
#[test]
fn a_server_that_runs_is_told_from_one_that_was_killed() {
    let desk = Desk::with_open_round();
    let mut server = serve_after(&desk, "true");
    let list = || serde_json::from_str::<serde_json::Value>(&desk.done(&["instances", "list", "--format", "json"])).unwrap();
    let began = Instant::now();
    let mut running = list();
    while running[0]["runs"] == false && began.elapsed() < PATIENCE {
        running = list();
    }
    let name = running[0]["name"].as_str().unwrap().to_owned();
    signal(&mut server, "KILL");
    assert_eq!((&running[0]["runs"], &running[0]["may_hold_sheets"]), (&true.into(), &true.into()));
    assert_eq!(list()[0]["runs"], false);
    desk.done(&["instances", "forget", &name, "--yes"]);
    assert_eq!(list(), serde_json::json!([]));
}

#[test]
fn a_register_without_servers_is_an_empty_list() {
    let desk = Desk::new();
    desk.done(&["migrate", "up"]);
    assert_eq!(desk.done(&["instances", "list", "--format", "json"]), "[]\n");
    assert_eq!(desk.refused(&["instances", "forget", "server-1"]), "there is no server called `server-1`; none is registered");
}

#[test]
fn whoever_can_hold_nothing_is_forgotten_with_its_reports() {
    let desk = desk();
    let revision = desk.number("SELECT number FROM revision");
    let said = desk.done(&["instances", "forget", "server-1"]);
    assert_eq!(said, "forgot instance server-1; when it was last heard, no round was open\n");
    assert_eq!(desk.number("SELECT count(*) FROM instance WHERE name = 'server-1'"), 0);
    assert_eq!(desk.number("SELECT count(*) FROM instance_report WHERE instance_id = 'a'"), 0);
    assert_eq!(desk.number("SELECT count(*) FROM instance_report WHERE instance_id = 'b'"), 1);
    assert_eq!(desk.number("SELECT number FROM revision"), revision + 1);
}

#[test]
fn whoever_may_hold_sheets_is_forgotten_only_when_told_twice() {
    let desk = desk();
    let reason = desk.refused(&["instances", "forget", "server-2"]);
    assert!(reason.starts_with("sheets may wait in the letterbox of `server-2`, and without it they are never counted"), "{reason}");
    assert!(reason.contains("codes that they came with can be used again") && reason.ends_with("forget server-2 --yes`"), "{reason}");
    assert_eq!(desk.number("SELECT count(*) FROM instance"), 2);
    let said = desk.done(&["instances", "forget", "server-2", "--yes"]);
    let lost = "sheets that wait in its letterbox are not counted; codes that they came with can be used again";
    assert_eq!(said, format!("forgot instance server-2; {lost}\n"));
    assert_eq!(desk.number("SELECT count(*) FROM instance"), 1);
}

/// Names that versions before gave twice.
#[test]
fn of_several_servers_of_one_name_all_are_forgotten_or_none() {
    let desk = desk();
    desk.execute("UPDATE instance SET name = 'server'");
    let events = desk.done(&["audit", "list"]);
    assert!(desk.refused(&["instances", "forget", "server"]).starts_with("sheets may wait in the letterbox of `server`"));
    assert_eq!((desk.number("SELECT count(*) FROM instance"), desk.done(&["audit", "list"])), (2, events));
    // One that moves at the last moment.
    desk.execute("CREATE TRIGGER moves BEFORE DELETE ON instance WHEN OLD.id = 'b' BEGIN SELECT RAISE(IGNORE); END");
    let before = desk.done(&["audit", "list"]);
    desk.refused(&["instances", "forget", "server", "--yes"]);
    assert_eq!((desk.number("SELECT count(*) FROM instance"), desk.done(&["audit", "list"])), (2, before));
    desk.execute("DROP TRIGGER moves");
    assert_eq!(desk.done(&["instances", "forget", "server", "--yes"]).lines().count(), 2);
    assert_eq!(desk.number("SELECT count(*) FROM instance"), 0);
}

/// A key once became "a damaged letterbox", which was renamed and replaced, and closing said that the key was destroyed.
#[test]
fn a_file_that_is_no_letterbox_is_left_as_it_is() {
    let desk = Desk::with_open_round();
    desk.file("list.csv", "link,code,until,warning\n");
    desk.file("book.xlsx", b"PK\x03\x04\0\0\0");
    for file in ["r1.key", "units.csv", "r1.toml", "list.csv", "book.xlsx"] {
        let before = std::fs::read(desk.path(file)).unwrap();
        for command in [&["instances", "salvage", file, "--round", "r1"][..], &["round", "close", "r1", "--letterbox", file]] {
            assert_eq!(desk.refused(command), format!("{file} is no letterbox; name the file of the letterbox itself"));
        }
        assert_eq!(std::fs::read(desk.path(file)).unwrap(), before);
        assert!(!desk.path(&format!("{file}.damaged-1")).exists() && !desk.path(&format!("{file}.lock")).exists(), "{file}");
    }
    assert!(desk.done(&["round", "list"]).contains("open"), "it is not even marked");
}

#[test]
fn what_is_to_be_salvaged_is_found_before_anybody_is_asked_for_a_key() {
    let desk = Desk::with_open_round();
    let salvage = |more: &[&str]| desk.refused(&[&["instances", "salvage", "--seal-key", "none.key"], more].concat());
    assert_eq!(salvage(&["none.db"]), "none.db: there is no letterbox");
    desk.file("letterbox.db", "");
    desk.execute("UPDATE round SET state = 'closed'");
    assert!(salvage(&["letterbox.db"]).starts_with("no round is open or closing; once a round is closed its key is gone"));
    let one = salvage(&["letterbox.db", "--round", "r1"]);
    assert_eq!(one, "round `r1` is closed; it has a key only while it is open or closing");
    desk.execute("UPDATE round SET state = 'open'");
    desk.file("r2.toml", super::desk::ROUND.replace("r1", "r2"));
    desk.done(&["round", "create", "r2.toml"]);
    desk.execute("UPDATE round SET state = 'closing' WHERE code = 'r2'");
    assert_eq!(salvage(&["letterbox.db"]), "more than one round is open or closing: r2, r1; say which with --round ROUND");
    assert_eq!(salvage(&["letterbox.db", "--round", "r2"]), "round `r2` has no seal; `par-survey round seal r2` brings it under one");
}

#[test]
fn whoever_runs_or_is_unknown_is_not_forgotten() {
    let desk = desk();
    let running = while_it_runs(&desk, "server-1", || desk.refused(&["instances", "forget", "server-1", "--yes"]));
    assert_eq!(running, "server `server-1` runs; end it first, then forget it");
    assert_eq!(
        desk.refused(&["instances", "forget", "server-3", "--yes"]),
        "there is no server called `server-3`; registered are server-1, server-2"
    );
    assert_eq!(desk.number("SELECT count(*) FROM instance_report"), 2);
}

#[test]
fn a_server_has_a_name_of_one_line_without_a_comma() {
    let desk = Desk::with_open_round();
    let refused = |name: &str| desk.refused(&["serve", "--listen", "127.0.0.1:0", "--name", name]);
    for name in ["a\nb", "a\u{1b}]0;b\u{7}", "a\u{202e}b"] {
        assert_eq!(refused(name), "--name: the name has signs that are not printed; type it again");
    }
    assert_eq!(refused(""), "--name: the name is empty; write some words");
    assert_eq!(refused("a,b"), "--name: the name of a server has no comma, by which names are parted: `a,b`");
}

/// Names that versions before took, or that somebody wrote past every command.
#[test]
fn whatever_somebody_gave_as_a_name_one_row_is_one_line_and_no_terminal_obeys_it() {
    let desk = desk();
    let name = "a\u{1b}[2J\u{202e}\n2026-01-01T00:00:00Z  Lan  seal.burnt";
    let file = name.replace('/', "");
    desk.file(&file, "no table");
    desk.execute(&format!("INSERT INTO import (questionnaire_id, sha256, sheets, undone, imported_by) VALUES (1, '', 0, 0, '{name}')"));
    desk.execute(&format!("UPDATE instance SET name = '{name}' WHERE id = 'a'; DELETE FROM instance_report WHERE instance_id = 'a'"));
    let before = desk.done(&["audit", "list"]).lines().count();
    let said = [
        desk.done(&["instances", "list"]),
        desk.done(&["instances", "list", "--format", "json"]),
        desk.run(&["round", "close", "r1", "--wait", "0"]).err,
        desk.refused(&["round", "close", "r1", "--without", "c"]),
        desk.refused(&["instances", "forget", "c"]),
        desk.done(&["instances", "forget", name]),
        desk.done(&["audit", "list"]),
        desk.done(&["audit", "list", "--format", "json"]),
        desk.done(&["round", "status", "r1"]),
        desk.run(&["units", "import", &file]).err,
        desk.run(&["responses", "import", "r1", "small", &file, "--as", "x"]).err,
        desk.run(&["export", "r1", "codebook", "--output", &file]).err,
        desk.run(&["round", "close", "r1", "--seal-key", &format!("none{file}")]).err,
    ];
    for text in &said {
        assert!(!text.contains(['\u{1b}', '\u{202e}']) && !text.lines().any(|line| line.starts_with("2026-01-01")), "{text}");
    }
    assert_eq!(said[0].lines().count(), 3, "{}", said[0]);
    assert_eq!(said[6].lines().count(), before + 2, "that closing began, and that a server was forgotten: {}", said[6]);
    assert!(said[6].contains(r"a\u{1b}[2J\u{202e}\n2026-01-01"), "{}", said[6]);
}
