//! What is damaged is set aside, kept and reported; everything else goes on.

use std::io::{Seek, SeekFrom, Write};

use par_survey::deposit::{Deposited, NotKept};
use par_survey::round::Round;
use par_survey::store::Store;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use rstest::rstest;

use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, SERVICE, SIPAS};
use crate::harness::midst;
use crate::harness::patience::{PATIENCE, until};
use crate::harness::steps;

async fn start(database: &TestDatabase, store: &Store) -> Instance {
    Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap()
}

/// An open round with an instance that takes its sheets.
struct Opened {
    database: TestDatabase,
    store: Store,
    round: Round,
    instance: Instance,
}

impl Opened {
    async fn on(backend: Backend) -> Self {
        let database = TestDatabase::fresh(backend).await;
        let store = database.store().await;
        let round = fixture::open_round(&store, -1, 24).await;
        let instance = start(&database, &store).await;
        Self { database, store, round, instance }
    }
}

/// Fewer than twenty sheets for each of some units, so that all of them wait in the letterbox.
async fn wait_in_letterbox(store: &Store, instance: &Instance) -> i64 {
    let mut sent = 0;
    for questionnaire in [SIPAS, SERVICE] {
        let form = fixture::form(store, questionnaire).await;
        for seed in 0..form.units.len() * 19 {
            let sheet = fixture::sealed(&form, seed % form.units.len(), seed);
            assert_eq!(instance.deposit(vec![sheet]).await, Ok(Deposited::Received));
            sent += 1;
        }
    }
    sent
}

#[rstest]
#[case("UPDATE sheet SET generation = zeroblob(16)")]
#[case("UPDATE sheet SET remarks = x''")]
#[case("UPDATE sheet SET answers = zeroblob(3)")]
#[case("UPDATE sheet SET version = 3")]
#[case("UPDATE sheet SET unit_id = unit_id + 1")]
#[case("UPDATE sheet SET questionnaire_id = 'nothing'")]
#[case("UPDATE sheet SET questionnaire_id = questionnaire_id + 1000")]
#[case("UPDATE sheet SET respondent_group = x'ff'")]
#[tokio::test]
async fn a_row_that_cannot_be_read_stops_nobody_and_is_reported(#[case] fault: &str) {
    let Opened { database, store, round, instance } = Opened::on(Backend::Sqlite).await;
    let sent = wait_in_letterbox(&store, &instance).await;
    instance.stop().await.unwrap();
    let raw = rusqlite::Connection::open(database.letterbox(1)).unwrap();
    assert_eq!(raw.execute(&format!("{fault} WHERE key IN (SELECT key FROM sheet ORDER BY key LIMIT 3)"), []).unwrap(), 3);

    let instance = start(&database, &store).await;
    midst::emptied(&store, &round).await;
    assert_eq!(store.set_aside(round.id).await.unwrap(), [("one".to_owned(), 3)]);
    assert!(instance.health().await.cannot_keep.is_none());
    instance.stop().await.unwrap();
    let refused = steps::close(&store, fixture::ROUND, &fixture::how()).await.unwrap_err().to_string();
    assert!(refused.contains("3 rows set aside") && refused.contains("would be lost with the key"), "{refused}");
    steps::close(&store, fixture::ROUND, &fixture::giving_up(3, &[])).await.unwrap();
    assert_eq!(store.seal(round.id).await.unwrap().unwrap().given_up, 3);
    assert_eq!(database.number("SELECT count(*) FROM response").await, sent - 3);
    let kept: i64 = raw.query_row("SELECT count(*) FROM set_aside", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 3, "they are kept for whoever can read them");
}

#[tokio::test]
async fn a_row_of_a_newer_version_is_brought_back_by_a_version_that_reads_it() {
    let Opened { database, store, round, instance } = Opened::on(Backend::Sqlite).await;
    let sent = wait_in_letterbox(&store, &instance).await;
    instance.stop().await.unwrap();
    let raw = rusqlite::Connection::open(database.letterbox(1)).unwrap();
    raw.execute("UPDATE sheet SET version = 3 WHERE key IN (SELECT key FROM sheet LIMIT 2)", []).unwrap();
    let instance = start(&database, &store).await;
    midst::begun(&store, &round).await;
    until("nothing is set aside", async || !store.set_aside(round.id).await.unwrap().is_empty()).await;
    instance.stop().await.unwrap();
    // As that version would see it.
    raw.execute("UPDATE set_aside SET version = 2", []).unwrap();
    let instance = start(&database, &store).await;
    let mixed = format!("SELECT count(*) FROM open_sheet_{}", round.id);
    until("not all is mixed", async || database.number(&mixed).await >= sent).await;
    instance.stop().await.unwrap();
}

