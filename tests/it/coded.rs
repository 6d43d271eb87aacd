//! Answering with codes: what they open, that each counts once, and that nobody can say afterwards who used which.

pub(crate) mod cost;
mod lease;
mod scope;
mod traces;
mod typed;

use std::net::IpAddr;

use par_survey::directory::Form;
use par_survey::keys::Keys;
use par_survey::office::codes::Order;
use par_survey::store::Store;
use par_survey::survey::code::Code;
use reqwest::{Client, Response, StatusCode};
use rstest::rstest;

use super::harness::app::TestApp;
use super::harness::browser::{Browser, Look};
use super::harness::database::Backend;
use super::harness::fixture::{self, OFFICIALS, ROUND, SIPAS};
use super::harness::patience::until;
use super::harness::steps;

/// Issues codes as the command does, and waits until servers take them.
pub(crate) async fn issue(app: &TestApp, questionnaire: &str, group: &str, unit: Option<&str>, count: usize) -> Vec<Code> {
    let codes = issue_in(&app.store, &app.database.keys(), questionnaire, group, unit, count).await;
    // Servers look every half second, and a busy one later. Asking sooner counts as guessing, so it is not this machine's address that asks.
    let elsewhere = Client::builder().local_address(IpAddr::from([127, 0, 0, 2])).build().unwrap();
    let opening = format!("turn=open&code={}", codes[0].compact());
    for address in &app.addresses {
        let open =
            || elsewhere.post(format!("{address}/c")).header("content-type", "application/x-www-form-urlencoded").body(opening.clone());
        until("the codes are not taken", async || open().send().await.unwrap().status() == StatusCode::OK).await;
    }
    codes
}

/// Issues codes as the command does.
pub(crate) async fn issue_in(store: &Store, keys: &Keys, questionnaire: &str, group: &str, unit: Option<&str>, count: usize) -> Vec<Code> {
    let order = Order { questionnaire, group, unit, count, seed: Some(1) };
    steps::issue(store, keys, ROUND, &order).await
}

async fn send(app: &TestApp, address: &str, code: &Code, turn: &str, answers: &[(String, String)]) -> Response {
    let mut fields = answers.to_vec();
    fields.push(("code".into(), code.grouped()));
    fields.push(("turn".into(), turn.into()));
    app.send(&format!("{address}/c?lang=vi"), &fields).await
}

/// Every item about some units answered by their first option.
pub(crate) fn about(form: &Form, units: &[&str]) -> Vec<(String, String)> {
    let items = || form.questionnaire.items.iter().filter(|item| !item.is_remark());
    units.iter().flat_map(|unit| items().map(move |item| (format!("{unit}:{}", item.code), "1".to_owned()))).collect()
}

