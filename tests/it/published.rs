//! What is published: pages of results, tables, the API, posters. Run on a small province whose one round is published.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Command;

use par_survey::demo::{self, Demo};
use par_survey::export::{self, Format, Kind, Request, Sheets};
use par_survey::poster::posters;
use par_survey::publication;
use par_survey::store::Store;
use par_survey::survey::mode::Mode;
use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Few sheets a unit, so that some units and many cells are under the floor.
const RESPONDENTS: u64 = 600;

struct Province {
    folder: TempDir,
    address: String,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Province {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = Demo { listen: "127.0.0.1:0".into(), respondents: RESPONDENTS, seed: 1 };
        let application = demo::build(&demo, folder.path()).await.unwrap().bound;
        let address = format!("http://{}", application.address());
        Self { folder, address, server: tokio::spawn(application.run()) }
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        reqwest::get(format!("{}{path}", self.address)).await.unwrap()
    }

    async fn text(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.text().await.unwrap()
    }

    async fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path).await).unwrap()
    }

    async fn store(&self) -> Store {
        Store::open(&format!("sqlite://{}", self.folder.path().join("demo.db").display())).await.unwrap()
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Province {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Rows of a CSV as maps from column to cell.
fn rows(csv: &str) -> Vec<HashMap<String, String>> {
    let text = csv.strip_prefix('\u{feff}').expect("a byte order mark");
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

#[tokio::test]
async fn pages_print_published_figures_with_their_sheets_and_rule() {
    let province = Province::start().await;
    let page = province.get("/results/2025?lang=en").await;
    assert_eq!(page.headers()[CACHE_CONTROL], "public, max-age=300");
    let policy = page.headers()[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    let page = page.text().await.unwrap();
    for words in
        ["Sample data", "not a probability sample", "under 10 sheets", "Mean of the block", "share of answers at the satisfied levels"]
    {
        assert!(page.contains(words), "{words}");
    }
    assert!(!page.contains(" style="), "the policy forbids styles on elements");
    assert!(!page.contains("No localization"), "every word is there");
    let vi = province.text("/results/2025").await;
    assert!(vi.contains("không phải mẫu xác suất") && vi.contains("dưới 10 phiếu") && !vi.contains("Unknown localization"));
}

#[tokio::test]
async fn a_unit_explains_its_points_in_both_languages() {
    let province = Province::start().await;
    let components = rows(&province.text("/api/v1/rounds/2025/sipas-2026/components.csv").await);
    let shown = components.iter().find(|row| !row["points"].is_empty()).unwrap();
    let page = province.text(&format!("/results/2025/{}?lang=en", shown["unit"])).await;
    assert!(page.contains(&format!("10.00 × {}", shown["index"])) || page.contains("10.00 × "), "the last step");
    assert!(page.contains(&shown["points"]) && page.contains("Mean of "));
    let vi = province.text(&format!("/results/2025/{}", shown["unit"])).await;
    assert!(vi.contains(&shown["points"].replace('.', ",")) && vi.contains("Trung bình cộng của"));
    let hidden = components.iter().find(|row| row["sheets"].is_empty()).expect("a unit under the floor");
    assert_eq!(hidden["hidden"], "under-floor");
    let page = province.text(&format!("/results/2025/{}?lang=en&questionnaire=sipas-2026", hidden["unit"])).await;
    assert!(page.contains("under 10 sheets") && !page.contains("<svg"));
}

#[tokio::test]
async fn rows_are_sorted_by_links_with_hidden_units_last() {
    let province = Province::start().await;
    let page = province.text("/results/2025?lang=en&sort=sheets&order=up").await;
    let table = page.split("<tbody>").nth(1).unwrap().split("</tbody>").next().unwrap();
    let sheets: Vec<&str> = table.split("<tr>").skip(1).map(|row| row.split("<td class=\"num\"").nth(1).unwrap()).collect();
    let sheets: Vec<&str> = sheets.iter().map(|cell| cell.split('>').nth(1).unwrap().split('<').next().unwrap()).collect();
    let numbers: Vec<u32> = sheets.iter().filter_map(|cell| cell.parse().ok()).collect();
    assert!(numbers.is_sorted() && numbers.len() > 2, "{sheets:?}");
    assert!(sheets.iter().skip(numbers.len()).all(|cell| *cell == "under 10 sheets"), "{sheets:?}");
    assert!(page.contains("aria-sort=\"ascending\"") && page.contains("sort=sheets&amp;order=down"));
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
    assert_eq!(rounds.as_array().unwrap().len(), 1);
    let response = province.get("/api/v1/rounds/2025").await;
    let tag = response.headers()[ETAG].to_str().unwrap().to_owned();
    let body = response.bytes().await.unwrap();
    assert_eq!(tag, format!("\"{}\"", hex::encode(Sha256::digest(&body))));
    assert_eq!(rounds[0]["sha256"], tag.trim_matches('"'));
    let again =
        reqwest::Client::new().get(format!("{}/api/v1/rounds/2025", province.address)).header(IF_NONE_MATCH, tag).send().await.unwrap();
    assert_eq!((again.status(), again.bytes().await.unwrap().len()), (StatusCode::NOT_MODIFIED, 0));
    let description = province.json("/api/v1/openapi.json").await;
    assert!(description["openapi"].as_str().unwrap().starts_with("3."));
}

#[tokio::test]
async fn every_table_has_the_same_rows_in_both_formats_and_python_opens_it() {
    let province = Province::start().await;
    for kind in Kind::ALL {
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

/// Subtracting rows of the export never leads to one person's attribute: no value of a narrowing column has 1 to 9 rows in a unit.
#[tokio::test]
async fn responses_are_written_without_what_narrows_down_who_answered() {
    let province = Province::start().await;
    let store = province.store().await;
    let mut out = Vec::new();
    let left_out = export::write_sheets(&store, ("2025", "sipas-2026"), Sheets::Responses, Format::Csv, &mut out).await.unwrap();
    let table = rows(std::str::from_utf8(&out).unwrap());
    assert_eq!(u64::try_from(table.len()).unwrap(), left_out.rows);
    assert!(left_out.units > 0 && left_out.columns > 0 && left_out.rows < RESPONDENTS, "{left_out:?}");
    let mut cells: HashMap<(&str, &str, &str), u32> = HashMap::new();
    for row in &table {
        for column in ["unit", "mode", "group", "stratum", "psu", "gender", "age", "ethnicity", "education", "occupation"] {
            *cells.entry((&row["unit"], column, &row[column])).or_default() += 1;
        }
    }
    let few: Vec<_> = cells.iter().filter(|((_, _, value), rows)| !value.is_empty() && **rows < 10).collect();
    assert!(few.is_empty(), "{few:?}");
    assert!(table[0].contains_key("q3_1") || table[0].keys().any(|key| key.starts_with('q')));
}

#[tokio::test]
async fn sheets_of_an_open_round_and_drafts_without_the_word_are_refused() {
    let province = Province::start().await;
    let store = province.store().await;
    let mut out = Vec::new();
    let refused = export::write_sheets(&store, ("2026", "sipas-2026"), Sheets::Remarks, Format::Csv, &mut out).await.unwrap_err();
    assert!(refused.to_string().contains("only after `par-survey round close 2026`"), "{refused}");
    let refused = export::write_sheets(&store, ("2025", "nope"), Sheets::Remarks, Format::Csv, &mut out).await.unwrap_err();
    assert!(refused.to_string().contains("it asks sipas-2026"), "{refused}");
    assert!(export::document(&store, "2026", true).await.is_err());
    assert!(out.is_empty());
    let remarks = export::write_sheets(&store, ("2025", "sipas-2026"), Sheets::Remarks, Format::Json, &mut out).await.unwrap();
    let written: Value = serde_json::from_slice(&out).unwrap();
    assert_eq!(u64::try_from(written.as_array().unwrap().len()).unwrap(), remarks.rows);
    let keys: Vec<&String> = written[0].as_object().unwrap().keys().collect();
    assert!(!keys.iter().any(|key| *key == "unit"), "remarks are linked to no unit: {keys:?}");
}

#[tokio::test]
async fn a_command_line_export_is_the_same_bytes_as_the_api() {
    let province = Province::start().await;
    let store = province.store().await;
    for kind in Kind::ALL {
        let request = Request { round: "2025", questionnaire: Some("sipas-2026"), format: Format::Csv, draft: false };
        let mut out = Vec::new();
        export::write_asked(&store, kind, request, &mut out).await.unwrap();
        assert_eq!(out, province.get(&format!("/api/v1/rounds/2025/sipas-2026/{kind}.csv")).await.bytes().await.unwrap());
    }
    let open = Request { round: "2026", questionnaire: Some("sipas-2026"), format: Format::Json, draft: true };
    assert!(export::write_asked(&store, Kind::Codebook, open, &mut Vec::new()).await.is_ok());
    assert!(export::write_asked(&store, Kind::Indices, open, &mut Vec::new()).await.is_err());
}

#[tokio::test]
async fn posters_have_a_page_and_a_code_for_every_unit() {
    let province = Province::start().await;
    let opened = publication::opened(&province.store().await, "2026").await.unwrap();
    let forms = || opened.questionnaires.iter().map(std::convert::AsRef::as_ref);
    let file = posters("https://khaosat.example.gov.vn/", &opened.round, forms(), Mode::Desk).unwrap();
    let units: usize = forms().map(|form| form.units.len()).sum();
    assert_eq!((file.matches("<section>").count(), file.matches("<svg").count()), (units, units));
    let first = opened.questionnaires[0].units[0].unit.code.as_str();
    let id = &opened.questionnaires[0].questionnaire.id;
    assert!(file.contains(&format!("aria-label=\"https://khaosat.example.gov.vn/2026/{id}/{first}?mode=desk\"")));
    assert!(posters("khaosat.example.gov.vn", &opened.round, forms(), Mode::Desk).is_err());
    if let Ok(folder) = std::env::var("PAR_SURVEY_KEEP") {
        std::fs::write(PathBuf::from(folder).join("posters.html"), &file).unwrap();
    }
}
