//! A citizen answers: what the site says to every kind of sheet.

use par_survey::survey::Role;
use reqwest::StatusCode;
use rstest::rstest;

use crate::harness::app::{TestApp, key_of, location, with_key};
use crate::harness::database::Backend;
use crate::harness::fixture::{self, SERVICE, SIPAS};
use crate::harness::signer::Signer;

const UNIT: &str = "so-noi-vu";

#[rstest]
#[tokio::test]
async fn a_complete_sheet_is_received_once_and_the_second_time_said_so(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let fields = with_key(&app.key(SIPAS, UNIT).await, fixture::complete(&form, 1));
    let address = format!("{}?mode=desk", app.form_address(SIPAS, UNIT));

    let first = app.send(&address, &fields).await;
    assert_eq!(
        (first.status(), location(&first)),
        (StatusCode::SEE_OTHER, "/2026/sipas-2026/so-noi-vu/thanks?mode=desk&lang=vi&sent=1".into())
    );
    let thanks = app.get(&location(&first)).await;
    assert!(thanks.headers()["content-security-policy"].to_str().unwrap().contains("img-src data: 'self';"));
    assert_eq!(thanks.headers()["cache-control"], "no-store");
    let page = thanks.text().await.unwrap();
    assert!(page.contains("Phiếu cho người khác") && page.contains("/2026/sipas-2026/so-noi-vu?lang=vi&amp;mode=desk"));
    let forgotten = app.get("/c/forget").await;
    assert_eq!(forgotten.headers()["clear-site-data"], "\"cache\"");

    let again = app.send(&address, &fields).await;
    assert_eq!(location(&again), "/2026/sipas-2026/so-noi-vu/thanks?mode=desk&lang=vi&sent=1&again=1");
    let page = app.get(&location(&again)).await.text().await.unwrap();
    assert!(page.contains("Phiếu này đã được nhận; thay đổi sau khi gửi không được tính") && page.contains("Phiếu cho người khác"));
}

#[tokio::test]
async fn missed_items_get_one_gentle_page_that_keeps_key_and_answers() {
    let app = TestApp::start(Backend::Sqlite).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let key = app.key(SIPAS, UNIT).await;
    let mut fields = fixture::complete(&form, 2);
    fields.retain(|(name, _)| name != "q9_7" && name != "q2_1");
    let fields = with_key(&key, fields);
    let response = app.send(&app.form_address(SIPAS, UNIT), &fields).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = response.text().await.unwrap();
    assert!(page.contains("Còn 2 câu chưa trả lời") && page.contains("href=\"#q9_7\"") && page.contains("href=\"#q2_1\""));
    assert_eq!(key_of(&page), key);
    let kept = fields.iter().filter(|(name, value)| page.contains(&format!("name=\"{name}\" value=\"{value}\" checked"))).count();
    assert_eq!(kept, fields.len() - 1, "every answer but the key comes back checked");
    let confirmed: Vec<_> = fields.into_iter().chain([("turn".to_owned(), "confirm".to_owned())]).collect();
    assert_eq!(app.send(&app.form_address(SIPAS, UNIT), &confirmed).await.status(), StatusCode::SEE_OTHER);
}

/// Attributes, "no opinion" and what is written beside them are no answer: nothing is kept, and everything comes back.
#[tokio::test]
async fn a_form_without_an_answer_is_answered_kindly_and_not_kept() {
    let app = TestApp::start(Backend::Sqlite).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let key = app.key(SIPAS, UNIT).await;
    let about_oneself = form.questionnaire.items.iter().filter(|item| item.role == Role::Attribute);
    let fields: Vec<_> = about_oneself.map(|item| (item.code.clone(), item.choices()[0].code.clone())).collect();
    assert!(fields.len() > 2);
    let confirmed = with_key(&key, [fields.clone(), vec![("turn".to_owned(), "confirm".to_owned())]].concat());
    for (language, said) in [("vi", "Xin trả lời ít nhất một câu"), ("en", "Please answer at least one question")] {
        let response = app.send(&format!("{}?lang={language}", app.form_address(SIPAS, UNIT)), &confirmed).await;
        assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
        let page = response.text().await.unwrap();
        assert!(page.contains(said) && key_of(&page) == key, "{page}");
        let kept = fields.iter().filter(|(name, value)| page.contains(&format!("name=\"{name}\" value=\"{value}\" checked")));
        assert_eq!(kept.count(), fields.len(), "everything that was filled in is still there");
    }
    // With an answer, the same form is a sheet; words alone are kept as a remark and make none.
    let answered = [confirmed.clone(), vec![("q9_1".to_owned(), "1".to_owned())]].concat();
    assert_eq!(app.send(&app.form_address(SIPAS, UNIT), &answered).await.status(), StatusCode::SEE_OTHER);
    let words = vec![("remark".to_owned(), "Xin mở cửa sớm hơn".to_owned()), ("turn".to_owned(), "confirm".to_owned())];
    let words = with_key(&app.key(SIPAS, UNIT).await, words);
    assert_eq!(app.send(&app.form_address(SIPAS, UNIT), &words).await.status(), StatusCode::SEE_OTHER);
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 1, "one sheet with an answer");
    assert_eq!(app.database.number("SELECT count(*) FROM remark").await, 1);
}

