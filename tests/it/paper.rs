//! What is printed: slips whole, a poster a page, forms that a pen can fill in, and pages of results, on few sheets.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use par_survey::catalogue::Catalogue;
use par_survey::directory::OpenedRound;
use par_survey::import::round_file::{Described, Organises};
use par_survey::import::units;
use par_survey::office::codes::Order;
use par_survey::poster::posters;
use par_survey::poster::slips::Slips;
use par_survey::publication;
use par_survey::seal::KeyPlace;
use par_survey::survey::code::Code;
use par_survey::survey::mode::Mode;
use rstest::rstest;
use serde_json::json;

use super::harness::app::TestApp;
use super::harness::browser::{Browser, Look};
use super::harness::database::{Backend, TestDatabase};
use super::harness::fixture::{self, BY, OFFICIALS, ROUND, SERVICE, SIPAS};
use super::harness::province::Province;
use super::harness::steps::{self, given};

/// Most sheets of a form, and of a unit's page of results.
const MOST: usize = 8;

/// Words of so many characters.
fn words(text: &str, characters: usize) -> String {
    text.chars().cycle().take(characters - 1).chain(['c']).collect()
}

const NAMES: &str = "Ủy ban nhân dân xã Đại Lộc Thượng ";

/// Who asks, with names as long as a round file may have them or as most have them.
fn organiser(long: bool) -> Organises {
    let texts = |text: String| [text.clone(), text].map(given);
    let [name, province, decision, line, host] = if long { [200, 200, 400, 120, 60] } else { [20, 20, 40, 20, 8] };
    Organises {
        name: texts(words(NAMES, name)),
        province: Some(texts(words(NAMES, province))),
        decision: Some(texts(words(NAMES, decision))),
        contact: vec![given(words("0200 123 456 - khaosat@mau.example.vn ", line)); if long { 4 } else { 1 }],
        blocks: Vec::new(),
        public_url: Some(given(format!("https://{}.example.vn", "k".repeat(host)))),
        logo: Some(given(Ok(b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"4\"/></svg>".to_vec()))),
    }
}

/// An open round about units of some names, with codes.
async fn opened(database: &TestDatabase, names: &[String], organiser: Organises) -> (OpenedRound, Vec<Code>) {
    let store = database.store().await;
    let rows: Vec<String> = names.iter().zip(1..).map(|(name, place)| format!("u{place},{name},{name},departments,,,,\n")).collect();
    let register = format!("code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into\n{}", rows.concat());
    store.save_units(&units::read(register.as_bytes(), &[]).unwrap(), "", &BY).await.unwrap();
    let window = [-1, 24].map(|hours| Timestamp::now() + SignedDuration::from_hours(hours));
    let asked = (1..=names.len()).map(|place| format!("u{place}"));
    let questionnaires = vec![steps::asks(OFFICIALS, asked.clone()), steps::asks(SIPAS, asked)];
    let described = Described { synthetic: true, organiser: Some(organiser), questionnaires, ..steps::described(ROUND, 2026, window) };
    steps::create(&store, &described).await;
    let found = Catalogue { definitions: [OFFICIALS, SIPAS].map(fixture::definition).into(), schemes: Vec::new(), faulty: Vec::new() };
    steps::open(&store, ROUND, &found, Some(&fixture::seal())).await;
    let order = Order { questionnaire: OFFICIALS, group: "deputies", unit: None, count: 13, seed: Some(1) };
    let codes = steps::issue(&store, &database.keys(), ROUND, &order).await;
    let mut opened = publication::opened(&store, ROUND).await.unwrap();
    // Then there is most to say.
    opened.seal.as_mut().unwrap().kept = KeyPlace::Here;
    (opened, codes)
}

/// Opens a file that was made to be printed.
async fn open_file(browser: &Browser, database: &TestDatabase, html: &str) {
    let file: PathBuf = database.folder().join("printed.html");
    std::fs::write(&file, html).unwrap();
    if let Ok(folder) = std::env::var("PAR_SURVEY_KEEP") {
        std::fs::write(PathBuf::from(folder).join(format!("{}.html", html.len())), html).unwrap();
    }
    browser.open(&format!("file://{}", file.display())).await;
}

/// What of slips or posters is cut or stands over an edge; nothing where all is whole.
const CUT: &str = "return [...document.querySelectorAll('article, body:not(:has(article)) section')].filter(box => { \
        const edge = box.getBoundingClientRect(), words = document.createRange(); \
        words.selectNodeContents(box); \
        const inside = [...words.getClientRects()].every(it => it.width * it.height === 0 || \
            it.right <= edge.right + 1 && it.bottom <= edge.bottom + 1 && it.left >= edge.left - 1); \
        return !inside || box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth \
    }).map(box => box.innerText)";

