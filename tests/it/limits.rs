//! How much one address may do, and that whoever is slowed down loses nothing.

use std::time::{Duration, Instant};

use futures_util::StreamExt;
use futures_util::future::join_all;
use futures_util::stream::FuturesUnordered;
use par_survey::web::limiter::{BODIES_AT_ONCE, SHEETS_A_MINUTE};
use reqwest::{Client, Response, StatusCode, redirect};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpSocket;
use tokio::time::timeout;

use crate::coded::{about, issue};
use crate::harness::app::{TestApp, key_of, with_key};
use crate::harness::database::Backend;
use crate::harness::fixture::{self, OFFICIALS, ROUND, SIPAS};
use crate::harness::patience::{PATIENCE, until};
use crate::harness::process::Server;
use crate::harness::signer::Signer;
use crate::harness::wire::{authority, exchange};

const UNIT: &str = "so-noi-vu";

/// A server that takes so many sheets a minute from one address, and says its address.
async fn limited(sheets: u32) -> (TestApp, String) {
    let mut app = TestApp::start(Backend::Sqlite).await;
    app.sheets_per_address = sheets;
    let address = app.another(2).await;
    (app, address)
}

/// Sends sheets with keys of their own, some at once; gives the answers in order.
async fn flood(app: &TestApp, address: &str, sheets: std::ops::Range<u128>) -> Vec<Response> {
    let (form, signer) = (fixture::form(&app.store, SIPAS).await, Signer::new(&app.database, SIPAS, UNIT).await);
    let (address, fields) = (format!("{address}/{ROUND}/{SIPAS}/{UNIT}"), fixture::complete(&form, 1));
    let mut answers = Vec::new();
    for bits in sheets.collect::<Vec<_>>().chunks(50) {
        let sheets: Vec<_> = bits.iter().map(|bits| with_key(&signer.key(*bits), fields.clone())).collect();
        answers.extend(join_all(sheets.iter().map(|sheet| app.send(&address, sheet))).await);
    }
    answers
}

fn taken(answers: &[Response]) -> usize {
    answers.iter().filter(|answer| answer.status() == StatusCode::SEE_OTHER).count()
}

/// A village, a school or a company behind the one address of its mobile network.
#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_people_behind_one_address_send_within_seconds_and_nobody_waits() {
    let (app, address) = limited(SHEETS_A_MINUTE).await;
    assert_eq!(taken(&flood(&app, &address, 0..500).await), 500);
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 500);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_from_one_address_is_slowed_down_and_every_page_keeps_its_answers_and_its_key() {
    let (app, address) = limited(SHEETS_A_MINUTE).await;
    let began = Instant::now();
    let answers = flood(&app, &address, 0..2_000).await;
    let (taken_at_once, most) = (taken(&answers), 601 + usize::try_from(began.elapsed().as_secs()).unwrap() * 10 + 10);
    assert!((600..=most).contains(&taken_at_once) && most < 2_000, "{taken_at_once} of 2,000 in {:?}", began.elapsed());
    let signer = Signer::new(&app.database, SIPAS, UNIT).await;
    let mut refused = Vec::new();
    for (bits, answer) in (0_u128..).zip(answers).filter(|(_, answer)| answer.status() != StatusCode::SEE_OTHER) {
        assert_eq!((answer.status(), answer.headers()["retry-after"].to_str().unwrap()), (StatusCode::TOO_MANY_REQUESTS, "20"));
        let page = answer.text().await.unwrap();
        assert!(page.contains("Xin gửi lại sau 20 giây") && page.contains(" checked"), "{page}");
        assert_eq!(key_of(&page), signer.key(bits));
        refused.push(bits);
    }
    for bits in refused[0]..refused[0] + 10 {
        until("those who wait are not taken", async || taken(&flood(&app, &address, bits..bits + 1).await) == 1).await;
    }
    app.close().await;
    let all = i64::try_from(taken_at_once).unwrap() + 10;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, all - already(&refused));
}

