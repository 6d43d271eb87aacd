//! Charts of a round of 68 communes with long names: they hold on a phone and in large text, in dark and in grey, and say what they leave out.

mod communes;

use rstest::rstest;
use serde_json::{Value, json};

use super::harness::app::TestApp;
use super::harness::browser::{Browser, Look};
use super::harness::fixture::ROUND;
use super::harness::province::Province;
use communes::{LARGE, UNITS};

/// The report of the block, the round, a unit with exact shares, and one with classes.
fn pages() -> [String; 4] {
    [format!("{ROUND}?block=communes"), ROUND.to_owned(), format!("{ROUND}/xa-{LARGE}"), format!("{ROUND}/xa-2")]
}

/// A page with everything that can be opened.
async fn open(app: &TestApp, browser: &Browser, page: &str) {
    let sign = if page.contains('?') { '&' } else { '?' };
    browser.open(&format!("{}/results/{page}{sign}lang=vi", app.address)).await;
    browser.script("document.querySelectorAll('details').forEach(details => details.open = true)").await;
}

/// What is wrong with the charts of a page: each name and number is whole in its cell and in the window, each mark on its line.
const CHARTS: &str = "const faults = [], slack = .5; \
    const box = it => it.getBoundingClientRect(); \
    const inside = (what, it, outer) => { const [a, b] = [box(it), box(outer)]; \
        if (a.left < b.left - slack || a.right > b.right + slack || a.top < b.top - slack || a.bottom > b.bottom + slack) \
            faults.push(what + ': ' + it.outerHTML.slice(0, 90)) }; \
    const window = { getBoundingClientRect: () => ({ left: 0, right: document.documentElement.clientWidth, top: -1e9, bottom: 1e9 }) }; \
    const words = it => ({ outerHTML: it.innerText, getBoundingClientRect: () => { \
        const range = document.createRange(); range.selectNodeContents(it); return range.getBoundingClientRect() } }); \
    for (const row of document.querySelectorAll('.rails li:not(.without), .lines li')) { \
        inside('row', row, window); \
        for (const text of row.querySelectorAll(':scope > div, .num:not(:has(.heard)), .num [aria-hidden], .name')) if (text.innerText) { inside('text', words(text), row); inside('cell', words(text), text) } } \
    for (const mark of document.querySelectorAll('.rails circle, .lines circle, .rails text')) inside('mark', mark, window); \
    for (const mark of document.querySelectorAll('.rails circle')) { \
        const [row, number] = [mark.closest('li'), mark.closest('li').querySelector('.num')]; \
        inside('mark', mark, row); \
        if (box(mark).right > words(number).getBoundingClientRect().left) faults.push('mark on number: ' + row.innerText) } \
    const lines = [...document.querySelectorAll('.rails')].map(rails => new Set([...rails.querySelectorAll('svg')].map(svg => box(svg).left))); \
    if (lines.some(lefts => lefts.size > 1)) faults.push('lines begin at several places'); \
    return [document.querySelectorAll('.rails li').length, faults]";

/// What reaches furthest beyond the window, outside of frames that can be moved.
const WIDEST: &str = "return [...document.querySelectorAll('main *')].filter(it => it.getBoundingClientRect().right > document.documentElement.clientWidth && !it.parentElement.closest('.scroll')) \
    .map(it => it.tagName + '.' + it.className + ': ' + it.textContent.slice(0, 60)).slice(0, 8)";

#[rstest]
#[case::phone(Look::PHONE)]
#[case::narrowest(Look { width: 320, ..Look::PHONE })]
#[case::large_text(Look { width: 320, text: 200, ..Look::PHONE })]
#[case::wide(Look { width: 1280, ..Look::PHONE })]
#[tokio::test(flavor = "multi_thread")]
async fn names_numbers_and_marks_of_68_long_names_are_whole(#[case] look: Look) {
    let (app, browser) = (communes::published().await, Browser::start(look).await);
    for (page, least) in pages().iter().zip([UNITS + 20, UNITS - 1, 3, 3]) {
        open(&app, &browser, page).await;
        assert_eq!(browser.sideways(look.width).await, 0, "{page}: {}", browser.script(WIDEST).await);
        let found = browser.script(CHARTS).await;
        assert!(found[0].as_u64().unwrap() >= u64::try_from(least).unwrap() && found[1] == json!([]), "{page}: {found}");
    }
}

/// Of each number in a bar: whether it is seen, and whether its piece has room for it.
const NUMBERS: &str = "return [...document.querySelectorAll('.bar b')].map(number => { \
    const [own, piece] = [number, number.closest('foreignObject')].map(it => it.getBoundingClientRect()); \
    return [own.top < piece.top + piece.height / 2, own.width <= piece.width] })";

