//! Known values are planted in every place where a request could be recognised, and looked for wherever the program writes.

use std::net::IpAddr;

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use par_survey::publication;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use reqwest::{Client, redirect};
use rstest::rstest;

use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, ROUND, SIPAS};
use crate::harness::patience::until;
use crate::harness::process::{Server, contains, files};
use crate::harness::signer::Signer;

/// An address, an agent, a place to come from, words that go with them, and the key of the sheet.
const ADDRESS: &str = "203.0.113.77";
const PEER: &str = "127.0.0.77";
const AGENT: &str = "Canary-Agent/9.9.9";
const REFERER: &str = "https://canary.example/from-here";
const KEY: u128 = 0xc0ff_ee00_c0ff_ee00_c0ff_ee00_c0ff_ee00;
const WORDS: &str = "chim-hoàng-yến báo tin";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_could_recognise_a_respondent_is_stored_or_logged(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let mut fields = fixture::complete(&*fixture::form(&store, SIPAS).await, 3);
    fields.push(("remark".into(), WORDS.into()));
    let signed = Signer::new(&database, SIPAS, "so-noi-vu").await.key(KEY);
    let mut server = Server::start(&database, &[], &["--trusted-proxy", "x-forwarded-for@127.0.0.77", "--log", "trace"]);
    // An address that nothing else on this machine has, for what reads the connection rather than a header.
    let client = Client::builder().redirect(redirect::Policy::none()).local_address(PEER.parse::<IpAddr>().unwrap()).build().unwrap();
    let address = format!("{}/{ROUND}/{SIPAS}/so-noi-vu", server.address);
    for turn in 0..3 {
        // A sheet that is taken, a retry, and one that is refused: each way through the code.
        let mut sent = fields.clone();
        sent.push(("key".into(), signed.clone()));
        if turn == 2 {
            sent.push(("q9_1".into(), "canary-value".into()));
        }
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(sent).finish();
        let request = client.post(&address).header("content-type", "application/x-www-form-urlencoded").header("user-agent", AGENT);
        let request = request.header("referer", REFERER).header("x-forwarded-for", ADDRESS).header("cookie", "canary=cookie");
        let response = request.body(body).send().await.unwrap();
        assert_eq!(response.status(), if turn == 2 { 400 } else { 303 });
        assert!(response.headers().get("set-cookie").is_none());
    }
    fixture::close(&store).await;
    server.terminate();

    let log = server.log();
    let (key_bytes, key_text) = (KEY.to_be_bytes(), format!("{KEY:032x}"));
    // What a key was signed with is nowhere either, whether as text or as bytes.
    let mac = BASE64_URL_SAFE_NO_PAD.decode(&signed).unwrap().split_off(16);
    let mac_text = hex::encode(&mac);
    let canaries: [&[u8]; 11] = [
        ADDRESS.as_bytes(),
        PEER.as_bytes(),
        b"Canary-Agent",
        b"canary.example",
        b"canary=cookie",
        b"canary-value",
        key_text.as_bytes(),
        &key_bytes,
        signed.as_bytes(),
        &mac,
        mac_text.as_bytes(),
    ];
    for canary in canaries {
        assert!(!contains(log.as_bytes(), canary), "the log has {}", String::from_utf8_lossy(canary));
        for (name, bytes) in files(database.folder()) {
            assert!(!contains(&bytes, canary), "{name} has {}", String::from_utf8_lossy(canary));
        }
    }
    assert!(!log.contains("hoàng"), "the log has what was written");
    let dump = database.everything().await;
    for canary in canaries {
        assert!(!contains(dump.as_bytes(), canary), "the database has {}", String::from_utf8_lossy(canary));
    }
    assert_eq!(database.rows("SELECT words FROM remark").await, [[WORDS]], "what was written is kept, in a table of its own");
    assert_eq!(publication::draft(&store, ROUND, &|_| {}).await.unwrap().questionnaires.len(), 3);
}

#[tokio::test]
async fn pages_for_answering_set_no_cookie_and_let_nobody_else_keep_them() {
    let app = crate::harness::app::TestApp::start(Backend::Sqlite).await;
    for path in [
        "/",
        "/about",
        "/c",
        "/c/thanks",
        "/c/thanks?sent=1",
        "/2026/sipas-2026",
        "/2026/sipas-2026/so-noi-vu",
        "/2026/sipas-2026/so-noi-vu/thanks",
        "/2026/sipas-2026/so-noi-vu/thanks?sent=1",
        "/nothing",
    ] {
        let response = app.get(path).await;
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        assert!(response.headers().get("set-cookie").is_none(), "{path}");
        assert!(["private, no-cache", "no-store"].contains(&header("cache-control").as_str()), "{path}: {}", header("cache-control"));
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; ") && policy.contains("style-src 'sha256-"), "{path}");
        // Script runs where a page has its own, by its hash, and asks nobody but this site.
        let has_script = ["/c", "/2026/sipas-2026/so-noi-vu"].contains(&path);
        let script = policy.contains("script-src 'sha256-") && policy.contains("connect-src 'self';");
        assert_eq!((script, policy.contains("script") || policy.contains("connect")), (has_script, has_script), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        for absent in ["etag", "last-modified", "server"] {
            assert!(response.headers().get(absent).is_none(), "{path} has {absent}");
        }
        assert!(response.text().await.unwrap().contains("<meta name=\"referrer\" content=\"same-origin\">"), "{path}");
    }
}

/// Whoever looks at the register again and again, as `instances list` does, is not told that somebody has answered.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn no_beat_tells_that_somebody_has_answered(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let form = fixture::form(&store, SIPAS).await;
    let instance = Instance::start(store.clone(), Letterbox::open(&database.letterbox(1)).unwrap(), "one").await.unwrap();
    let beats = async || database.number("SELECT beats FROM instance").await;
    // Two more: the first may have looked before.
    let register = async || {
        let from = beats().await;
        until("it does not beat", async || beats().await > from + 1).await;
        database.rows("SELECT id, name, place, waiting FROM instance").await
    };
    let quiet = register().await;
    for seed in 0..60 {
        // Of three units by turns: the first ones wait, and those of the 58th, 59th and 60th sheet are mixed.
        instance.deposit(vec![fixture::sealed(&form, seed % 3, seed)]).await.unwrap();
        if [0, 9, 19, 59].contains(&seed) {
            assert_eq!(register().await, quiet, "after {} sheets", seed + 1);
        }
    }
    instance.stop().await.unwrap();
}
