//! Two who do at once what may be done once: on PostgreSQL they read what the other has not committed yet as not done.

use std::fmt::Display;

use par_survey::catalogue::Catalogue;
use par_survey::import::round_file::Described;
use par_survey::publication::Publishing;
use par_survey::store::Store;
use par_survey::store::imports::{Anyway, ImportedFile, ImportedSheet, RunningImport};
use par_survey::store::rounds::Asked;
use par_survey::survey::mode::Mode;
use sea_orm::{ConnectionTrait, DatabaseTransaction, TransactionTrait};

use super::harness::database::{Backend, TestDatabase};
use super::harness::fixture::{self, ROUND, SIPAS};
use super::harness::patience::until;
use super::harness::steps;

const OTHER: &str = "2026-b";

/// A database with two open rounds.
async fn two_rounds(backend: Backend) -> (TestDatabase, Store) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let first = fixture::open_round(&store, -1, 24).await;
    let definition = fixture::definition(SIPAS);
    let units = fixture::form(&store, SIPAS).await.units.iter().map(|row| row.unit.code.to_string()).collect::<Vec<_>>();
    let questionnaires = vec![steps::asks(SIPAS, units)];
    let window = [first.opens_at, first.closes_at];
    steps::create(&store, &Described { questionnaires, ..steps::described(OTHER, first.year, window) }).await;
    let found = Catalogue { definitions: vec![definition], ..Catalogue::default() };
    steps::open(&store, OTHER, &found, Some(&fixture::seal())).await;
    (database, store)
}

async fn asked(store: &Store, round: &str) -> Asked {
    let asked = store.asked(store.round(round).await.unwrap().id).await.unwrap();
    asked.into_iter().find(|asked| asked.code == SIPAS).unwrap()
}

/// A file of eleven sheets, all of it but the end.
async fn begun(store: &Store, round: &str, sha256: &str, again: bool) -> RunningImport {
    let (asked, form) = (asked(store, round).await, fixture::form(store, SIPAS).await);
    let mut import = store
        .begin_import(&asked, ImportedFile { sha256, content: "the same" }, Anyway { again, ..Anyway::default() }, &fixture::BY)
        .await
        .unwrap();
    for seed in 0..11 {
        let (group, mode, stratum, psu, remarks) = (String::new(), Mode::Paper, None, None, Vec::new());
        let answers = fixture::sealed(&form, 0, seed).answers;
        import.add(asked.id, ImportedSheet { unit: form.units[0].id, group, mode, stratum, psu, answers, remarks }).await.unwrap();
    }
    import
}

/// Somebody who is in the way of everybody who changes anything that servers have to know.
async fn in_the_way(database: &TestDatabase) -> DatabaseTransaction {
    let way = database.raw().await.begin().await.unwrap();
    way.execute_unprepared("SELECT number FROM revision FOR UPDATE").await.unwrap();
    way
}

/// Waits until two transactions wait for a lock.
async fn both_wait(database: &TestDatabase) {
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("not both wait", async || database.number(waiting).await == 2).await;
}