/// How high slips are in tenths of a millimetre, and how many rows of two there are.
const ROWS: &str = "const rows = [...document.querySelectorAll('section')]; \
    return [Math.max(...rows.map(row => Math.ceil(row.getBoundingClientRect().height * 254 / 96))), rows.length]";

#[rstest]
#[case::usual(false)]
#[case::longest(true)]
#[tokio::test(flavor = "multi_thread")]
async fn slips_are_whole_whatever_they_have_to_say(#[case] long: bool) {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let (opened, codes) = opened(&database, &[words(NAMES, 200), "Sở Y tế".to_owned()], organiser(long)).await;
    let browser = Browser::start(Look::PHONE).await;
    for questionnaire in [OFFICIALS, SIPAS] {
        let form = opened.form(questionnaire).unwrap();
        let slips = Slips { opened: &opened, form, public_url: None }.html(&codes).unwrap();
        open_file(&browser, &database, &slips).await;
        let sheets = u64::try_from(browser.sheets().await).unwrap();
        browser.as_on_paper().await;
        assert_eq!(browser.script(CUT).await, json!([]), "{questionnaire}");
        let rows = browser.script(ROWS).await;
        let (height, rows) = (rows[0].as_u64().unwrap(), rows[1].as_u64().unwrap());
        // A4 without its edges; no row goes on on the next sheet.
        let a_sheet = 2_815 / height;
        assert!(rows == 7 && a_sheet > 0 && sheets == rows.div_ceil(a_sheet), "{sheets} sheets with {a_sheet} rows as high as {height}");
        assert!(long || a_sheet >= 4, "eight slips to a sheet where nothing is long: {height}");
    }
}

#[rstest]
#[case::usual(false)]
#[case::longest(true)]
#[tokio::test(flavor = "multi_thread")]
async fn a_poster_is_one_page_whatever_a_unit_is_called(#[case] long: bool) {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let mut names: Vec<String> = [60, 61, 130, 200].into_iter().map(|characters| words(NAMES, characters)).collect();
    names.extend([60, 200].into_iter().flat_map(|characters| ["Ể", "w", "W"].map(|letter| letter.repeat(characters))));
    names.extend(["Y".to_owned(), words("ỦY BAN NHÂN DÂN XÃ ", 200), words("UỷbannhândânxãĐạiLộc", 200)]);
    let (opened, _) = opened(&database, &names, organiser(long)).await;
    let browser = Browser::start(Look::PHONE).await;
    let forms = [OFFICIALS, SIPAS].map(|id| opened.form(id).unwrap().as_ref());
    let html = posters(None, &opened, forms, Mode::Desk).unwrap();
    open_file(&browser, &database, &html).await;
    assert_eq!(browser.sheets().await, 2 * names.len());
    browser.as_on_paper().await;
    assert_eq!(browser.script(CUT).await, json!([]));
    let low = "return Math.max(...[...document.querySelectorAll('section')].map(page => page.getBoundingClientRect().height)) <= 1122";
    assert_eq!(browser.script(low).await, json!(true));
    let names_are_large = "return parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)";
    let least = if long { 10.0 } else { 20.0 };
    assert!(browser.script(names_are_large).await.as_f64().unwrap() >= least);
}

/// Ends what follows: words are dark whatever screens are.
const DARK: &str = "const root = getComputedStyle(document.documentElement); \
    if (root.getPropertyValue('--ink') !== '#1a2230') faults.push('as on a dark screen'); \
    return faults";

/// What is wrong with a form on paper: what a pen cannot use stands there, or what it needs does not.
const PEN: &str = "const faults = [], seen = element => element.checkVisibility() && element.getBoundingClientRect().height > 0; \
    const all = css => [...document.querySelectorAll(css)]; \
    for (const button of all('button, .button, [data-is]')) if (seen(button)) faults.push('a button: ' + button.innerText); \
    for (const choice of all('label.o input')) { \
        const box = choice.getBoundingClientRect(), style = getComputedStyle(choice); \
        if (!seen(choice) || box.width < 10 || style.borderTopWidth === '0px') faults.push('no box: ' + choice.name + '=' + choice.value) } \
    for (const question of all('fieldset, .rm')) { \
        if (!seen(question)) faults.push('hidden: ' + question.id); \
        if (getComputedStyle(question).breakInside !== 'avoid') faults.push('may break: ' + question.id) } \
    for (const line of all('textarea')) if (!seen(line) || getComputedStyle(line).borderBottomWidth === '0px') faults.push('no room: ' + line.name); \
    for (const it of all('*')) if (['sticky', 'fixed'].includes(getComputedStyle(it).position) && seen(it)) faults.push('stays: ' + it.outerHTML); ";

