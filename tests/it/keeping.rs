//! Keeping answers: what was acknowledged counts, exactly once, whatever happens.

use std::collections::HashSet;

use futures_util::future::join_all;
use par_survey::deposit::Deposited;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::{Letterbox, OpenError};
use rstest::rstest;

use crate::harness::app::{TestApp, location, with_key};
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, SIPAS};
use crate::harness::midst;
use crate::harness::patience::until;
use crate::harness::process::contains;
use crate::harness::signer::Signer;

const UNIT: &str = "so-noi-vu";

#[rstest]
#[tokio::test]
async fn a_sheet_sent_fifty_times_at_once_to_two_instances_before_and_after_mixing_counts_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut app = TestApp::start(backend).await;
    let second = app.another(2).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let sheet = with_key(&app.key(SIPAS, UNIT).await, fixture::complete(&form, 7));
    let signer = Signer::new(&app.database, SIPAS, UNIT).await;
    let addresses = [app.form_address(SIPAS, UNIT), format!("{second}/2026/{SIPAS}/{UNIT}")];
    let barrage = || join_all((0..50).map(|turn| app.send(&addresses[turn % 2], &sheet)));

    let first = barrage().await;
    assert!(first.iter().all(|response| response.status() == 303));
    let received = first.iter().filter(|response| !location(response).contains("again")).count();
    assert!((1..=2).contains(&received), "each instance receives it at most once: {received}");
    // Others, so that the batch is large enough to be mixed on each instance.
    for (instance, address) in addresses.iter().enumerate() {
        for seed in 0..25 {
            let bits = u128::try_from(instance * 100 + seed).unwrap();
            let other = with_key(&signer.key(bits), fixture::complete(&form, seed));
            assert_eq!(app.send(address, &other).await.status(), 303);
        }
    }
    // The first batch of either instance has the sheet; a batch may be taken before all of the others have come.
    app.wait_mixed(20).await;
    let after = barrage().await;
    assert!(after.iter().all(|response| location(response).contains("again=1")), "after mixing every instance knows it");
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 51);
}

#[rstest]
#[tokio::test]
async fn a_crash_between_mixing_and_the_emptying_of_the_letterbox_counts_each_sheet_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let sheets: Vec<_> = (0..30).map(|seed| fixture::sealed(&form, 0, seed)).collect();
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    for sheet in &sheets {
        assert_eq!(instance.deposit(vec![sheet.clone()]).await.unwrap(), Deposited::Received);
    }
    // The state that such a crash leaves: the letterbox as it was before mixing, the main database as it was after.
    let before = database.folder().join("before.db");
    copy_letterbox(&database.letterbox(1), &before);
    let open = || async { store.open_counts(form_round(&store).await).await.unwrap().iter().map(|count| count.sheets).sum::<i64>() };
    // A batch may be taken before all thirty have come.
    until("nothing is mixed", async || open().await >= 20).await;
    let again = Instance::start(store.clone(), Letterbox::open(&before).unwrap(), "after the crash").await.unwrap();
    fixture::close(&store).await;
    drop((instance, again));
    assert_eq!(database.number("SELECT count(*) FROM response").await, 30);
}

#[tokio::test]
async fn what_was_taken_out_of_the_letterbox_is_nowhere_in_its_files() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    let sheets: Vec<_> = (0..300).map(|seed| fixture::sealed(&form, 0, seed)).collect();
    let planted: HashSet<Vec<u8>> = sheets.iter().map(|sheet| sheet.answers.clone()).collect();
    assert!(planted.len() > 250, "the sheets differ");
    let keys: HashSet<Vec<u8>> = sheets.iter().map(|sheet| sheet.key.bytes().to_vec()).collect();
    let mut seen = false;
    for (turn, sheet) in sheets.into_iter().enumerate() {
        instance.deposit(vec![sheet]).await.unwrap();
        assert_eq!(readable(&database, &planted), 0, "answers are sealed before they are written");
        seen |= turn == 5 && readable(&database, &keys) > 0;
    }
    assert!(seen, "before mixing their keys are there, or this test looks in the wrong place");
    midst::emptied(&store, &store.round(fixture::ROUND).await.unwrap()).await;
    assert_eq!((readable(&database, &planted), readable(&database, &keys)), (0, 0));
}

#[tokio::test]
async fn fewer_than_twenty_sheets_of_a_cell_stay_in_the_letterbox_until_closing() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    let round = form_round(&store).await;
    for seed in 0..38 {
        // Nineteen for each of two units: together enough, apart not.
        instance.deposit(vec![fixture::sealed(&form, seed % 2, seed)]).await.unwrap();
    }
    // Twenty of a third unit: once they are mixed, the others were looked at too.
    for seed in 100..120 {
        instance.deposit(vec![fixture::sealed(&form, 2, seed)]).await.unwrap();
    }
    let mixed = || async { store.open_counts(round).await.unwrap().iter().map(|count| count.sheets).collect::<Vec<_>>() };
    until("nothing is mixed", async || !mixed().await.is_empty()).await;
    assert_eq!(mixed().await, [20]);
    instance.deposit(vec![fixture::sealed(&form, 0, 99)]).await.unwrap();
    until("the twentieth sheet moves nothing", async || mixed().await.len() > 1).await;
    assert_eq!(mixed().await, [20, 20]);
}

