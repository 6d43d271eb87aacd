//! What a form with a code costs: bytes on a phone's data plan, reads of the database.

use std::collections::HashSet;
use std::fmt::Write;
use std::io::Read;
use std::path::Path;

use par_survey::catalogue::{self, Definition};
use par_survey::directory::Form;
use par_survey::survey::code::Code;
use par_survey::survey::reading::NO_OPINION_CODE;
use reqwest::StatusCode;
use rstest::rstest;
use sea_orm::ConnectionTrait;

use super::{issue, send, stored};
use crate::harness::app::TestApp;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS, ROUND};
use crate::harness::patience::until;
use crate::harness::wire::exchange;
use crate::wire::post;

/// As many units as one scope may have: those that the deputies of the tests rate.
const DEPARTMENTS: [&str; 15] = [
    "so-noi-vu,Sở Nội vụ,Department of Home Affairs",
    "so-tu-phap,Sở Tư pháp,Department of Justice",
    "so-tai-chinh,Sở Tài chính,Department of Finance",
    "so-cong-thuong,Sở Công Thương,Department of Industry and Trade",
    "so-nong-nghiep-va-moi-truong,Sở Nông nghiệp và Môi trường,Department of Agriculture and Environment",
    "so-xay-dung,Sở Xây dựng,Department of Construction",
    "so-khoa-hoc-va-cong-nghe,Sở Khoa học và Công nghệ,Department of Science and Technology",
    "so-giao-duc-va-dao-tao,Sở Giáo dục và Đào tạo,Department of Education and Training",
    "so-y-te,Sở Y tế,Department of Health",
    "so-van-hoa-the-thao-va-du-lich,\"Sở Văn hóa, Thể thao và Du lịch\",\"Department of Culture, Sports and Tourism\"",
    "so-ngoai-vu,Sở Ngoại vụ,Department of Foreign Affairs",
    "so-dan-toc-va-ton-giao,Sở Dân tộc và Tôn giáo,Department of Ethnic and Religious Affairs",
    "thanh-tra-tinh,Thanh tra tỉnh,Provincial Inspectorate",
    "van-phong-uy-ban-nhan-dan-tinh,Văn phòng Ủy ban nhân dân tỉnh,Office of the Provincial People's Committee",
    "ban-quan-ly-khu-kinh-te,Ban Quản lý khu kinh tế tỉnh,Economic Zone Authority",
];

/// With these there are 39.
const COMMUNES: [&str; 24] = [
    "phuong-pleiku,Phường Pleiku,Pleiku Ward",
    "phuong-hoi-phu,Phường Hội Phú,Hoi Phu Ward",
    "phuong-thong-nhat,Phường Thống Nhất,Thong Nhat Ward",
    "phuong-dien-hong,Phường Diên Hồng,Dien Hong Ward",
    "phuong-an-phu,Phường An Phú,An Phu Ward",
    "phuong-quy-nhon,Phường Quy Nhơn,Quy Nhon Ward",
    "phuong-quy-nhon-dong,Phường Quy Nhơn Đông,Quy Nhon Dong Ward",
    "phuong-quy-nhon-tay,Phường Quy Nhơn Tây,Quy Nhon Tay Ward",
    "phuong-bong-son,Phường Bồng Sơn,Bong Son Ward",
    "phuong-hoai-nhon,Phường Hoài Nhơn,Hoai Nhon Ward",
    "phuong-an-nhon,Phường An Nhơn,An Nhon Ward",
    "phuong-binh-dinh,Phường Bình Định,Binh Dinh Ward",
    "phuong-an-khe,Phường An Khê,An Khe Ward",
    "phuong-ayun-pa,Phường Ayun Pa,Ayun Pa Ward",
    "xa-bien-ho,Xã Biển Hồ,Bien Ho Commune",
    "xa-ia-grai,Xã Ia Grai,Ia Grai Commune",
    "xa-chu-se,Xã Chư Sê,Chu Se Commune",
    "xa-chu-pah,Xã Chư Păh,Chu Pah Commune",
    "xa-dak-doa,Xã Đak Đoa,Dak Doa Commune",
    "xa-kbang,Xã Kbang,Kbang Commune",
    "xa-ia-pa,Xã Ia Pa,Ia Pa Commune",
    "xa-tuy-phuoc,Xã Tuy Phước,Tuy Phuoc Commune",
    "xa-phu-cat,Xã Phù Cát,Phu Cat Commune",
    "xa-vinh-thanh,Xã Vĩnh Thạnh,Vinh Thanh Commune",
];

