//! What was acknowledged survives a power cut, and nothing is acknowledged before it is on the disk.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;

use crate::faults::clients::{SENDERS, client, form_at, key, send};
use crate::faults::sheets::{Book, Sheet, counted};
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, SIPAS};
use crate::harness::patience::{ANSWERED_WITHIN, PATIENCE, until};
use crate::harness::process::Server;

const CRASHES: usize = 100;

/// Sends sheets one after another until the server is gone; a sheet without an answer is sent again to the next one, as a phone would.
async fn send_until_gone(client: Client, address: String, fields: Arc<Vec<(String, String)>>, book: Arc<Book>) {
    loop {
        let waiting = book.unanswered();
        let sheet = match waiting {
            Some(sheet) => sheet,
            None => match key(&client, &address).await {
                Some(key) => Sheet { number: book.number(), key },
                None => return,
            },
        };
        if send(&client, &address, &fields, &sheet).await != Some(303) {
            return book.put_back(sheet);
        }
        book.acknowledge(sheet.number);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_a_hundred_times_under_load_every_acknowledged_sheet_counts_once() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let fields = Arc::new(fixture::complete(&*fixture::form(&store, SIPAS).await, 3));
    let book = Arc::new(Book::default());
    for crash in 0..CRASHES {
        let mut server = Server::start(&database, &[], &[]);
        let address = form_at(&server.address);
        // A client of its own for each life, since connections of the last one are broken.
        // It gives up in time, as a phone does: a request whose server was killed under it was seen to wait for ever. One that runs has answered.
        let client = client(ANSWERED_WITHIN);
        let senders: Vec<_> = (0..SENDERS)
            .map(|_| tokio::spawn(send_until_gone(client.clone(), address.clone(), Arc::clone(&fields), Arc::clone(&book))))
            .collect();
        // However slow the machine is, some sheets are taken in each life.
        let before = book.acknowledged().len();
        until("a server takes no sheets", async || book.acknowledged().len() > before + 1).await;
        // Spread over the mixing pause of half a second, so that mixing is interrupted as well.
        tokio::time::sleep(Duration::from_millis(20 + u64::try_from(crash * 61 % 640).unwrap() / 2)).await;
        server.kill();
        for sender in senders {
            sender.await.unwrap();
        }
    }
    let last = Server::start(&database, &[], &[]);
    fixture::close(&store).await;
    drop(last);
    let form = fixture::form(&store, SIPAS).await;
    let counted = counted(&database, &form).await;
    let verdict = book.verdict(&counted);
    assert!(verdict.acknowledged > CRASHES, "there was load: {verdict:?}");
    assert!(verdict.is_good(), "{verdict:?}");
    // A sheet that was kept but whose answer was cut off may count; it is one of those open at the end.
    assert!(counted.len() - verdict.acknowledged <= SENDERS, "{verdict:?}");
}

/// Follows the server's system calls: between the write of a sheet into the letterbox's log and the answer 303 there is a sync of that log.
#[tokio::test(flavor = "multi_thread")]
async fn no_acknowledgement_is_written_before_the_sync_that_follows_its_commit() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let fields = fixture::complete(&*fixture::form(&store, SIPAS).await, 3);
    let trace = database.folder().join("trace");
    let strace =
        ["strace", "-D", "-f", "-y", "-o", trace.to_str().unwrap(), "-e", "trace=pwrite64,write,writev,sendto,fsync,fdatasync", "-s", "20"];
    let mut server = Server::start(&database, &strace, &[]);
    let (client, address) = (client(PATIENCE), form_at(&server.address));
    for number in 0..5 {
        let sheet = Sheet { number, key: key(&client, &address).await.unwrap() };
        assert_eq!(send(&client, &address, &fields, &sheet).await, Some(303));
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
