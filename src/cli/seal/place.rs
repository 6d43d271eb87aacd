//! Where a private key may lie: not with what it opens.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf, absolute};

use rustix::fs::statfs;

use super::super::options::{DatabaseOptions, KeysOptions, LetterboxOptions};
use crate::printed::shown;

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
        // With a database elsewhere, letterbox and keys are where a server that is set up as this command is would have them.
        let first = database.file().map_or_else(|| ("folder of keys", folder.clone()), |file| ("database", file));
        Self { keys: folder, disks: vec![first, ("letterbox", letterbox.file(database))] }
    }

    /// Why a file or folder that need not be there yet may not hold the key; none where it may.
    pub(crate) fn reason(&self, place: &Path) -> io::Result<Option<String>> {
        if is_inside(place, &self.keys)? {
            return Ok(Some(format!("lies in the folder of keys, {}", shown(&self.keys))));
        }
        let device = device(place)?;
        for (what, path) in &self.disks {
            if self::device(path)? == device {
                return Ok(Some(format!("lies on the same disk as the {what}, {}", shown(path))));
            }
        }
        Ok(is_memory(place)?.then(|| MEMORY.to_owned()))
    }
}

/// Whoever restarts the machine has lost the key, and with it every answer.
const MEMORY: &str =
    "lies in the memory of this machine, which is empty once the machine is switched off, and then nobody can open the answers";

/// How the kernel calls file systems that are nowhere but in memory: tmpfs, as /dev/shm and on many machines /tmp, and ramfs.
const IN_MEMORY: [u64; 2] = [0x0102_1994, 0x8584_58f6];

fn is_memory(path: &Path) -> io::Result<bool> {
    let kind = statfs(there(path)?)?.f_type;
    // As wide as the platform has it, and some have a sign.
    Ok(IN_MEMORY.iter().any(|memory| u64::try_from(kind) == Ok(*memory)))
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
    use tempfile::TempDir;

    use super::*;

    /// Answers on a disk of their own, and a place elsewhere: what is built lies on a disk.
    fn places() -> (TempDir, TempDir, Near) {
        let answers = tempfile::tempdir_in("/dev/shm").unwrap();
        let near = Near { keys: answers.path().join("keys"), disks: vec![("database", answers.path().join("x.db"))] };
        (answers, on_disk(), near)
    }

    fn on_disk() -> TempDir {
        let program = std::env::current_exe().unwrap();
        tempfile::tempdir_in(program.parent().unwrap()).unwrap()
    }

    #[test]
    fn a_place_on_the_same_disk_or_in_the_folder_of_keys_is_near() {
        let (answers, elsewhere, near) = places();
        let reason = |place: &Path| near.reason(place).unwrap();
        assert!(reason(&answers.path().join("deep/er/r1.key")).unwrap().starts_with("lies on the same disk as the database, "));
        assert!(reason(&answers.path().join("keys/r1.key")).unwrap().starts_with("lies in the folder of keys, "));
        assert_eq!(reason(&elsewhere.path().join("r1.key")), None);
    }

    #[test]
    fn a_place_in_memory_is_lost_when_the_machine_is_switched_off() {
        let (answers, memory) = (on_disk(), tempfile::tempdir_in("/dev/shm").unwrap());
        let near = Near { keys: answers.path().join("keys"), disks: vec![("database", answers.path().join("x.db"))] };
        let reason = near.reason(&memory.path().join("not/yet/r1.key")).unwrap().unwrap();
        assert!(reason.starts_with("lies in the memory of this machine, which is empty once"), "{reason}");
    }

    #[test]
    fn a_link_does_not_hide_where_a_place_is() {
        let (answers, elsewhere, near) = places();
        let near = Near { keys: elsewhere.path().join("keys"), ..near };
        fs::create_dir(&near.keys).unwrap();
        std::os::unix::fs::symlink(&near.keys, elsewhere.path().join("stick")).unwrap();
        std::os::unix::fs::symlink(answers.path(), elsewhere.path().join("other")).unwrap();
        let reason = |place: &str| near.reason(&elsewhere.path().join(place)).unwrap();
        assert!(reason("stick/r1.key").unwrap().starts_with("lies in the folder of keys, "));
        assert!(reason("other/r1.key").unwrap().starts_with("lies on the same disk as the database, "));
        assert_eq!(reason("r1.key"), None);
    }

    /// On a machine on which nothing is yet, as before the first server of a shared database was started.
    #[test]
    fn with_a_shared_database_a_place_beside_keys_and_letterbox_is_near_although_neither_is_there() {
        #[derive(Debug, clap::Parser)]
        struct Options {
            #[command(flatten)]
            database: DatabaseOptions,
            #[command(flatten)]
            letterbox: LetterboxOptions,
            #[command(flatten)]
            keys: KeysOptions,
        }
        let near = |arguments: &[&str]| {
            let shared = ["par-survey", "--database", "postgres://db/par"];
            let Options { database, letterbox, keys } = clap::Parser::parse_from(shared.iter().chain(arguments));
            Near::of(&database, &letterbox, &keys)
        };
        let here = std::env::current_dir().unwrap();
        assert!(near(&[]).reason(&here.join("r1.key")).unwrap().unwrap().starts_with("lies on the same disk as the folder of keys, "));
        let (memory, disk) = (tempfile::tempdir_in("/dev/shm").unwrap(), on_disk());
        let named = ["keys", "letterbox.db"].map(|name| memory.path().join(name).display().to_string());
        let near = near(&["--keys", &named[0], "--letterbox", &named[1]]);
        assert_eq!(near.reason(&disk.path().join("r1.key")).unwrap(), None, "keys and letterbox are named, and elsewhere");
    }
}
