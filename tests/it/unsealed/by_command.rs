//! The same by command, with a key file on another disk.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use par_survey::seal::KeyFile;

use super::*;
use crate::harness::patience::until_seen;

/// Runs a command on a database: exit code, standard output, standard error.
fn run(database: &TestDatabase, args: &[&str]) -> (i32, String, String) {
    let output = command(database, args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn command(database: &TestDatabase, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_par-survey"));
    command.args(args).current_dir(database.folder()).env_clear().stdin(Stdio::null());
    command.env("PAR_SURVEY_DATABASE", &database.url).env("PAR_SURVEY_LETTERBOX", database.letterbox(1));
    command.env("PAR_SURVEY_KEYS", database.folder().join("keys"));
    command
}

/// A disk that is none of the database's: what is built lies on one, and the answers of these tests in memory.
fn stick() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

fn refused(database: &TestDatabase, args: &[&str]) -> String {
    let (code, out, err) = run(database, args);
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    err
}

/// Refused when the key was drawn already, which is said before.
fn refused_after_words(database: &TestDatabase, args: &[&str]) -> String {
    let (code, out, err) = run(database, args);
    assert_eq!(code, 1, "{out}");
    err
}

fn done(database: &TestDatabase, args: &[&str]) -> String {
    let (code, out, err) = run(database, args);
    assert_eq!(code, 0, "{args:?}: {out}{err}");
    out
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn commands_bring_an_old_round_under_a_seal_and_salvage_its_letterbox(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh_in(Path::new("/dev/shm"), backend).await;
    let store = database.store().await;
    let stick = stick();
    let file = stick.path().join("2026.key").display().to_string();
    let (_, sheets, _, _) = old_round(&database, &store, 60, 20).await;
    let form = fixture::form(&store, SIPAS).await;
    let waiting: Vec<AcceptedSheet> = (1_000..1_010).map(|seed| fixture::sealed(&form, 1, seed)).collect();
    drop(before::letterbox(&database.letterbox(1), &waiting));
    assert!(refused(&database, &["serve", "--listen", "127.0.0.1:0"]).contains("`par-survey round seal 2026`"));
    assert!(done(&database, &["round", "status", "2026"]).starts_with("round 2026 is open"));
    let seal = ["round", "seal", "2026", "--seal-key", &file];

    let two = Instance::start(store.clone(), Letterbox::open(&database.letterbox(2)).unwrap(), "two").await.unwrap();
    assert!(refused(&database, &seal).contains("these servers run: two"));
    two.stop().await.unwrap();
    let keys = database.folder().join("keys");
    std::fs::rename(&keys, database.folder().join("away")).unwrap();
    let reason = refused_after_words(&database, &seal);
    assert!(reason.contains("--keys names the folder of keys") && !Path::new(&file).exists(), "no key is left for nothing: {reason}");
    std::fs::rename(database.folder().join("away"), &keys).unwrap();

    let said = done(&database, &seal);
    assert!(said.contains("sealed round 2026 to fingerprint") && said.contains("60 sheets and 6 remarks"), "{said}");
    assert!(refused(&database, &seal).contains("under a seal already"));
    assert!(done(&database, &["seal", "test", "2026", "--seal-key", &file]).starts_with("the key opens what is sealed in round 2026"));

    // The server starts, seals what waits and is ended; a disk damages three rows, and closing sets them aside.
    let start = async || Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    let one = start().await;
    let salvage = ["instances", "salvage", "letterbox-1.db", "--seal-key", &file];
    assert!(refused(&database, &salvage).contains("its server runs"));
    one.stop().await.unwrap();
    let raw = rusqlite::Connection::open(database.letterbox(1)).unwrap();
    assert_eq!(raw.execute("UPDATE sheet SET unit_id = 0 WHERE key IN (SELECT key FROM sheet ORDER BY key LIMIT 3)", []).unwrap(), 3);
    let close = ["round", "close", "2026", "--seal-key", &file];
    let reason = refused(&database, &close);
    assert!(reason.contains("3 rows in the letterbox of one"), "{reason}");
    let said = done(&database, &salvage);
    let numbers = "opened with the key: 3, of which counted now: 3, kept back until";
    assert!(said.contains("letterboxes read for round 2026: 1") && said.contains(numbers) && said.contains("not opened: 0\n"), "{said}");
    assert!(done(&database, &close).starts_with("closed round 2026\n"));
    assert!(!Path::new(&file).exists());
    let waiting = waiting.iter().map(|sheet| Plain { sheet: sheet.clone(), stratum: None, psu: None, import: None });
    let all: Vec<Plain> = sheets.iter().cloned().chain(waiting).collect();
    assert_eq!(closed(&database, form.id).await, expected(all.iter()));
    assert!(refused(&database, &salvage).contains("once a round is closed its key is gone"));
}

/// Whether somebody is in the middle of bringing the round under a seal.
async fn is_being_sealed(database: &TestDatabase) -> bool {
    if database.backend == Backend::Sqlite {
        let db = rusqlite::Connection::open(database.folder().join("main.db")).unwrap();
        db.busy_timeout(Duration::ZERO).unwrap();
        return db.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_err();
    }
    let sql = "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation \
        WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
        AND c.relname LIKE 'open_sheet%' AND l.mode = 'AccessExclusiveLock'";
    database.number(sql).await > 0
}

/// As a power cut would, or somebody who kills a command that takes long.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_seal_that_is_killed_in_the_middle_leaves_an_old_round_as_it_was_and_is_done_when_it_is_repeated(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    // So many that a command is in the middle of them when it is killed, also on a machine on which somebody looks late.
    for many in [2_500, 10_000, 40_000] {
        if is_left_by_a_killed_seal_as_it_was(backend, many).await {
            return;
        }
    }
    panic!("every command was at its end before it was killed");
}

/// False where a command was at its end already.
async fn is_left_by_a_killed_seal_as_it_was(backend: Backend, many: usize) -> bool {
    let database = TestDatabase::fresh_in(Path::new("/dev/shm"), backend).await;
    let store = database.store().await;
    let (round, sheets, _, _) = old_round(&database, &store, many, 200).await;
    let (before, stick) = (state(&database, round.id).await, stick());
    let key = |number: u64| stick.path().join(format!("{number}.key")).display().to_string();
    for pause in [0, 40] {
        let mut child = command(&database, &["round", "seal", "2026", "--seal-key", &key(pause)]).stdout(Stdio::null()).spawn().unwrap();
        // The command locks the database when it looks at it, too: what is waited for comes after its key.
        until_seen("no key is drawn", async || Path::new(&key(pause)).exists()).await;
        let mut ended = false;
        let is_in_the_middle = async || {
            ended = child.try_wait().unwrap().is_some();
            ended || is_being_sealed(&database).await
        };
        until_seen("the round is never being sealed", is_in_the_middle).await;
        tokio::time::sleep(Duration::from_millis(pause)).await;
        child.kill().unwrap();
        if child.wait().unwrap().code() == Some(0) {
            return false;
        }
        until_seen("the round never stops being sealed", async || !is_being_sealed(&database).await).await;
        assert!(state(&database, round.id).await == before, "killed after {pause} ms: something has changed");
    }
    assert!(refused(&database, &["serve", "--listen", "127.0.0.1:0"]).contains("`par-survey round seal 2026`"));
    // The key that was drawn is there, and nothing is sealed to it.
    let again = ["round", "seal", "2026", "--seal-key", &key(0)];
    let print = KeyFile::read(&std::fs::read_to_string(key(0)).unwrap()).unwrap().key.public().unwrap().fingerprint();
    let reason = refused_after_words(&database, &again);
    assert!(reason.contains(&print) && reason.contains("nothing is sealed to it: remove it, and do this again"), "{reason}");
    std::fs::remove_file(key(0)).unwrap();
    let said = done(&database, &again);
    assert!(said.contains(&format!("{many} sheets and {} remarks", many / 10)), "{said}");
    let text = std::fs::read_to_string(key(0)).unwrap();
    steps::close(&store, &round.code, &steps::with(&KeyFile::read(&text).unwrap().key)).await.unwrap();
    assert!(closed(&database, sheets[0].sheet.cell.questionnaire).await == expected(sheets.iter()), "every sheet counts once");
    true
}
