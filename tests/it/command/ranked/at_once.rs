//! Several people at the sheets of one round: nobody writes over what they have not read, and nothing is published that has changed meanwhile.

use futures_util::future::join_all;
use jiff::Timestamp;
use par_survey::clock;
use par_survey::office::Stopped;
use par_survey::office::actor::{Actor, Right};
use par_survey::office::desk::{Author, DeclaredStatus, Desk, Entered, Proof};
use par_survey::publication::{Prepared, Publishing, prepare};
use par_survey::refusal::Refusal;
use par_survey::round::RoundState;
use par_survey::round::steps::Step;
use par_survey::store::scores::FileKind;
use par_survey::store::{Store, StoreError};
use rstest::rstest;
use sea_orm::{ConnectionTrait, TransactionTrait};

use super::STEPS;
use super::clerk::Clerk;
use crate::harness::database::Backend;
use crate::harness::fixture;
use crate::harness::patience::until;
use crate::harness::steps::office;

const UNIT: &str = "so-y-te";
const KEPT: [FileKind; 2] = [FileKind::Targets, FileKind::Figures];

fn author<R: Right>() -> Author<R> {
    Author { may: Actor::operator("B").unwrap().may(clock::now()), why: String::new() }
}

/// A desk on a day of November 2026.
async fn desk(store: &Store) -> Desk {
    Desk::at(&office(store), "2026", "2026-11-22T05:00:00Z".parse::<Timestamp>().unwrap()).await.unwrap()
}

/// What can be done at a desk, each time with another number, so that it is never the same again.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Import,
    Status,
    Evidence,
    Targets,
    Figures,
    Step(Step),
}

impl Deed {
    /// Those that a round without steps knows.
    const ENTRIES: [Self; 5] = [Self::Import, Self::Status, Self::Evidence, Self::Targets, Self::Figures];

    async fn done(self, desk: Desk, number: usize) -> Result<(), Stopped> {
        let by = author();
        match self {
            Self::Import => {
                let file = format!("unit,criterion,self\n{UNIT},1-1,{number}\n");
                desk.import(file.as_bytes(), false, &by).await.map(drop)
            }
            Self::Status => desk.set_status(UNIT, &DeclaredStatus::Exempt, false, &by).await.map(drop),
            Self::Evidence => desk.add_evidence((UNIT, "1-1"), Proof::Explanation(&number.to_string()), false, &by).await.map(drop),
            Self::Targets => {
                let head = "plan,year,index,scope,target_type,target_value,source";
                desk.keep_targets(format!("{head}\n87/KH,2026,PAR,whole,rank_at_most,{number},a\n").as_bytes(), false, &fixture::may())
                    .await
                    .map(drop)
            }
            Self::Figures => {
                let head = "index,scope,year,value,source";
                desk.keep_figures(format!("{head}\nPAPI,whole,2026,{number},b\n").as_bytes(), false, &fixture::may()).await.map(drop)
            }
            Self::Step(to) => desk.move_to(to, None, &author()).await,
        }
    }
}

/// All that is kept of a round.
async fn kept(store: &Store) -> (Vec<Entered>, Vec<Option<String>>, Option<Step>) {
    let desk = desk(store).await;
    let files = join_all(KEPT.map(|kind| store.kept_file(desk.round().id, kind))).await;
    (desk.history(None), files.into_iter().map(Result::unwrap).collect(), desk.scoring().step)
}

/// Nothing is done at a desk that was read before something else was done.
async fn refuse_overtaken(store: &Store, deed: Deed, before: Desk, number: usize) {
    let there = kept(store).await;
    let done = deed.done(before, number).await;
    assert!(matches!(done, Err(Stopped::Refused(Refusal::Changed { .. }))), "{deed:?}: {done:?}");
    assert_eq!(kept(store).await, there, "{deed:?}");
}

#[rstest]
#[case(Backend::Sqlite)]
#[case(Backend::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_writes_after_somebody_else_is_told_and_changes_nothing(#[case] backend: Backend) {
    let clerk = Clerk::with_round(backend, "").await;
    let store = clerk.store().await;
    for (number, meanwhile) in Deed::ENTRIES.into_iter().enumerate() {
        for (other, deed) in Deed::ENTRIES.into_iter().enumerate() {
            let before = desk(&store).await;
            let number = 1 + number * 5 + other;
            meanwhile.done(desk(&store).await, number).await.unwrap();
            refuse_overtaken(&store, deed, before, number + 1).await;
        }
    }
}

#[rstest]
#[case(Backend::Sqlite)]
#[case(Backend::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn who_read_a_round_before_its_step_or_state_changed_changes_nothing(#[case] backend: Backend) {
    let clerk = Clerk::with_round(backend, STEPS).await;
    let store = clerk.store().await;
    for (from, to) in [(Deed::Evidence, Step::Survey), (Deed::Step(Step::Appraisal), Step::Appraisal), (Deed::Targets, Step::Explanation)] {
        let before = desk(&store).await;
        Deed::Step(to).done(desk(&store).await, 0).await.unwrap();
        refuse_overtaken(&store, from, before, 1).await;
    }
    let clerk = Clerk::with_round(backend, "").await;
    let store = clerk.store().await;
    clerk.done(&["round", "close", "2026"]);
    let before = join_all(Deed::ENTRIES.map(|_| desk(&store))).await;
    clerk.done(&["round", "publish", "2026", "--as", "Lan", "--missing-as-zero"]);
    for (deed, before) in Deed::ENTRIES.into_iter().zip(before) {
        refuse_overtaken(&store, deed, before, 1).await;
    }
}