/// What is asked beside the 14 items of the shipped definition: code, criterion, and the question in both languages.
const MORE_ITEMS: [[&str; 4]; 6] = [
    [
        "s1",
        "leadership",
        "Theo ông/bà, đơn vị này trả lời kiến nghị của cử tri và đại biểu thế nào?",
        "How do you rate the way this unit answers what voters and deputies ask of it?",
    ],
    [
        "s2",
        "institutions",
        "Theo ông/bà, đơn vị này công khai và cập nhật thủ tục hành chính thế nào?",
        "How do you rate the way this unit keeps its list of procedures public and complete?",
    ],
    [
        "s3",
        "civil-service",
        "Theo ông/bà, cán bộ bộ phận một cửa của đơn vị này phục vụ ra sao?",
        "How do you rate the service that people get at this unit's one-stop counter?",
    ],
    [
        "s4",
        "institutions",
        "Theo ông/bà, đơn vị này tiếp thu góp ý khi sửa đổi chính sách đến đâu?",
        "How far does this unit take up comments when it changes one of its policies?",
    ],
    [
        "s5",
        "apparatus",
        "Theo ông/bà, việc thanh tra, kiểm tra của đơn vị này có tránh trùng lặp, phiền hà không?",
        "How do you rate this unit's inspections: do they overlap, or disturb the work of others?",
    ],
    [
        "s6",
        "digital",
        "Theo ông/bà, dịch vụ công trực tuyến của đơn vị này dễ dùng ở mức nào?",
        "How easy to use are the online services that this unit offers to people and firms?",
    ],
];

/// By how many items each unit is rated.
pub(crate) const ITEMS: usize = 20;

/// What a form about 15 units may take, headers and all.
const MOST: usize = 40 * 1024;

/// 15 units of 20 items: as much as anybody is asked.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_form_about_as_many_units_as_may_be_stays_below_40_kilobytes(
    #[values("br", "gzip")] encoding: &str,
    #[values("vi", "en")] language: &str,
) {
    let app = province().await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let answer = open(&app, &code, encoding, language).await;
    assert!(answer.starts_with(b"HTTP/1.1 200 OK"), "{}", String::from_utf8_lossy(&answer));
    assert!(answer.len() < MOST, "in {encoding} it takes {} bytes of {MOST}", answer.len());
    is_complete(&page(&answer, encoding), &*fixture::form(&app.store, OFFICIALS).await, DEPARTMENTS.len());
}

/// 39 units are more than any scope has, and nothing breaks: the page is whole, and all of it comes back.
#[tokio::test(flavor = "multi_thread")]
async fn a_form_about_39_units_is_whole_and_its_answers_are_taken() {
    let app = province().await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let form = fixture::form(&app.store, OFFICIALS).await;
    let round = app.store.round(ROUND).await.unwrap().id;
    let everyone: Vec<String> = form.units.iter().map(|unit| unit.id.to_string()).collect();
    let widened = format!("UPDATE code_{round} SET scope = '{}'", everyone.join(" "));
    app.database.raw().await.execute_unprepared(&widened).await.unwrap();
    let opened = open(&app, &code, "identity", "vi").await;
    is_complete(&page(&opened, "identity"), &form, 39);
    for encoding in ["br", "gzip"] {
        let compressed = open(&app, &code, encoding, "vi").await;
        assert!(page(&compressed, encoding) == page(&opened, "identity"), "{encoding}");
    }
    let review = send(&app, &app.address, &code, "review", &answers(&form)).await;
    assert_eq!(review.status(), StatusCode::OK);
    assert_eq!(review.text().await.unwrap().matches(" checked").count(), 39 * 20);
    let sent = send(&app, &app.address, &code, "", &answers(&form)).await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    app.close().await;
    let rows = stored(&app.store, &form).await;
    assert_eq!(rows.len(), 39);
    for (place, unit) in form.units.iter().enumerate() {
        let expected: Vec<u8> = (0..ITEMS).map(|item| STORED[(place + item) % 5]).collect();
        assert!(rows.contains(&("deputies".to_owned(), unit.id, expected)), "{}", unit.unit.code);
    }
    assert_eq!(app.database.number("SELECT count(*) FROM remark").await, 39);
}

/// PostgreSQL counts by itself: one look into the index for every form that is opened, and no row read on the way to another.
#[tokio::test(flavor = "multi_thread")]
async fn opening_a_form_by_its_code_is_one_read_of_an_index() {
    let app = TestApp::start(Backend::Postgres).await;
    // So many that nobody would read them all to find one.
    let codes = issue(&app, OFFICIALS, "deputies", None, 5_000).await;
    for code in codes.iter().take(10) {
        assert_eq!(send(&app, &app.address, code, "open", &[]).await.status(), StatusCode::OK);
    }
    let round = app.store.round(ROUND).await.unwrap().id;
    let sql = |column: &str| format!("SELECT coalesce({column}, 0) FROM pg_stat_user_tables WHERE relname = 'code_{round}'");
    let counted = async || (app.database.number(&sql("idx_scan")).await, app.database.number(&sql("seq_tup_read")).await);
    // A connection tells what it counted when it is used a second later, or after ten seconds.
    let looks = 10 + 1;
    until("not all looks are counted, with the one by which they were waited for", async || counted().await.0 >= looks).await;
    assert_eq!(counted().await, (looks, 0));
}

