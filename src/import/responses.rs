//! Sheets from a CSV file: `unit, group, mode, stratum, psu` and a column for each item; where respondents rate units, `rated_unit` in
//! place of `unit`, and `not_worked_with`.
//!
//! The file is read twice, so that a million rows need no memory: the first reading checks every row and hashes the file, the second
//! writes, and a file that changed in between is refused. A row is read into a sheet as a form is, by [`crate::survey::reading`]. One
//! without any answer is no sheet: it is passed over and counted as such, and what is written on it is kept as any remark.

mod canonical;
mod header;
mod row;

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::table::{RowFault, Table};
use crate::fault::{Fault, Faults, Wrong};
use crate::keys::FileSecret;
use crate::meter::Progress;
use crate::refusal::Refusal;
use crate::store::audit::By;
use crate::store::imports::{Anyway, ImportedFile, PART};
use crate::store::rounds::Asked;
use crate::store::{Store, StoreError};
use crate::survey::Questionnaire;
use crate::survey::codebook::Codebook;
use crate::survey::reading::Places;
use crate::unit::Registered;
use header::Header;
use row::ResponseRow;

/// Largest file in bytes: 2 kB for each of a million rows.
const BYTES_MOST: u64 = 2_000_000_000;

/// What the rows of a file are read against.
#[derive(Debug)]
pub struct AgainstQuestionnaire<'q> {
    questionnaire: &'q Questionnaire,
    codebook: Codebook,
    places: Places,
    units: HashMap<String, UnitStanding>,
}

/// What a unit is to the questionnaire.
#[derive(Debug)]
enum UnitStanding {
    /// It is asked about; this is its row.
    Asked(i32),
    /// It is not; perhaps another one took over its work.
    NotAsked(Option<String>),
}

impl<'q> AgainstQuestionnaire<'q> {
    /// A questionnaire of a round, and the register.
    #[must_use]
    pub fn new(questionnaire: &'q Questionnaire, asked: &Asked, register: &[Registered]) -> Self {
        let standing = |registered: &Registered| {
            if asked.units.contains(&registered.id) {
                UnitStanding::Asked(registered.id)
            } else {
                UnitStanding::NotAsked(registered.unit.merged_into.as_ref().map(ToString::to_string))
            }
        };
        let units = register.iter().map(|registered| (registered.unit.code.to_string(), standing(registered))).collect();
        Self { questionnaire, codebook: Codebook::new(questionnaire), places: Places::of(questionnaire), units }
    }

    /// Reads every row and keeps none.
    ///
    /// # Errors
    /// All faults of the file.
    pub fn check(&self, file: impl Read, progress: Progress<'_>) -> Result<Checked, Faults> {
        let mut rows = Rows::open(self, file, progress)?;
        let mut faults = Faults::default();
        let (mut content, mut sheets, mut passed_over, mut remarks) = (BTreeMap::<i32, Vec<[u8; 32]>>::new(), 0, 0, 0);
        loop {
            match rows.next(&mut faults)? {
                NextRow::End => break,
                NextRow::Faulty => {}
                NextRow::Row(ResponseRow::Sheet(sheet, hash)) => {
                    content.entry(sheet.unit).or_default().push(hash);
                    sheets += 1;
                }
                NextRow::Row(ResponseRow::NoAnswer(written)) => {
                    passed_over += 1;
                    remarks += written.len();
                }
            }
        }
        if content.is_empty() && remarks == 0 && faults.shown().is_empty() {
            faults.add(Fault::file(Wrong::NoSheets));
        }
        let content = canonical::of_file(&self.questionnaire.id, content);
        faults.or(Checked { sha256: rows.table.sha256(), content, sheets, passed_over })
    }
}

/// A file without faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
    /// SHA-256 of what its sheets say, whatever their order and however it is written, and of those about one unit; names no sheet. Empty
    /// where it has none.
    pub content: String,
    /// How many sheets it has.
    pub sheets: u64,
    /// How many rows without an answer it has beside them.
    pub passed_over: u64,
}

/// Why a file was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It has faults.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The store refused it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It could not be opened.
    #[error(transparent)]
    File(#[from] io::Error),
    /// It is not the file that was checked.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

/// How a file is brought.
#[derive(Debug, Clone, Copy)]
pub struct Bringing<'a> {
    /// Who brings the file.
    pub by: &'a By,
    /// In spite of what.
    pub anyway: Anyway,
    /// The secret by which the file is known again.
    pub secret: &'a FileSecret,
}

