//! A disk that hangs in the commit of a sheet: nobody can say what becomes of it, and that is what its sender is told.

use std::time::{Duration, Instant};

use reqwest::{Client, Response, StatusCode};

use super::clients::{client, form_at, key};
use super::server::{Rig, close};
use crate::coded::{about, issue_in};
use crate::harness::app::{key_of, location, with_key};
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS};
use crate::harness::patience::PATIENCE;
use crate::harness::process::Server;
use crate::withheld::fields;

const LOG: &str = "letterbox-1.db-wal";

/// What whoever has waited long enough is told.
const PERHAPS: &str = "Có thể máy chủ đã nhận phiếu, nhưng chưa xác nhận được. Xin gửi lại";

/// Has the first sheet of the round be received, which begins a generation: of what comes later each sheet is a commit of its own.
async fn begin(rig: &Rig, client: &Client, server: &Server) {
    let address = form_at(&server.address);
    let first = with_key(&key(client, &address).await.unwrap(), rig.fields.to_vec());
    assert_eq!(post(client, &address, &first).await.status(), StatusCode::SEE_OTHER);
}

async fn post(client: &Client, address: &str, fields: &[(String, String)]) -> Response {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = client.post(address).header("content-type", "application/x-www-form-urlencoded");
    request.body(body).send().await.expect("an answer while the disk hangs")
}

/// The page that comes while the disk hangs in the commit of what was sent, with everything that was sent.
async fn perhaps(rig: &Rig, client: &Client, address: &str, fields: &[(String, String)]) -> String {
    let began = Instant::now();
    loop {
        // After a beat and the writing of a second the next commit is that of the sheet; on a machine that is slow the disk may hang in another
        // one, and then nothing was received.
        rig.beats().await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        rig.preload.hang(LOG);
        let response = post(client, address, fields).await;
        assert_eq!((response.status(), response.headers().contains_key("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, true));
        let page = response.text().await.unwrap();
        if page.contains(PERHAPS) {
            assert_eq!(rig.preload.hits(), 1, "the disk hangs");
            return page;
        }
        assert!(began.elapsed() < PATIENCE, "nobody is told that it may have been received: {page}");
        rig.preload.lift();
    }
}

/// Sends the same once more: while the disk hangs it is not kept a second time. Then as often as the page asks for it, on a disk that goes on.
async fn send_again(rig: &Rig, client: &Client, address: &str, fields: &[(String, String)]) -> Response {
    assert_eq!(post(client, address, fields).await.status(), StatusCode::SERVICE_UNAVAILABLE, "the disk hangs");
    rig.preload.lift();
    let began = Instant::now();
    loop {
        let response = post(client, address, fields).await;
        if response.status() != StatusCode::SERVICE_UNAVAILABLE {
            return response;
        }
        assert!(began.elapsed() < PATIENCE, "the disk goes on hanging");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_citizen_whose_sheet_may_have_been_received_is_told_so_and_sends_it_again_and_it_counts_once() {
    let rig = Rig::on(TestDatabase::fresh(Backend::Sqlite).await).await;
    let (server, client) = (rig.serve(), client(PATIENCE));
    let address = form_at(&server.address);
    let key = key(&client, &address).await.unwrap();
    let mut sent = with_key(&key, rig.fields.to_vec());
    begin(&rig, &client, &server).await;
    let page = perhaps(&rig, &client, &address, &sent).await;
    assert_eq!(key_of(&page), key);
    let mut back = fields(&page);
    sent.sort();
    back.sort();
    assert_eq!(back, sent, "every answer and the key");
    let again = send_again(&rig, &client, &address, &back).await;
    assert_eq!(again.status(), StatusCode::SEE_OTHER);
    assert!(location(&again).contains("again=1"), "it was received the first time: {}", location(&again));
    assert_eq!(rig.close().await.len(), 2, "this one, and the one before it");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_official_whose_ratings_may_have_been_received_is_told_so_and_sends_them_again_and_they_count_once() {
    let rig = Rig::on(TestDatabase::fresh(Backend::Sqlite).await).await;
    let store = rig.database.store().await;
    let code = issue_in(&store, &rig.database.keys(), OFFICIALS, "deputies", None, 1).await.remove(0);
    let (server, client) = (rig.serve(), client(PATIENCE));
    let address = format!("{}/c?lang=vi", server.address);
    let mut answers = about(&*fixture::form(&store, OFFICIALS).await, &["so-noi-vu", "so-y-te"]);
    let of_the_form = |turn: &str| [("code".to_owned(), code.compact()), ("turn".to_owned(), turn.to_owned())];
    begin(&rig, &client, &server).await;
    let page = perhaps(&rig, &client, &address, &[&answers[..], &of_the_form("confirm")].concat()).await;
    assert!(page.contains("<button form=\"f\">Gửi lại</button>"), "{page}");
    let mut back = fields(&page);
    let again = [&back[..], &of_the_form("confirm")[1..]].concat();
    answers.push(("code".to_owned(), code.compact()));
    answers.sort();
    back.sort();
    assert_eq!(back, answers, "every answer and the code");
    let again = send_again(&rig, &client, &address, &again).await;
    assert_eq!(again.status(), StatusCode::GONE);
    assert!(again.text().await.unwrap().contains("Mã phiếu này đã được dùng"), "they were received the first time");
    close(&rig.database, &[]).unwrap();
    assert_eq!(rig.database.number("SELECT count(*) FROM response").await, 1 + 2, "one sheet a rated unit, and the citizen's");
}
