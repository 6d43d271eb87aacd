//! Where one is: numbers that count what is shown, the time that it takes, the other language on every page, and what was sent.

use std::path::Path;

use fantoccini::Locator;
use fantoccini::key::Key;
use par_survey::catalogue;
use reqwest::header::HeaderMap;
use rstest::rstest;

use super::coded::issue;
use super::harness::app::{TestApp, key_of, with_key};
use super::harness::browser::{Browser, Look};
use super::harness::database::{Backend, TestDatabase};
use super::harness::fixture::{self, OFFICIALS, ROUND, SERVICE, SIPAS};

const UNIT: &str = "so-noi-vu";

async fn at_form(questionnaire: &str, look: Look) -> (TestApp, Browser) {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::start(look).await);
    browser.open(&app.form_address(questionnaire, UNIT)).await;
    (app, browser)
}

/// What "Câu … · Phần …" says beside each question, in order.
fn places(spoken: &str) -> Vec<String> {
    let found = spoken.lines().filter_map(|line| line.strip_prefix("Câu ")?.split_once(" · Phần "));
    found.map(|(question, part)| format!("{question} {part}")).collect()
}

#[rstest]
#[case(true)]
#[case(false)]
#[tokio::test]
async fn questions_and_parts_count_what_is_shown(#[case] script: bool) {
    let (_app, browser) = at_form(SERVICE, Look { script, ..Look::PHONE }).await;
    let said = places(&browser.spoken().await);
    // Two about oneself, three that lead on, seven that are always asked; parts 1, 2, 4, 5 and 8 of the definition.
    assert_eq!(
        (said.len(), &*said[0], &*said[2], &*said[5], &*said[11]),
        (12, "1/12 1/5", "3/12 2/5", "6/12 3/5", "12/12 4/5"),
        "{said:?}"
    );
    browser.choose("received", "1").await;
    let said = places(&browser.spoken().await);
    assert_eq!((said.len(), &*said[0], &*said[12], &*said[14]), (15, "1/15 1/6", "13/15 5/6", "15/15 5/6"), "{said:?}");
    for question in ["visited", "complained"] {
        browser.choose(question, "1").await;
    }
    assert_eq!(places(&browser.spoken().await).last().unwrap(), "21/21 7/8");
}

#[tokio::test]
async fn where_one_is_stays_in_sight_and_covers_nothing_that_has_the_focus() {
    let (_app, browser) = at_form(SIPAS, Look::PHONE).await;
    let bar = "getComputedStyle(document.getElementById('q5_1'), '::before')";
    assert_eq!(browser.script(&format!("return {bar}.position + {bar}.top")).await, "sticky0px");
    // Wherever one has scrolled between the first question and the last, the top of the screen is inside a question or under a heading.
    let bare = "const bare = [], form = document.getElementById('f').getBoundingClientRect(), last = document.getElementById('remark').getBoundingClientRect(); \
        for (let y = form.top + scrollY + 200; y < last.top + scrollY - 800; y += 90) { scrollTo(0, y); \
        const at = document.elementFromPoint(180, 12); if (!at.closest('fieldset, section > .row, h2') && at.tagName !== 'SECTION') bare.push(y + at.outerHTML.slice(0, 160)); } return bare";
    assert_eq!(browser.script(bare).await, serde_json::json!([]));
    browser.script("const all = document.querySelectorAll('[type=radio]'); all[all.length - 1].focus()").await;
    for _ in 0..12 {
        browser.back_tab().await;
        let seen = "const it = document.activeElement, box = it.getBoundingClientRect(), at = document.elementFromPoint(box.x + box.width / 2, box.y + 2); \
            return it === at || it.contains(at) || !!at.closest('label')?.contains(it)";
        assert_eq!(browser.script(seen).await, true, "{}", browser.script("return document.activeElement.outerHTML").await);
    }
}

#[tokio::test]
async fn large_text_on_a_small_screen_is_not_covered_by_where_one_is() {
    let (_app, browser) = at_form(SIPAS, Look { text: 250, ..Look::PHONE }).await;
    assert_eq!(browser.script("return getComputedStyle(document.getElementById('q5_1'), '::before').position").await, "static");
}

