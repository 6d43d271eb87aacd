//! What people do with the form, in a real browser of 360 pixels.

use fantoccini::key::Key;

use super::harness::app::TestApp;
use super::harness::browser::{Browser, Look};
use super::harness::database::Backend;
use super::harness::fixture::{ROUND, SERVICE, SIPAS};
use super::harness::wire::line;

const UNIT: &str = "so-noi-vu";

/// A server, a phone, and a form open on it.
async fn at_form(questionnaire: &str, language: &str, look: Look) -> (TestApp, Browser) {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::start(look).await);
    browser.open(&format!("{}?lang={language}", app.form_address(questionnaire, UNIT))).await;
    (app, browser)
}

/// How many sheets count in the end.
async fn counted(app: &TestApp) -> i64 {
    app.close().await;
    app.database.number("SELECT COUNT(*) FROM response").await
}

#[tokio::test]
async fn somebody_finds_the_unit_and_answers_the_whole_form_in_vietnamese() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::phone().await);
    browser.open(&app.address).await;
    browser.click("Phiếu khảo sát sự hài lòng của người dân").await;
    browser.click("Sở Nội vụ").await;
    browser.answer(usize::MAX).await;
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn somebody_finds_the_unit_and_answers_in_english() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::phone().await);
    browser.open(&app.address).await;
    browser.click("English").await;
    browser.click("Your opinion of a public service").await;
    browser.click("Department of Health").await;
    browser.answer(usize::MAX).await;
    browser.click("Send your response").await;
    assert_eq!(browser.heading().await, "Response received");
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn switching_the_language_half_way_keeps_answers_and_place() {
    let (app, browser) = at_form(SERVICE, "vi", Look::PHONE).await;
    browser.answer(7).await;
    browser.write("#remark", "Cảm ơn").await;
    browser.click_at("#p2 [name=turn]").await;
    assert_eq!(browser.heading().await, "Your opinion of a public service");
    let top = browser.script("return Math.abs(document.querySelector('#p2').getBoundingClientRect().top)").await;
    assert!(top.as_f64().unwrap() < 100.0, "the part is {top} pixels from where it was");
    assert!(browser.is_chosen("visited", "1").await);
    assert_eq!(browser.find("#remark").await.prop("value").await.unwrap().unwrap(), "Cảm ơn");
    browser.answer(usize::MAX).await;
    browser.click("Send your response").await;
    assert_eq!(browser.heading().await, "Response received");
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn without_javascript_everything_works() {
    let (app, browser) = at_form(SERVICE, "vi", Look { script: false, ..Look::PHONE }).await;
    browser.open("data:text/html,<title>none</title><script>document.title='runs'</script>").await;
    assert_eq!(browser.client.title().await.unwrap(), "none");
    browser.open(&app.form_address(SERVICE, UNIT)).await;
    browser.answer(4).await;
    browser.click_at("#p2 [name=turn]").await;
    browser.click("Send your response").await;
    browser.click("Send as it is").await;
    assert_eq!(browser.heading().await, "Response received");
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn somebody_who_missed_a_question_is_led_to_it_and_sends_again() {
    let (app, browser) = at_form(SERVICE, "vi", Look::PHONE).await;
    browser.answer(usize::MAX).await;
    // A choice cannot be taken back, so the question is missed by hiding it while the others are answered.
    browser.script("document.querySelector('[name=s3]:checked').checked = false").await;
    browser.click("Gửi phiếu").await;
    assert!(browser.text().await.contains("Còn 1 câu chưa trả lời"));
    let link = browser.find(".notice li a").await;
    assert_eq!(link.attr("href").await.unwrap().unwrap(), "#s3");
    browser.press_on(&link).await;
    let top = browser.script("return document.querySelector('#s3').getBoundingClientRect().top").await;
    assert!((-1.0..400.0).contains(&top.as_f64().unwrap()), "the question is {top} pixels below the top of the screen");
    assert!(browser.is_chosen("s4", "1").await, "the other answers are kept");
    browser.choose("s3", "5").await;
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn a_sheet_with_gaps_is_sent_as_it_is() {
    let (app, browser) = at_form(SIPAS, "vi", Look::PHONE).await;
    // Five things about the respondent, which alone would be no sheet, and three answers.
    browser.answer(8).await;
    browser.click("Gửi phiếu").await;
    browser.click("Gửi như hiện có").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn a_second_person_on_the_same_phone_gets_a_blank_form_that_counts() {
    let (app, browser) = at_form(SERVICE, "vi", Look::PHONE).await;
    browser.answer(usize::MAX).await;
    browser.click("Gửi phiếu").await;
    browser.click("Phiếu cho người khác").await;
    assert!(!browser.is_chosen("visited", "1").await, "nothing of the first person's is left");
    browser.answer(usize::MAX).await;
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    assert_eq!(counted(&app).await, 2);
}

/// Answers what has the focus, and says whether that was the button that sends.
async fn answer_focused(browser: &Browser) -> bool {
    let focused = browser.client.active_element().await.unwrap();
    if focused.attr("type").await.unwrap().as_deref() == Some("radio") {
        let ring = "return getComputedStyle(document.activeElement.closest('label')).outlineWidth";
        assert_eq!(browser.script(ring).await, "3px", "what has the focus is marked");
        browser.press(' ').await;
    }
    focused.attr("class").await.unwrap().as_deref() == Some("primary")
}

#[tokio::test]
async fn the_keyboard_alone_is_enough_and_enter_never_switches_the_language() {
    let (app, browser) = at_form(SERVICE, "vi", Look::PHONE).await;
    for _ in 0..100 {
        browser.press(Key::Tab.into()).await;
        if answer_focused(&browser).await {
            break;
        }
    }
    let choice = browser.find("[name=visited]").await;
    choice.send_keys(&Key::Enter.to_string()).await.unwrap();
    browser.until_gone(&choice).await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn a_unit_is_found_with_and_without_accents() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::phone().await);
    for wanted in ["Chợ Mới", "cho moi", "CHO MOI", "chợ mới"] {
        browser.open(&format!("{}/{ROUND}/{SIPAS}", app.address)).await;
        browser.write("[name=q]", wanted).await;
        browser.click("Tìm").await;
        let text = browser.text().await;
        assert!(text.contains("Phường Chợ Mới") && !text.contains("Sở Nội vụ"), "“{wanted}” finds:\n{text}");
    }
}

#[tokio::test]
async fn a_part_is_shown_when_the_answer_it_depends_on_is_given() {
    let (_app, browser) = at_form(SERVICE, "vi", Look::PHONE).await;
    assert!(!browser.is_shown("#s11").await);
    browser.choose("received", "1").await;
    assert!(browser.is_shown("#s11").await);
    browser.choose("received", "2").await;
    assert!(!browser.is_shown("#s11").await);
    assert!(!browser.is_shown("section .if").await, "the line for old browsers is not needed");
}

#[tokio::test]
async fn the_form_is_one_request_and_a_visit_is_three() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::phone().await);
    let (address, passed) = line(&app.address).await;
    browser.open(&format!("{address}/{ROUND}/{SIPAS}/{UNIT}")).await;
    browser.answer(usize::MAX).await;
    assert_eq!(passed.requests(), 1, "the form asks for nothing more");
    // A browser without a screen never asks for an icon; others do unless the page brings it.
    assert!(browser.find("link[rel=icon]").await.attr("href").await.unwrap().unwrap().starts_with("data:"));
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    assert_eq!(passed.requests(), 3, "the form, the sheet, the thanks");
    assert!(passed.bytes() <= 30 * 1024, "the visit took {} bytes", passed.bytes());
}
