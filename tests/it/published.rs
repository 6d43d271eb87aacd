//! What is published: pages of results, tables, the API, posters. Run on a small province whose one round is published.

mod columns;
mod sheets;
mod small;
mod working;

use std::collections::HashMap;
use std::io::Read;
use std::process::Command;

use num_bigint::BigUint;
use par_survey::export::PublishedTable;
use par_survey::survey::{Item, Questionnaire};
use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::harness::fixture::{self, SIPAS};
use super::harness::patience::until;
use super::harness::province::{Province, RESPONDENTS};

/// Rows of a CSV as maps from column to cell.
fn rows(csv: &str) -> Vec<HashMap<String, String>> {
    let text = csv.strip_prefix('\u{feff}').expect("a byte order mark");
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

#[tokio::test]
async fn pages_print_published_figures_with_their_sheets_and_rule() {
    let province = Province::start().await;
    let page = province.get("/results/2025?lang=en").await;
    assert_eq!(page.headers()[CACHE_CONTROL], "public, no-cache");
    let again = reqwest::Client::new().get(format!("{}/results/2025?lang=en", province.address));
    let again = again.header(IF_NONE_MATCH, page.headers()[ETAG].clone()).send().await.unwrap();
    assert_eq!((again.status(), again.bytes().await.unwrap().len()), (StatusCode::NOT_MODIFIED, 0));
    assert_ne!(page.headers()[ETAG], province.get("/results/2025").await.headers()[ETAG], "the other language is another page");
    let policy = page.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    let page = page.text().await.unwrap();
    for words in
        ["Sample data", "not a probability sample", "too few answers", "Mean of the block", "share of answers at the satisfied levels"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains(" style="), "the policy forbids styles on elements");
    assert!(!page.contains("No localization"), "every word is there");
    let vi = province.text("/results/2025").await;
    assert!(vi.contains("không phải mẫu xác suất") && vi.contains("quá ít câu trả lời") && !vi.contains("Unknown localization"));
}

#[tokio::test]
async fn a_unit_explains_its_points_in_both_languages() {
    let province = Province::start().await;
    let components = rows(&province.text("/api/v1/rounds/2025/sipas-2026/components.csv").await);
    let shown = components.iter().find(|row| !row["points"].is_empty()).unwrap();
    let page = province.text(&format!("/results/2025/{}?lang=en", shown["unit"])).await;
    // Under 50 sheets the page says only what is printed anyway.
    assert!(shown["points_held"].is_empty());
    let (index, points) = (&shown["index"], &shown["points"]);
    assert!(page.contains(&format!("10.00 × {index} ÷ 100 gives {points} points.")) && page.contains("so only the last step is given"));
    assert!(page.contains("10–49"));
    let vi = province.text(&format!("/results/2025/{}", shown["unit"])).await;
    let said = format!("10,00 × {} ÷ 100, được {} điểm.", index.replace('.', ","), points.replace('.', ","));
    assert!(vi.contains(&said) && vi.contains("nên chỉ nêu bước cuối"));
    let hidden = components.iter().find(|row| row["sheets"].is_empty()).expect("a unit under the floor");
    assert_eq!(hidden["hidden"], "under-floor");
    let page = province.text(&format!("/results/2025/{}?lang=en&questionnaire=sipas-2026", hidden["unit"])).await;
    assert!(page.contains("too few answers") && !page.contains("<figure") && !page.contains("class=\"bar\""));
}

#[tokio::test]
async fn rows_are_sorted_by_links_with_hidden_units_last() {
    let province = Province::start().await;
    let page = province.text("/results/2025?lang=en&sort=index&order=up").await;
    // Behind the ranking, which has tables of its own.
    let survey = page.split("<section id=\"sipas-2026\"").nth(1).unwrap();
    let table = survey.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    // The first number of a row is its index; a unit under the floor has one cell alone.
    let indices: Vec<&str> = table.split("<tr>").skip(1).map(|row| row.split("<td class=\"num\"").nth(1).unwrap()).collect();
    let indices: Vec<&str> = indices.iter().map(|cell| cell.split('>').nth(1).unwrap().split('<').next().unwrap()).collect();
    let numbers: Vec<f64> = indices.iter().filter_map(|cell| cell.parse().ok()).collect();
    assert!(numbers.is_sorted() && numbers.len() > 2, "{indices:?}");
    assert!(indices.iter().skip(numbers.len()).all(|cell| *cell == "too few answers"), "{indices:?}");
    assert!(page.contains("aria-sort=\"ascending\"") && page.contains("sort=index&amp;order=down"));
}

#[tokio::test]
async fn what_is_not_published_is_nowhere() {
    let province = Province::start().await;
    let page = province.get("/results/2026").await;
    assert_eq!((page.status(), page.headers()[CACHE_CONTROL].to_str().unwrap()), (StatusCode::NOT_FOUND, "no-store"));
    assert!(page.text().await.unwrap().contains("chưa công bố"));
    assert_eq!(province.get("/results/2026/so-noi-vu").await.status(), StatusCode::NOT_FOUND);
    assert_eq!(province.get("/results/2025/nobody").await.status(), StatusCode::NOT_FOUND);
    for path in [
        "/api/v1/rounds/2026",
        "/api/v1/rounds/2026/sipas-2026/indices.csv",
        "/api/v1/rounds/2025/sipas-2026/responses.csv",
        "/api/v1/rounds/2025/nope/indices.csv",
        "/api/v1/nothing",
    ] {
        let response = province.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        let problem: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        assert!(["code", "message", "hint"].iter().all(|key| problem[key].is_string()), "{problem}");
    }
    let posted = reqwest::Client::new().post(format!("{}/api/v1/rounds", province.address)).send().await.unwrap();
    assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn the_api_sends_the_frozen_bytes_and_their_hash() {
    let province = Province::start().await;
    let rounds = province.json("/api/v1/rounds").await;
    assert_eq!(rounds.as_array().unwrap().len(), 2, "the example's year and the one before");
    let response = province.get("/api/v1/rounds/2025").await;
    let tag = response.headers()[ETAG].to_str().unwrap().to_owned();
    let body = response.bytes().await.unwrap();
    assert_eq!(tag, format!("\"{}\"", hex::encode(Sha256::digest(&body))));
    assert_eq!(rounds[0]["sha256"], tag.trim_matches('"'));
    let frozen = province.get(&format!("/api/v1/snapshots/{}", tag.trim_matches('"'))).await;
    assert_eq!(frozen.headers()[CACHE_CONTROL], "public, max-age=31536000, immutable");
    let again =
        reqwest::Client::new().get(format!("{}/api/v1/rounds/2025", province.address)).header(IF_NONE_MATCH, tag).send().await.unwrap();
    assert_eq!((again.status(), again.bytes().await.unwrap().len()), (StatusCode::NOT_MODIFIED, 0));
    let description = province.json("/api/v1/openapi.json").await;
    assert!(description["openapi"].as_str().unwrap().starts_with("3."));
    // What exact points of few answers may tell is said where they are given, as on pages.
    let said = |path: &str| description["paths"][path]["get"]["responses"]["200"]["description"].as_str().unwrap().to_owned();
    for path in ["/api/v1/rounds/{round}", "/api/v1/snapshots/{sha256}"] {
        let said = said(path);
        let exact = "the overall index and the points of a survey, so that these are exact from the floor on, also where few answers are behind them";
        assert!(
            said.contains(exact) && said.contains("they alone may tell how many answered in which way, such as that all answered alike"),
            "{said}"
        );
    }
    let of_table = said("/api/v1/rounds/{round}/{questionnaire}/{table}.{format}");
    for why in ["`under-floor` where fewer than the floor answered", "`few-answers`", "`too-few-sheets`", "`points_alone` is filled in"] {
        assert!(of_table.contains(why), "{why}: {of_table}");
    }
}

#[tokio::test]
async fn a_damaged_publication_is_left_out_of_the_list_and_takes_no_other_along() {
    let province = Province::start().await;
    // Before anybody has asked for it: what was read once is kept.
    province.change("UPDATE snapshot SET body = 'damaged' WHERE round_id = (SELECT id FROM round WHERE code = '2024')");
    let rounds = province.json("/api/v1/rounds").await;
    let listed: Vec<_> = rounds.as_array().unwrap().iter().map(|round| round["round"].as_str().unwrap()).collect();
    assert_eq!(listed, ["2025"]);
    assert_eq!(province.get("/api/v1/rounds/2025").await.status(), StatusCode::OK);
    assert_eq!(province.get("/api/v1/rounds/2024").await.status(), StatusCode::INTERNAL_SERVER_ERROR);
    // A unit is compared with it, and shown without.
    assert_eq!(province.get("/results/2025/so-noi-vu").await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_table_is_the_same_in_every_encoding_however_often_it_is_asked_for() {
    let province = Province::start().await;
    let path = "/api/v1/rounds/2025/sipas-2026/indices.csv";
    let (tag, plain) = province.encoded(path, "identity").await;
    for encoding in ["br", "gzip"] {
        let (weak, packed) = province.encoded(path, encoding).await;
        assert_eq!(weak, format!("W/{tag}"));
        let mut unpacked = Vec::new();
        match encoding {
            "br" => brotli::Decompressor::new(&*packed, 4096).read_to_end(&mut unpacked).unwrap(),
            _ => flate2::read::GzDecoder::new(&*packed).read_to_end(&mut unpacked).unwrap(),
        };
        assert!(unpacked == plain && packed.len() < plain.len(), "{encoding}");
        assert!(province.encoded(path, encoding).await == (weak, packed), "{encoding}");
    }
    let others = ["indices.json", "components.csv", "distributions.csv"].map(|name| format!("/api/v1/rounds/2025/sipas-2026/{name}"));
    for other in others {
        assert_ne!(province.encoded(&other, "identity").await.0, tag, "{other}");
    }
    assert!(province.encoded(path, "identity").await == (tag, plain));
}

const BANNER: &str = "Dữ liệu mẫu: mọi câu trả lời ở đây do máy tạo ra";

/// Every kind of page that belongs to no round: method, address, kind of body, body and status.
const WITHOUT_ROUND: [(&str, &str, &str, &str, u16); 12] = [
    ("GET", "/", "", "", 200),
    ("GET", "/c", "", "", 200),
    ("GET", "/c/thanks", "", "", 200),
    ("GET", "/nothing", "", "", 404),
    ("GET", "/1999/sipas-2026", "", "", 404),
    ("GET", "/1999/sipas-2026/so-noi-vu", "", "", 404),
    ("GET", "/results/1999", "", "", 404),
    ("GET", "/results/2025?lang=vi&lang=en", "", "", 404),
    ("PUT", "/2026/sipas-2026/so-noi-vu", FORM, "", 405),
    ("POST", "/2026/sipas-2026/so-noi-vu", "application/json", "{}", 415),
    ("POST", "/c", FORM, "turn=open&code=nonsense", 422),
    ("POST", "/c", "application/json", "{}", 415),
];

const FORM: &str = "application/x-www-form-urlencoded";

/// The same pages, and two more: one for a body that is too large, one for a sheet that cannot be.
async fn without_round(province: &Province) -> Vec<(String, String)> {
    let (form, large) = ("/2026/sipas-2026/so-noi-vu", "x".repeat(200_000));
    let refused = [("POST", form, FORM, &*large, 413), ("POST", form, FORM, "q9_1=9", 400)];
    let mut pages = Vec::new();
    for (method, path, kind, body, status) in WITHOUT_ROUND.into_iter().chain(refused) {
        let (answered, page) = province.sent(method, path, kind, body).await;
        assert_eq!(answered, status, "{method} {path}");
        pages.push((format!("{method} {path} {status}"), page));
    }
    pages
}

#[tokio::test]
async fn every_page_says_that_answers_are_made_up_until_one_round_is_real() {
    let province = Province::start().await;
    for (asked, page) in without_round(&province).await {
        assert!(page.contains(BANNER), "{asked}");
    }
    province.change("UPDATE round SET synthetic = 0 WHERE code = '2026'; UPDATE revision SET number = number + 1");
    until("the round is never real", async || !province.text("/").await.contains(BANNER)).await;
    for (asked, page) in without_round(&province).await {
        assert!(!page.contains(BANNER), "{asked}");
    }
    assert!(province.text("/results/2025").await.contains(BANNER), "this round's answers are made up as before");
}

#[tokio::test]
async fn every_table_has_the_same_rows_in_both_formats_and_python_opens_it() {
    let province = Province::start().await;
    for kind in PublishedTable::ALL {
        let path = format!("/api/v1/rounds/2025/sipas-2026/{kind}");
        let response = province.get(&format!("{path}.csv")).await;
        assert_eq!(response.headers()[CONTENT_TYPE], "text/csv; charset=utf-8");
        let csv = response.text().await.unwrap();
        let json = province.json(&format!("{path}.json")).await;
        let (table, objects) = (rows(&csv), json.as_array().unwrap());
        assert_eq!(table.len(), objects.len(), "{kind}");
        assert!(table.iter().all(|row| row["round"] == "2025" && row["synthetic"] == "yes" && row["snapshot"].len() == 64), "{kind}");
        let file = province.file("table.csv");
        std::fs::write(&file, &csv).unwrap();
        let script = "import csv,sys\nrows=list(csv.DictReader(open(sys.argv[1],encoding='utf-8-sig',newline=''),strict=True))\n\
                      assert len(rows)==int(sys.argv[2]) and 'round' in rows[0] and None not in rows[0]";
        let done = Command::new("python3").args(["-c", script]).arg(&file).arg(table.len().to_string()).output().unwrap();
        assert!(done.status.success(), "{kind}: {}", String::from_utf8_lossy(&done.stderr));
    }
}
