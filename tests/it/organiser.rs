//! Who asks: from the round file to every page, poster and slip of the round, and to links that are passed on.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use par_survey::catalogue::Catalogue;
use par_survey::import::units;
use par_survey::office::codes::Order;
use par_survey::office::creating;
use par_survey::organiser::Logo;
use par_survey::poster::posters;
use par_survey::poster::slips::Slips;
use par_survey::publication;
use par_survey::survey::code::Code;
use par_survey::survey::mode::Mode;
use reqwest::StatusCode;
use rstest::rstest;
use serde_json::Value;

use super::harness::app::{TestApp, with_key};
use super::harness::database::{Backend, TestDatabase};
use super::harness::fixture::{self, BY, ROUND, SIPAS};
use super::harness::steps;

const AGENCY: [&str; 2] = ["Sở Nội vụ tỉnh Mẫu", "Department of Home Affairs of Mau"];
const CONTACT: &str = "0200 123 456; khaosat@mau.example.vn";
const DECISION: [&str; 2] = ["Quyết định số 7/QĐ-UBND ngày 5/1/2026", "Decision 7/QĐ-UBND of 5 January 2026"];
const BLOCK: [&str; 2] = ["Phường và thị trấn", "Wards and towns"];

const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><circle r=\"4\" fill=\"#12457e\"/></svg>";
/// What pages carry of it.
const DRAWN: &str = "<img src=\"data:image/svg+xml,%3Csvg ";

const UNITS: &str = "\
code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into
so-noi-vu,Sở Nội vụ,Department of Home Affairs,departments,,,,
phuong-mot,Phường Một,Ward One,wards,,,,
";

/// A picture of one point.
fn png() -> Vec<u8> {
    hex::decode(concat!(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000",
        "000d49444154789c631072adfb0f00031701d5b90197a60000000049454e44ae426082"
    ))
    .unwrap()
}

fn round_file(window: [Timestamp; 2], logo: &str) -> String {
    let [opens, closes] = window.map(|at| at.to_string());
    let both = |[vi, en]: [&str; 2]| format!("{{ vi = \"{vi}\", en = \"{en}\" }}");
    format!(
        "id = \"{ROUND}\"\nname = {{ vi = \"Khảo sát 2026\", en = \"Survey 2026\" }}\nyear = 2026\nopens = \"{opens}\"\ncloses = \"{closes}\"\n\
         [organiser]\nname = {}\nprovince = {{ vi = \"UBND tỉnh Mẫu\", en = \"Mau Province\" }}\ndecision = {}\n\
         contact = [\"0200 123 456\", \"khaosat@mau.example.vn\"]\nlogo = \"{logo}\"\npublic_url = \"https://khaosat.example.vn\"\n\
         [organiser.blocks]\nwards = {}\n[[questionnaire]]\nid = \"{SIPAS}\"\nblocks = [\"departments\", \"wards\"]\n",
        both(AGENCY),
        both(DECISION),
        both(BLOCK),
    )
}

/// A server over an open round of a file, with one code, and the emblem beside the file.
async fn served(backend: Backend, (name, logo): (&str, &[u8])) -> (TestApp, Code) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    store.save_units(&units::read(UNITS.as_bytes(), &[]).unwrap(), "", &BY).await.unwrap();
    let folder = database.folder().join("round");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join(name), logo).unwrap();
    let window = [-1, 24].map(|hours| Timestamp::now() + SignedDuration::from_hours(hours));
    let described = creating::read(round_file(window, name).as_bytes(), &folder).unwrap();
    steps::create(&store, &described).await;
    let found = Catalogue { definitions: vec![fixture::definition(SIPAS)], schemes: Vec::new(), faulty: Vec::new() };
    steps::open(&store, ROUND, &found, Some(&fixture::seal())).await;
    let order = Order { questionnaire: SIPAS, group: "", unit: Some("so-noi-vu"), count: 1, seed: Some(1) };
    let code = steps::issue(&store, &database.keys(), ROUND, &order).await.remove(0);
    (TestApp::over(database, store).await, code)
}

/// What is posted to the address of codes.
async fn post(app: &TestApp, fields: &[(&str, &str)]) -> String {
    let fields: Vec<(String, String)> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    app.send(&format!("{}/c", app.address), &fields).await.text().await.unwrap()
}

#[track_caller]
fn assert_says_who_asks(page: &str, place: &str, language: usize) {
    for said in [AGENCY[language], CONTACT, DECISION[language], DRAWN] {
        assert!(page.contains(said), "{place} lacks {said}: {page}");
    }
}

