//! A power cut at any moment: what was synced is there, whatever else was written is there or not, in parts and out of order.

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use rstest::rstest;

use super::clients::{Clients, client, form_at, key, send};
use super::journal::{self, Journal, What};
use super::preload::{Call, EIO, Fault};
use super::recovery::{Recording, Summary, cut_often};
use super::server::{Rig, Template};
use super::sheets::Sheet;
use crate::harness::fixture::ROUND;
use crate::harness::patience::PATIENCE;

/// Power cuts of one recording.
const OF_ONE: usize = 200;

/// Between two sheets of a phone.
const REST: Duration = Duration::from_millis(2);

/// Numbers of the sheets of an imported file.
const IMPORTED: std::ops::Range<usize> = 300_000..300_300;

/// What else happens while sheets come.
#[derive(Debug, Clone, Default)]
struct Meanwhile {
    import: bool,
    close: bool,
    /// The server is killed and started again once the fault was met.
    restart: bool,
    /// A sync that fails so many times.
    fault: Option<(Fault, i64)>,
    /// A file whose syncs do nothing.
    pretend: Option<&'static str>,
}

fn pause(milliseconds: u64) -> impl Future<Output = ()> {
    tokio::time::sleep(Duration::from_millis(milliseconds))
}

/// Sends again what was not acknowledged, each alone, and nothing else: no new sheet has anything synced for it.
async fn send_again(rig: &Rig, address: &str) {
    let client = client(PATIENCE);
    let waiting: Vec<Sheet> = std::iter::from_fn(|| rig.book.unanswered()).collect();
    for sheet in waiting {
        match send(&client, &form_at(address), &rig.fields, &sheet).await {
            Some(303) => rig.book.acknowledge(sheet.number),
            _ => rig.book.put_back(sheet),
        }
    }
}

/// Serves under load and writes down what reaches the disk.
async fn record(template: &Template, meanwhile: &Meanwhile) -> Recording {
    let rig = Rig::recorded(template, meanwhile.pretend).await;
    let before = rig.files();
    let mut server = rig.serve();
    let mut clients = Clients::start(&rig, &server.address, REST);
    // Some are taken and mixed, however slow the machine is.
    rig.mixes().await;
    pause(300).await;
    if let Some((fault, times)) = &meanwhile.fault {
        rig.preload.strike(fault, Some(*times));
    }
    if meanwhile.import {
        import(&rig);
    }
    pause(400).await;
    if meanwhile.close {
        rig.run(&["round", "close", ROUND, "--wait", &PATIENCE.as_secs().to_string()]);
    }
    if meanwhile.fault.is_some() {
        rig.preload.is_met().await;
    }
    if meanwhile.restart {
        server.kill();
        clients.stop().await;
        journal::found(&rig.journal(), rig.files());
        server = rig.serve();
        send_again(&rig, &server.address).await;
        clients = Clients::start(&rig, &server.address, REST);
    }
    // Over some mixings after the one that failed.
    pause(if meanwhile.fault.is_some() { 2_200 } else { 600 }).await;
    clients.stop().await;
    server.kill();
    Recording { before, journal: Journal::read(&rig.journal()), from: 0, form: rig.form.clone(), imported: IMPORTED }
}

/// A quiet server, on which nothing is mixed and hardly anything synced: a sheet whose sync failed is sent again after a restart.
async fn record_quiet(template: &Template) -> Recording {
    let rig = Rig::recorded(template, None).await;
    let before = rig.files();
    let mut server = rig.serve();
    let (client, address) = (client(PATIENCE), form_at(&server.address));
    let mut sent = 0;
    // Something else may be synced before a sheet is, such as what is written every second: then it is the next sheet's turn.
    while rig.book.acknowledged().len() == sent {
        assert!(sent < 19, "of no sheet the sync has failed, and one more would be mixed");
        rig.book.put_back(Sheet { number: sent, key: key(&client, &address).await.unwrap() });
        if sent >= 4 {
            let (fault, times) = failed("letterbox-1.db-wal", 1);
            rig.preload.strike(&fault, Some(times));
        }
        send_again(&rig, &server.address).await;
        sent += 1;
    }
    server.kill();
    journal::found(&rig.journal(), rig.files());
    server = rig.serve();
    send_again(&rig, &server.address).await;
    assert_eq!(rig.book.acknowledged().len(), sent);
    server.kill();
    Recording { before, journal: Journal::read(&rig.journal()), from: 0, form: rig.form.clone(), imported: IMPORTED }
}

