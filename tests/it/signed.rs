//! The hidden key of a form: signed by the server, so that nobody invents one, and kept without its signature.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use reqwest::{Response, StatusCode};
use rstest::rstest;

use crate::harness::app::{TestApp, key_of, location, with_key};
use crate::harness::database::Backend;
use crate::harness::fixture::{self, SERVICE, SIPAS};
use crate::harness::process::{contains, files};
use crate::harness::signer::Signer;

const UNIT: &str = "so-noi-vu";

/// A complete sheet with a key, to the form about [`UNIT`] at an address.
async fn send(app: &TestApp, address: &str, key: &str) -> Response {
    let form = fixture::form(&app.store, SIPAS).await;
    app.send(&format!("{address}/2026/{SIPAS}/{UNIT}"), &with_key(key, fixture::complete(&form, 3))).await
}

#[rstest]
#[tokio::test]
async fn an_invented_key_gets_the_form_back_filled_in_and_with_one_that_is_taken(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let given = app.key(SIPAS, UNIT).await;
    let damaged = format!("{}{}", &given[..63], if given.ends_with('A') { "Q" } else { "A" });
    let unsigned = BASE64_URL_SAFE_NO_PAD.encode([7; 48]);
    for invented in ["0000000000000000000000000000002a", "", &damaged, &unsigned] {
        let refused = send(&app, &app.address, invented).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{invented}");
        let page = refused.text().await.unwrap();
        assert!(page.contains("Xin gửi lại lần nữa") && page.contains(" checked"), "{invented}");
        assert_ne!(key_of(&page), given);
        assert_eq!(location(&send(&app, &app.address, &key_of(&page)).await).matches("thanks").count(), 1, "the new key is taken");
    }
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 4);
}

#[tokio::test]
async fn a_key_given_out_for_one_form_is_none_for_another() {
    let app = TestApp::start(Backend::Sqlite).await;
    for (questionnaire, unit) in [(SIPAS, "so-y-te"), (SERVICE, UNIT)] {
        let foreign = app.key(questionnaire, unit).await;
        let refused = send(&app, &app.address, &foreign).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY, "{questionnaire} {unit}");
    }
}

#[rstest]
#[tokio::test]
async fn a_key_from_one_server_is_taken_by_another_and_after_a_restart(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let mut app = TestApp::start(backend).await;
    let second = app.another(2).await;
    let keys = [app.key(SIPAS, UNIT).await, app.key(SIPAS, UNIT).await];
    assert_eq!(send(&app, &second, &keys[0]).await.status(), StatusCode::SEE_OTHER);
    app.stop().await;
    // The second holds a sheet, so that closing asks for it.
    let (restarted, _) = (app.another(1).await, app.another(2).await);
    assert_eq!(send(&app, &restarted, &keys[1]).await.status(), StatusCode::SEE_OTHER);
    app.address = restarted;
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 2);
    assert_eq!(app.database.number("SELECT count(*) FROM round_secret").await, 0, "closing drops the secret");
}

#[tokio::test]
async fn of_a_signed_key_only_the_random_bits_reach_the_letterbox() {
    let app = TestApp::start(Backend::Sqlite).await;
    let signed = Signer::new(&app.database, SIPAS, UNIT).await.key(0xc0ff_ee00_c0ff_ee00_c0ff_ee00_c0ff_ee00);
    assert_eq!(send(&app, &app.address, &signed).await.status(), StatusCode::SEE_OTHER);
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(&signed).unwrap();
    let (bits, mac) = bytes.split_at(16);
    let kept = files(app.database.folder());
    assert!(kept.iter().any(|(_, file)| contains(file, bits)), "the sheet waits under its key");
    for wanted in [mac, signed.as_bytes(), &signed.as_bytes()[22..], hex::encode(mac).as_bytes()] {
        assert!(kept.iter().all(|(_, file)| !contains(file, wanted)));
    }
}
