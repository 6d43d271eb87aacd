//! A file that has no name until it is whole: of a command that is cut off nothing is left, whoever ends it and however. What stands in
//! such files are single answers and codes, and what nobody names nobody takes away.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, OFlags, linkat};
use tempfile::{Builder, NamedTempFile, TempPath};

use super::private;

/// What the name of a file says that is not in place yet, behind its own.
const UNFINISHED: &str = ".unfinished-";

/// Open files of this process, by number.
const OPEN_FILES: &str = "/proc/self/fd";

/// A file that is being written, on the disk on which it will lie.
#[derive(Debug)]
pub struct Unfinished(MadeFile);

#[derive(Debug)]
enum MadeFile {
    Nameless(File),
    /// Where the file system, or the system, knows none without a name.
    Named(NamedTempFile),
}

impl Unfinished {
    /// Begins a file that will lie in a folder, for the own account alone. Where it needs a name meanwhile, that says of which file it is a
    /// part.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn in_folder(folder: &Path, name: &str) -> io::Result<Self> {
        let nameless = if Path::new(OPEN_FILES).exists() { nameless(folder) } else { Err(ErrorKind::Unsupported.into()) };
        match nameless {
            Ok(file) => Ok(Self(MadeFile::Nameless(file))),
            // Whatever it is that cannot be, also where a folder is no folder: what is wrong is said by whoever tries the other way.
            Err(_) => Self::named(folder, name),
        }
    }

    /// Begins one beside the place where it will lie.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn beside(path: &Path) -> io::Result<Self> {
        Self::in_folder(&folder(path), &name(path).to_string_lossy())
    }

    fn named(folder: &Path, name: &str) -> io::Result<Self> {
        Ok(Self(MadeFile::Named(Builder::new().prefix(&format!("{name}{UNFINISHED}")).tempfile_in(folder)?)))
    }

    fn file(&self) -> &File {
        match &self.0 {
            MadeFile::Nameless(file) => file,
            MadeFile::Named(file) => file.as_file(),
        }
    }

    /// Has it on the disk under a name, over what had that name.
    ///
    /// # Errors
    /// When the disk does not take it; what had the name has it still.
    pub fn put_in_place(self, path: &Path) -> io::Result<()> {
        self.file().sync_all()?;
        match self.0 {
            MadeFile::Named(file) => drop(file.persist(path)?),
            MadeFile::Nameless(file) => match link(&file, path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => aside(&file, path)?.persist(path)?,
                linked => linked?,
            },
        }
        sync_folder(path)
    }
}

impl Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file().flush()
    }
}

fn nameless(folder: &Path) -> io::Result<File> {
    let flags = i32::try_from(OFlags::TMPFILE.bits()).map_err(io::Error::other)?;
    File::options().read(true).write(true).custom_flags(flags).mode(private::FILE).open(folder)
}

/// Gives it a name that nothing has.
fn link(file: &File, path: &Path) -> io::Result<()> {
    let own = format!("{OPEN_FILES}/{}", file.as_raw_fd());
    Ok(linkat(CWD, own, CWD, path, AtFlags::SYMLINK_FOLLOW)?)
}

/// Gives it a name beside a file whose place it takes in the next moment: nothing can be linked over another.
fn aside(file: &File, path: &Path) -> io::Result<TempPath> {
    let mut prefix = name(path);
    prefix.push(UNFINISHED);
    let named = Builder::new().prefix(&prefix).make_in(folder(path), |aside| link(file, aside))?;
    Ok(named.into_temp_path())
}

fn name(path: &Path) -> OsString {
    path.file_name().unwrap_or_default().to_owned()
}

fn folder(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// Has the names in the folder of a file on the disk.
///
/// # Errors
/// When the disk does not take them.
pub fn sync_folder(file: &Path) -> io::Result<()> {
    File::open(folder(file))?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use tempfile::TempDir;

    use super::*;

    fn names(folder: &TempDir) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_unfinished_has_no_name_and_what_is_whole_takes_a_place_also_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        for text in ["one", "two"] {
            let before = names(&folder);
            let mut made = Unfinished::beside(&path).unwrap();
            made.write_all(text.as_bytes()).unwrap();
            assert_eq!(names(&folder), before);
            made.put_in_place(&path).unwrap();
            assert_eq!((names(&folder), fs::read_to_string(&path).unwrap().as_str()), (vec!["table.csv".to_owned()], text));
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, private::FILE);
        }
        drop(Unfinished::beside(&path).unwrap());
        assert_eq!(names(&folder), ["table.csv"]);
    }

    #[test]
    fn where_every_file_has_a_name_it_says_of_what_it_is_a_part_and_goes_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        fs::write(&path, "one").unwrap();
        let mut made = Unfinished::named(folder.path(), "table.csv").unwrap();
        made.write_all(b"two").unwrap();
        assert!(names(&folder).iter().any(|name| name.starts_with("table.csv.unfinished-")));
        drop(made);
        assert_eq!(names(&folder), ["table.csv"]);
        let mut made = Unfinished::named(folder.path(), "table.csv").unwrap();
        made.write_all(b"two").unwrap();
        made.put_in_place(&path).unwrap();
        assert_eq!((names(&folder), fs::read_to_string(&path).unwrap().as_str()), (vec!["table.csv".to_owned()], "two"));
    }

    #[test]
    fn where_nothing_can_be_written_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Unfinished::beside(&folder.path().join("none/table.csv")).unwrap_err().kind(), ErrorKind::NotFound);
    }
}
