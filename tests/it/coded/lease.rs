//! One server at a time takes what comes with codes, hands that over when it is asked to, and keeps it when it is dead.

use futures_util::future::join_all;
use par_survey::deposit::AcceptedSheet;
use par_survey::deposit::Deposited;
use par_survey::store::instance::Instance;
use par_survey::store::letterbox::Letterbox;
use par_survey::survey::code::Code;
use reqwest::StatusCode;
use rstest::rstest;

use super::{about, issue, issue_in, send, stored, until_taken};
use crate::harness::app::TestApp;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, OFFICIALS, ROUND};
use crate::harness::process::Server;
use crate::withheld::fields;

/// Everybody sends to both servers at once, again and again, each time with other answers: each code counts once, and it is the one that was thanked.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_handover_under_load_leaves_one_set_of_sheets_for_each_code(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let mut app = TestApp::start(backend).await;
    let second = app.another(2).await;
    let codes = issue(&app, OFFICIALS, "deputies", None, 30).await;
    let form = fixture::form(&app.store, OFFICIALS).await;
    let servers = [app.address.clone(), second];
    let answers = [about(&form, &["so-noi-vu", "so-y-te"]), about(&form, &["so-noi-vu", "thanh-tra"])];
    let thanked = join_all(codes.iter().enumerate().map(|(place, code)| {
        let (app, servers, answers) = (&app, &servers, &answers);
        async move {
            let mut thanked = Vec::new();
            for turn in 0..4 {
                let which = (place + turn) % 2;
                if until_taken(app, &servers[which], code, &answers[which]).await == StatusCode::SEE_OTHER {
                    thanked.push(which);
                }
            }
            thanked
        }
    }))
    .await;
    assert!(thanked.iter().all(|thanked| thanked.len() == 1), "each code is thanked once: {thanked:?}");
    let round = app.store.round(ROUND).await.unwrap();
    app.close().await;
    assert_eq!(stored(&app.store, &form).await.len(), 30 * 2, "those that were rated");
    let counts = app.store.code_counts(&app.store.round(ROUND).await.unwrap()).await.unwrap();
    assert_eq!(counts.iter().map(|count| (count.questionnaire, count.issued, count.used)).collect::<Vec<_>>(), [(form.id, 30, 30)]);
    // What was thanked is what counts.
    let of = |which: usize| i64::try_from(thanked.iter().filter(|thanked| thanked[0] == which).count()).unwrap();
    let unit = |code: &str| form.unit(code).unwrap().id;
    let answered = async |code: &str| {
        let sql = format!(
            "SELECT count(*) FROM response WHERE unit_id = {} AND answers <> {}",
            unit(code),
            blank(backend, form.codebook.width())
        );
        app.database.number(&sql).await
    };
    assert_eq!((answered("so-y-te").await, answered("thanh-tra").await), (of(0), of(1)), "round {}", round.code);
}

