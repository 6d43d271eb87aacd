//! From sheets to figures, each step with a yardstick of the raw driver in the same run: mixing what is left, the rewrite at closing, the
//! tally with all indices. `benches/tally` runs it beside DuckDB.
//!
//! `cargo bench --bench figures -- SHEETS [CSV]` works on that many sheets of the SIPAS form over 1,000 units; with CSV it also writes what
//! the tally counts, for another engine to count.
//!
//! Closing runs in a process of its own, which says how much memory it took. Where `PAR_SURVEY_BENCH_POSTGRES` names a PostgreSQL server, as in
//! `postgres://postgres@127.0.0.1:5432/postgres`, the main database is made there, and the yardstick of closing is that server's.
//!
//! `cargo bench --bench figures -- import SHEETS` instead imports a CSV file of so many sheets, and says how much memory that took.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a measurement stops where it fails, and asks for the time")]

#[expect(dead_code, reason = "a measurement takes some of the steps only")]
#[path = "../tests/it/harness/steps.rs"]
mod steps;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use par_survey::catalogue::Catalogue;
use par_survey::deposit::{AcceptedSheet, MixingCell, SheetKey};
use par_survey::directory::Form;
use par_survey::import::responses::{self, AgainstQuestionnaire, Bringing};
use par_survey::import::round_file::Described;
use par_survey::issuing::{self, DrawnBefore, IssueOrder};
use par_survey::keys::Keys;
use par_survey::office::Stopped;
use par_survey::office::closing::How;
use par_survey::organiser::PublicUrl;
use par_survey::poster::slips::Slips;
use par_survey::refusal::Refusal;
use par_survey::seal::PrivateKey;
use par_survey::seal::{KeyPlace, NewSeal};
use par_survey::store::Store;
use par_survey::store::audit::By;
use par_survey::store::imports::{Anyway, ImportedFile, ImportedSheet};
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use par_survey::survey::mode::Mode;
use par_survey::unit::{Unit, UnitCode};
use par_survey::{catalogue, publication};
use rand::rngs::ChaCha20Rng;
use rand::{Rng, RngExt, SeedableRng};
use rusqlite::Connection;
use sea_orm::{ConnectionTrait, Database};

/// Names a server on which the main database is made.
const POSTGRES: &str = "PAR_SURVEY_BENCH_POSTGRES";
/// What it is called there.
const DATABASE: &str = "par_survey_bench";
/// In place of a number of sheets: closes the round of a database and says how long that took and how much memory.
const CLOSING: &str = "closing";
const UNITS: u32 = 1_000;
const RUNS: usize = 5;
/// Sheets that wait in the letterbox at closing: 19 of each cell, the most that can.
const LEFT: usize = 19;

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
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench").peekable();
    if arguments.next_if(|argument| argument == CLOSING).is_some() {
        return close_alone(&arguments.next().unwrap()).await;
    }
    let only_import = arguments.next_if(|argument| argument == "import").is_some();
    let sheets: usize = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    let address = address(folder.path()).await;
    let store = Store::create(&address).await.unwrap();
    store.migrate_up().await.unwrap();
    open_round(&store).await;
    let form = publication::opened(&store, "bench").await.unwrap().questionnaires.first().unwrap().clone();
    println!("{sheets} sheets of {} items over {UNITS} units", form.codebook.columns().len());
    if only_import {
        return import(&store, &form, folder.path(), sheets).await;
    }
    fill(&store, &form, sheets).await;
    close(&store, &form, folder.path(), &address).await;
    tally(&store, &form).await;
    slips(&store, folder.path()).await;
    if let Some(csv) = arguments.next() {
        write_csv(folder.path(), &form, Path::new(&csv));
    }
}

/// Makes the main database anew and says where it is.
async fn address(folder: &Path) -> String {
    let Ok(server) = std::env::var(POSTGRES) else { return format!("sqlite://{}", folder.join("main.db").display()) };
    let db = Database::connect(&server).await.unwrap();
    for sql in [format!("DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)"), format!("CREATE DATABASE {DATABASE}")] {
        db.execute_unprepared(&sql).await.unwrap();
    }
    format!("{}/{DATABASE}", server.rsplit_once('/').unwrap().0)
}

