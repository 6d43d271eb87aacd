//! Salvage: what nobody could count is opened with the key and counted, once each.

use par_survey::deposit::AcceptedSheet;
use par_survey::deposit::Deposited;
use par_survey::round::Round;
use par_survey::seal::PrivateKey;
use par_survey::store::Store;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use par_survey::store::salvage::Salvaged;
use rstest::rstest;

use crate::coded::issue_in;
use crate::harness::before;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, KEY, OFFICIALS, ROUND, SIPAS};
use crate::harness::midst;
use crate::harness::steps;

async fn start(database: &TestDatabase, store: &Store) -> Instance {
    Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap()
}

/// Fewer than twenty sheets for each of some units, so that all of them wait in the letterbox, each with something written.
async fn sheets(store: &Store, number: usize) -> Vec<AcceptedSheet> {
    let form = fixture::form(store, SIPAS).await;
    let words = |seed| vec![("remark".to_owned(), format!("chim hoàng yến {seed}"))];
    (0..number).map(|seed| AcceptedSheet { remarks: words(seed), ..fixture::sealed(&form, seed % form.units.len(), seed) }).collect()
}

async fn send(instance: &Instance, sheets: &[AcceptedSheet]) {
    for sheet in sheets {
        assert_eq!(instance.deposit(vec![sheet.clone()]).await, Ok(Deposited::Received));
    }
}

/// Twenty sheets that wait in a letterbox whose server has stopped.
struct Waiting {
    database: TestDatabase,
    store: Store,
    round: Round,
    sent: Vec<AcceptedSheet>,
    /// The letterbox.
    raw: rusqlite::Connection,
}

impl Waiting {
    async fn twenty() -> Self {
        let database = TestDatabase::fresh(Backend::Sqlite).await;
        let store = database.store().await;
        let round = fixture::open_round(&store, -1, 24).await;
        let (instance, sent) = (start(&database, &store).await, sheets(&store, 20).await);
        send(&instance, &sent).await;
        instance.stop().await.unwrap();
        let raw = rusqlite::Connection::open(database.letterbox(1)).unwrap();
        Self { database, store, round, sent, raw }
    }
}

async fn salvage(database: &TestDatabase, store: &Store) -> Salvaged {
    let round = store.round(ROUND).await.unwrap();
    store.salvage(&round, &KEY, &mut Letterbox::open(&database.letterbox(1)).unwrap(), &fixture::BY).await.unwrap()
}

fn salvaged(opened: usize, counted: usize, lost: usize) -> Salvaged {
    Salvaged { damaged_files: 0, opened, counted, kept_back: 0, lost }
}

/// Units and answers as they must be after closing.
fn expected(sheets: &[AcceptedSheet]) -> Vec<Vec<String>> {
    let mut rows: Vec<_> = sheets.iter().map(|sheet| vec![sheet.cell.unit.to_string(), hex::encode(&sheet.answers)]).collect();
    rows.sort();
    rows
}

async fn responses(database: &TestDatabase) -> Vec<Vec<String>> {
    let mut rows = database.rows("SELECT unit_id, answers FROM response").await;
    rows.sort();
    rows
}

