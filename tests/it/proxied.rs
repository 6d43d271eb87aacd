//! What stands between the server and those who ask: methods of programs and previews, and what a proxy does to headers.

use par_survey::address::{ABOUT, API_DESCRIPTION, API_ROUNDS, Address, CODE, CODE_SLASH, CODE_THANKS, HOME, LIVE, METRICS, READY};
use reqwest::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{Method, Response, StatusCode};
use rstest::rstest;

use crate::harness::app::TestApp;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, ROUND, SIPAS};
use crate::harness::patience::until;
use crate::harness::process::Server;
use crate::harness::province::Province;
use crate::harness::wire::exchange;

const UNIT: &str = "so-noi-vu";

async fn ask(address: &str, method: Method, path: &str) -> Response {
    reqwest::Client::new().request(method, format!("{address}{path}")).send().await.unwrap()
}

/// Whether HEAD says of an address what GET does, and sends nothing with it.
async fn assert_head_is_like_get(address: &str, path: &str) {
    let (get, head) = (ask(address, Method::GET, path).await, ask(address, Method::HEAD, path).await);
    let told = |response: &Response| {
        let header = |name| response.headers().get(name).cloned();
        (response.status(), header(CONTENT_TYPE), header(CONTENT_LENGTH), header(ALLOW))
    };
    // Figures of the moment have a length of their own.
    if path != METRICS {
        assert_eq!(told(&head), told(&get), "{path}");
    }
    assert_eq!((head.status(), head.bytes().await.unwrap().len()), (get.status(), 0), "{path}");
}

#[tokio::test]
async fn head_is_answered_like_get_everywhere() {
    let app = TestApp::start(Backend::Sqlite).await;
    let units = Address::units(ROUND, SIPAS).to_string();
    let form = Address::form(ROUND, SIPAS, UNIT).to_string();
    let thanks = Address::thanks(ROUND, SIPAS, UNIT).to_string();
    let nowhere = Address::form(ROUND, SIPAS, "nowhere").to_string();
    for path in
        [HOME, ABOUT, CODE, CODE_SLASH, CODE_THANKS, LIVE, READY, &units, &form, &thanks, &nowhere, "/nothing", API_ROUNDS, API_DESCRIPTION]
    {
        assert_head_is_like_get(&app.address, path).await;
    }
    // On one connection nothing of a body comes before the next answer.
    let twice = format!("HEAD {form} HTTP/1.1\r\nhost: x\r\n\r\nGET {LIVE} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    let answers = String::from_utf8(exchange(&app.address, twice.as_bytes()).await).unwrap();
    let (head, live) = answers.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && live.starts_with("HTTP/1.1 200") && live.ends_with("live\n"), "{answers}");
}

#[tokio::test]
async fn head_is_answered_like_get_of_what_is_published() {
    let province = Province::start().await;
    let unit = Address::unit_results("2025", UNIT).to_string();
    let [round, scores] = [Address::api_round("2025"), Address::api_scores("2025", "csv")].map(|address| address.to_string());
    let table = Address::api_table("2025", SIPAS, "indices", "csv").to_string();
    for path in [&Address::results("2025").to_string(), &unit, &round, &scores, &table] {
        assert_head_is_like_get(&province.address, path).await;
    }
}

/// A page in the language of the address, and for programs what they understand.
#[rstest]
#[case::home(HOME, "GET, HEAD")]
#[case::code(CODE, "GET, HEAD, POST")]
#[case::code_with_a_slash(CODE_SLASH, "GET, HEAD, POST")]
#[case::thanks(CODE_THANKS, "GET, HEAD")]
#[case::ready(READY, "GET, HEAD")]
#[case::results("/results/2026", "GET, HEAD")]
#[case::units("/2026/sipas-2026", "GET, HEAD")]
#[case::form("/2026/sipas-2026/so-noi-vu", "GET, HEAD, POST")]
#[case::form_thanks("/2026/sipas-2026/so-noi-vu/thanks", "GET, HEAD")]
#[case::api(API_ROUNDS, "GET, HEAD")]
#[tokio::test]
async fn a_method_that_an_address_does_not_take_is_told_which_it_does(#[case] path: &str, #[case] allowed: &str) {
    let app = TestApp::start(Backend::Sqlite).await;
    for (language, says) in [("vi", "Không gửi được đến địa chỉ này"), ("en", "Nothing can be sent here")] {
        let methods = [Method::PUT, Method::DELETE, Method::OPTIONS];
        let post = (!allowed.contains("POST")).then_some(Method::POST);
        for method in methods.into_iter().chain(post) {
            let response = ask(&app.address, method.clone(), &format!("{path}?lang={language}")).await;
            assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
            assert_eq!(response.headers()[ALLOW], allowed, "{method} {path}");
            let body = response.text().await.unwrap();
            assert!(body.contains(if path == API_ROUNDS { "\"read-only\"" } else { says }), "{method} {path}: {body}");
        }
    }
}

