//! How a code comes: typed on whatever keyboard, pasted, scanned; and codes that were printed before.

use jiff::Timestamp;
use par_survey::store::audit::By;
use par_survey::store::codes::NewCodes;
use par_survey::survey::code::Code;
use reqwest::StatusCode;

use super::{issue, send};
use crate::harness::app::TestApp;
use crate::harness::browser::Browser;
use crate::harness::database::Backend;
use crate::harness::fixture::{OFFICIALS, ROUND};

/// The page that an entry gets, and its status.
async fn entered(app: &TestApp, entry: &str) -> (StatusCode, String) {
    let fields = [("code".to_owned(), entry.to_owned()), ("turn".to_owned(), "open".to_owned())];
    let response = app.send(&format!("{}/c?lang=vi", app.address), &fields).await;
    (response.status(), response.text().await.unwrap())
}

fn is_opened((status, page): &(StatusCode, String)) -> bool {
    *status == StatusCode::OK && page.contains("id=\"over\"")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_opens_its_form_however_it_is_typed_or_pasted() {
    let app = TestApp::start(Backend::Sqlite).await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let compact = code.compact();
    let wide: String = compact.chars().map(|digit| char::from_u32(u32::from(digit) - 0x30 + 0xFF10).unwrap()).collect();
    for entry in [
        code.grouped(),
        wide,
        [&compact[..4], &compact[4..9], &compact[9..]].join("\u{200B}"),
        format!("\u{FEFF}{}\u{2060}{}\u{AD}", &compact[..8], &compact[8..]),
        format!("{compact},"),
        format!("Mã phiếu: {}", code.grouped()),
        format!("{}/c#{compact}", app.address),
    ] {
        assert!(is_opened(&entered(&app, &entry).await), "{entry}");
    }
}

/// Groups beside a code, such as a year, can make another one with it by chance, and so can whatever stands before a code of symbols.
#[tokio::test(flavor = "multi_thread")]
async fn what_reads_as_a_code_by_chance_beside_one_that_was_issued_does_not_hide_it() {
    let app = TestApp::start(Backend::Sqlite).await;
    let round = app.store.round(ROUND).await.unwrap().id;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let printed = code.grouped();
    let fits = |text: &str| Code::read(text).is_some_and(|read| read.is_for(round));
    let groups = || (0..97).map(|number| format!("{number:04}"));
    let before = groups().find(|group| fits(&format!("{group} {}", &printed[..14]))).unwrap();
    let behind = groups().find(|group| fits(&format!("{} {group}", &printed[5..]))).unwrap();
    let symbols = Code::read("7Q4M-1ZKD-9RP").unwrap();
    keep(&app, &code, &[symbols]).await;
    let forged = Code::drawn(12_345, round).grouped();
    for entry in [format!("{before} {printed}"), format!("{printed} {behind}"), format!("{forged}: 7Q4M-1ZKD-9RP")] {
        assert!(is_opened(&entered(&app, &entry).await), "{entry}");
    }
    // Of two that were issued nobody knows which is meant.
    let other = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    assert_eq!(entered(&app, &format!("{printed}, {}", other.grouped())).await.0, StatusCode::UNPROCESSABLE_ENTITY);
}

/// Whether the check digits tell it, or nobody was given it: what is said is the same, and what was typed comes back to be mended.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_opens_nothing_comes_back_as_it_was_typed_and_is_told_in_the_same_words() {
    let app = TestApp::start(Backend::Sqlite).await;
    let round = app.store.round(ROUND).await.unwrap().id;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let forged = Code::drawn(12_345, round).grouped();
    let misspelt = Code::drawn(12_345, round + 1).grouped();
    let labelled = format!("Mã: {misspelt}");
    let mut said = Vec::new();
    for entry in [&forged, &misspelt, &labelled] {
        let (status, page) = entered(&app, entry).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains(&format!(" value=\"{entry}\"")) && page.contains(" aria-invalid=\"true\""), "{page}");
        said.push(page.split("role=\"alert\"").nth(1).unwrap().split("</div>").next().unwrap().to_owned());
    }
    assert!(said[0].contains("không mở được phiếu nào") && said.iter().all(|other| *other == said[0]), "{said:?}");
    let (_, short) = entered(&app, &code.compact()[1..]).await;
    assert!(short.contains("Mã phiếu có 16 chữ số, ở đây có 15."), "{short}");
    let page = app.get("/c?lang=vi").await.text().await.unwrap();
    assert!(page.contains(" inputmode=\"numeric\"") && !page.contains("aria-invalid"), "{page}");
}