#[tokio::test]
async fn how_many_questions_there_are_and_how_long_they_take_is_said_before_the_first() {
    let app = TestApp::start(Backend::Sqlite).await;
    for (questionnaire, vi, en) in [
        (SIPAS, "84 câu hỏi, mất khoảng 15 phút.", "84 questions, about 15 min."),
        (SERVICE, "Nhiều nhất 21 câu hỏi, mất khoảng 5 phút.", "At most 21 questions, about 5 min."),
    ] {
        for (language, says) in [("vi", vi), ("en", en)] {
            let page = app
                .client
                .get(format!("{}?lang={language}", app.form_address(questionnaire, UNIT)))
                .send()
                .await
                .unwrap()
                .text()
                .await
                .unwrap();
            assert!(page.split("<fieldset").next().unwrap().contains(says), "{says}");
        }
    }
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let fields = [("code".to_owned(), code.grouped()), ("turn".to_owned(), "open".to_owned())];
    let page = app.send(&format!("{}/c", app.address), &fields).await.text().await.unwrap();
    assert!(
        page.split("<fieldset").next().unwrap().contains("4 đơn vị, mỗi đơn vị 14 câu hỏi; mất khoảng 8 phút nếu đánh giá hết."),
        "{page}"
    );
}

/// A remark that says what it is for, in a definition of its own.
#[tokio::test]
async fn a_remark_has_the_help_of_its_definition_and_asks_to_name_nobody() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let text = fixture::definition(SERVICE).text.replace("Ví dụ: điều ông/bà thấy tốt, điều cần sửa.", "Xin viết về lần đến gần nhất.");
    let definition = catalogue::definition(Path::new("service-satisfaction.toml"), text).unwrap();
    fixture::open(&store, fixture::UNITS, &[definition], (-1, 24)).await;
    let app = TestApp::over(database, store).await;
    let page = app.client.get(app.form_address(SERVICE, UNIT)).send().await.unwrap().text().await.unwrap();
    let help = page.split("id=\"remark-help\">").nth(1).unwrap().split("</p>").next().unwrap();
    assert!(help.starts_with("Xin viết về lần đến gần nhất. Không bắt buộc.") && help.contains("điều gì cho biết ông/bà là ai"), "{help}");
}

/// Pages with an address, of an open round and of one that is over, and what the heading of each is in English.
const PAGES: [(&str, &str); 13] = [
    ("/", "Open questionnaires"),
    ("/about", "How your answers are kept"),
    ("/c", "Enter your code"),
    ("/c/thanks?sent=1", "Response received"),
    ("/c/thanks", "This page sends nothing"),
    ("/2026/sipas-2026", "Choose a unit"),
    ("/2026/sipas-2026/xa-cho-cu", "The unit was merged"),
    ("/2026/sipas-2026/nowhere", "No such unit"),
    ("/2026/par-officials-departments/so-noi-vu", "This form needs a code"),
    ("/2026/sipas-2026/so-noi-vu/thanks?sent=1&mode=desk", "Response received"),
    ("/2026/sipas-2026/so-noi-vu/thanks?sent=1&again=1", "This response was already received"),
    ("/results/2026", "Results are not published yet"),
    ("/nowhere/at/all/there", "Page not found"),
];

/// Presses what leads to the other language and is in sight at once, and says what is then the heading in it.
async fn switched(browser: &Browser) -> String {
    let switch = browser.find("header [lang=en]").await;
    let bottom = browser.script("return document.querySelector('header [lang=en]').getBoundingClientRect().bottom").await;
    assert!(bottom.as_f64().unwrap() < 200.0, "{bottom}");
    browser.press_on(&switch).await;
    browser.appears("html[lang=en] h1, #other:target h2").await;
    let english = browser.find("html[lang=en] h1, #other:target h2").await;
    let top = browser.script("return document.querySelector('html[lang=en] h1, #other:target h2').getBoundingClientRect().top").await;
    assert!((-1.0..600.0).contains(&top.as_f64().unwrap()), "{top}");
    english.text().await.unwrap()
}

