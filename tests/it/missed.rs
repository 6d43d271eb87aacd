//! Questions that were passed over: what is said of them, how often, and how one finds them.

use fantoccini::Locator;
use reqwest::StatusCode;

use super::harness::app::{TestApp, key_of, with_key};
use super::harness::browser::{Browser, Look};
use super::harness::database::Backend;
use super::harness::fixture::{self, SERVICE, SIPAS};

const UNIT: &str = "so-noi-vu";

type Fields = Vec<(String, String)>;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// What a form carries along of its own beside its key.
fn carried(page: &str) -> Fields {
    let hidden = page.split("<input type=\"hidden\" name=\"turn\" value=\"").skip(1);
    hidden.map(|rest| ("turn".to_owned(), rest.split('"').next().unwrap().to_owned())).collect()
}

/// Sends answers from a page as its last button does, and says what comes of it.
async fn send(app: &TestApp, page: &str, answers: &[(&str, &str)], language: &str) -> (StatusCode, String) {
    let sent = with_key(&key_of(page), [carried(page), fields(answers)].concat());
    let response = app.send(&format!("{}?lang={language}", app.form_address(SERVICE, UNIT)), &sent).await;
    (response.status(), response.text().await.unwrap())
}

async fn blank(app: &TestApp) -> String {
    app.client.get(app.form_address(SERVICE, UNIT)).send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn each_missed_question_is_asked_about_once_and_whatever_button_is_pressed_then_sends() {
    let app = TestApp::start(Backend::Sqlite).await;
    // Who has not said whether they were there is not asked what they saw.
    let (status, asked) = send(&app, &blank(&app).await, &[("s4", "1")], "vi").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!asked.contains("href=\"#s1\"") && asked.contains("href=\"#s5\""), "{asked}");
    let (status, _) = send(&app, &asked, &[("s4", "1"), ("s5", "2")], "vi").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "asked once, it is sent by the same button");
    // Now they say so, and are asked further: of that nobody was told yet.
    let (_, asked) = send(&app, &blank(&app).await, &[("s4", "1")], "vi").await;
    let (status, again) = send(&app, &asked, &[("s4", "1"), ("visited", "1")], "vi").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.contains("href=\"#s1\""), "{again}");
    // The other language asks no second time, and still says what is missing.
    let turned = [carried(&again), fields(&[("turn", "language"), ("s4", "1"), ("visited", "1")])].concat();
    let turned = app.send(&format!("{}?lang=en", app.form_address(SERVICE, UNIT)), &with_key(&key_of(&again), turned)).await;
    assert_eq!(turned.status(), StatusCode::OK);
    let turned = turned.text().await.unwrap();
    assert!(turned.contains("have no answer yet") && turned.contains("href=\"#s1\""), "{turned}");
    assert_eq!(send(&app, &turned, &[("s4", "1"), ("visited", "1")], "en").await.0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn missed_questions_are_listed_by_part_with_their_numbers_and_the_title_says_how_many() {
    let app = TestApp::start(Backend::Sqlite).await;
    let answers = [("visited", "2"), ("received", "2"), ("complained", "2"), ("s4", "1"), ("s6", "1")];
    let (_, page) = send(&app, &blank(&app).await, &answers, "vi").await;
    assert!(page.contains("<title>Còn 7 câu chưa trả lời · "), "{page}");
    let notice = page.split("role=\"alert\"").nth(1).unwrap().split("<form").next().unwrap();
    let parts = ["Thông tin về ông/bà", "Thủ tục hành chính", "Công chức trực tiếp giải quyết công việc"];
    assert!(parts.iter().all(|part| notice.contains(part)) && !notice.contains("Kết quả dịch vụ"), "{notice}");
    assert!(!notice.contains("hài lòng thế nào"), "no question is said twice: {notice}");
    // The parts between are not shown, so the numbers go on without them: 6 to 9 and 10 to 12.
    let numbers: Vec<&str> = notice.split("aria-label=\"Câu ").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(numbers, ["1", "2", "7", "9", "10", "11", "12"]);
    // Each is marked where it stands, and leads to the next.
    assert_eq!(page.matches("Chưa trả lời</span>").count(), 7);
    let way: Vec<&str> = page.split("class=\"next\" href=\"#").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(way, ["age", "s5", "s7", "s8", "s9", "s10", "send"]);
}

#[tokio::test]
async fn whatever_is_said_above_a_form_begins_the_title_of_its_window() {
    let app = TestApp::start(Backend::Sqlite).await;
    let (_, page) = send(&app, &blank(&app).await, &[], "vi").await;
    assert!(page.contains("<title>Phiếu còn trống · Phiếu đánh giá dịch vụ hành chính công · "), "{page}");
    let unsigned = app.send(&app.form_address(SERVICE, UNIT), &fields(&[("s4", "1")])).await.text().await.unwrap();
    assert!(unsigned.contains("<title>Xin gửi lại lần nữa · "), "{unsigned}");
}

#[tokio::test]
async fn forty_missed_questions_are_two_screens_and_one_way_through_them() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::start(Look { script: false, ..Look::PHONE }).await);
    browser.open(&app.form_address(SIPAS, UNIT)).await;
    browser.answer(40).await;
    browser.click("Gửi phiếu").await;
    assert!(browser.client.title().await.unwrap().starts_with("Còn 44 câu chưa trả lời · "));
    let height = browser.script("return document.querySelector('.notice').getBoundingClientRect().height").await;
    assert!(height.as_f64().unwrap() < 1_480.0, "{height}");
    let links = browser.client.find_all(Locator::Css(".numbers a")).await.unwrap();
    assert_eq!(links.len(), 44);
    let first = links[0].attr("href").await.unwrap().unwrap().trim_start_matches('#').to_owned();
    browser.press_on(&links[0]).await;
    let top = async |id: &str| {
        browser.script(&format!("return document.getElementById('{id}').getBoundingClientRect().top")).await.as_f64().unwrap()
    };
    assert!((-1.0..100.0).contains(&top(&first).await));
    assert!(browser.is_shown(&format!("#{first} .m")).await);
    browser.choose(&first, "1").await;
    assert!(!browser.is_shown(&format!("#{first} .m")).await, "what has an answer is not marked any more");
    let next = browser.find(&format!("#{first} .next")).await;
    let second = next.attr("href").await.unwrap().unwrap().trim_start_matches('#').to_owned();
    browser.press_on(&next).await;
    assert!((-1.0..100.0).contains(&top(&second).await));
    // Of the others nobody is asked again.
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    app.close().await;
    assert_eq!(app.database.number("SELECT COUNT(*) FROM response").await, 1);
}

#[tokio::test]
async fn a_missed_question_that_is_required_is_asked_about_until_it_is_answered() {
    let database = super::harness::database::TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let text = fixture::definition(SERVICE).text.replace("code = \"s4\"\n", "code = \"s4\"\nrequired = true\n");
    let definition = par_survey::catalogue::definition(std::path::Path::new("service-satisfaction.toml"), text).unwrap();
    fixture::open(&store, fixture::UNITS, &[definition], (-1, 24)).await;
    let app = TestApp::over(database, store).await;
    let (_, asked) = send(&app, &blank(&app).await, &[("s5", "1")], "vi").await;
    let (status, again) = send(&app, &asked, &[("s5", "1")], "vi").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.contains("Câu hỏi này cần trả lời.") && !again.contains("Gửi như hiện có"), "{again}");
    assert_eq!(send(&app, &again, &[("s5", "1"), ("s4", "2")], "vi").await.0, StatusCode::SEE_OTHER);
}
