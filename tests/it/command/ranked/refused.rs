//! What is refused at a desk, as a value that any front end can word.

use std::collections::BTreeSet;

use par_survey::clock;
use par_survey::keys::Keys;
use par_survey::meter::UNHEARD;
use par_survey::office::Stopped;
use par_survey::office::actor::{Actor, Right};
use par_survey::office::desk::{Author, DeclaredStatus, Desk, Proof};
use par_survey::office::extending::extend;
use par_survey::office::publishing::publish;
use par_survey::office::scope::Scope;
use par_survey::office::{rounds, servers};
use par_survey::publication::Publishing;
use par_survey::refusal::{Correcting, Refusal};
use par_survey::round::steps::{ScorePart, Step};
use par_survey::store::Store;

use super::STEPS;
use super::clerk::Clerk;
use crate::harness::database::Backend;
use crate::harness::fixture;
use crate::harness::steps::office;

/// A desk on a day as 2026-11-22.
async fn at(store: &Store, round: &str, day: &str) -> Result<Desk, Stopped> {
    Desk::at(&office(store), round, format!("{day}T05:00:00Z").parse().unwrap()).await
}

fn by<R: Right>() -> Author<R> {
    Author { may: Actor::operator("B").unwrap().may(clock::now()), why: String::new() }
}

