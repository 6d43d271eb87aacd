//! What a server says of itself to those who run it.

use par_survey::app;
use rstest::rstest;

use crate::coded::issue;
use crate::faults::clients::client;
use crate::harness::app::{TestApp, with_key};
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS, ROUND, SIPAS};
use crate::harness::patience::{PATIENCE, until};
use crate::harness::process::Server;
use crate::harness::signer::Signer;
use crate::harness::wire::authority;

const UNIT: &str = "so-noi-vu";

#[rstest]
#[tokio::test]
async fn a_server_whose_port_is_in_use_registers_no_instance(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let app = TestApp::start(backend).await;
    for taken in ["listen", "metrics"] {
        let mut settings = app.settings(2);
        let address = authority(&app.address).to_owned();
        if taken == "listen" {
            settings.listen = address;
        } else {
            settings.metrics_listen = Some(address);
        }
        let refused = app::build(settings).await.err().unwrap().to_string();
        assert!(refused.starts_with("cannot listen on 127.0.0.1:") && refused.contains("choose another address"), "{refused}");
    }
    assert_eq!(app.database.rows("SELECT name FROM instance").await, [["instance-1"]]);
    assert!(!app.database.letterbox(2).exists());
}

#[tokio::test]
async fn codes_that_are_not_taken_are_said_and_everything_else_goes_on() {
    let app = TestApp::start(Backend::Sqlite).await;
    assert_eq!(app.get("/health/ready").await.text().await.unwrap(), "ready\n");
    app.database.keys().create(ROUND).unwrap();
    issue(&app, OFFICIALS, "deputies", None, 1).await;
    let (file, kept) = (app.database.keys().file(ROUND), app.database.folder().join("kept"));
    std::fs::rename(&file, &kept).unwrap();
    // Any administrative change has servers look again.
    fixture::draft(&app.store, "next", 24).await;
    app.wait_for("/next/sipas-2026", "nhận phiếu từ").await;
    let ready = app.get("/health/ready").await;
    assert_eq!(ready.status(), 200);
    assert_eq!(ready.text().await.unwrap(), "ready\ndegraded: codes of round `2026` are not taken: its key is missing or another's\n");
    std::fs::rename(&kept, &file).unwrap();
    let ready = async || app.get("/health/ready").await.text().await.unwrap() == "ready\n";
    until("the key is there again and codes are still not taken", ready).await;
}

/// A free port: taken for a moment and let go.
fn free_port() -> String {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

/// The figures for monitoring, as they are read from their own address.
async fn scraped(metrics: &str) -> String {
    client(PATIENCE).get(format!("http://{metrics}/metrics")).send().await.unwrap().text().await.unwrap()
}

/// Whoever reads the figures every second, the state of the server or its log must not learn when a sheet came, whatever a proxy did to it.
#[tokio::test]
async fn no_figure_moves_when_a_sheet_is_received() {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let (form, metrics, signer) = (fixture::form(&store, SIPAS).await, free_port(), Signer::new(&database, SIPAS, UNIT).await);
    let client = client(PATIENCE);
    let server = Server::start(&database, &[], &["--metrics-listen", &metrics]);
    let told = async || {
        let ready = client.get(format!("{}/health/ready", server.address)).send().await.unwrap().text().await.unwrap();
        let figures = scraped(&metrics).await.lines().filter(|line| !line.contains("seconds_since")).collect::<Vec<_>>().join("\n");
        (figures, ready, server.log())
    };
    let before = told().await;
    let strange = [("host", "backend:8080"), ("origin", "https://khaosat.example.vn"), ("referer", "https://khaosat.example.vn/")];
    let proxied = [("sec-fetch-site", "same-origin"), ("x-forwarded-for", "192.0.2.1"), ("x-forwarded-host", "khaosat.example.vn")];
    for (bits, headers) in [(1, vec![]), (2, [strange, proxied].concat())] {
        let sheet = with_key(&signer.key(bits), fixture::complete(&form, 1));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(sheet).finish();
        let request = client.post(format!("{}/{ROUND}/{SIPAS}/{UNIT}", server.address)).body(body);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let sent = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value)).send().await.unwrap();
        assert_eq!(sent.status(), 303);
        assert_eq!(told().await, before, "{headers:?}");
    }
    let (figures, ready, _) = before;
    for name in ["sheets_received_total", "mixings_failed_total", "rows_set_aside", "forms_total", "sheets_not_kept_total"] {
        assert!(figures.contains(&format!("\npar_survey_{name} 0")), "{name}: {figures}");
    }
    assert!(!figures.contains('{'), "no figure has a label");
    assert_eq!(ready, "ready\n");
}

/// Previews and programs that ask for the head of a form are given none.
#[tokio::test]
async fn forms_are_counted_where_they_are_given_out() {
    let mut app = TestApp::start(Backend::Sqlite).await;
    let metrics = free_port();
    app.metrics_listen = Some(metrics.clone());
    let form = format!("{}/{ROUND}/{SIPAS}/{UNIT}", app.another(2).await);
    for (method, given) in [("HEAD", 0), ("GET", 1), ("HEAD", 1), ("GET", 2)] {
        let answer = app.client.request(method.parse().unwrap(), &form).send().await.unwrap();
        assert!(answer.status().is_success());
        let figures = scraped(&metrics).await;
        assert!(figures.contains(&format!("\npar_survey_forms_total {given}\n")), "{method}: {figures}");
    }
}

/// The count as it is scraped, on the real server: it stands while fewer than a batch waits for each unit, and then moves by the batch.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_figure_of_received_sheets_moves_only_by_a_batch_that_was_mixed(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let (form, metrics) = (fixture::form(&store, SIPAS).await, free_port());
    let client = client(PATIENCE);
    let server = Server::start(&database, &[], &["--metrics-listen", &metrics]);
    let read = async || -> u64 {
        let text = scraped(&metrics).await;
        let line = text.lines().find_map(|line| line.strip_prefix("par_survey_sheets_received_total "));
        line.unwrap_or_else(|| panic!("{text}")).parse().unwrap()
    };
    let send = async |unit: &str, sheets: std::ops::Range<u128>| {
        let signer = Signer::new(&database, SIPAS, unit).await;
        for bits in sheets {
            let sheet = with_key(&signer.key(bits), fixture::complete(&form, 1));
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(sheet).finish();
            let request = client.post(format!("{}/{ROUND}/{SIPAS}/{unit}", server.address)).body(body);
            assert_eq!(request.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap().status(), 303);
        }
    };
    send(UNIT, 0..19).await;
    send("so-y-te", 100..119).await;
    send(UNIT, 19..20).await;
    until("nothing moves", async || read().await > 0).await;
    assert_eq!(read().await, 20, "by the batch at once, and not by the sheets of the other unit");
    send(UNIT, 20..23).await;
    send("so-y-te", 119..120).await;
    until("nothing moves any more", async || read().await > 20).await;
    assert_eq!(read().await, 40, "by the batch of the other unit, and not by the three that came before its last");
}
