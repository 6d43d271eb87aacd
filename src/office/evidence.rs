//! Files of evidence: each lies in a folder under its hash, so that nobody changes one that a score sheet names.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Stopped;
use crate::files::private;
use crate::files::unfinished::Unfinished;
use crate::refusal::Refusal;
use crate::store::StoreError;

/// Largest file of evidence in bytes: a scanned decision of some hundred pages.
pub const BYTES_MOST: u64 = 100 * MEGABYTE;
const MEGABYTE: u64 = 1024 * 1024;

/// Copies a file under its hash, whole or not at all, and gives the hash: SHA-256 in hexadecimal digits.
///
/// # Errors
/// When it is empty or too large, or cannot be copied.
pub(super) fn keep(file: &Path, folder: &Path) -> Result<String, Stopped> {
    keep_at_most(BYTES_MOST, file, folder)
}

fn keep_at_most(most: u64, file: &Path, folder: &Path) -> Result<String, Stopped> {
    let failed = |path: &Path, cause| Stopped::Store(StoreError::File { path: path.to_owned(), cause });
    private::folder(folder).map_err(|cause| failed(folder, cause))?;
    let mut source = File::open(file).map_err(|cause| failed(file, cause))?.take(most + 1);
    let mut copy = Unfinished::in_folder(folder, "evidence").map_err(|cause| failed(folder, cause))?;
    let (sha256, size) = copied(&mut source, &mut copy).map_err(|cause| failed(file, cause))?;
    match size {
        0 => return Err(Refusal::FileEmpty { file: file.display().to_string() }.into()),
        size if size > most => return Err(Refusal::FileTooLarge { file: file.display().to_string(), most: most / MEGABYTE }.into()),
        _ => {}
    }
    copy.put_in_place(&folder.join(&sha256)).map_err(|cause| failed(file, cause))?;
    Ok(sha256)
}

/// Copies, and gives hash and size of what was copied.
fn copied(source: &mut impl Read, copy: &mut impl Write) -> io::Result<(String, u64)> {
    let (mut hash, mut size, mut buffer) = (Sha256::new(), 0_u64, vec![0; 64 * 1024]);
    loop {
        let count = source.read(&mut buffer)?;
        let piece = buffer.get(..count).unwrap_or_default();
        if piece.is_empty() {
            return Ok((hex::encode(hash.finalize()), size));
        }
        hash.update(piece);
        copy.write_all(piece)?;
        size = size.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_evidence_is_kept_whole_under_its_hash_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let (kept, file) = (folder.path().join("kept"), folder.path().join("a.pdf"));
        let keep = |content: &str| {
            std::fs::write(&file, content).unwrap();
            keep_at_most(3, &file, &kept)
        };
        // The SHA-256 of "abc" is the first example of FIPS 180-2.
        let sha256 = keep("abc").unwrap();
        assert_eq!(sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(matches!(keep(""), Err(Stopped::Refused(Refusal::FileEmpty { file: path })) if path == file.display().to_string()));
        assert!(
            matches!(keep("abcd"), Err(Stopped::Refused(Refusal::FileTooLarge { file: path, .. })) if path == file.display().to_string())
        );
        let missing = keep_at_most(3, &folder.path().join("none"), &kept);
        assert!(matches!(&missing, Err(Stopped::Store(StoreError::File { path, .. })) if path.ends_with("none")));
        let left: Vec<_> = std::fs::read_dir(&kept).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, [&*sha256]);
        assert_eq!(std::fs::read_to_string(kept.join(sha256)).unwrap(), "abc");
    }
}
