//! Inside one batch no order of any table follows the order in which sheets came or codes were used: while the round is open.

use std::collections::HashMap;

use rstest::rstest;
use sha2::{Digest, Sha256};

use super::*;
use crate::closing::opened;

/// One batch. At a true correlation of 0 the spread of Spearman's is 1 / sqrt(448) = 0.047, and 0.26 is beyond 5.5 times that: once in 25 million.
const SHEETS: usize = 449;
const MOST: f64 = 0.26;

/// Most that a batch leaves behind: 19 sheets, and 19 participations.
const LEFT: usize = 38;

/// Has a round in which nothing is mixed until [`let_mix`]: the heads, without which no batch moves, are away.
async fn held(database: &TestDatabase, round: i32) {
    database.rows(&format!("ALTER TABLE open_head_{round} RENAME TO away_{round}")).await;
}

/// Has all that waits mixed, in one transaction but for a few.
async fn let_mix(database: &TestDatabase, instance: &Instance, round: i32, hashes: usize) {
    // A mixing that began before all were there would move a part of them: it fails, and the one after it sees them all.
    let failed = instance.figures().failed;
    until("no mixing fails", async || instance.figures().failed > failed + 1).await;
    database.rows(&format!("ALTER TABLE away_{round} RENAME TO open_head_{round}")).await;
    let mixed = async || usize::try_from(database.number(&format!("SELECT count(*) FROM mixed_{round}")).await).unwrap();
    until("nothing is mixed", async || mixed().await + LEFT >= hashes).await;
}

/// The rows of a table, in each order in which somebody can read them.
async fn readings(database: &TestDatabase, columns: &str, table: &str, key: &str) -> Vec<Vec<Vec<String>>> {
    let orders = match database.backend {
        // Without a rowid, `key` is the order of pages; the second is that in which a scan meets rows.
        Backend::Sqlite => [format!("ORDER BY {key}"), String::new()],
        Backend::Postgres => [format!("ORDER BY {key}"), "ORDER BY ctid".to_owned()],
    };
    let mut readings = Vec::new();
    for order in orders {
        readings.push(database.rows(&format!("SELECT {columns} FROM {table} {order}")).await);
    }
    if database.backend == Backend::Postgres {
        let batches = database.number(&format!("SELECT count(DISTINCT xmin::text) FROM {table}")).await;
        assert!(batches <= 2, "{table}: {batches}");
    }
    readings
}

fn require_scattered(what: &str, order: &[usize]) {
    assert!(order.len() + LEFT >= SHEETS, "{what}: {}", order.len());
    let rank = |number: &usize| order.iter().filter(|other| *other < number).count();
    let follows = spearman(&order.iter().map(rank).collect::<Vec<_>>());
    assert!(follows.abs() < MOST, "{what} follows the order of arrival: {follows}");
}

