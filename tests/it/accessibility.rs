//! Every page as people need it who see, hear or move differently: axe-core finds nothing, nothing scrolls sideways, rows are large.

use par_survey::demo::{self, Demo};
use rstest::rstest;

use super::coded::issue;
use super::harness::app::TestApp;
use super::harness::browser::{Browser, Look};
use super::harness::database::Backend;
use super::harness::fixture::{OFFICIALS, ROUND};

/// Pages of an open round that have an address, with a piece of what makes them what they are.
const OPEN: [&str; 17] = [
    "/",
    "/about",
    "/2026/sipas-2026",
    "/2026/sipas-2026?q=so",
    "/2026/sipas-2026?q=zzz",
    "/2026/sipas-2026/so-noi-vu",
    "/2026/service-satisfaction/so-noi-vu",
    "/2026/service-satisfaction/so-noi-vu/thanks",
    "/2026/service-satisfaction/so-noi-vu/thanks?sent=1",
    "/2026/service-satisfaction/so-noi-vu/thanks?sent=1&again=1",
    "/2026/par-officials-departments/so-noi-vu",
    "/c/thanks",
    "/results/2026",
    "/2026/sipas-2026/xa-cho-cu",
    "/2026/sipas-2026/nowhere",
    "/nowhere",
    "/2026/sipas-2026/so-noi-vu/nothing/here",
];

/// Pages of a round that is over and published.
const OVER: [&str; 5] = ["/", "/2026/sipas-2026", "/2026/sipas-2026/so-noi-vu", "/results/2026", "/results/2026/so-noi-vu"];

/// Pages of a round that has not begun.
const NOT_YET: [&str; 3] = ["/", "/2026/sipas-2026", "/2026/sipas-2026/so-noi-vu"];

fn in_language(address: &str, language: &str) -> String {
    format!("{address}{}lang={language}", if address.contains('?') { '&' } else { '?' })
}

/// What was found wrong with pages of a width.
struct Found {
    width: u32,
    faults: Vec<String>,
}

impl Found {
    fn nothing(look: Look) -> Self {
        Self { width: look.width, faults: Vec::new() }
    }
}

/// Opens each page and looks at it; all faults of all pages come out together.
async fn look_at(app: &TestApp, browser: &Browser, pages: &[&str], language: &str, faults: &mut Found) {
    for page in pages {
        browser.open(&in_language(&format!("{}{page}", app.address), language)).await;
        note(browser, page, faults).await;
    }
}

async fn note(browser: &Browser, page: &str, found: &mut Found) {
    let heading = browser.heading().await;
    found.faults.extend(browser.violations().await.into_iter().map(|fault| format!("{page} “{heading}”: {fault}")));
    let over = browser.sideways(found.width).await;
    found.faults.extend((over > 0).then(|| format!("{page} “{heading}” is {over} pixels too wide")));
}

/// Pages that only an answer to a sheet shows.
async fn look_at_answers(app: &TestApp, browser: &Browser, language: &str, faults: &mut Found) {
    let form = in_language(&format!("{}/{ROUND}/service-satisfaction/so-noi-vu", app.address), language);
    browser.open(&form).await;
    browser.click_at("button.primary").await;
    browser.find(".notice").await;
    note(browser, "empty", faults).await;
    browser.choose("s4", "1").await;
    browser.click_at("button.primary").await;
    browser.find(".numbers").await;
    note(browser, "missed", faults).await;
    browser.open(&form).await;
    browser.script("const choice = document.querySelector('[type=radio]'); choice.value = '77'; choice.checked = true").await;
    browser.click_at("button.primary").await;
    browser.find("main a.button").await;
    note(browser, "refused", faults).await;
}

