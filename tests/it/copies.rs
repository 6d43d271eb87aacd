//! A letterbox that was copied: with the image of its machine, or with its folder. Whatever is started of it, no sheet that was thanked for is lost.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use par_survey::deposit::{Deposited, NotKept};
use par_survey::store::Store;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use rstest::rstest;

use crate::faults::clients::{client, form_at, key, send as post};
use crate::faults::server::run;
use crate::faults::sheets::Sheet;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, ROUND, SIPAS};
use crate::harness::patience::{PATIENCE, until};
use crate::harness::process::Server;
use crate::keeping::copy_letterbox;

/// Sheets that are sent to each of two servers.
const SHEETS: usize = 60;

async fn start(store: &Store, path: &Path, name: &str) -> par_survey::store::Result<Instance> {
    Instance::start(store.clone(), Letterbox::open(path).unwrap(), name).await
}

async fn send(store: &Store, instance: &Instance, seeds: std::ops::Range<usize>) -> Vec<Result<Deposited, NotKept>> {
    let form = fixture::form(store, SIPAS).await;
    let sheets = seeds.map(|seed| instance.deposit(vec![fixture::sealed(&form, seed % 3, seed)]));
    futures_util::future::join_all(sheets).await
}

fn received(outcomes: &[Result<Deposited, NotKept>]) -> i64 {
    i64::try_from(outcomes.iter().filter(|outcome| **outcome == Ok(Deposited::Received)).count()).unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_letterbox_whose_server_runs_is_not_started(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let original = start(&store, &database.letterbox(1), "one").await.unwrap();
    let before = received(&send(&store, &original, 0..SHEETS).await);
    let copy = database.folder().join("copy.db");
    copy_letterbox(&database.letterbox(1), &copy);

    let refused = start(&store, &copy, "one").await.unwrap_err().to_string();
    assert!(refused.contains("copied from that one"), "{refused}");
    let after = received(&send(&store, &original, SHEETS..2 * SHEETS).await);
    // Under a name of its own it is a server like any other: what it copied counts once.
    let _copied = start(&store, &copy, "copy").await.unwrap();
    fixture::close(&store).await;
    assert_eq!((before, after), (60, 60));
    assert_eq!(database.number("SELECT count(*) FROM response").await, 120);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_letterbox_was_moved_away_under_it_takes_no_more_sheets_and_loses_none(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let original = start(&store, &database.letterbox(1), "one").await.unwrap();
    let mut counted = received(&send(&store, &original, 0..SHEETS).await);
    let copy = database.folder().join("copy.db");
    copy_letterbox(&database.letterbox(1), &copy);
    counted += received(&send(&store, &original, SHEETS..2 * SHEETS).await);

    let moved = Letterbox::open(&copy).unwrap().moved();
    let moved = Instance::start(store.clone(), moved, "one").await.unwrap();
    let refused = send(&store, &original, 2 * SHEETS..2 * SHEETS + 5).await;
    assert!(refused.iter().all(|outcome| *outcome == Err(NotKept::Surely)), "within the very next commit: {refused:?}");
    counted += received(&send(&store, &moved, 3 * SHEETS..4 * SHEETS).await);
    fixture::close(&store).await;
    assert!(original.health().await.cannot_keep.unwrap().contains("copy of this server's letterbox"));
    assert_eq!(counted, 180);
    assert_eq!(database.number("SELECT count(*) FROM response").await, 180);
    assert_eq!(store.round(ROUND).await.unwrap().id, round.id);
}

/// The image of a machine was started, used and stopped again; then the machine itself goes on.
#[tokio::test(flavor = "multi_thread")]
async fn a_letterbox_that_was_overtaken_by_its_copy_goes_on_under_an_identity_of_its_own() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let original = start(&store, &database.letterbox(1), "one").await.unwrap();
    let mut counted = received(&send(&store, &original, 0..10).await);
    original.stop().await.unwrap();
    let copy = database.folder().join("copy.db");
    copy_letterbox(&database.letterbox(1), &copy);

    let copied = Instance::start(store.clone(), Letterbox::open(&copy).unwrap().moved(), "copy").await.unwrap();
    counted += received(&send(&store, &copied, 10..20).await);
    copied.stop().await.unwrap();
    let again = start(&store, &database.letterbox(1), "one").await.unwrap();
    counted += received(&send(&store, &again, 20..30).await);
    assert_eq!(store.instance_names().await.unwrap().len(), 2, "closing has to wait for both");

    let copied = start(&store, &copy, "copy").await.unwrap();
    fixture::close(&store).await;
    drop((again, copied));
    assert_eq!(counted, 30);
    assert_eq!(database.number("SELECT count(*) FROM response").await, 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_was_forgotten_registers_anew_and_closing_waits_for_it() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let instance = start(&store, &database.letterbox(1), "one").await.unwrap();
    assert_eq!(received(&send(&store, &instance, 0..5).await), 5);
    database.rows("DELETE FROM instance").await;
    let refused = send(&store, &instance, 5..6).await;
    assert_eq!(refused, [Err(NotKept::Surely)], "nothing is taken while no close would wait for it");
    until("it does not register", async || !store.instance_names().await.unwrap().is_empty()).await;
    assert_eq!(received(&send(&store, &instance, 5..6).await), 1);
    fixture::close(&store).await;
    assert_eq!(database.number("SELECT count(*) FROM response").await, 6);
}

/// Words that have a program run on another machine, as far as it can tell: in a mount namespace of its own, in which the kernel names another
/// boot. None where the system does not allow that.
fn elsewhere(database: &TestDatabase) -> Option<Vec<String>> {
    let boot: PathBuf = database.folder().join("boot-id");
    std::fs::write(&boot, "00000000-1111-2222-3333-444444444444\n").unwrap();
    let script = "mount --bind \"$0\" /proc/sys/kernel/random/boot_id && exec \"$@\"";
    let words: Vec<String> = ["unshare", "-m", "sh", "-c", script, boot.to_str().unwrap()].map(str::to_owned).into();
    let seen = Command::new(&words[0]).args(&words[1..]).args(["cat", "/proc/sys/kernel/random/boot_id"]).output();
    let is_allowed = seen.as_ref().is_ok_and(|seen| seen.stdout.starts_with(b"00000000-1111"));
    if !is_allowed {
        println!("skipped: no mount namespace of its own is allowed here: {seen:?}");
    }
    is_allowed.then_some(words)
}

/// Two machines with one letterbox: a copy of its folder beside a server that runs, and its own disk after the machine was started anew.
#[tokio::test(flavor = "multi_thread")]
async fn a_letterbox_on_another_machine_waits_and_goes_on_only_where_nobody_else_runs_with_it() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let Some(elsewhere) = elsewhere(&database) else { return };
    let elsewhere: Vec<&str> = elsewhere.iter().map(String::as_str).collect();
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let fields = fixture::complete(&*fixture::form(&store, SIPAS).await, 3);
    let phone = client(PATIENCE);
    let send = async |server: &Server, numbers: std::ops::Range<usize>| {
        for number in numbers {
            let address = form_at(&server.address);
            let sheet = Sheet { number, key: key(&phone, &address).await.unwrap() };
            assert_eq!(post(&phone, &address, &fields, &sheet).await, Some(303));
        }
    };
    let mut original = Server::start(&database, &[], &[]);
    send(&original, 0..7).await;
    let copy = database.folder().join("copy.db");
    copy_letterbox(&database.letterbox(1), &copy);
    let serve = ["serve", "--listen", "127.0.0.1:0", "--name", "process", "--letterbox", copy.to_str().unwrap()];
    let refused = run(&database, &elsewhere, &serve);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(!refused.status.success() && said.contains("waiting to see that no server") && said.contains("copied from that one"), "{said}");
    send(&original, 7..13).await;

    original.kill();
    let mut original = Server::start(&database, &[], &[]);
    assert!(!original.log().contains("waiting to see"), "on its own machine it waits for nobody: {}", original.log());
    original.kill();
    let began = Instant::now();
    let anew = Server::start(&database, &elsewhere, &[]);
    assert!(anew.log().contains("waiting to see that no server"), "{}", anew.log());
    assert!(began.elapsed() > Duration::from_secs(9), "it went on after {:?}", began.elapsed());
    // Twenty of this run, which are mixed: closing would wait until another server could have noticed.
    send(&anew, 13..33).await;
    let mixed = async || database.number("SELECT count(*) FROM open_sheet_1").await;
    until("nothing is mixed", async || mixed().await > 0).await;
    assert_eq!(mixed().await, 20);
}
