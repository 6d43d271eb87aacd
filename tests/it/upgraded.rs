//! A database of the version before each change of the schema: brought up to date it shows what it showed, and its open round goes on to the end.

mod kept;
mod maker;

use std::collections::BTreeMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use par_survey::store::Store;
use par_survey::words::Words;
use rstest::rstest;

use crate::command::desk::{Desk, Said};
use crate::harness::database::{Backend, TestDatabase};
use kept::{OPEN, Texts, command, folder, of, shown};

/// The versions that are kept, oldest first.
fn versions() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut versions: Vec<PathBuf> = entries.filter(|path| path.is_dir() && !path.ends_with("source")).collect();
    versions.sort();
    versions
}

/// A fresh database with what was kept of another.
async fn loaded(backend: Backend, kept: &Path) -> TestDatabase {
    let database = TestDatabase::fresh(backend).await;
    let dump = fs::read_to_string(kept.join("dump.sql")).unwrap();
    match backend {
        Backend::Sqlite => rusqlite::Connection::open(database.folder().join("main.db")).unwrap().execute_batch(&dump).unwrap(),
        Backend::Postgres => {
            // Words to `psql` itself, which not every version of it knows.
            let sql: Vec<&str> = dump.lines().filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict")).collect();
            let file = database.folder().join("dump.sql");
            fs::write(&file, sql.join("\n")).unwrap();
            let mut load = Command::new("psql");
            load.args([&database.url, "-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(file).stdout(Stdio::null());
            assert!(load.status().unwrap().success());
        }
    }
    fs::create_dir(database.folder().join("keys")).unwrap();
    for (name, to) in [(format!("{OPEN}.key"), format!("{OPEN}.key")), (format!("{OPEN}.pepper"), format!("keys/{OPEN}.pepper"))] {
        let to = database.folder().join(to);
        fs::copy(kept.join(name), &to).unwrap();
        fs::set_permissions(to, Permissions::from_mode(0o600)).unwrap();
    }
    database
}

fn texts(folder: &Path) -> Texts {
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// What programs of before said of what somebody may write, for what the definition says of it and the program of today.
const OPTIONAL: &str = "Không bắt buộc. Xin đừng ghi tên, số điện thoại hay địa chỉ của ai.";
const HELP: &str = "Xin đừng ghi tên, số điện thoại hoặc điều gì cho biết ông/bà là ai.";

/// A text as it is compared. Of a form it is what the round asks: how its parts and questions are numbered, how its language is switched and what
/// the program itself says of it is that of today.
fn of_before(name: &str, text: &str) -> String {
    if name != "form.txt" {
        return text.to_owned();
    }
    // From there on nothing is of the round.
    let text = text.split("\nSau khi gửi").next().unwrap_or_default();
    let own = ["[turn ", "English", "Phần "];
    let (today, mut number) = (Words::of("vi").get("form-optional"), 0);
    let mut asked = Vec::new();
    for line in text.lines().filter(|line| !own.iter().any(|own| line.starts_with(own))) {
        let line = [OPTIONAL, &today, HELP].iter().fold(line.to_owned(), |line, said| line.replace(said, ""));
        let numbered = line.strip_prefix(&format!("{}. ", number + 1));
        number += usize::from(numbered.is_some());
        asked.push(numbered.unwrap_or(&line).trim().to_owned());
    }
    asked.retain(|line| !line.is_empty());
    asked.join("\n")
}

#[test]
fn of_a_form_nothing_is_passed_over_but_numbers_and_what_the_program_says() {
    let of = |text: &str| of_before("form.txt", text);
    assert_eq!(of(&format!("1. Hỏi\n18-24 tuổi\n2. Hỏi\nÝ kiến\nGiúp. {OPTIONAL}")), "Hỏi\n18-24 tuổi\nHỏi\nÝ kiến\nGiúp.");
    assert_ne!(of("18-24 tuổi"), of("25-24 tuổi"));
    assert_ne!(of("Không bắt buộc. Ghi tên."), of("Không bắt buộc."));
    assert_ne!(of("1. Hỏi\n3. Hỏi"), of("1. Hỏi\n2. Hỏi"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_version_before_shows_what_it_showed(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let versions = versions();
    assert!(!versions.is_empty());
    for version in versions {
        let kept = version.join(of(backend));
        let (desk, database) = (Desk::new(), loaded(backend, &kept).await);
        let store = Store::create(&database.url).await.unwrap();
        assert!(store.migrations().await.unwrap().iter().any(|(_, taken)| !taken), "{} is not of a version before", kept.display());
        let done = |args: &[&str]| {
            let said = Said::by(&mut command(&desk, &database, args));
            assert_eq!(said.code, 0, "{args:?} {}", said.err);
            said.out
        };
        done(&["migrate", "up"]);
        let (shown, before) = (shown(&desk, &database).await, texts(&kept.join("shown")));
        assert_eq!(shown.keys().collect::<Vec<_>>(), before.keys().collect::<Vec<_>>());
        let other: BTreeMap<_, _> = shown.iter().filter(|(name, text)| of_before(name, &before[*name]) != of_before(name, text)).collect();
        assert!(other.is_empty(), "{}: {other:?}", kept.display());
        // Its answers are opened with the key that it was opened with.
        done(&["round", "close", OPEN]);
        done(&["round", "publish", OPEN, "--missing-as-zero"]);
        let sheets = format!(
            "SELECT CAST(count(*) AS bigint) FROM response WHERE questionnaire_id IN \
             (SELECT q.id FROM round_questionnaire q JOIN round r ON r.id = q.round_id WHERE r.code = '{OPEN}')"
        );
        assert_eq!(database.number(&sheets).await, 41);
    }
}