#[rstest]
#[case("generation = zeroblob(16)", 20)]
#[case("remarks = x''", 17)]
#[case("version = 3", 20)]
#[case("unit_id = unit_id + 1", 20)]
#[case("unit_id = unit_id + 1000", 20)]
#[case("questionnaire_id = 'nothing'", 20)]
#[case("questionnaire_id = questionnaire_id + 1000", 20)]
#[case("respondent_group = x'ff'", 20)]
#[tokio::test]
async fn rows_that_were_set_aside_are_opened_with_the_key_and_counted_once(#[case] fault: &str, #[case] remarks: i64) {
    let Waiting { database, store, round, sent, raw } = Waiting::twenty().await;
    assert_eq!(raw.execute(&format!("UPDATE sheet SET {fault} WHERE key IN (SELECT key FROM sheet ORDER BY key LIMIT 3)"), []).unwrap(), 3);
    let instance = start(&database, &store).await;
    midst::emptied(&store, &round).await;
    instance.stop().await.unwrap();
    let refused = steps::close(&store, ROUND, &fixture::how()).await.unwrap_err().to_string();
    assert!(refused.contains("3 rows set aside"), "{refused}");

    assert_eq!(salvage(&database, &store).await, salvaged(3, 3, 0));
    assert_eq!(salvage(&database, &store).await, salvaged(0, 0, 0));
    let events = store.events(Some(round.id)).await.unwrap();
    let done = events.iter().filter(|event| event.action == "instances.salvage").count();
    assert_eq!(done, 2, "each use of the key is one, whatever it counts");
    let kept: i64 = raw.query_row("SELECT count(*) FROM set_aside", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 0, "what is counted is taken out");
    fixture::close(&store).await;
    assert_eq!(responses(&database).await, expected(&sent));
    assert_eq!(database.number("SELECT count(*) FROM remark").await, remarks);
}

/// A sealed text that is there under other keys too is one sheet, and all its rows are taken out with it: one whose key is damaged or missing,
/// and one of which no more is left than that it is the same.
#[tokio::test]
async fn copies_of_one_sealed_text_under_other_keys_are_taken_out_with_it() {
    let Waiting { database, store, round, sent, raw } = Waiting::twenty().await;
    let copy = |key: &str, unit: &str, group: &str| {
        let columns = "questionnaire_id, {unit}, {group}, generation, answers, remarks, version, sum";
        let columns = columns.replace("{unit}", unit).replace("{group}", group);
        format!("INSERT INTO set_aside SELECT {key}, {columns} FROM sheet WHERE key IN (SELECT key FROM sheet ORDER BY key LIMIT 3);")
    };
    let (unit, group) = ("unit_id", "respondent_group");
    let aside = [copy("key", unit, group), copy("randomblob(16)", unit, group), copy("'no key ' || hex(key)", unit, group)].concat();
    // Before and behind the others in the order of keys.
    let unread = ["zeroblob(15) || substr(key, 16)", "x'ff' || substr(key, 2)"];
    let unread = unread.map(|key| copy(&format!("CAST({key} AS BLOB)"), "unit_id + 1000", "x'ff'")).concat();
    let gone = "DELETE FROM sheet WHERE key IN (SELECT key FROM sheet ORDER BY key LIMIT 3);";
    raw.execute_batch(&format!("{aside}{unread}{gone}")).unwrap();
    // Its server does not come back, which would count by itself what is whole.
    midst::begun(&store, &round).await;
    assert_eq!(salvage(&database, &store).await, salvaged(20, 20, 0));
    let kept: i64 = raw.query_row("SELECT count(*) FROM set_aside", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 0, "nothing is left that would have to be given up");
    fixture::close(&store).await;
    assert_eq!(responses(&database).await, expected(&sent));
}

#[tokio::test]
async fn what_the_key_does_not_open_stays_set_aside_and_another_key_opens_nothing() {
    let Waiting { database, store, round, raw, .. } = Waiting::twenty().await;
    raw.execute("UPDATE sheet SET answers = zeroblob(3) WHERE key IN (SELECT key FROM sheet ORDER BY key LIMIT 2)", []).unwrap();
    let instance = start(&database, &store).await;
    midst::emptied(&store, &round).await;
    instance.stop().await.unwrap();
    let mut letterbox = Letterbox::open(&database.letterbox(1)).unwrap();
    let refused =
        store.salvage(&store.round(ROUND).await.unwrap(), &PrivateKey::draw(), &mut letterbox, &fixture::BY).await.unwrap_err().to_string();
    assert!(refused.contains(&KEY.public().unwrap().fingerprint()), "{refused}");
    drop(letterbox);
    assert_eq!(salvage(&database, &store).await, salvaged(0, 0, 2));
    let refused = steps::close(&store, ROUND, &fixture::how()).await.unwrap_err().to_string();
    assert!(refused.contains("2 rows set aside"), "{refused}");
    steps::close(&store, ROUND, &fixture::giving_up(2, &[])).await.unwrap();
    let gone =
        store.salvage(&store.round(ROUND).await.unwrap(), &KEY, &mut Letterbox::open(&database.letterbox(1)).unwrap(), &fixture::BY).await;
    assert!(gone.unwrap_err().to_string().contains("has a key only while it is open or closing"));
    assert_eq!(database.number("SELECT count(*) FROM response").await, 18);
}

