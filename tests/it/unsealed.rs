//! Rounds that the version before opened, which had no seal: all of it is brought under one or nothing, and nothing is lost on the way.

mod by_command;
mod odd_rounds;

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::FutureExt;
use par_survey::deposit::Deposited;
use par_survey::deposit::{AcceptedSheet, MixingCell, Participation};
use par_survey::keys::Pepper;
use par_survey::round::Round;
use par_survey::store::Store;
use par_survey::store::codes::{CodeHash, IssuedCode};
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use par_survey::store::unsealed::{BroughtUnderSeal, CodeSecret};
use par_survey::survey::code::Code;
use rstest::rstest;

use crate::coded::issue_in;
use crate::harness::before::{self, Before, Plain, issued};
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS, SIPAS};
use crate::harness::midst;
use crate::harness::patience::until;
use crate::harness::process::{contains, files};
use crate::harness::steps;

const WORDS: &str = "chim hoàng yến";

const USED: usize = 12;

/// Sheets of which the last ones came from a file, and what was written on every tenth.
async fn plain(store: &Store, number: usize, from_file: usize) -> Vec<Plain> {
    let form = fixture::form(store, SIPAS).await;
    let sheet = |seed: usize| {
        let remarks = if seed.is_multiple_of(10) { vec![("remark".to_owned(), format!("{WORDS} {seed}"))] } else { Vec::new() };
        let text = |text: &str| seed.is_multiple_of(3).then(|| format!("{text} {}", seed % 5));
        let from_file = seed >= number - from_file;
        let sheet = AcceptedSheet { remarks, ..fixture::sealed(&form, seed % form.units.len(), seed) };
        Plain { sheet, stratum: text("stratum"), psu: text("psu"), import: from_file.then_some(1) }
    };
    (0..number).map(sheet).collect()
}

/// An open round of the version before, with 30 codes, of which some were used: those that come first here.
async fn old_round(database: &TestDatabase, store: &Store, sheets: usize, from_file: usize) -> (Round, Vec<Plain>, Vec<Code>, Pepper) {
    let round = fixture::open_round(store, -1, 24).await;
    let mut codes = issue_in(store, &database.keys(), OFFICIALS, "deputies", None, 30).await;
    let pepper = database.keys().pepper(&round.code).unwrap().unwrap();
    codes.sort_unstable_by_key(|code| pepper.code_hash(code));
    let (kept, sheets) = (issued(database, &round, USED).await, plain(store, sheets, from_file).await);
    let before = Before::make(database, &round).await;
    before.imported(sheets[0].sheet.cell.questionnaire, i32::try_from(from_file).unwrap()).await;
    before.keep(&sheets).await;
    before.keep_codes(&kept).await;
    (round, sheets, codes, pepper)
}

async fn seal(store: &Store, round: &Round, pepper: &Pepper) -> Result<BroughtUnderSeal, String> {
    let participation = |hash: CodeHash, issued: &IssuedCode| pepper.participation(hash, issued);
    let secret = CodeSecret { fingerprint: &pepper.fingerprint(), participation: &participation };
    store.seal_open_round(round, &fixture::seal(), Some(secret), &fixture::BY).await.map_err(|error| error.to_string())
}

/// Everything that the old tables hold, and whether there is a seal.
async fn state(database: &TestDatabase, round: i32) -> Vec<Vec<Vec<String>>> {
    let mut state = Vec::new();
    for sql in [
        format!("SELECT * FROM open_sheet_{round} ORDER BY id"),
        format!("SELECT * FROM open_remark_{round} ORDER BY id"),
        format!("SELECT * FROM mixed_{round} ORDER BY hash"),
        format!("SELECT * FROM code_{round} ORDER BY hash"),
        "SELECT count(*) FROM round_seal".to_owned(),
    ] {
        state.push(database.rows(&sql).await);
    }
    let tables = database.tables().await;
    assert!(!tables.iter().any(|table| table.contains("plain") || table.contains("head")), "{tables:?}");
    state
}

