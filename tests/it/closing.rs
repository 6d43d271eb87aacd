//! Closing: in order or not at all, with every letterbox empty, and then nothing says in which order sheets came.

mod states;

use std::collections::HashMap;

use par_survey::deposit::Deposited;
use par_survey::directory::Form;
use par_survey::publication;
use par_survey::round::{Round, RoundState};
use par_survey::seal::{Binding, Contents, Generation};
use par_survey::store::Store;
use par_survey::store::imports::{Anyway, FromFiles, ImportedFile, ImportedSheet};
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use par_survey::survey::mode::Mode;
use rstest::rstest;

use crate::harness::app::{TestApp, with_key};
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, ROUND, SIPAS};
use crate::harness::midst;
use crate::harness::patience::until;
use crate::harness::signer::Signer;
use crate::harness::steps;

#[rstest]
#[tokio::test]
async fn closing_waits_for_every_letterbox_and_goes_on_without_one_only_when_told(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let lost = Instance::start(store.clone(), Letterbox::open(&database.letterbox(9)).unwrap(), "lost").await.unwrap();
    lost.deposit(vec![fixture::sealed(&form, 0, 1)]).await.unwrap();
    lost.stop().await.unwrap();
    let here = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "here").await.unwrap();
    for seed in 0..5 {
        here.deposit(vec![fixture::sealed(&form, 1, seed)]).await.unwrap();
    }
    midst::begun(&store, &round).await;
    wait_for(&store, &round, &["lost"]).await;
    assert!(steps::close(&store, ROUND, &fixture::giving_up(0, &[])).await.unwrap_err().to_string().contains("lost"));
    assert_eq!(here.deposit(vec![fixture::sealed(&form, 1, 8)]).await.unwrap(), Deposited::Closed);
    let refused = steps::close(&store, ROUND, &fixture::giving_up(0, &["lost".into()])).await.unwrap_err().to_string();
    assert!(refused.contains("1 letterboxes left out") && refused.contains("would be lost with the key"), "{refused}");
    steps::close(&store, ROUND, &fixture::giving_up(1, &["lost".into()])).await.unwrap();
    let closed = store.round(ROUND).await.unwrap();
    assert_eq!((closed.state, closed.excused), (RoundState::Closed, vec!["lost".to_owned()]));
    assert_eq!(database.number("SELECT count(*) FROM response").await, 5);
    assert_eq!(publication::draft(&store, ROUND, &|_| {}).await.unwrap().excused, ["lost"]);
}

async fn wait_for(store: &Store, round: &Round, missing: &[&str]) {
    let waits = async || store.instances_not_empty(round.id).await.unwrap() == missing;
    until(&format!("not {missing:?} alone are waited for"), waits).await;
}

/// Order is looked at with 20,000 sheets: at a true correlation of 0 its spread is 0.007, so that 0.05 is seven times that.
pub(crate) const SHEETS: usize = 20_000;

/// Where the number of a sheet stands in the packed answers of the SIPAS form: among the items of five options.
pub(crate) const SIPAS_DIGITS: usize = 45;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn after_closing_no_order_of_the_database_follows_the_order_of_arrival(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    // The arrival is written into the answers of each sheet, so that it can be read back from the stored row.
    let mut arrival = 0;
    while arrival < SHEETS {
        let batch = (arrival..(arrival + 500).min(SHEETS)).map(|number| {
            let mut sheet = fixture::sealed(&form, 0, 1);
            sheet.answers = numbered(sheet.answers, SIPAS_DIGITS, number);
            instance.deposit(vec![sheet])
        });
        arrival += 500;
        assert!(futures_util::future::join_all(batch).await.iter().all(|outcome| matches!(outcome, Ok(Deposited::Received))));
    }
    midst::begun(&store, &round).await;
    wait_for(&store, &round, &[]).await;
    let backup = in_a_backup(&database, &round, &form).await;
    fixture::close(&store).await;
    for order in scattered(&database, SIPAS_DIGITS).await {
        let before: Vec<usize> = order.iter().map(|number| backup[number]).collect();
        assert!(spearman(&before).abs() < 0.05, "whoever has a backup and its key knows no order of the responses: {}", spearman(&before));
    }
    let tables = "open_sheet mixed open_remark".split(' ').map(|name| format!("{name}_{}", round.id));
    for table in tables {
        assert!(!database.tables().await.contains(&table), "{table} is gone");
    }
}

