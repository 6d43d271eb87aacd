//! What was sent and could not be kept comes back as it was, and counts once when it is sent again.

use par_survey::survey::code::Code;
use reqwest::{Response, StatusCode};
use rstest::rstest;
use sea_orm::{ConnectionTrait, TransactionTrait};
use tokio::time::timeout;

use crate::coded::{about, issue, issue_in};
use crate::faults::clients::client;
use crate::harness::app::{TestApp, key_of, with_key};
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS, SIPAS};
use crate::harness::patience::{PATIENCE, until};
use crate::harness::process::Server;

const UNIT: &str = "so-noi-vu";

/// Makes a table unreadable, or readable again.
async fn rename(app: &TestApp, from: &str, to: &str) {
    app.database.raw().await.execute_unprepared(&format!("ALTER TABLE {from} RENAME TO {to}")).await.unwrap();
}

/// What a page would send if its first button were pressed: hidden fields and what is ticked.
pub(crate) fn fields(page: &str) -> Vec<(String, String)> {
    let inputs = page.split("<input ").skip(1).filter_map(|rest| rest.split('>').next());
    let wanted =
        inputs.filter(|input| input.starts_with("type=\"hidden\"") || input.ends_with(" checked") || input.starts_with("type=hidden"));
    let value = |input: &str, name: &str| {
        let rest = input.split_once(&format!("{name}=")).unwrap().1;
        let quoted = rest.strip_prefix('"').map(|rest| rest.split('"').next().unwrap());
        let plain = quoted.unwrap_or_else(|| rest.split(' ').next().unwrap());
        plain.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    };
    wanted.map(|input| (value(input, "name"), value(input, "value"))).collect()
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_was_not_kept_comes_back_and_counts_once_when_it_is_sent_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let key = app.key(SIPAS, UNIT).await;
    let sheet = with_key(&key, fixture::complete(&form, 5));
    rename(&app, "round", "elsewhere").await;
    let withheld = app.send(&app.form_address(SIPAS, UNIT), &sheet).await;
    assert_eq!((withheld.status(), withheld.headers().contains_key("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, true));
    let page = withheld.text().await.unwrap();
    assert!(page.contains("Máy chủ chưa lưu được phiếu") && page.contains("<button form=\"f\">Gửi lại</button>"), "{page}");
    assert_eq!(key_of(&page), key);
    rename(&app, "elsewhere", "round").await;
    let (mut sent, mut back) = (sheet, fields(&page));
    sent.sort();
    back.sort();
    assert_eq!(back, sent);
    for _ in 0..2 {
        assert_eq!(app.send(&app.form_address(SIPAS, UNIT), &back).await.status(), StatusCode::SEE_OTHER);
    }
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 1);
}

/// Items passed over with consent are not asked about again.
#[tokio::test]
async fn the_button_that_sends_again_sends_what_was_confirmed() {
    let app = TestApp::start(Backend::Sqlite).await;
    let key = app.key(SIPAS, UNIT).await;
    rename(&app, "round", "elsewhere").await;
    let sheet = with_key(&key, vec![("q9_1".to_owned(), "1".to_owned()), ("turn".to_owned(), "confirm".to_owned())]);
    let page = app.send(&app.form_address(SIPAS, UNIT), &sheet).await.text().await.unwrap();
    assert!(page.contains("<button form=\"f\" name=\"turn\" value=\"confirm\">Gửi lại</button>"), "{page}");
}

async fn confirm(app: &TestApp, code: &Code, mut answers: Vec<(String, String)>) -> Response {
    answers.extend([("code".to_owned(), code.compact()), ("turn".to_owned(), "confirm".to_owned())]);
    app.send(&format!("{}/c?lang=vi", app.address), &answers).await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn ratings_that_were_not_kept_come_back_and_count_once_when_they_are_sent_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let answers = about(&*fixture::form(&app.store, OFFICIALS).await, &["so-noi-vu", "so-y-te"]);
    rename(&app, "round", "elsewhere").await;
    let withheld = confirm(&app, &code, answers.clone()).await;
    assert_eq!((withheld.status(), withheld.headers().contains_key("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, true));
    let page = withheld.text().await.unwrap();
    assert!(page.contains("<button form=\"f\">Gửi lại</button>"), "{page}");
    rename(&app, "elsewhere", "round").await;
    let back = fields(&page);
    assert_eq!(back.len(), answers.len() + 1, "every answer and the code");
    let again = [back, vec![("turn".to_owned(), "confirm".to_owned())]].concat();
    assert_eq!(app.send(&format!("{}/c?lang=vi", app.address), &again).await.status(), StatusCode::SEE_OTHER);
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 2, "one sheet a rated unit");
}

/// The database refuses at once (SQLite), or does not answer (PostgreSQL, where somebody holds the table).
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn when_a_code_cannot_be_looked_up_everything_sent_with_it_comes_back(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let mut answers = about(&*fixture::form(&app.store, OFFICIALS).await, &["so-noi-vu", "so-y-te"]);
    answers.push(("so-noi-vu:remark".to_owned(), "\"Chậm\" & <lâu>".to_owned()));
    let table = format!("code_{}", app.store.round(fixture::ROUND).await.unwrap().id);
    let raw = app.database.raw().await;
    let held = match backend {
        Backend::Sqlite => {
            rename(&app, &table, "elsewhere").await;
            None
        }
        Backend::Postgres => {
            let held = raw.begin().await.unwrap();
            held.execute_unprepared(&format!("LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")).await.unwrap();
            Some(held)
        }
    };
    // The table is held all the while: whoever waits for it has no answer, however fast the machine is.
    let withheld = timeout(PATIENCE, confirm(&app, &code, answers.clone())).await.expect("an answer while the table is held");
    assert_eq!((withheld.status(), withheld.headers().contains_key("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, true));
    let page = withheld.text().await.unwrap();
    assert!(page.contains("Mọi câu trả lời vẫn còn nguyên") && page.contains(">Gửi lại</button>"), "{page}");
    let opening = app.send(&format!("{}/c?lang=vi", app.address), &[("code".into(), code.compact()), ("turn".into(), "open".into())]).await;
    assert_eq!(opening.status(), StatusCode::SERVICE_UNAVAILABLE);
    let opening = fields(&opening.text().await.unwrap());
    assert_eq!(opening, [("turn".to_owned(), "open".to_owned()), ("code".to_owned(), code.compact())]);
    match held {
        Some(held) => held.rollback().await.unwrap(),
        None => rename(&app, "elsewhere", &table).await,
    }
    let expected = [answers, vec![("turn".to_owned(), "confirm".to_owned()), ("code".to_owned(), code.compact())]].concat();
    assert_eq!(fields(&page), expected, "the same request once more");
    assert_eq!(app.send(&format!("{}/c?lang=vi", app.address), &fields(&page)).await.status(), StatusCode::SEE_OTHER);
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 2);
}

/// Every official would otherwise have it said once more.
#[tokio::test(flavor = "multi_thread")]
async fn that_codes_cannot_be_looked_up_is_logged_once_with_its_cause() {
    let database = TestDatabase::fresh(Backend::Postgres).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let code = issue_in(&store, &database.keys(), OFFICIALS, "deputies", None, 1).await.remove(0);
    let mut server = Server::start(&database, &[], &[]);
    let (client, body) = (client(PATIENCE), format!("turn=open&code={}", code.compact()));
    let open = async || {
        let request = client.post(format!("{}/c", server.address)).header("content-type", "application/x-www-form-urlencoded");
        request.body(body.clone()).send().await.unwrap().status()
    };
    for _ in 0..2 {
        assert_eq!(open().await, StatusCode::OK);
        database.let_in(false);
        for _ in 0..5 {
            assert_eq!(open().await, StatusCode::SERVICE_UNAVAILABLE);
        }
        database.let_in(true);
        until("codes are not looked up again", async || open().await == StatusCode::OK).await;
    }
    server.terminate();
    let log = server.log();
    let told = log.lines().filter(|line| line.contains("codes cannot be looked up"));
    assert_eq!(told.filter(|line| line.contains("is not currently accepting connections")).count(), 2, "once for each time: {log}");
    assert_eq!(log.matches("codes are looked up again").count(), 2, "{log}");
}

/// A slip of the pen in a code that was typed into a page with answers loses none of them.
#[tokio::test]
async fn a_wrong_code_sent_with_answers_comes_back_with_them() {
    let app = TestApp::start(Backend::Sqlite).await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let answers = about(&*fixture::form(&app.store, OFFICIALS).await, &["so-noi-vu"]);
    let mut typed = code.compact();
    typed.truncate(9);
    let wrong = [answers.clone(), vec![("turn".into(), "confirm".into()), ("code".into(), typed.clone())]].concat();
    for turn in 0..40 {
        let response = app.send(&format!("{}/c?lang=vi", app.address), &wrong).await;
        let expected = if turn < 30 { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::TOO_MANY_REQUESTS };
        assert_eq!(response.status(), expected, "{turn}");
        let page = response.text().await.unwrap();
        assert!(page.contains(&format!(" value=\"{typed}\"")));
        assert_eq!(fields(&page), [answers.clone(), vec![("turn".to_owned(), "confirm".to_owned())]].concat());
    }
    assert_eq!(confirm(&app, &code, answers).await.status(), StatusCode::SEE_OTHER, "a right one is taken all the same");
}
