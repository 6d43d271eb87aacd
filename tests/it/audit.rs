//! What people did: each change leaves its row, with who did it, and what is refused leaves none.

mod journey;

use std::time::Duration;

use jiff::SignedDuration;
use par_survey::clock;
use par_survey::office::Stopped;
use par_survey::office::actor::{Actor, Close};
use par_survey::office::closing::{How, close};
use par_survey::office::extending::extend;
use par_survey::publication::{self, Publishing};
use par_survey::refusal::Refusal;
use par_survey::round::Round;
use par_survey::seal::{NewSeal, PrivateKey};
use par_survey::store::Store;
use par_survey::store::closing::Closing;
use par_survey::store::imports::{Anyway, ImportedFile};
use par_survey::unit::Unit;
use rstest::rstest;
use sea_orm::ConnectionTrait;

use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, BY, ROUND};
use crate::harness::steps::office;

/// What was done, in order.
async fn actions(store: &Store) -> Vec<String> {
    store.events(None).await.unwrap().into_iter().map(|event| event.action).collect()
}

const OPENED: [&str; 3] = ["units.import", "round.create", "round.open"];

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_refused_or_broken_off_leaves_no_event(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let asked = store.asked(round.id).await.unwrap().remove(0);
    let revision = store.revision().await.unwrap();
    assert!(store.open_round(&round, &[], &[], None, &BY).await.is_err());
    let hour = SignedDuration::from_hours(1);
    let stale = Round { closes_at: round.closes_at + hour, ..round.clone() };
    let file = ImportedFile { sha256: "0", content: "1" };
    drop(store.begin_import(&asked, file, Anyway::default(), &BY).await.unwrap());
    assert!(store.undo_import(&asked, "0", &BY).await.is_err());
    assert!(store.extend_round(&stale, round.closes_at + hour, &BY).await.is_ok_and(|is_moved| !is_moved));
    assert!(publication::publish(&store, ROUND, Publishing::default(), &BY, &|_| {}).await.is_err());
    assert!(store.seal_open_round(&round, &fixture::seal(), None, &BY).await.is_err());
    let units: Vec<_> = store.units().await.unwrap().into_iter().map(|row| row.unit).collect();
    assert_eq!(store.save_units(&units, "", &BY).await.unwrap(), 0, "nothing is new");
    assert_eq!(actions(&store).await, OPENED);
    assert_eq!(store.revision().await.unwrap(), revision, "nobody is told of a change");
    store.seal_was_tested(&round, &BY).await.unwrap();
    store.seal_was_tested(&round, &BY).await.unwrap();
    store.begin_closing(&round, &BY).await.unwrap();
    store.begin_closing(&store.round(ROUND).await.unwrap(), &BY).await.unwrap();
    let wrong = Closing { key: Some(&PrivateKey::draw()), ..fixture::closing(&[]) };
    assert!(store.finish_closing(&round, &wrong, &BY).await.is_err());
    assert_eq!(
        actions(&store).await,
        [&OPENED[..], &["seal.test", "seal.test", "round.close.begin"]].concat(),
        "each use of the key is one"
    );
}

/// Whatever comes of it, so that each time that somebody could read answers is known, and who it was.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn each_use_of_the_key_that_closes_nothing_leaves_its_event(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let lost = "INSERT INTO instance (id, name, beats, waiting) VALUES ('2', 'lost', 9, 10)";
    database.raw().await.execute_unprepared(lost).await.unwrap();
    let (other, without) = (PrivateKey::draw(), ["lost".to_owned()]);
    let how = How { key: fixture::closing(&[]).key, letterbox: None, without: &[], wait: Duration::ZERO, give_up: 0, now: clock::now };
    let close = async |round: &Round, how: How<'_>| close(&office(&store), round, &how, &fixture::may(), &|_| {}).await;
    for key in [None, Some(&other)] {
        let stopped = close(&round, How { key, ..how }).await;
        assert!(matches!(stopped, Err(Stopped::Refused(Refusal::KeyWanted { .. }))), "{stopped:?}");
    }
    assert_eq!(actions(&store).await, OPENED, "without its key the round is not marked");
    let stopped = close(&round, how).await;
    assert!(matches!(stopped, Err(Stopped::Refused(Refusal::Unreported { .. }))), "{stopped:?}");
    let closing = store.round(ROUND).await.unwrap();
    let stopped = close(&closing, How { without: &without, ..how }).await;
    assert!(matches!(stopped, Err(Stopped::Refused(Refusal::LostWithKey { in_all: 1, .. }))), "{stopped:?}");
    let used = ["round.close.begin", "round.close.again"];
    assert_eq!(actions(&store).await, [&OPENED[..], &used].concat());
    close(&closing, How { without: &without, give_up: 1, ..how }).await.unwrap();
    assert_eq!(actions(&store).await, [&OPENED[..], &used, &["round.close.again", "round.close"]].concat());
}

