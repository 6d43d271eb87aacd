//! What a broken database makes a command say: one line, the cause once, what to do, and no password.

use std::collections::BTreeSet;
use std::io::{Seek, SeekFrom};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use rstest::rstest;

use super::desk::Desk;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::patience::{PATIENCE, until};
use crate::harness::process::Server;

/// Stands where a password stands.
const CANARY: &str = "canary-7f3a";

/// Runs a command that must be refused in one line that has the cause once.
fn line(desk: &Desk, args: &[&str], cause: &str) -> String {
    let reason = desk.refused(args);
    assert!(!reason.contains('\n'), "{reason}");
    assert_eq!(reason.matches(cause).count(), 1, "{reason}");
    reason
}

#[test]
fn a_file_that_is_no_database_is_named_so() {
    let desk = Desk::new();
    desk.file("par-survey.db", "this is a letter, and a long one, so that it is longer than the head of a database file: ".repeat(40));
    std::fs::set_permissions(desk.path("par-survey.db"), std::fs::Permissions::from_mode(0o600)).unwrap();
    let reason = line(&desk, &["units", "list"], "file is not a database");
    assert!(reason.starts_with("the database file is damaged, or is none: "), "{reason}");
    assert!(reason.ends_with("; name the right file, or restore a backup (--database)"), "{reason}");
}

#[test]
fn a_database_that_is_damaged_in_the_middle_is_named_so() {
    let desk = Desk::with_draft();
    let path = desk.path("par-survey.db");
    let mut bytes = std::fs::read(&path).unwrap();
    // The head stays; every page behind the first is not what it was.
    bytes[4_096..].fill(0xa5);
    std::fs::write(&path, bytes).unwrap();
    let reason = line(&desk, &["units", "list"], "malformed");
    assert!(reason.starts_with("the database file is damaged, or is none: "), "{reason}");
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let desk = Desk::new();
    let reason = line(&desk, &["migrate", "up", "--database", "sqlite://nowhere/x.db"], "No such file or directory");
    assert!(reason.starts_with("nowhere/x.db: "), "{reason}");
}

#[test]
fn a_folder_in_place_of_a_database_is_named() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("x.db")).unwrap();
    let reason = line(&desk, &["units", "list", "--database", "sqlite://x.db"], "Is a directory");
    assert!(reason.starts_with("x.db: "), "{reason}");
}

