//! The raw disk: every block of it is read, whether a file has it or a file once had it. Where nobody may mount a file system, all bytes are read that
//! were ever written.

mod disk;
mod order;
mod reader;

use std::collections::HashSet;
use std::time::Duration;

use futures_util::future::join_all;
use par_survey::deposit::AcceptedSheet;
use par_survey::deposit::Deposited;
use par_survey::store::Store;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;

use crate::closing::{DIGITS, SIPAS_DIGITS, number_in, numbered, spearman};
use crate::coded::issue_in;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS, ROUND, SIPAS};
use crate::harness::patience::until;
use crate::harness::process::contains;
use disk::{Carved, Image, Recorded};

const CITIZENS: usize = 2_400;
const DEPUTIES: usize = 72;
const WORDS: &str = "chim hoàng yến";

/// What every deputy answers: each of four options, in an order that nothing else has.
const RATINGS: [u8; 14] = [3, 6, 4, 5, 3, 5, 6, 4, 4, 3, 6, 5, 5, 6];

async fn send_citizens(store: &Store, instance: &Instance, unit: usize) -> Vec<AcceptedSheet> {
    let form = fixture::form(store, SIPAS).await;
    let mut sent = Vec::new();
    for number in 0..CITIZENS {
        let sheet = fixture::sealed(&form, unit, 1);
        sent.push(AcceptedSheet { answers: numbered(sheet.answers.clone(), SIPAS_DIGITS, number), ..sheet });
    }
    for batch in sent.chunks(50) {
        let outcomes = join_all(batch.iter().map(|sheet| instance.deposit(vec![sheet.clone()]))).await;
        assert!(outcomes.iter().all(|outcome| *outcome == Ok(Deposited::Received)));
        // Over many mixings.
        tokio::time::sleep(Duration::from_millis(60)).await;
    }
    sent
}

/// Each rates every unit of the scope, with something written. Says all keys, code hashes and codes.
async fn send_deputies(database: &TestDatabase, store: &Store, instance: &Instance) -> Vec<Vec<u8>> {
    let codes = issue_in(store, &database.keys(), OFFICIALS, "deputies", None, DEPUTIES).await;
    let (form, pepper) = (fixture::form(store, OFFICIALS).await, database.keys().pepper(ROUND).unwrap().unwrap());
    let round = store.round(ROUND).await.unwrap();
    let mut secrets = Vec::new();
    for (place, code) in codes.iter().enumerate() {
        let issued = store.code(round.id, pepper.code_hash(code)).await.unwrap().unwrap();
        let used = pepper.participation(pepper.code_hash(code), &issued);
        let about = |unit: &i32| {
            let mut sheet = fixture::sealed(&form, 0, place);
            (sheet.cell.unit, sheet.cell.group, sheet.key) = (*unit, issued.group.clone(), pepper.sheet_key(code, *unit));
            sheet.remarks = vec![("m1".to_owned(), format!("{WORDS} {place}"))];
            assert_eq!(sheet.answers.len(), RATINGS.len());
            sheet.answers = RATINGS.to_vec();
            sheet
        };
        let sheets: Vec<AcceptedSheet> = issued.scope.iter().map(about).collect();
        secrets.extend(sheets.iter().map(|sheet| sheet.key.bytes().to_vec()));
        secrets.extend([used.key.bytes().to_vec(), code.compact().into_bytes(), code.grouped().into_bytes()]);
        assert_eq!(instance.deposit_coded(used, sheets).await, Ok(Deposited::Received));
    }
    secrets
}