/// Looks at the round until the log is copied: a command that ends may end before its connections do.
fn look_until_copied(rig: &Rig) {
    for _ in 0..40 {
        let looked = rig.run(&["round", "status", ROUND]);
        assert!(looked.status.success(), "{}", String::from_utf8_lossy(&looked.stderr));
        if !rig.database.folder().join("main.db-wal").exists() {
            return;
        }
    }
    panic!("no command has copied the log");
}

/// A mixing of which nothing is on the disk, and a server that is killed; then somebody looks at the round.
async fn record_looked_at(template: &Template) -> Recording {
    let rig = Rig::recorded(template, None).await;
    let before = rig.files();
    let mut server = rig.serve();
    let clients = Clients::start(&rig, &server.address, REST);
    // Over the first mixing, so that the next one changes pages that are there.
    rig.mixes().await;
    assert!(rig.import(IMPORTED).status.success());
    rig.beats().await;
    // An undone import leaves the log empty: nothing of a page that the next mixing changes is in it, whole, from before.
    assert!(rig.undo().status.success());
    // An empty log first gets a head, which is synced alone.
    rig.preload.strike(&Fault { name: "main.db-wal", calls: &[Call::Sync], error: EIO, after: 1 }, None);
    rig.preload.is_met().await;
    // Until the sync has failed, and before it is tried again.
    pause(100).await;
    server.kill();
    clients.stop().await;
    rig.preload.lift();
    journal::found(&rig.journal(), rig.files());
    look_until_copied(&rig);
    let journal = Journal::read(&rig.journal());
    let from = journal.records.iter().position(|record| matches!(record.what, What::Found(_))).unwrap();
    Recording { before, journal, from, form: rig.form.clone(), imported: IMPORTED }
}

/// Imports a file; once the command says so, all its sheets are acknowledged.
fn import(rig: &Rig) {
    let done = rig.import(IMPORTED);
    if done.status.success() {
        let journal = File::options().append(true).open(rig.journal()).unwrap();
        IMPORTED.for_each(|number| journal::acknowledge(&journal, number));
    }
}

/// Cuts the power so often; after each few hundred cuts another run is written down.
async fn cut(meanwhile: Meanwhile, states: usize) -> Summary {
    let template = Template::open_round().await;
    let seed = u64::from(rand::random::<u32>());
    println!("seed {seed}");
    let mut all = Summary::default();
    while all.states < states {
        let recording = Arc::new(record(&template, &meanwhile).await);
        let now = OF_ONE.min(states - all.states);
        all.add(cut_often(recording, now, seed + u64::try_from(all.states).unwrap()).await);
    }
    all
}

/// How many power cuts: few where every change is tested, many by `tests/faults`.
fn states(few: usize) -> usize {
    std::env::var("PAR_SURVEY_FAULT_STATES").ok().map_or(few, |many| many.parse().unwrap())
}

/// A sync of a file that fails so many times.
fn failed(name: &'static str, times: i64) -> (Fault, i64) {
    (Fault { name, calls: &[Call::Sync], error: EIO, after: 0 }, times)
}

