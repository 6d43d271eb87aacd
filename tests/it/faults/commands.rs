//! Commands on a disk that fails: each says so and ends, does all or nothing, and does it when it is repeated.

use std::collections::BTreeMap;
use std::fs;
use std::process::Output;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;

use super::clients::Clients;
use super::preload::Fault;
use super::server::{Rig, Template, leave_no_place};
use super::sheets::counted;
use crate::harness::fixture::ROUND;

/// Sheets of an imported file.
const IMPORTED: std::ops::Range<usize> = 300_000..300_300;

/// The first call that fails, and some later ones; many more by `tests/faults`.
fn later() -> Vec<i64> {
    if std::env::var_os("PAR_SURVEY_FAULT_STATES").is_some() { (0..24).collect() } else { vec![0, 2, 5] }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// It did it, or it says in words why it did not.
fn ends_in_words(name: &str, output: &Output) {
    let said = said(output);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {:?}: {said}", output.status);
    assert!(!said.contains("panicked"), "{name}: {said}");
    assert!(output.status.success() || said.trim().len() > 20, "{name}: it failed without a word");
}

/// Each fault on some files, on a folder of its own and some at once, since commands mostly wait; `with` is given the rig with the fault
/// there and gives it back.
async fn each<F, Done>(template: &Template, files: &BTreeMap<String, Vec<u8>>, names: &[&'static str], with: F)
where
    F: Fn(Rig, String) -> Done + Copy + Send + 'static,
    Done: Future<Output = Rig> + Send,
{
    let (turn, mut commands) = (Arc::new(Semaphore::new(4)), Vec::new());
    let faults = names.iter().flat_map(|name| Fault::each_on(name).into_iter().chain([Fault::of_reading(name)]));
    for fault in faults.flat_map(|fault| later().into_iter().map(move |after| Fault { after, ..fault.clone() })) {
        let permit = turn.clone().acquire_owned().await.unwrap();
        let rig = Rig::over(template).await;
        for (name, bytes) in files {
            fs::write(rig.database.folder().join(name), bytes).unwrap();
        }
        leave_no_place(&rig.database);
        rig.preload.strike(&fault, None);
        commands.push(tokio::spawn(async move {
            let rig = with(rig, format!("{fault:?}")).await;
            drop(permit);
            rig.preload.hits() > 0
        }));
    }
    let (runs, mut met) = (commands.len(), 0);
    for command in commands {
        met += usize::from(command.await.unwrap());
    }
    println!("{runs} commands, {met} met the fault");
    assert!(met > 0);
}

async fn open_sheets(rig: &Rig) -> i64 {
    rig.database.number("SELECT count(*) FROM open_sheet_1").await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_on_a_failing_disk_is_whole_or_nothing_and_is_done_when_repeated() {
    let template = Template::open_round().await;
    each(&template, &BTreeMap::new(), &["main.db", "main.db-wal"], move |rig: Rig, name: String| async move {
        let failed = rig.import(IMPORTED);
        ends_in_words(&name, &failed);
        rig.preload.lift();
        let sheets = open_sheets(&rig).await;
        assert!(sheets == 300 || !failed.status.success() && sheets == 0, "{name}: {sheets} sheets after: {}", said(&failed));
        let repeated = rig.import(IMPORTED);
        assert!(repeated.status.success() || said(&repeated).contains("imported before"), "{name}: {}", said(&repeated));
        let mut counted = rig.close().await;
        counted.sort_unstable();
        assert!(counted.into_iter().eq(IMPORTED), "{name}: other sheets than those of the file");
        rig
    })
    .await;
}

/// A folder as a killed server leaves it, with sheets in the letterbox, and how many were acknowledged.
pub(super) async fn left_behind(template: &Template) -> (BTreeMap<String, Vec<u8>>, usize) {
    let rig = Rig::over(template).await;
    let mut server = rig.serve();
    let clients = Clients::start(&rig, &server.address, Duration::from_millis(5));
    clients.seen.reaches(150).await;
    clients.stop().await;
    let acknowledged = rig.book.acknowledged().len();
    server.kill();
    (rig.files().into_iter().map(|(name, (_, bytes))| (name, bytes)).collect(), acknowledged)
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_on_a_failing_disk_loses_nothing_and_is_done_when_repeated() {
    let template = Template::open_round().await;
    let (files, acknowledged) = left_behind(&template).await;
    let names = ["main.db", "main.db-wal", "letterbox-1.db", "letterbox-1.db-wal"];
    each(&template, &files, &names, move |rig: Rig, name: String| async move {
        let letterbox = rig.database.letterbox(1);
        let failed = rig.run(&["round", "close", ROUND, "--wait", "1", "--letterbox", letterbox.to_str().unwrap()]);
        ends_in_words(&name, &failed);
        rig.preload.lift();
        let counted = rig.close().await;
        assert_eq!(counted.len(), acknowledged, "{name}: after {}", said(&failed));
        rig
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_on_a_failing_disk_is_whole_or_nothing_and_is_done_when_repeated() {
    let template = Template::open_round().await;
    let rig = Rig::over(&template).await;
    assert!(rig.import(IMPORTED).status.success());
    rig.close().await;
    let files = rig.files().into_iter().map(|(name, (_, bytes))| (name, bytes)).collect();
    each(&template, &files, &["main.db", "main.db-wal"], move |rig: Rig, name: String| async move {
        let failed = rig.run(&["round", "publish", ROUND, "--as", "Lan"]);
        ends_in_words(&name, &failed);
        rig.preload.lift();
        let repeated = rig.run(&["round", "publish", ROUND, "--as", "Lan"]);
        assert!(repeated.status.success() || said(&repeated).contains("is published"), "{name}: {}", said(&repeated));
        assert_eq!(
            rig.database.rows("SELECT r.state, count(*) FROM round r JOIN snapshot s ON s.round_id = r.id").await,
            [["published", "1"]]
        );
        assert_eq!(counted(&rig.database, &rig.form).await.len(), 300);
        rig
    })
    .await;
}
