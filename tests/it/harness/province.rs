//! The example province of `par-survey demo`, as whoever asks its server sees it.

use std::path::PathBuf;

use par_survey::demo::{self, Demo};
use par_survey::store::Store;
use par_survey::survey::code::Code;
use reqwest::StatusCode;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_TYPE, ETAG};
use serde_json::Value;
use tempfile::TempDir;

/// So few sheets a unit that some units and many cells are under the floor.
pub(crate) const RESPONDENTS: u64 = 600;

/// The example province, published and served.
pub(crate) struct Province {
    folder: TempDir,
    pub(crate) address: String,
    /// Codes of the open round.
    pub(crate) codes: Vec<Code>,
    server: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Province {
    pub(crate) async fn start() -> Self {
        Self::with(RESPONDENTS).await
    }

    /// The same with so many respondents.
    pub(crate) async fn with(respondents: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let demo = Demo { listen: "127.0.0.1:0".into(), respondents, seed: 1 };
        let demo::Province { bound: application, codes } = demo::build(&demo, folder.path()).await.unwrap();
        let address = format!("http://{}", application.address());
        Self { folder, address, codes, server: tokio::spawn(application.run()) }
    }

    pub(crate) async fn get(&self, path: &str) -> reqwest::Response {
        reqwest::get(format!("{}{path}", self.address)).await.unwrap()
    }

    pub(crate) async fn text(&self, path: &str) -> String {
        let response = self.get(path).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.text().await.unwrap()
    }

    pub(crate) async fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path).await).unwrap()
    }

    /// The entity tag and the bytes of an answer in an encoding.
    pub(crate) async fn encoded(&self, path: &str, encoding: &str) -> (String, Vec<u8>) {
        let request = reqwest::Client::new().get(format!("{}{path}", self.address)).header(ACCEPT_ENCODING, encoding);
        let response = request.send().await.unwrap();
        let tag = response.headers()[ETAG].to_str().unwrap().to_owned();
        (tag, response.bytes().await.unwrap().to_vec())
    }

    /// Status and text of the answer to what a browser posts or puts.
    pub(crate) async fn sent(&self, method: &str, path: &str, kind: &str, body: &str) -> (u16, String) {
        let request = reqwest::Client::new().request(method.parse().unwrap(), format!("{}{path}", self.address));
        let response = request.header(CONTENT_TYPE, kind).body(body.to_owned()).send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// Changes the database behind the program's back.
    pub(crate) fn change(&self, sql: &str) {
        rusqlite::Connection::open(self.file("demo.db")).unwrap().execute_batch(sql).unwrap();
    }

    pub(crate) async fn store(&self) -> Store {
        Store::create(&format!("sqlite://{}", self.folder.path().join("demo.db").display())).await.unwrap()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Province {
    fn drop(&mut self) {
        self.server.abort();
    }
}
