//! What is refused at a desk, as a value that any front end can word.

use jiff::civil::date;
use par_survey::office::desk::{Author, Correcting, Desk, Proof, Refusal, Status, Stopped};
use par_survey::round::steps::{ScorePart, Step};
use par_survey::store::Store;

use super::STEPS;
use super::clerk::Clerk;
use crate::harness::database::Backend;
use crate::harness::fixture;

/// A desk on a day as 2026-11-22.
async fn at(store: &Store, round: &str, day: &str) -> Result<Desk, Stopped> {
    Desk::at(store, round, format!("{day}T05:00:00Z").parse().unwrap()).await
}

fn by() -> Author {
    Author { who: "B".into(), why: String::new() }
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
    assert_eq!(refusal(at(&store, "2027", "2026-11-22").await), Refusal::Draft);
    assert_eq!(refusal(at(&store, "2025", "2026-11-22").await), Refusal::NoScheme);
    assert!(matches!(at(&store, "2028", "2026-11-22").await, Err(Stopped::Store(error)) if error.to_string().contains("no round `2028`")));
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_at_a_desk_is_told_by_name_and_changes_nothing() {
    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let store = clerk.store().await;
    let desk = async || at(&store, "2026", "2026-11-22").await.unwrap();
    let (link, own) = (Proof::Link("https://example.vn"), |text: &str| text.to_owned());
    let proof = async |unit, criterion, proof| refusal(desk().await.add_evidence((unit, criterion), proof, false, &by()).await);
    assert_eq!(proof("phuong-cho-moi", "1-1", link).await, Refusal::Unit(own("phuong-cho-moi")));
    assert_eq!(proof("so-y-te", "1", link).await, Refusal::Criterion { unit: own("so-y-te"), criterion: own("1") });
    assert_eq!(proof("so-y-te", "2-1", link).await, Refusal::Surveyed(own("2-1")));
    assert_eq!(proof("so-y-te", "1-1", Proof::Link("example.vn")).await, Refusal::Link);
    let status = async |unit, status: Status| refusal(desk().await.set_status(unit, &status, false, &by()).await);
    assert_eq!(status("none", Status::New).await, Refusal::Unit(own("none")));
    assert_eq!(status("so-y-te", Status::Merged(vec![own("none")])).await, Refusal::Origin(own("none")));
    assert_eq!(status("so-y-te", Status::Merged(vec![own("so-y-te")])).await, Refusal::OwnOrigin(own("so-y-te")));
    assert_eq!(refusal(desk().await.move_to(Step::Survey, None, &by()).await), Refusal::NoSteps);
    let faults = desk().await.import("unit,criterion,self\nso-y-te,1-1,50\nso-y-te,1,5\n".as_bytes(), false, &by()).await;
    assert!(matches!(&faults, Err(Stopped::Faults(faults)) if faults.shown().len() == 2), "{faults:?}");
    assert!(matches!(desk().await.keep_targets("unit\n".as_bytes(), false, &fixture::may()).await, Err(Stopped::Faults(_))));
    assert!(matches!(desk().await.keep_figures("unit\n".as_bytes(), false, &fixture::may()).await, Err(Stopped::Faults(_))));
    assert_eq!(desk().await.history(None), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_and_publishing_close_a_desk() {
    let clerk = Clerk::with_round(Backend::Sqlite, STEPS).await;
    let store = clerk.store().await;
    let import = async |day| {
        let desk = at(&store, "2026", day).await.unwrap();
        refusal(desk.import("unit,criterion,self\nso-y-te,1-1,5\n".as_bytes(), false, &by()).await)
    };
    let (step, opens, closed) = (Step::SelfScoring, date(2026, 11, 1), date(2099, 1, 1));
    assert_eq!(import("2026-10-31").await, Refusal::Early { step, opens });
    assert_eq!(import("2099-01-02").await, Refusal::Late { step, closed });
    let desk = async || at(&store, "2026", "2026-11-22").await.unwrap();
    let status = desk().await.set_status("so-y-te", &Status::Exempt, false, &by()).await;
    assert_eq!(refusal(status), Refusal::NotOpen { step, part: ScorePart::Status });
    assert_eq!(refusal(desk().await.move_to(Step::Publication, None, &by()).await), Refusal::LastStep);
    assert_eq!(refusal(desk().await.move_to(Step::Council, None, &by()).await), Refusal::Follows { from: step, to: Step::Council });

    let clerk = Clerk::with_round(Backend::Sqlite, "").await;
    let store = clerk.store().await;
    clerk.done(&["round", "close", "2026"]);
    clerk.done(&["round", "publish", "2026", "--as", "Lan", "--missing-as-zero"]);
    let desk = async || at(&store, "2026", "2026-11-22").await.unwrap();
    let status = desk().await.set_status("so-y-te", &Status::Exempt, false, &by()).await;
    assert_eq!(refusal(status), Refusal::Published(Correcting::Sheets));
    let figures = "index,scope,year,value,source\nPAPI,whole,2026,9,b\n";
    assert_eq!(
        refusal(desk().await.keep_figures(figures.as_bytes(), false, &fixture::may()).await),
        Refusal::Published(Correcting::Figures)
    );
    desk().await.keep_figures(figures.as_bytes(), true, &fixture::may()).await.unwrap();
    desk().await.set_status("so-y-te", &Status::Exempt, true, &by()).await.unwrap();
}
