//! The folder of keys: one secret ("pepper") a round, outside every database, without which a code cannot be told from its stored hash.
//!
//! ```text
//! HMAC-SHA-256(pepper, "code"  ‖ code)          what the database keeps of a code
//! HMAC-SHA-256(pepper, "sheet" ‖ code ‖ unit)   the key of the sheet about a unit: the same for every retry, from any browser or server
//! HMAC-SHA-256(pepper, "used"  ‖ hash)          the key of the row that says a code was used, hash being what the database keeps of the
//! code
//! HMAC-SHA-256(pepper, "draft" ‖ code)          under which a device may keep a draft: tells codes apart and says none
//! HMAC-SHA-256(pepper, "print")                 its fingerprint, by which servers see that they have the same
//! ```
//! The folder is the same on all servers. Publishing destroys the file: what is left in the database can then be matched with no code.

pub mod forms;

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tempfile::NamedTempFile;

use crate::deposit::{Participation, SheetKey};
use crate::files::private;
use crate::files::unfinished::sync_folder;
use crate::printed::shown;
use crate::random::random_bytes;
use crate::refusal::{Refusal, Remedy};
use crate::store::codes::{CodeHash, IssuedCode};
use crate::store::imports::PRINT_END;
use crate::survey::code::Code;

/// The secret of one round.
#[derive(Clone, PartialEq, Eq)]
pub struct Pepper([u8; 32]);

impl fmt::Debug for Pepper {
    /// Never shows the secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pepper(..)")
    }
}

impl Pepper {
    fn random() -> Self {
        Self(random_bytes())
    }

    /// Whether a text is what the file of a secret holds: 64 hexadecimal digits and a line end.
    #[must_use]
    pub fn is_written(text: &str) -> bool {
        text.strip_suffix('\n').is_some_and(|digits| hex::decode_to_slice(digits, &mut [0; 32]).is_ok())
    }

    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        // A key of any length is taken.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return [0; 32] };
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// What the database keeps of a code.
    #[must_use]
    pub fn code_hash(&self, code: &Code) -> CodeHash {
        CodeHash(self.mac(&[b"code", code.bytes()]))
    }

    /// The key of a code's sheet about a unit.
    #[must_use]
    pub fn sheet_key(&self, code: &Code, unit: i32) -> SheetKey {
        self.sheet_key_of(&[b"sheet", code.bytes(), &unit.to_be_bytes()])
    }

    /// What says that a code was used.
    #[must_use]
    pub fn participation(&self, hash: CodeHash, issued: &IssuedCode) -> Participation {
        let IssuedCode { questionnaire, group, .. } = issued;
        Participation { key: self.sheet_key_of(&[b"used", &hash.0]), questionnaire: *questionnaire, group: group.clone() }
    }

    fn sheet_key_of(&self, parts: &[&[u8]]) -> SheetKey {
        let mut key = [0; 16];
        key.copy_from_slice(self.mac(parts).split_at(16).0);
        SheetKey::new(key)
    }

    /// What a device may call the draft of a code's sheet.
    #[must_use]
    pub fn draft_name(&self, code: &Code) -> String {
        hex::encode(self.mac(&[b"draft", code.bytes()]).split_at(8).0)
    }

    /// Fingerprint of the secret: two folders with the same fingerprint hold the same one.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        hex::encode(self.mac(&[b"print"]).split_at(8).0)
    }
}

/// The secret by which imported files are known again. A hash without one could be tried out: whoever has the database of an open round
/// would find what a file of few sheets says, although its sheets are sealed.
#[derive(Debug)]
pub struct FileSecret(Pepper);

impl FileSecret {
    /// What is kept in place of a hash: by which secret, and what this makes of it.
    #[must_use]
    pub fn known_by(&self, hash: &str) -> String {
        format!("{}{}{}", self.print(), PRINT_END, hex::encode(self.0.mac(&[b"file", hash.as_bytes()])))
    }

    /// What all that it makes begins with.
    #[must_use]
    pub fn print(&self) -> String {
        self.0.fingerprint()
    }
}

/// The folder.
#[derive(Debug, Clone)]
pub struct Keys {
    folder: PathBuf,
}

impl Keys {
    /// The keys in a folder, which need not be there yet.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The file of a round's secret.
    #[must_use]
    pub fn file(&self, round: &str) -> PathBuf {
        self.folder.join(format!("{round}.pepper"))
    }

