//! A main database that is held or killed while sheets come.

use std::time::Duration;

use super::clients::Clients;
use super::cluster::Cluster;
use super::server::Rig;
use super::sheets::figures;
use crate::harness::database::TestDatabase;
use crate::harness::patience::PATIENCE;

fn pause(milliseconds: u64) -> impl Future<Output = ()> {
    tokio::time::sleep(Duration::from_millis(milliseconds))
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_main_database_is_frozen_everybody_is_answered_and_every_acknowledged_sheet_counts_once() {
    let cluster = Cluster::start();
    let rig = Rig::on(TestDatabase::on(&cluster.url()).await).await;
    let server = rig.serve();
    let clients = Clients::with_patience(&rig, &server.address, Duration::from_millis(5), PATIENCE);
    clients.seen.reaches(20).await;
    pause(1_500).await;
    cluster.freeze();
    pause(22_000).await;
    // However fast the machine is, whoever waits for the database has no answer now.
    clients.seen.answers_everybody().await;
    cluster.thaw();
    let again = clients.seen.acknowledges_again_within(PATIENCE).await;
    pause(500).await;
    let seen = clients.seen.clone();
    clients.stop().await;
    let verdict = rig.book.verdict(&rig.close().await);
    println!("frozen for 22 s or more: slowest answer {:?}, {} without an answer", seen.slowest(), seen.not_answered());
    figures("frozen PostgreSQL", 1, verdict.acknowledged, verdict.lost, verdict.doubled);
    assert!(verdict.is_good() && verdict.acknowledged > 20, "{verdict:?}");
    assert!(again, "no sheet was taken after the database came back");
    assert_eq!(seen.not_answered(), 0, "requests without an answer");
    drop(server);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_main_database_that_is_killed_under_load_loses_no_acknowledged_sheet() {
    let mut cluster = Cluster::start();
    let rig = Rig::on(TestDatabase::on(&cluster.url()).await).await;
    let server = rig.serve();
    let clients = Clients::start(&rig, &server.address, Duration::from_millis(5));
    for turn in 0..3 {
        // Spread over the second from one mixing to the next.
        pause(700 + turn * 230).await;
        cluster.kill_and_start();
        assert!(clients.seen.acknowledges_again_within(PATIENCE).await, "no sheet was taken after the database came back");
    }
    clients.stop().await;
    let verdict = rig.book.verdict(&rig.close().await);
    figures("killed PostgreSQL", 3, verdict.acknowledged, verdict.lost, verdict.doubled);
    assert!(verdict.is_good() && verdict.acknowledged > 20, "{verdict:?}");
    drop(server);
}