/// Two people who type the same at once: one of them has done it.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_do_the_same_at_once_one_leaves_an_event(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let later = round.closes_at + SignedDuration::from_hours(1);
    fixture::draft(&store, "draft", 1).await;
    let draft = store.round("draft").await.unwrap();
    let office = &office(&store);
    let (first, second) = tokio::join!(store.open_round(&draft, &[], &[], None, &BY), store.open_round(&draft, &[], &[], None, &BY));
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|done| **done).count(), 1);
    let units: Vec<_> = store.units().await.unwrap().into_iter().map(|row| Unit { name_en: "X".into(), ..row.unit }).collect();
    let (first, second) = tokio::join!(store.save_units(&units, "", &BY), store.save_units(&units, "", &BY));
    assert_eq!(first.unwrap() + second.unwrap(), units.len());
    let people = ["Lan", "Minh"].map(|name| Actor::operator(name).unwrap());
    let now = jiff::Timestamp::now();
    let [one, other] = people.each_ref().map(|actor| actor.may(now));
    let (first, second) = tokio::join!(extend(office, &round, later, &one), extend(office, &round, later, &other));
    assert_eq!([first, second].iter().filter(|done| done.is_ok()).count(), 1);
    let [one, other] = people.map(|actor| actor.may::<Close>(now));
    let (first, second) =
        tokio::join!(store.begin_closing(&round, one.everywhere().unwrap()), store.begin_closing(&round, other.everywhere().unwrap()));
    assert_eq!([first, second].iter().filter(|done| done.is_ok()).count(), 1);
    let closing = fixture::closing(&[]);
    let (first, second) = tokio::join!(
        store.finish_closing(&round, &closing, one.everywhere().unwrap()),
        store.finish_closing(&round, &closing, other.everywhere().unwrap())
    );
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|done| **done).count(), 1);
    let done = ["round.create", "round.open", "units.import", "round.extend", "round.close.begin", "round.close"];
    assert_eq!(actions(&store).await, [&OPENED[..], &done].concat());
}

/// As if the row could not be written: then there is no change either.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn without_its_event_nothing_is_changed(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    fixture::draft(&store, "draft", 1).await;
    let (asked, units) = (store.asked(round.id).await.unwrap().remove(0), store.units().await.unwrap());
    let raw = database.raw().await;
    raw.execute_unprepared("ALTER TABLE audit_event RENAME TO away").await.unwrap();
    let before = database.everything().await;
    let mut renamed = units[0].unit.clone();
    renamed.name_vi.push('!');
    assert!(store.save_units(&[renamed], "", &BY).await.is_err());
    let draft = store.round("draft").await.unwrap();
    let seal = NewSeal { public: PrivateKey::draw().public().unwrap(), ..fixture::seal() };
    assert!(store.open_round(&draft, &[], &[], Some(&seal), &BY).await.is_err());
    assert!(store.extend_round(&round, round.closes_at + SignedDuration::from_hours(1), &BY).await.is_err());
    assert!(store.begin_closing(&round, &BY).await.is_err());
    assert!(store.seal_was_tested(&round, &BY).await.is_err());
    let import = store.begin_import(&asked, ImportedFile { sha256: "0", content: "1" }, Anyway::default(), &BY).await.unwrap();
    assert!(import.finish().await.is_err());
    assert!(before == database.everything().await, "something was changed");
    raw.execute_unprepared("ALTER TABLE away RENAME TO audit_event").await.unwrap();
    store.begin_closing(&round, &BY).await.unwrap();
    raw.execute_unprepared("ALTER TABLE audit_event RENAME TO away").await.unwrap();
    let before = database.everything().await;
    let closing = store.round(ROUND).await.unwrap();
    assert!(store.finish_closing(&closing, &fixture::closing(&[]), &BY).await.is_err());
    assert!(before == database.everything().await, "something was changed");
}

/// As if something went wrong after the row was written: then there is no row either.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn without_its_change_no_event_is_left(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    fixture::draft(&store, "draft", 1).await;
    let draft = store.round("draft").await.unwrap();
    let raw = database.raw().await;
    // The number that every change counts up last.
    raw.execute_unprepared("ALTER TABLE revision RENAME TO away").await.unwrap();
    let before = database.everything().await;
    assert!(store.open_round(&draft, &[], &[], None, &BY).await.is_err());
    assert!(store.extend_round(&round, round.closes_at + SignedDuration::from_hours(1), &BY).await.is_err());
    assert!(store.seal_was_tested(&round, &BY).await.is_err());
    assert!(store.begin_closing(&round, &BY).await.is_err());
    assert!(before == database.everything().await, "something was left");
    raw.execute_unprepared("ALTER TABLE away RENAME TO revision").await.unwrap();
    store.begin_closing(&round, &BY).await.unwrap();
    raw.execute_unprepared("ALTER TABLE revision RENAME TO away").await.unwrap();
    let before = database.everything().await;
    let closing = store.round(ROUND).await.unwrap();
    assert!(store.finish_closing(&closing, &fixture::closing(&[]), &BY).await.is_err());
    assert!(before == database.everything().await, "something was left");
}

/// The database and servers may be waited for for hours, and opening takes its time.
#[tokio::test(flavor = "multi_thread")]
async fn closing_bears_the_time_at_which_it_was_done() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let now = || "2099-01-01T03:04:05Z".parse().unwrap();
    let how = How { key: fixture::closing(&[]).key, letterbox: None, without: &[], wait: Duration::ZERO, give_up: 0, now };
    close(&office(&store), &round, &how, &fixture::may(), &|_| {}).await.unwrap();
    let at: Vec<String> = store.events(None).await.unwrap().into_iter().map(|event| event.done_at).collect();
    let [.., begun, done] = &at[..] else { panic!("{at:?}") };
    assert_eq!([begun, done], ["2099-01-01T03:04:05Z"; 2], "{at:?}");
}
