//! Reads definition files from folders: checked questionnaires and schemes with the exact text they came from.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::definition::FILE_MAX;
use crate::definition::diagnostic::{Diagnostic, Flaw, Thing, render};
use crate::printed::shown;
use crate::scheme::against::Missing;
use crate::scheme::{self, Scheme};
use crate::survey::Questionnaire;
use crate::survey::check::check;

/// Ending of files that stand beside definitions but are none.
const ROUND: &str = ".round.toml";
/// Ending of index schemes; every other definition is a questionnaire.
const SCHEME: &str = ".scheme.toml";

/// A checked scheme and the text it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct SchemeDefinition {
    /// The file it was read from.
    pub file: PathBuf,
    /// Its exact text, byte for byte.
    pub text: String,
    /// SHA-256 of the text, in small hexadecimal letters.
    pub sha256: String,
    /// What it says.
    pub scheme: Scheme,
}

/// A checked questionnaire and the text it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The file it was read from.
    pub file: PathBuf,
    /// Its exact text, byte for byte.
    pub text: String,
    /// SHA-256 of the text, in small hexadecimal letters.
    pub sha256: String,
    /// What it says.
    pub questionnaire: Questionnaire,
}

/// The faults of one file, and the text in which they stand.
#[derive(Debug, Clone)]
pub struct FaultyFile {
    /// Its text; empty when the file could not be read.
    pub text: String,
    /// Its faults.
    pub faults: Vec<Diagnostic>,
}

/// What was found in definition files.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Definitions without faults, by file name.
    pub definitions: Vec<Definition>,
    /// Schemes without faults, by file name.
    pub schemes: Vec<SchemeDefinition>,
    /// Files with faults, by file name.
    pub faulty: Vec<FaultyFile>,
}

/// Definition files with faults, as a report to print.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Faulty(String);

/// What `par-survey check` prints, and whether it should end with an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Every fault and a last line that counts.
    pub text: String,
    /// Whether there were faults.
    pub faulty: bool,
}

/// Checks one text, such as the one that a round was opened with.
///
/// # Errors
/// All faults of the text.
pub fn definition(file: &Path, text: String) -> Result<Definition, FaultyFile> {
    match check(&shown(file), &text) {
        Ok(questionnaire) => {
            let sha256 = hex::encode(Sha256::digest(text.as_bytes()));
            Ok(Definition { file: file.to_owned(), text, sha256, questionnaire })
        }
        Err(faults) => Err(FaultyFile { text, faults }),
    }
}

/// Checks the text of one scheme, apart from the questionnaires that it names.
///
/// # Errors
/// All faults of the text.
pub fn scheme(file: &Path, text: String) -> Result<SchemeDefinition, FaultyFile> {
    match scheme::check::check(&shown(file), &text) {
        Ok(scheme) => {
            let sha256 = hex::encode(Sha256::digest(text.as_bytes()));
            Ok(SchemeDefinition { file: file.to_owned(), text, sha256, scheme })
        }
        Err(faults) => Err(FaultyFile { text, faults }),
    }
}

/// Reads all definitions of a folder, in the order of their file names.
///
/// # Errors
/// When a file has faults or cannot be read; the error is the whole report.
pub fn read_folder(folder: &Path) -> Result<Catalogue, Faulty> {
    let catalogue = Catalogue::read(&[folder.to_owned()]);
    if catalogue.faulty.is_empty() { Ok(catalogue) } else { Err(Faulty(catalogue.report().text)) }
}

/// Checks files and all definitions of folders, for `par-survey check`.
#[must_use]
pub fn check_paths(paths: &[PathBuf]) -> Report {
    Catalogue::read(paths).report()
}

impl Catalogue {
    /// The definition of a questionnaire, by its id.
    #[must_use]
    pub fn questionnaire(&self, id: &str) -> Option<&Definition> {
        self.definitions.iter().find(|found| found.questionnaire.id == id)
    }

    /// The definition of a scheme, by its id.
    #[must_use]
    pub fn scheme(&self, id: &str) -> Option<&SchemeDefinition> {
        self.schemes.iter().find(|found| found.scheme.id == id)
    }

    /// Reads files, and folders with all definitions in them. What goes wrong is among the faults.
    #[must_use]
    pub fn read(paths: &[PathBuf]) -> Self {
        let mut catalogue = Self::default();
        for path in paths {
            match files_of(path) {
                Ok(files) => files.iter().for_each(|file| catalogue.add(file)),
                Err(what) => catalogue.faulty.push(unreadable(path, what)),
            }
        }
        catalogue.report_duplicates();
        catalogue.report_missing();
        catalogue
    }

    /// The report of all faults.
    #[must_use]
    pub fn report(&self) -> Report {
        let files = self.definitions.len() + self.schemes.len() + self.faulty.len();
        let faults: usize = self.faulty.iter().map(|file| file.faults.len()).sum();
        let mut text: String = self.faulty.iter().map(|file| render(&file.text, &file.faults)).collect();
        let counted = |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
        let found = if faults == 0 { "no faults".to_owned() } else { counted(faults, "fault") };
        text.push_str(&format_args!("{}, {found}\n", counted(files, "file")).to_string());
        Report { text, faulty: faults > 0 }
    }