/// Responses and remarks as they must be after closing.
fn expected<'a>(sheets: impl Iterator<Item = &'a Plain> + Clone) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let row = |plain: &Plain| {
        let AcceptedSheet { cell: MixingCell { questionnaire, unit, group }, mode, answers, .. } = &plain.sheet;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let [stratum, psu] = [text(&plain.stratum), text(&plain.psu)];
        vec![questionnaire.to_string(), unit.to_string(), group.clone(), stratum, psu, mode.number().to_string(), hex::encode(answers)]
    };
    let remark = |plain: &Plain| {
        let of = plain.sheet.cell.questionnaire.to_string();
        plain.sheet.remarks.iter().map(|(item, words)| vec![of.clone(), item.clone(), words.clone()]).collect::<Vec<_>>()
    };
    let (mut rows, mut remarks): (Vec<_>, Vec<_>) = (sheets.clone().map(row).collect(), sheets.flat_map(remark).collect());
    rows.sort();
    remarks.sort();
    (rows, remarks)
}

/// Responses and remarks of the questionnaire for citizens.
async fn closed(database: &TestDatabase, questionnaire: i32) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let columns = "questionnaire_id, unit_id, respondent_group, stratum, psu, mode, answers";
    let which = format!("WHERE questionnaire_id = {questionnaire}");
    let mut rows = database.rows(&format!("SELECT {columns} FROM response {which}")).await;
    let mut remarks = database.rows(&format!("SELECT questionnaire_id, item, words FROM remark {which}")).await;
    rows.sort();
    remarks.sort();
    (rows, remarks)
}

#[rstest]
#[tokio::test]
async fn an_open_round_of_the_version_before_is_brought_under_a_seal_and_opens_at_closing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    // More than are in memory at once.
    let (round, sheets, codes, pepper) = old_round(&database, &store, 2_100, 200).await;
    let ids = database.rows(&format!("SELECT id FROM open_sheet_{}", round.id)).await;
    let done = seal(&store, &round, &pepper).await.unwrap();
    assert_eq!(done, BroughtUnderSeal { sheets: 2_100, remarks: 210, codes: USED });

    let planted: HashSet<&[u8]> = sheets.iter().map(|plain| plain.sheet.answers.as_slice()).collect();
    let mut places = files(database.folder());
    places.push(("a dump of the database".into(), database.everything().await.into_bytes()));
    for (name, bytes) in &places {
        for words in [WORDS.as_bytes(), hex::encode(WORDS).as_bytes(), b"stratum 0"] {
            assert!(!contains(bytes, words), "{name} holds what was written");
        }
        for answers in planted.iter().take(20) {
            assert!(!contains(bytes, answers) && !contains(bytes, hex::encode(answers).as_bytes()), "{name} holds answers");
        }
    }
    let fresh: HashSet<_> = database.rows(&format!("SELECT id FROM open_sheet_{}", round.id)).await.into_iter().collect();
    assert!(ids.iter().all(|id| !fresh.contains(id)), "ids are fresh");
    let columns = database.columns().await;
    assert!(!columns.contains(&(format!("code_{}", round.id), "used".to_owned())));
    assert_eq!(store.code_counts(&round).await.unwrap()[0].used, 12);
    assert_eq!(database.number(&format!("SELECT count(*) FROM mixed_{}", round.id)).await, 1_900 + 12);
    assert!(seal(&store, &round, &pepper).await.unwrap_err().contains("under a seal already"));
    let events = store.events(Some(round.id)).await.unwrap();
    let sealed: Vec<_> = events.iter().filter(|event| event.action == "round.seal").collect();
    assert!(sealed.len() == 1 && sealed[0].detail.contains(&fixture::seal().public.fingerprint()), "{events:?}");

    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    for (place, code) in codes.iter().enumerate() {
        let hash = pepper.code_hash(code);
        let issued = store.code(round.id, hash).await.unwrap().unwrap();
        let cell = MixingCell { questionnaire: issued.questionnaire, unit: issued.scope[0], group: issued.group.clone() };
        let sheet = AcceptedSheet { key: pepper.sheet_key(code, cell.unit), cell, ..sheets[0].sheet.clone() };
        let outcome = instance.deposit_coded(pepper.participation(hash, &issued), vec![sheet]).await;
        assert_eq!(outcome, Ok(if place < USED { Deposited::AlreadyReceived } else { Deposited::Received }), "code {place}");
    }
    assert_eq!(instance.deposit(vec![sheets[0].sheet.clone()]).await, Ok(Deposited::AlreadyReceived), "a retry of an old sheet");

    let asked = store.asked(round.id).await.unwrap().into_iter().find(|asked| asked.id == sheets[0].sheet.cell.questionnaire).unwrap();
    assert_eq!(store.undo_import(&asked, "abc", &fixture::BY).await.unwrap(), 200, "a file can still be undone");
    fixture::close(&store).await;
    instance.stop().await.unwrap();
    assert_eq!(closed(&database, asked.id).await, expected(sheets.iter().filter(|plain| plain.import.is_none())));
    assert_eq!(database.number("SELECT count(*) FROM response WHERE respondent_group = 'deputies'").await, 18);
}