/// A number is printed where its piece has room for it as wide as it is drawn, and nowhere else.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_stands_in_every_piece_that_has_room_for_it_and_in_no_other() {
    let app = communes::published().await;
    let mut seen = Vec::new();
    for look in [Look { width: 320, text: 200, ..Look::PHONE }, Look::PHONE, Look { width: 1280, ..Look::PHONE }] {
        let browser = Browser::start(look).await;
        open(&app, &browser, &format!("{ROUND}/xa-{LARGE}")).await;
        let numbers: Vec<(bool, bool)> = serde_json::from_value(browser.script(NUMBERS).await).unwrap();
        assert!(numbers.len() > 50 && numbers.iter().all(|(is_seen, fits)| is_seen == fits), "{look:?}: {numbers:?}");
        seen.push(numbers.iter().filter(|(is_seen, _)| *is_seen).count());
    }
    assert!(seen[0] < seen[1] && seen[1] < seen[2], "{seen:?}");
}

/// The tones of a bar without their colours: whether it is hatched, how light its ground and its stripes are, and the contrast of its number.
const TONES: &str = "const light = colour => { const parts = colour.match(/[\\d.]+/g).slice(0, 3) \
        .map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4); \
        return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2] }; \
    const contrast = (a, b) => { const [low, high] = [light(a), light(b)].sort((a, b) => a - b); return (high + .05) / (low + .05) }; \
    return ['n2', 'n1', 'z', 'p1', 'p2'].map(tone => { \
        const fill = getComputedStyle(document.querySelector('.bar rect.' + tone)).fill, id = fill.match(/url\\(\"#(.*?)\"\\)/)?.[1]; \
        const stripes = id ? [...document.getElementById(id).querySelectorAll('rect')].map(rect => getComputedStyle(rect).fill) : []; \
        const number = getComputedStyle(document.querySelector('.bar .' + tone + ' b')); \
        return [stripes.length === 2, stripes.length ? contrast(...stripes) : 0, contrast(number.color, number.backgroundColor)] })";

#[rstest]
#[case("light")]
#[case("dark")]
#[tokio::test(flavor = "multi_thread")]
async fn the_negative_side_is_hatched_and_every_number_is_read(#[case] colours: &str) {
    let (app, browser) = (communes::published().await, Browser::phone().await);
    browser.colours(colours).await;
    open(&app, &browser, &format!("{ROUND}/xa-{LARGE}")).await;
    let tones: Vec<(bool, f64, f64)> = serde_json::from_value(browser.script(TONES).await).unwrap();
    assert_eq!(tones.iter().map(|(is_hatched, ..)| *is_hatched).collect::<Vec<_>>(), [true, true, false, false, false], "{tones:?}");
    assert!(tones.iter().all(|(is_hatched, stripes, _)| !is_hatched || *stripes >= 3.0), "{tones:?}");
    assert!(tones.iter().all(|(.., number)| *number >= 4.5), "{tones:?}");
    let swatches = browser.script("return document.querySelectorAll('.key rect.n2').length").await;
    assert!(swatches.as_u64() > Some(0), "the legend has the same hatches");
}

#[rstest]
#[case("light", Look::PHONE)]
#[case("dark", Look { width: 1280, ..Look::PHONE })]
#[case("forced", Look::PHONE)]
#[tokio::test(flavor = "multi_thread")]
async fn axe_finds_nothing_on_pages_of_68_communes(#[case] colours: &str, #[case] look: Look) {
    let (app, browser) = (communes::published().await, Browser::start(look).await);
    browser.colours(colours).await;
    for page in &pages()[..3] {
        open(&app, &browser, page).await;
        assert_eq!(browser.violations().await, [""; 0], "{page}");
    }
}

/// Ends of lines that are not in the middle of a row, names that leave their row or the window, and how high the chart is.
const SLOPES: &str = "const faults = [], box = it => it.getBoundingClientRect(), rows = [...document.querySelectorAll('.lines li')].map(box); \
    const middles = rows.map(row => (row.top + row.bottom) / 2); \
    for (const end of document.querySelectorAll('.lines circle')) { \
        const at = (box(end).top + box(end).bottom) / 2; \
        if (!middles.some(middle => Math.abs(middle - at) < 1.5)) faults.push('end at ' + at) } \
    for (const text of document.querySelectorAll('.lines .name, .lines .num')) { \
        const [own, row] = [box(text), box(text.closest('li'))]; \
        if (own.left < 0 || own.right > document.documentElement.clientWidth || own.top < row.top - 1 || own.bottom > row.bottom + 1) faults.push(text.innerText) } \
    return [rows.length, faults, box(document.querySelector('.lines')).height]";