async fn look_at_form(browser: &Browser, what: &str) {
    let sheets = browser.sheets().await;
    assert!((1..=MOST).contains(&sheets), "{what} takes {sheets} sheets");
    browser.as_on_paper().await;
    assert_eq!(browser.script(&format!("{PEN}{DARK}")).await, json!([]), "{what}");
}

#[rstest]
#[case::vi("vi")]
#[case::en("en")]
#[tokio::test(flavor = "multi_thread")]
async fn a_printed_form_is_filled_in_by_pen(#[case] language: &str) {
    let app = TestApp::start(Backend::Sqlite).await;
    for questionnaire in [SIPAS, SERVICE] {
        let browser = Browser::start(Look::PHONE).await;
        browser.open(&format!("{}?lang={language}", app.form_address(questionnaire, "so-noi-vu"))).await;
        look_at_form(&browser, questionnaire).await;
        // What is asked only sometimes stands there with the line that says when.
        let conditions = "return [...document.querySelectorAll('.if')].filter(line => line.checkVisibility()).length";
        assert_eq!(browser.script(conditions).await.as_u64().unwrap() > 0, questionnaire == SERVICE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printed_form_of_a_code_has_all_units_one_after_another() {
    let province = Province::start().await;
    let browser = Browser::start(Look::PHONE).await;
    browser.open(&format!("{}/c#{}", province.address, province.codes[0].compact())).await;
    browser.appears("#over").await;
    let units = browser.script("return document.querySelectorAll('.u:not(#review)').length").await;
    assert_eq!(units, json!(10), "as many as the demonstration lets an official rate");
    look_at_form(&browser, "the form about units").await;
    let first = "const legend = document.querySelector('#u1 legend'); return getComputedStyle(legend, '::before').content";
    assert_eq!(browser.script(first).await, json!("counter(u) \".\" counter(q) \". \""), "a question says which unit it is about");
}

/// What of a page of results stands on paper that leads nowhere there, or is cut.
const RESULTS: &str = "const faults = [], seen = element => element.checkVisibility(); \
    for (const link of document.querySelectorAll('nav, .skip, summary, [hreflang]')) \
        if (seen(link) && link.closest('.item, .unprinted, nav, header, body > .skip')) faults.push('leads: ' + link.innerText); \
    for (const table of document.querySelectorAll('table')) \
        if (seen(table) && table.getBoundingClientRect().right > innerWidth) faults.push('cut: ' + table.innerText.slice(0, 60)); \
    for (const row of document.querySelectorAll('tr')) if (getComputedStyle(row).breakInside !== 'avoid') faults.push('may break'); \
    for (const head of document.querySelectorAll('.scroll thead')) \
        if (getComputedStyle(head).display !== 'table-header-group') faults.push('does not come again'); \
    if (!seen(document.querySelector('.paper'))) faults.push('no address'); ";

/// Units with both surveys, of another block, and without a survey, each with the most sheets that it may take.
const UNITS: [(&str, usize); 3] = [("so-noi-vu", MOST), ("phuong-cho-moi", MOST), ("cong-an", 4)];

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_is_printed_on_few_sheets() {
    // So many that shares have decimals, which take the most room.
    let province = Province::with(10_000).await;
    let browser = Browser::start(Look::PHONE).await;
    for ((unit, most), language) in UNITS.into_iter().flat_map(|unit| ["vi", "en"].map(|language| (unit, language))) {
        let path = format!("/results/2025/{unit}?lang={language}");
        browser.open(&format!("{}{path}", province.address)).await;
        let sheets = browser.sheets().await;
        assert!((1..=most).contains(&sheets), "{path} takes {sheets} sheets");
        browser.as_on_paper().await;
        assert_eq!(browser.script(&format!("{RESULTS}{DARK}")).await, json!([]), "{path}");
        let whence = browser.script("return document.querySelector('.paper').innerText").await;
        let known = ["Trên trang mạng", "on the web page"].iter().any(|words| whence.as_str().unwrap().contains(words));
        assert!(known && !whence.as_str().unwrap().contains("/results"), "an address without its site leads nobody there: {whence}");
    }
}
