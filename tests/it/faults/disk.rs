//! A disk that is full, does not sync or does not write for a while, on each file in turn, while sheets come and are mixed.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::{Duration, Instant};

use rand::RngExt;
use rstest::rstest;

use super::clients::Clients;
use super::cluster::Cluster;
use super::journal::{Journal, What};
use super::preload::{Call, EIO, Fault};
use super::server::{Rig, Template};
use super::sheets::{Verdict, figures};
use crate::harness::database::TestDatabase;
use crate::harness::patience::{PATIENCE, until};

/// Between two sheets of a phone.
const REST: Duration = Duration::from_millis(15);

/// What becomes of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It goes on after the fault.
    GoesOn,
    /// It is killed after the fault and started again.
    IsKilledAfter,
    /// It is killed during the fault and started again after it.
    IsKilledDuring,
}

/// Sheets of an imported file.
const IMPORTED: std::ops::Range<usize> = 300_000..300_300;

const EACH: [Then; 3] = [Then::GoesOn, Then::IsKilledAfter, Then::IsKilledDuring];

/// A fault, how long it lasts and what becomes of the server.
#[derive(Debug, Clone)]
struct Case {
    fault: Fault,
    lasts: Duration,
    then: Then,
}

/// What came of a case.
#[derive(Debug)]
struct Outcome {
    verdict: Verdict,
    /// Calls that failed.
    hits: i64,
    /// Sheets were taken again in time.
    again: bool,
}

impl Outcome {
    /// What is wrong, if anything is.
    fn wrong(&self, Case { fault, lasts, then }: &Case) -> Option<String> {
        let Self { verdict, hits, again } = self;
        let name = format!("{fault:?} for {lasts:?}, the server {then:?}");
        println!("{name}: met {hits} times, {verdict:?}");
        if !again {
            return Some(format!("{name}: no sheet was taken after the fault: {verdict:?}"));
        }
        (!verdict.is_good()).then(|| format!("{name}: {verdict:?}"))
    }
}

async fn run(rig: Rig, case: &Case) -> Outcome {
    let Case { fault, lasts, then } = case;
    let mut server = rig.serve();
    let clients = Clients::start(&rig, &server.address, REST);
    let writes_back = fault.name == "main.db";
    if writes_back {
        assert!(rig.import(IMPORTED).status.success());
    }
    clients.seen.reaches(60).await;
    rig.preload.strike(fault, None);
    // Nothing but an undone import writes the log of the main database back so soon.
    let undone = !writes_back || rig.undo().status.success();
    tokio::time::sleep(*lasts).await;
    rig.preload.is_met().await;
    if *then == Then::IsKilledDuring {
        server.kill();
    }
    rig.preload.lift();
    let hits = rig.preload.hits();
    if !undone {
        let repeated = rig.undo();
        let said = String::from_utf8_lossy(&repeated.stderr).into_owned();
        assert!(repeated.status.success() || said.contains("no import of this file"), "{fault:?}: {said}");
    }
    let mut again = *then == Then::IsKilledDuring || clients.seen.acknowledges_again_within(PATIENCE).await;
    if *then != Then::IsKilledDuring {
        // Over a further mixing.
        tokio::time::sleep(Duration::from_millis(1_200)).await;
    }
    if *then == Then::IsKilledAfter {
        server.kill();
    }
    clients.stop().await;
    if *then != Then::GoesOn {
        server = rig.serve();
        let clients = Clients::start(&rig, &server.address, REST);
        again &= clients.seen.acknowledges_again_within(PATIENCE).await;
        clients.stop().await;
    }
    let counted = rig.close().await;
    drop(server);
    Outcome { verdict: rig.book.verdict(&counted), hits, again }
}

/// What came of many cases.
#[derive(Debug, Default)]
struct Tried {
    runs: usize,
    all: Verdict,
    wrong: Vec<String>,
}

