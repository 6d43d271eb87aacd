//! What is not sent yet is kept, and nothing of it is left once it was received: in two browsers, with and without script.

use rstest::rstest;
use serde_json::json;

use super::coded::issue;
use super::harness::app::TestApp;
use super::harness::browser::{Browser, Look};
use super::harness::database::Backend;
use super::harness::firefox::Firefox;
use super::harness::fixture::{OFFICIALS, ROUND, SERVICE, SIPAS};
use super::harness::patience::until;

const UNIT: &str = "so-noi-vu";

/// What of a sheet a page still has: everything that is ticked, written or stored in the tab.
const LEFT: &str = "const ticked = [...document.querySelectorAll(':checked')].map(field => field.name); \
    const written = [...document.querySelectorAll('textarea')].map(field => field.value).filter(Boolean); \
    let stored = []; \
    try { stored = Object.entries(sessionStorage).filter(([name]) => name !== 'par-survey:sent').concat(Object.entries(localStorage)); } \
    catch (nothing) {} \
    return JSON.stringify([ticked, written, stored, document.body.innerText.includes('Bí mật')])";

const NOTHING: &str = "[[],[],[],false]";

const NEED: &str = "[data-is=need]";
const OFF: &str = "[data-is=off]";
const HEADING: &str = "return document.querySelector('h1').innerText";

/// How many sheets count in the end.
async fn counted(app: &TestApp) -> i64 {
    app.close().await;
    app.database.number("SELECT COUNT(*) FROM response").await
}

/// A page of choices and then a form, as people come to it.
async fn at_form(look: Look, mode: &str) -> (TestApp, Browser) {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::start(look).await);
    browser.open(&format!("{}/{ROUND}/{SERVICE}?mode={mode}", app.address)).await;
    browser.click("Sở Nội vụ").await;
    (app, browser)
}

async fn fill(browser: &Browser) {
    browser.answer(usize::MAX).await;
    browser.write("#remark", "Bí mật").await;
}

