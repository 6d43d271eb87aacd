//! Files and folders that only the account that the program runs under may open.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

use crate::printed::shown;
use crate::refusal::Refusal;

/// Rights to a file of ours.
pub const FILE: u32 = 0o600;

/// Rights to a folder of ours.
pub const FOLDER: u32 = 0o700;

/// What others may do, in the rights of a file.
const OTHERS: u32 = 0o077;

/// A folder in which everybody keeps things, as `/tmp`.
const SHARED: u32 = 0o1000;

/// Makes a folder of ours where there is none, and takes it from other accounts where they have rights to it.
///
/// # Errors
/// When it cannot be made, or its rights cannot be changed.
pub fn folder(path: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(FOLDER).create(path)?;
    keep(path)
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
    tracing::warn!("{}: other accounts could open it; from now on they cannot", shown(path));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
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