async fn open_round(store: &Store) {
    let unit = |number: u32| Unit {
        code: UnitCode::new(&format!("unit-{number}")).unwrap(),
        name_vi: format!("Đơn vị {number}"),
        name_en: format!("Unit {number}"),
        block: "communes".into(),
        parent: None,
        valid_from: None,
        valid_to: None,
        merged_into: None,
    };
    store.save_units(&(0..UNITS).map(unit).collect::<Vec<_>>(), "", &by()).await.unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions/sipas-2026.toml");
    let definition = catalogue::definition(&file, std::fs::read_to_string(&file).unwrap()).unwrap();
    let (now, units) = (Timestamp::now(), (0..UNITS).map(|number| format!("unit-{number}")));
    let questionnaires = vec![steps::asks(&definition.questionnaire.id, units)];
    let window = [now, now + SignedDuration::from_hours(1)];
    let described = steps::described("bench", 2026, window);
    steps::create(store, &Described { questionnaires, synthetic: true, ..described }).await;
    let seal = NewSeal { public: key().public().unwrap(), kept: KeyPlace::Here };
    steps::open(store, "bench", &Catalogue { definitions: vec![definition], ..Catalogue::default() }, Some(&seal)).await;
}

/// Answers that are possible, more of them high than low.
fn answers(form: &Form, random: &mut ChaCha20Rng) -> Vec<u8> {
    let mut packed = vec![0; form.codebook.width()];
    random.fill_bytes(&mut packed);
    for column in form.codebook.columns() {
        let byte = &mut packed[column.offset];
        if column.multiple {
            *byte = 3;
            packed[column.offset + 1] = packed[column.offset + 1] % 127 + 1;
        } else {
            let options = u8::try_from(column.options).unwrap();
            *byte = 3 + (*byte % options).max(*byte / 3 % options);
        }
    }
    packed
}

async fn fill(store: &Store, form: &Form, sheets: usize) {
    let mut random = ChaCha20Rng::seed_from_u64(1);
    let asked = store.asked(1).await.unwrap().remove(0);
    let start = Instant::now();
    let mut import = store.begin_import(&asked, ImportedFile { sha256: "bench", content: "" }, Anyway::default(), &by()).await.unwrap();
    for _ in 0..sheets.saturating_sub(LEFT * form.units.len()) {
        let unit = form.units[random.random_range(0..form.units.len())].id;
        let mode = Mode::ALL[random.random_range(0..3)];
        let (group, stratum, psu, remarks) = (String::new(), None, None, Vec::new());
        import.add(form.id, ImportedSheet { unit, group, mode, stratum, psu, answers: answers(form, &mut random), remarks }).await.unwrap();
    }
    let imported = import.finish().await.unwrap();
    println!("import           {:>9.3?} for {imported} sheets", start.elapsed());
}

/// A file as `par-survey responses import` takes it: every row is read twice, checked and made into a sheet.
async fn import(store: &Store, form: &Form, folder: &Path, sheets: usize) {
    let file = folder.join("sheets.csv");
    write_sheets(form, &file, sheets);
    let (asked, register) = (store.asked(1).await.unwrap().remove(0), store.units().await.unwrap());
    let against = AgainstQuestionnaire::new(&form.questionnaire, &asked, &register);
    let (start, before) = (Instant::now(), peak_memory());
    let (by, secret) = (by(), Keys::new(folder.join("keys")).create_file_secret().unwrap());
    let bringing = Bringing { by: &by, anyway: Anyway::default(), secret: &secret };
    let imported = responses::check(&against, &file, &|_| ()).unwrap();
    responses::import(store, &asked, &against, (&file, &imported), bringing, &|_| ()).await.unwrap();
    let (took, after) = (start.elapsed(), peak_memory());
    assert_eq!(usize::try_from(imported.sheets).unwrap(), sheets);
    report("import of a CSV", took, raw_insert(form, folder, sheets));
    let megabytes = std::fs::metadata(&file).unwrap().len() / 1_000_000;
    println!("peak memory      {before} before and {after} after, for a file of {megabytes} MB");
}

/// Sheets with one possible answer to every question, as a spreadsheet would have them.
fn write_sheets(form: &Form, file: &Path, sheets: usize) {
    let mut random = ChaCha20Rng::seed_from_u64(3);
    let items: Vec<_> = form.questionnaire.items.iter().filter(|item| !item.is_remark()).collect();
    let names: Vec<_> = items.iter().map(|item| item.code.as_str()).collect();
    let mut out = BufWriter::new(File::create(file).unwrap());
    writeln!(out, "unit,{}", names.join(",")).unwrap();
    for _ in 0..sheets {
        write!(out, "unit-{}", random.random_range(0..UNITS)).unwrap();
        for item in &items {
            let choices = item.choices();
            write!(out, ",{}", choices[random.random_range(0..choices.len())].code).unwrap();
        }
        writeln!(out).unwrap();
    }
    out.flush().unwrap();
}