#[track_caller]
fn refusal<T>(done: Result<T, Stopped>) -> Refusal {
    match done {
        Err(Stopped::Refused(refusal)) => refusal,
        Err(other) => panic!("stopped, but not refused: {other:?}"),
        Ok(_) => panic!("done"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_no_desk_for_a_draft_or_a_round_that_is_not_scored() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let store = clerk.store().await;
    let draft = std::fs::read_to_string(clerk.desk.path("round.toml")).unwrap().replace("\"2026\"", "\"2027\"");
    clerk.desk.file("draft.toml", draft);
    clerk.done(&["round", "create", "draft.toml"]);
    assert_eq!(refusal(at(&store, "2027", "2026-11-22").await), Refusal::ScoresOfDraft { round: "2027".into() });
    assert_eq!(refusal(at(&store, "2025", "2026-11-22").await), Refusal::NoScheme { round: "2025".into() });
    assert_eq!(refusal(at(&store, "2028", "2026-11-22").await), Refusal::NoRound { round: "2028".into() });
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_at_a_desk_is_told_by_name_and_changes_nothing() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let store = clerk.store().await;
    let desk = async || at(&store, "2026", "2026-11-22").await.unwrap();
    let (link, own) = (Proof::Link("https://example.vn"), |text: &str| text.to_owned());
    let (round, outside) = (|| own("2026"), None);
    let proof = async |unit, criterion, proof| refusal(desk().await.add_evidence((unit, criterion), proof, false, &by()).await);
    assert_eq!(proof("phuong-cho-moi", "1-1", link).await, Refusal::UnitNotScored { round: round(), unit: own("phuong-cho-moi") });
    assert_eq!(proof("so-y-te", "1", link).await, Refusal::NoCriterion { round: round(), unit: own("so-y-te"), criterion: own("1") });
    assert_eq!(proof("so-y-te", "2-1", link).await, Refusal::Surveyed { criterion: own("2-1") });
    assert_eq!(proof("so-y-te", "1-1", Proof::Link("example.vn")).await, Refusal::LinkNotWhole);
    let status = async |unit, status: DeclaredStatus| refusal(desk().await.set_status(unit, &status, false, &by()).await);
    assert_eq!(status("none", DeclaredStatus::New).await, Refusal::UnitNotScored { round: round(), unit: own("none") });
    assert_eq!(status("so-y-te", DeclaredStatus::Merged(vec![own("none")])).await, Refusal::NoUnit { unit: own("none"), outside });
    assert_eq!(status("so-y-te", DeclaredStatus::Merged(vec![own("so-y-te")])).await, Refusal::OwnOrigin { unit: own("so-y-te") });
    assert_eq!(refusal(desk().await.move_to(Step::Survey, None, &by()).await), Refusal::NoSteps { round: round() });
    let faults = desk().await.import("unit,criterion,self\nso-y-te,1-1,50\nso-y-te,1,5\n".as_bytes(), false, &by()).await;
    assert!(matches!(&faults, Err(Stopped::Faults(faults)) if faults.shown().len() == 2), "{faults:?}");
    assert!(matches!(desk().await.keep_targets("unit\n".as_bytes(), false, &fixture::may()).await, Err(Stopped::Faults(_))));
    assert!(matches!(desk().await.keep_figures("unit\n".as_bytes(), false, &fixture::may()).await, Err(Stopped::Faults(_))));
    assert_eq!(desk().await.history(None), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_for_some_units_only_changes_nothing_of_others_nor_of_the_whole_round() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let store = clerk.store().await;
    let office = office(&store);
    let scope = Scope { units: Some(BTreeSet::from(["so-y-te".to_owned()])), rounds: None };
    let unit_officer = Actor::operator("B").unwrap().within(scope);
    let by = || Author { may: unit_officer.may(clock::now()), why: String::new() };
    let own = |text: &str| text.to_owned();
    let desk = async || at(&store, "2026", "2026-11-22").await.unwrap();
    let not_for = |unit: &str| Refusal::RightNotForUnit { round: own("2026"), unit: own(unit) };
    let not_for_round = || Refusal::RightNotForRound { round: own("2026") };
    let both = "unit,criterion,self\nso-y-te,1-1,5\nso-noi-vu,1-1,5\n";
    assert_eq!(refusal(desk().await.import(both.as_bytes(), false, &by()).await), not_for("so-noi-vu"));
    assert_eq!(refusal(desk().await.set_status("so-noi-vu", &DeclaredStatus::Exempt, false, &by()).await), not_for("so-noi-vu"));
    let folder = clerk.desk.path("evidence");
    let proof = Proof::File { file: &clerk.desk.path("units.csv"), folder: &folder };
    assert_eq!(refusal(desk().await.add_evidence(("so-noi-vu", "1-1"), proof, false, &by()).await), not_for("so-noi-vu"));
    assert!(!folder.exists(), "no file is kept");
    let figures = "index,scope,year,value,source\nPAPI,whole,2026,9,b\n";
    let kept = desk().await.keep_figures(figures.as_bytes(), false, &unit_officer.may(clock::now())).await;
    assert_eq!(refusal(kept), not_for_round());
    let round = rounds::find(&office, "2026").await.unwrap();
    let later = round.closes_at + jiff::SignedDuration::from_hours(24);
    assert_eq!(refusal(extend(&office, &round, later, &unit_officer.may(clock::now())).await), not_for_round());
    let (keys, may) = (Keys::new(clerk.desk.path("keys")), unit_officer.may(clock::now()));
    let published = publish(&office, &keys, "2026", Publishing::default(), &may, UNHEARD).await;
    assert_eq!(refusal(published), not_for_round());
    let forgotten = servers::forget(&office, "one", true, &unit_officer.may(clock::now())).await;
    assert_eq!(refusal(forgotten), Refusal::RightNotForAll);
    assert_eq!(desk().await.history(None), []);
    let one = "unit,criterion,self\nso-y-te,1-1,5\n";
    assert_eq!(desk().await.import(one.as_bytes(), false, &by()).await.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_and_publishing_close_a_desk() {
    let clerk = Clerk::with_round(Backend::Sqlite, STEPS).await;
    let store = clerk.store().await;
    let import = async |day| {
        let desk = at(&store, "2026", day).await.unwrap();
        refusal(desk.import("unit,criterion,self\nso-y-te,1-1,5\n".as_bytes(), false, &by()).await)
    };
    let (step, round) = (Step::SelfScoring, || "2026".to_owned());
    assert_eq!(import("2026-10-31").await, Refusal::StepEarly { round: round(), step, first_day: "2026-11-01".into() });
    assert_eq!(import("2099-01-02").await, Refusal::StepLate { round: round(), step, last_day: "2099-01-01".into() });
    let desk = async || at(&store, "2026", "2026-11-22").await.unwrap();
    let status = desk().await.set_status("so-y-te", &DeclaredStatus::Exempt, false, &by()).await;
    let open_steps = ScorePart::Status.steps();
    assert_eq!(refusal(status), Refusal::PartNotOpen { step, part: ScorePart::Status, open_steps });
    assert_eq!(refusal(desk().await.move_to(Step::Publication, None, &by()).await), Refusal::LastStep { round: round() });
    let moved = refusal(desk().await.move_to(Step::Council, None, &by()).await);
    let possible_steps = step.next().to_vec();
    assert_eq!(moved, Refusal::StepFollows { round: round(), step, next_step: Step::Council, possible_steps });

    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let store = clerk.store().await;
    clerk.done(&["round", "close", "2026"]);
    clerk.done(&["round", "publish", "2026", "--as", "Lan", "--missing-as-zero"]);
    let desk = async || at(&store, "2026", "2026-11-22").await.unwrap();
    let status = desk().await.set_status("so-y-te", &DeclaredStatus::Exempt, false, &by()).await;
    assert_eq!(refusal(status), Refusal::ScoresPublished { round: round(), correcting: Correcting::Sheets });
    let figures = "index,scope,year,value,source\nPAPI,whole,2026,9,b\n";
    assert_eq!(
        refusal(desk().await.keep_figures(figures.as_bytes(), false, &fixture::may()).await),
        Refusal::ScoresPublished { round: round(), correcting: Correcting::Figures }
    );
    desk().await.keep_figures(figures.as_bytes(), true, &fixture::may()).await.unwrap();
    desk().await.set_status("so-y-te", &DeclaredStatus::Exempt, true, &by()).await.unwrap();
}
