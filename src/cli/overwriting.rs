//! Files that commands write over others: whole or not at all, and only over an older one of the same kind, which whoever wants it can have
//! again.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use anyhow::{Context, bail, ensure};

use crate::files::BESIDE;
use crate::files::unfinished::Unfinished;
use crate::office::irreplaceable::{PART, what_nobody_can_get_back};
use crate::printed::shown;

/// How much of a file says what it is: more than any key, secret or page of a share before its picture.
const TELLING: u64 = 64 * 1024;

/// How much of a file says of which kind it is: more than the columns of any table that is not endless.
const KIND_MOST: u64 = 4 * 1024;

/// How workbooks begin, and what all pages have before their title.
const WORKBOOK: &[u8] = b"PK";
const TITLE: &[u8] = b"<title>";

/// What takes the place of a file, if there is one, once it is whole. Of a command that is ended before nothing is left.
#[derive(Debug)]
pub(super) struct Replacement<'p> {
    path: &'p Path,
    made: BufWriter<Unfinished>,
    begun: Vec<u8>,
}

impl<'p> Replacement<'p> {
    /// Begins one, beside where it will be. Refused where something is in that place that nobody can get back. A command does this before
    /// it opens the database: whoever closes a file that is open elsewhere in the process takes away all locks on it.
    pub(super) fn of(path: &'p Path) -> anyhow::Result<Self> {
        refuse_to_lose(path)?;
        let made = Unfinished::beside(path).with_context(|| shown(path))?;
        Ok(Self { path, made: BufWriter::new(made), begun: Vec::new() })
    }

    /// As [`Self::of`], one that is made over nothing: people fill it in, or it is written down that it went out before it is made.
    pub(super) fn of_nothing(path: &'p Path) -> anyhow::Result<Self> {
        let begun = Self::of(path)?;
        ensure!(first(path, KIND_MOST)?.is_empty(), "{} is there already, and such a file is written over none; name another", shown(path));
        Ok(begun)
    }

    /// Puts it in place. Refused where something of another kind is there.
    pub(super) fn put_in_place(self) -> anyhow::Result<()> {
        let there = first(self.path, KIND_MOST)?;
        ensure!(
            is_of_nothing(&there) || kind(&there) == kind(&self.begun),
            "{} is something else than what would be written, and is not overwritten; name another file, or remove this one first",
            shown(self.path)
        );
        let made = self.made.into_inner().map_err(io::IntoInnerError::into_error);
        made.and_then(|made| made.put_in_place(self.path)).with_context(|| shown(self.path))
    }
}

impl Write for Replacement<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.made.write(bytes)?;
        // As much as is read of the file that is there.
        let begun = u64::try_from(self.begun.len()).unwrap_or(u64::MAX);
        let mut telling = bytes.get(..written).unwrap_or_default().take(KIND_MOST.saturating_sub(begun));
        telling.read_to_end(&mut self.begun)?;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.made.flush()
    }
}

/// Whether a file has nothing that could be lost: no byte, or a list in JSON without an entry. Of one that goes on nobody knows.
fn is_of_nothing(begins: &[u8]) -> bool {
    if u64::try_from(begins.len()).is_ok_and(|length| length >= KIND_MOST) {
        return false;
    }
    let mut signs = begins.iter().filter(|byte| !byte.is_ascii_whitespace());
    matches!((signs.next(), signs.next(), signs.next()), (None, ..) | (Some(b'['), Some(b']'), None))
}

/// What the beginning of a file says of its kind: the columns of a table, the names in the first object of JSON, what a page has before its
/// title.
fn kind(begins: &[u8]) -> Vec<u8> {
    let begins = begins.strip_prefix("\u{feff}".as_bytes()).unwrap_or(begins);
    let line = || begins.split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default().to_vec();
    let page = begins.windows(TITLE.len()).position(|at| at == TITLE).filter(|_| begins.starts_with(b"<"));
    match page {
        Some(title) => begins.get(..title).unwrap_or_default().to_vec(),
        None if begins.starts_with(WORKBOOK) => WORKBOOK.to_vec(),
        None => names(begins).unwrap_or_else(line),
    }
}

/// The names in the first object of some JSON, each with its quotation marks; none where it is something else.
fn names(begins: &[u8]) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(begins);
    let object = text.trim_start().strip_prefix('[').unwrap_or(&text).trim_start().strip_prefix('{')?;
    let object = object.split('}').next().unwrap_or_default();
    let quoted: Vec<&str> = object.split('"').collect();
    // Of what stands between quotation marks every second piece is inside.
    let is_name = |place: usize| quoted.get(place + 1).is_some_and(|behind| behind.trim_start().starts_with(':'));
    let names = (1..quoted.len()).step_by(2).filter(|place| is_name(*place)).filter_map(|place| quoted.get(place).copied());
    Some(names.collect::<Vec<_>>().join("\"").into_bytes())
}

/// The first bytes of a file; none of one that is not there.
fn first(path: &Path, most: u64) -> anyhow::Result<Vec<u8>> {
    let mut begins = Vec::new();
    match File::open(path).and_then(|file| file.take(most).read_to_end(&mut begins)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).with_context(|| shown(path)),
        _ => Ok(begins),
    }
}

fn refuse_to_lose(path: &Path) -> anyhow::Result<()> {
    // Also where no such file is at the moment: the next who opens the database makes it.
    let beside = is_beside_a_database(path);
    if !beside && !path.exists() {
        return Ok(());
    }
    ensure!(
        beside || path.is_file(),
        "{} is no file; name another. What should go to another program goes to standard output: leave out --output, or write - where a \
        file has to be named",
        shown(path)
    );
    let what = if beside { Some(PART) } else { what_nobody_can_get_back(&first(path, TELLING)?) };
    match what {
        Some(what) => bail!("{} is {what}, which is never overwritten; name another file", shown(path)),
        None => Ok(()),
    }
}

fn is_beside_a_database(path: &Path) -> bool {
    let Some(name) = path.file_name().map(OsStr::as_bytes) else { return false };
    let databases = BESIDE.iter().filter_map(|end| name.strip_suffix(end.as_bytes()));
    databases.map(OsStr::from_bytes).any(|database| path.with_file_name(database).is_file())
}