/// Keeps codes that open what one does that was issued.
async fn keep(app: &TestApp, like: &Code, codes: &[Code]) {
    let (round, pepper) = (app.store.round(ROUND).await.unwrap(), app.database.keys().pepper(ROUND).unwrap().unwrap());
    let issued = app.store.code(round.id, pepper.code_hash(like)).await.unwrap().unwrap();
    let asked = app.store.asked(round.id).await.unwrap().into_iter().find(|asked| asked.id == issued.questionnaire).unwrap();
    let new = NewCodes { hashes: codes.iter().map(|code| pepper.code_hash(code)).collect(), scope: issued.scope };
    let by = By::new("Lê Văn C", Timestamp::now());
    app.store.issue_codes(&round, (&asked, &issued.group), &pepper.fingerprint(), &[new], &by).await.unwrap();
}

/// As the program before printed them, for the first round of a database.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_was_printed_before_opens_its_form_and_counts_once() {
    let app = TestApp::start(Backend::Sqlite).await;
    let before = ["0SNW-4EM6-DDH", "7Q4M-1ZKD-9RP"].map(|printed| Code::read(printed).unwrap());
    keep(&app, &issue(&app, OFFICIALS, "deputies", None, 1).await[0], &before).await;
    for entry in ["0SNW-4EM6-DDH", "7q4m1zkd9rp", "7Q4M 1ZKD 9RP", "0SNƯ-4EM6-ĐH", "http://localhost/c#7Q4M1ZKD9RP"] {
        assert!(is_opened(&entered(&app, entry).await), "{entry}");
    }
    let page = entered(&app, "7Q4M-1ZKD-9RQ").await.1;
    assert!(!page.contains("inputmode") && page.contains("Mã có chữ cái gồm 11 ký tự"), "{page}");
    let page = entered(&app, "Mã phiếu: 0012 9035 4817 6229").await.1;
    assert!(!page.contains("inputmode") && page.contains("Mã gồm 16 chữ số"), "words around it are no code with letters: {page}");
    assert!(app.get("/c?lang=vi").await.text().await.unwrap().contains("href=\"/c?lang=vi&amp;letters=1\""));
    let answers = super::about(&*crate::harness::fixture::form(&app.store, OFFICIALS).await, &["so-noi-vu"]);
    for expected in [StatusCode::SEE_OTHER, StatusCode::GONE] {
        assert_eq!(send(&app, &app.address, &before[1], "confirm", &answers).await.status(), expected);
    }
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 1);
}

/// A link that is followed in a tab that stands at the field, one that was copied with a stray sign, and one with a slash too many.
#[tokio::test(flavor = "multi_thread")]
async fn a_link_with_a_code_opens_its_form_in_whatever_tab_and_shape() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::phone().await);
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0).compact();
    browser.open(&format!("{}/c", app.address)).await;
    browser.open(&format!("{}/c#{code}", app.address)).await;
    browser.appears("#over").await;
    let shapes =
        [format!("/c#{code}%"), format!("/c/#{code}"), format!("/c#{}%20{}%2C%", &code[..8], &code[8..]), format!("/c?lang=vi#{code}")];
    for shape in shapes {
        browser.open("about:blank").await;
        browser.open(&format!("{}{shape}", app.address)).await;
        browser.appears("#over").await;
        assert!(!browser.client.current_url().await.unwrap().to_string().contains(&code[8..]), "{shape}");
    }
}

/// The page for a wrong code takes a link too; the link to the content sends nothing; and "back" shows no code.
#[tokio::test(flavor = "multi_thread")]
async fn the_field_for_a_code_keeps_nothing_for_whoever_goes_back() {
    let (app, browser) = (TestApp::start(Backend::Sqlite).await, Browser::phone().await);
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0).compact();
    browser.open(&format!("{}/c?lang=vi", app.address)).await;
    browser.script("location.hash = 'main'").await;
    browser.write("#code", "1234").await;
    browser.click("Mở phiếu").await;
    browser.appears("[aria-invalid=true]").await;
    assert_eq!(browser.script("return document.getElementById('code').value").await, "1234");
    browser.script(&format!("location.hash = '{code}'")).await;
    browser.appears("#over").await;
    browser.back().await;
    assert_ne!(browser.script("return (document.getElementById('code') || {}).value || ''").await, code.as_str());
}
