//! Commands that are ended half-way: what they leave is taken for nothing that it is not, and what must not lie about is not left.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::desk::{Desk, Said};
use super::sheets;
use crate::harness::patience::PATIENCE;

const ISSUE: [&str; 14] = [
    "codes",
    "issue",
    "r1",
    "small",
    "--unit",
    "so-noi-vu",
    "--count",
    "23",
    "--public-url",
    "https://khaosat.example.vn",
    "--slips",
    "slips.html",
    "--list",
    "list.csv",
];

/// Lets nobody else write the database, so that a command gets as far as that.
fn hold(desk: &Desk) -> Connection {
    let held = Connection::open(desk.path("par-survey.db")).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    held
}

/// A command that is at work.
struct Begun(Child);

impl Begun {
    fn new(mut command: Command) -> Self {
        Self(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// Waits until it has done something.
    fn until(&mut self, never: &str, is_so: impl Fn(u32) -> bool) {
        let began = Instant::now();
        while !is_so(self.0.id()) {
            assert!(began.elapsed() < PATIENCE && self.0.try_wait().unwrap().is_none(), "{never}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Ends it by a signal, and says what it said.
    fn end(self, signal: &str) -> String {
        let pid = self.0.id().to_string();
        assert!(Command::new("kill").args([&format!("-{signal}"), &pid]).status().unwrap().success());
        let output = self.0.wait_with_output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    }

    fn said(self) -> Said {
        let output = self.0.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// All but the log of a database and the list of its pages, which whoever closes it last takes away.
fn names(folder: &Path) -> BTreeSet<String> {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm")).collect()
}

/// Files that a process has open.
fn open_files(process: u32) -> Vec<PathBuf> {
    let files = std::fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    files.filter_map(|file| std::fs::read_link(file.path()).ok()).collect()
}

#[test]
fn codes_that_a_command_that_was_cut_off_did_not_issue_lie_under_a_name_that_says_so() {
    let desk = Desk::with_open_round();
    let held = hold(&desk);
    let mut begun = Begun::new(desk.command(&ISSUE));
    begun.until("no list is written", |_| names(&desk.path("")).iter().any(|name| name.starts_with("list.csv")));
    begun.end("KILL");
    drop(held);
    assert!(!desk.path("slips.html").exists() && !desk.path("list.csv").exists(), "{:?}", names(&desk.path("")));
    let left = desk.path("slips.html.not-issued");
    assert_eq!(std::fs::metadata(&left).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(desk.number("SELECT count(*) FROM code_1"), 0);
    // Whoever repeats it is told what lies there, and what to do with it.
    let refused = desk.refused(&ISSUE);
    assert!(refused.starts_with("slips.html.not-issued was left by a command that was cut off"), "{refused}");
    assert!(refused.contains("its codes open nothing: remove it, and do this again"), "{refused}");
    assert!(!desk.done(&["audit", "list"]).contains("codes.issue"), "which is so");
    for name in ["slips.html.not-issued", "list.csv.not-issued"] {
        std::fs::remove_file(desk.path(name)).unwrap();
    }
    let said = desk.run(&ISSUE);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(!names(&desk.path("")).iter().any(|name| name.ends_with(".not-issued")));
    assert_eq!(std::fs::metadata(desk.path("slips.html")).unwrap().permissions().mode() & 0o777, 0o600);
}

/// The round is closed in the last moment.
#[test]
fn codes_that_are_refused_when_they_are_kept_leave_no_file() {
    let desk = Desk::with_open_round();
    let held = hold(&desk);
    let mut begun = Begun::new(desk.command(&ISSUE));
    begun.until("no list is written", |_| desk.path("list.csv.not-issued").exists());
    held.execute_batch("UPDATE round SET state = 'closing'; COMMIT").unwrap();
    let said = begun.said();
    assert_eq!(said.code, 1, "{said:?}");
    let left: Vec<String> = names(&desk.path("")).into_iter().filter(|name| name.contains("slips") || name.contains("list")).collect();
    assert_eq!(left, [""; 0], "{}", said.err);
}

#[test]
fn issued_codes_whose_file_cannot_be_put_in_place_are_not_lost() {
    let desk = Desk::with_open_round();
    let held = hold(&desk);
    let mut begun = Begun::new(desk.command(&ISSUE));
    begun.until("no list is written", |_| desk.path("list.csv.not-issued").exists());
    // Somebody else takes the name meanwhile.
    desk.file("list.csv", "somebody else's");
    drop(held);
    let said = begun.said();
    assert_eq!(said.code, 1, "{said:?}");
    let words = "par-survey: the codes are issued and nothing is lost, but list.csv cannot be put in place";
    assert!(said.err.contains(words) && said.err.contains("list.csv.not-issued yourself"), "{}", said.err);
    assert_eq!(std::fs::read_to_string(desk.path("list.csv")).unwrap(), "somebody else's");
    assert_eq!(std::fs::read_to_string(desk.path("list.csv.not-issued")).unwrap().lines().count(), 1 + 23);
    assert!(desk.path("slips.html").exists());
    assert_eq!(desk.number("SELECT count(*) FROM code_1"), 23);
}

/// As soon as anything is written of an export, whoever ends the command leaves nothing of it.
#[test]
fn of_single_sheets_whose_export_is_cut_off_nothing_is_left() {
    let desk = sheets::closed([60, 60, 60, 60]);
    let export =
        ["export", "r1", "responses", "--as", "Lê Văn C", "--as-unit", "outside", "--attributes", "none", "--output", "sheets.csv"];
    let before = names(&desk.path(""));
    for signal in ["INT", "TERM", "KILL"] {
        let held = hold(&desk);
        let folder = desk.path("").canonicalize().unwrap();
        let mut begun = Begun::new(desk.command(&export));
        let is_unfinished = |file: &PathBuf| {
            let name = file.strip_prefix(&folder).map(|name| name.to_string_lossy().into_owned());
            name.is_ok_and(|name| !name.is_empty() && !name.starts_with("par-survey.db") && !name.starts_with("letterbox"))
        };
        begun.until("nothing is written", |process| open_files(process).iter().any(is_unfinished));
        begun.end(signal);
        drop(held);
        assert_eq!(names(&desk.path("")), before, "{signal}");
    }
    let said = desk.run(&export);
    assert_eq!((said.code, desk.path("sheets.csv").exists()), (0, true), "{}", said.err);
}

#[test]
fn of_a_demonstration_that_is_ended_while_it_is_made_nothing_is_left() {
    let desk = Desk::new();
    for signal in ["INT", "TERM", "HUP"] {
        let mut demo = desk.command(&["demo", "--listen", "127.0.0.1:0"]);
        demo.env("TMPDIR", desk.path(""));
        let mut begun = Begun::new(demo);
        let is_made = |name: &String| desk.path(name).join("letterbox.db").exists();
        begun.until("nothing is made", |_| names(&desk.path("")).iter().any(is_made));
        let said = begun.end(signal);
        assert_eq!(names(&desk.path("")), BTreeSet::new(), "{signal}");
        assert!(!said.contains("Open on a phone"), "it was still being made: {said}");
    }
}

/// Somebody hangs up the terminal in which it is served.
#[test]
fn of_a_demonstration_whose_terminal_is_closed_nothing_is_left() {
    let desk = Desk::new();
    let mut demo = desk.command(&["demo", "--listen", "127.0.0.1:0", "--respondents", "1"]);
    let served = desk.path("said");
    demo.env("TMPDIR", desk.path("")).stdout(std::fs::File::create(&served).unwrap()).stderr(Stdio::null());
    let mut begun = Begun(demo.spawn().unwrap());
    begun.until("it is not served", |_| std::fs::read_to_string(&served).unwrap().contains("Ctrl-C ends it"));
    begun.end("HUP");
    assert_eq!(names(&desk.path("")).into_iter().collect::<Vec<_>>(), ["said"]);
}