/// The yardstick: the driver alone inserts as many packed rows under random keys into an empty table, in one transaction.
fn raw_insert(form: &Form, folder: &Path, rows: usize) -> Duration {
    let mut random = ChaCha20Rng::seed_from_u64(4);
    let mut db = Connection::open(folder.join("raw.db")).unwrap();
    // As the main database is set up.
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON").unwrap();
    db.execute_batch("PRAGMA cache_size = -24000; PRAGMA wal_autocheckpoint = 4000").unwrap();
    db.execute_batch("CREATE TABLE raw (id BLOB PRIMARY KEY, unit_id INTEGER, mode INTEGER, answers BLOB) WITHOUT ROWID").unwrap();
    let packed = answers(form, &mut random);
    let start = Instant::now();
    let transaction = db.transaction().unwrap();
    let mut insert = transaction.prepare("INSERT INTO raw VALUES (?1, ?2, 4, ?3)").unwrap();
    for _ in 0..rows {
        let mut key = [0_u8; 16];
        random.fill_bytes(&mut key);
        insert.execute(rusqlite::params![key, random.random_range(0..UNITS), packed]).unwrap();
    }
    drop(insert);
    transaction.commit().unwrap();
    start.elapsed()
}

async fn close(store: &Store, form: &Form, folder: &Path, address: &str) {
    let mut random = ChaCha20Rng::seed_from_u64(2);
    let instance = Instance::start(store.clone(), Letterbox::open(&folder.join("letterbox.db")).unwrap(), "bench").await.unwrap();
    for _ in 0..LEFT {
        let sheets = form.units.iter().map(|unit| {
            let cell = MixingCell { questionnaire: form.id, unit: unit.id, group: String::new() };
            AcceptedSheet { key: SheetKey::random(), cell, mode: Mode::Link, answers: answers(form, &mut random), remarks: Vec::new() }
        });
        join_all(sheets.map(|sheet| instance.deposit(vec![sheet]))).await;
    }
    let raw_mixing = raw_insert_select(&folder.join("letterbox.db"), "sheet", "key", "answers");
    let round = store.round("bench").await.unwrap();
    // Stopped meanwhile: a running server notices within a quarter of a second that a round closes, which is not the time of mixing. As one that is
    // stopped does not report, the round is closing then, and not closed.
    instance.stop().await.unwrap();
    let key = key();
    let refused = steps::close(store, "bench", &How { wait: Duration::ZERO, ..steps::with(&key) }).await;
    assert!(matches!(refused, Err(Stopped::Refused(Refusal::Unreported { .. }))), "{refused:?}");
    let letterbox = Letterbox::open(&folder.join("letterbox.db")).unwrap();
    let _instance = Instance::start(store.clone(), letterbox, "bench").await.unwrap();
    // The mixer begins as the last thing that starting does.
    let start = Instant::now();
    while !store.instances_not_empty(round.id).await.unwrap().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    report("mixing the rest", start.elapsed(), raw_mixing);
    let raw = match address.strip_prefix("sqlite://") {
        Some(file) => raw_insert_select(Path::new(file), "open_sheet_1", "id", "sealed"),
        None => raw_on_the_server(address).await,
    };
    let closing = Command::new(std::env::current_exe().unwrap()).args([CLOSING, address]).output().unwrap();
    let (said, why) = (String::from_utf8(closing.stdout).unwrap(), String::from_utf8_lossy(&closing.stderr).into_owned());
    let (took, memory) = said.trim().split_once(' ').unwrap_or_else(|| panic!("closing failed: {why}"));
    report("closing rewrite", Duration::from_micros(took.parse().unwrap()), raw);
    println!("its process      {memory} at most");
}

/// What the process of closing does: nothing but that.
async fn close_alone(address: &str) {
    let store = Store::create(address).await.unwrap();
    let (key, start) = (key(), Instant::now());
    steps::close(&store, "bench", &steps::with(&key)).await.unwrap();
    println!("{} {}", start.elapsed().as_micros(), peak_memory());
}