#[rstest]
#[case::desk("desk", false)]
#[case::desk_kept_whole("desk", true)]
#[case::interview("interview", true)]
#[case::link("link", false)]
#[case::link_kept_whole("link", true)]
#[tokio::test]
async fn nothing_of_a_sheet_is_left_after_it_was_received(#[case] mode: &str, #[case] whole: bool) {
    let (app, browser) = at_form(Look { whole, ..Look::PHONE }, mode).await;
    fill(&browser).await;
    // A page before it in the history, with the same answers.
    browser.click_at("#p2 [name=turn]").await;
    browser.click("Send your response").await;
    assert_eq!(browser.heading().await, "Response received");
    for way in ["reload", "back", "back", "forward", "forward", "back", "reload", "forward", "forward"] {
        browser.history(way).await;
        assert_eq!(browser.script(LEFT).await, NOTHING, "{way}: {}", browser.text().await);
    }
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn without_script_a_form_on_a_shared_device_is_not_shown() {
    let no_script = Look { script: false, whole: true, ..Look::PHONE };
    let (_app, browser) = at_form(no_script, "desk").await;
    assert!(!browser.is_shown("#f").await && browser.is_shown(NEED).await);
    browser.click("Đây là điện thoại của tôi: mở phiếu không cần JavaScript").await;
    assert!(browser.is_shown("#f").await, "on a device of one's own it works");
    let (_app, browser) = at_form(no_script, "interview").await;
    assert!(!browser.is_shown("#f").await && browser.is_shown(NEED).await);
    assert!(
        !browser.text().await.contains("Đây là điện thoại của tôi: mở phiếu không cần JavaScript"),
        "the answers would be those of a link"
    );
}

#[rstest]
#[case(false)]
#[case(true)]
#[tokio::test]
async fn without_script_nothing_is_left_on_a_device_of_ones_own_either(#[case] whole: bool) {
    let (app, browser) = at_form(Look { script: false, whole, ..Look::PHONE }, "link").await;
    fill(&browser).await;
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    for way in ["back", "forward", "back"] {
        browser.history(way).await;
        let left = "return JSON.stringify([document.querySelectorAll(':checked').length, \
            [...document.querySelectorAll('textarea')].map(field => field.value).filter(Boolean)])";
        assert_eq!(browser.script(left).await, "[0,[]]", "{way}");
    }
    assert_eq!(counted(&app).await, 1);
}

/// What is ticked, in order.
async fn ticked(browser: &Browser) -> u64 {
    browser.script("return document.querySelectorAll('[type=radio]:checked').length").await.as_u64().unwrap()
}

#[tokio::test]
async fn a_form_that_is_loaded_anew_or_left_has_its_answers_until_they_are_sent_or_cleared() {
    let (app, browser) = at_form(Look::PHONE, "link").await;
    assert!(browser.text().await.contains("Câu trả lời được giữ trong thẻ trình duyệt này cho đến khi gửi."));
    browser.answer(6).await;
    browser.write("#remark", "Nhanh").await;
    for way in ["reload", "back", "forward", "reload"] {
        browser.history(way).await;
        if way != "back" {
            assert_eq!((ticked(&browser).await, browser.written("#remark").await), (6, "Nhanh".to_owned()), "{way}");
        }
    }
    // What comes back from the server is no page of the history.
    browser.click("Gửi phiếu").await;
    assert!(browser.text().await.contains("chưa trả lời"));
    browser.history("reload").await;
    assert_eq!(ticked(&browser).await, 6);
    browser.click("Gửi phiếu").await;
    browser.click("Gửi như hiện có").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    browser.history("back").await;
    assert_eq!(browser.heading().await, "Chọn đơn vị");
    browser.click("Sở Nội vụ").await;
    browser.answer(3).await;
    browser.press_on(&browser.find("[data-is=wipe]").await).await;
    browser.client.accept_alert().await.unwrap();
    assert_eq!(browser.script(LEFT).await, NOTHING);
    browser.history("reload").await;
    assert_eq!(ticked(&browser).await, 0);
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn on_a_shared_device_no_draft_is_kept() {
    let (_app, browser) = at_form(Look::PHONE, "desk").await;
    browser.answer(6).await;
    assert_eq!(browser.script("return sessionStorage.length + localStorage.length").await, 0);
    browser.history("reload").await;
    assert_eq!(ticked(&browser).await, 0);
}

#[rstest]
#[case("link")]
#[case("interview")]
#[tokio::test]
async fn what_is_sent_without_a_network_stays_and_goes_by_itself_when_there_is_one(#[case] mode: &str) {
    let (app, browser) = at_form(Look::PHONE, mode).await;
    fill(&browser).await;
    browser.network(false).await;
    browser.press_on(&browser.find("#send").await).await;
    until("nothing is said of the network", async || browser.is_shown(OFF).await).await;
    assert!(browser.text().await.contains("Chưa rõ phiếu đã gửi được chưa"));
    assert_eq!(browser.written("#remark").await, "Bí mật");
    browser.network(true).await;
    until("it is not sent by itself", async || browser.script(HEADING).await == "Đã nhận phiếu").await;
    assert_eq!(browser.script(LEFT).await, NOTHING);
    assert_eq!(counted(&app).await, 1);
}

/// Whoever goes on answering has not sent what is not whole.
#[tokio::test]
async fn what_waits_for_a_network_is_not_sent_once_it_is_changed() {
    let (app, browser) = at_form(Look::PHONE, "link").await;
    fill(&browser).await;
    browser.network(false).await;
    browser.press_on(&browser.find("#send").await).await;
    until("nothing is said of the network", async || browser.is_shown(OFF).await).await;
    browser.choose("visited", "2").await;
    assert!(!browser.is_shown(OFF).await);
    browser.network(true).await;
    browser.script("dispatchEvent(new Event('online'))").await;
    assert_eq!(browser.script(HEADING).await, "Phiếu đánh giá dịch vụ hành chính công");
    browser.click("Gửi phiếu").await;
    assert_eq!(counted(&app).await, 1);
}

/// A page that is none of ours, or says something else than what became of the sheet, does not take its place.
#[rstest]
#[case("link")]
#[case("desk")]
#[tokio::test]
async fn a_page_that_says_nothing_of_the_sheet_does_not_take_its_place(#[case] mode: &str) {
    let (app, browser) = at_form(Look::PHONE, mode).await;
    fill(&browser).await;
    let elsewhere = "window.real = XMLHttpRequest.prototype.open; \
        XMLHttpRequest.prototype.open = function (method) { return real.call(this, method, '/nothing/at/all'); }";
    browser.script(elsewhere).await;
    browser.press_on(&browser.find("#send").await).await;
    until("nothing is said of it", async || browser.is_shown(OFF).await).await;
    assert_eq!((ticked(&browser).await > 10, browser.written("#remark").await), (true, "Bí mật".to_owned()));
    browser.script("XMLHttpRequest.prototype.open = window.real").await;
    browser.press_on(&browser.find("[data-is=now]").await).await;
    until("it is not sent", async || browser.script(HEADING).await == "Đã nhận phiếu").await;
    assert_eq!(counted(&app).await, 1);
}

/// Somebody leaves without sending: the next person finds a blank form.
#[rstest]
#[case("desk")]
#[case("interview")]
#[tokio::test]
async fn on_a_shared_device_what_is_left_unsent_is_gone(#[case] mode: &str) {
    let (_app, browser) = at_form(Look { whole: true, ..Look::PHONE }, mode).await;
    fill(&browser).await;
    browser.click_at("#p2 [name=turn]").await;
    browser.press_on(&browser.find("header a.asks, header a").await).await;
    until("the first page does not come", async || browser.script(HEADING).await == "Open questionnaires").await;
    for way in ["back", "reload", "back", "forward"] {
        browser.history(way).await;
        assert_eq!(browser.script(LEFT).await, NOTHING, "{way}");
    }
}

/// The line breaks when the sheet is through: what was received is said when it comes again, and counts once.
#[tokio::test]
async fn a_sheet_whose_receipt_was_lost_is_sent_again_and_counts_once() {
    let (app, browser) = at_form(Look::PHONE, "link").await;
    fill(&browser).await;
    // The page that says so is asked for in vain.
    browser.command("Network.enable", &json!({})).await;
    browser.command("Network.setBlockedURLs", &json!({ "urls": ["*/thanks*"] })).await;
    browser.press_on(&browser.find("#send").await).await;
    until("nothing is said of the network", async || browser.is_shown(OFF).await).await;
    // Somebody who does not trust it loads the page again.
    browser.history("reload").await;
    browser.command("Network.setBlockedURLs", &json!({ "urls": [] })).await;
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.heading().await, "Phiếu này đã được nhận");
    assert_eq!(browser.script(LEFT).await, NOTHING);
    assert_eq!(counted(&app).await, 1);
}

/// A form about units that was opened with a code.
async fn at_units(look: Look) -> (TestApp, Browser) {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::start(look).await);
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    browser.open(&format!("{}/c", app.address)).await;
    browser.write("#code", &code.grouped()).await;
    browser.click("Mở phiếu").await;
    (app, browser)
}