/// Stored sheets of a questionnaire: group, unit and answers.
async fn stored(store: &Store, form: &Form) -> Vec<(String, i32, Vec<u8>)> {
    let mut rows = Vec::new();
    let each = |sheet: par_survey::store::responses::StoredSheet| {
        rows.push((sheet.group, sheet.unit, sheet.answers));
        Ok(())
    };
    store.each_sheet::<par_survey::store::StoreError>(form.id, each).await.unwrap();
    rows
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_rates_the_units_of_the_scope_and_no_other(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let form = fixture::form(&app.store, OFFICIALS).await;

    let opened = send(&app, &app.address, &code, "open", &[]).await;
    assert_eq!((opened.status(), opened.headers()["cache-control"].to_str().unwrap()), (StatusCode::OK, "no-store"));
    let page = opened.text().await.unwrap();
    assert!(page.contains("Sở Nội vụ") && page.contains("Sở Y tế") && !page.contains("Phường Chợ Mới"));
    assert!(page.contains(&format!("name=code value={}", code.compact())));

    let other = send(&app, &app.address, &code, "confirm", &about(&form, &["phuong-cho-moi"])).await;
    assert_eq!(other.status(), StatusCode::BAD_REQUEST, "a unit outside the scope is refused, not passed over");

    // Two units rated and one closed; the fourth is left out.
    let mut answers = about(&form, &["so-noi-vu", "so-tu-phap"]);
    answers.push(("so-y-te".into(), "none".into()));
    // To look it over and to change the language send nothing: the same form comes back, with its answers.
    for turn in ["review", "language"] {
        let back = send(&app, &app.address, &code, turn, &answers).await;
        assert_eq!(back.status(), StatusCode::OK);
        let back = back.text().await.unwrap();
        assert_eq!(back.matches(" checked").count(), 2 * 14 + 1, "{turn}");
        assert!(back.contains("id=\"review\"") && back.contains("Đơn vị chưa có câu trả lời nào sẽ được bỏ qua."), "{back}");
    }

    let sent = send(&app, &app.address, &code, "", &answers).await;
    assert_eq!((sent.status(), sent.headers()["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/c/thanks?lang=vi&sent=1"));
    assert_eq!(send(&app, &app.address, &code, "open", &[]).await.status(), StatusCode::OK, "opening tells nobody");
    let spent = send(&app, &app.address, &code, "confirm", &answers).await;
    assert_eq!((spent.status(), spent.headers()["cache-control"].to_str().unwrap()), (StatusCode::GONE, "no-store"));
    let spent = spent.text().await.unwrap();
    for words in [
        "Mã phiếu này đã được dùng",
        "Đã có một phiếu gửi bằng mã phiếu này.",
        "Phiếu này đã được nhận; thay đổi sau khi gửi không được tính.",
    ] {
        assert!(spent.contains(words), "{words}: {spent}");
    }
    assert!(!spent.contains("so-noi-vu") && !spent.contains("Sở Nội vụ"), "nothing of what was answered: {spent}");
    app.close().await;
    let round = app.store.round(ROUND).await.unwrap();
    let rows = stored(&app.store, &form).await;
    let unit = |code: &str| form.unit(code).unwrap().id;
    let answers_of = |wanted: i32| rows.iter().find(|(_, unit, _)| *unit == wanted).map(|(_, _, answers)| answers.clone()).unwrap();
    // One left out and one closed are no ratings; that the code was used is known all the same.
    assert_eq!((rows.len(), rows.iter().all(|(group, ..)| group == "deputies")), (2, true));
    for rated in ["so-noi-vu", "so-tu-phap"] {
        assert!(answers_of(unit(rated)).iter().all(|byte| *byte == 3), "the first option everywhere");
    }
    let counts = app.store.code_counts(&app.store.round(ROUND).await.unwrap()).await.unwrap();
    assert_eq!(counts.iter().map(|count| (count.group.as_str(), count.issued, count.used)).collect::<Vec<_>>(), [("deputies", 1, 1)]);
    let late = async || send(&app, &app.address, &code, "open", &[]).await.status();
    until("the code of a round that is over opens something", async || late().await == StatusCode::UNPROCESSABLE_ENTITY).await;
    assert!(
        app.store.code(round.id, app.database.keys().pepper(ROUND).unwrap().unwrap().code_hash(&code)).await.is_err(),
        "the codes are gone"
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_fifty_requests_use_at_once_on_two_instances_counts_once(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let mut app = TestApp::start(backend).await;
    let second = app.another(2).await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let form = fixture::form(&app.store, OFFICIALS).await;
    let answers = about(&form, &["so-noi-vu", "so-y-te"]);
    let at_once = (0..50).map(|number| send(&app, if number % 2 == 0 { &app.address } else { &second }, &code, "confirm", &answers));
    let statuses: Vec<StatusCode> = futures_util::future::join_all(at_once).await.iter().map(reqwest::Response::status).collect();
    // One of the two takes what comes with codes; the other asks to send again.
    let may_be = [StatusCode::SEE_OTHER, StatusCode::GONE, StatusCode::SERVICE_UNAVAILABLE];
    assert!(statuses.iter().all(|status| may_be.contains(status)), "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == StatusCode::SEE_OTHER).count(), 1, "thanked once: {statuses:?}");
    app.close().await;
    assert_eq!(stored(&app.store, &form).await.len(), 2, "one sheet a rated unit");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_answers_by_invitation_and_the_way_is_told_apart(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let code = issue(&app, SIPAS, "", Some("so-y-te"), 1).await.remove(0);
    let form = fixture::form(&app.store, SIPAS).await;
    let page = send(&app, &app.address, &code, "open", &[]).await.text().await.unwrap();
    assert!(page.contains("Sở Y tế") && page.contains("action=\"/c?lang=vi\""));
    let missed = send(&app, &app.address, &code, "", &[]).await;
    assert_eq!(missed.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missed.text().await.unwrap().contains(&format!("name=code value={}", code.compact())), "the code stays with the form");
    assert_eq!(send(&app, &app.address, &code, "", &fixture::complete(&form, 1)).await.status(), StatusCode::SEE_OTHER);
    app.close().await;
    let rows = stored(&app.store, &form).await;
    assert_eq!(rows.iter().map(|(_, unit, _)| *unit).collect::<Vec<_>>(), [form.unit("so-y-te").unwrap().id]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_code_of_an_open_round_opens_nothing() {
    let app = TestApp::start(Backend::Sqlite).await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let entry = |entry: String| {
        let fields = [("code".to_owned(), entry), ("turn".to_owned(), "open".to_owned())];
        let address = format!("{}/c?lang=en", app.address);
        let app = &app;
        async move { app.send(&address, &fields).await }
    };
    let round = app.store.round(ROUND).await.unwrap().id;
    let forged = Code::drawn(12_345, round).grouped();
    let foreign = Code::drawn(12_345, round + 30).grouped();
    let truncated = code.compact()[..9].to_owned();
    for (sent, says) in
        [(&forged, "opens no form"), (&foreign, "opens no form"), (&truncated, "16 digits; here are 9"), (&String::new(), "opens no form")]
    {
        let response = entry(sent.clone()).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(response.text().await.unwrap().contains(says), "{sent}");
    }
    let open = app.get(&format!("/{ROUND}/{OFFICIALS}/so-noi-vu")).await;
    assert_eq!(open.status(), StatusCode::FORBIDDEN, "without a code there is no such form");
    assert_eq!(app.send(&app.form_address(OFFICIALS, "so-noi-vu"), &[]).await.status(), StatusCode::FORBIDDEN);
    for _ in 0..40 {
        entry(Code::drawn(54_321, round).grouped()).await;
    }
    let guessed = entry(Code::drawn(54_321, round).grouped()).await;
    assert_eq!(guessed.status(), StatusCode::TOO_MANY_REQUESTS, "guessing is told so");
    assert_eq!(entry(code.grouped()).await.status(), StatusCode::OK, "and holds up nobody who has a code");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_chosen_beforehand_and_no_button_answers_a_unit_like_another() {
    let app = TestApp::start(Backend::Sqlite).await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let page = send(&app, &app.address, &code, "open", &[]).await.text().await.unwrap();
    assert!(!page.contains(" checked"));
    let mut turns: Vec<&str> = page.split("name=\"turn\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    turns.sort_unstable();
    turns.dedup();
    assert_eq!(turns, ["language", "review"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_with_another_key_refuses_to_start() {
    let app = TestApp::start(Backend::Sqlite).await;
    issue(&app, OFFICIALS, "deputies", None, 1).await;
    app.database.keys().destroy(ROUND).unwrap();
    app.database.keys().create(ROUND).unwrap();
    let settings = app.settings(2);
    let refused = par_survey::app::build(settings).await.err().unwrap().to_string();
    assert!(refused.contains("2026.pepper is not the secret of the codes of round `2026`"), "{refused}");
}

/// Whoever holds the whole database, with its transaction numbers, finds nothing about a code that changed when it was used, and after closing no
/// code at all.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_used_leaves_no_mark_on_its_row(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let mut app = TestApp::start(backend).await;
    let codes = issue(&app, OFFICIALS, "deputies", None, 25).await;
    let form = fixture::form(&app.store, OFFICIALS).await;
    let round = app.store.round(ROUND).await.unwrap().id;
    let rows = async || app.database.rows(&format!("SELECT hash, scope FROM code_{round} ORDER BY hash")).await;
    let before = rows().await;
    for code in &codes {
        let sent = send(&app, &app.address, code, "confirm", &about(&form, &["so-noi-vu", "so-y-te"])).await;
        assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    }
    app.wait_mixed(80).await;
    assert_eq!(rows().await, before);
    let dump = app.database.everything().await;
    for code in &codes {
        assert!(!dump.contains(&code.compact()) && !dump.contains(&code.grouped()));
    }
    if backend == Backend::Postgres {
        let transactions = format!("SELECT count(DISTINCT CAST(xmin AS text)) FROM code_{round}");
        assert_eq!(app.database.number(&transactions).await, 1, "all rows are as they were issued");
        let shared = format!("SELECT count(*) FROM code_{round} c JOIN open_sheet_{round} s ON c.xmin = s.xmin");
        assert_eq!(app.database.number(&shared).await, 0);
        let shared = format!("SELECT count(*) FROM code_{round} c JOIN mixed_{round} m ON c.xmin = m.xmin");
        assert_eq!(app.database.number(&shared).await, 0);
    }
    // After mixing and on another instance, a retry is still the same sheet.
    let second = app.another(2).await;
    for code in codes.iter().take(3) {
        let again = until_taken(&app, &second, code, &about(&form, &["so-noi-vu", "so-y-te"])).await;
        assert_eq!(again, StatusCode::GONE);
    }
    app.close().await;
    assert!(!app.database.tables().await.contains(&format!("code_{round}")));
    assert_eq!(stored(&app.store, &form).await.len(), 50);
}

/// Sends again, as the page asks to, for as long as the server takes nothing that comes with codes.
pub(crate) async fn until_taken(app: &TestApp, server: &str, code: &Code, answers: &[(String, String)]) -> StatusCode {
    let mut status = StatusCode::SERVICE_UNAVAILABLE;
    until("a server takes nothing that comes with codes", async || {
        status = send(app, server, code, "confirm", answers).await.status();
        status != StatusCode::SERVICE_UNAVAILABLE
    })
    .await;
    status
}

/// A slip's code is scanned: the script posts what stands behind the `#`. Units in any order, one left out, one closed.
#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_scans_a_slip_and_rates_two_units() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::phone().await);
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    browser.open(&format!("{}/c#{}", app.address, code.compact())).await;
    browser.appears("#over").await;
    let address = browser.client.current_url().await.unwrap().to_string();
    assert!(!address.contains(&code.compact()), "the code is gone from the address");
    rate(&browser).await;
    app.close().await;
    assert_eq!(stored(&app.store, &*fixture::form(&app.store, OFFICIALS).await).await.len(), 1, "a closed unit is not rated");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputy_types_a_code_without_javascript() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::start(Look { script: false, ..Look::PHONE }).await);
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    browser.open(&format!("{}/c#{}", app.address, code.compact())).await;
    browser.write("#code", &code.grouped()).await;
    browser.click("Mở phiếu").await;
    browser.appears("#over").await;
    rate(&browser).await;
    app.close().await;
    assert_eq!(stored(&app.store, &*fixture::form(&app.store, OFFICIALS).await).await.len(), 1, "a closed unit is not rated");
}

/// The second unit first, closed; then the first, answered once; the review; sent.
async fn rate(browser: &Browser) {
    assert!(!browser.is_shown("#u0").await && !browser.is_shown("#u1").await, "the overview stands alone");
    browser.press_on(&browser.find("a[href='#u1']").await).await;
    assert!(browser.is_shown("#u1").await && !browser.is_shown("#u0").await && !browser.is_shown("#over").await);
    browser.press_on(&browser.find("#u1 .none").await).await;
    assert!(!browser.is_shown("#u1 .items").await, "a closed unit asks nothing");
    browser.press_on(&browser.find("#u1 a[href='#over']").await).await;
    browser.press_on(&browser.find("a[href='#u0']").await).await;
    browser.press_on(&browser.find("#u0 [type=radio]").await).await;
    browser.press_on(&browser.find("#u0 a[href='#over']").await).await;
    browser.press_on(&browser.find("#over a[href='#review']").await).await;
    let review = browser.text().await;
    assert!(review.contains(" · đang trả lời") && review.contains(" · chưa làm việc cùng"), "{review}");
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
}

/// Another code on the same device sees nothing of a draft, and sending and the button erase it.
#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_that_of_its_code_and_does_not_name_it() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::phone().await);
    let codes = issue(&app, OFFICIALS, "deputies", None, 2).await;
    let (stored, chosen) = ("return JSON.stringify(sessionStorage)", "return document.querySelectorAll('.items :checked').length");
    let open = async |code: &Code| {
        browser.open(&format!("{}/c#{}", app.address, code.compact())).await;
        browser.appears("#over").await;
    };
    let tick = async |css: &str| browser.script(&format!("document.querySelector('{css}').click()")).await;
    open(&codes[0]).await;
    for unit in ["#u0", "#u1"] {
        tick(&format!("{unit} [type=radio]")).await;
    }
    let kept = browser.script(stored).await.to_string();
    assert!(kept.contains("par-survey:") && !kept.contains(&codes[0].compact()) && !kept.contains(&codes[0].grouped()), "{kept}");
    open(&codes[1]).await;
    assert_eq!(browser.script(chosen).await, 0, "another code is another person");
    open(&codes[0]).await;
    assert_eq!(browser.script(chosen).await, 2);
    browser.press_on(&browser.find("[data-is=wipe]").await).await;
    browser.client.accept_alert().await.unwrap();
    assert_eq!((browser.script(stored).await.as_str(), browser.script(chosen).await.as_i64()), (Some("{}"), Some(0)));
    tick("#u0 [type=radio]").await;
    browser.press_on(&browser.find("#over a[href='#review']").await).await;
    browser.click("Gửi phiếu").await;
    assert_eq!(
        (browser.heading().await.as_str(), browser.script(stored).await.as_str()),
        ("Đã nhận phiếu", Some("{\"par-survey:sent\":\"1\"}"))
    );
}