#[rstest]
#[tokio::test]
async fn a_letterbox_that_was_left_out_is_counted_once_when_it_is_found(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let (instance, sent) = (start(&database, &store).await, sheets(&store, 20).await);
    send(&instance, &sent).await;
    instance.stop().await.unwrap();
    // What waits is left to its server while the round is open: few sheets of a cell never move then.
    assert_eq!(salvage(&database, &store).await, salvaged(0, 0, 0));
    midst::begun(&store, &round).await;
    let left_out = ["one".to_owned()];
    let refused = steps::close(&store, ROUND, &fixture::giving_up(0, &left_out)).await.unwrap_err().to_string();
    assert!(refused.contains("1 letterboxes left out"), "{refused}");
    assert_eq!(salvage(&database, &store).await, salvaged(20, 20, 0));
    assert_eq!(salvage(&database, &store).await, salvaged(0, 0, 0));
    // Nobody waits for it any more.
    fixture::close(&store).await;
    assert_eq!(responses(&database).await, expected(&sent));
    assert_eq!(database.number("SELECT count(*) FROM remark").await, 20);
}

/// A damaged file of this version, and one of the version before.
#[tokio::test]
async fn damaged_files_beside_a_letterbox_are_read_and_each_sheet_counts_once() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let (instance, sent) = (start(&database, &store).await, sheets(&store, 40).await);
    send(&instance, &sent[..20]).await;
    let beside = |number| database.folder().join(format!("letterbox-1.db.damaged-{number}"));
    crate::keeping::copy_letterbox(&database.letterbox(1), &beside(1));
    instance.stop().await.unwrap();
    let raw = rusqlite::Connection::open(database.letterbox(1)).unwrap();
    assert_eq!(raw.execute("DELETE FROM sheet WHERE key IN (SELECT key FROM sheet ORDER BY key LIMIT 5)", []).unwrap(), 5);
    drop((raw, before::letterbox(&beside(2), &sent[20..])));

    let found = Salvaged { damaged_files: 2, opened: 25, counted: 0, kept_back: 25, lost: 0 };
    assert_eq!(
        salvage(&database, &store).await,
        found,
        "not those that wait for their server, and few of a cell never move while a round is open"
    );
    assert_eq!(database.number(&format!("SELECT count(*) FROM open_sheet_{}", round.id)).await, 0);
    midst::begun(&store, &round).await;
    let found = Salvaged { opened: 40, counted: 40, kept_back: 0, ..found };
    assert_eq!(salvage(&database, &store).await, found);
    assert_eq!(salvage(&database, &store).await, Salvaged { counted: 0, ..found });
    let instance = start(&database, &store).await;
    midst::emptied(&store, &store.round(ROUND).await.unwrap()).await;
    instance.stop().await.unwrap();
    fixture::close(&store).await;
    assert_eq!(responses(&database).await, expected(&sent));
}