#[tokio::test]
async fn on_every_page_the_other_language_is_in_the_first_screen_and_says_the_same() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::start(Look { script: false, ..Look::PHONE }).await);
    for (page, english) in PAGES {
        // As a browser comes there after sending.
        browser.open(&app.address).await;
        browser.follow(page).await;
        assert_eq!(switched(&browser).await, english, "{page}");
    }
    // A form goes along with what is filled in.
    browser.open(&app.form_address(SERVICE, UNIT)).await;
    browser.choose("visited", "2").await;
    assert_eq!(switched(&browser).await, "Your opinion of a public service");
    assert!(browser.is_chosen("visited", "2").await);
    // Pages that come of sending.
    browser.open(&app.form_address(SERVICE, UNIT)).await;
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.find(".notice h2").await.text().await.unwrap(), "Phiếu còn trống");
    assert_eq!(switched(&browser).await, "Your opinion of a public service");
    browser.open(&app.form_address(SERVICE, UNIT)).await;
    browser.script("const choice = document.querySelector('[type=radio]'); choice.value = '77'; choice.checked = true").await;
    browser.click("Gửi phiếu").await;
    assert_eq!(switched(&browser).await, "Your response was not accepted");
    browser.open(&format!("{}/c", app.address)).await;
    browser.write("#code", "7").await;
    browser.click("Mở phiếu").await;
    browser.find("[role=alert]").await;
    assert_eq!(switched(&browser).await, "Enter your code");
    assert_eq!(browser.find("#code").await.prop("value").await.unwrap().unwrap(), "7");
    // What came too late.
    browser.open(&app.form_address(SERVICE, UNIT)).await;
    browser.answer(7).await;
    app.close().await;
    browser.click("Gửi phiếu").await;
    if !browser.client.find_all(Locator::Css(".notice")).await.unwrap().is_empty() {
        browser.click("Gửi như hiện có").await;
    }
    assert_eq!(switched(&browser).await, "The survey has closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_codes_have_the_other_language_in_the_first_screen() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::start(Look { script: false, ..Look::PHONE }).await);
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let enter = async || {
        browser.open(&format!("{}/c", app.address)).await;
        browser.write("#code", &code.grouped()).await;
        browser.click("Mở phiếu").await;
        browser.appears("#over").await;
    };
    enter().await;
    browser.press_on(&browser.find("a[href='#u1']").await).await;
    browser.press_on(&browser.find("#u1 [type=radio]").await).await;
    // In a unit it stays there.
    browser.press_on(&browser.find("#u1 [name=turn]").await).await;
    browser.appears("html[lang=en] #u1").await;
    assert!(browser.is_shown("#u1").await && !browser.is_shown("#over").await);
    enter().await;
    assert_eq!(switched(&browser).await, "Rating of administrative reform in departments");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_said_to_be_answered_once_it_is_whole() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::start(Look { script: false, ..Look::PHONE }).await);
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    browser.open(&format!("{}/c", app.address)).await;
    browser.write("#code", &code.grouped()).await;
    browser.click("Mở phiếu").await;
    browser.appears("#over").await;
    let listed = async |unit: usize| browser.find(&format!("#over a[href='#u{unit}']")).await.text().await.unwrap();
    let go = async |there: &str| browser.press_on(&browser.find(&format!("a[href='#{there}']")).await).await;
    let back = async |unit: usize| browser.press_on(&browser.find(&format!("#u{unit} a[href='#over']")).await).await;
    assert!(listed(0).await.ends_with(" · chưa trả lời"), "{}", listed(0).await);
    go("u0").await;
    assert!(browser.spoken().await.contains("Câu 1/14 · Đơn vị 1/4"));
    browser.press_on(&browser.find("#u0 [type=radio]").await).await;
    back(0).await;
    assert!(listed(0).await.ends_with(" · đang trả lời"), "{}", listed(0).await);
    go("u0").await;
    browser.answer(usize::MAX).await;
    back(0).await;
    assert!(listed(0).await.ends_with(" · đã trả lời"), "{}", listed(0).await);
    go("u1").await;
    browser.press_on(&browser.find("#u1 .none").await).await;
    back(1).await;
    assert!(listed(1).await.ends_with(" · chưa làm việc cùng") && listed(2).await.ends_with(" · chưa trả lời"), "{}", listed(1).await);
}