/// What one of two is told where the other was first.
fn refusal<T, E: Display>(one: Result<T, E>, other: Result<T, E>) -> String {
    match (one, other) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused.to_string(),
        (Ok(_), Ok(_)) => panic!("both were done"),
        (Err(one), Err(other)) => panic!("none was done: {one}; {other}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_rounds_that_share_a_file_and_are_published_at_once_one_is() {
    let (database, store) = two_rounds(Backend::Postgres).await;
    for round in [ROUND, OTHER] {
        begun(&store, round, round, false).await.finish().await.unwrap_or_else(|refused| panic!("{refused}"));
        database.rows("UPDATE import SET content = id::text").await;
    }
    for round in [ROUND, OTHER] {
        steps::close(&store, round, &fixture::how()).await.unwrap();
    }
    // As where both came before anybody looked.
    database.rows("UPDATE known_file SET content = 'the same'").await;
    let way = in_the_way(&database).await;
    let publish = |round: &'static str| {
        let (store, keys) = (store.clone(), database.keys());
        tokio::spawn(async move { steps::publish(&store, &keys, round, Publishing::default()).await })
    };
    let (one, other) = (publish(ROUND), publish(OTHER));
    both_wait(&database).await;
    way.rollback().await.unwrap();
    let refused = refusal(one.await.unwrap(), other.await.unwrap());
    assert!(refused.contains("share sheets from a file"), "{refused}");
    assert_eq!(database.number("SELECT count(*) FROM snapshot").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_import_the_same_sheets_at_once_one_does() {
    for (one, other, reason) in [
        ((ROUND, "one"), (OTHER, "other"), "are in round `2026"),
        ((ROUND, "one"), (ROUND, "other"), "the same sheets were imported before from another file (10-49 sheets)"),
    ] {
        let (database, store) = two_rounds(Backend::Postgres).await;
        let imports = (begun(&store, one.0, one.1, false).await, begun(&store, other.0, other.1, false).await);
        let way = in_the_way(&database).await;
        let (one, other) = (tokio::spawn(imports.0.finish()), tokio::spawn(imports.1.finish()));
        both_wait(&database).await;
        way.rollback().await.unwrap();
        let refused = refusal(one.await.unwrap(), other.await.unwrap());
        assert!(refused.contains(reason), "{refused}");
        assert_eq!(database.number("SELECT sum(sheets) FROM import").await, 11);
        let open = "SELECT (SELECT count(*) FROM open_sheet_1) + (SELECT count(*) FROM open_sheet_2)";
        assert_eq!(database.number(open).await, 11, "nothing of the other is left");
    }
}

/// The word that takes the same sheets again holds to the end.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_again_imports_the_same_sheets_at_once_too() {
    let (database, store) = two_rounds(Backend::Postgres).await;
    let imports = (begun(&store, ROUND, "one", true).await, begun(&store, ROUND, "one", true).await);
    let way = in_the_way(&database).await;
    let (one, other) = (tokio::spawn(imports.0.finish()), tokio::spawn(imports.1.finish()));
    both_wait(&database).await;
    way.rollback().await.unwrap();
    assert_eq!((one.await.unwrap().unwrap(), other.await.unwrap().unwrap()), (11, 11));
    assert_eq!(database.number("SELECT count(*) FROM open_sheet_1").await, 22);
}

/// Each with a folder of keys in which no file is known yet.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_bring_a_first_file_with_secrets_of_their_own_one_is_refused_unless_it_is_said() {
    for lost_secret in [false, true] {
        let (database, store) = two_rounds(Backend::Postgres).await;
        let begin = async |sha256, content| {
            let anyway = Anyway { lost_secret, ..Anyway::default() };
            store.begin_import(&asked(&store, ROUND).await, ImportedFile { sha256, content }, anyway, &fixture::BY).await.unwrap()
        };
        let imports = (begin("a.1", "a.2").await, begin("b.1", "b.2").await);
        let way = in_the_way(&database).await;
        let (one, other) = (tokio::spawn(imports.0.finish()), tokio::spawn(imports.1.finish()));
        both_wait(&database).await;
        way.rollback().await.unwrap();
        let (one, other) = (one.await.unwrap(), other.await.unwrap());
        if lost_secret {
            assert_eq!((one.unwrap(), other.unwrap()), (0, 0));
        } else {
            assert!(refusal(one, other).contains("known by another secret"));
        }
        assert_eq!(database.number("SELECT count(*) FROM import").await, if lost_secret { 2 } else { 1 });
        let said = "SELECT count(*) FROM audit_event WHERE detail LIKE '%\"lost_secret\":true%'";
        assert_eq!(database.number(said).await, i64::from(lost_secret), "of the one that came second");
    }
}

/// By the sheets of one unit, on both databases.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_known_by_any_part_of_it() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let (_database, store) = two_rounds(backend).await;
        let kept = ImportedFile { sha256: "1", content: "whole;one;two" };
        let import = store.begin_import(&asked(&store, ROUND).await, kept, Anyway::default(), &fixture::BY).await.unwrap();
        import.finish().await.unwrap();
        for (content, shares) in [("other;two;three", true), ("two", true), ("other;three", false), ("", false)] {
            let file = ImportedFile { sha256: "2", content };
            let refused = store
                .begin_import(&asked(&store, OTHER).await, file, Anyway::default(), &fixture::BY)
                .await
                .err()
                .map(|refused| refused.to_string());
            assert_eq!(
                refused.as_deref().is_some_and(|refused| refused.contains("are in round `2026` already")),
                shares,
                "{content} {refused:?}"
            );
        }
    }
}
