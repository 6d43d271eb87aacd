//! All ways in which a published round is read: what each of them says.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader, Xlsx};
use par_survey::export::{Format, PublishedTable, TablePart};
use par_survey::office::exporting::FigureTables;
use par_survey::store::Store;
use serde_json::Value;

use super::province::{FIRST, PAST, SECOND};
use crate::harness::steps::office;

/// Blocks of the sample.
const BLOCKS: [&str; 2] = ["departments", "communes"];

/// Texts by the name of the file that keeps them.
pub(super) type Texts = BTreeMap<String, String>;

/// The questionnaires of a round that was published here.
fn surveys(round: &Value) -> Vec<String> {
    let all = round["questionnaires"].as_array().unwrap();
    all.iter().map(|asked| asked["results"]["questionnaire"].as_str().unwrap().to_owned()).collect()
}

async fn get(server: &str, path: &str) -> Vec<u8> {
    let response = reqwest::get(format!("{server}{path}")).await.unwrap();
    assert!(response.status().is_success(), "{path}: {}", response.status());
    response.bytes().await.unwrap().to_vec()
}

async fn text(server: &str, path: &str) -> String {
    String::from_utf8(get(server, path).await).unwrap()
}

/// The frozen bodies that the API gives: of a round, and of everything that was ever published of one.
pub(super) async fn bodies(server: &str, hashes: &[String]) -> Vec<String> {
    let mut bodies = Vec::new();
    for hash in hashes {
        bodies.push(text(server, &format!("/api/v1/snapshots/{hash}")).await);
    }
    bodies
}

/// Everything but the bodies: other addresses of the API, exports, pages.
pub(super) async fn all(server: &str, store: &Store) -> Texts {
    let mut found = Texts::from([("api/rounds.json".to_owned(), text(server, "/api/v1/rounds").await)]);
    for code in [PAST, FIRST, SECOND] {
        let round: Value = serde_json::from_str(&text(server, &format!("/api/v1/rounds/{code}")).await).unwrap();
        for format in ["csv", "json"] {
            let path = format!("{code}/scores.{format}");
            found.insert(format!("api/{path}"), text(server, &format!("/api/v1/rounds/{path}")).await);
            for survey in surveys(&round) {
                for kind in PublishedTable::ALL {
                    let path = format!("{code}/{survey}/{kind}.{format}");
                    found.insert(format!("api/{path}"), text(server, &format!("/api/v1/rounds/{path}")).await);
                }
            }
        }
        found.insert(format!("export/{code}/scores.xlsx.txt"), workbook(get(server, &format!("/api/v1/rounds/{code}/scores.xlsx")).await));
        for kind in PublishedTable::ALL.into_iter().filter(|_| !surveys(&round).is_empty()) {
            let mut out = Vec::new();
            let frozen = FigureTables { round: code, questionnaire: None, draft: false };
            frozen.write(&office(store), (kind, TablePart::Rows), Format::Csv, &mut out).await.unwrap();
            found.insert(format!("export/{code}/{kind}.csv"), String::from_utf8(out).unwrap());
        }
        for path in pages(code, &round) {
            let name = path.replace(['/', '?', '&'], "_");
            found.insert(format!("pages/{}.txt", name.trim_start_matches('_')), words(&text(server, &path).await));
        }
    }
    found
}

/// Addresses of the pages of a round: the whole, each block and unit in Vietnamese, the whole in English.
fn pages(code: &str, round: &Value) -> Vec<String> {
    let whole = format!("/results/{code}");
    let blocks = round["ranking"]["blocks"].as_array().unwrap().iter().map(|block| block["block"].as_str().unwrap());
    let in_ranking = round["ranking"]["blocks"].as_array().unwrap().iter().flat_map(|block| block["units"].as_array().unwrap());
    let units = in_ranking.map(|unit| unit["unit"].as_str().unwrap());
    let blocks = blocks.map(|block| format!("{whole}?block={block}"));
    let units = units.map(|unit| format!("{whole}/{unit}"));
    [whole.clone(), format!("{whole}?lang=en")].into_iter().chain(blocks).chain(units).collect()
}

/// The sheet of a workbook that says what the columns of the others are, and has no figures.
const COLUMNS: &str = "Giải thích cột";

/// Every cell of every sheet with figures, a row a line.
fn workbook(bytes: Vec<u8>) -> String {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let mut lines = Vec::new();
    for name in book.sheet_names().into_iter().filter(|name| name != COLUMNS) {
        lines.push(format!("[{name}]"));
        for row in book.worksheet_range(&name).unwrap().rows() {
            let cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            lines.push(cells.join("\t").trim_end().to_owned());
        }
    }
    lines.join("\n") + "\n"
}

/// A page without something, from each place where it begins to where it ends.
fn without(page: &str, (begin, end): (&str, &str)) -> String {
    let mut parts = page.split(begin);
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |all, part| all + end + part.split_once(end).unwrap().1)
}

/// A page as it was before contents led into it and losses were listed, which say once more what stands there; and with the codes of
/// criteria, as rows of score sheets have them, in place of their numbers.
fn as_at_first(page: &str) -> String {
    let page = without(page, ("<nav class=\"contents\"", "</nav>"));
    // Charts draw what tables say, each format's in its own way.
    let page = without(&page, ("<figure", "</figure>"));
    // What only paper has: where the page is on the web.
    let page = without(&page, ("<p class=\"paper\">", "</p>"));
    let page = BLOCKS.iter().fold(page, |page, block| without(&page, (&format!("<h3 id=\"PAR-{block}-losses\""), "<h3")));
    let mut parts = page.split("<span class=\"code\">");
    let mut all = parts.next().unwrap().to_owned();
    for part in parts {
        let row = &all[all.rfind("<tr").unwrap()..];
        let code = row.strip_prefix("<tr id=\"").or(row.strip_prefix("<tr class=\"part\" id=\""));
        let code = code.and_then(|row| row.split('"').next()?.split_once("--")).map_or("", |(_, code)| code).to_owned();
        all = all + &code + part.split_once("</span>").unwrap().1;
    }
    all
}

/// What a page says between its tags, a text a line.
fn words(page: &str) -> String {
    let page = as_at_first(page);
    let body = page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap();
    let parts = body.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
    parts.filter(|text| !text.is_empty()).fold(String::new(), |all, text| all + text + "\n")
}