/// Thanks are said to whoever was led there by the server, and to nobody who typed, kept or was sent the address.
#[tokio::test]
async fn thanks_that_are_opened_without_sending_say_that_nothing_was_sent() {
    let app = TestApp::start(Backend::Sqlite).await;
    let form = fixture::form(&app.store, SERVICE).await;
    let sent = with_key(&app.key(SERVICE, UNIT).await, fixture::complete(&form, 1));
    let response = app.send(&app.form_address(SERVICE, UNIT), &sent).await;
    let there = response.headers()["location"].to_str().unwrap().to_owned();
    let thanks = format!("/{ROUND}/{SERVICE}/{UNIT}/thanks");
    let open = async |path: &str, site: Option<&'static str>| {
        let headers: HeaderMap = site.map(|site| ("sec-fetch-site".parse().unwrap(), site.parse().unwrap())).into_iter().collect();
        app.client.get(format!("{}{path}", app.address)).headers(headers).send().await.unwrap()
    };
    for (path, site, received) in [
        (&*there, Some("same-origin"), true),
        // A browser that says nothing of it was led there all the same.
        (&there, None, true),
        (&there, Some("none"), false),
        (&there, Some("cross-site"), false),
        (&thanks, Some("same-origin"), false),
        (&thanks, None, false),
        ("/c/thanks?sent=1", Some("same-origin"), true),
        ("/c/thanks?sent=1", Some("none"), false),
        ("/c/thanks", None, false),
    ] {
        let response = open(path, site).await;
        let page = response.text().await.unwrap();
        assert_eq!(page.contains("Phiếu đã được lưu an toàn."), received, "{path} {site:?}");
        assert_eq!(page.contains("/c/forget"), received, "{path} {site:?}: nothing is forgotten where nothing was sent");
        // A tab that was restored, or a line that broke before the thanks came: whoever sent is not told that nothing was.
        let is_led_to = path.contains("sent=1");
        assert_eq!(page.contains("Nếu ông/bà vừa gửi phiếu thì không cần gửi lại."), is_led_to && !received, "{path} {site:?}");
        assert_eq!(page.contains("Mở trang này không gửi phiếu nào."), !is_led_to, "{path} {site:?}");
    }
    let again = app.send(&app.form_address(SERVICE, UNIT), &sent).await.headers()["location"].to_str().unwrap().to_owned();
    assert!(open(&again, Some("same-origin")).await.text().await.unwrap().contains("Phiếu này đã được nhận;"));
    assert!(!open(&again, Some("none")).await.text().await.unwrap().contains("Phiếu này đã được nhận;"));
    let key = key_of(&app.client.get(app.form_address(SERVICE, UNIT)).send().await.unwrap().text().await.unwrap());
    assert!(!there.contains(&key[..20]), "{there}");
}

#[tokio::test]
async fn thanks_are_said_in_a_browser_after_sending_and_not_when_their_address_is_typed() {
    let (_app, browser) = at_form(SERVICE, Look::PHONE).await;
    browser.answer(usize::MAX).await;
    browser.click("Gửi phiếu").await;
    assert_eq!(browser.heading().await, "Đã nhận phiếu");
    let there = browser.client.current_url().await.unwrap().to_string();
    browser.open("about:blank").await;
    browser.open(&there).await;
    assert_eq!(browser.heading().await, "Nếu vừa gửi, phiếu đã được nhận");
    browser.open(there.split('?').next().unwrap()).await;
    assert_eq!(browser.heading().await, "Trang này không gửi phiếu");
}

impl Browser {
    /// Goes to a page as a link on this one does.
    async fn follow(&self, path: &str) {
        self.script(&format!(
            "const link = document.body.appendChild(document.createElement('a')); link.href = '{path}'; link.id = 'follow'"
        ))
        .await;
        let link = self.find("#follow").await;
        self.script("document.getElementById('follow').click()").await;
        self.until_gone(&link).await;
    }

    /// Goes back to what had the focus before.
    async fn back_tab(&self) {
        use fantoccini::actions::{InputSource, KeyAction, KeyActions};
        let (shift, tab) = (Key::Shift.into(), Key::Tab.into());
        let keys = KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value: shift }).then(KeyAction::Down { value: tab });
        let keys = keys.then(KeyAction::Up { value: tab }).then(KeyAction::Up { value: shift });
        self.client.perform_actions(keys).await.unwrap();
    }
}