#[tokio::test(flavor = "multi_thread")]
async fn every_block_of_the_disk_is_carved_and_holds_no_answer_until_closing_and_no_order_afterwards() {
    let Some(image) = Image::mounted() else {
        println!("this machine lets nobody mount a file system; the test below reads all that is ever written");
        return;
    };
    carve(TestDatabase::within(&image.root()), || image.blocks()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_byte_that_was_ever_written_holds_no_answer_until_closing_and_no_order_afterwards() {
    let name = "forensic::every_byte_that_was_ever_written_holds_no_answer_until_closing_and_no_order_afterwards";
    // This test runs itself once more under the library that writes down every write.
    let Some(recorded) = Recorded::here() else { return Recorded::run(name) };
    carve(recorded.database(), || recorded.writes()).await;
}

/// Keeps and publishes a round, and reads before and after closing what a thief would.
async fn carve(database: TestDatabase, stolen: impl Fn() -> Carved) {
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    let citizens = send_citizens(&store, &instance, 0).await;
    let mut secrets = send_deputies(&database, &store, &instance).await;
    secrets.extend(citizens.iter().map(|sheet| sheet.key.bytes().to_vec()));
    let anchor = &citizens[0].answers[..SIPAS_DIGITS];
    // The only one of its unit waits until closing, however soon the others are mixed.
    let lone = fixture::sealed(&*fixture::form(&store, SIPAS).await, 1, 2);
    let waiting = lone.key.bytes().to_vec();
    assert_eq!(instance.deposit(vec![lone]).await, Ok(Deposited::Received));
    let open = stolen();
    assert!(!open.places(&waiting).is_empty(), "the key of a sheet that waits in the letterbox, or this looks in the wrong place");
    secrets.push(waiting);
    for canary in [anchor, &RATINGS, WORDS.as_bytes()] {
        assert_eq!(open.places(canary).len(), 0, "until closing nothing can be read");
    }
    drop(open);

    fixture::close(&store).await;
    fixture::publish(&database).await;
    instance.stop().await.unwrap();
    drop((instance, store));
    let closed = stolen();
    let [answers, ratings, words] = [anchor, &RATINGS, WORDS.as_bytes()].map(|canary| closed.places(canary));
    let written = [&answers, &ratings, &words].map(Vec::len);
    assert!(written[0] >= CITIZENS && written[1] >= DEPUTIES && written[2] >= DEPUTIES, "closing writes the responses: {written:?}");
    let secrets: HashSet<Vec<u8>> = secrets.into_iter().collect();
    let told: HashSet<usize> = answers.iter().chain(&ratings).chain(&words).map(|place| closed.block(*place)).collect();
    for block in told {
        let bytes = closed.bytes_of(block);
        for width in secrets.iter().map(Vec::len).collect::<HashSet<_>>() {
            assert!(!bytes.windows(width).any(|window| secrets.contains(window)), "block {block} holds answers and a key or a code");
        }
    }
    let mut seen = HashSet::new();
    let width = SIPAS_DIGITS + DIGITS;
    // What a row leaves behind in its page when it is moved, half overwritten with zeros, bears no number.
    let is_number = |bytes: &&[u8]| bytes[SIPAS_DIGITS..].iter().all(|byte| (3..=6).contains(byte));
    let numbered = answers.iter().filter_map(|place| closed.bytes.get(*place..*place + width).filter(is_number));
    let numbers = numbered.map(|bytes| number_in(SIPAS_DIGITS, bytes));
    let order: Vec<usize> = numbers.filter(|number| *number < CITIZENS && seen.insert(*number)).collect();
    assert_eq!(order.len(), CITIZENS);
    // At a true correlation of 0 its spread is 0.02.
    assert!(spearman(&order).abs() < 0.1, "{}", spearman(&order));
    // By chance two stand beside each other that came one after the other.
    let neighbours = order.windows(2).filter(|pair| pair[0].abs_diff(pair[1]) == 1).count();
    assert!(neighbours < 20, "{neighbours} stand beside the one that came before or after");
}

/// A burst, and nothing is mixed: what says in which order sheets came goes all the same.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_burst_nothing_of_its_order_stays_in_the_log_of_the_letterbox() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    // Mixing fails, so that only time empties the log.
    database.rows(&format!("ALTER TABLE open_sheet_{0} RENAME TO away_{0}", round.id)).await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    let log = || std::fs::read(format!("{}-wal", database.letterbox(1).display())).unwrap();
    let mut seen = false;
    let mut keys = Vec::new();
    for seed in 0..449 {
        let sheet = fixture::sealed(&form, 0, seed);
        keys.push(*sheet.key.bytes());
        assert_eq!(instance.deposit(vec![sheet]).await, Ok(Deposited::Received));
        seen |= contains(&log(), &keys[seed]);
    }
    assert!(seen, "the log has what has just come, or this test looks in the wrong place");
    let none_left = async || {
        let log = log();
        !keys.iter().any(|key| contains(&log, key))
    };
    until("the log keeps what came, and its order", none_left).await;
}

/// Whether anything comes or not, the letterbox is written every second: its times say nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_quiet_letterbox_is_written_like_one_to_which_something_comes() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let _instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    let written = || std::fs::metadata(database.letterbox(1)).unwrap().modified().unwrap();
    let mut times = HashSet::new();
    let again_and_again = async || {
        times.insert(written());
        times.len() >= 3
    };
    until("a letterbox to which nothing comes is not written", again_and_again).await;
}
