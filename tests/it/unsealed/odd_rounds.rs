//! Old rounds that are not just open: one that is closing already, and one that only scores units.

use jiff::{SignedDuration, Timestamp};
use par_survey::round::RoundState;
use par_survey::store::closing::Closing;
use par_survey::store::rounds::NewRound;
use par_survey::store::scores::NewScoring;

use super::*;
use crate::harness::fixture::ROUND;

/// The version before had begun to close it, and what its server holds still waits.
#[rstest]
#[tokio::test]
async fn an_old_round_that_is_closing_is_brought_under_a_seal_and_closed_with_what_still_waits(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let (round, sheets, _, pepper) = old_round(&database, &store, 60, 20).await;
    let form = fixture::form(&store, SIPAS).await;
    let waiting: Vec<Sheet> = (1_000..1_025).map(|seed| fixture::sealed(&form, 0, seed)).collect();
    drop(before::letterbox(&database.letterbox(1), &waiting));
    store.begin_closing(&round, &fixture::BY).await.unwrap();
    let start = async || Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    start().await.stop().await.unwrap();
    assert_eq!(store.instances_not_empty(round.id).await.unwrap(), ["one"], "what is not sealed stays and is waited for");
    let excused = ["one".to_owned()];
    let refused = store.finish_closing(&round, &fixture::giving_up(99, &excused), &fixture::BY).await.unwrap_err().to_string();
    assert!(refused.contains("round `2026` has no seal"), "{refused}");

    assert_eq!(seal(&store, &round, &pepper).await, Ok(BroughtUnderSeal { sheets: 60, remarks: 6, codes: USED }));
    let closing = store.round(ROUND).await.unwrap();
    assert_eq!(closing.state, RoundState::Closing);
    let instance = start().await;
    empty_letterboxes(&store, &closing).await;
    store.finish_closing(&closing, &fixture::closing(&[]), &fixture::BY).await.unwrap();
    instance.stop().await.unwrap();
    let waiting = waiting.iter().map(|sheet| Plain { sheet: sheet.clone(), stratum: None, psu: None, import: None });
    let all: Vec<Plain> = sheets.iter().cloned().chain(waiting).collect();
    assert_eq!(closed(&database, form.id).await, expected(all.iter()));
}

/// Nobody answers in it, so that there is nothing to seal, and no key whose loss would be one.
#[rstest]
#[tokio::test]
async fn an_old_round_that_only_scores_units_wants_no_seal_and_closes_without_a_key(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    let now = Timestamp::now();
    let new = NewRound {
        code: ROUND.to_owned(),
        name_vi: "Chấm điểm năm 2026".to_owned(),
        name_en: "Scores of 2026".to_owned(),
        year: 2026,
        opens_at: now,
        closes_at: now + SignedDuration::from_hours(1),
        offset: jiff::tz::Offset::constant(7),
        synthetic: false,
        questionnaires: Vec::new(),
        scoring: NewScoring::default(),
    };
    store.create_round(new, &fixture::BY).await.unwrap();
    store.open_round(&store.round(ROUND).await.unwrap(), &[], &[], None, &fixture::BY).await.unwrap();
    let round = store.round(ROUND).await.unwrap();
    Before::make(&database, &round).await;
    let refused = store.seal_open_round(&round, &fixture::seal(), None, &fixture::BY).await.unwrap_err().to_string();
    assert!(refused.contains("round `2026` asks nothing"), "{refused}");
    assert_eq!(par_survey::app::sealed(&store).await.unwrap(), [], "a server starts");
    store.begin_closing(&round, &fixture::BY).await.unwrap();
    store.finish_closing(&round, &Closing { excused: &[], key: None, give_up: 0 }, &fixture::BY).await.unwrap();
    assert_eq!(store.round(ROUND).await.unwrap().state, RoundState::Closed);
    let tables = database.tables().await;
    assert!(!tables.iter().any(|table| table.ends_with(&format!("_{}", round.id))), "{tables:?}");
}