/// All at once, since they mostly wait.
async fn hold_all(kinds: Vec<(&'static str, Meanwhile)>, few: usize) {
    let cut = |(name, meanwhile)| tokio::spawn(async move { (name, cut(meanwhile, states(few)).await) });
    let kinds: Vec<_> = kinds.into_iter().map(cut).collect();
    let mut wrong = Vec::new();
    for kind in kinds {
        let (name, summary) = kind.await.unwrap();
        wrong.extend(summary.wrong(name));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_power_cut_every_acknowledged_sheet_counts_once() {
    let busy = Meanwhile { import: true, close: true, ..Meanwhile::default() };
    let kinds = [("power cut under load", Meanwhile::default()), ("power cut under load, import and closing", busy)];
    hold_all(kinds.into(), 16).await;
}

/// A failed sync leaves pages that the kernel believes clean: later syncs succeed and do not write them.
#[tokio::test(flavor = "multi_thread")]
async fn after_failed_syncs_and_a_power_cut_every_acknowledged_sheet_counts_once() {
    let kind = |name, fault, close| (name, Meanwhile { close, fault: Some(fault), ..Meanwhile::default() });
    let kinds = [
        // Nothing but closing writes the log of the main database back so soon.
        kind("power cut after a failed sync of main.db", failed("main.db", 1), true),
        kind("power cut after a failed sync of main.db-wal", failed("main.db-wal", 1), false),
        kind("power cut after four failed syncs of main.db-wal", failed("main.db-wal", 4), false),
        kind("power cut after a failed sync of the letterbox", failed("letterbox-1.db", 1), false),
        kind("power cut after a failed sync of the letterbox's log", failed("letterbox-1.db-wal", 1), false),
    ];
    hold_all(kinds.into(), 6).await;
}

/// The next server finds in the log what the one before could not sync: a reader sees it, no sync has written it.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_failed_sync_a_restart_and_a_power_cut_every_acknowledged_sheet_counts_once() {
    let kind = |name, fault| (name, Meanwhile { restart: true, fault: Some(fault), ..Meanwhile::default() });
    let kinds = [
        kind("power cut after a failed sync of main.db-wal and a restart", failed("main.db-wal", 1)),
        kind("power cut after a failed sync of the letterbox's log and a restart", failed("letterbox-1.db-wal", 1)),
    ];
    hold_all(kinds.into(), 12).await;
}

/// Whoever closes a database last copies its log into it, also a command that has only read: a power cut in the middle of that.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_failed_sync_a_command_that_only_reads_and_a_power_cut_every_acknowledged_sheet_counts_once() {
    let recording = Arc::new(record_looked_at(&Template::open_round().await).await);
    let seed = u64::from(rand::random::<u32>());
    let wrong = cut_often(recording, states(24), seed).await.wrong("power cut after a failed sync of main.db-wal and a command that reads");
    assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
}

/// The sheet is found in the letterbox and known: nothing has to be written, and yet it has to be on the disk before it is acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_whose_sync_failed_and_that_is_sent_again_after_a_restart_is_on_the_disk_when_it_is_acknowledged() {
    let recording = Arc::new(record_quiet(&Template::open_round().await).await);
    let seed = u64::from(rand::random::<u32>());
    let wrong = cut_often(recording, states(24), seed).await.wrong("power cut of a quiet server after a failed sync and a restart");
    assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
}

/// The control: where syncs do nothing, sheets are seen to be lost.
#[rstest]
#[case::of_the_main_database("main.db-wal")]
#[case::of_the_letterbox("letterbox-1.db-wal")]
#[tokio::test(flavor = "multi_thread")]
async fn without_the_syncs_of_one_log_acknowledged_sheets_are_lost(#[case] name: &'static str) {
    let lossy = cut(Meanwhile { pretend: Some(name), ..Meanwhile::default() }, 12).await;
    println!("without syncs of {name}: {} of {} states lose {} of {}", lossy.bad.len(), lossy.states, lossy.lost, lossy.acknowledged);
    assert!(lossy.lost > 0, "the rig does not see what is lost: {lossy:?}");
}
