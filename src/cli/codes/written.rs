//! The files of codes that are being issued. Each is written under a name that says that its codes open nothing yet, and has its own once
//! they are kept: whoever finds what a command that was cut off has left prints no slips that open nothing, and no code is lost that opens
//! something.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use tempfile::TempPath;

use crate::files::private;
use crate::files::unfinished::sync_folder;
use crate::printed::shown;

/// What stands behind the name of a file whose codes are not issued.
const NOT_ISSUED: &str = ".not-issued";

/// Files whose codes are not issued. Dropped, they are gone.
#[derive(Debug)]
pub(super) struct WrittenFiles<'o>(Vec<(&'o Path, TempPath)>);

/// Refuses names that are taken, before any code is made.
pub(super) fn require_free(paths: &[&Path]) -> anyhow::Result<()> {
    for (place, path) in paths.iter().enumerate() {
        ensure!(!paths.iter().take(place).any(|other| other == path), "{}: slips and list need a file each", shown(path));
        let is_there = path.symlink_metadata().is_ok();
        ensure!(!is_there, "{} cannot be written (a file that is there is never overwritten)", shown(path));
        ensure!(beside(path).symlink_metadata().is_err(), left_over(path));
    }
    Ok(())
}

/// What to do about a file that a command before has left.
fn left_over(path: &Path) -> String {
    format!(
        "{} was left by a command that was cut off. Where `par-survey audit list` shows no codes that were issued then, its codes open \
        nothing: remove it, and do this again. Where it does, they are issued: rename it to {}",
        shown(&beside(path)),
        shown(path)
    )
}

impl<'o> WrittenFiles<'o> {
    /// Creates the files, never over others, for the own account alone; all or none.
    pub(super) fn new(files: &[(&'o Path, String)]) -> anyhow::Result<Self> {
        let mut written = Self(Vec::new());
        for (path, text) in files {
            let beside = create(path, text).with_context(|| format!("{} cannot be written; no codes were issued", shown(path)))?;
            written.0.push((path, beside));
        }
        Ok(written)
    }

    /// Gives them their names, now that their codes are issued. Where that cannot be, what was issued stays, and it is said where.
    pub(super) fn put_in_place(mut self) -> anyhow::Result<()> {
        self.stay();
        let mut left = Vec::new();
        for (path, beside) in self.0 {
            match beside.persist_noclobber(path) {
                Ok(()) => left.extend(sync_folder(path).err().map(|error| format!("{}: {error}", shown(path)))),
                Err(failed) => {
                    left.push(format!(
                        "{} cannot be put in place ({}): rename {} yourself",
                        shown(path),
                        failed.error,
                        shown(&failed.path)
                    ));
                }
            }
        }
        ensure!(left.is_empty(), "the codes are issued and nothing is lost, but {}", left.join("; "));
        Ok(())
    }

    /// Leaves them as they are, where nobody knows whether their codes were issued, and says what to do.
    pub(super) fn leave(mut self) -> String {
        self.stay();
        self.0.iter().map(|(path, _)| left_over(path)).collect::<Vec<_>>().join(". ")
    }

    /// From now on nothing removes them, whatever fails.
    fn stay(&mut self) {
        for (_, beside) in &mut self.0 {
            beside.disable_cleanup(true);
        }
    }
}

fn beside(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(NOT_ISSUED);
    name.into()
}

fn create(path: &Path, text: &str) -> io::Result<TempPath> {
    let beside = beside(path);
    let mut file = File::options().create_new(true).write(true).mode(private::FILE).open(&beside)?;
    // From here on it is removed unless somebody keeps it: half a list would look like one that works.
    let made = TempPath::try_from_path(beside)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| sync_folder(path))?;
    Ok(made)
}
