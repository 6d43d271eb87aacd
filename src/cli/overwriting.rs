//! Files that commands write over others: whole or not at all, and never over what nobody can get back.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, bail, ensure};

use crate::files::unfinished::Unfinished;
use crate::office::irreplaceable::{PART, what_nobody_can_get_back};

/// How names of a database's own files end beside it; they may be empty.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// How much of a file says what it is: more than any key, secret or page of a share before its picture.
const TELLING: u64 = 64 * 1024;

/// What takes the place of a file, if there is one, once it is whole. Of a command that is ended before nothing is left.
#[derive(Debug)]
pub(super) struct Replacement<'p> {
    path: &'p Path,
    made: BufWriter<Unfinished>,
}

impl<'p> Replacement<'p> {
    /// Begins one, beside where it will be. Refused where something is in that place that nobody can get back. A command does this before it opens
    /// the database: whoever closes a file that is open elsewhere in the process takes away all locks on it.
    pub(super) fn of(path: &'p Path) -> anyhow::Result<Self> {
        refuse_to_lose(path)?;
        let made = Unfinished::beside(path).with_context(|| path.display().to_string())?;
        Ok(Self { path, made: BufWriter::new(made) })
    }

    /// Puts it in place.
    pub(super) fn put_in_place(self) -> anyhow::Result<()> {
        let made = self.made.into_inner().map_err(io::IntoInnerError::into_error);
        made.and_then(|made| made.put_in_place(self.path)).with_context(|| self.path.display().to_string())
    }
}

impl Write for Replacement<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.made.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.made.flush()
    }
}

fn refuse_to_lose(path: &Path) -> anyhow::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    ensure!(
        path.is_file(),
        "{} is no file; name another. What should go to another program goes to standard output: leave out --output, or write - where a file \
         has to be named",
        path.display()
    );
    let mut begins = Vec::new();
    File::open(path).and_then(|file| file.take(TELLING).read_to_end(&mut begins)).with_context(|| path.display().to_string())?;
    let what = if is_beside_a_database(path) { Some(PART) } else { what_nobody_can_get_back(&begins) };
    match what {
        Some(what) => bail!("{} is {what}, which is never overwritten; name another file", path.display()),
        None => Ok(()),
    }
}

fn is_beside_a_database(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(OsStr::to_str) else { return false };
    BESIDE.iter().filter_map(|end| name.strip_suffix(end)).any(|database| path.with_file_name(database).is_file())
}