/// Where each number stands in a backup of the open sheets, for whoever has the round's key as well.
async fn in_a_backup(database: &TestDatabase, round: &Round, form: &Form) -> HashMap<usize, usize> {
    let order = if database.backend == Backend::Sqlite { "id" } else { "ctid" };
    let rows = database.rows(&format!("SELECT generation, sealed FROM open_sheet_{} ORDER BY {order}", round.id)).await;
    let numbers = opened(database, round, form, &rows).await;
    numbers.into_iter().enumerate().map(|(place, number)| (number, place)).collect()
}

/// The numbers in open sheets, generation and sealed text of each, for whoever has the round's key as well.
pub(crate) async fn opened(database: &TestDatabase, round: &Round, form: &Form, rows: &[Vec<String>]) -> Vec<usize> {
    let bytes = |text: &str| hex::decode(text).unwrap();
    let heads = database.rows(&format!("SELECT id, head FROM open_head_{}", round.id)).await;
    let open = |row: &Vec<String>| {
        let id = bytes(&row[0]).try_into().unwrap();
        Generation::open_head(&fixture::KEY, round.id, id, &bytes(&row[1])).unwrap()
    };
    let generations: HashMap<String, Generation> = heads.iter().map(|row| (row[0].clone(), open(row))).collect();
    let about = Binding { round: round.id, questionnaire: form.id, unit: form.units[0].id, group: "" };
    let number = |row: &Vec<String>| {
        let contents = generations[&row[0]].open(&about.sheet(), &bytes(&row[1])).unwrap();
        number_in(SIPAS_DIGITS, &Contents::decode(&contents).unwrap().answers)
    };
    rows.iter().map(number).collect()
}

/// The numbers in the responses in each order in which they can be read: none follows the numbers, and one transaction wrote all rows.
pub(crate) async fn scattered(database: &TestDatabase, digits: usize) -> Vec<Vec<usize>> {
    let queries = match database.backend {
        // `id` is the order of pages, since the table has no rowid; the second is the order in which a scan meets them.
        Backend::Sqlite => ["SELECT answers FROM response ORDER BY id", "SELECT answers FROM response"],
        Backend::Postgres => ["SELECT answers FROM response ORDER BY ctid", "SELECT answers FROM response ORDER BY id"],
    };
    let mut orders = Vec::new();
    for query in queries {
        let stored = database.numbers(digits, query).await;
        assert_eq!(stored.len(), SHEETS);
        let correlation = spearman(&stored);
        assert!(correlation.abs() < 0.05, "{query}: {correlation}");
        orders.push(stored);
    }
    if database.backend == Backend::Postgres {
        assert_eq!(database.number("SELECT count(DISTINCT xmin::text) FROM response").await, 1);
    }
    orders
}

/// A file that a clerk brings; no other one says the same.
fn file(name: &str) -> ImportedFile<'_> {
    ImportedFile { sha256: name, content: name }
}

/// A file has an order too, and it is hidden by the same rewrite.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn after_closing_no_order_of_the_database_follows_the_order_of_an_imported_file(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let asked = store.asked(round.id).await.unwrap().remove(0);
    let template = fixture::sealed(&form, 0, 1);
    let mut import = store.begin_import(&asked, file("a file"), Anyway::default(), &fixture::BY).await.unwrap();
    for number in 0..SHEETS {
        let answers = numbered(template.answers.clone(), SIPAS_DIGITS, number);
        let (group, mode, stratum, psu, remarks) = (String::new(), Mode::Paper, None, None, Vec::new());
        import.add(asked.id, ImportedSheet { unit: form.units[0].id, group, mode, stratum, psu, answers, remarks }).await.unwrap();
    }
    assert_eq!(usize::try_from(import.finish().await.unwrap()).unwrap(), SHEETS);
    assert!(
        store
            .begin_import(&asked, file("a file"), Anyway::default(), &fixture::BY)
            .await
            .unwrap_err()
            .to_string()
            .contains("imported before")
    );
    assert!(store.undo_import(&asked, "another file", &fixture::BY).await.unwrap_err().to_string().contains("no import of this file"));
    fixture::close(&store).await;
    let order = if backend == Backend::Sqlite { "SELECT answers FROM response" } else { "SELECT answers FROM response ORDER BY ctid" };
    let stored = database.numbers(SIPAS_DIGITS, order).await;
    assert!(stored.len() == SHEETS && spearman(&stored).abs() < 0.05, "{}", spearman(&stored));
    assert!(!database.columns().await.iter().any(|(table, column)| table == "response" && column == "import_id"));
}

