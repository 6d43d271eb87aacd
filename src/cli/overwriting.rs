//! Files that commands write over others: whole or not at all, and never over what nobody can get back.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, bail, ensure};

use crate::files::unfinished::Unfinished;
use crate::keys::Pepper;
use crate::poster::shares::SharePage;
use crate::poster::slips;
use crate::seal::{KeyFile, is_share};

/// How files of SQLite begin: a database, its log (in either order of bytes of its sums), the list of the log's pages (in either order of bytes) and
/// the log of an older kind.
const DATABASE: [&[u8]; 6] = [
    b"SQLite format 3",
    &[0x37, 0x7f, 0x06, 0x82],
    &[0x37, 0x7f, 0x06, 0x83],
    &[0x18, 0xe2, 0x2d, 0x00],
    &[0x00, 0x2d, 0xe2, 0x18],
    &[0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7],
];

const PART: &str = "a database or a part of one";

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

/// What a file is by its first bytes, where it is something that nobody can get back.
fn what_nobody_can_get_back(begins: &[u8]) -> Option<&'static str> {
    if DATABASE.iter().any(|file| begins.starts_with(file)) {
        return Some(PART);
    }
    let text = String::from_utf8_lossy(begins).replace('\r', "");
    let on_a_page = || SharePage::words_on(&text).is_some_and(|words| is_share(&words));
    let in_words = || text.split("\n\n").any(is_share);
    match () {
        () if KeyFile::is_begun(&text) => Some("a private key"),
        () if Pepper::is_written(&text) => Some("a secret from the folder of keys"),
        () if on_a_page() || in_words() => Some("a share of a private key"),
        () if slips::are_in(&text) => Some("slips or a list of codes"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::{PrivateKey, Quorum, split};

    #[test]
    fn what_nobody_can_get_back_is_known_by_its_first_bytes() {
        let key = PrivateKey::draw();
        let public = key.public().unwrap();
        let shares: Vec<String> =
            split(&key, Quorum::new(2, 2).unwrap()).iter().map(|share| share.words(&public).replace(' ', "\n")).collect();
        let secret = "0a".repeat(32);
        let found = |text: &str| what_nobody_can_get_back(text.as_bytes());
        assert_eq!(found(&format!("{secret}\n")), Some("a secret from the folder of keys"));
        for between in ["\n\n", "\r\n\r\n"] {
            assert_eq!(found(&shares.join(between)), Some("a share of a private key"));
        }
        for list in ["\u{feff}link,code,until,warning\r\n", "link;code;until;warning\n", "\"link\",\"code\",\"until\",\"warning\"\n"] {
            assert_eq!(found(list), Some("slips or a list of codes"), "{list}");
        }
        assert_eq!(found("SQLite format 3\0"), Some("a database or a part of one"));
        for other in [
            "",
            "code,name_vi\n",
            &secret,
            &format!("{secret}  table.csv\n"),
            &shares[0][..40],
            "<ol><li>abandon</li></ol>",
            "link,code,name\n",
            "<p class=code>1234</p>",
        ] {
            assert_eq!(found(other), None, "{other}");
        }
    }
}
