//! A round on a disk that can fail, with a server over it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};

use par_survey::directory::Form;
use rusqlite::config::DbConfig;
use tempfile::TempDir;
use tokio::task::block_in_place;

use super::preload::Preload;
use super::sheets::{Book, counted, numbered};
use crate::harness::database::{Backend, TestDatabase};
use crate::harness::fixture::{self, ROUND, SIPAS};
use crate::harness::key;
use crate::harness::patience::{PATIENCE, until_seen};
use crate::harness::process::Server;

const PROGRAM: &str = env!("CARGO_BIN_EXE_par-survey");

/// An open round of which copies are served.
#[derive(Debug, Clone)]
pub(super) struct Template {
    main: Vec<u8>,
    pub(super) form: Arc<Form>,
    pub(super) fields: Arc<Vec<(String, String)>>,
}

impl Template {
    pub(super) async fn open_round() -> Self {
        let database = TestDatabase::fresh(Backend::Sqlite).await;
        let store = database.store().await;
        fixture::open_round(&store, -1, 24).await;
        let form = fixture::form(&store, SIPAS).await;
        let fields = Arc::new(fixture::complete(&form, 3));
        let copy = database.folder().join("copy.db");
        // Nothing of it waits in a log.
        let db = rusqlite::Connection::open(database.folder().join("main.db")).unwrap();
        db.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
        rusqlite::Connection::open(&copy).unwrap().pragma_update(None, "journal_mode", "wal").unwrap();
        Self { main: fs::read(copy).unwrap(), form, fields }
    }
}

/// A served round on a watched folder.
#[derive(Debug)]
pub(super) struct Rig {
    pub(super) database: TestDatabase,
    pub(super) form: Arc<Form>,
    pub(super) fields: Arc<Vec<(String, String)>>,
    pub(super) preload: Preload,
    pub(super) book: Arc<Book>,
    beside: TempDir,
}

impl Rig {
    /// Over a copy of a round in SQLite.
    pub(super) async fn over(template: &Template) -> Self {
        Self::copied(template, None, false).await
    }

    /// The same, with everything written down; syncs of the file `pretend` are left out.
    pub(super) async fn recorded(template: &Template, pretend: Option<&str>) -> Self {
        Self::copied(template, pretend, true).await
    }

    async fn copied(template: &Template, pretend: Option<&str>, recorded: bool) -> Self {
        let database = TestDatabase::fresh(Backend::Sqlite).await;
        fs::write(database.folder().join("main.db"), &template.main).unwrap();
        Self::watch(database, template.form.clone(), template.fields.clone(), pretend, recorded)
    }

    /// Over an open round in a database of whatever kind; the letterbox is watched.
    pub(super) async fn on(database: TestDatabase) -> Self {
        let store = database.store().await;
        fixture::open_round(&store, -1, 24).await;
        let form = fixture::form(&store, SIPAS).await;
        let fields = Arc::new(fixture::complete(&form, 3));
        Self::watch(database, form, fields, None, false)
    }

    fn watch(database: TestDatabase, form: Arc<Form>, fields: Arc<Vec<(String, String)>>, pretend: Option<&str>, recorded: bool) -> Self {
        let beside = tempfile::tempdir().unwrap();
        let journal = beside.path().join("journal");
        let kept = recorded.then(|| File::options().create(true).append(true).open(&journal).unwrap());
        let preload = Preload::over(database.folder(), beside.path(), kept.is_some().then_some(&*journal), pretend);
        let book = Arc::new(kept.map(Book::with_journal).unwrap_or_default());
        Self { database, form, fields, preload, book, beside }
    }

    pub(super) fn journal(&self) -> PathBuf {
        self.beside.path().join("journal")
    }