#[tokio::test]
async fn a_letterbox_belongs_to_one_process_at_a_time_and_keeps_its_name() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let path = database.letterbox(1);
    let first = Letterbox::open(&path).unwrap();
    assert!(matches!(Letterbox::open(&path), Err(OpenError::Busy(_))));
    let name = first.id().to_owned();
    drop(first);
    assert_eq!(Letterbox::open(&path).unwrap().id(), name);
}

#[tokio::test]
async fn a_letterbox_that_was_cut_off_while_deleting_leaves_nothing_readable_once_it_is_opened_again() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let (path, copy) = (database.letterbox(1), database.folder().join("copy.db"));
    drop(Letterbox::open(&path).unwrap());
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.execute_batch(
        "PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 0; INSERT INTO sheet VALUES (x'00', 1, 1, '', 1, 'canary-answers', '', 1, 0); DELETE FROM sheet",
    )
    .unwrap();
    copy_letterbox(&path, &copy);
    let read = |suffix: &str| std::fs::read(format!("{}{suffix}", copy.display())).unwrap_or_default();
    assert!(contains(&read("-wal"), b"canary-answers"), "the log has it, or this test looks in the wrong place");
    let opened = Letterbox::open(&copy).unwrap();
    assert!(!contains(&read("-wal"), b"canary-answers") && !contains(&read(""), b"canary-answers"));
    drop(opened);
}

#[tokio::test]
async fn only_the_account_of_the_server_can_read_what_it_keeps() {
    use std::os::unix::fs::PermissionsExt;
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let _letterbox = Letterbox::open(&database.letterbox(1)).unwrap();
    for entry in std::fs::read_dir(database.folder()).unwrap().map(Result::unwrap) {
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{}", entry.path().display());
    }
    drop(store);
}

#[tokio::test]
async fn two_letterboxes_cannot_have_one_name() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let _first = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    let second = Instance::start(store, Letterbox::open(&database.letterbox(2)).unwrap(), "one").await;
    assert!(second.unwrap_err().to_string().contains("give it another name"));
}

/// Somebody else holds the letterbox's file, so that its thread cannot write what was just handed in.
#[tokio::test]
async fn a_server_whose_letterbox_does_not_answer_says_that_it_is_not_ready() {
    let app = TestApp::start(Backend::Sqlite).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let (address, sheet) = (app.form_address(SIPAS, UNIT), with_key(&app.key(SIPAS, UNIT).await, fixture::complete(&form, 1)));
    let ready = || async { app.get("/health/ready").await.text().await.unwrap() };
    assert_eq!(ready().await, "ready\n");
    let held = rusqlite::Connection::open(app.database.letterbox(1)).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    let asking = async {
        let mut said = String::new();
        // Until the sheet has come as far as the thread.
        until("it is ready all the time", async || {
            said = ready().await;
            said != "ready\n"
        })
        .await;
        held.execute_batch("ROLLBACK").unwrap();
        said
    };
    let (sent, said) = tokio::join!(app.send(&address, &sheet), asking);
    assert_eq!((sent.status().as_u16(), said.as_str()), (303, "the letterbox does not answer\n"));
    assert_eq!(ready().await, "ready\n");
}

/// Copies a letterbox with its log, as it is at this moment.
pub(crate) fn copy_letterbox(from: &std::path::Path, to: &std::path::Path) {
    for suffix in ["", "-wal"] {
        let [from, to] = [from, to].map(|path| format!("{}{suffix}", path.display()));
        if std::path::Path::new(&from).exists() {
            std::fs::copy(from, to).unwrap();
        }
    }
}

/// How many planted values, all of one length, can be read in the letterbox or its log.
pub(crate) fn readable(database: &TestDatabase, planted: &HashSet<Vec<u8>>) -> usize {
    let path = database.letterbox(1);
    let files = ["", "-wal"].map(|suffix| std::fs::read(format!("{}{suffix}", path.display())).unwrap_or_default());
    let width = planted.iter().next().unwrap().len();
    files.iter().flat_map(|bytes| bytes.windows(width)).filter(|window| planted.contains(*window)).count()
}

async fn form_round(store: &par_survey::store::Store) -> i32 {
    store.round(fixture::ROUND).await.unwrap().id
}

/// With what is published, the figure would say that 40 answered about a unit of which nothing is shown.
#[rstest]
#[tokio::test]
async fn batches_of_a_round_with_a_floor_above_their_size_are_in_no_figure(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    database.rows("UPDATE round_questionnaire SET definition = replace(definition, 'version = ', 'least_sheets = 50\nversion = ')").await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    for seed in 0..40 {
        instance.deposit(vec![fixture::sealed(&form, 0, seed)]).await.unwrap();
    }
    let round = form_round(&store).await;
    until("not all is mixed", async || store.open_counts(round).await.unwrap().first().is_some_and(|count| count.sheets == 40)).await;
    // The figure is set before the next mixing, if at all.
    for seed in 100..120 {
        instance.deposit(vec![fixture::sealed(&form, 1, seed)]).await.unwrap();
    }
    until("nothing more is mixed", async || store.open_counts(round).await.unwrap().len() > 1).await;
    assert_eq!(instance.figures().mixed, 0);
}
