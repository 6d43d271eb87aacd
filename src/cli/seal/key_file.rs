//! Files that hold a private key or a share: written once, read, and destroyed.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context, bail};
use zeroize::Zeroizing;

use crate::files::private;
use crate::files::unfinished::sync_folder;
use crate::printed::shown;
use crate::seal::KeyFile;

/// Far more than a key file or nine shares take.
const MOST: u64 = 64 * 1024;

/// Fewest bytes that a key was overwritten with: less than the words of any share and any key file.
const LEAST: usize = 64;

/// What a key is overwritten with.
const OVERWRITTEN: u8 = b'0';

/// Writes a file that is not there yet, for its owner only, and has it on the disk when it returns.
pub(super) fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let file = File::options().create_new(true).write(true).mode(private::FILE).open(path);
    let mut file = match file {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => bail!(is_there(path)),
        file => file.with_context(|| shown(path))?,
    };
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| sync_folder(path));
    if written.is_err() {
        fs::remove_file(path).ok();
    }
    written.with_context(|| shown(path))
}

/// What to do about a file that is there: it may open a round, or nothing at all. Only of a key with a fingerprint can anybody find that
/// out.
fn is_there(path: &Path) -> String {
    let (path, key) = (shown(path), read(path).ok().and_then(|text| KeyFile::read(&text).ok()).and_then(|file| file.key.public()));
    let Some(public) = key else { return format!("{path}: there is a file already, and it is no whole key; name another") };
    format!(
        "{path}: there is a file already, and it may be the key of another round; name another. Where a command that was cut off has \
        left it, \
         and `par-survey round status` of no round shows its fingerprint, {}, nothing is sealed to it: remove it, and do this again",
        public.fingerprint()
    )
}

/// Reads such a file.
pub(super) fn read(path: &Path) -> anyhow::Result<Zeroizing<String>> {
    let file = File::open(path).and_then(text);
    file.with_context(|| format!("{}: the key cannot be read; bring what it lies on, or name another copy", shown(path)))
}

/// Reads a text to its end, in one piece of memory.
pub(super) fn text(from: impl Read) -> io::Result<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(MOST).unwrap_or_default() + 1));
    from.take(MOST + 1).read_to_end(&mut bytes)?;
    let text = std::str::from_utf8(&bytes).ok().filter(|_| bytes.len() < bytes.capacity());
    text.map(|text| Zeroizing::new(text.to_owned())).ok_or_else(|| io::Error::other("it is neither a key file nor words of shares"))
}

/// Removes a file of which nothing is left but that it was overwritten, and says whether it did.
pub(super) fn sweep(path: &Path) -> io::Result<bool> {
    let mut left = Vec::new();
    File::open(path)?.take(MOST).read_to_end(&mut left)?;
    let is_overwritten = left.len() >= LEAST && left.iter().all(|byte| *byte == OVERWRITTEN);
    if is_overwritten {
        fs::remove_file(path)?;
        sync_folder(path)?;
    }
    Ok(is_overwritten)
}

/// Overwrites a file and removes it.
pub(super) fn destroy(path: &Path) -> io::Result<()> {
    let mut file = File::options().write(true).open(path)?;
    let length = usize::try_from(file.metadata()?.len().min(MOST)).unwrap_or_default();
    file.write_all(&vec![OVERWRITTEN; length])?;
    file.sync_all()?;
    fs::remove_file(path)?;
    sync_folder(path)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_file_is_written_once_for_its_owner_read_and_destroyed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r1.key");
        write_new(&path, "secret").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(read(&path).unwrap().as_str(), "secret");
        let refused = write_new(&path, "other").unwrap_err().to_string();
        assert!(refused.ends_with("there is a file already, and it is no whole key; name another"), "{refused}");
        assert_eq!(read(&path).unwrap().as_str(), "secret");
        // Another name of the same file shows what its bytes became.
        let other = folder.path().join("other");
        fs::hard_link(&path, &other).unwrap();
        destroy(&path).unwrap();
        assert!(!path.exists());
        assert_eq!(fs::read_to_string(&other).unwrap(), "000000");
    }

    #[test]
    fn what_is_too_long_or_no_text_is_no_key() {
        let folder = tempfile::tempdir().unwrap();
        for bytes in [vec![b'a'; 70_000], vec![0xff, 0xfe]] {
            let path = folder.path().join("x");
            fs::write(&path, bytes).unwrap();
            assert!(format!("{:#}", read(&path).unwrap_err()).contains("neither a key file nor words of shares"));
        }
        assert!(format!("{:#}", read(&folder.path().join("none")).unwrap_err()).contains("none: the key cannot be read"));
    }
}