/// Sheets sent a second time that had been taken the first time: they count once.
fn already(refused: &[u128]) -> i64 {
    let again = (refused[0]..refused[0] + 10).filter(|bits| !refused.contains(bits)).count();
    i64::try_from(again).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ratings_of_an_official_who_is_slowed_down_come_back_with_a_button_that_sends_them() {
    let (app, address) = limited(1).await;
    let codes = issue(&app, OFFICIALS, "deputies", None, 2).await;
    let form = fixture::form(&app.store, OFFICIALS).await;
    let send = async |place: usize| {
        let mut fields = about(&form, &["so-noi-vu", "so-y-te"]);
        fields.extend([("code".to_owned(), codes[place].grouped()), ("turn".to_owned(), "confirm".to_owned())]);
        app.send(&format!("{address}/c?lang=vi"), &fields).await
    };
    assert_eq!(send(0).await.status(), StatusCode::SEE_OTHER);
    let slowed = send(1).await;
    assert_eq!((slowed.status(), slowed.headers()["retry-after"].to_str().unwrap()), (StatusCode::TOO_MANY_REQUESTS, "20"));
    let page = slowed.text().await.unwrap();
    assert_eq!(page.matches(" checked").count(), 28);
    assert!(page.contains("<button form=\"f\">Gửi lại</button>"), "{page}");
    assert!(page.contains(&format!("name=code value={}", codes[1].compact())));
}

#[tokio::test]
async fn forty_faulty_posts_hold_up_nobody() {
    let (app, address) = limited(10).await;
    let faulty = [("q9_1".to_owned(), "9".to_owned())];
    for _ in 0..40 {
        assert_eq!(app.send(&format!("{address}/{ROUND}/{SIPAS}/{UNIT}"), &faulty).await.status(), StatusCode::BAD_REQUEST);
    }
    let missed = with_key(&app.key(SIPAS, UNIT).await, Vec::new());
    for _ in 0..40 {
        assert_eq!(app.send(&format!("{address}/{ROUND}/{SIPAS}/{UNIT}"), &missed).await.status(), StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(taken(&flood(&app, &address, 0..11).await), 10, "only what is handed in counts");
}

/// Every request says that it is for somebody else.
async fn pretend(app: &TestApp, address: &str, clients: std::ops::Range<u8>) -> usize {
    let (form, signer) = (fixture::form(&app.store, SIPAS).await, Signer::new(&app.database, SIPAS, UNIT).await);
    let mut taken = 0;
    for client in clients {
        let sheet = with_key(&signer.key(u128::from(client)), fixture::complete(&form, 1));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(sheet).finish();
        let request = app.client.post(format!("{address}/{ROUND}/{SIPAS}/{UNIT}")).body(body);
        let request =
            request.header("content-type", "application/x-www-form-urlencoded").header("x-forwarded-for", format!("10.0.0.{client}"));
        taken += usize::from(request.send().await.unwrap().status() == StatusCode::SEE_OTHER);
    }
    taken
}

#[tokio::test]
async fn a_forwarded_address_counts_only_from_the_proxy_that_was_named() {
    let (mut app, direct) = limited(5).await;
    app.trusted_proxies = vec!["x-forwarded-for@127.0.0.0/8".parse().unwrap()];
    let behind = app.another(3).await;
    app.trusted_proxies = vec!["x-forwarded-for@192.0.2.1".parse().unwrap()];
    let elsewhere = app.another(4).await;
    assert_eq!(pretend(&app, &behind, 0..20).await, 20, "twenty people behind the proxy");
    assert_eq!(pretend(&app, &direct, 20..40).await, 5, "one who pretends to be twenty");
    assert_eq!(pretend(&app, &elsewhere, 40..60).await, 5, "one who pretends to be a proxy");
    let ready = async |address: &str| app.client.get(format!("{address}/health/ready")).send().await.unwrap().text().await.unwrap();
    for address in [&behind, &direct, &elsewhere] {
        assert_eq!(ready(address).await, "ready\n", "what was sent is not to be told by it");
        app.client.get(format!("{address}/")).header("x-forwarded-for", "10.0.0.1").send().await.unwrap();
    }
    assert_eq!(ready(&behind).await, "ready\n");
    for address in [&direct, &elsewhere] {
        let said = ready(address).await;
        assert!(said.starts_with("ready\n") && said.contains("degraded: requests come with the header of a proxy"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_once_that_a_proxy_was_not_named_and_never_an_address() {
    let database = crate::harness::database::TestDatabase::fresh(Backend::Sqlite).await;
    fixture::open_round(&database.store().await, -1, 24).await;
    let mut server = Server::start(&database, &[], &["--log", "trace"]);
    let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    for path in ["/", "/2026/sipas-2026/so-noi-vu", "/c"] {
        client.get(format!("{}{path}", server.address)).header("x-real-ip", "203.0.113.77").send().await.unwrap();
    }
    server.terminate();
    let log = server.log();
    assert_eq!(log.matches("--trusted-proxy x-forwarded-for@127.0.0.1").count(), 1, "{log}");
    assert!(!log.contains("203.0.113.77"));
}

/// Phones on a bad network, or one that means no good: bodies that never end, on real connections.
#[tokio::test(flavor = "multi_thread")]
async fn slow_bodies_from_one_address_leave_room_for_everybody_else() {
    let app = TestApp::start(Backend::Sqlite).await;
    let begun = format!(
        "POST /{ROUND}/{SIPAS}/{UNIT} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 900\r\n\r\nq9_1="
    );
    let mut slow = Vec::new();
    for _ in 0..BODIES_AT_ONCE {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.2:0".parse().unwrap()).unwrap();
        let mut stream = socket.connect(authority(&app.address).parse().unwrap()).await.unwrap();
        stream.write_all(begun.as_bytes()).await.unwrap();
        slow.push(stream);
    }
    let from = |address: &str| Client::builder().redirect(redirect::Policy::none()).local_address(Some(address.parse().unwrap())).build();
    let (theirs, others) = (from("127.0.0.2").unwrap(), from("127.0.0.3").unwrap());
    let post = async |client: &Client| {
        let request = client.post(app.form_address(SIPAS, UNIT)).header("content-type", "application/x-www-form-urlencoded");
        request.body("q9_1=1").send().await.unwrap()
    };
    // The last of them may still be on its way to the server.
    while post(&theirs).await.status() != StatusCode::TOO_MANY_REQUESTS {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let crowded = post(&theirs).await;
    assert_eq!(crowded.headers()["retry-after"], "20");
    assert!(crowded.text().await.unwrap().contains("Xin quay lại và gửi lại sau 20 giây"));
    assert_eq!(post(&others).await.status(), StatusCode::UNPROCESSABLE_ENTITY, "somebody else is served");
    drop(slow);
    let served = async || post(&theirs).await.status() == StatusCode::UNPROCESSABLE_ENTITY;
    until("the bodies that were broken off still count", served).await;
}

/// One that is turned away keeps no connection open, however slowly the rest of it comes.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_one_body_too_many_is_answered_at_once_and_let_go() {
    let app = TestApp::start(Backend::Sqlite).await;
    let begun = format!(
        "POST /{ROUND}/{SIPAS}/{UNIT} HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 900\r\n\r\nq9_1="
    );
    let mut answers: FuturesUnordered<_> = (0..BODIES_AT_ONCE + 20).map(|_| exchange(&app.address, begun.as_bytes())).collect();
    let told: Vec<_> = timeout(PATIENCE, answers.by_ref().take(20).collect()).await.expect("twenty are told");
    assert!(told.iter().all(|answer: &Vec<u8>| answer.starts_with(b"HTTP/1.1 429")));
    assert!(timeout(Duration::from_secs(1), answers.next()).await.is_err(), "the others are still waited for");
}