#[rstest]
#[tokio::test]
async fn what_is_refused_or_broken_off_leaves_an_unsealed_round_as_it_was(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let (round, sheets, _, pepper) = old_round(&database, &store, 60, 20).await;
    let before = state(&database, round.id).await;

    let without = store.seal_open_round(&round, &fixture::seal(), None, &fixture::BY).await.unwrap_err().to_string();
    assert!(without.contains("codes of round `2026` were used") && without.contains("secret of its codes"), "{without}");
    assert_eq!(state(&database, round.id).await, before);

    let elsewhere = tempfile::tempdir().unwrap();
    let other = par_survey::keys::Keys::new(elsewhere.path().to_owned()).create("2026").unwrap();
    let refused = seal(&store, &round, &other).await.unwrap_err();
    assert!(refused.contains("made with another secret"), "{refused}");
    assert_eq!(state(&database, round.id).await, before);

    // Where sheets and remarks are sealed and codes have begun. By a panic, so that the end is never on its way already.
    let begun = AtomicUsize::new(0);
    let participation = |hash: CodeHash, issued: &IssuedCode| -> Participation {
        assert!(begun.fetch_add(1, Ordering::SeqCst) < 2, "broken off at the third code");
        pepper.participation(hash, issued)
    };
    let (print, new) = (pepper.fingerprint(), fixture::seal());
    let secret = CodeSecret { fingerprint: &print, participation: &participation };
    let broken_off = AssertUnwindSafe(store.seal_open_round(&round, &new, Some(secret), &fixture::BY)).catch_unwind().await;
    assert!(broken_off.is_err() && begun.load(Ordering::SeqCst) == 3, "or this test breaks off nothing");
    assert_eq!(state(&database, round.id).await, before);

    assert_eq!(seal(&store, &round, &pepper).await, Ok(BroughtUnderSeal { sheets: 60, remarks: 6, codes: USED }));
    fixture::close(&store).await;
    assert_eq!(closed(&database, sheets[0].sheet.cell.questionnaire).await, expected(sheets.iter()));
}

