//! Somebody else holds the main database for writing, as an import of a large file does: what has to write there waits, and nobody who answers does.

use std::time::{Duration, Instant};

use par_survey::survey::code::Code;
use reqwest::{Client, StatusCode};
use rstest::rstest;
use sea_orm::{ConnectionTrait, DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};

use crate::coded::{about, issue_in};
use crate::faults::clients::{client, form_at};
use crate::harness::app::with_key;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS, SIPAS};
use crate::harness::patience::{PATIENCE, until};
use crate::harness::process::Server;
use crate::harness::signer::Signer;

/// Long enough for every task of a server that writes to wait, each with a connection of its own: beats come every three to five seconds.
const HELD: Duration = Duration::from_secs(16);

/// Sheets of one unit that are mixed together.
const BATCH: u128 = 20;

/// A server over an open round, and people who answer.
struct House {
    database: TestDatabase,
    server: Server,
    client: Client,
    signer: Signer,
    complete: Vec<(String, String)>,
    rated: Vec<(String, String)>,
    codes: Vec<Code>,
}

impl House {
    async fn build(backend: Backend) -> Self {
        let database = TestDatabase::fresh(backend).await;
        let store = database.store().await;
        fixture::open_round(&store, -1, 24).await;
        let codes = issue_in(&store, &database.keys(), OFFICIALS, "deputies", None, 400).await;
        let keys = database.folder().join("keys").display().to_string();
        let server = Server::start(&database, &[], &["--keys", &keys]);
        let signer = Signer::new(&database, SIPAS, "so-noi-vu").await;
        let complete = fixture::complete(&*fixture::form(&store, SIPAS).await, 1);
        let rated = about(&*fixture::form(&store, OFFICIALS).await, &["so-noi-vu", "so-y-te"]);
        Self { database, server, client: client(PATIENCE), signer, complete, rated, codes }
    }

    async fn post(&self, address: &str, fields: Vec<(String, String)>) -> StatusCode {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.client.post(address).header("content-type", "application/x-www-form-urlencoded");
        request.body(body).send().await.unwrap().status()
    }

    /// A citizen's sheet, told by a number from all others.
    async fn citizen(&self, number: u128) -> StatusCode {
        self.post(&form_at(&self.server.address), with_key(&self.signer.key(number), self.complete.clone())).await
    }

    /// What is done with a code: opening its form, or sending what was answered.
    async fn official(&self, code: &Code, turn: &str) -> StatusCode {
        let answered = if turn == "confirm" { self.rated.clone() } else { Vec::new() };
        let fields = [&answered[..], &[("code".into(), code.compact()), ("turn".into(), turn.into())]].concat();
        self.post(&format!("{}/c?lang=vi", self.server.address), fields).await
    }

    async fn ready(&self) -> StatusCode {
        self.client.get(format!("{}/health/ready", self.server.address)).send().await.unwrap().status()
    }
}

/// Takes the database, so that everybody may read and nobody write.
async fn hold(database: &TestDatabase) -> DatabaseTransaction {
    let raw = database.raw().await;
    if database.backend == Backend::Postgres {
        let held = raw.begin().await.unwrap();
        let every = "LOCK TABLE instance, code_lease, revision, round IN EXCLUSIVE MODE";
        held.execute_unprepared(every).await.unwrap();
        return held;
    }
    let immediate = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..TransactionOptions::default() };
    raw.begin_with_options(immediate).await.unwrap()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn while_somebody_else_holds_the_database_for_writing_everybody_answers(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let house = House::build(backend).await;
    // The lease for codes is taken once, and that is written.
    let taken = async || house.official(&house.codes[0], "confirm").await == StatusCode::SEE_OTHER;
    until("the first code is not taken", taken).await;
    let held = hold(&house.database).await;
    let (began, mut number) = (Instant::now(), 0);
    while began.elapsed() < HELD {
        let at = began.elapsed();
        assert_eq!(house.ready().await, StatusCode::OK, "after {at:?}");
        assert_eq!(house.citizen(number).await, StatusCode::SEE_OTHER, "a citizen's sheet after {at:?}");
        number += 1;
        // A batch waits for the mixer at once; from then on one sheet or the other comes now and then.
        if number < BATCH {
            continue;
        }
        let code = &house.codes[usize::try_from(number - BATCH + 1).unwrap()];
        assert_eq!(house.official(code, "open").await, StatusCode::OK, "a code's form after {at:?}");
        assert_eq!(house.official(code, "confirm").await, StatusCode::SEE_OTHER, "what was sent with a code after {at:?}");
        tokio::time::sleep(Duration::from_millis(400)).await;
    }
    held.rollback().await.unwrap();
    let mixed = async || house.database.store().await.open_counts(1).await.unwrap().iter().map(|count| count.sheets).sum::<i64>();
    until("what was received is not mixed afterwards", async || mixed().await >= i64::try_from(BATCH).unwrap()).await;
}

/// The lease for codes cannot be written meanwhile: whoever sends with a code is asked to send again, and holds up no citizen.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_the_lease_while_somebody_else_holds_the_database_holds_up_no_citizen(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let house = House::build(backend).await;
    let opens = async || house.official(&house.codes[0], "open").await == StatusCode::OK;
    until("the codes are not known", opens).await;
    let held = hold(&house.database).await;
    let began = Instant::now();
    let official = async |number: usize| {
        for code in house.codes.iter().cycle().skip(number) {
            if began.elapsed() > HELD {
                return;
            }
            assert_eq!(house.official(code, "confirm").await, StatusCode::SERVICE_UNAVAILABLE);
        }
    };
    let citizens = async {
        let mut number = 0;
        while began.elapsed() < HELD {
            let at = began.elapsed();
            assert_eq!(house.citizen(number).await, StatusCode::SEE_OTHER, "after {at:?}");
            number += 1;
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    // Several at once, so that one always waits.
    tokio::join!(official(0), official(1), official(2), citizens);
    held.rollback().await.unwrap();
    let taken = async || house.official(&house.codes[0], "confirm").await == StatusCode::SEE_OTHER;
    until("what is sent with a code is not taken afterwards", taken).await;
}
