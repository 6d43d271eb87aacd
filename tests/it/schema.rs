//! The schema: up, down and up again on both databases, by one at a time, and without a column that could tell on a respondent.

use futures_util::future::join_all;
use par_survey::app::schema;
use par_survey::import::units;
use par_survey::office::actor::Actor;
use par_survey::store::Store;
use par_survey::store::letterbox::Letterbox;
use rstest::rstest;
use sea_orm::{ConnectionTrait, TransactionTrait};

use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture;
use crate::harness::patience::until;

#[rstest]
#[tokio::test]
async fn the_schema_goes_up_down_and_up_again(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = Store::create(&database.url).await.unwrap();
    assert!(store.migrations().await.unwrap().iter().all(|(_, taken)| !taken));
    store.migrate_up().await.unwrap();
    let up = database.columns().await;
    assert!(store.migrations().await.unwrap().iter().all(|(_, taken)| *taken));
    while store.migrations().await.unwrap().iter().any(|(_, taken)| *taken) {
        assert!(store.migrate_down(&fixture::BY).await.unwrap().is_some());
    }
    assert_eq!(database.tables().await, ["seaql_migrations"]);
    assert_eq!(store.migrate_down(&fixture::BY).await.unwrap(), None);
    store.migrate_up().await.unwrap();
    assert_eq!(database.columns().await, up);
}

/// As if a step had come after the one that brought the list: the step before that is taken back, and the list is left.
#[rstest]
#[tokio::test]
async fn who_took_a_step_back_stands_in_the_list_where_that_is_left(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    drop(database.store().await);
    let may = Actor::operator("Lan").unwrap().may(jiff::Timestamp::now());
    let raw = database.raw().await;
    raw.execute_unprepared("DELETE FROM seaql_migrations WHERE version LIKE '%_audit'").await.unwrap();
    let taken = schema::down(&database.url, &may).await.unwrap().unwrap();
    assert!(taken.step.ends_with("_organiser") && taken.is_written_down, "{taken:?}");
    // Not by the store, which reads the schema of today.
    let events = database.rows("SELECT action, who, detail FROM audit_event").await;
    assert_eq!(events, [["migrate.down".to_owned(), "Lan".to_owned(), format!("{{\"step\":\"{}\"}}", taken.step)]]);
    // Without the list nothing can be said, and the step is taken back all the same.
    raw.execute_unprepared("DROP TABLE audit_event").await.unwrap();
    assert!(!schema::down(&database.url, &may).await.unwrap().unwrap().is_written_down);
}

/// What cannot be written down is not done.
#[rstest]
#[tokio::test]
async fn a_step_is_not_taken_back_without_its_event(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let raw = database.raw().await;
    raw.execute_unprepared("DELETE FROM seaql_migrations WHERE version LIKE '%_audit'").await.unwrap();
    raw.execute_unprepared("ALTER TABLE audit_event RENAME COLUMN who TO whom").await.unwrap();
    let before = (database.columns().await, store.migrations().await.unwrap());
    assert!(store.migrate_down(&fixture::BY).await.is_err());
    assert_eq!((database.columns().await, store.migrations().await.unwrap()), before);
}

/// Three rounds: one with two corrections, one with none, and one that is not published.
async fn three_rounds(database: &TestDatabase) -> Store {
    let store = database.store().await;
    store.save_units(&units::read(fixture::UNITS.as_bytes(), &[]).unwrap(), "", &fixture::BY).await.unwrap();
    for code in ["a", "b", "d"] {
        fixture::draft(&store, code, 24).await;
    }
    let raw = database.raw().await;
    for (round, body) in [("b", "{1}"), ("a", "{2}"), ("a", "{3}"), ("a", "{4}")] {
        let sql = format!(
            "INSERT INTO snapshot (round_id, sha256, body) SELECT id, 'hash of {body}', '{body}' FROM round WHERE code = '{round}'"
        );
        raw.execute_unprepared(&sql).await.unwrap();
    }
    store
}

/// What is published of each round, the newest last.
const PUBLISHED: &str = "SELECT r.code, s.sha256, s.body FROM snapshot s JOIN round r ON r.id = s.round_id ORDER BY r.code, s.id";

/// Takes steps back as far as the one that brought publications into one table.
async fn down_before_snapshots(store: &Store) {
    while !store.migrate_down(&fixture::BY).await.unwrap().unwrap().step.ends_with("_snapshots") {}
}

#[rstest]
#[tokio::test]
async fn what_was_published_and_corrected_keeps_its_order_down_and_up_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = three_rounds(&database).await;
    let newest = async || {
        let round = store.round("a").await.unwrap().id;
        store.snapshot(round).await.unwrap().unwrap().body
    };
    let before = database.rows(PUBLISHED).await;
    assert_eq!((before.len(), newest().await), (4, "{4}".to_owned()));
    down_before_snapshots(&store).await;
    let bodies = async |table: &str| database.rows(&format!("SELECT body FROM {table} ORDER BY body")).await.concat();
    assert_eq!((bodies("snapshot").await.join(" "), bodies("correction").await.join(" ")), ("{1} {2}".into(), "{3} {4}".into()));
    assert_eq!(database.rows("SELECT body FROM correction ORDER BY id").await.concat(), ["{3}", "{4}"]);
    store.migrate_up().await.unwrap();
    assert_eq!((database.rows(PUBLISHED).await, newest().await), (before, "{4}".to_owned()));
}