fn in_letterbox(database: &TestDatabase, sql: &str) -> i64 {
    rusqlite::Connection::open(database.letterbox(1)).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

#[rstest]
#[tokio::test]
async fn a_letterbox_of_the_version_before_is_sealed_before_anything_else_is_taken(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let written = |seed: usize| vec![("remark".to_owned(), format!("{WORDS} {seed}"))];
    // 25 of one unit, 5 of another, and 2 that a disk has damaged.
    let sheets: Vec<AcceptedSheet> = (0..30)
        .map(|seed| AcceptedSheet { remarks: written(seed), ..fixture::sealed(&form, usize::from(seed >= 25), seed) })
        .chain((31..33).map(|seed| fixture::sealed(&form, 2, seed)))
        .collect();
    let (good, damaged) = sheets.split_at(30);
    let raw = before::letterbox(&database.letterbox(1), &sheets);
    for sheet in damaged {
        assert_eq!(raw.execute("UPDATE sheet SET version = 1, sum = 1 WHERE key = ?1", [sheet.key.bytes()]).unwrap(), 1);
    }
    drop(raw);

    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    for (name, bytes) in files(database.folder()) {
        assert!(!contains(&bytes, WORDS.as_bytes()), "{name} holds what was written");
        assert!(good.iter().all(|sheet| !contains(&bytes, &sheet.answers)), "{name} holds answers");
    }
    assert_eq!(in_letterbox(&database, "SELECT count(*) FROM plain_sheet"), 0);
    assert_eq!(in_letterbox(&database, "SELECT count(*) FROM plain_set_aside"), 2);
    for sheet in [&good[0], &good[29]] {
        assert_eq!(instance.deposit(vec![sheet.clone()]).await, Ok(Deposited::AlreadyReceived));
    }
    until("twenty-five are not mixed", async || instance.figures().mixed >= 25).await;
    midst::emptied(&store, &round).await;
    instance.stop().await.unwrap();
    let refused = steps::close(&store, fixture::ROUND, &fixture::how()).await.unwrap_err().to_string();
    assert!(refused.contains("2 rows set aside"), "{refused}");
    steps::close(&store, fixture::ROUND, &fixture::giving_up(2, &[])).await.unwrap();
    let good: Vec<Plain> = good.iter().map(|sheet| Plain { sheet: sheet.clone(), stratum: None, psu: None, import: None }).collect();
    assert_eq!(closed(&database, good[0].sheet.cell.questionnaire).await, expected(good.iter()));
}

/// Whatever came between sealing the old sheets and writing their file anew, such as somebody who read it or a lost server.
#[tokio::test]
async fn a_letterbox_that_was_to_be_written_anew_is_at_the_next_start() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let sheets: Vec<AcceptedSheet> = (0..30).map(|seed| fixture::sealed(&form, 0, seed)).collect();
    let raw = before::letterbox(&database.letterbox(1), &sheets);
    // What `secure_delete` never saw.
    // More pages than what comes meanwhile takes up again.
    let rows = "WITH RECURSIVE row (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM row WHERE n < 200)";
    let left = format!("CREATE TABLE left (x); {rows} INSERT INTO left SELECT '{WORDS}' || hex(zeroblob(2000)) FROM row; DROP TABLE left");
    raw.execute_batch(&format!("PRAGMA secure_delete = 0; {left}; PRAGMA wal_checkpoint(TRUNCATE)")).unwrap();
    let holds = || files(database.folder()).into_iter().any(|(_, bytes)| contains(&bytes, WORDS.as_bytes()));
    let start = async || Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await;
    raw.execute_batch("BEGIN; SELECT count(*) FROM sheet").unwrap();
    assert!(start().await.is_err_and(|error| error.to_string().contains("somebody is reading the letterbox")));
    drop(raw);
    assert!(in_letterbox(&database, "SELECT count(*) FROM plain_sheet") == 0 && holds());
    start().await.unwrap().stop().await.unwrap();
    assert!(!holds());
    assert_eq!(in_letterbox(&database, "SELECT count(*) FROM sqlite_master WHERE name = 'to_be_written_anew'"), 0);
}

#[tokio::test]
async fn what_waits_of_a_round_without_a_seal_stays_and_is_waited_for() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let sheets: Vec<AcceptedSheet> = (0..30).map(|seed| fixture::sealed(&form, 0, seed)).collect();
    Before::make(&database, &round).await;
    drop(before::letterbox(&database.letterbox(1), &sheets));
    let start = async || Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    start().await.stop().await.unwrap();
    assert_eq!(in_letterbox(&database, "SELECT count(*) FROM plain_sheet"), 30);
    assert_eq!(store.instance_names().await.unwrap(), ["one"], "closing waits for what is in it");

    store.seal_open_round(&round, &fixture::seal(), None, &fixture::BY).await.unwrap();
    let instance = start().await;
    fixture::close(&store).await;
    instance.stop().await.unwrap();
    assert_eq!(database.number("SELECT count(*) FROM response").await, 30);
}