    /// The watched files with their inodes.
    pub(super) fn files(&self) -> BTreeMap<String, (u64, Vec<u8>)> {
        let files = fs::read_dir(self.database.folder()).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file());
        let file = |entry: fs::DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (name, (entry.metadata().unwrap().ino(), fs::read(entry.path()).unwrap()))
        };
        files.map(file).filter(|(name, _)| !["-shm", "lock"].iter().any(|end| name.ends_with(end))).collect()
    }

    /// Starts a server on the watched folder.
    pub(super) fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// The same, set up otherwise.
    pub(super) fn serve_with(&self, options: &[&str]) -> Server {
        // Nobody is slowed here for sending much from one address, which is a test of its own.
        let all = known(&["serve"], "--sheets-per-address", &["--sheets-per-address", "0"]);
        block_in_place(|| Server::start(&self.database, &self.preload.words(), &[all, options].concat()))
    }

    /// Waits until the server has just beaten: the next few commits are not its next beat.
    pub(super) async fn beats(&self) {
        let beats = async || self.database.number("SELECT beats FROM instance").await;
        let before = beats().await;
        until_seen("the server does not beat", async || beats().await != before).await;
    }

    /// Waits until a batch is mixed.
    pub(super) async fn mixes(&self) {
        let began = Instant::now();
        while self.database.number("SELECT count(*) FROM open_sheet_1").await == 0 {
            assert!(began.elapsed() < PATIENCE, "nothing is mixed");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Runs a command on the watched folder.
    pub(super) fn run(&self, words: &[&str]) -> Output {
        run(&self.database, &self.preload.words(), words)
    }

    /// Takes the sheets of the imported file out again.
    pub(super) fn undo(&self) -> Output {
        let file = self.beside.path().join("sheets.csv");
        self.run(&["responses", "undo", ROUND, SIPAS, file.to_str().unwrap()])
    }

    /// Imports a file of sheets with these numbers.
    pub(super) fn import(&self, numbers: std::ops::Range<usize>) -> Output {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| &**name).collect();
        let row = |number| {
            let values: Vec<String> = numbered(&self.fields, number).into_iter().map(|(_, value)| value).collect();
            format!("so-noi-vu,{}\n", values.join(","))
        };
        let file = self.beside.path().join("sheets.csv");
        fs::write(&file, format!("unit,{}\n{}", names.join(","), numbers.map(row).collect::<String>())).unwrap();
        let words = ["responses", "import", ROUND, SIPAS, file.to_str().unwrap()];
        let who = known(&["responses", "import"], "--as <", &["--as", "Lan"]);
        self.run(&[&words, who].concat())
    }

    /// Closes the round by the command and says what counts.
    pub(super) async fn close(&self) -> Vec<usize> {
        close(&self.database, &[]).unwrap();
        counted(&self.database, &self.form).await
    }
}

/// Runs a command over a database, with something in front of it.
pub(crate) fn run(database: &TestDatabase, before: &[&str], words: &[&str]) -> Output {
    // One that waits for ever for a lock has failed; whatever waits for a server by itself has given up before.
    let patience = (2 * PATIENCE.as_secs()).to_string();
    let all: Vec<&str> =
        ["timeout", &patience].into_iter().chain(before.iter().copied()).chain([PROGRAM]).chain(words.iter().copied()).collect();
    let mut command = Command::new(all[0]);
    command.args(&all[1..]).args(["--database", &database.url]).current_dir(database.folder()).env_remove("RUST_LOG");
    // Whatever closes the round gets its key, which is not in the folder that is watched.
    command.env("PAR_SURVEY_SEAL_KEY", "-").stdin(key::input());
    block_in_place(|| command.output().unwrap())
}

/// Closes the round, whose letterbox is emptied by the server that runs or else by the command.
pub(super) fn close(database: &TestDatabase, before: &[&str]) -> Result<(), String> {
    let (letterbox, wait) = (database.letterbox(1), PATIENCE.as_secs().to_string());
    let closed = run(database, before, &["round", "close", ROUND, "--wait", &wait, "--letterbox", letterbox.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&closed.stderr).into_owned();
    // Whoever repeats the command after it was cut off may hear so.
    if closed.status.success() || said.contains("is closed") { Ok(()) } else { Err(format!("{}: {said}", closed.status)) }
}

/// Options that a command has only in newer versions: these words where it knows the option.
fn known<'w>(command: &[&str], option: &str, words: &'w [&'w str]) -> &'w [&'w str] {
    let help = Command::new(PROGRAM).args(command).arg("--help").output().unwrap();
    if String::from_utf8_lossy(&help.stdout).contains(option) { words } else { &[] }
}

/// The files lie elsewhere than they did, as after a power cut they would not: what the server noted of their place is taken away. The log
/// stays as it was found.
pub(super) fn leave_no_place(database: &TestDatabase) {
    let Ok(db) = rusqlite::Connection::open(database.folder().join("main.db")) else { return };
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    let noted = db.query_row("SELECT count(*) FROM instance WHERE place <> ''", [], |row| row.get::<_, i64>(0));
    if noted.is_ok_and(|noted| noted > 0) {
        db.execute("UPDATE instance SET place = ''", []).unwrap();
    }
}