async fn go(browser: &Browser, place: &str) {
    browser.press_on(&browser.find(&format!("a[href='#{place}']")).await).await;
}

#[rstest]
#[case(true)]
#[case(false)]
#[tokio::test]
async fn the_review_is_a_place_of_the_form_and_marks_what_has_no_answer(#[case] script: bool) {
    let (app, browser) = at_units(Look { script, ..Look::PHONE }).await;
    go(&browser, "u0").await;
    browser.answer(13).await;
    browser.history("back").await;
    go(&browser, "review").await;
    assert!(browser.is_shown("#review").await && !browser.is_shown("#over").await);
    let standing = async |place: usize| browser.find(&format!("#review a[href='#m{place}']")).await.text().await.unwrap();
    assert!(standing(0).await.ends_with(" · đang trả lời") && standing(1).await.ends_with(" · chưa trả lời"));
    go(&browser, "m0").await;
    assert!(browser.is_shown("#u0").await && !browser.is_shown("#review").await);
    let marks = "return [...document.querySelectorAll('#u0 legend')].map(legend => getComputedStyle(legend, '::after').content)";
    let marks = browser.script(marks).await;
    assert_eq!(marks.as_array().unwrap().iter().filter(|mark| mark.as_str().unwrap().contains("Chưa trả lời")).count(), 1);
    browser.history("back").await;
    assert!(browser.is_shown("#review").await, "back goes on in the same form");
    assert_eq!(ticked(&browser).await, 13);
    browser.click_at("#review button.primary").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    assert_eq!(counted(&app).await, 1);
}