/// A program of before publishes while the schema is brought up to date: it has come to the round, as it does first, or to its table already.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_published_while_publications_move_is_not_lost(#[values(true, false)] has_only_the_round: bool) {
    let database = TestDatabase::fresh(Backend::Postgres).await;
    let store = three_rounds(&database).await;
    down_before_snapshots(&store).await;
    let (raw, hold) = (database.raw().await, "UPDATE round SET year = year WHERE code = 'd'");
    let publish = "INSERT INTO snapshot (round_id, sha256, body) SELECT id, 'hash of {5}', '{5}' FROM round WHERE code = 'd'";
    let publication = raw.begin().await.unwrap();
    publication.execute_unprepared(if has_only_the_round { hold } else { publish }).await.unwrap();
    let migrating = tokio::spawn({
        let store = store.clone();
        async move { store.migrate_up().await.map_err(|error| error.to_string()) }
    });
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("the step does not wait", async || database.number(waiting).await == 1).await;
    if has_only_the_round {
        publication.execute_unprepared(publish).await.unwrap();
    }
    publication.commit().await.unwrap();
    migrating.await.unwrap().unwrap();
    assert_eq!(database.rows(PUBLISHED).await.iter().map(|row| row[2].as_str()).collect::<Vec<_>>(), ["{2}", "{3}", "{4}", "{1}", "{5}"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn many_that_migrate_together_do_not_trip_over_each_other(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let stores = join_all((0..6).map(|_| Store::create(&database.url))).await;
    let done = join_all(stores.iter().map(|store| store.as_ref().unwrap().migrate_up())).await;
    assert!(done.iter().all(Result::is_ok), "{done:?}");
}

#[tokio::test]
async fn a_shared_database_is_not_migrated_by_whoever_starts_first() {
    let database = TestDatabase::fresh(Backend::Postgres).await;
    let store = Store::create(&database.url).await.unwrap();
    let refused = store.require_schema().await.unwrap_err().to_string();
    assert!(refused.contains("the schema lacks m20261121"), "{refused}");
    store.migrate_up().await.unwrap();
    store.require_schema().await.unwrap();
}

/// The whole of what is kept with an answer. A column that is added here has to be one that cannot say who, when or in which order.
#[rstest]
#[tokio::test]
async fn tables_of_answers_have_no_column_for_time_address_or_order(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await.id;
    let kept = database.columns().await;
    let of = |table: &str| kept.iter().filter(|(of, _)| of == table).map(|(_, column)| column.as_str()).collect::<Vec<_>>();
    assert_eq!(of("response"), ["answers", "id", "mode", "psu", "questionnaire_id", "respondent_group", "stratum", "unit_id"]);
    assert_eq!(of("remark"), ["id", "item", "questionnaire_id", "words"]);
    assert_eq!(of(&format!("mixed_{round}")), ["hash"]);
    let open = ["generation", "id", "import_id", "questionnaire_id", "respondent_group", "sealed", "unit_id"];
    assert_eq!(of(&format!("open_sheet_{round}")), open);
    assert_eq!(of(&format!("open_remark_{round}")), ["generation", "id", "import_id", "questionnaire_id", "sealed"]);
    assert_eq!(of(&format!("open_head_{round}")), ["head", "id"]);
    // Nothing that a sheet has as well but the questionnaire and the group, whose members are many.
    assert_eq!(of(&format!("code_{round}")), ["hash", "questionnaire_id", "respondent_group", "scope"]);
    assert_eq!(of(&format!("code_used_{round}")), ["questionnaire_id", "respondent_group", "used"]);
    if backend == Backend::Sqlite {
        for table in [
            "response",
            "remark",
            &format!("mixed_{round}"),
            &format!("code_{round}"),
            &format!("open_sheet_{round}"),
            &format!("open_remark_{round}"),
            &format!("open_head_{round}"),
        ] {
            let sql = database.rows(&format!("SELECT sql FROM sqlite_master WHERE name = '{table}'")).await;
            assert!(sql[0][0].ends_with("WITHOUT ROWID"), "{table}: {}", sql[0][0]);
        }
    }
}

#[tokio::test]
async fn an_address_that_is_no_database_is_refused_with_what_to_write() {
    let refused = Store::create("mysql://localhost/x").await.unwrap_err().to_string();
    assert!(refused.contains("sqlite://FILE or postgres://"), "{refused}");
}

/// What a letterbox keeps is written down, so that nobody adds to it unseen.
#[tokio::test]
async fn the_columns_of_a_letterbox_are_those_that_the_architecture_lists() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letterbox.db");
    drop(Letterbox::open(&path).unwrap());
    let db = rusqlite::Connection::open(&path).unwrap();
    let words = |sql: &str| {
        let mut query = db.prepare(sql).unwrap();
        query.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap).collect::<Vec<_>>()
    };
    let tables = words("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    let row = |table: &String| format!("| `{table}` | `{}` |", words(&format!("SELECT name FROM pragma_table_info('{table}')")).join(", "));
    let there: Vec<String> = tables.iter().map(row).collect();
    let document = include_str!("../../src/ARCHITECTURE.md");
    let listed = document.split("## What a letterbox holds").nth(1).unwrap().split("\n## ").next().unwrap();
    let listed: Vec<&str> = listed.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(there, listed);
    assert_eq!(words("SELECT name FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL"), [""; 0], "no index, view or trigger");
    assert!(words("SELECT sql FROM sqlite_master WHERE type = 'table'").iter().all(|sql| sql.ends_with("WITHOUT ROWID")));
}