/// The same yardstick on a server, where rows are copied into an empty table of the same database.
async fn raw_on_the_server(address: &str) -> Duration {
    let db = Database::connect(address).await.unwrap();
    let columns = "questionnaire_id, unit_id, respondent_group, generation, sealed";
    db.execute_unprepared(&format!("CREATE TABLE raw AS SELECT id, {columns} FROM open_sheet_1 WITH NO DATA")).await.unwrap();
    db.execute_unprepared("ALTER TABLE raw ADD PRIMARY KEY (id)").await.unwrap();
    let start = Instant::now();
    db.execute_unprepared(&format!("INSERT INTO raw SELECT id, {columns} FROM open_sheet_1 ORDER BY random()")).await.unwrap();
    let took = start.elapsed();
    db.execute_unprepared("DROP TABLE raw").await.unwrap();
    took
}

/// The yardstick: the driver alone copies the same rows in random order into an empty table of a database of its own.
fn raw_insert_select(file: &Path, table: &str, key: &str, sealed: &str) -> Duration {
    let copy = tempfile::NamedTempFile::new_in(file.parent().unwrap()).unwrap();
    let db = Connection::open(copy.path()).unwrap();
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON").unwrap();
    db.execute("ATTACH ?1 AS from_here", [file.to_str().unwrap()]).unwrap();
    let columns = format!("questionnaire_id, unit_id, respondent_group, generation, {sealed}");
    db.execute_batch(&format!("CREATE TABLE raw (id BLOB PRIMARY KEY, {columns}) WITHOUT ROWID")).unwrap();
    let start = Instant::now();
    let sql = format!("INSERT INTO raw SELECT {key}, {columns} FROM from_here.{table} ORDER BY random()");
    db.execute(&sql, []).unwrap();
    start.elapsed()
}

async fn tally(store: &Store, form: &Form) {
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let figures = publication::figures(store, form).await.unwrap();
        assert_eq!(figures.blocks.len(), 1);
        runs.push(start.elapsed());
    }
    runs.sort_unstable();
    println!("tally and index  {:>9.3?} median of {RUNS}; peak memory of the whole run {}", runs[RUNS / 2], peak_memory());
}

/// Codes made, kept and printed as slips.
async fn slips(store: &Store, folder: &Path) {
    const CODES: usize = 100_000;
    let opened = publication::opened(store, "bench").await.unwrap();
    let form = opened.questionnaires.first().unwrap();
    let pepper = Keys::new(folder.join("keys")).create("bench").unwrap();
    let start = Instant::now();
    let order = IssueOrder { form, group: "", unit: Some("unit-1"), count: CODES, seed: 1 };
    let (codes, kept) = issuing::codes(&pepper, opened.round.id, issuing::scopes(&order, &[], &DrawnBefore::new()).unwrap());
    let made = start.elapsed();
    let site = PublicUrl::parse("https://khaosat.example.vn").ok();
    let page = Slips { opened: &opened, form, public_url: site.as_ref() }.html(&codes).unwrap();
    std::fs::write(folder.join("slips.html"), &page).unwrap();
    println!("codes and slips  {:>9.3?} for {CODES} ({made:.3?} to make them, {} MB of slips)", start.elapsed(), page.len() / 1_000_000);
    assert_eq!(kept.iter().map(|kept| kept.hashes.len()).sum::<usize>(), CODES);
}

fn report(what: &str, took: Duration, raw: Duration) {
    println!("{what}  {took:>9.3?}, {:.2} times the raw driver's {raw:.3?}", took.div_duration_f64(raw));
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.trim_start_matches("VmHWM:").trim().to_owned()
}

/// What the tally counts, one column an item, for another engine.
fn write_csv(folder: &Path, form: &Form, file: &Path) {
    let db = Connection::open(folder.join("main.db")).unwrap();
    let mut query = db.prepare("SELECT unit_id, mode, answers FROM response").unwrap();
    let mut out = BufWriter::new(File::create(file).unwrap());
    let names: Vec<_> = form.codebook.columns().iter().map(|column| form.questionnaire.items[column.item].code.as_str()).collect();
    writeln!(out, "unit,mode,{}", names.join(",")).unwrap();
    let mut rows = query.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (unit, mode): (i32, i32) = (row.get(0).unwrap(), row.get(1).unwrap());
        write!(out, "{unit},{mode}").unwrap();
        let packed = row.get_ref(2).unwrap().as_blob().unwrap();
        for column in form.codebook.columns() {
            write!(out, ",{}", packed[column.offset]).unwrap();
        }
        writeln!(out).unwrap();
    }
}
