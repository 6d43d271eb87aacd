//! The demonstration, as everybody sees it who tries the program: what it loses, in numbers that `src/MANUAL.md` states, and that it tells nothing.

use par_survey::demo::{self, Demo, PUBLISHED};
use par_survey::publication;
use par_survey::scheme::{self, Scheme};
use par_survey::scoring::thresholds::Thresholds;
use par_survey::store::Store;
use rstest::rstest;

use super::Loss;
use crate::attacker::solver::{Document, Sizes, Told, told};

/// What it loses with 20,000 respondents, as many as it has unless told otherwise.
pub(super) const LOST: &str = "\
about respondents: 0 0 27
criteria: 792 0 0
factors and contents: 11 0 418
groups: 3570 0 0
indices: 1 0 38
modes: 5 0 190
numbers of sheets and answers: 200 198 4103
options: 2086 0 12996
points: 1 0 269
values of items: 39 0 1482
who did not answer: 237 0 10314
all: 6942 198 29837
";

#[rstest]
#[case::few(1_200, None)]
#[case::as_it_is(20_000, Some(LOST))]
#[tokio::test(flavor = "multi_thread")]
async fn the_demonstration_tells_nothing_and_loses_what_is_known(#[case] respondents: u64, #[case] lost: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo { listen: "127.0.0.1:0".into(), respondents, seed: 1 };
    drop(demo::build(&demo, folder.path()).await.unwrap());
    let store = Store::create(&format!("sqlite://{}", folder.path().join("demo.db").display())).await.unwrap();
    let snapshot = store.snapshot(store.round(PUBLISHED).await.unwrap().id).await.unwrap().unwrap();
    let (published, opened) = (publication::read(&snapshot).unwrap(), publication::opened(&store, PUBLISHED).await.unwrap());
    let schemes: Vec<Scheme> = published.schemes.iter().map(|scheme| scheme::kept::read(&scheme.definition).unwrap()).collect();
    let ranking = serde_json::to_value(published.ranking.as_ref().unwrap()).unwrap();
    let mut loss = Loss::default();
    for asked in &published.questionnaires {
        let form = opened.form(&asked.results.questionnaire).unwrap();
        let questionnaire = &form.questionnaire;
        loss.of(questionnaire, &asked.results);
        let tally = publication::tally(&store, form, Thresholds::of(questionnaire.least_sheets)).await.unwrap();
        let units: Vec<(String, u32)> = form.units.iter().map(|row| (row.unit.code.to_string(), row.id.try_into().unwrap())).collect();
        let results = &serde_json::to_value(&asked.results).unwrap();
        let document = Document { format: published.format, ranking: Some((&schemes, &ranking)), ..Document::of(questionnaire, results) };
        let told = told(document, &Sizes::of(questionnaire, &units, &tally)).unwrap();
        assert_eq!(told, Told::default(), "{}", questionnaire.id);
    }
    if let Some(lost) = lost {
        assert_eq!(loss.lines(), lost);
    }
}