    /// A round's secret; none where there is no file.
    ///
    /// # Errors
    /// When the file cannot be read, holds something else, or may be read by other accounts and that cannot be changed.
    pub fn pepper(&self, round: &str) -> io::Result<Option<Pepper>> {
        self.read(&self.file(round))
    }

    /// Makes a round's secret.
    ///
    /// # Errors
    /// When there is one already, or the folder cannot be written.
    pub fn create(&self, round: &str) -> io::Result<Pepper> {
        self.make(&self.file(round))
    }

    /// The file of the secret by which imported files are known again.
    #[must_use]
    pub fn imported_files(&self) -> PathBuf {
        // No id of a round has a dot.
        self.folder.join("imported-files.secret")
    }

    /// The secret by which imported files are known again; none where it is not made yet, or lies elsewhere.
    ///
    /// # Errors
    /// When the file cannot be read, or holds something else.
    pub fn file_secret(&self) -> io::Result<Option<FileSecret>> {
        Ok(self.read(&self.imported_files())?.map(FileSecret))
    }

    /// Makes the secret by which imported files are known again, the same for all rounds ever after.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn create_file_secret(&self) -> io::Result<FileSecret> {
        let path = self.imported_files();
        match self.make(&path) {
            Ok(made) => Ok(FileSecret(made)),
            // Somebody else has just made it.
            Err(failed) => self.read(&path)?.map(FileSecret).ok_or(failed),
        }
    }

    fn read(&self, path: &Path) -> io::Result<Option<Pepper>> {
        self.keep(path)?;
        // A pipe would be waited for without an end.
        if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
            return Err(no_secret(path));
        }
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unusable(path, &error)),
        };
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(|error| unusable(path, &error))?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| no_secret(path))?;
        Ok(Some(Pepper(bytes)))
    }

    fn make(&self, path: &Path) -> io::Result<Pepper> {
        let pepper = Pepper::random();
        self.require_folder()?;
        private::folder(&self.folder).map_err(|error| unusable(&self.folder, &error))?;
        private::keep(path).map_err(|error| named(path, &error.to_string()))?;
        let failed = |error: io::Error| unusable(path, &error);
        // Put in place once it is whole: half a secret could neither be used nor be made again.
        let mut file = NamedTempFile::new_in(&self.folder).map_err(failed)?;
        writeln!(file, "{}", hex::encode(pepper.0)).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist_noclobber(path).map_err(|error| failed(error.error))?;
        // What is made by it is in the database at once, and after a power cut it has to be there too.
        if let Err(error) = sync_folder(path) {
            fs::remove_file(path).ok();
            return Err(failed(error));
        }
        Ok(pepper)
    }

    /// Refuses a file in place of the folder, before its rights are changed.
    fn require_folder(&self) -> io::Result<()> {
        match fs::metadata(&self.folder) {
            Ok(found) if !found.is_dir() => Err(unusable(&self.folder, &io::ErrorKind::NotADirectory.into())),
            _ => Ok(()),
        }
    }

    /// Takes the folder and a file in it from other accounts.
    fn keep(&self, file: &Path) -> io::Result<()> {
        self.require_folder()?;
        for path in [self.folder.as_path(), file] {
            private::keep(path).map_err(|error| named(path, &error.to_string()))?;
        }
        Ok(())
    }

    /// Overwrites and removes a round's secret. Says whether there was one.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn destroy(&self, round: &str) -> io::Result<bool> {
        let path = self.file(round);
        let mut file = match File::options().write(true).open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(unusable(&path, &error)),
        };
        let overwritten = file.write_all(&[b'0'; 64]).and_then(|()| file.sync_all());
        overwritten.and_then(|()| fs::remove_file(&path)).and_then(|()| sync_folder(&path)).map_err(|error| unusable(&path, &error))?;
        Ok(true)
    }
}

/// What the system says of a file of ours, with its name and what to do.
fn unusable(path: &Path, error: &io::Error) -> io::Error {
    let next = match error.kind() {
        io::ErrorKind::InvalidData | io::ErrorKind::IsADirectory => return no_secret(path),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Remedy::Room,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Remedy::Access,
        io::ErrorKind::AlreadyExists => Remedy::Again,
        _ => Remedy::Mend,
    };
    io::Error::other(Refusal::SecretUnusable { file: path.display().to_string(), cause: error.to_string(), next })
}