/// Of one unit 25 that were set aside, of another three: while the round is open only the crowd moves.
#[tokio::test]
async fn while_a_round_is_open_salvage_moves_only_twenty_of_a_cell_and_the_others_at_closing() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let instance = start(&database, &store).await;
    // Nothing is mixed until rows are set aside.
    database.rows(&format!("ALTER TABLE open_sheet_{0} RENAME TO away_{0}", round.id)).await;
    let sent: Vec<AcceptedSheet> = (0..28).map(|seed| fixture::sealed(&form, usize::from(seed >= 25), seed)).collect();
    send(&instance, &sent).await;
    instance.stop().await.unwrap();
    let raw = rusqlite::Connection::open(database.letterbox(1)).unwrap();
    raw.execute_batch("UPDATE sheet SET sum = 1; INSERT INTO set_aside SELECT * FROM sheet; DELETE FROM sheet").unwrap();
    database.rows(&format!("ALTER TABLE away_{0} RENAME TO open_sheet_{0}", round.id)).await;

    assert_eq!(salvage(&database, &store).await, Salvaged { kept_back: 3, ..salvaged(28, 25, 0) });
    let units = database.rows(&format!("SELECT DISTINCT unit_id FROM open_sheet_{}", round.id)).await;
    assert_eq!(units, [[form.units[0].id.to_string()]]);
    let kept: i64 = raw.query_row("SELECT count(*) FROM set_aside", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 3, "they stay where they are");
    let instance = start(&database, &store).await;
    midst::emptied(&store, &round).await;
    instance.stop().await.unwrap();
    assert_eq!(salvage(&database, &store).await, salvaged(3, 3, 0));
    fixture::close(&store).await;
    assert_eq!(responses(&database).await, expected(&sent));
}

/// What says that a code was used holds nothing that could be opened: it is told by its sum, or by all that is in no other row.
#[rstest]
#[case("generation = x'0123456789abcdef0123456789abcdef'")]
#[case("version = 3")]
#[case("unit_id = 7")]
#[case("questionnaire_id = questionnaire_id + 1000")]
#[case("respondent_group = x'ff'")]
#[case("answers = 'no blob'")]
#[case("remarks = x'00'")]
#[case("sum = 1")]
#[tokio::test]
async fn damaged_rows_that_say_a_code_was_used_are_salvaged_and_counted_once(#[case] fault: &str) {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let codes = issue_in(&store, &database.keys(), OFFICIALS, "deputies", None, 3).await;
    let pepper = database.keys().pepper(ROUND).unwrap().unwrap();
    let form = fixture::form(&store, OFFICIALS).await;
    let instance = start(&database, &store).await;
    for code in &codes {
        let issued = store.code(round.id, pepper.code_hash(code)).await.unwrap().unwrap();
        let mut sheet = fixture::sealed(&form, 0, 1);
        (sheet.cell.unit, sheet.cell.group, sheet.key) = (issued.scope[0], issued.group.clone(), pepper.sheet_key(code, issued.scope[0]));
        assert_eq!(
            instance.deposit_coded(pepper.participation(pepper.code_hash(code), &issued), vec![sheet]).await,
            Ok(Deposited::Received)
        );
    }
    // While the server runs: when it ends, what waits of codes is handed over.
    let raw = rusqlite::Connection::open(database.letterbox(1)).unwrap();
    assert_eq!(raw.execute(&format!("UPDATE sheet SET {fault} WHERE generation = zeroblob(16)"), []).unwrap(), 3);
    instance.stop().await.unwrap();
    let instance = start(&database, &store).await;
    midst::emptied(&store, &round).await;
    instance.stop().await.unwrap();
    let refused = steps::close(&store, ROUND, &fixture::how()).await.unwrap_err().to_string();
    assert!(refused.contains("3 rows set aside"), "{refused}");
    assert_eq!(salvage(&database, &store).await, salvaged(3, 3, 0));
    assert_eq!(salvage(&database, &store).await, salvaged(0, 0, 0));
    assert_eq!(store.code_counts(&store.round(ROUND).await.unwrap()).await.unwrap()[0].used, 3);
    fixture::close(&store).await;
}