impl Tried {
    /// Runs cases at once: they mostly wait.
    async fn run(&mut self, cases: Vec<(Rig, Case)>) {
        let runs: Vec<_> = cases.into_iter().map(|(rig, case)| tokio::spawn(async move { (run(rig, &case).await, case) })).collect();
        for run in runs {
            let (outcome, case) = run.await.unwrap();
            self.runs += 1;
            self.all.add(&outcome.verdict);
            self.wrong.extend(outcome.wrong(&case));
        }
    }

    fn hold(&self, name: &str) {
        figures(name, self.runs, self.all.acknowledged, self.all.lost, self.all.doubled);
        assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n"));
    }
}

/// Files that fail in turn, each by a test of its own.
const FILES: u32 = 4;

/// For how long `tests/faults` wants the faults of one file to be repeated.
fn long() -> Option<Duration> {
    let minutes = std::env::var("PAR_SURVEY_FAULT_MINUTES").ok()?;
    Some(Duration::from_secs(60 * minutes.parse::<u64>().unwrap()) / FILES)
}

#[rstest]
#[case::main("main.db", 0)]
#[case::log_of_main("main.db-wal", 1)]
#[case::letterbox("letterbox-1.db", 2)]
#[case::log_of_letterbox("letterbox-1.db-wal", 0)]
#[tokio::test(flavor = "multi_thread")]
async fn while_a_disk_fails_and_after_it_every_acknowledged_sheet_counts_once(#[case] name: &'static str, #[case] turn: usize) {
    let template = Template::open_round().await;
    let (faults, mut cases) = (Fault::each_on(name), Vec::new());
    for (place, fault) in faults.iter().enumerate() {
        let lasts = Duration::from_millis([300, 1_300, 700][place]);
        cases.push((Rig::over(&template).await, Case { fault: fault.clone(), lasts, then: EACH[(place + turn) % 3] }));
    }
    let (began, mut tried) = (Instant::now(), Tried::default());
    tried.run(cases).await;
    while long().is_some_and(|long| began.elapsed() < long) {
        let mut cases = Vec::new();
        for (place, fault) in faults.iter().enumerate() {
            let lasts = Duration::from_millis(rand::rng().random_range(300..4_000));
            cases.push((Rig::over(&template).await, Case { fault: fault.clone(), lasts, then: EACH[(tried.runs / 3 + place) % 3] }));
        }
        tried.run(cases).await;
    }
    tried.hold(&format!("faults of {name}"));
}

/// A failed commit that rolled back by itself, and everything after it on the same connection: seen to lose a thousand sheets.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_short_fault_of_the_main_log_a_server_that_goes_on_and_is_killed_later_has_lost_nothing() {
    let template = Template::open_round().await;
    let mut cases = Vec::new();
    for fault in Fault::each_on("main.db-wal") {
        cases.push((Rig::over(&template).await, Case { fault, lasts: Duration::from_millis(2_500), then: Then::IsKilledAfter }));
    }
    let mut tried = Tried::default();
    tried.run(cases).await;
    tried.hold("faults of main.db-wal that last");
}

#[tokio::test(flavor = "multi_thread")]
async fn over_postgresql_a_letterbox_on_a_failing_disk_loses_no_acknowledged_sheet() {
    let (cluster, mut cases) = (Cluster::start(), Vec::new());
    for (place, name) in ["letterbox-1.db", "letterbox-1.db-wal"].into_iter().enumerate() {
        let [full, not_synced, not_written] = Fault::each_on(name);
        for (turn, fault) in [if place == 0 { full } else { not_written }, not_synced].into_iter().enumerate() {
            let case = Case { fault, lasts: Duration::from_millis(600), then: EACH[(place + turn) % 3] };
            cases.push((Rig::on(TestDatabase::on(&cluster.url()).await).await, case));
        }
    }
    let mut tried = Tried::default();
    tried.run(cases).await;
    tried.hold("faults of a letterbox beside PostgreSQL");
}

