//! The same by command, with a key file on another disk.

use std::path::Path;
use std::process::{Command, Stdio};

use super::*;

/// Runs a command on a database: exit code, standard output, standard error.
fn run(database: &TestDatabase, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_par-survey"));
    command.args(args).current_dir(database.folder()).env_clear().stdin(Stdio::null());
    command.env("PAR_SURVEY_DATABASE", &database.url).env("PAR_SURVEY_LETTERBOX", database.letterbox(1));
    let output = command.env("PAR_SURVEY_KEYS", database.folder().join("keys")).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
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
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let stick = tempfile::tempdir_in("/dev/shm").unwrap();
    let file = stick.path().join("2026.key").display().to_string();
    let (_, sheets, _, _) = old_round(&database, &store, 60, 20).await;
    let form = fixture::form(&store, SIPAS).await;
    let waiting: Vec<Sheet> = (1_000..1_010).map(|seed| fixture::sealed(&form, 1, seed)).collect();
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
    assert!(reason.contains("name the folder of keys") && !Path::new(&file).exists(), "no key is left for nothing: {reason}");
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
    let numbers = "opened with the key: 3, of which counted now: 3, the others were counted before; not opened: 0";
    assert!(said.contains("letterboxes read for round 2026: 1") && said.contains(numbers), "{said}");
    assert!(done(&database, &close).starts_with("closed round 2026\n"));
    assert!(!Path::new(&file).exists());
    let waiting = waiting.iter().map(|sheet| Plain { sheet: sheet.clone(), stratum: None, psu: None, import: None });
    let all: Vec<Plain> = sheets.iter().cloned().chain(waiting).collect();
    assert_eq!(closed(&database, form.id).await, expected(all.iter()));
    assert!(refused(&database, &salvage).contains("once a round is closed its key is gone"));
}
