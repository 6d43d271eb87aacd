//! Where a private key may lie: not with what it opens.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf, absolute};

use super::super::options::{DatabaseOptions, KeysOptions, LetterboxOptions};

/// What a private key must not lie with, unless somebody says that it may.
#[derive(Debug)]
pub(crate) struct Near {
    /// The folder of keys, in whatever device it is.
    keys: PathBuf,
    /// What holds answers, or stands for the machine that does: whoever takes its disk has them.
    disks: Vec<(&'static str, PathBuf)>,
}

impl Near {
    /// What belongs to a database.
    pub(crate) fn of(database: &DatabaseOptions, letterbox: &LetterboxOptions, keys: &KeysOptions) -> Self {
        let folder = keys.folder(database);
        let mailbox = ("letterbox", letterbox.file(database));
        let disks = if let Some(file) = database.file() {
            vec![("database", file.to_owned()), mailbox]
        } else {
            // The machine of this command need not be one of the servers: what nobody named, and is not here, lies elsewhere.
            let is_here = (letterbox.letterbox.is_some() || mailbox.1.exists(), keys.keys.is_some() || folder.exists());
            let of_keys = ("folder of keys", folder.clone());
            [is_here.0.then_some(mailbox), is_here.1.then_some(of_keys)].into_iter().flatten().collect()
        };
        Self { keys: folder, disks }
    }

    /// Why a file or folder that need not be there yet may not hold the key; none where it may.
    pub(crate) fn reason(&self, place: &Path) -> io::Result<Option<String>> {
        if is_inside(place, &self.keys)? {
            return Ok(Some(format!("lies in the folder of keys, {}", self.keys.display())));
        }
        let device = device(place)?;
        for (what, path) in &self.disks {
            if self::device(path)? == device {
                return Ok(Some(format!("lies on the same disk as the {what}, {}", path.display())));
            }
        }
        Ok(None)
    }
}

/// By its name or by where its links lead.
fn is_inside(place: &Path, folder: &Path) -> io::Result<bool> {
    if absolute(place)?.starts_with(absolute(folder)?) {
        return Ok(true);
    }
    Ok(folder.exists() && there(place)?.starts_with(folder.canonicalize()?))
}

fn device(path: &Path) -> io::Result<u64> {
    Ok(fs::metadata(there(path)?)?.dev())
}

/// The nearest thing on the way to a path that is there.
fn there(path: &Path) -> io::Result<PathBuf> {
    let path = absolute(path)?;
    let found = path.ancestors().find(|path| path.exists()).unwrap_or(Path::new("/"));
    found.canonicalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(folder: &Path) -> Near {
        Near { keys: folder.join("keys"), disks: vec![("database", folder.join("x.db"))] }
    }

    #[test]
    fn a_place_on_the_same_disk_or_in_the_folder_of_keys_is_near() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir_in("/dev/shm").unwrap();
        let near = near(folder.path());
        let reason = |place: &Path| near.reason(place).unwrap();
        assert!(reason(&folder.path().join("deep/er/r1.key")).unwrap().starts_with("lies on the same disk as the database, "));
        assert!(reason(&folder.path().join("keys/r1.key")).unwrap().starts_with("lies in the folder of keys, "));
        assert_eq!(reason(&elsewhere.path().join("r1.key")), None);
    }

    #[test]
    fn a_link_does_not_hide_where_a_place_is() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir_in("/dev/shm").unwrap();
        let near = Near { keys: elsewhere.path().join("keys"), disks: near(folder.path()).disks };
        fs::create_dir(&near.keys).unwrap();
        std::os::unix::fs::symlink(&near.keys, elsewhere.path().join("stick")).unwrap();
        std::os::unix::fs::symlink(folder.path(), elsewhere.path().join("other")).unwrap();
        let reason = |place: &str| near.reason(&elsewhere.path().join(place)).unwrap();
        assert!(reason("stick/r1.key").unwrap().starts_with("lies in the folder of keys, "));
        assert!(reason("other/r1.key").unwrap().starts_with("lies on the same disk as the database, "));
        assert_eq!(reason("r1.key"), None);
    }
}