/// Packed answers of a sheet on which everything was passed over.
fn blank(backend: Backend, width: usize) -> String {
    let hex = "01".repeat(width);
    if backend == Backend::Sqlite { format!("x'{hex}'") } else { format!("'\\x{hex}'::bytea") }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_dead_server_keeps_the_lease_until_it_is_forgotten_and_counts_once_when_it_comes_back(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let database = TestDatabase::fresh(backend).await;
    let store = database.store().await;
    fixture::open_round(&store, -1, 24).await;
    let codes = issue_in(&store, &database.keys(), OFFICIALS, "deputies", None, 3).await;
    let form = fixture::form(&store, OFFICIALS).await;
    let pepper = database.keys().pepper(ROUND).unwrap().unwrap();
    let round = store.round(ROUND).await.unwrap();
    let keys = database.folder().join("keys").display().to_string();
    let mut killed = Server::start(&database, &[], &["--keys", &keys]);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let post = async |address: &str, code: &Code| {
        let mut fields = about(&form, &["so-noi-vu", "so-y-te", "so-tu-phap", "thanh-tra"]);
        fields.extend([("code".to_owned(), code.grouped()), ("turn".to_owned(), "confirm".to_owned())]);
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = client.post(format!("{address}/c?lang=vi")).header("content-type", "application/x-www-form-urlencoded");
        request.body(body).send().await.unwrap().status()
    };
    assert_eq!(post(&killed.address, &codes[0]).await, StatusCode::SEE_OTHER);
    killed.kill();
    let second = Instance::start(store.clone(), Letterbox::open(&database.letterbox(2)).unwrap(), "second").await.unwrap();
    let deposit = async |place: usize| {
        let (hash, code) = (pepper.code_hash(&codes[place]), &codes[place]);
        let issued = store.code(round.id, hash).await.unwrap().unwrap();
        let sheet = |unit: &i32| {
            let mut sheet = AcceptedSheet { key: pepper.sheet_key(code, *unit), ..fixture::sealed(&form, 0, place) };
            (sheet.cell.unit, sheet.cell.group) = (*unit, "deputies".to_owned());
            sheet
        };
        second.deposit_coded(pepper.participation(hash, &issued), issued.scope.iter().map(sheet).collect()).await
    };
    assert!(deposit(1).await.is_err() && deposit(0).await.is_err(), "its holder is dead");

    let listed = store.listed().await.unwrap().into_iter().find(|listed| listed.name == "process").unwrap();
    store.forget(&[listed], &fixture::BY).await.unwrap();
    assert_eq!(deposit(0).await, Ok(Deposited::Received), "what was not mixed with it can be used again");
    assert_eq!(deposit(1).await, Ok(Deposited::Received));
    let mut back = Server::start(&database, &[], &["--keys", &keys]);
    fixture::close(&store).await;
    back.terminate();
    drop(second);
    assert_eq!(stored(&store, &form).await.len(), 2 * 4, "once for each code and unit");
    let counts = store.code_counts(&store.round(ROUND).await.unwrap()).await.unwrap();
    assert_eq!(counts.iter().map(|count| count.used).collect::<Vec<_>>(), [2]);
}

/// The server that takes what comes with codes is away: what was sent to another one comes back whole, until the first is forgotten.
#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_with_a_code_while_another_server_has_the_lease_comes_back_whole(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let app = TestApp::start(backend).await;
    let code = issue(&app, OFFICIALS, "deputies", None, 1).await.remove(0);
    let mut sent = about(&*fixture::form(&app.store, OFFICIALS).await, &["so-noi-vu", "so-y-te"]);
    let words = ("so-noi-vu:remark".to_owned(), "\"Chậm\" & <lâu>".to_owned());
    sent.extend([words.clone(), ("so-tu-phap".to_owned(), "none".to_owned())]);
    app.database.rows("INSERT INTO code_lease (id, instance_id, wanted) VALUES (1, 'away', 0)").await;
    let mut back = sent.clone();
    for _ in 0..2 {
        let withheld = send(&app, &app.address, &code, "confirm", &back).await;
        assert_eq!((withheld.status(), withheld.headers().contains_key("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, true));
        let page = withheld.text().await.unwrap();
        assert!(page.contains("<button form=\"f\">Gửi lại</button>"), "{page}");
        back = fields(&page);
        let written = page.split("name=\"so-noi-vu:remark\"").nth(1).and_then(|rest| rest.split_once('>'));
        assert!(written.unwrap().1.starts_with("&quot;Chậm&quot; &amp; &lt;lâu&gt;</textarea>"), "{page}");
        back.push(words.clone());
        let place = back.iter().position(|(name, _)| name == "code").expect("the code");
        assert_eq!(back.remove(place).1, code.compact());
        back.sort();
        sent.sort();
        assert_eq!(back, sent, "every answer, and what was written");
    }
    assert_eq!(app.database.number("SELECT wanted FROM code_lease").await, 1, "it is asked for");
    // As `instances forget` does.
    app.database.rows("DELETE FROM code_lease").await;
    assert_eq!(until_taken(&app, &app.address, &code, &back).await, StatusCode::SEE_OTHER);
    app.close().await;
    assert_eq!(app.database.number("SELECT count(*) FROM response").await, 2);
    assert_eq!(app.database.rows("SELECT words FROM remark").await, [["\"Chậm\" & <lâu>"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_code_opens_the_same_form_as_a_fresh_one_and_an_empty_form_uses_nothing_up() {
    let app = TestApp::start(Backend::Sqlite).await;
    let codes = issue(&app, OFFICIALS, "deputies", None, 2).await;
    let form = fixture::form(&app.store, OFFICIALS).await;
    let answers = about(&form, &["so-noi-vu"]);
    let page = async |code: &Code| {
        let page = send(&app, &app.address, code, "open", &[]).await;
        (page.status(), page.text().await.unwrap().replace(code.compact().as_str(), "CODE"))
    };
    let empty = async |code: &Code| {
        let page = send(&app, &app.address, code, "confirm", &[]).await;
        (page.status(), page.text().await.unwrap().replace(code.compact().as_str(), "CODE"))
    };
    let (fresh, blank) = (page(&codes[0]).await, empty(&codes[0]).await);
    assert_eq!(blank.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(blank.1.contains("Chưa có câu trả lời nào"), "{}", blank.1);
    assert_eq!(
        send(&app, &app.address, &codes[0], "confirm", &answers).await.status(),
        StatusCode::SEE_OTHER,
        "the empty form used nothing up"
    );
    let (used, blank_again) = (page(&codes[0]).await, empty(&codes[0]).await);
    assert_eq!(fresh, used, "whoever holds the code does not see whether its owner has answered");
    assert_eq!(blank, blank_again);
    let closed: Vec<(String, String)> =
        ["so-noi-vu", "so-y-te", "so-tu-phap", "thanh-tra"].map(|unit| (unit.to_owned(), "none".to_owned())).into();
    assert_eq!(
        send(&app, &app.address, &codes[1], "confirm", &closed).await.status(),
        StatusCode::SEE_OTHER,
        "worked with none is an answer"
    );
    app.close().await;
    let counts = app.store.code_counts(&app.store.round(ROUND).await.unwrap()).await.unwrap();
    assert_eq!(counts.iter().map(|count| (count.issued, count.used)).collect::<Vec<_>>(), [(2, 2)]);
}