/// Each adds to what stands there: whoever had read less than that would take something away.
#[rstest]
#[case(Backend::Sqlite)]
#[case(Backend::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_add_evidence_at_once_nobody_takes_a_line_away(#[case] backend: Backend) {
    let clerk = Clerk::with_round(backend, "").await;
    let store = clerk.store().await;
    let add = |person: usize| {
        let store = store.clone();
        tokio::spawn(async move {
            let mut overtaken = 0;
            for line in 0..6 {
                while let Err(stopped) = Deed::Evidence.done(desk(&store).await, person * 100 + line).await {
                    assert!(matches!(stopped, Stopped::Refused(Refusal::Changed { .. })), "{stopped:?}");
                    overtaken += 1;
                }
            }
            overtaken
        })
    };
    let overtaken: i32 = join_all((1..=6).map(add)).await.into_iter().map(Result::unwrap).sum();
    let history = desk(&store).await.history(Some(UNIT));
    let lines = history.last().unwrap().to.lines().count();
    assert_eq!((history.len(), lines), (36, 36));
    assert!(overtaken > 0, "they came one after another");
}

async fn prepared(store: &Store, correction: Option<&str>) -> Prepared {
    prepare(store, "2026", Publishing { missing_as_zero: true, correction }, &|_| {}).await.unwrap()
}

#[rstest]
#[case(Backend::Sqlite)]
#[case(Backend::Postgres)]
#[tokio::test(flavor = "multi_thread")]
async fn what_comes_in_between_reading_and_freezing_stops_a_publication(#[case] backend: Backend) {
    let clerk = Clerk::with_round(backend, "").await;
    let store = clerk.store().await;
    clerk.done(&["round", "close", "2026"]);
    let id = store.round("2026").await.unwrap().id;
    for deed in Deed::ENTRIES {
        let prepared = prepared(&store, None).await;
        deed.done(desk(&store).await, 1).await.unwrap();
        let refused = prepared.freeze(&store, &fixture::BY).await.unwrap_err();
        assert!(matches!(&refused, StoreError::Refused(Refusal::Changed { round }) if round == "2026"), "{deed:?}: {refused}");
        let state = store.round("2026").await.unwrap().state;
        assert_eq!((state, store.snapshot(id).await.unwrap()), (RoundState::Closed, None), "{deed:?}");
    }
    let snapshot = prepared(&store, None).await.freeze(&store, &fixture::BY).await.unwrap();
    // Targets of a published round are corrected, and its correction is stopped by others.
    let correction = prepared(&store, Some("sai")).await;
    clerk.desk.file("figures.csv", "index,scope,year,value,source\nPAPI,whole,2026,9,b\n");
    clerk.signed(&["scores", "figures", "2026", "figures.csv", "--correction"]);
    assert!(matches!(correction.freeze(&store, &fixture::BY).await, Err(StoreError::Refused(Refusal::Changed { .. }))));
    assert_eq!(store.snapshot(id).await.unwrap(), Some(snapshot));
}

/// Readers are held up right after they have seen the round, and only then somebody writes.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_seen_of_a_round_is_older_than_all_that_was_read_of_it() {
    let clerk = Clerk::with_round(Backend::Postgres, "").await;
    let (store, database) = (clerk.store().await, clerk.database.as_ref().unwrap());
    clerk.done(&["round", "close", "2026"]);
    let way = database.raw().await.begin().await.unwrap();
    way.execute_unprepared("LOCK TABLE round_scheme, planned_step IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let (one, other) = (store.clone(), store.clone());
    let (reading, preparing) = (tokio::spawn(async move { desk(&one).await }), tokio::spawn(async move { prepared(&other, None).await }));
    let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("not both wait", async || database.number(waiting).await == 2).await;
    let columns = "round_id, unit_id, leaf, part, words, who, why, entered_on";
    let entry = "id, (SELECT min(id) FROM unit), '1-1', 'self', '1', 'A', '', '2026-11-22'";
    database.rows(&format!("INSERT INTO score_entry ({columns}) SELECT {entry} FROM round WHERE code = '2026'")).await;
    way.rollback().await.unwrap();
    let done = Deed::Import.done(reading.await.unwrap(), 2).await;
    assert!(matches!(done, Err(Stopped::Refused(Refusal::Changed { .. }))), "{done:?}");
    assert!(matches!(preparing.await.unwrap().freeze(&store, &fixture::BY).await, Err(StoreError::Refused(Refusal::Changed { .. }))));
}

/// Half an hour before midnight in London it is the day after in Vietnam.
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_bears_the_day_that_it_is_where_the_round_is() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let store = clerk.store().await;
    let late = Desk::at(&office(&store), "2026", "2026-11-22T23:30:00Z".parse().unwrap()).await.unwrap();
    Deed::Import.done(late, 1).await.unwrap();
    assert_eq!(desk(&store).await.history(None)[0].on, "2026-11-23");
}
