//! What answering costs on a phone's data plan.

use std::time::Duration;

use par_survey::web::guard::Patience;
use rstest::rstest;

use super::harness::app::{TestApp, key_of, with_key};
use super::harness::database::Backend;
use super::harness::fixture::{self, ROUND, SERVICE, SIPAS};
use super::harness::patience::PATIENCE;
use super::harness::wire::{authority, exchange};

/// What Chrome on a phone says with every request, as long as it is in life.
const PHONE: &str = "user-agent: Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36\r\n\
accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7\r\n\
accept-language: vi-VN,vi;q=0.9,en;q=0.8\r\nupgrade-insecure-requests: 1\r\nsec-ch-ua: \"Chromium\";v=\"140\", \"Google Chrome\";v=\"140\"\r\n\
sec-ch-ua-mobile: ?1\r\nsec-ch-ua-platform: \"Android\"\r\nsec-fetch-site: same-origin\r\nsec-fetch-mode: navigate\r\nsec-fetch-user: ?1\r\n\
sec-fetch-dest: document\r\nconnection: close\r\n";

fn get(app: &TestApp, path: &str, encoding: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept-encoding: {encoding}\r\n{PHONE}\r\n", authority(&app.address)).into_bytes()
}

/// A posted form as a phone sends it.
pub(crate) fn post(app: &TestApp, path: &str, encoding: &str, body: &str) -> Vec<u8> {
    let host = authority(&app.address);
    let head = format!("POST {path} HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\nreferer: http://{host}{path}\r\n{PHONE}");
    let kind = format!("content-type: application/x-www-form-urlencoded\r\naccept-encoding: {encoding}\r\n");
    format!("{head}{kind}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn path(questionnaire: &str) -> String {
    format!("/{ROUND}/{questionnaire}/so-noi-vu?mode=link&lang=vi")
}

#[rstest]
#[case(SIPAS, "br", 14 * 1024)]
#[case(SIPAS, "gzip", 14 * 1024)]
#[case(SIPAS, "identity", 64 * 1024)]
#[case(SERVICE, "br", 14 * 1024)]
#[case(SERVICE, "gzip", 14 * 1024)]
#[case(SERVICE, "identity", 64 * 1024)]
#[tokio::test]
async fn a_form_with_its_headers_stays_below_its_limit(#[case] questionnaire: &str, #[case] encoding: &str, #[case] most: usize) {
    let app = TestApp::start(Backend::Sqlite).await;
    let answer = exchange(&app.address, &get(&app, &path(questionnaire), encoding)).await;
    assert!(answer.starts_with(b"HTTP/1.1 200 OK"), "{}", String::from_utf8_lossy(&answer));
    assert!(answer.len() <= most, "{questionnaire} in {encoding} takes {} bytes of {most}", answer.len());
}

#[tokio::test]
async fn a_whole_visit_with_requests_and_answers_stays_below_30_kilobytes() {
    let app = TestApp::start(Backend::Sqlite).await;
    let key = key_of(&app.get(&path(SIPAS)).await.text().await.unwrap());
    let fields = with_key(&key, fixture::complete(&*fixture::form(&app.store, SIPAS).await, 1));
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
    let mut bytes = 0;
    for request in [get(&app, &path(SIPAS), "br"), post(&app, &path(SIPAS), "gzip, deflate, br", &body)] {
        bytes += request.len() + exchange(&app.address, &request).await.len();
    }
    let thanks = get(&app, &format!("/{ROUND}/{SIPAS}/so-noi-vu/thanks?mode=link&lang=vi&sent=1"), "br");
    let answer = exchange(&app.address, &thanks).await;
    assert!(answer.starts_with(b"HTTP/1.1 200 OK"));
    bytes += thanks.len() + answer.len();
    assert!(bytes <= 30 * 1024, "a visit takes {bytes} bytes");
}

/// A request that stops half-way holds a connection only so long, and is told so.
#[rstest]
#[case::headers("POST / HTTP/1.1\r\nhost: x\r\ncontent-le")]
#[case::body(
    "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 900\r\n\r\nq1="
)]
#[tokio::test]
async fn a_request_that_stops_half_way_is_not_waited_for(#[case] begun: &str) {
    let mut app = TestApp::start(Backend::Sqlite).await;
    app.patience = Patience { headers: Duration::from_secs(1), body: Duration::from_secs(1) };
    let hurried = app.another(2).await;
    let begun = begun.replace("{path}", &path(SIPAS));
    // The patient server goes on waiting; the hurried one answers by itself, although the request never ends.
    let waited = tokio::time::timeout(Duration::from_secs(2), exchange(&app.address, begun.as_bytes())).await;
    assert!(waited.is_err(), "{}", String::from_utf8_lossy(&waited.unwrap()));
    let answer = String::from_utf8(tokio::time::timeout(PATIENCE, exchange(&hurried, begun.as_bytes())).await.unwrap()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
}
