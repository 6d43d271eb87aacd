//! What was acknowledged survives a power cut, and nothing is acknowledged before it is on the disk.

use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use par_survey::directory::Form;
use reqwest::{Client, redirect};

use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, ROUND, SIPAS};
use crate::harness::process::Server;
use crate::harness::signer::Signer;

const CRASHES: usize = 100;
const SENDERS: usize = 8;
const UNIT: &str = "so-noi-vu";

/// Keys, and which of them the server said it had received.
#[derive(Default)]
struct Book {
    next: AtomicUsize,
    acknowledged: Mutex<HashSet<usize>>,
    unanswered: Mutex<Vec<usize>>,
}

/// Items whose answers carry the number of a sheet to the base of five: 5^8 = 390,625 sheets can be told apart.
const DIGITS: std::ops::RangeInclusive<usize> = 1..=8;

fn body(fields: &[(String, String)], signer: &Signer, number: usize) -> String {
    let key = ("key".to_owned(), signer.key(u128::try_from(number).unwrap()));
    let digit = |name: &str| {
        let place = name.strip_prefix("q9_")?.parse::<u32>().ok().filter(|place| DIGITS.contains(&usize::try_from(*place).unwrap()))?;
        Some((number / 5_usize.pow(place - 1) % 5 + 1).to_string())
    };
    let numbered = fields.iter().map(|(name, value)| (name.clone(), digit(name).unwrap_or_else(|| value.clone())));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(numbered.chain([key])).finish()
}

/// The number that a stored sheet carries.
fn number_of(form: &Form, answers: &[u8]) -> usize {
    DIGITS.rev().fold(0, |number, place| {
        let item = form.questionnaire.position(&format!("q9_{place}")).unwrap();
        let column = form.codebook.columns().iter().find(|column| column.item == item).unwrap();
        number * 5 + usize::from(answers[column.offset] - 3)
    })
}

/// Sends sheets one after another until the server is gone; a sheet without an answer is sent again to the next one, as a phone would.
async fn send_until_gone(client: Client, address: String, sheet: Arc<(Vec<(String, String)>, Signer)>, book: Arc<Book>) {
    loop {
        let number = book.unanswered.lock().unwrap().pop().unwrap_or_else(|| book.next.fetch_add(1, Ordering::Relaxed));
        let request =
            client.post(&address).header("content-type", "application/x-www-form-urlencoded").body(body(&sheet.0, &sheet.1, number));
        match request.send().await {
            Ok(response) if response.status() == 303 => {
                book.acknowledged.lock().unwrap().insert(number);
            }
            _ => {
                book.unanswered.lock().unwrap().push(number);
                return;
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_a_hundred_times_under_load_every_acknowledged_sheet_counts_once() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let sheet = Arc::new((fixture::complete(&*fixture::form(&store, SIPAS).await, 3), Signer::new(&database, SIPAS, UNIT).await));
    let book = Arc::new(Book::default());
    for crash in 0..CRASHES {
        let mut server = Server::start(&database, &[], &[]);
        let address = format!("{}/{ROUND}/{SIPAS}/{UNIT}", server.address);
        // A client of its own for each life, since connections of the last one are broken.
        // It gives up in time, as a phone does: a request whose server was killed under it was seen to wait for ever.
        let client = Client::builder().redirect(redirect::Policy::none()).timeout(Duration::from_secs(5)).build().unwrap();
        let senders: Vec<_> = (0..SENDERS)
            .map(|_| tokio::spawn(send_until_gone(client.clone(), address.clone(), Arc::clone(&sheet), Arc::clone(&book))))
            .collect();
        // Spread over the mixing pause of half a second, so that mixing is interrupted as well.
        tokio::time::sleep(Duration::from_millis(20 + u64::try_from(crash * 61 % 640).unwrap() / 2)).await;
        server.kill();
        for sender in senders {
            sender.await.unwrap();
        }
    }
    let last = Server::start(&database, &[], &[]);
    store.begin_closing(&round).await.unwrap();
    while !store.instances_not_empty(round.id).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    store.finish_closing(&round, &[]).await.unwrap();
    drop(last);
    let form = fixture::form(&store, SIPAS).await;
    let rows = database.rows("SELECT answers FROM response").await;
    let counted: Vec<usize> = rows.iter().map(|row| number_of(&form, &hex::decode(&row[0]).unwrap())).collect();
    let once: HashSet<usize> = counted.iter().copied().collect();
    assert_eq!(once.len(), counted.len(), "a sheet counts twice");
    let (acknowledged, sent) = (book.acknowledged.lock().unwrap(), book.next.load(Ordering::Relaxed));
    assert!(acknowledged.len() > CRASHES, "there was load: {}", acknowledged.len());
    let missing: Vec<_> = acknowledged.difference(&once).collect();
    assert!(missing.is_empty(), "acknowledged and lost: {missing:?}");
    // A sheet that was kept but whose answer was cut off may count; it is one of those open at the end.
    assert!(counted.len() - acknowledged.len() <= SENDERS && counted.iter().all(|number| *number < sent));
}

/// Follows the server's system calls: between the write of a sheet into the letterbox's log and the answer 303 there is a sync of that log.
#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledgement_is_written_before_the_sync_that_follows_its_commit() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let (fields, signer) = (fixture::complete(&*fixture::form(&store, SIPAS).await, 3), Signer::new(&database, SIPAS, UNIT).await);
    let trace = database.folder().join("trace");
    let strace =
        ["strace", "-D", "-f", "-y", "-o", trace.to_str().unwrap(), "-e", "trace=pwrite64,write,writev,sendto,fsync,fdatasync", "-s", "20"];
    let mut server = Server::start(&database, &strace, &[]);
    let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let address = format!("{}/{ROUND}/{SIPAS}/{UNIT}", server.address);
    for number in 0..5 {
        let request =
            client.post(&address).header("content-type", "application/x-www-form-urlencoded").body(body(&fields, &signer, number));
        assert_eq!(request.send().await.unwrap().status(), 303);
    }
    server.terminate();
    let trace = std::fs::read_to_string(&trace).unwrap();
    assert_eq!(acknowledged_after_sync(&trace), 5, "{trace}");
}

/// How many answers 303 come after a sync of the letterbox's log that itself came after the last write to it.
fn acknowledged_after_sync(trace: &str) -> usize {
    let (mut written, mut synced, mut acknowledged) = (false, false, 0);
    for line in trace.lines() {
        if line.contains("letterbox-1.db-wal") && line.contains("pwrite64(") {
            (written, synced) = (true, false);
        } else if line.contains("letterbox-1.db-wal") && (line.contains("fsync(") || line.contains("fdatasync(")) {
            synced = true;
        } else if line.contains("HTTP/1.1 303") {
            assert!(written && synced, "an answer before the sync: {line}");
            acknowledged += 1;
            (written, synced) = (false, false);
        }
    }
    acknowledged
}

#[test]
#[should_panic(expected = "an answer before the sync")]
fn a_trace_without_the_sync_is_not_taken() {
    acknowledged_after_sync("1 pwrite64(9</x/letterbox-1.db-wal>, ...) = 32\n1 sendto(7, \"HTTP/1.1 303 See Oth\"...) = 170");
}
