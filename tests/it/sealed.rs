//! The seal: whoever has the disk, a backup or the running database reads nothing while a round is open, and closing opens all of it.

use std::collections::HashSet;

use par_survey::deposit::AcceptedSheet;
use par_survey::deposit::Deposited;
use par_survey::seal::PrivateKey;
use par_survey::store::Store;
use par_survey::store::imports::{Anyway, ImportedFile, ImportedSheet};
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use par_survey::survey::mode::Mode;
use rstest::rstest;

use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, SIPAS};
use crate::harness::midst;
use crate::harness::patience::until;
use crate::harness::process::{contains, files};
use crate::harness::steps;
use crate::keeping::copy_letterbox;

const WORDS: &str = "chim hoàng yến";

pub(crate) async fn start(database: &TestDatabase, store: &Store) -> Instance {
    Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap()
}

/// Sheets about one unit, each with something written.
pub(crate) async fn sheets(store: &Store, number: usize) -> Vec<AcceptedSheet> {
    let form = fixture::form(store, SIPAS).await;
    let sheet = |seed| AcceptedSheet { remarks: vec![("remark".into(), format!("{WORDS} {seed}"))], ..fixture::sealed(&form, 0, seed) };
    (0..number).map(sheet).collect()
}

pub(crate) async fn send(instance: &Instance, sheets: &[AcceptedSheet]) {
    for sheet in sheets {
        assert_eq!(instance.deposit(vec![sheet.clone()]).await, Ok(Deposited::Received));
    }
}

async fn mixed(database: &TestDatabase, round: i32, least: i64) -> i64 {
    let mut now = 0;
    until(&format!("{least} sheets are not mixed"), async || {
        now = database.number(&format!("SELECT count(*) FROM open_sheet_{round}")).await;
        now >= least
    })
    .await;
    now
}

#[rstest]
#[tokio::test]
async fn while_a_round_is_open_no_file_and_no_table_holds_an_answer_that_can_be_read(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let instance = start(&database, &store).await;
    let sent = sheets(&store, 30).await;
    let planted: HashSet<Vec<u8>> = sent.iter().map(|sheet| sheet.answers.clone()).collect();
    let look = async |when: &str| {
        let mut places: Vec<(String, Vec<u8>)> = files(database.folder());
        places.push(("a dump of the database".into(), database.everything().await.into_bytes()));
        for (name, bytes) in &places {
            assert!(!contains(bytes, WORDS.as_bytes()), "{when}: {name} holds what was written");
            assert!(!contains(bytes, hex::encode(WORDS).as_bytes()), "{when}: {name} holds what was written");
            for answers in &planted {
                assert!(!contains(bytes, answers) && !contains(bytes, hex::encode(answers).as_bytes()), "{when}: {name} holds answers");
            }
        }
    };
    send(&instance, &sent[..10]).await;
    look("while they wait").await;
    send(&instance, &sent[10..]).await;
    mixed(&database, round.id, 20).await;
    look("when they are mixed").await;
    fixture::close(&store).await;
    assert_eq!(database.number("SELECT count(*) FROM response").await, 30);
    assert_eq!(database.number("SELECT count(*) FROM remark").await, 30, "closing opens what was written");
    let seen = database.rows("SELECT words FROM remark").await.iter().filter(|row| row[0].starts_with(WORDS)).count();
    assert_eq!(seen, 30);
}

/// Paper that was typed in is sealed like anything else, until closing.
#[rstest]
#[tokio::test]
async fn while_a_round_is_open_nothing_that_came_by_file_can_be_read(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let (form, sent) = (fixture::form(&store, SIPAS).await, sheets(&store, 30).await);
    let asked = store.asked(round.id).await.unwrap().into_iter().find(|asked| asked.id == form.id).unwrap();
    let file = ImportedFile { sha256: "0", content: "1" };
    let mut import = store.begin_import(&asked, file, Anyway::default(), &fixture::BY).await.unwrap();
    for (seed, sheet) in sent.iter().enumerate() {
        let AcceptedSheet { cell, answers, remarks, .. } = sheet.clone();
        let [stratum, psu] = ["tầng đồng bằng", "điểm thu thập"].map(|name| Some(format!("{name} {seed}")));
        let sheet = ImportedSheet { unit: cell.unit, group: cell.group, mode: Mode::Paper, stratum, psu, answers, remarks };
        import.add(asked.id, sheet).await.unwrap();
    }
    import.add_remarks(asked.id, vec![("remark".into(), format!("{WORDS} 30"))]).await.unwrap();
    import.finish().await.unwrap();
    let mut places: Vec<(String, Vec<u8>)> = files(database.folder());
    places.push(("a dump of the database".into(), database.everything().await.into_bytes()));
    let written = [WORDS, "tầng đồng bằng", "điểm thu thập"].map(|words| words.as_bytes().to_vec());
    for (name, bytes) in &places {
        for secret in sent.iter().map(|sheet| &sheet.answers).chain(&written) {
            assert!(!contains(bytes, secret) && !contains(bytes, hex::encode(secret).as_bytes()), "{name} holds what a file brought");
        }
    }
    fixture::close(&store).await;
    let kept = "SELECT count(*) FROM response WHERE stratum LIKE 'tầng%' AND psu LIKE 'điểm%'";
    assert_eq!((database.number(kept).await, database.number("SELECT count(*) FROM remark").await), (30, 31), "closing opens it");
}