#[tokio::test]
async fn a_form_about_units_that_is_loaded_anew_has_its_answers() {
    let (app, browser) = at_units(Look { whole: true, ..Look::PHONE }).await;
    go(&browser, "u0").await;
    browser.answer(14).await;
    browser.write("#u0 textarea", "Bí mật").await;
    // The browser asks whether to send the code again, which sends no answer.
    browser.history("reload").await;
    assert_eq!((ticked(&browser).await, browser.written("#u0 textarea").await), (14, "Bí mật".to_owned()));
    // Enter looks over what would be sent.
    browser.find("#u0 [type=radio]").await.send_keys("\u{E007}").await.unwrap();
    until("the review does not come", async || browser.is_shown("#review").await).await;
    browser.click_at("#review [name=turn], header [value=language]").await;
    assert_eq!((ticked(&browser).await, browser.heading().await), (14, "Rating of administrative reform in departments".to_owned()));
    go(&browser, "review").await;
    browser.click("Send your response").await;
    assert_eq!(browser.heading().await, "Response received");
    for way in ["back", "back", "back", "forward", "forward"] {
        browser.history(way).await;
        assert_eq!(browser.script(LEFT).await, NOTHING, "{way}: {}", browser.text().await);
    }
    assert_eq!(counted(&app).await, 1);
}

/// The same in Firefox, which keeps pages, fields and closed tabs in its own ways.
#[rstest]
#[case("desk")]
#[case("link")]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_sheet_is_left_in_firefox(#[case] mode: &str) {
    let app = TestApp::start(Backend::Sqlite).await;
    let mut firefox = Firefox::start();
    let fill = "document.querySelectorAll('fieldset').forEach(question => question.querySelector('input').click()); \
        const remark = document.getElementById('remark'); remark.value = 'Bí mật'; \
        remark.dispatchEvent(new Event('input', { bubbles: true }));";
    firefox.open(&format!("{}/{ROUND}/{SIPAS}?mode={mode}", app.address));
    firefox.open(&format!("{}?mode={mode}", app.form_address(SIPAS, UNIT)));
    firefox.script(fill);
    if mode == "link" {
        firefox.ask("WebDriver:Refresh", &json!({}));
        assert!(firefox.script("return document.querySelectorAll(':checked').length").as_u64().unwrap() > 20);
        assert_eq!(firefox.script("return document.getElementById('remark').value"), "Bí mật");
    }
    // In between somebody changes the language, goes to a question by its link, and is asked about one that was missed.
    firefox.script("document.querySelector('#p2 [name=turn]').click()");
    until("the language does not change", async || firefox.script("return document.documentElement.lang") == "en").await;
    firefox.script("document.querySelector('#p1 [name=turn]').click()");
    until("the language does not change", async || firefox.script("return document.documentElement.lang") == "vi").await;
    firefox.script(
        "location.hash = 'q5_1'; document.querySelector('[name=q5_1]:checked').checked = false; document.getElementById('send').click()",
    );
    until("nothing is missed", async || firefox.script("return document.querySelectorAll('.numbers a').length") == 1).await;
    firefox.script("document.querySelector('.numbers a').click(); document.querySelector('.notice [value=confirm]').click()");
    until("it is not received", async || firefox.script(HEADING) == "Đã nhận phiếu").await;
    firefox.reopen_tab();
    let there = firefox.script("return location.href");
    assert!(there.as_str().unwrap().contains("/thanks?"), "{there}");
    assert_eq!(firefox.script(LEFT), NOTHING, "a closed tab that is opened again");
    for way in ["Refresh", "Back", "Refresh", "Back", "Refresh", "Back", "Refresh", "Forward", "Refresh", "Forward", "Back"] {
        firefox.ask(&format!("WebDriver:{way}"), &json!({}));
        assert_eq!(firefox.script(LEFT), NOTHING, "{way} {}", firefox.script("return location.href"));
    }
    assert_eq!(counted(&app).await, 1);
}