/// Twenty departments, which all get names of 190 signs.
#[rstest]
#[case::phone(Look::PHONE)]
#[case::large_text(Look { width: 320, text: 200, ..Look::PHONE })]
#[case::wide(Look { width: 1280, ..Look::PHONE })]
#[tokio::test(flavor = "multi_thread")]
async fn slopes_go_from_row_to_row_whatever_room_names_need(#[case] look: Look) {
    let (province, browser) = (Province::start().await, Browser::start(look).await);
    browser.open(&format!("{}/results/2025?block=departments", province.address)).await;
    for name in [None, Some("Sở Nông nghiệp và Môi trường ".repeat(7)), Some("Thượng".repeat(32))] {
        if let Some(name) = &name {
            browser.script(&format!("document.querySelectorAll('.lines .name').forEach(it => it.textContent = '{name}')")).await;
        }
        let found = browser.script(SLOPES).await;
        assert!(found[0].as_u64() > Some(15) && found[1] == json!([]), "{name:?}: {found}");
        assert!(look.text > 100 || found[2].as_f64().unwrap() < 2_600.0, "{name:?}: {found}");
        assert_eq!(browser.sideways(look.width).await, 0, "{name:?}");
    }
}

/// The most that a page of results may take, compressed.
const MOST: usize = 60 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_68_communes_take_little_and_ask_for_nothing_else() {
    let app = communes::published().await;
    for page in pages() {
        for encoding in ["br", "gzip"] {
            let request = reqwest::Client::new().get(format!("{}/results/{page}", app.address)).header("accept-encoding", encoding);
            let answer = request.send().await.unwrap().bytes().await.unwrap();
            assert!(answer.len() <= MOST, "{page} takes {} bytes in {encoding}", answer.len());
        }
        let text = app.get(&format!("/results/{page}")).await.text().await.unwrap();
        let asks = ["<script src", "<link rel=\"stylesheet", "<img src=\"/", "url(/", "url(http", "@import"];
        assert!(asks.iter().all(|asks| !text.contains(asks)), "{page}");
    }
}

fn each(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// The ten largest moves each way: those that the API gives, the largest first.
#[tokio::test(flavor = "multi_thread")]
async fn of_68_ranks_the_ten_largest_moves_each_way_are_drawn() {
    let app = communes::published().await;
    let round: Value = serde_json::from_str(&app.get(&format!("/api/v1/rounds/{ROUND}")).await.text().await.unwrap()).unwrap();
    let ranks = each(&round["ranking"]["blocks"][0]["units"]).filter_map(|unit| {
        let (standing, name) = (&unit["standing"], unit["unit"].as_str()?.strip_prefix("xa-")?.parse().ok()?);
        Some((standing["before"]["rank"].as_i64()?, standing["rank"].as_i64()?, communes::name(name)))
    });
    let mut ranks: Vec<(i64, i64, String)> = ranks.collect();
    ranks.sort_by_key(|(before, now, _)| (-(before - now).abs(), *now));
    let page = app.get(&format!("/results/{ROUND}?block=communes")).await.text().await.unwrap();
    let last = ranks.iter().map(|(before, now, _)| *before.max(now)).max().unwrap();
    for (way, sign) in [("up", 1), ("down", -1)] {
        let chart = page.split(&format!("<g id=\"PAR-communes-{way}-grid\">")).nth(1).unwrap().split("</ol>").next().unwrap();
        let expected: Vec<&(i64, i64, String)> = ranks.iter().filter(|(before, now, _)| (before - now).signum() == sign).take(10).collect();
        let drawn: Vec<&str> = chart.split("<li>").skip(1).collect();
        assert_eq!((drawn.len(), expected.len()), (10, 10), "{way}");
        for (row, (before, now, name)) in drawn.into_iter().zip(expected) {
            let place =
                |rank: i64| format!("{}.{:02}%", (last - rank) * 10_000 / (last - 1) / 100, (last - rank) * 10_000 / (last - 1) % 100);
            assert!(row.starts_with(&format!("<div>{name}</div>")) && row.contains(&format!(">{before} → {now}<")), "{name}: {row}");
            assert!(row.contains(&format!("class=\"before\" cx=\"{}\"", place(*before))), "{before}: {row}");
            assert!(row.contains(&format!("class=\"now\" cx=\"{}\"", place(*now))), "{now}: {row}");
        }
    }
    assert!(!page.contains("<div class=\"slopes\">") && page.contains("mỗi chiều nhiều nhất mười đơn vị"));
}