fn no_secret(path: &Path) -> io::Error {
    io::Error::other(Refusal::NoSecret { file: path.display().to_string() })
}

fn named(path: &Path, what: &str) -> io::Error {
    io::Error::other(format!("{}: {what}", shown(path)))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_secret_is_made_once_read_back_and_destroyed() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(folder.path().join("keys"));
        assert_eq!(keys.pepper("2026").unwrap(), None);
        let pepper = keys.create("2026").unwrap();
        assert!(keys.create("2026").is_err(), "a second one would make every slip worthless");
        assert_eq!(keys.pepper("2026").unwrap(), Some(pepper));
        assert_eq!(fs::metadata(keys.file("2026")).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!((keys.destroy("2026").unwrap(), keys.destroy("2026").unwrap()), (true, false));
        assert!(!keys.file("2026").exists());
    }

    #[test]
    fn whatever_lies_in_place_of_a_secret_is_named_with_what_to_do() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(folder.path().to_owned());
        let file = keys.file("2026");
        let said = || keys.pepper("2026").unwrap_err().to_string();
        let expected = format!("{}: it is not a key; bring back the right file", file.display());
        for bytes in [&[0xff, 0xfe][..], b"abc"] {
            fs::write(&file, bytes).unwrap();
            assert_eq!(said(), expected);
        }
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_eq!(said(), expected);
        for what in [keys.create("2026").map(drop), keys.destroy("2026").map(drop)] {
            let said = what.unwrap_err().to_string();
            assert!(said.starts_with(&format!("{}: ", file.display())) && said.contains("; "), "{said}");
        }
        let full = unusable(&file, &io::Error::from_raw_os_error(28)).to_string();
        assert!(full.contains("No space left on device") && full.ends_with("; make room on its disk, then do this again"), "{full}");
    }

    #[test]
    fn the_secret_of_files_is_made_once_and_tells_nothing_of_a_hash() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(folder.path().join("keys"));
        assert!(keys.file_secret().unwrap().is_none() && !keys.imported_files().exists());
        let known = keys.create_file_secret().unwrap().known_by("tệp");
        assert_eq!(keys.create_file_secret().unwrap().known_by("tệp"), known, "made at once by two");
        let secret = keys.file_secret().unwrap().unwrap();
        assert_eq!(secret.known_by("tệp"), known);
        assert!(known.starts_with(&secret.print()) && !known.contains("tệp"), "{known}");
        assert_ne!(secret.known_by("tập"), known);
        assert_ne!(Keys::new(folder.path().join("others")).create_file_secret().unwrap().known_by("tệp"), known);
    }

    #[test]
    fn a_pipe_is_no_secret_and_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(folder.path().to_owned());
        assert!(std::process::Command::new("mkfifo").args(["-m", "600"]).arg(keys.imported_files()).status().unwrap().success());
        let refused = keys.file_secret().unwrap_err().to_string();
        assert!(refused.contains("imported-files.secret") && refused.contains("it is not a key"), "{refused}");
    }

    #[test]
    fn a_secret_that_others_may_read_is_taken_from_them() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::new(folder.path().to_owned());
        let pepper = keys.create("2026").unwrap();
        fs::set_permissions(keys.file("2026"), fs::Permissions::from_mode(0o644)).unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        assert_eq!(keys.pepper("2026").unwrap(), Some(pepper));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
        assert_eq!((mode(&keys.file("2026")), mode(folder.path())), (0o600, 0o700));
    }

    /// RFC 4231, test case 2.
    #[test]
    fn the_hash_is_hmac_sha_256() {
        let mut mac = Hmac::<Sha256>::new_from_slice(b"Jefe").unwrap();
        mac.update(b"what do ya want for nothing?");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex::encode(mac.finalize().into_bytes()), expected);
    }

    #[test]
    fn keys_of_units_and_hashes_of_codes_share_nothing() {
        let (pepper, code) = (Pepper([7; 32]), Code::drawn(1, 1));
        let other = Code::drawn(2, 1);
        assert_ne!(pepper.code_hash(&code), pepper.code_hash(&other));
        assert_ne!(pepper.sheet_key(&code, 1), pepper.sheet_key(&code, 2));
        assert_eq!(pepper.sheet_key(&code, 1), pepper.sheet_key(&code, 1));
        assert_ne!(Pepper([8; 32]).fingerprint(), pepper.fingerprint());
    }
}