    fn add(&mut self, file: &Path) {
        let text = match read_text(file) {
            Ok(text) => text,
            Err(what) => return self.faulty.push(unreadable(file, what)),
        };
        let added = if name_of(file).ends_with(SCHEME) {
            scheme(file, text).map(|scheme| self.schemes.push(scheme))
        } else {
            definition(file, text).map(|definition| self.definitions.push(definition))
        };
        self.faulty.extend(added.err());
    }

    /// Two files with one id would be one address; the first keeps it.
    fn report_duplicates(&mut self) {
        let mut first: BTreeMap<String, PathBuf> = BTreeMap::new();
        for definition in std::mem::take(&mut self.definitions) {
            let id = &definition.questionnaire.id;
            if let Some(other) = first.get(id) {
                self.faulty.push(duplicate(Thing::Questionnaire, id, &definition.file, &definition.text, other));
            } else {
                first.insert(id.clone(), definition.file.clone());
                self.definitions.push(definition);
            }
        }
        let mut first: BTreeMap<String, PathBuf> = BTreeMap::new();
        for scheme in std::mem::take(&mut self.schemes) {
            let id = &scheme.scheme.id;
            if let Some(other) = first.get(id) {
                self.faulty.push(duplicate(Thing::Scheme, id, &scheme.file, &scheme.text, other));
            } else {
                first.insert(id.clone(), scheme.file.clone());
                self.schemes.push(scheme);
            }
        }
    }

    /// What a scheme takes from questionnaires has to be there: among those that were read, or in the folder of the scheme.
    fn report_missing(&mut self) {
        for scheme in std::mem::take(&mut self.schemes) {
            let known: Vec<&Questionnaire> = self.definitions.iter().map(|definition| &definition.questionnaire).collect();
            let complete = scheme.scheme.questionnaires().iter().all(|id| known.iter().any(|questionnaire| questionnaire.id == **id));
            let beside = if complete { Vec::new() } else { beside(&scheme.file) };
            let all: Vec<&Questionnaire> = known.into_iter().chain(beside.iter().map(|definition| &definition.questionnaire)).collect();
            let faults: Vec<Diagnostic> = scheme.scheme.missing(&all).iter().map(|missing| not_there(&scheme, missing)).collect();
            if faults.is_empty() {
                self.schemes.push(scheme);
            } else {
                self.faulty.push(FaultyFile { text: scheme.text, faults });
            }
        }
    }
}

/// Questionnaires without faults in the folder of a file.
fn beside(file: &Path) -> Vec<Definition> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let files = files_of(folder).unwrap_or_default();
    let questionnaires = files.iter().filter(|file| !name_of(file).ends_with(SCHEME));
    questionnaires.filter_map(|file| definition(file, read_text(file).ok()?).ok()).collect()
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The file itself, or the definitions of a folder by name.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, Flaw> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in path.read_dir().map_err(not_read)? {
        let file = entry.map_err(not_read)?.path();
        let toml = file.extension().is_some_and(|extension| extension == "toml");
        if toml && !name_of(&file).ends_with(ROUND) && file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Flaw::EmptyFolder);
    }
    Ok(files)
}

/// Reads a text, but never much more than a definition can have: a path can lead to anything.
fn read_text(file: &Path) -> Result<String, Flaw> {
    let most = u64::try_from(FILE_MAX + 1).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(not_read)?;
    if bytes.len() > FILE_MAX {
        // The cut may go through a character; the text is refused for its size whatever it says.
        return Ok(String::from_utf8_lossy(&bytes).into_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes().iter().take(valid).filter(|&&byte| byte == b'\n').count();
        Flaw::NotUtf8 { line }
    })
}

#[expect(clippy::needless_pass_by_value, reason = "it is what becomes of an error")]
fn not_read(error: io::Error) -> Flaw {
    Flaw::Unreadable { cause: error.to_string() }
}

fn unreadable(path: &Path, what: Flaw) -> FaultyFile {
    let fault = Diagnostic { file: shown(path), what, span: 0..0, more: 0 };
    FaultyFile { text: String::new(), faults: vec![fault] }
}

fn duplicate(thing: Thing, id: &str, file: &Path, text: &str, other: &Path) -> FaultyFile {
    let what = Flaw::IdTaken { thing, given: id.to_owned(), other: shown(other) };
    let fault = at_word(what, id, file, text);
    FaultyFile { text: text.to_owned(), faults: vec![fault] }
}

fn not_there(scheme: &SchemeDefinition, missing: &Missing) -> Diagnostic {
    at_word(missing.what.clone(), &missing.word, &scheme.file, &scheme.text)
}

/// A fault at a code of the file. It stands there as it is; its first place in quotes is the value.
fn at_word(what: Flaw, word: &str, file: &Path, text: &str) -> Diagnostic {
    let start = text.find(&format!("\"{word}\"")).unwrap_or(0);
    let span = start..start + word.len() + 2;
    Diagnostic { file: shown(file), what, span, more: 0 }
}
