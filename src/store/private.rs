//! Files and folders that only the account of the server may open.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Result, StoreError};
use crate::refusal::Refusal;

/// Rights to a file of ours.
pub const FILE: u32 = 0o600;

/// Rights to a folder of ours.
pub const FOLDER: u32 = 0o700;

/// What others may do, in the rights of a file.
const OTHERS: u32 = 0o077;

/// A folder in which everybody keeps things, as `/tmp`.
const SHARED: u32 = 0o1000;

/// What SQLite and the letterbox put beside a file.
const BESIDE: [&str; 4] = ["-wal", "-shm", "-journal", ".lock"];

/// Makes a database file where there is none, and takes it and what lies beside it from other accounts where they have rights to it.
///
/// What SQLite makes beside it later gets the rights of the file itself.
pub(super) fn make(file: &Path) -> Result<()> {
    let failed = |path: &Path, cause| StoreError::File { path: path.to_owned(), cause };
    touch(file).map_err(|cause| failed(file, cause))?;
    for path in std::iter::once(file.to_owned()).chain(BESIDE.map(|suffix| beside(file, suffix))) {
        keep(&path).map_err(|cause| failed(&path, cause))?;
    }
    Ok(())
}

/// Database files that this process has seen to be there and to take writes.
static TOUCHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Makes a file where there is none, and sees that it can be written, once.
///
/// Never again: whoever closes a file gives up all locks that the process has on it, those of SQLite too. A server was seen to have none, so that
/// whoever read its database with SQLite 3.40 passed for the last one to close it, and took its log away under it.
fn touch(file: &Path) -> io::Result<()> {
    let mut touched = TOUCHED.lock().unwrap_or_else(PoisonError::into_inner);
    match File::options().create_new(true).write(true).mode(FILE).open(file) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => drop(made?),
    }
    let whole = file.canonicalize()?;
    if !touched.contains(&whole) {
        File::options().write(true).open(file)?;
        touched.insert(whole);
    }
    Ok(())
}

/// Makes a folder of ours where there is none, and takes it from other accounts where they have rights to it.
///
/// # Errors
/// When it cannot be made, or its rights cannot be changed.
pub fn folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(FOLDER).create(path)?;
    keep(path)
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Takes a file or a folder from other accounts where they have rights to it, and says so in the log; nothing where there is none.
///
/// # Errors
/// When its rights cannot be changed; the text says what to do. They are for whoever owns it, and a folder of everybody's is not ours.
pub fn keep(path: &Path) -> io::Result<()> {
    let found = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        found => found?,
    };
    let mode = found.permissions().mode();
    if mode & OTHERS == 0 {
        return Ok(());
    }
    if mode & SHARED != 0 {
        return Err(io::Error::other(Refusal::EverybodysFolder));
    }
    let ours = if found.is_dir() { FOLDER } else { FILE };
    let open = |cause: io::Error| io::Error::other(Refusal::OpenToOthers { cause: cause.to_string(), mode: format!("{ours:o}") });
    fs::set_permissions(path, Permissions::from_mode(ours)).map_err(open)?;
    tracing::warn!("{}: other accounts could open it; from now on they cannot", path.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_database_file_and_what_lies_beside_it_are_taken_from_other_accounts() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("x.db");
        let paths = [file.clone(), beside(&file, "-wal"), beside(&file, "-shm"), beside(&file, ".lock")];
        for path in &paths {
            fs::write(path, "kept").unwrap();
            fs::set_permissions(path, Permissions::from_mode(0o644)).unwrap();
        }
        make(&file).unwrap();
        assert_eq!(paths.each_ref().map(|path| mode(path)), [FILE; 4]);
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
        assert!(!beside(&file, "-journal").exists());
    }

    #[test]
    fn a_folder_is_taken_from_other_accounts_unless_it_is_everybodys() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
        keep(folder.path()).unwrap();
        assert_eq!(mode(folder.path()), FOLDER);
        fs::set_permissions(folder.path(), Permissions::from_mode(0o1777)).unwrap();
        assert!(keep(folder.path()).unwrap_err().to_string().contains("name one of its own"));
        assert_eq!(mode(folder.path()), 0o1777);
    }

    /// Nobody, not even root, changes the rights of what the kernel says of a process.
    #[test]
    fn what_cannot_be_taken_from_other_accounts_is_refused() {
        let refused = keep(Path::new("/proc/self/status")).unwrap_err().to_string();
        assert!(refused.contains("other accounts may open it") && refused.contains("chmod 600"), "{refused}");
        keep(Path::new("/proc/there/is/none")).unwrap();
    }
}
