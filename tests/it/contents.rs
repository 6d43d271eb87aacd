//! Long pages of results: their contents lead to every part of them, and how figures were made stands behind the figures.

use std::collections::HashSet;

use par_survey::words::Words;
use serde_json::json;

use super::harness::browser::{Browser, Look};
use super::harness::province::Province;

const PAGES: [&str; 8] = [
    "2024",
    "2024/so-noi-vu",
    "2025",
    "2025?block=departments",
    "2025?block=communes",
    "2025?questionnaire=sipas-2026",
    "2025/so-noi-vu",
    "2025/dac-khu-dao-ngoc",
];

/// The values of an attribute on a page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    page.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

async fn page(province: &Province, path: &str, words: Words) -> String {
    let sign = if path.contains('?') { '&' } else { '?' };
    province.text(&format!("/results/{path}{sign}lang={}", words.code())).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_link_inside_a_page_leads_to_a_place_on_it_and_no_two_places_have_one_name() {
    let province = Province::start().await;
    for (path, words) in PAGES.iter().flat_map(|path| ["vi", "en"].map(|code| (path, Words::of(code)))) {
        let page = page(&province, path, words).await;
        let ids = values(&page, "id");
        let all: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(all.len(), ids.len(), "{path}: a name is there twice: {ids:?}");
        let lost: Vec<&str> =
            values(&page, "href").into_iter().filter_map(|to| to.strip_prefix('#')).filter(|to| !all.contains(to)).collect();
        assert!(lost.is_empty(), "{path}: {lost:?}");
        let named: Vec<&str> = values(&page, "aria-labelledby").into_iter().flat_map(str::split_whitespace).collect();
        assert!(named.iter().all(|name| all.contains(name)), "{path}: {named:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn contents_lead_to_every_part_of_a_long_page() {
    let province = Province::start().await;
    for (path, least) in [("2025", 12), ("2025?block=departments", 8), ("2025/so-noi-vu", 15), ("2025?questionnaire=sipas-2026", 8)] {
        for words in ["vi", "en"].map(Words::of) {
            let page = page(&province, path, words).await;
            let (contents, rest) = page.split_once("<nav class=\"contents\"").unwrap().1.split_once("</nav>").unwrap();
            let listed = values(contents, "href");
            // Headings of parts, and sections of chapters, which have an id; what stands deeper inside a part has none in the contents.
            let parts = rest.split("<h3 id=\"").chain(rest.split("<section id=\"").skip(1)).skip(1);
            let parts: HashSet<String> = parts.map(|rest| format!("#{}", rest.split('"').next().unwrap())).collect();
            let listed_once: HashSet<String> = listed.iter().map(|to| (*to).to_owned()).collect();
            let missing: Vec<&String> = parts.difference(&listed_once).collect();
            // Of a very long page what stands beside the figures is left out.
            let is_beside = |id: &&String| ["--modes", "--groups", "--attributes", "--rule", "--data"].iter().any(|end| id.ends_with(end));
            assert!(listed_once.is_subset(&parts) && missing.iter().all(is_beside), "{path}: {missing:?}");
            assert!(missing.is_empty() || path == "2025", "{path}: {missing:?}");
            assert!(listed.len() >= least, "{path}: {listed:?}");
            assert_eq!(page.matches("href=\"#CONTENTS\"").count(), rest.matches("<section").count(), "{path}: a way back behind each");
        }
    }
}

/// What somebody needs who works a figure out again stands behind what everybody comes for.
#[tokio::test(flavor = "multi_thread")]
async fn how_figures_were_made_stands_behind_them() {
    let province = Province::start().await;
    for (path, words) in
        ["2025", "2025?block=departments", "2025/so-noi-vu"].iter().flat_map(|path| ["vi", "en"].map(|code| (path, Words::of(code))))
    {
        let page = page(&province, path, words).await;
        let (findings, notes) = page.split_once("<section id=\"NOTES\">").unwrap();
        let sealed = words.get("results-sealed");
        for note in [words.get("par-lead"), words.get("par-points-exact"), sealed] {
            assert!(notes.contains(&note) && !findings.contains(&note), "{path}: {note}");
        }
        assert!(!findings.contains("SHA-256 bắt đầu bằng") && !findings.contains("SHA-256 beginning with"), "{path}");
    }
    for path in ["2025?questionnaire=sipas-2026", "2025/so-noi-vu?questionnaire=par-officials-departments"] {
        let page = page(&province, path, Words::of("vi")).await;
        let rule = page.find("--rule\">").map(|_| page.rfind("--rule\"").unwrap()).unwrap();
        assert!(page.rfind("<table").unwrap() < rule || page.rfind("class=\"item\"").is_some_and(|item| item < rule), "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn contents_take_one_screen_of_a_phone_and_what_a_link_leads_to_is_in_sight() {
    let (province, browser) = (Province::start().await, Browser::start(Look::PHONE).await);
    for path in ["2025", "2025?block=communes", "2025/so-noi-vu"] {
        browser.open(&format!("{}/results/{path}", province.address)).await;
        let height = browser.script("return document.querySelector('.contents').getBoundingClientRect().height").await;
        assert!(height.as_f64().unwrap() <= 740.0, "{path}: {height}");
        let hidden = "const hidden = []; \
            for (const link of document.querySelectorAll('.contents a, a[href^=\"#PAR-\"]')) { \
                location.hash = link.hash; \
                const at = document.getElementById(link.hash.slice(1)), box = at.getBoundingClientRect(); \
                const seen = document.elementFromPoint(box.left + 4, Math.max(box.top, 0) + 4); \
                const end = document.documentElement.scrollHeight - innerHeight - 2; \
                if (box.top < -1 || (box.top > 60 && scrollY < end) || !(at.contains(seen) || seen.contains(at))) hidden.push(link.hash) } \
            return hidden";
        assert_eq!(browser.script(hidden).await, json!([]), "{path}");
    }
}
