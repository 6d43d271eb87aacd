//! A server on a free port, with a method for each thing a person does.

use par_survey::app::{self, Settings};
use par_survey::store::Store;
use par_survey::web::guard::Patience;
use par_survey::web::proxy::TrustedProxy;
use par_survey::web::server::Stop;
use reqwest::header::LOCATION;
use reqwest::{Client, Response, redirect};

use super::database::{Backend, TestDatabase};
use super::fixture;
use super::patience::until;

pub(crate) struct TestApp {
    pub(crate) database: TestDatabase,
    pub(crate) store: Store,
    pub(crate) address: String,
    /// Those of all instances that run.
    pub(crate) addresses: Vec<String>,
    pub(crate) client: Client,
    pub(crate) patience: Patience,
    /// None named, unless a test names one before it starts another instance.
    pub(crate) trusted_proxies: Vec<TrustedProxy>,
    /// Any number, as far as a test is not about it: all of its sheets come from one address.
    pub(crate) sheets_per_address: u32,
    pub(crate) metrics_listen: Option<String>,
    running: Vec<(Stop, tokio::task::JoinHandle<std::io::Result<()>>)>,
}

impl TestApp {
    /// A server over an open round.
    pub(crate) async fn start(backend: Backend) -> Self {
        Self::with_window(backend, -1, 24).await
    }

    /// A server over a round whose window is given in hours from now.
    pub(crate) async fn with_window(backend: Backend, from: i64, until: i64) -> Self {
        let database = TestDatabase::fresh(backend).await;
        let store = database.store().await;
        fixture::open_round(&store, from, until).await;
        Self::over(database, store).await
    }

    /// A server over a database that holds its round already.
    pub(crate) async fn over(database: TestDatabase, store: Store) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let mut app = Self {
            database,
            store,
            address: String::new(),
            addresses: Vec::new(),
            client,
            patience: Patience::default(),
            trusted_proxies: Vec::new(),
            sheets_per_address: 0,
            metrics_listen: None,
            running: Vec::new(),
        };
        app.address = app.another(1).await;
        app
    }

    /// Starts one more instance on the same main database and says its address.
    pub(crate) async fn another(&mut self, instance: u8) -> String {
        let application = app::build(self.settings(instance)).await.unwrap();
        let address = format!("http://{}", application.address());
        self.running.push((application.stopper(), tokio::spawn(application.run())));
        self.addresses.push(address.clone());
        address
    }

    /// How an instance on the same main database is set up.
    pub(crate) fn settings(&self, instance: u8) -> Settings {
        Settings {
            database: self.database.url.clone(),
            letterbox: self.database.letterbox(instance),
            letterbox_moved: false,
            keys: self.database.keys(),
            listen: "127.0.0.1:0".into(),
            name: format!("instance-{instance}"),
            trusted_proxies: self.trusted_proxies.clone(),
            sheets_per_address: self.sheets_per_address,
            metrics_listen: self.metrics_listen.clone(),
            patience: self.patience,
        }
    }

    /// Stops every instance as a signal would.
    pub(crate) async fn stop(&mut self) {
        self.addresses.clear();
        for (stopper, running) in self.running.drain(..) {
            stopper.stop().await;
            running.await.unwrap().unwrap();
        }
    }

    pub(crate) fn form_address(&self, questionnaire: &str, unit: &str) -> String {
        format!("{}/{}/{questionnaire}/{unit}", self.address, fixture::ROUND)
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.address)).send().await.unwrap()
    }

    /// Opens the form and reads its key.
    pub(crate) async fn key(&self, questionnaire: &str, unit: &str) -> String {
        let page = self.client.get(self.form_address(questionnaire, unit)).send().await.unwrap().text().await.unwrap();
        key_of(&page)
    }

    /// Sends fields to a form.
    pub(crate) async fn send(&self, address: &str, fields: &[(String, String)]) -> Response {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.client.post(address).header("content-type", "application/x-www-form-urlencoded");
        request.body(body).send().await.unwrap()
    }

    /// Waits until so many sheets are in the main database's open table of the round.
    pub(crate) async fn wait_mixed(&self, sheets: i64) {
        let round = self.store.round(fixture::ROUND).await.unwrap().id;
        let mixed = async || self.store.open_counts(round).await.unwrap().iter().map(|count| count.sheets).sum::<i64>();
        until(&format!("{sheets} sheets are not mixed"), async || mixed().await >= sheets).await;
    }

    /// Waits until a page shows what changed in the database.
    pub(crate) async fn wait_for(&self, path: &str, text: &str) {
        let shows = async || self.get(path).await.text().await.unwrap().contains(text);
        until(&format!("{path} does not show “{text}”"), shows).await;
    }

    /// Closes the round as the command does, with the servers running.
    pub(crate) async fn close(&self) {
        fixture::close(&self.store).await;
    }

    /// Publishes the closed round as the command does.
    pub(crate) async fn publish(&self) {
        fixture::publish(&self.database).await;
    }
}

/// The key in a form.
pub(crate) fn key_of(page: &str) -> String {
    let after = page.split("name=key value=").nth(1).expect("a form with a key");
    after[..64].to_owned()
}

/// A sheet's fields with its key.
pub(crate) fn with_key(key: &str, fields: Vec<(String, String)>) -> Vec<(String, String)> {
    fields.into_iter().chain([("key".to_owned(), key.to_owned())]).collect()
}

/// Where an answer sends the browser.
pub(crate) fn location(response: &Response) -> String {
    response.headers().get(LOCATION).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}