/// "No opinion" alone is no answer either: no sheet, no floor.
#[tokio::test]
async fn a_form_of_nothing_but_no_opinion_is_no_sheet() {
    let app = TestApp::start(Backend::Sqlite).await;
    let form = fixture::form(&app.store, SERVICE).await;
    let offered = form.questionnaire.items.iter().filter(|item| item.no_opinion);
    let fields: Vec<_> = offered.map(|item| (item.code.clone(), "na".to_owned())).collect();
    assert!(fields.len() > 5, "{fields:?}");
    let address = app.form_address(SERVICE, UNIT);
    let confirmed = [fields.clone(), vec![("turn".to_owned(), "confirm".to_owned())]].concat();
    let sent = with_key(&app.key(SERVICE, UNIT).await, confirmed.clone());
    let response = app.send(&format!("{address}?lang=en"), &sent).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = response.text().await.unwrap();
    assert!(page.contains("Please answer at least one question"), "{page}");
    let answered = form.questionnaire.items.iter().find(|item| item.role == Role::Question && !item.no_opinion).unwrap();
    let answer = (answered.code.clone(), answered.choices()[0].code.clone());
    let sent = with_key(&app.key(SERVICE, UNIT).await, [confirmed, vec![answer]].concat());
    assert_eq!(app.send(&address, &sent).await.status(), StatusCode::SEE_OTHER, "with one answer it is a sheet");
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 1);
}

#[tokio::test]
async fn the_language_switch_returns_the_same_sheet_and_key_in_the_other_language() {
    let app = TestApp::start(Backend::Sqlite).await;
    let key = app.key(SIPAS, UNIT).await;
    let fields = [("q9_3", "4"), ("remark", "Rất <tốt> & nhanh"), ("turn", "language"), ("key", &key)];
    let fields: Vec<_> = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let response = app.send(&format!("{}?lang=en", app.form_address(SIPAS, UNIT)), &fields).await;
    assert_eq!(response.status(), StatusCode::OK);
    let page = response.text().await.unwrap();
    assert!(page.contains("<html lang=\"en\">") && page.contains("Department of Home Affairs"));
    assert!(page.contains("name=\"q9_3\" value=\"4\" checked") && page.contains("Rất &lt;tốt&gt; &amp; nhanh"));
    assert_eq!(key_of(&page), key);
}