/// A writer who does not end keeps everybody else waiting for 20 seconds.
#[test]
fn a_database_that_somebody_else_writes_to_is_busy() {
    let desk = Desk::with_draft();
    let other = rusqlite::Connection::open(desk.path("par-survey.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let said = desk.run(&["round", "open", "r1"]);
    assert_eq!((said.code, said.err.lines().count(), said.err.matches("database is locked").count()), (1, 1, 1), "{}", said.err);
    assert!(said.err.starts_with("par-survey: the database is busy: ") && said.err.ends_with("then do this again\n"), "{}", said.err);
    assert!(!desk.path("r1.key").exists(), "a key to which nothing is sealed");
}

/// The disk of a database, so small that it is soon full; none where this account may not mount one.
struct SmallDisk<'d>(&'d Desk);

impl<'d> SmallDisk<'d> {
    fn mount(desk: &'d Desk) -> Option<Self> {
        std::fs::create_dir(desk.path("disk")).unwrap();
        let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=16m,mode=700", "tmpfs"]).arg(desk.path("disk")).output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(desk))
    }

    fn remount(&self, options: &str) {
        let outcome = Command::new("mount").args(["-o", options]).arg(self.0.path("disk")).status().unwrap();
        assert!(outcome.success());
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(self.0.path("disk")).status().ok();
    }
}

const ON_DISK: [&str; 2] = ["--database", "sqlite://disk/par-survey.db"];

#[test]
fn a_full_disk_and_one_that_takes_no_writes_are_named_so() {
    let desk = Desk::new();
    let Some(mounted) = SmallDisk::mount(&desk) else { return };
    let file = std::fs::File::create(desk.path("disk/rest")).unwrap();
    desk.done(&[&["migrate", "up"][..], &ON_DISK].concat());
    desk.file("units.csv", many_units());
    // Whatever is left is taken, and then all but what it takes to begin.
    std::io::copy(&mut std::io::repeat(0), &mut &file).unwrap_err();
    let taken = file.metadata().unwrap().len();
    for left in [0, 200_000] {
        file.set_len(taken - left).unwrap();
        let reason = desk.refused(&[&["units", "import", "units.csv"][..], &ON_DISK].concat());
        // Without any room it may be the file of shared memory that fails first, which SQLite calls an I/O error.
        let causes = ["disk I/O error", "database or disk is full"].map(|cause| reason.matches(cause).count());
        assert!(causes.iter().sum::<usize>() == 1 && !reason.contains('\n') && (left == 0 || causes[1] == 1), "{reason}");
        assert!(reason.starts_with("there is no room for the database: ") && reason.contains("make room on its disk"), "{reason}");
    }
    file.set_len(0).unwrap();
    desk.done(&[&["units", "import", "units.csv"][..], &ON_DISK].concat());
    // Whoever writes keeps a disk from being made read-only.
    drop(file);
    mounted.remount("remount,ro");
    let reason = line(&desk, &[&["units", "import", "units.csv"][..], &ON_DISK].concat(), "Read-only file system");
    assert!(reason.starts_with("disk/par-survey.db: "), "{reason}");
}

#[test]
fn a_round_that_is_closed_on_a_full_disk_says_how_much_room_it_needs_and_how_it_goes_on() {
    let desk = Desk::new();
    let Some(_disk) = SmallDisk::mount(&desk) else { return };
    let on_disk = |words: &str| -> Vec<String> { words.split(' ').chain(ON_DISK).map(str::to_owned).collect() };
    let run = |words: &str| desk.run(&on_disk(words).iter().map(String::as_str).collect::<Vec<_>>());
    let sheets: Vec<_> = (0..2_500).map(|row| format!("so-noi-vu,paper,{},,,lời {row}\n", row % 2 + 1)).collect();
    desk.file("units.csv", super::desk::UNITS);
    desk.file("r1.toml", super::desk::ROUND);
    desk.file("s.csv", format!("unit,mode,used,sources,rating,words\n{}", sheets.concat()));
    for words in ["units import units.csv", "round create r1.toml", "round open r1", "responses import r1 small s.csv --as Lan"] {
        let said = run(words);
        assert_eq!(said.code, 0, "{words}: {}", said.err);
    }
    let file = std::fs::File::create(desk.path("disk/rest")).unwrap();
    let megabytes = (std::fs::metadata(desk.path("disk/par-survey.db")).unwrap().len() * 3 / 2).div_ceil(1_000_000);
    let needed = |megabytes: u64| format!("about 1.5 times as much free room as the database takes ({megabytes} MB)");
    let (mut left, mut states) = (0, BTreeSet::new());
    // A little more room each time. How far closing comes with how much is for the file system to say; where it stands is for the command.
    loop {
        (&file).seek(SeekFrom::End(0)).unwrap();
        std::io::copy(&mut std::io::repeat(0), &mut &file).unwrap_err();
        file.set_len(file.metadata().unwrap().len() - left).unwrap();
        let said = run("round close r1");
        file.set_len(0).unwrap();
        let state: String = rusqlite::Connection::open(desk.path("disk/par-survey.db"))
            .and_then(|db| db.query_row("SELECT state FROM round", [], |row| row.get(0)))
            .unwrap();
        assert_eq!(desk.path("r1.key").exists(), said.code != 0, "{}", said.err);
        if said.code == 0 {
            break;
        }
        let stands = if state == "closed" {
            "round `r1` is closed, but its answers are not all in the database file yet (database or disk is full".to_owned()
        } else {
            assert!(left == 0 || (1..=megabytes + 1).any(|megabytes| said.err.contains(&needed(megabytes))), "{}", said.err);
            format!("Round `r1` is {state}; nothing is lost, and its key is kept")
        };
        assert!(left == 0 || said.err.contains(&stands), "{}", said.err);
        states.insert(state);
        left += 100_000;
        assert!(left < (megabytes + 1) * 1_000_000, "closing wants more room than it says");
    }
    assert!(states.contains("open") && states.contains("closing"), "{states:?}");
    let db = rusqlite::Connection::open(desk.path("disk/par-survey.db")).unwrap();
    assert_eq!(db.query_row("SELECT count(*) FROM response", [], |row| row.get::<_, i64>(0)).unwrap(), 2_500);
}

fn many_units() -> String {
    let rows = (0..4_000).map(|unit| format!("don-vi-{unit},Đơn vị {unit},Unit {unit},departments,,,,"));
    std::iter::once("code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into".to_owned())
        .chain(rows)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The tests' cluster takes any password; what it refuses is a name.
fn postgres() -> String {
    std::env::var("PAR_SURVEY_TEST_POSTGRES").expect("PAR_SURVEY_TEST_POSTGRES is not set; run the tests by `tests/run`")
}

#[test]
fn a_server_that_refuses_is_told_from_one_that_is_not_there() {
    let desk = Desk::new();
    let (server, _) = postgres().rsplit_once('/').map(|(server, name)| (server.to_owned(), name.to_owned())).unwrap();
    let server = server.replace("postgres@", &format!("postgres:{CANARY}@"));
    let nowhere = format!("{server}/there_is_none");
    let reason = line(&desk, &["units", "list", "--database", &nowhere], "database \"there_is_none\" does not exist");
    assert!(
        reason.starts_with("the database does not let this account in: ") && reason.ends_with("in its address right? (--database)"),
        "{reason}"
    );
    let nobody = format!("{}/postgres", server.replace("//postgres:", "//nobody:"));
    let reason = line(&desk, &["units", "list", "--database", &nobody], "role \"nobody\" does not exist");
    assert!(reason.starts_with("the database does not let this account in: ") && !reason.contains(CANARY), "{reason}");
    // A port on which nobody listens.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let away = format!("postgres://par:{CANARY}@127.0.0.1:{port}/par");
    let reason = line(&desk, &["units", "list", "--database", &away], "Connection refused");
    assert!(
        reason.starts_with("the database does not answer: ") && reason.contains("are host and port of its address right? (--database)"),
        "{reason}"
    );
    assert!(!reason.contains(CANARY), "{reason}");
}

#[rstest]
#[case("postgres://par:CANARY@db:notaport/par")]
#[case("postgresql://par:CANARY@db:notaport/par")]
#[case("postgres://par:CANARY@db:99999/par")]
#[case("postgres://par:CANARY")]
#[case("postgres://par:CANARY@")]
#[case("postgres://par:CANARY@[::1/par")]
#[case("postgres://par:CANARY/x@db/par")]
#[case("postgres://par:12/CANARY@db/par")]
#[case("postgres://par:x?CANARY@db/par")]
#[case("postgres://par:x#CANARY@db/par")]
#[case("postgres://p?ar:CANARY@db/par")]
#[case("postgres://par%3ACANARY@db/par")]
#[case("postgres://par:%ffCANARY@db/par")]
#[case("postgres://par@db/par?pasword=CANARY")]
#[case("postgres://par@db/par?sslmode=CANARY")]
#[case("postgres://par@db/par?hostaddr=CANARY")]
#[case("postgres://par:CANARY@d b/par")]
#[case("postgres:/par:CANARY@db/par")]
#[case("POSTGRES://par:CANARY@db/par")]
#[case("mysql://par:CANARY@db/par")]
fn no_word_of_an_address_that_is_not_understood_is_said(#[case] address: &str) {
    let desk = Desk::new();
    let address = address.replace("CANARY", CANARY);
    for command in [&["units", "list"][..], &["serve"], &["migrate", "up"]] {
        for log in ["info", "trace"] {
            let said = desk.run(&[command, &["--database", &address, "--log", log]].concat());
            assert_eq!((said.code, said.out.as_str()), (1, ""), "{address}: {}", said.err);
            assert!(!said.err.contains(CANARY), "{address}: {}", said.err);
            let told = said.err.lines().filter(|line| line.contains("is not understood")).count();
            assert!(told == 1 && (log == "trace" || said.err.lines().count() == 1), "{address}: {}", said.err);
        }
    }
}

/// A database that goes away under a running server, as a server's log tells it.
#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_logs_why_its_database_is_away_and_no_password() {
    let mut database = TestDatabase::fresh(Backend::Postgres).await;
    database.store().await;
    database.url = database.url.replace("postgres@", &format!("postgres:{CANARY}@"));
    let mut server = Server::start(&database, &[], &["--log", "debug"]);
    database.let_in(false);
    let client = reqwest::Client::new();
    for path in ["/health/ready", "/2026/x/y"] {
        let asked = client.get(format!("{}{path}", server.address)).timeout(PATIENCE).send().await;
        let page = match asked {
            Ok(response) => response.text().await.unwrap(),
            Err(_) => String::new(),
        };
        assert!(!page.contains(CANARY));
    }
    let cause = "is not currently accepting connections";
    until("the log never says why", async || server.log().contains(cause)).await;
    server.terminate();
    let log = server.log();
    assert!(!log.contains(CANARY), "{log}");
    let told: Vec<usize> = log.lines().map(|line| line.matches(cause).count()).filter(|times| *times > 0).collect();
    assert!(!told.is_empty() && told.iter().all(|times| *times == 1), "{log}");
}

/// The driver writes a line of `.pgpass` that it does not understand into the log, unless it is told not to.
#[test]
fn no_line_of_a_password_file_is_logged() {
    let desk = Desk::new();
    desk.file("pgpass", format!("127.0.0.1:{CANARY}\n"));
    std::fs::set_permissions(desk.path("pgpass"), std::fs::Permissions::from_mode(0o600)).unwrap();
    let mut command = desk.command(&["units", "list", "--database", "postgres://par@127.0.0.1:1/par"]);
    let output = command.env("PGPASSFILE", desk.path("pgpass")).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.starts_with("par-survey: the database does not answer: ") && !said.contains(CANARY), "{said}");
}
