//! Opening a code as the server does it, by one keyed hash and one read, with a yardstick in the same run: one HMAC-SHA-256 and one SELECT
//! by primary key through the raw driver, on the same file.
//!
//! The pool hands each query to a thread of its own and waits; the same SELECT through it alone shows how much of the time is that way.
//!
//! `cargo bench --bench codes -- CODES` works on that many codes of deputies, 100,000 if left out.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement stops where it fails, and asks for the time")]

#[expect(dead_code, reason = "a measurement takes some of the steps only")]
#[path = "../tests/it/harness/steps.rs"]
mod steps;

use std::path::Path;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use par_survey::catalogue::{self, Catalogue};
use par_survey::import::round_file::Described;
use par_survey::keys::{Keys, Pepper};
use par_survey::office::codes::Order;
use par_survey::seal::PrivateKey;
use par_survey::seal::{KeyPlace, NewSeal};
use par_survey::store::Store;
use par_survey::store::audit::By;
use par_survey::survey::code::Code;
use par_survey::unit::{Unit, UnitCode};
use rusqlite::{Connection, Statement};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend};
use sha2::Sha256;

const ROUND: &str = "bench";
const UNITS: u32 = 39;
/// Codes that are opened, each once: enough for a steady median.
const OPENED: usize = 10_000;

const SELECT: &str = "SELECT questionnaire_id, respondent_group, scope FROM code_1 WHERE hash = $1";

/// Whoever does what is measured.
fn by() -> By {
    By::new("bench", Timestamp::now())
}

/// The private key of the round.
fn key() -> PrivateKey {
    PrivateKey::new(&[7; 32]).unwrap()
}

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let codes: usize = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("main.db");
    let store = Store::create(&format!("sqlite://{}", file.display())).await.unwrap();
    store.migrate_up().await.unwrap();
    open_round(&store).await;
    let keys = Keys::new(folder.path().join("keys"));
    let issued = issue(&store, &keys, codes).await;
    let pepper = keys.pepper(ROUND).unwrap().unwrap();
    let secret = hex::decode(std::fs::read_to_string(keys.file(ROUND)).unwrap().trim()).unwrap();
    // In the order of the codes, which is none of their hashes.
    let opened: Vec<Code> = issued.into_iter().step_by((codes / OPENED).max(1)).collect();
    measure(&store, &pepper, &secret, &file, &opened).await;
}

/// Each way once for every code, one way after the other, so that whatever slows the machine down slows all of them.
async fn measure(store: &Store, pepper: &Pepper, secret: &[u8], file: &Path, codes: &[Code]) {
    let (raw, pool) = (Connection::open(file).unwrap(), pool(file).await);
    raw.execute_batch("PRAGMA cache_size = -24000").unwrap();
    let mut select = raw.prepare(SELECT).unwrap();
    let (mut server, mut hashing, mut yardstick, mut way) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for code in codes {
        let start = Instant::now();
        let hash = pepper.code_hash(code);
        hashing.push(start.elapsed());
        let found = store.code(1, hash).await.unwrap().unwrap();
        server.push(start.elapsed());

        let start = Instant::now();
        let hash = keyed_hash(secret, code);
        let scope = read(&mut select, &hash);
        yardstick.push(start.elapsed());
        assert_eq!(scope.split(' ').count(), found.scope.len(), "both found the same row");

        let start = Instant::now();
        let statement = sea_orm::Statement::from_sql_and_values(DbBackend::Sqlite, SELECT, [hash.to_vec().into()]);
        assert!(pool.query_one_raw(statement).await.unwrap().is_some());
        way.push(start.elapsed());
    }
    let [server, hashing, yardstick, way] = [server, hashing, yardstick, way].map(median);
    let (driver, through_pool) = (server.div_duration_f64(yardstick), server.div_duration_f64(hashing + way));
    println!("opening a code   {server:>9.3?}, {driver:.2} times one HMAC and one SELECT of the raw driver ({yardstick:.3?})");
    println!("  the keyed hash {hashing:>9.3?}");
    println!("  the same way   {way:>9.3?} for the SELECT alone through a pool: with the hash {through_pool:.2} times");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The hash of a code, made here from the file of the secret.
fn keyed_hash(secret: &[u8], code: &Code) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).unwrap();
    mac.update(b"code");
    mac.update(code.bytes());
    mac.finalize().into_bytes().into()
}

/// Reads all that a code opens, and gives its scope.
fn read(select: &mut Statement<'_>, hash: &[u8]) -> String {
    let row = select.query_row([hash], |row| Ok((row.get::<_, i32>(0)?, row.get::<_, String>(1)?, row.get(2)?)));
    let (_, _, scope) = row.unwrap();
    scope
}

/// The same kind of pool as the store's.
async fn pool(file: &Path) -> DatabaseConnection {
    let mut options = ConnectOptions::new(format!("sqlite://{}", file.display()));
    options.max_connections(1).sqlx_logging(false).test_before_acquire(false);
    let pool = Database::connect(options).await.unwrap();
    pool.execute_unprepared("PRAGMA cache_size = -24000").await.unwrap();
    pool
}

async fn issue(store: &Store, keys: &Keys, count: usize) -> Vec<Code> {
    let start = Instant::now();
    let order = Order { questionnaire: "par-officials-departments", group: "deputies", unit: None, count, seed: Some(1) };
    let codes = steps::issue(store, keys, ROUND, &order).await;
    println!("issued           {:>9.3?} for {count} codes of {UNITS} units", start.elapsed());
    codes
}

async fn open_round(store: &Store) {
    let unit = |number: u32| Unit {
        code: UnitCode::new(&format!("unit-{number}")).unwrap(),
        name_vi: format!("Đơn vị {number}"),
        name_en: format!("Unit {number}"),
        block: "departments".into(),
        parent: None,
        valid_from: None,
        valid_to: None,
        merged_into: None,
    };
    store.save_units(&(0..UNITS).map(unit).collect::<Vec<_>>(), "", &by()).await.unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions/par-officials-departments.toml");
    let definition = catalogue::definition(&file, std::fs::read_to_string(&file).unwrap()).unwrap();
    let (now, units) = (Timestamp::now(), (0..UNITS).map(|number| format!("unit-{number}")));
    let questionnaires = vec![steps::asks(&definition.questionnaire.id, units)];
    let window = [now, now + SignedDuration::from_hours(1)];
    let described = steps::described(ROUND, 2026, window);
    steps::create(store, &Described { questionnaires, synthetic: true, ..described }).await;
    let seal = NewSeal { public: key().public().unwrap(), kept: KeyPlace::Here };
    steps::open(store, ROUND, &Catalogue { definitions: vec![definition], ..Catalogue::default() }, Some(&seal)).await;
}
