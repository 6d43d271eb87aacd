//! What a thief of the disk has: an image of it, or all that was ever written, block by block.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::{Builder, TempDir};

use crate::faults::journal::{Journal, What};
use crate::faults::preload::Preload;
use crate::harness::database::TestDatabase;

const BLOCK: usize = 4_096;

/// Where a test that runs itself once more finds the folder that is watched, and beside it the journal.
const BESIDE: &str = "PAR_SURVEY_FORENSIC_FOLDER";

/// The folder that is watched.
const DISK: &str = "disk";

/// Bytes, and where each block of them ends.
#[derive(Debug)]
pub(super) struct Carved {
    pub(super) bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Carved {
    /// Where something stands.
    pub(super) fn places(&self, wanted: &[u8]) -> Vec<usize> {
        let first = wanted[0];
        let at = self.bytes.iter().enumerate().filter(|(_, byte)| **byte == first).map(|(place, _)| place);
        at.filter(|place| self.bytes[*place..].starts_with(wanted)).collect()
    }

    /// In which block a byte stands.
    pub(super) fn block(&self, place: usize) -> usize {
        self.ends.partition_point(|end| *end <= place)
    }

    pub(super) fn bytes_of(&self, block: usize) -> &[u8] {
        let start = block.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.bytes[start..self.ends[block]]
    }
}

/// An ext4 file system in a file, mounted.
#[derive(Debug)]
pub(super) struct Image {
    folder: TempDir,
}

impl Image {
    /// None where this machine lets nobody mount.
    pub(super) fn mounted() -> Option<Self> {
        let image = Self { folder: tempfile::tempdir().unwrap() };
        File::create(image.file()).unwrap().set_len(64 * 1_024 * 1_024).unwrap();
        fs::create_dir(image.root()).unwrap();
        let done = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
        // Small file systems have blocks of 1,024 bytes otherwise, of which four of different files would be read as one.
        let made = done(Command::new("mkfs.ext4").args(["-q", "-b", &BLOCK.to_string()]).arg(image.file()));
        (made && done(Command::new("mount").args(["-o", "loop"]).arg(image.file()).arg(image.root()))).then_some(image)
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("disk.img")
    }

    pub(super) fn root(&self) -> PathBuf {
        self.folder.path().join(DISK)
    }

    /// Every block, as a thief would copy them.
    pub(super) fn blocks(&self) -> Carved {
        assert!(Command::new("sync").arg("-f").arg(self.root()).status().unwrap().success());
        let bytes = fs::read(self.file()).unwrap();
        let ends = (BLOCK..=bytes.len()).step_by(BLOCK).collect();
        Carved { bytes, ends }
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        Command::new("umount").arg(self.root()).output().ok();
    }
}

/// A folder of which every write is written down.
#[derive(Debug)]
pub(super) struct Recorded {
    beside: PathBuf,
}

impl Recorded {
    /// None where this process is not recorded.
    pub(super) fn here() -> Option<Self> {
        std::env::var_os(BESIDE).map(|beside| Self { beside: beside.into() })
    }

    /// Runs one test of this program in a process that is recorded.
    pub(super) fn run(test: &str) {
        let beside = tempfile::tempdir().unwrap();
        let (folder, journal) = (beside.path().join(DISK), beside.path().join("journal"));
        fs::create_dir(&folder).unwrap();
        let preload = Preload::over(&folder, beside.path(), Some(&journal), None);
        // The test makes it, so that it is removed with its database.
        fs::remove_dir(&folder).unwrap();
        let words = preload.words();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).arg(std::env::current_exe().unwrap()).args([test, "--exact", "--nocapture"]);
        let done = command.env(BESIDE, beside.path()).output().unwrap();
        let said = [done.stdout, done.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        assert!(done.status.success() && said[0].contains("1 passed"), "{}{}", said[0], said[1]);
    }

    pub(super) fn database(&self) -> TestDatabase {
        TestDatabase::in_folder(Builder::new().prefix(DISK).rand_bytes(0).tempdir_in(&self.beside).unwrap())
    }

    /// Every write, as a thief of blocks that were never overwritten would have them.
    pub(super) fn writes(&self) -> Carved {
        Carved::written(&self.beside.join("journal"))
    }
}

impl Carved {
    fn written(journal: &Path) -> Self {
        let journal = Journal::read(journal);
        let mut carved = Self { bytes: Vec::with_capacity(journal.bytes.len()), ends: Vec::new() };
        for record in journal.records {
            if let What::Write { bytes, .. } = record.what {
                carved.bytes.extend_from_slice(&journal.bytes[bytes]);
                carved.ends.push(carved.bytes.len());
            }
        }
        carved
    }
}
