//! What is killed, held or set wrong again and again: a few times where every change is tested, many times by `tests/faults`.

use std::sync::Arc;
use std::time::Duration;

use rand::RngExt;
use tokio::sync::Semaphore;

use super::clients::Clients;
use super::cluster::Cluster;
use super::commands::left_behind;
use super::server::{Rig, Template, close, leave_no_place};
use super::sheets::{counted, figures};
use crate::harness::database::TestDatabase;
use crate::harness::patience::PATIENCE;

/// Between two sheets of a phone.
const REST: Duration = Duration::from_millis(5);

/// How often: a few times, or as many as `tests/faults` wants.
fn times(few: usize) -> usize {
    std::env::var("PAR_SURVEY_FAULT_CRASHES").ok().map_or(few, |many| many.parse().unwrap())
}

fn is_long() -> bool {
    std::env::var_os("PAR_SURVEY_FAULT_CRASHES").is_some()
}

fn milliseconds(range: std::ops::Range<u64>) -> Duration {
    Duration::from_millis(rand::rng().random_range(range))
}

/// Compares what was acknowledged with what counts, and prints it.
async fn hold(kind: &str, runs: usize, rig: &Rig) {
    let verdict = rig.book.verdict(&rig.close().await);
    figures(kind, runs, verdict.acknowledged, verdict.lost, verdict.doubled);
    assert!(verdict.is_good() && verdict.acknowledged > 20, "{verdict:?}");
}

/// The server is killed every time, PostgreSQL every fourth time, now before it and now after.
#[tokio::test(flavor = "multi_thread")]
async fn killed_again_and_again_with_its_postgresql_a_server_loses_no_acknowledged_sheet() {
    let (mut cluster, crashes) = (Cluster::start(), times(4));
    let rig = Rig::on(TestDatabase::on(&cluster.url()).await).await;
    for crash in 0..crashes {
        let mut server = rig.serve();
        let clients = Clients::start(&rig, &server.address, REST);
        clients.seen.reaches(1).await;
        tokio::time::sleep(milliseconds(100..900)).await;
        if crash % 8 == 3 {
            cluster.kill_and_start();
        }
        server.kill();
        if crash % 8 == 7 {
            cluster.kill_and_start();
        }
        clients.stop().await;
    }
    let server = rig.serve();
    let clients = Clients::start(&rig, &server.address, REST);
    // So many in all, however slow the machine was before.
    clients.seen.reaches(21).await;
    clients.stop().await;
    hold("servers killed, PostgreSQL too", crashes, &rig).await;
}

/// Phones send again to whichever answers: what one server may have kept comes to the other.
#[tokio::test(flavor = "multi_thread")]
async fn two_servers_over_a_postgresql_that_is_held_again_and_again_count_every_acknowledged_sheet_once() {
    let (cluster, holds) = (Cluster::start(), times(4).div_ceil(20));
    let rig = Rig::on(TestDatabase::on(&cluster.url()).await).await;
    let other = rig.database.letterbox(2);
    let servers = [rig.serve(), rig.serve_with(&["--name", "other", "--letterbox", other.to_str().unwrap()])];
    let clients = servers.each_ref().map(|server| Clients::start(&rig, &server.address, REST));
    for clients in &clients {
        clients.seen.reaches(10).await;
    }
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    for _ in 0..holds {
        cluster.freeze();
        tokio::time::sleep(if is_long() { milliseconds(3_000..22_000) } else { Duration::from_secs(3) }).await;
        cluster.thaw();
        for clients in &clients {
            assert!(clients.seen.acknowledges_again_within(PATIENCE).await, "no sheet is taken after the database came back");
        }
    }
    for clients in clients {
        clients.stop().await;
    }
    hold("two servers over a frozen PostgreSQL", holds, &rig).await;
}

/// The clock of the machine is set: by minutes, by a day, before the round opens and after it closes, and back.
#[tokio::test(flavor = "multi_thread")]
async fn while_the_clock_jumps_every_acknowledged_sheet_counts_once() {
    const SECONDS: [i64; 8] = [1_800, -1_800, 90_000, 0, -7_200, 86_000, -90_000_000, 0];
    let (rig, jumps) = (Rig::over(&Template::open_round().await).await, times(2) * 4);
    let server = rig.serve();
    let clients = Clients::start(&rig, &server.address, REST);
    clients.seen.reaches(20).await;
    for jump in 0..jumps {
        rig.preload.set_clock(SECONDS[jump % SECONDS.len()]);
        tokio::time::sleep(milliseconds(200..700)).await;
    }
    rig.preload.set_clock(90_000_000);
    // What is on its way is answered first.
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!clients.seen.acknowledges_again_within(Duration::from_millis(500)).await, "the clock of the server does not jump");
    rig.preload.set_clock(0);
    assert!(clients.seen.acknowledges_again_within(PATIENCE).await, "no sheet is taken once the clock is right again");
    clients.stop().await;
    drop(server);
    hold("clock jumps", jumps, &rig).await;
}

/// The command that closes is killed at any moment, on a folder of its own, and done again.
#[tokio::test(flavor = "multi_thread")]
async fn a_closing_that_is_interrupted_is_done_when_it_is_repeated_and_counts_every_acknowledged_sheet_once() {
    let template = Template::open_round().await;
    let (files, acknowledged) = left_behind(&template).await;
    let (turn, mut closings, runs) = (Arc::new(Semaphore::new(4)), Vec::new(), times(8));
    for _ in 0..runs {
        let permit = turn.clone().acquire_owned().await.unwrap();
        let rig = Rig::over(&template).await;
        for (name, bytes) in &files {
            std::fs::write(rig.database.folder().join(name), bytes).unwrap();
        }
        leave_no_place(&rig.database);
        let patience = format!("0.{:03}", rand::rng().random_range(20..700));
        closings.push(tokio::spawn(async move {
            let interrupted = close(&rig.database, &["timeout", "-s", "KILL", &patience]).is_err();
            let left = rig.database.rows("SELECT state FROM round").await.remove(0).remove(0);
            close(&rig.database, &[]).unwrap();
            let counted = counted(&rig.database, &rig.form).await;
            drop(permit);
            (interrupted, format!("{left} after {patience} s"), counted)
        }));
    }
    let (mut interrupted, mut lost, mut doubled) = (0, 0, 0);
    for closing in closings {
        let (was_interrupted, left, mut counted) = closing.await.unwrap();
        interrupted += usize::from(was_interrupted);
        let all = counted.len();
        counted.sort_unstable();
        counted.dedup();
        doubled += all - counted.len();
        lost += acknowledged.saturating_sub(counted.len());
        println!("interrupted: {was_interrupted}, the round was {left}: {all} of {acknowledged}");
    }
    figures("interrupted closings", interrupted, acknowledged * runs, lost, doubled);
    assert!(interrupted > 0 && lost == 0 && doubled == 0, "{interrupted} of {runs} were interrupted, {lost} lost, {doubled} doubled");
}
