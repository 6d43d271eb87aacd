//! What people are told about the key that opens their answers: on forms and slips while a round is open, beside the figures afterwards.

use par_survey::issuing::{self, DrawnBefore, IssueOrder};
use par_survey::organiser::PublicUrl;
use par_survey::poster::posters;
use par_survey::poster::slips::Slips;
use par_survey::publication;
use par_survey::store::audit::By;
use par_survey::survey::mode::Mode;
use reqwest::StatusCode;
use rstest::rstest;

use super::harness::app::TestApp;
use super::harness::database::{Backend, TestDatabase};
use super::harness::fixture::{self, ROUND, SIPAS};

const ON_THE_SERVER: &str = "Khóa để mở đang nằm trên máy chủ";

/// A database with an open round whose key is somewhere.
async fn kept(kept: &str) -> TestDatabase {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    database.rows(&format!("UPDATE round_seal SET kept = '{kept}', threshold = 2, shares = 3")).await;
    database
}

async fn served(how: &str) -> TestApp {
    let database = kept(how).await;
    let store = database.store().await;
    TestApp::over(database, store).await
}

#[rstest]
#[case("file", "Khóa để mở không nằm trên máy chủ.")]
#[case("trustees", "Muốn mở phải có 2 trong 3 phần khóa")]
#[case("here", ON_THE_SERVER)]
#[tokio::test]
async fn every_form_says_where_the_key_is_and_leads_to_what_cannot_be_promised(#[case] how: &str, #[case] says: &str) {
    let app = served(how).await;
    for path in [&*format!("/{ROUND}/{SIPAS}/so-noi-vu"), "/c"] {
        let page = app.get(path).await.text().await.unwrap();
        assert!(page.contains(says) && page.contains("Câu trả lời được niêm phong"), "{path}: {page}");
        assert_eq!(page.contains(ON_THE_SERVER), how == "here", "{path}");
        assert!(page.contains("href=\"/about?lang=vi\""), "{path}");
    }
    let about = app.get("/about").await;
    assert_eq!(about.status(), StatusCode::OK);
    let page = about.text().await.unwrap();
    let fingerprint = fixture::KEY.public().unwrap().fingerprint();
    assert!(page.contains(says) && page.contains(&fingerprint) && page.contains("href=\"/about?lang=en\""), "{page}");
    for sees in [
        "Đóng đợt rồi, cơ quan tổ chức khảo sát xem được dữ liệu từng phiếu, nhưng trong đó không có tên, giờ gửi hay mã.",
        "Người làm ở đơn vị được đánh giá chỉ được nhận cùng một người thuộc đơn vị khác",
        "người nắm cơ sở dữ liệu xem được từng phiếu mà không cần qua chương trình",
        "Chi tiết nào về người trả lời mà chưa có đủ năm phiếu về cùng đơn vị giống nhau thì bị bỏ khỏi tệp",
    ] {
        assert!(page.contains(sees), "{sees}: {page}");
    }
    let page = app.get("/about?lang=en").await.text().await.unwrap();
    for sees in [
        "Once the survey has closed, the office that runs it can read single responses, but they bear no name, time of sending or code.",
        "Somebody who works in a rated unit is given it only together with a person from another unit",
        "whoever holds the database can read single responses without the program",
        "left out of it wherever fewer than five responses about a unit share them",
    ] {
        assert!(page.contains(sees), "{sees}: {page}");
    }
    assert!(page.contains("Whoever tries to send answers with your code uses it up"), "{page}");
    let missing: Vec<_> = ["about-", "promise-"].into_iter().filter(|key| page.contains(&format!(">{key}"))).collect();
    assert!(missing.is_empty(), "{missing:?}: {page}");
}

#[rstest]
#[case("file", false)]
#[case("here", true)]
#[tokio::test]
async fn what_is_printed_says_it_where_the_key_is_on_the_server(#[case] how: &str, #[case] says_so: bool) {
    let database = kept(how).await;
    let store = database.store().await;
    let opened = publication::opened(&store, ROUND).await.unwrap();
    let form = opened.form(SIPAS).unwrap();
    let pepper = database.keys().create(ROUND).unwrap();
    let order = IssueOrder { form, group: "", unit: Some("so-noi-vu"), count: 12, seed: 1 };
    let scopes = issuing::scopes(&order, &store.units().await.unwrap(), &DrawnBefore::new()).unwrap();
    let (codes, _) = issuing::codes(&pepper, opened.round.id, scopes);
    let site = PublicUrl::parse("https://khaosat.example.vn").ok();
    let slips = Slips { opened: &opened, form, public_url: site.as_ref() }.html(&codes).unwrap();
    let posters = posters(site.as_ref(), &opened, [form.as_ref()], Mode::Desk).unwrap();
    for (printed, pages) in [(&slips, codes.len()), (&posters, form.units.len())] {
        for says in ["Khóa mở phiếu nằm trên máy chủ", "The key is on the server"] {
            assert_eq!(printed.matches(says).count(), if says_so { pages } else { 0 }, "{says}");
        }
    }
    assert_eq!(posters.matches("niêm phong đến khi đóng đợt").count(), form.units.len());
    assert_eq!(slips.matches("niêm phong đến khi đóng đợt").count(), if says_so { 0 } else { codes.len() });
    if let Ok(folder) = std::env::var("PAR_SURVEY_KEEP") {
        std::fs::write(std::path::Path::new(&folder).join(format!("slips-{how}.html")), &slips).unwrap();
        std::fs::write(std::path::Path::new(&folder).join(format!("posters-{how}.html")), &posters).unwrap();
    }
}

#[tokio::test]
async fn results_say_that_copies_of_the_key_may_be_left_until_somebody_confirms_that_none_is_and_the_figures_stay_as_they_were() {
    let app = served("here").await;
    app.close().await;
    app.publish().await;
    let (page, figures) = (format!("/results/{ROUND}"), format!("/api/v1/rounds/{ROUND}"));
    app.wait_for(&page, "Chưa có ai xác nhận").await;
    let text = app.get(&page).await.text().await.unwrap();
    assert!(text.contains("khóa mở nằm trên máy chủ") && !text.contains("không gì mở được"), "{text}");
    let before = app.get(&figures).await.bytes().await.unwrap();
    let seal = async || {
        let rounds: serde_json::Value = serde_json::from_slice(&app.get("/api/v1/rounds").await.bytes().await.unwrap()).unwrap();
        [&rounds[0]["seal"]["kept"], &rounds[0]["seal"]["burnt_by"]].map(|text| text.as_str().unwrap().to_owned())
    };
    assert_eq!(seal().await, ["here", ""]);
    app.store.seal_was_burnt(&app.store.round(ROUND).await.unwrap(), &By::new("Lê Thị C", jiff::Timestamp::now())).await.unwrap();
    app.wait_for(&page, "Lê Thị C xác nhận mọi bản sao của khóa mở đã được hủy. Nếu quả không còn bản sao nào, không gì mở được").await;
    assert_eq!(seal().await, ["here", "Lê Thị C"]);
    assert_eq!(app.get(&figures).await.bytes().await.unwrap(), before, "what is published never changes");
}