/// A look that comes before no commit: what the connection has in memory may be wrong all the same.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_read_that_failed_the_connections_to_the_main_database_are_closed() {
    let rig = Rig::recorded(&Template::open_round().await, None).await;
    let server = rig.serve();
    ready_becomes(&server.address, 200, "").await;
    // The library keeps descriptors of the database itself and uses them again; each connection opens the log anew.
    let opened = || {
        let records = Journal::read(&rig.journal()).records;
        records.iter().filter(|record| record.name == "main.db-wal" && record.what == What::Opened).count()
    };
    let before = opened();
    rig.preload.strike(&Fault::of_reading("main.db-wal"), Some(1));
    // Whatever somebody else writes has to be read by the server's next look.
    rig.database.rows("UPDATE revision SET number = number + 1").await;
    rig.preload.is_met().await;
    until("the connection that met the fault is used again", async || opened() != before).await;
    ready_becomes(&server.address, 200, "").await;
}

async fn ready(address: &str) -> (u16, String) {
    let answer = reqwest::get(format!("{address}/health/ready")).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn ready_becomes(address: &str, wanted: u16, words: &str) {
    let began = Instant::now();
    loop {
        let (status, text) = ready(address).await;
        if status == wanted && text.contains(words) {
            return;
        }
        assert!(began.elapsed() < PATIENCE, "ready is {status}, not {wanted} with “{words}”: {text}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_no_sheet_can_be_kept_the_server_is_not_ready() {
    let rig = Rig::over(&Template::open_round().await).await;
    let server = rig.serve();
    let clients = Clients::start(&rig, &server.address, REST);
    ready_becomes(&server.address, 200, "").await;
    for fault in Fault::each_on("letterbox-1.db-wal") {
        rig.preload.strike(&fault, None);
        ready_becomes(&server.address, 503, "").await;
        rig.preload.lift();
        ready_becomes(&server.address, 200, "").await;
    }
    clients.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_only_mixing_fails_the_server_is_ready_and_says_what_is_wrong() {
    let rig = Rig::over(&Template::open_round().await).await;
    let server = rig.serve();
    let clients = Clients::start(&rig, &server.address, REST);
    ready_becomes(&server.address, 200, "").await;
    rig.preload.strike(&Fault { name: "main.db-wal", calls: &[Call::Sync], error: EIO, after: 0 }, None);
    ready_becomes(&server.address, 200, "degraded:").await;
    assert!(clients.seen.acknowledges_again_within(PATIENCE).await, "sheets are kept meanwhile");
    rig.preload.lift();
    clients.stop().await;
}

/// Whether some process has a lock on a file by which SQLite sees that others have it open.
fn is_locked(file: &Path) -> bool {
    let (inode, locks) = (fs::metadata(file).unwrap().ino(), fs::read_to_string("/proc/locks").unwrap());
    locks.lines().any(|line| line.contains("POSIX") && line.contains("READ") && line.contains(&format!(":{inode} ")))
}

/// Whoever closes a database last copies its log into it and takes the log away. By its locks a server is seen to be there: without them the log
/// was seen to be taken by whoever read the database with SQLite 3.40, and everything mixed from then on went into a file without a name.
#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_has_its_locks_so_that_nobody_takes_its_log_away() {
    let rig = Rig::over(&Template::open_round().await).await;
    let server = rig.serve();
    let clients = Clients::start(&rig, &server.address, REST);
    clients.seen.reaches(60).await;
    for turn in 0..3 {
        for name in ["main.db", "letterbox-1.db"] {
            let file = rig.database.folder().join(name);
            assert!(is_locked(&file), "turn {turn}: the server has no lock on {name}");
            let reader = rusqlite::Connection::open(&file).unwrap();
            reader.query_row("SELECT count(*) FROM instance", [], |row| row.get::<_, i64>(0)).unwrap();
            reader.close().unwrap();
            assert!(file.with_extension("db-wal").exists(), "turn {turn}: the log of {name} was taken away from the server");
        }
        assert!(clients.seen.acknowledges_again_within(PATIENCE).await);
    }
    clients.stop().await;
    let verdict = rig.book.verdict(&rig.close().await);
    assert!(verdict.is_good(), "{verdict:?}");
    drop(server);
}