/// A server over a round in which 20 items are asked about 39 units.
pub(crate) async fn province() -> TestApp {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    let mut register = "code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into\n".to_owned();
    for (units, block) in [(&DEPARTMENTS[..], "departments"), (&COMMUNES[..], "communes")] {
        for unit in units {
            writeln!(register, "{unit},{block},,,,").unwrap();
        }
    }
    fixture::open(&store, &register, &[questionnaire()], (-1, 24)).await;
    TestApp::over(database, store).await
}

/// The shipped definition with as many items and units as anybody is asked.
fn questionnaire() -> Definition {
    let mut text = fixture::definition(OFFICIALS).text.replace("sample = 10", "sample = 15");
    text.push_str("\n[[part]]\ncode = \"service\"\ntitle = { vi = \"Phục vụ người dân\", en = \"Serving the people\" }\n");
    for [code, criterion, vi, en] in MORE_ITEMS {
        let item = format!("code = \"{code}\"\nkind = \"scale\"\nscale = \"rating\"\ncriterion = \"{criterion}\"");
        write!(text, "\n[[part.item]]\n{item}\ntext = {{ vi = \"{vi}\", en = \"{en}\" }}\n").unwrap();
    }
    catalogue::definition(Path::new("generated.toml"), text).unwrap()
}

/// Opens the form of a code and gives the whole answer as it goes over the wire.
async fn open(app: &TestApp, code: &Code, encoding: &str, language: &str) -> Vec<u8> {
    let body = format!("code={}&turn=open", code.compact());
    exchange(&app.address, &post(app, &format!("/c?lang={language}"), encoding, &body)).await
}

/// The page in an answer.
fn page(answer: &[u8], encoding: &str) -> String {
    let start = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap() + 4;
    let (mut body, mut page) = (&answer[start..], String::new());
    match encoding {
        "br" => brotli::Decompressor::new(body, 4096).read_to_string(&mut page).unwrap(),
        "gzip" => flate2::read::GzDecoder::new(body).read_to_string(&mut page).unwrap(),
        _ => body.read_to_string(&mut page).unwrap(),
    };
    page
}

/// A section for each of 15 or 39 units, and in it every item with all its options.
fn is_complete(page: &str, form: &Form, units: usize) {
    let items: Vec<_> = form.questionnaire.items.iter().filter(|item| !item.is_remark()).collect();
    let offered: HashSet<&str> = page.split("<input type=\"radio\" ").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    assert_eq!((items.len(), offered.len()), (ITEMS, units * ITEMS * 5));
    for unit in form.units.iter().filter(|unit| units > DEPARTMENTS.len() || unit.unit.block == "departments") {
        let code = &unit.unit.code;
        assert_eq!(page.matches(&format!("type=\"checkbox\" name=\"{code}\" value=\"none\"")).count(), 1, "{code}");
        assert_eq!(page.matches(&format!("<textarea id=\"{code}:remark\"")).count(), 1, "{code}");
        for item in &items {
            let options = item.choices().iter().map(|choice| choice.code.as_str()).chain([NO_OPINION_CODE]);
            for option in options {
                let input = format!("name=\"{code}:{}\" value=\"{option}\"", item.code);
                assert!(offered.contains(&*input), "{input}");
            }
        }
    }
    for place in 0..units {
        assert!(page.contains(&format!("<section class=\"u\" id=\"u{place}\">")), "u{place}");
    }
    assert!(page.ends_with("</body></html>"));
}

/// What is chosen in turn, and how it is stored.
const CHOSEN: [&str; 5] = ["1", "2", "3", "4", NO_OPINION_CODE];
const STORED: [u8; 5] = [3, 4, 5, 6, 2];

/// Every item about every unit answered, and something written about each.
fn answers(form: &Form) -> Vec<(String, String)> {
    let items: Vec<_> = form.questionnaire.items.iter().filter(|item| !item.is_remark()).collect();
    let mut fields = Vec::new();
    for (place, unit) in form.units.iter().enumerate() {
        let code = &unit.unit.code;
        let choice = |item: usize| CHOSEN[(place + item) % 5].to_owned();
        fields.extend(items.iter().enumerate().map(|(item, asked)| (format!("{code}:{}", asked.code), choice(item))));
        fields.push((format!("{code}:remark"), format!("{} cần trả lời kiến nghị của cấp xã sớm hơn. ", unit.unit.name_vi).repeat(4)));
    }
    fields
}
