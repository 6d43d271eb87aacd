//! Files of databases: made for the own account alone, with what lies beside them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Result, StoreError};
use crate::files::BESIDE;
use crate::files::private::{FILE, keep};

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
/// Never again: whoever closes a file gives up all locks that the process has on it, those of SQLite too. A server was seen to have none,
/// so that whoever read its database with SQLite 3.40 passed for the last one to close it, and took its log away under it.
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

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;

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
        let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!(paths.each_ref().map(mode), [FILE; 4]);
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
        assert!(!beside(&file, "-journal").exists());
    }
}