/// Reads a file and changes nothing.
///
/// # Errors
/// All faults of the file.
pub fn check(against: &AgainstQuestionnaire<'_>, path: &Path, progress: Progress<'_>) -> Result<Checked, ImportError> {
    require_file(path)?;
    let file = File::open(path)?;
    Ok(against.check(BufReader::new(file), progress)?)
}

/// Imports a file that was checked: all of it, or nothing and the reason. `progress` hears how many bytes were read.
///
/// # Errors
/// When the file changes meanwhile, was imported before (into this round: unless `again`), or the round is not open.
pub async fn import(
    store: &Store,
    asked: &Asked,
    against: &AgainstQuestionnaire<'_>,
    (path, checked): (&Path, &Checked),
    Bringing { by, anyway, secret }: Bringing<'_>,
    progress: Progress<'_>,
) -> Result<(), ImportError> {
    let (sha256, content) = (secret.known_by(&checked.sha256), known_by(secret, &checked.content));
    let file = ImportedFile { sha256: &sha256, content: &content };
    let mut import = store.begin_import(asked, file, anyway, by).await?;
    let second = BufReader::new(File::open(path)?);
    let mut rows = Rows::open(against, second, progress)?;
    let mut faults = Faults::default();
    while let NextRow::Row(row) = rows.next(&mut faults)? {
        match row {
            ResponseRow::Sheet(sheet, _) => import.add(asked.id, sheet).await?,
            ResponseRow::NoAnswer(remarks) => import.add_remarks(asked.id, remarks).await?,
        }
    }
    // Dropped without `finish`, the import leaves nothing behind.
    if !faults.shown().is_empty() || rows.table.sha256() != checked.sha256 {
        return Err(Refusal::FileChanges.into());
    }
    import.finish().await?;
    Ok(())
}

/// What is read twice has to be there twice: a pipe would be waited for without an end.
fn require_file(path: &Path) -> Result<(), ImportError> {
    if std::fs::metadata(path)?.is_file() { Ok(()) } else { Err(Refusal::NotAFile { file: path.display().to_string() }.into()) }
}

/// What is kept of the hashes of a content.
fn known_by(secret: &FileSecret, content: &str) -> String {
    content.split(PART).filter(|hash| !hash.is_empty()).map(|hash| secret.known_by(hash)).collect::<Vec<_>>().join(PART)
}

/// SHA-256 of a file, by which an import is known.
///
/// # Errors
/// When the file cannot be read.
pub fn sha256(path: &Path) -> io::Result<String> {
    let mut file = BufReader::new(File::open(path)?);
    let mut hash = Sha256::new();
    let mut buffer = [0; 8 * 1024];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(hex::encode(hash.finalize()));
        }
        hash.update(buffer.get(..count).unwrap_or_default());
    }
}

/// One reading of a file.
struct Rows<'a, 'p, R> {
    against: &'a AgainstQuestionnaire<'a>,
    table: Table<'p, R>,
    header: Header,
}

/// What the next row was.
enum NextRow {
    Row(ResponseRow),
    Faulty,
    End,
}

impl<'a, 'p, R: Read> Rows<'a, 'p, R> {
    fn open(against: &'a AgainstQuestionnaire<'a>, file: R, progress: Progress<'p>) -> Result<Self, Faults> {
        let table = Table::open(file, BYTES_MOST, progress)?;
        let header = Header::read(table.columns(), table.row(), against.questionnaire)?;
        Ok(Self { against, table, header })
    }

    /// Reads a row; its faults are added to those found before.
    fn next(&mut self, faults: &mut Faults) -> Result<NextRow, Faults> {
        match self.table.next_full() {
            Ok(None) => Ok(NextRow::End),
            Ok(Some(cells)) => {
                Ok(row::read(self.against, &self.header, &cells, self.table.row(), faults).map_or(NextRow::Faulty, NextRow::Row))
            }
            Err(RowFault::Skip(fault)) => {
                faults.add(fault);
                Ok(NextRow::Faulty)
            }
            Err(RowFault::Stop(fault)) => {
                faults.add(fault);
                Err(std::mem::take(faults))
            }
        }
    }
}