#[rstest]
#[case::unknown_item(&[("nonsense", "1")], "nonsense")]
#[case::impossible_value(&[("q9_1", "6")], "q9_1")]
#[case::two_answers(&[("q9_1", "1"), ("q9_1", "2")], "q9_1")]
#[case::no_opinion_where_none_is_offered(&[("q9_1", "na")], "q9_1")]
#[case::script(&[("<script>", "1")], "&lt;script&gt;")]
#[tokio::test]
async fn an_impossible_sheet_is_refused_with_a_clear_page(#[case] sent: &[(&str, &str)], #[case] named: &str) {
    let app = TestApp::start(Backend::Sqlite).await;
    let key = app.key(SIPAS, UNIT).await;
    let fields = with_key(&key, sent.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
    let response = app.send(&app.form_address(SIPAS, UNIT), &fields).await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    let page = response.text().await.unwrap();
    assert!(page.contains("Phiếu không được nhận") && page.contains(named));
}

#[tokio::test]
async fn a_body_that_no_sheet_can_have_is_refused() {
    let app = TestApp::start(Backend::Sqlite).await;
    let address = app.form_address(SIPAS, UNIT);
    let large = app.send(&address, &[("remark".into(), "x".repeat(200_000))]).await;
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let many: Vec<_> = (0..6_000).map(|_| ("a".to_owned(), String::new())).collect();
    assert_eq!(app.send(&address, &many).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let typed = app.client.post(&address).header("content-type", "application/json").body("{}").send().await.unwrap();
    assert_eq!(typed.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let garbage =
        app.client.post(&address).header("content-type", "application/x-www-form-urlencoded").body(vec![0xFF; 500]).send().await.unwrap();
    assert_eq!(garbage.status(), StatusCode::BAD_REQUEST);
    assert_eq!(app.client.put(&address).send().await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_form_cut_short_on_the_way_comes_back_with_a_key_and_the_answers() {
    let app = TestApp::start(Backend::Sqlite).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let response = app.send(&app.form_address(SIPAS, UNIT), &fixture::complete(&form, 3)).await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = response.text().await.unwrap();
    let sent = app.send(&app.form_address(SIPAS, UNIT), &with_key(&key_of(&page), fixture::complete(&form, 3))).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_sheet_from_another_site_is_refused() {
    let app = TestApp::start(Backend::Sqlite).await;
    let request = app.client.post(app.form_address(SIPAS, UNIT)).header("sec-fetch-site", "cross-site");
    let response = request.header("content-type", "application/x-www-form-urlencoded").body("q9_1=1").send().await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(response.text().await.unwrap().contains("Phiếu đến từ trang khác"));
}

#[tokio::test]
async fn an_address_without_a_form_says_why_and_offers_the_right_one() {
    let app = TestApp::start(Backend::Sqlite).await;
    for (path, status, said, offered) in [
        ("/2026/sipas-2026/xa-cho-cu", StatusCode::NOT_FOUND, "đã sáp nhập", "/2026/sipas-2026/phuong-cho-moi"),
        ("/2026/sipas-2026/so-nao-do", StatusCode::NOT_FOUND, "Không có đơn vị này", "/2026/sipas-2026?lang=vi"),
        ("/2026/other/so-noi-vu", StatusCode::NOT_FOUND, "Không tìm thấy trang", "/?lang=vi"),
        ("/1999/sipas-2026/so-noi-vu", StatusCode::NOT_FOUND, "Không tìm thấy trang", "/?lang=vi"),
        ("/a/b/c/d/e", StatusCode::NOT_FOUND, "Không tìm thấy trang", "/?lang=vi"),
    ] {
        let response = app.get(path).await;
        assert_eq!(response.status(), status, "{path}");
        let page = response.text().await.unwrap();
        assert!(page.contains(said) && page.contains(offered), "{path}");
    }
    let early = TestApp::with_window(Backend::Sqlite, 5, 10).await;
    let page = early.get("/2026/sipas-2026/so-noi-vu").await.text().await.unwrap();
    assert!(page.contains("Chưa đến ngày nhận phiếu"));
}

#[tokio::test]
async fn the_addresses_of_a_draft_say_that_it_is_not_open_yet_and_offer_nothing_of_it() {
    let app = TestApp::start(Backend::Sqlite).await;
    fixture::draft(&app.store, "next", 24).await;
    fixture::draft(&app.store, "late", -1).await;
    app.wait_for("/late/sipas-2026", "đang được chuẩn bị").await;
    for (path, said) in [
        ("/next/sipas-2026/so-noi-vu", "Đợt khảo sát “Khảo sát next” nhận phiếu từ "),
        ("/next/sipas-2026/nowhere?lang=en", "The survey “Survey next” takes responses from "),
        ("/next/sipas-2026", "Chưa đến ngày nhận phiếu"),
        ("/late/sipas-2026/so-noi-vu", "Đợt khảo sát “Khảo sát late” đang được chuẩn bị, chưa nhận phiếu."),
        ("/late/sipas-2026?lang=en", "The survey “Survey late” is being prepared and takes no responses yet."),
    ] {
        let response = app.get(path).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        let page = response.text().await.unwrap();
        assert!(page.contains(said) && !page.contains("href=\"/next") && !page.contains("href=\"/late"), "{path}: {page}");
    }
    let sent = app.send(&format!("{}/next/sipas-2026/so-noi-vu", app.address), &[("q9_1".into(), "1".into())]).await;
    assert_eq!(sent.status(), StatusCode::NOT_FOUND);
    assert!(sent.text().await.unwrap().contains("không được nhận và không được lưu"));
    assert!(!app.get("/").await.text().await.unwrap().contains("Khảo sát next"));
}

#[tokio::test]
async fn after_its_window_a_form_is_not_given_out_but_one_opened_in_time_is_taken_until_closing() {
    let app = TestApp::with_window(Backend::Sqlite, -10, -1).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let blank = app.get("/2026/sipas-2026/so-noi-vu").await;
    assert_eq!(blank.status(), StatusCode::GONE);
    let signer = Signer::new(&app.database, SIPAS, UNIT).await;
    let sheet = |seed| with_key(&signer.key(u128::try_from(seed).unwrap()), fixture::complete(&form, seed));
    assert_eq!(app.send(&app.form_address(SIPAS, UNIT), &sheet(1)).await.status(), StatusCode::SEE_OTHER);
    app.close().await;
    let late = app.send(&app.form_address(SIPAS, UNIT), &sheet(2)).await;
    let page = late.text().await.unwrap();
    assert!(page.contains("đã đóng") && page.contains("không được lưu"));
}

#[tokio::test]
async fn units_are_found_with_and_without_accents() {
    let app = TestApp::start(Backend::Sqlite).await;
    for text in ["n%E1%BB%99i%20v%E1%BB%A5", "noi%20vu", "NOI", "home%20affairs"] {
        let page = app.get(&format!("/2026/sipas-2026?q={text}")).await.text().await.unwrap();
        assert!(page.contains("Sở Nội vụ") && !page.contains("Sở Y tế"), "{text}");
    }
    let page = app.get("/2026/sipas-2026?q=zzz").await.text().await.unwrap();
    assert!(page.contains("Không có đơn vị nào khớp"));
    assert!(!app.get("/2026/sipas-2026").await.text().await.unwrap().contains("Xã Chợ Cũ"), "a merged unit is not offered");
    let merged = app.get("/2026/sipas-2026?q=x.%20cho%20cu&lang=vi").await.text().await.unwrap();
    assert!(merged.contains("/2026/sipas-2026/phuong-cho-moi?") && merged.contains("(gồm Xã Chợ Cũ trước đây)"), "{merged}");
    assert!(!merged.contains("/2026/sipas-2026/xa-cho-cu?"), "{merged}");
    // In the register the inspectorate stands behind the departments.
    let best = app.get("/2026/sipas-2026?q=thanh%20tra&lang=en").await.text().await.unwrap();
    assert_eq!(best.matches("/2026/sipas-2026/").count(), 1, "{best}");
}

#[tokio::test]
async fn what_routing_hides_is_stored_as_not_shown() {
    let app = TestApp::start(Backend::Sqlite).await;
    let form = fixture::form(&app.store, SERVICE).await;
    let hidden = form.questionnaire.items.iter().position(|item| item.show_if.is_some()).or_else(|| {
        let part = form.questionnaire.parts.iter().position(|part| part.show_if.is_some())?;
        form.questionnaire.items.iter().position(|item| item.part == part)
    });
    let place = hidden.expect("the shipped definition has routing");
    let item = &form.questionnaire.items[place];
    let fields = [(item.code.clone(), item.choices()[0].code.clone()), ("visited".into(), "2".into()), ("turn".into(), "confirm".into())];
    let sent = app.send(&app.form_address(SERVICE, UNIT), &with_key(&app.key(SERVICE, UNIT).await, fields.to_vec())).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    app.close().await;
    let rows = app.database.rows("SELECT answers FROM response").await;
    let column = form.codebook.columns().iter().find(|column| column.item == place).unwrap();
    assert_eq!(&rows[0][0][column.offset * 2..column.offset * 2 + 2], "00");
}

#[rstest]
#[case("mode=desk", 2)]
#[case("mode=interview", 3)]
#[case("mode=link", 1)]
#[case("", 1)]
#[case("mode=paper", 1)]
#[case("mode=code&mode=nonsense", 1)]
#[case("lang=vi&lang=en&mode=desk", 2)]
#[tokio::test]
async fn the_mode_comes_from_the_address_and_only_open_ones_can_be_named(#[case] query: &str, #[case] stored: i64) {
    let app = TestApp::start(Backend::Sqlite).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let sheet = with_key(&app.key(SIPAS, UNIT).await, fixture::complete(&form, 1));
    let sent = app.send(&format!("{}?{query}", app.form_address(SIPAS, UNIT)), &sheet).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    app.close().await;
    assert_eq!(app.database.number("SELECT mode FROM response").await, stored);
}

#[tokio::test]
async fn thanks_stay_thanks_after_the_round_has_closed() {
    let app = TestApp::start(Backend::Sqlite).await;
    app.close().await;
    app.wait_for("/2026/sipas-2026/so-noi-vu", "đã đóng").await;
    let thanks = app.get("/2026/sipas-2026/so-noi-vu/thanks?sent=1").await;
    assert_eq!(thanks.status(), StatusCode::OK);
    let page = thanks.text().await.unwrap();
    assert!(page.contains("Đã nhận phiếu") && !page.contains("Phiếu cho người khác"));
}

#[tokio::test]
async fn a_device_that_goes_from_hand_to_hand_does_not_keep_the_form_as_it_was_left() {
    let app = TestApp::start(Backend::Sqlite).await;
    for (mode, kept) in [("link", "private, no-cache"), ("desk", "no-store"), ("interview", "no-store")] {
        let form = app.get(&format!("/2026/sipas-2026/so-noi-vu?mode={mode}")).await;
        assert_eq!(form.headers()["cache-control"], kept, "{mode}");
    }
}