/// Overwrites a page in the middle of the file, as a failing disk would.
#[rstest]
#[case::leaf(0x0A)]
#[case::branch(0x02)]
#[tokio::test]
async fn of_a_damaged_letterbox_all_is_counted_that_can_be_read(#[case] kind: u8) {
    let Opened { database, store, instance, .. } = Opened::on(Backend::Sqlite).await;
    let sent = wait_in_letterbox(&store, &instance).await;
    instance.stop().await.unwrap();
    let path = database.letterbox(1);
    let bytes = std::fs::read(&path).unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let pages: Vec<usize> = (1..bytes.len() / size).filter(|page| bytes[page * size] == kind).collect();
    let mut file = std::fs::File::options().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start(u64::try_from(pages[pages.len() / 2] * size).unwrap())).unwrap();
    file.write_all(&vec![0xA5; size]).unwrap();
    drop(file);

    let instance = start(&database, &store).await;
    let form = fixture::form(&store, SIPAS).await;
    assert_eq!(instance.deposit(vec![fixture::sealed(&form, 0, 999)]).await, Ok(Deposited::Received));
    fixture::close(&store).await;
    let counted = database.number("SELECT count(*) FROM response").await;
    assert!((sent + 1 - 16..=sent + 1).contains(&counted), "one page holds few sheets: {counted} of {}", sent + 1);
    assert!(database.folder().join("letterbox-1.db.damaged-1").exists());
}

#[tokio::test]
async fn a_letterbox_that_is_no_database_any_more_says_so_and_does_not_stand_in_the_way() {
    let Opened { database, store, instance, .. } = Opened::on(Backend::Sqlite).await;
    wait_in_letterbox(&store, &instance).await;
    instance.stop().await.unwrap();
    std::fs::write(database.letterbox(1), [0xA5; 8_192]).unwrap();
    std::fs::remove_file(format!("{}-wal", database.letterbox(1).display())).ok();

    let letterbox = Letterbox::open(&database.letterbox(1)).unwrap();
    let refused = Instance::start(store.clone(), letterbox, "one").await.unwrap_err().to_string();
    assert!(refused.contains("is called `one`"), "its old name still stands for what it held: {refused}");
    let letterbox = Letterbox::open(&database.letterbox(1)).unwrap();
    let instance = Instance::start(store.clone(), letterbox, "two").await.unwrap();
    let form = fixture::form(&store, SIPAS).await;
    assert_eq!(instance.deposit(vec![fixture::sealed(&form, 0, 1)]).await, Ok(Deposited::Received));
    assert!(database.folder().join("letterbox-1.db.damaged-1").exists());
}

/// A round whose tables are gone stands for whatever makes mixing fail: sheets are kept, and it is said.
#[rstest]
#[tokio::test]
async fn mixing_that_fails_is_said_and_made_good(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let Opened { database, store, round, instance } = Opened::on(backend).await;
    let form = fixture::form(&store, SIPAS).await;
    database.rows(&format!("ALTER TABLE open_sheet_{0} RENAME TO away_{0}", round.id)).await;
    for seed in 0..40 {
        assert_eq!(instance.deposit(vec![fixture::sealed(&form, 0, seed)]).await, Ok(Deposited::Received));
    }
    until("mixing does not fail", async || instance.figures().failed > 0).await;
    let health = instance.health().await;
    assert!(health.cannot_keep.is_none() && health.degraded[0].contains("mixing fails"), "{health:?}");
    assert_eq!(instance.figures().mixed, 0, "nothing was mixed, so nothing moves");
    database.rows(&format!("ALTER TABLE away_{0} RENAME TO open_sheet_{0}", round.id)).await;
    until("not all is mixed", async || instance.figures().mixed >= 40).await;
    fixture::close(&store).await;
    assert_eq!(database.number("SELECT count(*) FROM response").await, 40);
    assert!(instance.health().await.degraded.is_empty());
}

/// The table that every commit looks at is locked by somebody else, as by a database that is frozen.
#[tokio::test]
async fn nobody_waits_for_a_database_that_does_not_answer_and_the_same_sheet_counts_later() {
    use sea_orm::ConnectionTrait;
    let Opened { database, store, instance, .. } = Opened::on(Backend::Postgres).await;
    let form = fixture::form(&store, SIPAS).await;
    let sheets: Vec<_> = (0..30).map(|seed| fixture::sealed(&form, 0, seed)).collect();
    let lock = database.raw().await;
    let held = sea_orm::TransactionTrait::begin(&lock).await.unwrap();
    held.execute_unprepared("LOCK TABLE round IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let sent = futures_util::future::join_all(sheets.iter().map(|sheet| instance.deposit(vec![sheet.clone()])));
    // The lock is held all the while: whoever waits for it has no answer, however fast the machine is.
    let outcomes = tokio::time::timeout(PATIENCE, sent).await.expect("an answer while the lock is held");
    assert!(outcomes.iter().all(|outcome| *outcome == Err(NotKept::Surely)), "withdrawn before any commit: {outcomes:?}");
    held.rollback().await.unwrap();
    for sheet in &sheets {
        assert_eq!(instance.deposit(vec![sheet.clone()]).await, Ok(Deposited::Received));
    }
    fixture::close(&store).await;
    assert_eq!(database.number("SELECT count(*) FROM response").await, 30);
}
