//! What is left of sheets that came with codes: no order, no two that belong together, no byte in the letterbox.

use std::collections::HashSet;

use futures_util::future::join_all;
use par_survey::deposit::Deposited;
use par_survey::deposit::{AcceptedSheet, MixingCell};
use par_survey::directory::Form;
use par_survey::keys::Pepper;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use par_survey::survey::code::Code;
use par_survey::survey::mode::Mode;
use reqwest::StatusCode;
use rstest::rstest;

use super::{issue, issue_in, send};
use crate::closing::{SHEETS, numbered, scattered};
use crate::harness::app::TestApp;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS, ROUND};
use crate::harness::midst;
use crate::keeping::readable;

/// What a deputy rates in the rounds of the tests.
const UNITS: [&str; 4] = ["so-noi-vu", "so-y-te", "so-tu-phap", "thanh-tra"];

/// Where the number of a sheet stands in its packed answers: all items have four options.
const DIGITS: usize = 0;

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn after_closing_no_order_of_the_database_follows_the_order_in_which_codes_were_used(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let codes = issue_in(&store, &database.keys(), OFFICIALS, "deputies", None, SHEETS / UNITS.len()).await;
    let (form, pepper) = (fixture::form(&store, OFFICIALS).await, database.keys().pepper(ROUND).unwrap().unwrap());
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    let respondents: Vec<(usize, &Code)> = codes.iter().enumerate().collect();
    for batch in respondents.chunks(125) {
        let sent = batch.iter().map(|(place, code)| instance.deposit(rated(&form, &pepper, code, *place)));
        assert!(join_all(sent).await.iter().all(|outcome| matches!(outcome, Ok(Deposited::Received))));
    }
    fixture::close(&store).await;
    for order in scattered(&database, DIGITS).await {
        // By chance three of 20,000 stand behind a sheet of the same respondent, and twenty-five once in 10^14 times.
        let together = order.windows(2).filter(|pair| pair[0] / UNITS.len() == pair[1] / UNITS.len()).count();
        assert!(together < 25, "{together} sheets stand beside one of the same respondent");
    }
}

/// The sheets of the respondent who came at some place, each with its own place in its answers.
fn rated(form: &Form, pepper: &Pepper, code: &Code, respondent: usize) -> Vec<AcceptedSheet> {
    let answers = vec![3; form.codebook.width()];
    let sheet = |(place, unit): (usize, &&str)| {
        let unit = form.unit(unit).unwrap().id;
        AcceptedSheet {
            key: pepper.sheet_key(code, unit),
            cell: MixingCell { questionnaire: form.id, unit, group: "deputies".to_owned() },
            mode: Mode::Code,
            answers: numbered(answers.clone(), DIGITS, respondent * UNITS.len() + place),
            remarks: Vec::new(),
        }
    };
    UNITS.iter().enumerate().map(sheet).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_with_codes_is_nowhere_in_the_letterbox_once_it_was_mixed() {
    let app = TestApp::start(Backend::Sqlite).await;
    let codes = issue(&app, OFFICIALS, "deputies", None, 25).await;
    let form = fixture::form(&app.store, OFFICIALS).await;
    let round = app.store.round(ROUND).await.unwrap();
    let (kept, never) = (sheets(&app, &form, &codes), codes_and_hashes(&app, round.id, &codes).await);
    let readable = |planted: &HashSet<Vec<u8>>| readable(&app.database, planted);
    let mut seen = false;
    for (respondent, code) in codes.iter().enumerate() {
        let sent = send(&app, &app.address, code, "confirm", &answers(&form, respondent)).await;
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);
        // Twenty of a unit are mixed; until then they wait.
        if respondent == 5 {
            let [answers, keys] = kept.each_ref().map(readable);
            assert_eq!(answers, 0, "answers are sealed before they are written");
            seen = keys > 0;
            assert!(never.iter().all(|planted| readable(planted) == 0), "a letterbox knows no code");
        }
    }
    assert!(seen, "before mixing their keys are there, or this test looks in the wrong place");
    midst::emptied(&app.store, &round).await;
    assert_eq!(kept.iter().chain(&never).map(readable).collect::<Vec<_>>(), [0; 5]);
}

/// Other answers for every respondent and unit.
fn seed(respondent: usize, place: usize) -> usize {
    respondent * UNITS.len() + place
}

/// What one respondent sends.
fn answers(form: &Form, respondent: usize) -> Vec<(String, String)> {
    let about = |(place, unit): (usize, &&str)| {
        let answers = fixture::complete(form, seed(respondent, place)).into_iter();
        answers.map(|(item, option)| (format!("{unit}:{item}"), option)).collect::<Vec<_>>()
    };
    UNITS.iter().enumerate().flat_map(about).collect()
}

/// What the letterbox keeps while sheets wait: their packed answers and their keys.
fn sheets(app: &TestApp, form: &Form, codes: &[Code]) -> [HashSet<Vec<u8>>; 2] {
    let pepper = app.database.keys().pepper(ROUND).unwrap().unwrap();
    let (mut answers, mut keys) = (HashSet::new(), HashSet::new());
    for (respondent, code) in codes.iter().enumerate() {
        for (place, unit) in UNITS.iter().enumerate() {
            answers.insert(fixture::sealed(form, 0, seed(respondent, place)).answers);
            keys.insert(pepper.sheet_key(code, form.unit(unit).unwrap().id).bytes().to_vec());
        }
    }
    assert!(answers.len() > 75 && keys.len() == 100, "the sheets differ");
    [answers, keys]
}

/// What only the respondent and the main database have: codes as they are typed and as they are hashed, and their hashes.
async fn codes_and_hashes(app: &TestApp, round: i32, codes: &[Code]) -> [HashSet<Vec<u8>>; 3] {
    let short = codes.iter().flat_map(|code| [code.compact().into_bytes(), code.bytes().to_vec()]).collect();
    let grouped = codes.iter().map(|code| code.grouped().into_bytes()).collect();
    let hashes = app.database.rows(&format!("SELECT hash FROM code_{round}")).await;
    [short, grouped, hashes.iter().map(|row| hex::decode(&row[0]).unwrap()).collect()]
}