/// Pages that only a code shows: the form about units with its overview and a unit, the review, a wrong and a used code.
async fn look_at_coded(app: &TestApp, browser: &Browser, language: &str, faults: &mut Found) {
    let code = issue(app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let entry = in_language(&format!("{}/c", app.address), language);
    browser.open(&entry).await;
    note(browser, "code", faults).await;
    browser.write("#code", "0000").await;
    browser.click_at("button.primary").await;
    browser.find(".notice").await;
    note(browser, "wrong code", faults).await;
    // It comes back as it was typed, to be mended.
    browser.script("document.getElementById('code').value = ''").await;
    browser.write("#code", &code.grouped()).await;
    browser.click_at("button.primary").await;
    browser.appears("#over").await;
    note(browser, "overview", faults).await;
    browser.press_on(&browser.find("a[href='#u0']").await).await;
    note(browser, "unit", faults).await;
    browser.press_on(&browser.find("a[href='#over']").await).await;
    browser.press_on(&browser.find("#over a[href='#review']").await).await;
    note(browser, "review", faults).await;
    browser.press_on(&browser.find("#review a[href='#m0']").await).await;
    note(browser, "marked unit", faults).await;
    browser.press_on(&browser.find("#u0 [type=radio]").await).await;
    browser.press_on(&browser.find("#u0 a[href='#over']").await).await;
    browser.press_on(&browser.find("#over a[href='#review']").await).await;
    browser.click_at("#review button.primary").await;
    browser.find("a.button").await;
    note(browser, "thanks", faults).await;
    browser.open(&entry).await;
    browser.write("#code", &code.grouped()).await;
    browser.click_at("button.primary").await;
    browser.find("a.button").await;
    note(browser, "used code", faults).await;
}

fn assert_none(Found { faults, .. }: &Found) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[rstest]
#[case("vi", "light", Look::PHONE)]
#[case("vi", "dark", Look { width: 320, ..Look::PHONE })]
#[case("en", "light", Look { width: 320, text: 200, ..Look::PHONE })]
#[case("en", "dark", Look { width: 1280, ..Look::PHONE })]
#[case("vi", "forced", Look::PHONE)]
#[tokio::test]
async fn axe_finds_nothing_on_any_page_and_none_scrolls_sideways(#[case] language: &str, #[case] colours: &str, #[case] look: Look) {
    let (app, browser, mut faults) = (TestApp::start(Backend::Sqlite).await, Browser::start(look).await, Found::nothing(look));
    browser.colours(colours).await;
    look_at(&app, &browser, &OPEN, language, &mut faults).await;
    look_at_answers(&app, &browser, language, &mut faults).await;
    assert_none(&faults);
}

#[rstest]
#[case("vi", "light", Look::PHONE)]
#[case("vi", "dark", Look { width: 320, ..Look::PHONE })]
#[case("en", "light", Look { width: 320, text: 200, ..Look::PHONE })]
#[case("en", "dark", Look { width: 1280, ..Look::PHONE })]
#[case("vi", "forced", Look::PHONE)]
#[tokio::test]
async fn axe_finds_nothing_on_pages_of_codes_and_of_rounds_that_are_over_or_have_not_begun(
    #[case] language: &str,
    #[case] colours: &str,
    #[case] look: Look,
) {
    let (app, browser, mut faults) = (TestApp::start(Backend::Sqlite).await, Browser::start(look).await, Found::nothing(look));
    browser.colours(colours).await;
    look_at_coded(&app, &browser, language, &mut faults).await;
    app.close().await;
    app.publish().await;
    app.wait_for("/", "/results/2026").await;
    look_at(&app, &browser, &OVER, language, &mut faults).await;
    let early = TestApp::with_window(Backend::Sqlite, 24, 48).await;
    look_at(&early, &browser, &NOT_YET, language, &mut faults).await;
    assert_none(&faults);
}

/// Pages of results with figures: tables, charts, sorted, with every table opened.
const FIGURES: [&str; 9] = [
    "/results/2024",
    "/results/2025",
    "/results/2025?block=communes",
    "/results/2025?block=departments",
    "/results/2025/phuong-cho-moi",
    "/results/2025/so-tai-chinh?questionnaire=par-officials-departments",
    "/results/2025?sort=index&order=down",
    "/results/2025/so-noi-vu",
    "/results/2025/cong-an",
];

#[rstest]
#[case("vi", "light", Look::PHONE)]
#[case("en", "dark", Look { width: 320, ..Look::PHONE })]
#[case("vi", "dark", Look { width: 1280, ..Look::PHONE })]
#[tokio::test]
async fn axe_finds_nothing_on_pages_with_figures_and_none_scrolls_sideways(
    #[case] language: &str,
    #[case] colours: &str,
    #[case] look: Look,
) {
    let folder = tempfile::tempdir().unwrap();
    let demo = Demo { listen: "127.0.0.1:0".into(), respondents: 1_500, seed: 1 };
    let bound = demo::build(&demo, folder.path()).await.unwrap().bound;
    let address = format!("http://{}", bound.address());
    let server = tokio::spawn(bound.run());
    let (browser, mut faults) = (Browser::start(look).await, Found::nothing(look));
    browser.colours(colours).await;
    for page in FIGURES {
        browser.open(&in_language(&format!("{address}{page}"), language)).await;
        browser.script("document.querySelectorAll('details').forEach(details => details.open = true)").await;
        note(&browser, page, &mut faults).await;
    }
    server.abort();
    assert_none(&faults);
}

#[rstest]
#[case::narrow(Look { width: 320, ..Look::PHONE })]
#[case::large_text(Look { width: 320, text: 200, ..Look::PHONE })]
#[case::usual(Look::PHONE)]
#[tokio::test]
async fn no_page_scrolls_sideways(#[case] look: Look) {
    let (app, browser, mut found) = (TestApp::start(Backend::Sqlite).await, Browser::start(look).await, Found::nothing(look));
    for page in OPEN {
        browser.open(&format!("{}{page}", app.address)).await;
        let over = browser.sideways(look.width).await;
        found.faults.extend((over > 0).then(|| format!("{page} is {over} pixels too wide")));
    }
    assert_none(&found);
}

#[tokio::test]
async fn text_of_twice_the_size_is_twice_the_size() {
    let app = TestApp::start(Backend::Sqlite).await;
    let browser = Browser::start(Look { text: 200, ..Look::PHONE }).await;
    browser.open(&app.address).await;
    assert_eq!(browser.script("return getComputedStyle(document.body).fontSize").await, "36px");
}

#[rstest]
#[case("label.o", 48.0)]
#[case("button", 44.0)]
#[case("textarea", 48.0)]
#[tokio::test]
async fn what_is_pressed_is_large_enough_for_a_thumb(#[case] what: &str, #[case] least: f64) {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::phone().await);
    browser.open(&app.form_address("sipas-2026", "so-noi-vu")).await;
    let heights = format!(
        "return Math.min(...[...document.querySelectorAll('{what}')].filter(it => it.checkVisibility()).map(it => it.getBoundingClientRect().height))"
    );
    let lowest = browser.script(&heights).await.as_f64().unwrap_or_default();
    assert!(lowest >= least, "the lowest {what} is {lowest} pixels high");
}
