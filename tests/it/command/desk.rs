//! A folder in which commands are run.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// A clerk's folder with a database of its own.
pub(crate) struct Desk {
    folder: TempDir,
}

/// The rows of a table as it is exported, by column.
pub(crate) fn table(csv: &str) -> Vec<HashMap<String, String>> {
    csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// What a command did.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    /// Runs a command to its end.
    pub(crate) fn by(command: &mut Command) -> Self {
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }
}

pub(crate) const UNITS: &str = "\
code,name_vi,name_en,block,parent,valid_from,valid_to,merged_into
so-noi-vu,Sở Nội vụ,Department of Home Affairs,departments,,,,
so-tai-chinh,Sở Tài chính,Department of Finance,departments,,,,
phuong-1,Phường 1,Ward 1,communes,,,2025-06-30,phuong-2
phuong-2,Phường 2,Ward 2,communes,,2025-07-01,,
";

pub(crate) const ROUND: &str = r#"
id = "r1"
name = { vi = "Đợt 1", en = "Round 1" }
year = 2026
opens = 2026-11-01
closes = 2099-11-30

[[questionnaire]]
id = "small"
blocks = ["departments"]
"#;

impl Desk {
    pub(crate) fn new() -> Self {
        // Not on the disk on which tests keep keys apart from answers.
        Self { folder: tempfile::tempdir_in("/dev/shm").unwrap() }
    }

    /// With the units of [`UNITS`] and the draft of [`ROUND`].
    pub(crate) fn with_draft() -> Self {
        let desk = Self::new();
        desk.file("units.csv", UNITS);
        desk.file("r1.toml", ROUND);
        desk.done(&["units", "import", "units.csv"]);
        desk.done(&["round", "create", "r1.toml"]);
        desk
    }

    /// With the round of [`ROUND`], open.
    pub(crate) fn with_open_round() -> Self {
        let desk = Self::with_draft();
        desk.done(&["round", "open", "r1"]);
        desk
    }

    /// With the round of [`ROUND`], open, that asks a questionnaire of its own about the units of a register, with the sheets of a file.
    pub(crate) fn with_sheets(definition: &str, units: &str, sheets: &str) -> Self {
        let desk = Self::new();
        std::fs::create_dir(desk.path("definitions")).unwrap();
        for (name, text) in [("definitions/small.toml", definition), ("units.csv", units), ("r1.toml", ROUND), ("s.csv", sheets)] {
            desk.file(name, text);
        }
        desk.done(&["units", "import", "units.csv"]);
        desk.done(&["round", "create", "r1.toml"]);
        desk.done(&["round", "open", "r1", "--definitions", "definitions"]);
        desk.done(&["responses", "import", "r1", "small", "s.csv", "--as", "x"]);
        desk
    }

    /// The same, closed.
    pub(crate) fn with_closed_round(definition: &str, units: &str, sheets: &str) -> Self {
        let desk = Self::with_sheets(definition, units, sheets);
        desk.done(&["round", "close", "r1"]);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn file(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// A command; where nothing else is said, the key of a round lies in this folder, in a file of its own.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let definitions = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cli/definitions");
        let mut command = Command::new(env!("CARGO_BIN_EXE_par-survey"));
        command.args(args).current_dir(self.folder.path()).env_clear();
        command.env("COLUMNS", "100").env("PAR_SURVEY_DEFINITIONS", definitions);
        command.env("PAR_SURVEY_SEAL_KEY", self.path("{round}.key")).env("PAR_SURVEY_SEAL_KEY_HERE", "true");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Said {
        Said::by(&mut self.command(args))
    }

    /// Runs a command that must succeed without a word on standard error, and gives what it printed.
    pub(crate) fn done(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
        said.out
    }

    /// Runs a command that must be refused, and gives the reason.
    pub(crate) fn refused(&self, args: &[&str]) -> String {
        let said = self.run(args);
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{args:?} {}", said.err);
        said.err.strip_prefix("par-survey: ").unwrap().trim_end().to_owned()
    }

    /// Runs a command that must succeed, and gives the most memory that it ever had, in kB.
    pub(crate) fn peak_memory(&self, args: &[&str]) -> u64 {
        let mut child = self.command(args).stdout(Stdio::null()).spawn().unwrap();
        let (status, mut peak) = (format!("/proc/{}/status", child.id()), 0);
        let ended = loop {
            // The system's own high-water mark, so that no peak between two looks is missed. Whoever has ended has none any more.
            let text = std::fs::read_to_string(&status).unwrap_or_default();
            let mark = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
            peak = mark.unwrap_or(peak);
            if let Some(ended) = child.try_wait().unwrap() {
                break ended;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        assert!(ended.success() && peak > 0, "{args:?}");
        peak
    }

    /// Changes the database past every command.
    pub(crate) fn execute(&self, sql: &str) {
        rusqlite::Connection::open(self.path("par-survey.db")).unwrap().execute_batch(sql).unwrap();
    }

    /// A number from the database.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        let db = rusqlite::Connection::open(self.path("par-survey.db")).unwrap();
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    }
}