#[rstest]
#[tokio::test]
async fn every_page_of_a_round_says_who_asks_by_what_decision_and_whom_to_call(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (app, code) = served(backend, ("emblem.svg", SVG)).await;
    let form = format!("/{ROUND}/{SIPAS}/phuong-mot");
    for path in ["/", "/about", &format!("/{ROUND}/{SIPAS}"), &form, &format!("{form}/thanks"), "/c", "/c/thanks"] {
        assert_says_who_asks(&app.get(path).await.text().await.unwrap(), path, 0);
        let english = format!("{path}?lang=en");
        assert_says_who_asks(&app.get(&english).await.text().await.unwrap(), &english, 1);
    }
    for path in ["/nothing", &format!("/{ROUND}/nothing"), &format!("{form}x"), &format!("/results/{ROUND}"), "/results/x"] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        assert_says_who_asks(&response.text().await.unwrap(), path, 0);
    }
    assert_says_who_asks(&post(&app, &[("turn", "open"), ("code", &code.compact())]).await, "the form of a code", 0);
    assert_says_who_asks(&post(&app, &[("turn", "open"), ("code", "1")]).await, "a code that opens nothing", 0);
    let empty = app.send(&format!("{}{form}", app.address), &[]).await.text().await.unwrap();
    assert_says_who_asks(&empty, "a form that came back", 0);
    let impossible = app.send(&format!("{}{form}", app.address), &[("no-such-item".to_owned(), "1".to_owned())]).await;
    assert_eq!(impossible.status(), StatusCode::BAD_REQUEST);
    assert_says_who_asks(&impossible.text().await.unwrap(), "a form that is refused", 0);
    app.close().await;
    app.publish().await;
    app.wait_for(&form, "đã đóng").await;
    assert_says_who_asks(&app.get(&form).await.text().await.unwrap(), "the form of a round that is over", 0);
}

#[tokio::test]
async fn what_is_published_says_who_asked_and_what_blocks_are_called_and_names_nobody_to_call() {
    let (app, _) = served(Backend::Sqlite, ("emblem.svg", SVG)).await;
    let choice = app.get(&format!("/{ROUND}/{SIPAS}")).await.text().await.unwrap();
    assert!(choice.contains(&format!("<h2>{}</h2>", BLOCK[0])) && !choice.contains(">wards<"), "{choice}");
    let form = fixture::form(&app.store, SIPAS).await;
    for seed in 0..12 {
        let sheet = with_key(&app.key(SIPAS, "phuong-mot").await, fixture::complete(&form, seed));
        assert_eq!(app.send(&app.form_address(SIPAS, "phuong-mot"), &sheet).await.status(), StatusCode::SEE_OTHER);
    }
    app.close().await;
    app.publish().await;
    let (whole, unit) = (format!("/results/{ROUND}"), format!("/results/{ROUND}/phuong-mot"));
    app.wait_for(&whole, BLOCK[0]).await;
    for (path, language) in [(&whole, 0), (&unit, 0), (&format!("{whole}?lang=en"), 1), (&format!("{unit}?lang=en"), 1)] {
        let page = app.get(path).await.text().await.unwrap();
        assert_says_who_asks(&page, path, language);
        assert!(page.contains(BLOCK[language]), "{path}: {page}");
    }
    let given: Value = serde_json::from_slice(&app.get(&format!("/api/v1/rounds/{ROUND}")).await.bytes().await.unwrap()).unwrap();
    let organiser = given["organiser"].as_object().unwrap();
    assert_eq!(organiser.keys().collect::<Vec<_>>(), ["blocks", "decision", "name", "province"]);
    assert_eq!((&organiser["name"]["vi"], &organiser["blocks"]["wards"]["en"]), (&AGENCY[0].into(), &BLOCK[1].into()));
}

