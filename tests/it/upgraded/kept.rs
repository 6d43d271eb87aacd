//! What is kept of a version before, and what a program shows of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::command::desk::Desk;
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::process::Server;

/// The rounds of such a database: made elsewhere, published and corrected, open, a draft.
pub(super) const PAST: &str = "2024";
pub(super) const PUBLISHED: &str = "2025";
pub(super) const OPEN: &str = "2026";
pub(super) const DRAFT: &str = "2027";
pub(super) const SURVEY: &str = "service-satisfaction";
pub(super) const OFFICIALS: &str = "par-officials-departments";

/// Texts by the name of the file that keeps them.
pub(super) type Texts = BTreeMap<String, String>;

/// Where databases of the versions before are, each in a folder with the day of the change before which it was made.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/before")
}

/// The folder of a database below that of its version.
pub(super) fn of(backend: Backend) -> &'static str {
    match backend {
        Backend::Sqlite => "sqlite",
        Backend::Postgres => "postgres",
    }
}

/// A command on a database, in a folder of its own.
pub(super) fn command(desk: &Desk, database: &TestDatabase, args: &[&str]) -> Command {
    let mut command = desk.command(args);
    command.env("PAR_SURVEY_DATABASE", &database.url).env("PAR_SURVEY_AS", "Trần Thị B");
    command.env("PAR_SURVEY_KEYS", database.folder().join("keys")).env("PAR_SURVEY_SEAL_KEY", database.folder().join("{round}.key"));
    command
}

/// Everything that is compared: what the commands list, what the API gives of published rounds, and the form of the open one.
pub(super) async fn shown(desk: &Desk, database: &TestDatabase) -> Texts {
    let said = |args: &[&str]| {
        let said = crate::command::desk::Said::by(&mut command(desk, database, args));
        assert_eq!(said.code, 0, "{args:?} {}", said.err);
        said.out
    };
    let mut shown = Texts::from([
        ("rounds.json".to_owned(), said(&["round", "list", "--format", "json"])),
        ("units.json".to_owned(), said(&["units", "list", "--format", "json"])),
        ("history-2025.txt".to_owned(), said(&["scores", "history", PUBLISHED])),
    ]);
    let mut server = Server::start(database, &[], &["--keys", &database.folder().join("keys").display().to_string()]);
    let get = async |path: &str| {
        let response = reqwest::get(format!("{}{path}", server.address)).await.unwrap();
        assert!(response.status().is_success(), "{path}: {}", response.status());
        response.text().await.unwrap()
    };
    shown.insert("api-rounds.json".to_owned(), get("/api/v1/rounds").await);
    for round in [PAST, PUBLISHED] {
        let body = get(&format!("/api/v1/rounds/{round}")).await;
        let parsed: Value = serde_json::from_str(&body).unwrap();
        assert!(parsed["ranking"].is_object(), "{body}");
        shown.insert(format!("api-{round}.json"), body);
    }
    for (place, row) in database.rows("SELECT sha256 FROM snapshot ORDER BY 1").await.iter().enumerate() {
        shown.insert(format!("snapshot-{place}.json"), get(&format!("/api/v1/snapshots/{}", row[0])).await);
    }
    shown.insert("form.txt".to_owned(), asked(&get(&format!("/{OPEN}/{SURVEY}/so-noi-vu")).await));
    // It takes itself out of the register, so that nobody waits for it.
    server.terminate();
    shown
}

/// What a form asks: its fields with their values, but the key that is new with every form, and its words.
fn asked(page: &str) -> String {
    let form = page.split("<form").nth(1).and_then(|rest| rest.split("</form>").next()).unwrap();
    let value = |tag: &str, name: &str| {
        let rest = tag.split(&format!(" {name}=")).nth(1)?;
        Some(rest.trim_start_matches('"').split(['"', ' ', '>']).next().unwrap().to_owned())
    };
    let mut lines = Vec::new();
    for part in form.split('<') {
        let (tag, words) = part.split_once('>').unwrap_or_default();
        match value(tag, "name") {
            Some(name) if name == "key" => lines.push("[key]".to_owned()),
            Some(name) => lines.push(format!("[{name} {}]", value(tag, "value").unwrap_or_default())),
            None => {}
        }
        lines.extend((!words.trim().is_empty()).then(|| words.trim().to_owned()));
    }
    lines.join("\n") + "\n"
}
