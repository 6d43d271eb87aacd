//! What the store says itself of steps that are not the next one, and of keys that are not the round's, whatever is looked at before it is asked.

use jiff::SignedDuration;
use par_survey::clock;
use par_survey::office::Stopped;
use par_survey::office::extending::extend;
use par_survey::publication::{self, Publishing};
use par_survey::refusal::Refusal;
use par_survey::round::RoundState;
use par_survey::seal::PrivateKey;
use par_survey::store::closing::Closing;
use rstest::rstest;

use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, ROUND};
use crate::harness::midst;
use crate::harness::steps::office;
use crate::sealed::{send, sheets, start};

#[rstest]
#[tokio::test]
async fn a_round_goes_from_state_to_state_and_never_back(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    assert!(store.open_round(&round, &[], &[], None, &fixture::BY).await.unwrap_err().to_string().contains("is open"));
    assert!(
        publication::publish(&store, ROUND, Publishing::default(), &fixture::BY, &|_| {})
            .await
            .unwrap_err()
            .to_string()
            .contains("is open")
    );
    assert!(store.finish_closing(&round, &fixture::closing(&[]), &fixture::BY).await.unwrap_err().to_string().contains("is open"));
    store.begin_closing(&round, &fixture::BY).await.unwrap();
    let closing = store.round(ROUND).await.unwrap();
    store.begin_closing(&closing, &fixture::BY).await.unwrap();
    let later = closing.closes_at + SignedDuration::from_hours(1);
    let refused = extend(&office(&store), &closing, later, &fixture::actor().may(clock::now())).await;
    assert!(matches!(refused, Err(Stopped::Refused(Refusal::NotExtended { state: RoundState::Closing, .. }))));
    let stale = extend(&office(&store), &round, later, &fixture::actor().may(clock::now())).await;
    assert!(matches!(stale, Err(Stopped::Refused(Refusal::Changed { .. }))), "it was read before it was closed");
    assert_eq!(store.round(ROUND).await.unwrap().closes_at, round.closes_at);
    store.finish_closing(&round, &fixture::closing(&[]), &fixture::BY).await.unwrap();
    publication::publish(&store, ROUND, Publishing::default(), &fixture::BY, &|_| {}).await.unwrap();
    assert!(
        publication::publish(&store, ROUND, Publishing::default(), &fixture::BY, &|_| {})
            .await
            .unwrap_err()
            .to_string()
            .contains("is published")
    );
    assert_eq!(store.round(ROUND).await.unwrap().state, RoundState::Published);
    let (first, second) = (store.snapshot(round.id).await.unwrap().unwrap(), store.snapshot(round.id).await.unwrap().unwrap());
    assert_eq!(first, second);
    assert_eq!(serde_json::to_string(&publication::read(&first).unwrap()).unwrap(), first.body);
}

#[rstest]
#[tokio::test]
async fn without_the_key_nothing_is_closed_and_nothing_is_lost(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let round = fixture::open_round(&store, -1, 24).await;
    let instance = start(&database, &store).await;
    send(&instance, &sheets(&store, 25).await).await;
    midst::emptied(&store, &round).await;
    let other = PrivateKey::draw();
    for key in [None, Some(&other)] {
        let refused =
            store.finish_closing(&round, &Closing { excused: &[], key, give_up: 9_999 }, &fixture::BY).await.unwrap_err().to_string();
        assert!(refused.contains(&fixture::KEY.public().unwrap().fingerprint()), "{refused}");
        assert_eq!(database.number("SELECT count(*) FROM response").await, 0);
    }
    fixture::close(&store).await;
    assert_eq!(database.number("SELECT count(*) FROM response").await, 25);
}