#[tokio::test]
async fn posters_and_slips_say_who_asks_and_lead_to_its_address() {
    let (app, code) = served(Backend::Sqlite, ("emblem.svg", SVG)).await;
    let opened = publication::opened(&app.store, ROUND).await.unwrap();
    let form = opened.form(SIPAS).unwrap();
    let posters = posters(None, &opened, [form.as_ref()], Mode::Desk).unwrap();
    let slips = Slips { opened: &opened, form, public_url: None };
    let (list, slips) = (slips.csv(&[code]).unwrap(), slips.html(&[code, code]).unwrap());
    for (printed, pages) in [(&posters, 2), (&slips, 2)] {
        for said in [AGENCY[0], AGENCY[1], CONTACT, "<use href=\"#emblem\"></use>"] {
            assert!(printed.matches(said).count() >= pages, "{said}: {printed}");
        }
        assert_eq!(printed.matches("href=\"data:image/svg+xml,").count(), 1, "one emblem for all pages");
    }
    assert!(posters.contains(&format!("khaosat.example.vn/{ROUND}/{SIPAS}/phuong-mot")), "{posters}");
    assert!(slips.contains("khaosat.example.vn/c<") && list.contains("https://khaosat.example.vn/c#"), "{list}");
    if let Ok(folder) = std::env::var("PAR_SURVEY_KEEP") {
        std::fs::write(Path::new(&folder).join("slips-asked.html"), &slips).unwrap();
        std::fs::write(Path::new(&folder).join("posters-asked.html"), &posters).unwrap();
    }
}

#[tokio::test]
async fn a_link_that_is_passed_on_shows_who_asks_and_nothing_of_what_a_code_opens() {
    let picture = png();
    let (app, code) = served(Backend::Sqlite, ("emblem.png", &picture)).await;
    let address = format!("/assets/{}", Logo::kept(picture.clone()).sha256());
    let shown = format!("<meta property=\"og:image\" content=\"https://khaosat.example.vn{address}\">");
    let form = format!("/{ROUND}/{SIPAS}/phuong-mot");
    for (path, about) in [("/", "Chọn một phiếu"), (&format!("/{ROUND}/{SIPAS}"), "Khảo sát 2026"), (&form, "Phường Một · Khảo sát 2026")]
    {
        let page = app.get(path).await.text().await.unwrap();
        let site = format!("<meta property=\"og:site_name\" content=\"{}\">", AGENCY[0]);
        assert!(page.contains(&shown) && page.contains(&site) && page.contains("og:title"), "{path}: {page}");
        let said = page.split("og:description\" content=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(said.contains(about), "{path}: {said}");
    }
    let coded = post(&app, &[("turn", "open"), ("code", &code.compact())]).await;
    for page in [coded, app.get("/c").await.text().await.unwrap(), app.get(&format!("{form}/thanks")).await.text().await.unwrap()] {
        assert!(page.contains("<form") || page.contains("thanks"), "{page}");
        assert!(!page.contains("og:"), "{page}");
    }
    let response = app.get(&address).await;
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!((header("content-type"), header("x-content-type-options")), ("image/png".into(), "nosniff".into()));
    assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(response.bytes().await.unwrap(), picture);
    assert_eq!(app.get("/assets/0000").await.status(), StatusCode::NOT_FOUND);
}

/// A drawing that is opened by itself would be a page of this site.
#[tokio::test]
async fn a_drawing_has_no_address_of_its_own() {
    let (app, _) = served(Backend::Sqlite, ("emblem.svg", SVG)).await;
    assert_eq!(app.get(&format!("/assets/{}", Logo::kept(SVG.to_vec()).sha256())).await.status(), StatusCode::NOT_FOUND);
    let home = app.get("/").await;
    let policy = home.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains("default-src 'none'") && policy.contains("img-src data:;"), "{policy}");
    assert!(!home.text().await.unwrap().contains("og:image"));
}

/// Points of a drawing that nothing makes smaller: SIPAS is the largest form that ships.
#[rstest]
#[case("br")]
#[case("gzip")]
#[tokio::test]
async fn a_form_with_the_largest_emblem_that_it_carries_is_still_small(#[case] encoding: &str) {
    let points: Vec<String> = (0_u32..700).map(|place| (place.wrapping_mul(2_654_435_761) >> 15).to_string()).collect();
    let drawing = |points: &[String]| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M{}\"/></svg>", points.join(" "))
    };
    let fitting = (0..points.len()).rev().map(|count| drawing(&points[..count])).find(|drawing| drawing.len() <= 4096).unwrap();
    let (app, _) = served(Backend::Sqlite, ("emblem.svg", fitting.as_bytes())).await;
    let address = app.form_address(SIPAS, "phuong-mot");
    let response = app.client.get(&address).header("accept-encoding", encoding).send().await.unwrap();
    assert_eq!(response.headers()["content-encoding"], encoding);
    let headers: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    let whole = headers + response.bytes().await.unwrap().len();
    assert!(whole <= 14 * 1024, "{whole} bytes with {encoding}");
    let plain = app.client.get(&address).send().await.unwrap().text().await.unwrap();
    assert!(plain.contains(DRAWN), "{plain}");
}
