//! What is left of a letterbox when a round closes: fewer than twenty of each cell, which cross together or not at all.

use par_survey::deposit::AcceptedSheet;
use par_survey::deposit::Deposited;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use sea_orm::{ConnectionTrait, TransactionTrait};

use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, SERVICE, SIPAS};
use crate::harness::midst;
use crate::harness::patience::until;
use crate::harness::process::Server;

/// The server is killed in the middle: some of it is in the transaction already, and somebody holds the table into which the rest goes.
#[tokio::test(flavor = "multi_thread")]
async fn rests_cross_in_one_transaction_and_of_a_server_that_is_killed_in_between_nothing_is_half_there() {
    let database = TestDatabase::fresh(Backend::Postgres).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "process").await.unwrap();
    for code in [SIPAS, SERVICE] {
        let form = fixture::form(&store, code).await;
        for seed in 0..15 {
            let remarks = vec![("remark".to_owned(), format!("lời số {seed}"))];
            let sheet = AcceptedSheet { remarks, ..fixture::sealed(&form, seed % 3, seed) };
            assert_eq!(instance.deposit(vec![sheet]).await, Ok(Deposited::Received));
        }
    }
    instance.stop().await.unwrap();

    let mut server = Server::start(&database, &[], &[]);
    let held = database.raw().await.begin().await.unwrap();
    held.execute_unprepared(&format!("LOCK TABLE open_remark_{} IN ACCESS EXCLUSIVE MODE", round.id)).await.unwrap();
    midst::begun(&store, &round).await;
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("nothing crosses", async || database.number(waiting).await > 0).await;
    server.kill();
    held.rollback().await.unwrap();
    let inside =
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL";
    until("the transaction of the server goes on", async || database.number(inside).await == 0).await;
    for table in ["open_sheet", "open_remark", "open_head", "mixed"] {
        assert_eq!(database.number(&format!("SELECT count(*) FROM {table}_{}", round.id)).await, 0, "{table}");
    }

    let server = Server::start(&database, &[], &[]);
    until("it does not report", async || store.instances_not_empty(round.id).await.unwrap().is_empty()).await;
    drop(server);
    for (table, rows) in [("open_sheet", 30), ("open_remark", 30), ("mixed", 30)] {
        let sql = |what: &str| format!("SELECT {what} FROM {table}_{}", round.id);
        let found = (database.number(&sql("count(*)")).await, database.number(&sql("count(DISTINCT xmin::text)")).await);
        assert_eq!(found, (rows, 1), "{table}: all of it, in one transaction");
    }
    fixture::close(&store).await;
    assert_eq!(database.number("SELECT count(*) FROM response").await, 30);
}
