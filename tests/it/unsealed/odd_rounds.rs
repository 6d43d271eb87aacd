//! Old rounds that are not just open: one that is closing already, and one that only scores units.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use par_survey::catalogue::{self, Catalogue};
use par_survey::import::round_file::Described;
use par_survey::import::units;
use par_survey::office::closing::How;
use par_survey::round::RoundState;

use super::*;
use crate::harness::fixture::ROUND;
use crate::harness::steps::office;

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
    let waiting: Vec<AcceptedSheet> = (1_000..1_025).map(|seed| fixture::sealed(&form, 0, seed)).collect();
    drop(before::letterbox(&database.letterbox(1), &waiting));
    midst::begun(&store, &round).await;
    let start = async || Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    start().await.stop().await.unwrap();
    assert_eq!(store.instances_not_empty(round.id).await.unwrap(), ["one"], "what is not sealed stays and is waited for");
    let excused = ["one".to_owned()];
    let refused = steps::close(&store, fixture::ROUND, &fixture::giving_up(99, &excused)).await.unwrap_err().to_string();
    assert!(refused.contains("round `2026` has no seal"), "{refused}");

    assert_eq!(seal(&store, &round, &pepper).await, Ok(BroughtUnderSeal { sheets: 60, remarks: 6, codes: USED }));
    let closing = store.round(ROUND).await.unwrap();
    assert_eq!(closing.state, RoundState::Closing);
    let instance = start().await;
    midst::emptied(&store, &closing).await;
    fixture::close(&store).await;
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
    store.save_units(&units::read(fixture::UNITS.as_bytes(), &[]).unwrap(), "", &fixture::BY).await.unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("survey-definitions/provincial-departments.scheme.toml");
    let scheme = catalogue::scheme(&file, std::fs::read_to_string(&file).unwrap()).unwrap();
    let (now, schemes) = (Timestamp::now(), steps::scored([scheme.scheme.id.as_str()]));
    let window = [now, now + SignedDuration::from_hours(1)];
    steps::create(&store, &Described { schemes, ..steps::described(ROUND, 2026, window) }).await;
    let round = steps::open(&store, ROUND, &Catalogue { schemes: vec![scheme], ..Catalogue::default() }, None).await;
    Before::make(&database, &round).await;
    let refused = store.seal_open_round(&round, &fixture::seal(), None, &fixture::BY).await.unwrap_err().to_string();
    assert!(refused.contains("round `2026` asks nothing"), "{refused}");
    assert_eq!(par_survey::office::sealing::of_open_rounds(&office(&store)).await.unwrap(), [], "a server starts");
    steps::close(&store, ROUND, &How { key: None, ..fixture::how() }).await.unwrap();
    assert_eq!(store.round(ROUND).await.unwrap().state, RoundState::Closed);
    let tables = database.tables().await;
    assert!(!tables.iter().any(|table| table.ends_with(&format!("_{}", round.id))), "{tables:?}");
}