/// What a thief who reads the letterbox now and the database later could compare.
#[tokio::test]
async fn nothing_that_was_seen_in_a_letterbox_is_recognised_among_the_open_sheets() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let instance = start(&database, &store).await;
    send(&instance, &sheets(&store, 19).await).await;
    let copy = database.folder().join("copy.db");
    copy_letterbox(&database.letterbox(1), &copy);
    let form = fixture::form(&store, SIPAS).await;
    send(&instance, &[fixture::sealed(&form, 0, 99)]).await;
    mixed(&database, round.id, 20).await;
    let seen = rusqlite::Connection::open(&copy).unwrap();
    let mut query =
        seen.prepare("SELECT answers FROM sheet UNION ALL SELECT remarks FROM sheet UNION ALL SELECT id FROM generation").unwrap();
    let texts: Vec<Vec<u8>> = query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert_eq!(texts.len(), 19 * 2 + 1, "or this test looks in the wrong place");
    let dump = database.everything().await;
    assert!(texts.iter().all(|text| !dump.contains(&hex::encode(text)) && !dump.contains(&hex::encode_upper(text))));
}

/// A server that ends takes the key of its generation along: twenty of a cell move as they are, fewer wait for closing.
#[rstest]
#[tokio::test]
async fn what_a_run_left_behind_counts_once_and_its_twenty_are_counted_apart(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let about = |unit, seeds: std::ops::Range<usize>| seeds.map(|seed| fixture::sealed(&form, unit, seed)).collect::<Vec<_>>();
    // As a crash between the commit and the next mixing would leave it: 25 of one unit, 15 of another.
    let first = start(&database, &store).await;
    let (many, few) = (about(0, 0..25), about(1, 100..115));
    let left = database.folder().join("left.db");
    send(&first, &few).await;
    send(&first, &many[..19]).await;
    copy_letterbox(&database.letterbox(1), &left);
    first.stop().await.unwrap();
    drop(first);
    let second = start(&database, &store).await;
    // Nineteen of the dead generation and ten of the new one are no crowd of twenty.
    send(&second, &about(0, 200..210)).await;
    // Twenty of a third unit: once they are mixed, the others were looked at too.
    send(&second, &about(2, 300..320)).await;
    assert_eq!(mixed(&database, round.id, 20).await, 20);
    // Retries meet the same key, whatever run sealed it.
    assert_eq!(second.deposit(vec![few[0].clone()]).await, Ok(Deposited::AlreadyReceived));
    fixture::close(&store).await;
    second.stop().await.unwrap();
    assert_eq!(database.number("SELECT count(*) FROM response").await, 15 + 19 + 10 + 20);
    assert_eq!(database.number("SELECT count(*) FROM instance").await, 0);
}

#[tokio::test]
async fn twenty_of_a_dead_generation_move_with_its_head_and_open_at_closing() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let instance = start(&database, &store).await;
    // Mixing is kept from beginning until the server is gone.
    let sheet = format!("open_sheet_{}", round.id);
    database.rows(&format!("ALTER TABLE {sheet} RENAME TO away")).await;
    send(&instance, &sheets(&store, 25).await).await;
    instance.stop().await.unwrap();
    drop(instance);
    database.rows(&format!("ALTER TABLE away RENAME TO {sheet}")).await;
    let again = start(&database, &store).await;
    assert_eq!(mixed(&database, round.id, 25).await, 25);
    let generations = database.number(&format!("SELECT count(DISTINCT generation) FROM {sheet}")).await;
    assert_eq!((generations, database.number(&format!("SELECT count(*) FROM open_head_{}", round.id)).await), (1, 1));
    fixture::close(&store).await;
    again.stop().await.unwrap();
    assert_eq!(database.number("SELECT count(*) FROM response").await, 25);
    assert_eq!(database.number("SELECT count(*) FROM remark").await, 25);
}

/// Somebody with the main database puts a key of his own in place of the round's.
#[tokio::test]
async fn a_server_that_is_shown_another_public_key_seals_nothing_to_it() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let instance = start(&database, &store).await;
    let sent = sheets(&store, 2).await;
    send(&instance, &sent[..1]).await;
    instance.stop().await.unwrap();
    let other = hex::encode(PrivateKey::draw().public().unwrap().bytes());
    database.rows(&format!("UPDATE round_seal SET public_key = x'{other}'")).await;
    let instance = start(&database, &store).await;
    assert!(instance.deposit(vec![sent[1].clone()]).await.is_err());
    assert!(instance.health().await.cannot_keep.unwrap().contains("another public key"));
}

/// Rows that somebody changed in the main database.
#[tokio::test]
async fn what_the_key_does_not_open_is_lost_only_when_it_is_given_up_by_number() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let instance = start(&database, &store).await;
    send(&instance, &sheets(&store, 25).await).await;
    mixed(&database, round.id, 20).await;
    midst::emptied(&store, &round).await;
    // In the main database nobody but the key can tell; closing does.
    let sheet = format!("open_sheet_{}", round.id);
    database.rows(&format!("UPDATE {sheet} SET unit_id = unit_id + 1 WHERE id IN (SELECT id FROM {sheet} LIMIT 2)")).await;
    let refused = steps::close(&store, fixture::ROUND, &fixture::how()).await.unwrap_err().to_string();
    assert!(
        refused.contains("2 sheets or remarks that the key does not open") && refused.contains("would be lost with the key"),
        "{refused}"
    );
    steps::close(&store, fixture::ROUND, &fixture::giving_up(2, &[])).await.unwrap();
    assert_eq!(database.number("SELECT count(*) FROM response").await, 23);
}