#[tokio::test]
async fn the_address_for_monitoring_is_only_read_too() {
    let mut app = TestApp::start(Backend::Sqlite).await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    app.metrics_listen = Some(format!("127.0.0.1:{port}"));
    app.another(2).await;
    let address = format!("http://127.0.0.1:{port}");
    assert_head_is_like_get(&address, METRICS).await;
    let posted = ask(&address, Method::POST, METRICS).await;
    assert_eq!((posted.status(), posted.headers()[ALLOW].to_str().unwrap()), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"));
}

/// A request of a browser through some proxy: for a page, or with an empty form.
fn sent(method: &str, version: &str, host: Option<&str>, site: Option<&str>) -> Vec<u8> {
    let line = |name: &str, value: Option<&str>| value.map(|value| format!("{name}: {value}\r\n")).unwrap_or_default();
    let form = "origin: https://khaosat.example.vn\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9\r\n";
    let [form, body] = if method == "POST" { [form, "turn=open"] } else { [""; 2] };
    format!(
        "{method} {CODE} HTTP/{version}\r\n{}{}{form}referer: https://khaosat.example.vn/c\r\nuser-agent: Mozilla/9.9 (canary)\r\n\
         connection: close\r\n\r\n{body}",
        line("host", host),
        line("sec-fetch-site", site)
    )
    .into_bytes()
}

const SAME: Option<&str> = Some("same-origin");

#[rstest]
#[case::rewritten("GET", "1.1", Some("backend:8080"), SAME, "a proxy seems to change the Host header", 200, true)]
#[case::left_out("GET", "1.0", None, SAME, "browsers seem to come without a Host header", 200, true)]
#[case::refused_without("GET", "1.1", None, SAME, "requests come without a Host header and are refused", 400, false)]
#[case::older_browser("POST", "1.1", Some("backend:8080"), None, "it stood on another site, or a proxy changes that header", 403, false)]
#[case::older_browser_without("POST", "1.0", None, None, "it stood on another site, or a proxy changes that header", 403, false)]
#[tokio::test]
async fn what_a_proxy_does_to_the_host_is_logged_once_with_what_to_set(
    #[case] method: &str,
    #[case] version: &str,
    #[case] host: Option<&str>,
    #[case] site: Option<&str>,
    #[case] says: &str,
    #[case] status: u16,
    #[case] is_seen: bool,
) {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    fixture::open_round(&database.store().await, -1, 24).await;
    let server = Server::start(&database, &[], &[]);
    let ready = async || ask(&server.address, Method::GET, READY).await.text().await.unwrap();
    assert_eq!(ready().await, "ready\n");
    for _ in 0..3 {
        let answer = exchange(&server.address, &sent(method, version, host, site)).await;
        let answer = String::from_utf8_lossy(&answer);
        assert_eq!(answer.split(' ').nth(1), Some(&*status.to_string()), "{answer}");
    }
    until("it is not logged", async || server.log().contains(says)).await;
    let log = server.log();
    assert_eq!((log.matches(says).count(), log.matches("proxy_set_header Host $host").count()), (1, 1), "{log}");
    assert!(!log.contains("canary") && !log.contains("khaosat.example.vn") && !log.contains("backend:8080"), "{log}");
    assert_eq!(ready().await.contains(says), is_seen);
    // What the browser asked for, as the proxy passes it on where it is told to.
    exchange(&server.address, &sent("GET", "1.1", Some("khaosat.example.vn"), SAME)).await;
    assert_eq!(ready().await, "ready\n", "a page that is asked for as it should be takes it back");
}