fn hash_of(key: &[u8]) -> String {
    hex::encode(Sha256::digest(key))
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn inside_a_batch_neither_hashes_nor_open_sheets_follow_the_order_in_which_sheets_came(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    held(&database, round.id).await;
    let (mut arrival, template) = (HashMap::new(), fixture::sealed(&form, 0, 1));
    for number in 0..SHEETS {
        let answers = numbered(template.answers.clone(), SIPAS_DIGITS, number);
        let sheet = AcceptedSheet { answers, ..fixture::sealed(&form, 0, 1) };
        arrival.insert(hash_of(sheet.key.bytes()), number);
        assert_eq!(instance.deposit(vec![sheet]).await, Ok(Deposited::Received));
    }
    let_mix(&database, &instance, round.id, SHEETS).await;
    for rows in readings(&database, "hash", &format!("mixed_{}", round.id), "hash").await {
        require_scattered("mixed", &rows.iter().map(|row| arrival[&row[0]]).collect::<Vec<_>>());
    }
    // Whoever has the key as well.
    for rows in readings(&database, "generation, sealed", &format!("open_sheet_{}", round.id), "id").await {
        require_scattered("open_sheet", &opened(&database, &round, &form, &rows).await);
    }
}

/// An official who was asked about nothing but one unit, and left it out: what is left is that the code was used.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn inside_a_batch_participations_do_not_follow_the_order_in_which_codes_were_used(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let codes = issue_in(&store, &database.keys(), OFFICIALS, "deputies", None, SHEETS).await;
    let pepper = database.keys().pepper(ROUND).unwrap().unwrap();
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    held(&database, round.id).await;
    let form = fixture::form(&store, OFFICIALS).await;
    let (mut used_as, mut sheet_as) = (HashMap::new(), HashMap::new());
    for (number, code) in codes.iter().enumerate() {
        let hash = pepper.code_hash(code);
        let issued = store.code(round.id, hash).await.unwrap().unwrap();
        let used = pepper.participation(hash, &issued);
        let mut sheet = fixture::sealed(&form, 0, 1);
        (sheet.cell.unit, sheet.cell.group, sheet.key) = (issued.scope[0], issued.group.clone(), pepper.sheet_key(code, issued.scope[0]));
        used_as.insert(hash_of(used.key.bytes()), number);
        sheet_as.insert(hash_of(sheet.key.bytes()), number);
        assert_eq!(instance.deposit_coded(used, vec![sheet]).await, Ok(Deposited::Received));
    }
    let_mix(&database, &instance, round.id, 2 * SHEETS).await;
    let columns = ("hash", format!("mixed_{}", round.id));
    for rows in readings(&database, columns.0, &columns.1, columns.0).await {
        for (what, known) in [("a participation", &used_as), ("a sheet of a code", &sheet_as)] {
            require_scattered(what, &rows.iter().filter_map(|row| known.get(&row[0]).copied()).collect::<Vec<_>>());
        }
        // Nor do the two of one code stand together: by chance two of 898 do, and twenty once in 10^14 times.
        let of = |row: &Vec<String>| used_as.get(&row[0]).or_else(|| sheet_as.get(&row[0])).copied();
        let together = rows.windows(2).filter(|pair| of(&pair[0]) == of(&pair[1])).count();
        assert!(together < 20, "{together} sheets stand beside the participation of their code");
    }
    let readings = readings(&database, "hash", &format!("code_{}", round.id), "hash").await;
    let mut by_hash: Vec<usize> = (0..SHEETS).collect();
    by_hash.sort_unstable_by_key(|number| pepper.code_hash(&codes[*number]));
    let code_as: HashMap<&String, usize> = readings[0].iter().map(|row| &row[0]).zip(by_hash).collect();
    for rows in &readings {
        require_scattered("a code", &rows.iter().map(|row| code_as[&row[0]]).collect::<Vec<_>>());
    }
}

/// Everything else of a letterbox, which a batch leaves behind: rows in the order of their keys, which are random.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_does_not_stand_in_the_order_in_which_it_came() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    held(&database, round.id).await;
    let sheets: Vec<AcceptedSheet> = (0..SHEETS).map(|_| fixture::sealed(&form, 0, 1)).collect();
    for sheet in &sheets {
        assert_eq!(instance.deposit(vec![sheet.clone()]).await, Ok(Deposited::Received));
    }
    // The log is emptied within a second, and then the file alone is what there is.
    let file = || std::fs::read(database.letterbox(1)).unwrap();
    until("the log is not emptied", async || sheets.iter().all(|sheet| contains(&file(), sheet.key.bytes()))).await;
    let file = file();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (number, sheet) in sheets.iter().enumerate() {
        let place = file.windows(16).position(|window| window == sheet.key.bytes()).unwrap();
        places.push((place, number));
    }
    places.sort_unstable();
    require_scattered("the file", &places.iter().map(|(_, number)| *number).collect::<Vec<_>>());
}
