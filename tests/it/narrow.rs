//! Tables of results on the narrowest phones: the figures that people come for are seen without moving anything, and what goes on says so.

use rstest::rstest;
use serde_json::{Value, json};

use super::harness::browser::{Browser, Look};
use super::harness::province::Province;

/// Helpers of every script: where the words of a cell end, and how many lines a figure takes.
const CELLS: &str = "const words = cell => { const range = document.createRange(); range.selectNodeContents(cell); \
        return range.getBoundingClientRect() }; \
    const cut = (cell, figure) => words(cell).right > innerWidth || (figure && words(cell).height > 40); \
    const rows = css => [...document.querySelectorAll(css)]; \
    const wrong = rows => rows.filter(row => [...row.children].slice(0, FIRST) \
        .some((cell, place) => cut(cell, place === FIGURE))).map(row => row.innerText); ";

/// Rows of which one of the first cells is not whole in the window, or a figure is broken.
async fn cut(browser: &Browser, rows: &str, (first, figure): (usize, usize)) -> (u64, Value) {
    let script = CELLS.replace("FIRST", &first.to_string()).replace("FIGURE", &figure.to_string());
    let found = browser.script(&format!("{script} const all = rows('{rows}'); return [all.length, wrong(all)]")).await;
    (found[0].as_u64().unwrap(), found[1].clone())
}

const RANKS: &str = ".ranks tbody:not(.rest) tr";

#[rstest]
#[case::vi_320("vi", 320)]
#[case::en_320("en", 320)]
#[case::vi_360("vi", 360)]
#[tokio::test(flavor = "multi_thread")]
async fn rank_unit_and_index_stand_in_the_window_and_the_rest_is_said_to_go_on(#[case] language: &str, #[case] width: u32) {
    let (province, browser) = (Province::start().await, Browser::start(Look { width, ..Look::PHONE }).await);
    for page in ["2025", "2025?block=communes", "2025?block=departments", "2025?block=agencies", "2024"] {
        let sign = if page.contains('?') { '&' } else { '?' };
        browser.open(&format!("{}/results/{page}{sign}lang={language}", province.address)).await;
        let (rows, wrong) = cut(&browser, RANKS, (3, 2)).await;
        assert!(rows > 3 && wrong == json!([]), "{page}: {wrong} of {rows}");
        // A name in one long word does not push the others away, nor does the head of a column.
        browser.script(&format!("document.querySelectorAll('{RANKS} a').forEach(name => name.textContent = 'Dài'.repeat(40))")).await;
        browser
            .script("document.querySelectorAll('.ranks thead th:nth-child(n+4):last-child').forEach(head => head.textContent = 'Dài'.repeat(40))")
            .await;
        assert_eq!(cut(&browser, RANKS, (3, 2)).await.1, json!([]), "{page}");
    }
}

#[rstest]
#[case::narrowest(320)]
#[case::usual(360)]
#[tokio::test(flavor = "multi_thread")]
async fn a_score_sheet_shows_points_beside_their_criterion(#[case] width: u32) {
    let (province, browser) = (Province::start().await, Browser::start(Look { width, ..Look::PHONE }).await);
    for language in ["vi", "en"] {
        browser.open(&format!("{}/results/2025/so-noi-vu?lang={language}", province.address)).await;
        let (rows, wrong) = cut(&browser, ".sheet tbody tr:not(.whole):not(.more)", (2, 9)).await;
        assert!(rows > 20 && wrong == json!([]), "{language}: {wrong} of {rows}");
    }
}

/// Points of a criterion, and below it the share of each group.
#[rstest]
#[case::vi("vi")]
#[case::en("en")]
#[tokio::test(flavor = "multi_thread")]
async fn points_that_officials_gave_stand_beside_their_criterion_and_shares_beside_their_group(#[case] language: &str) {
    let (province, browser) = (Province::start().await, Browser::start(Look { width: 320, ..Look::PHONE }).await);
    for (page, criteria) in
        [("so-noi-vu?questionnaire=par-officials-departments", 6), ("so-tai-chinh?questionnaire=par-officials-departments", 6)]
    {
        browser.open(&format!("{}/results/2025/{page}&lang={language}", province.address)).await;
        let table = "[aria-labelledby$=\"--ratings\"]";
        let (rows, wrong) = cut(&browser, &format!("{table} tbody tr.whole"), (2, 9)).await;
        assert!(rows == criteria && wrong == json!([]), "{page}: {wrong} of {rows}");
        let (rows, wrong) = cut(&browser, &format!("{table} tbody tr:not(.whole)"), (2, 9)).await;
        assert!(rows > criteria && wrong == json!([]), "{page}: {wrong} of {rows}");
    }
}

/// What is wrong with the tables of a page: each is whole in the window, or in a frame that is named, is reached by keyboard, shows that it
/// goes on, and keeps its first column while it is moved; what it is called does not move away, and the first figure of a row is whole.
const FRAMES: &str = "const faults = []; \
    document.querySelectorAll('details').forEach(details => details.open = true); \
    for (const table of document.querySelectorAll('table')) { \
        const frame = table.closest('.scroll'), said = table.innerText.slice(0, 60); \
        if (!frame) { if (table.getBoundingClientRect().right > innerWidth) faults.push('cut: ' + said); continue } \
        const name = document.getElementById(frame.getAttribute('aria-labelledby').split(' ').pop()); \
        if (frame.tabIndex !== 0 || !name) faults.push('unnamed: ' + said); \
        if (frame.querySelector('caption:not(.heard), .caption')) faults.push('moves its caption: ' + said); \
        if (!getComputedStyle(frame).backgroundImage.includes('gradient')) faults.push('no sign: ' + said); \
        const end = cell => { const words = document.createRange(); words.selectNodeContents(cell); return words.getBoundingClientRect().right }; \
        for (const row of table.querySelectorAll('tbody tr:not(.more)')) \
            if (row.children[0].colSpan === 1 && end(row.children[1]) > innerWidth) faults.push('cuts its figure: ' + row.innerText); \
        frame.scrollLeft = 1000; \
        const first = table.querySelector('tbody tr:not(.whole):not(.more) > :first-child'); \
        const [at, edge] = [first, frame].map(it => it.getBoundingClientRect().left); \
        if (Math.abs(at - edge) > 1) faults.push('moves its first column: ' + said) } \
    return faults";

#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_whole_or_in_a_frame_that_says_that_it_goes_on() {
    let (province, browser) = (Province::start().await, Browser::start(Look { width: 320, ..Look::PHONE }).await);
    for page in ["2024", "2025", "2025?block=communes", "2025/so-noi-vu", "2025/so-tai-chinh?questionnaire=par-officials-departments"] {
        browser.open(&format!("{}/results/{page}", province.address)).await;
        assert_eq!(browser.script(FRAMES).await, json!([]), "{page}");
    }
}
