//! The preloaded library: built once, and told by a file of rules which calls have to fail.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};

use crate::harness::patience::PATIENCE;

const SOURCE: &str = include_str!("preload.c");

/// Bytes of a rule, and rules of a file; `preload.c` has the same.
const RULE: usize = 128;
const RULES: usize = 8;

/// Bytes behind the rules: by how many seconds the clock is wrong.
const CLOCK: usize = 8;

/// A kind of call that can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Call {
    Write,
    Sync,
    Read,
    /// A truncation that makes a file longer.
    Grow,
}

impl Call {
    fn bit(self) -> i32 {
        match self {
            Self::Write => 1,
            Self::Sync => 2,
            Self::Read => 4,
            Self::Grow => 8,
        }
    }
}

/// Some calls on a file of some name fail with an error.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub(super) name: &'static str,
    pub(super) calls: &'static [Call],
    pub(super) error: i32,
    /// Calls that get through before the first one fails.
    pub(super) after: i64,
}

impl Fault {
    /// A disk that cannot be read.
    pub(super) fn of_reading(name: &'static str) -> Self {
        Self { name, calls: &[Call::Read], error: EIO, after: 0 }
    }

    /// Disk full, a disk that does not sync, and one that does not write.
    pub(super) fn each_on(name: &'static str) -> [Self; 3] {
        let fault = |calls, error| Self { name, calls, error, after: 0 };
        [fault(&[Call::Write, Call::Grow], ENOSPC), fault(&[Call::Sync], EIO), fault(&[Call::Write], EIO)]
    }
}

pub(super) const ENOSPC: i32 = 28;
pub(super) const EIO: i32 = 5;

/// A folder that is watched, and the words that have a program run under it.
#[derive(Debug)]
pub(crate) struct Preload {
    rules: File,
    words: Vec<String>,
}

impl Preload {
    /// Watches a folder; the rules lie beside it, and so does the journal if there is to be one.
    pub(crate) fn over(folder: &Path, beside: &Path, journal: Option<&Path>, pretend: Option<&str>) -> Self {
        let control = beside.join("rules");
        fs::write(&control, [0; RULE * RULES + CLOCK]).unwrap();
        let rules = File::options().read(true).write(true).open(&control).unwrap();
        let folder = fs::canonicalize(folder).unwrap();
        let mut words = vec![
            "env".to_owned(),
            format!("LD_PRELOAD={}", library().display()),
            format!("PAR_SURVEY_FAULT_FOLDER={}", folder.display()),
            format!("PAR_SURVEY_FAULT_CONTROL={}", control.display()),
        ];
        words.extend(journal.map(|path| format!("PAR_SURVEY_FAULT_JOURNAL={}", path.display())));
        words.extend(pretend.map(|name| format!("PAR_SURVEY_FAULT_PRETEND={name}")));
        Self { rules, words }
    }

    /// What to put in front of a command.
    pub(crate) fn words(&self) -> Vec<&str> {
        self.words.iter().map(String::as_str).collect()
    }

    /// From now on a fault is there: so many times, or until it is lifted.
    pub(super) fn strike(&self, fault: &Fault, times: Option<i64>) {
        self.rule(fault, Duration::ZERO, times.unwrap_or(-1));
    }

    /// The next sync of a file hangs until this is lifted, or longer than anybody waits, and is done then.
    pub(super) fn hang(&self, name: &'static str) {
        self.rule(&Fault { name, calls: &[Call::Sync], error: 0, after: 0 }, 2 * PATIENCE, 1);
    }

    /// From now on the clock of the machine is wrong by so many seconds.
    pub(super) fn set_clock(&self, seconds: i64) {
        self.rules.write_all_at(&seconds.to_le_bytes(), u64::try_from(RULE * RULES).unwrap()).unwrap();
    }

    fn rule(&self, fault: &Fault, hangs: Duration, times: i64) {
        let mut rule = [0; RULE];
        let calls = fault.calls.iter().fold(0, |bits, call| bits | call.bit());
        rule[..4].copy_from_slice(&calls.to_le_bytes());
        rule[4..8].copy_from_slice(&fault.error.to_le_bytes());
        rule[24..32].copy_from_slice(&fault.after.to_le_bytes());
        rule[32..40].copy_from_slice(&i64::try_from(hangs.as_millis()).unwrap().to_le_bytes());
        rule[40..40 + fault.name.len()].copy_from_slice(fault.name.as_bytes());
        self.lift();
        self.rules.write_all_at(&rule, 0).unwrap();
        // Last, because it switches the rule on.
        self.rules.write_all_at(&times.to_le_bytes(), 8).unwrap();
    }

    pub(super) fn lift(&self) {
        self.rules.write_all_at(&0_i64.to_le_bytes(), 8).unwrap();
        // Whatever hangs goes on.
        self.rules.write_all_at(&0_i64.to_le_bytes(), 32).unwrap();
    }

    /// Waits until the fault is met.
    pub(super) async fn is_met(&self) {
        let began = Instant::now();
        while self.hits() == 0 {
            assert!(began.elapsed() < PATIENCE, "the call that was to fail is never made");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// How often the last fault was met.
    pub(super) fn hits(&self) -> i64 {
        let mut hits = [0; 8];
        self.rules.read_exact_at(&mut hits, 16).unwrap();
        i64::from_le_bytes(hits)
    }
}

/// Builds the library unless another test of this source has.
fn library() -> PathBuf {
    let hash = hex::encode(&Sha256::digest(SOURCE)[..8]);
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("preload-{hash}.so"));
    if !built.exists() {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let (source, object) = (folder.path().join("preload.c"), folder.path().join("preload.so"));
        fs::write(&source, SOURCE).unwrap();
        let gcc =
            Command::new("gcc").args(["-O2", "-Wall", "-shared", "-fPIC", "-o"]).arg(&object).arg(&source).arg("-ldl").output().unwrap();
        assert!(gcc.status.success(), "{}", String::from_utf8_lossy(&gcc.stderr));
        // In one step, so that nobody loads half of it.
        fs::rename(object, &built).unwrap();
    }
    built
}
