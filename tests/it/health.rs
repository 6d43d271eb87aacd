//! What a server says of itself to those who run it.

use par_survey::app;
use rstest::rstest;

use crate::coded::issue;
use crate::harness::app::{TestApp, with_key};
use crate::harness::database::Backend;
use crate::harness::fixture::{self, OFFICIALS, ROUND, SIPAS};
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
    for _ in 0..100 {
        if app.get("/health/ready").await.text().await.unwrap() == "ready\n" {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the key is there again and codes are still not taken");
}

/// Whoever reads the figures every second must not learn when a sheet came.
#[tokio::test]
async fn no_figure_moves_when_a_sheet_is_received() {
    let mut app = TestApp::start(Backend::Sqlite).await;
    // A free port: taken for a moment and let go.
    let metrics = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    app.metrics_listen = Some(metrics.to_string());
    let address = app.another(2).await;
    let form = fixture::form(&app.store, SIPAS).await;
    let key = app.key(SIPAS, UNIT).await;
    let read = async || app.client.get(format!("http://{metrics}/metrics")).send().await.unwrap().text().await.unwrap();
    let without_time = |text: String| text.lines().filter(|line| !line.contains("seconds_since")).collect::<Vec<_>>().join("\n");
    let before = without_time(read().await);
    let sent = app.send(&format!("{address}/{ROUND}/{SIPAS}/{UNIT}"), &with_key(&key, fixture::complete(&form, 1))).await;
    assert_eq!(sent.status(), 303);
    assert_eq!(without_time(read().await), before);
    for name in ["sheets_received_total", "mixings_failed_total", "rows_set_aside", "forms_total", "sheets_not_kept_total"] {
        assert!(before.contains(&format!("\npar_survey_{name} 0")), "{name}: {before}");
    }
    assert!(!before.contains('{'), "no figure has a label");
}