#[rstest]
#[tokio::test]
async fn a_file_can_be_taken_out_again_until_the_round_closes(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let asked = store.asked(round.id).await.unwrap().remove(0);
    for again in [false, true] {
        let mut import = store.begin_import(&asked, file("a file"), Anyway { again, ..Anyway::default() }, &fixture::BY).await.unwrap();
        let (group, mode, stratum, psu, remarks) = (String::new(), Mode::Paper, None, None, vec![("remark".into(), "lời".into())]);
        let answers = fixture::sealed(&form, 0, 1).answers;
        import.add(asked.id, ImportedSheet { unit: form.units[0].id, group, mode, stratum, psu, answers, remarks }).await.unwrap();
        import.finish().await.unwrap();
    }
    assert_eq!(store.undo_import(&asked, "a file", &fixture::BY).await.unwrap(), 1);
    assert_eq!(database.number(&format!("SELECT count(*) FROM open_remark_{}", round.id)).await, 1);
    midst::begun(&store, &round).await;
    assert!(store.undo_import(&asked, "a file", &fixture::BY).await.unwrap_err().to_string().contains("is closing"));
    assert!(
        store.begin_import(&asked, file("late"), Anyway::default(), &fixture::BY).await.unwrap_err().to_string().contains("is closing")
    );
    fixture::close(&store).await;
    assert_eq!(database.number("SELECT count(*) FROM response").await, 1);
    let from_files = FromFiles { questionnaire: asked.id, files: 1, by: vec!["Lan".into()] };
    assert_eq!(store.files_by_questionnaire(round.id).await.unwrap(), [from_files], "what closing keeps of a file");
}

/// Answers of four options or more that carry a number: 4^7 = 16,384 numbers would be too few.
pub(crate) const DIGITS: usize = 8;

/// Writes a number into the packed answers from a place on.
pub(crate) fn numbered(mut answers: Vec<u8>, digits: usize, number: usize) -> Vec<u8> {
    let mut rest = number;
    for byte in answers.iter_mut().skip(digits).take(DIGITS) {
        *byte = u8::try_from(rest % 4).unwrap() + 3;
        rest /= 4;
    }
    answers
}

impl TestDatabase {
    /// The numbers in the answers that a query finds, in its order.
    async fn numbers(&self, digits: usize, query: &str) -> Vec<usize> {
        self.rows(query).await.iter().map(|row| number_of(digits, &row[0])).collect()
    }
}

fn number_of(digits: usize, hex_answers: &str) -> usize {
    number_in(digits, &hex::decode(hex_answers).unwrap())
}

/// The number in packed answers.
pub(crate) fn number_in(digits: usize, answers: &[u8]) -> usize {
    answers[digits..digits + DIGITS].iter().rev().fold(0, |number, byte| number * 4 + usize::from(byte - 3))
}

/// Spearman's rank correlation of place and value, for values that are 0..n in some order: 1 - 6 sum d^2 / (n (n^2 - 1)).
#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, clippy::as_conversions, reason = "a statistic of a test")]
pub(crate) fn spearman(order: &[usize]) -> f64 {
    let n = order.len() as f64;
    let squares: f64 = order.iter().enumerate().map(|(place, value)| (place as f64 - *value as f64).powi(2)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

#[rstest]
#[tokio::test]
async fn two_instances_answer_the_same_round_and_all_of_it_is_counted(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let mut app = TestApp::start(backend).await;
    let second = app.another(2).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let signer = Signer::new(&app.database, SIPAS, "so-y-te").await;
    for seed in 0..30 {
        let address = [app.form_address(SIPAS, "so-y-te"), format!("{second}/{ROUND}/{SIPAS}/so-y-te")];
        let sheet = with_key(&signer.key(u128::try_from(seed).unwrap()), fixture::complete(&form, seed));
        assert_eq!(app.send(&address[seed % 2], &sheet).await.status(), 303);
    }
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 30);
    app.publish().await;
    let published = publication::read(&app.store.snapshot(1).await.unwrap().unwrap()).unwrap();
    let unit = published.questionnaires[0].results.unit("so-y-te").unwrap();
    assert_eq!(unit.1.figures.as_ref().unwrap().sheets.get().to_string(), "10-49");
    app.stop().await;
    assert_eq!(app.database.number("SELECT count(*) FROM instance").await, 0, "an instance with an empty letterbox leaves no name behind");
}
