//! Sheets that come by file: paper that was typed in, and other systems. All of a file or nothing, until closing to be undone.

use std::collections::BTreeMap;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;

use super::audit::{Action, By};
use super::entity::{import, round};
use super::open_rows::{OpenRemark, OpenSheet, SharedByRows, insert_heads, insert_remarks, insert_sheets};
use super::open_tables::OpenTables;
use super::rounds::Asked;
use super::sealing::{about, seal_contents, seal_remarks};
use super::seals::seal_on;
pub use super::shared_files::{ImportedFile, PART, PRINT_END};
use super::shared_files::{class_of, files_of, imported, is_unsure, known, share_sheets};
use super::{Result, Store, Transaction};
use crate::deposit::MixingCell;
use crate::refusal::Refusal;
use crate::round::RoundState;
use crate::seal::{Binding, Contents, Generation};
use crate::survey::mode::Mode;

/// Rows that are shuffled together before they are written: while a round is open, a file's order is hidden inside such a batch.
const BATCH: usize = 5_000;

/// One sheet of a file.
#[derive(Debug, Clone)]
pub struct ImportedSheet {
    /// Row of the unit.
    pub unit: i32,
    /// Respondent group.
    pub group: String,
    /// How it was filled in.
    pub mode: Mode,
    /// Stratum of the sample.
    pub stratum: Option<String>,
    /// Primary sampling unit.
    pub psu: Option<String>,
    /// Packed answers.
    pub answers: Vec<u8>,
    /// What was written: item code and words.
    pub remarks: Vec<(String, String)>,
}

/// What of a questionnaire came from files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromFiles {
    /// The questionnaire's row.
    pub questionnaire: i32,
    /// How many files.
    pub files: usize,
    /// Who brought the files, in the order in which they first did.
    pub by: Vec<String>,
}

impl FromFiles {
    fn none(questionnaire: i32) -> Self {
        Self { questionnaire, files: 0, by: Vec::new() }
    }
}

/// In spite of what a file is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Anyway {
    /// The same sheets may be in the round already.
    pub again: bool,
    /// The secret by which files before are known is lost, so that nobody can say whether this one was in a round.
    pub lost_secret: bool,
}

/// A file on its way in: one transaction, not visible to anybody until [`RunningImport::finish`].
#[derive(Debug)]
pub struct RunningImport {
    store: Store,
    transaction: Transaction,
    tables: OpenTables,
    row: import::Model,
    asked: Asked,
    by: By,
    /// The generation whose key seals the file's sheets.
    generation: Generation,
    sheets: Vec<(MixingCell, Vec<u8>)>,
    remarks: Vec<OpenRemark>,
    count: i32,
    anyway: Anyway,
}

impl Store {
    /// Begins to import a file for somebody whose name is kept with it, also when the round is closed.
    ///
    /// # Errors
    /// When the round is not open, the same file or the same sheets were imported and not undone (unless again), or are in another round.
    pub async fn begin_import(&self, asked: &Asked, file: ImportedFile<'_>, anyway: Anyway, by: &By) -> Result<RunningImport> {
        let ImportedFile { sha256, content } = file;
        let transaction = self.write().await?;
        let round = require_open(&transaction, asked).await?;
        self.refuse_file_of_another_round(&transaction, asked.round, file).await?;
        if !anyway.again {
            refuse_repeated(&transaction, asked.id, None, file).await?;
        }
        let row = import::ActiveModel {
            questionnaire_id: Set(asked.id),
            sha256: Set(sha256.to_owned()),
            content: Set(content.to_owned()),
            sheets: Set(0),
            undone: Set(false),
            imported_by: Set(by.who.clone()),
            ..Default::default()
        };
        let row = row.insert(&transaction).await?;
        let public = seal_on(&transaction, asked.round).await?.map(|seal| seal.public);
        let generation = public.and_then(|public| Generation::draw(&public, asked.round));
        let generation = generation.ok_or(Refusal::NoSeal { round })?;
        let tables = OpenTables::of(asked.round);
        insert_heads(&transaction, &tables, &[(generation.id(), generation.head().to_vec())]).await?;
        Ok(RunningImport {
            store: self.clone(),
            transaction,
            tables,
            row,
            asked: asked.clone(),
            by: by.clone(),
            generation,
            sheets: Vec::new(),
            remarks: Vec::new(),
            count: 0,
            anyway,
        })
    }

    /// How many files were imported into a round and not undone, by questionnaire, and by whom. Kept when the round is closed, where
    /// nothing else says that there were any. How many sheets they had would tell, beside what is published, how many of these are in no
    /// figure.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn files_by_questionnaire(&self, round: i32) -> Result<Vec<FromFiles>> {
        let mut found: BTreeMap<i32, FromFiles> = BTreeMap::new();
        for file in files_of(&*self.db, round).await? {
            let of = found.entry(file.questionnaire_id).or_insert_with(|| FromFiles::none(file.questionnaire_id));
            of.files += 1;
            // Files that came before names were asked for have none.
            if !file.imported_by.is_empty() && !of.by.contains(&file.imported_by) {
                of.by.push(file.imported_by);
            }
        }
        Ok(found.into_values().collect())
    }

    /// Takes a file's sheets back out and says how many there were.
    ///
    /// # Errors
    /// When the round is not open any more, or no such file is in.
    pub async fn undo_import(&self, asked: &Asked, sha256: &str, by: &By) -> Result<u64> {
        let transaction = self.write().await?;
        require_open(&transaction, asked).await?;
        let files = import::Entity::find()
            .filter(import::Column::QuestionnaireId.eq(asked.id))
            .filter(import::Column::Sha256.eq(sha256))
            .filter(import::Column::Undone.eq(false))
            .all(&transaction)
            .await?;
        let Some(file) = files.into_iter().last() else {
            return Err(Refusal::FileNotImported.into());
        };
        let tables = OpenTables::of(asked.round);
        let mut removed = 0;
        for table in [&tables.remark, &tables.sheet] {
            let sql = format!("DELETE FROM {table} WHERE import_id = $1");
            removed = transaction.execute_raw(self.statement(sql, [file.id.into()])).await?.rows_affected();
        }
        // Whoever imports it again has it known again, and how many sheets it had would tell how many they are then.
        let (sha256, content, sheets) = (Set(String::new()), Set(String::new()), Set(0));
        let undone = import::ActiveModel { id: Set(file.id), undone: Set(true), sha256, content, sheets, ..Default::default() };
        undone.update(&transaction).await?;
        let detail = json!({ "questionnaire": asked.code, "import": file.id });
        self.record(&transaction, by, Action::UndoResponses, Some(asked.round), &detail).await?;
        self.commit(transaction).await?;
        self.checkpoint().await;
        Ok(removed)
    }
}

impl RunningImport {
    /// Adds a sheet.
    ///
    /// # Errors
    /// When the database refuses a batch.
    pub async fn add(&mut self, questionnaire: i32, sheet: ImportedSheet) -> Result<()> {
        let ImportedSheet { unit, group, mode, stratum, psu, answers, remarks } = sheet;
        self.seal_written(questionnaire, remarks);
        let cell = MixingCell { questionnaire, unit, group };
        let about = about(self.asked.round, &cell);
        let sealed = seal_contents(&self.generation, &about, &Contents { mode: mode.number(), stratum, psu, answers });
        self.sheets.push((cell, sealed));
        self.count = self.count.saturating_add(1);
        self.flush_when_full().await
    }

    /// Adds what was written without a sheet: item code and words.
    ///
    /// # Errors
    /// When the database refuses a batch.
    pub async fn add_remarks(&mut self, questionnaire: i32, remarks: Vec<(String, String)>) -> Result<()> {
        self.seal_written(questionnaire, remarks);
        self.flush_when_full().await
    }

    /// Seals what was written, apart from the sheet that it was on.
    fn seal_written(&mut self, questionnaire: i32, remarks: Vec<(String, String)>) {
        let about = Binding { round: self.asked.round, questionnaire, unit: 0, group: "" };
        let sealed = remarks.into_iter().map(|remark| seal_remarks(&self.generation, &about, &[remark]));
        let (import, generation) = (Some(self.row.id), self.generation.id());
        self.remarks.extend(sealed.map(|sealed| OpenRemark { questionnaire, generation, import, sealed }));
    }

    async fn flush_when_full(&mut self) -> Result<()> {
        if self.sheets.len().max(self.remarks.len()) >= BATCH { self.flush().await } else { Ok(()) }
    }

    async fn flush(&mut self) -> Result<()> {
        let (import, generation) = (Some(self.row.id), self.generation.id());
        let rows = self.sheets.iter().map(|(cell, sealed)| {
            let shared = SharedByRows { questionnaire: cell.questionnaire, group: &cell.group, generation, import };
            OpenSheet { shared, unit: cell.unit, sealed }
        });
        insert_sheets(&self.transaction, &self.tables, rows.collect()).await?;
        self.sheets.clear();
        insert_remarks(&self.transaction, &self.tables, std::mem::take(&mut self.remarks)).await
    }

    /// Makes the whole file part of the round and says how many sheets it had.
    ///
    /// # Errors
    /// When the database refuses, or somebody has imported the same meanwhile; then nothing of the file is in.
    pub async fn finish(mut self) -> Result<i32> {
        self.flush().await?;
        self.store.take_turn(&self.transaction).await?;
        let import::Model { id, questionnaire_id, sha256, content, .. } = &self.row;
        let file = ImportedFile { sha256, content };
        let round = self.asked.round;
        self.store.refuse_file_of_another_round(&self.transaction, round, file).await?;
        if !self.anyway.again {
            refuse_repeated(&self.transaction, *questionnaire_id, Some(*id), file).await?;
        }
        // Two who bring the first file, each with a folder of keys that knows none, see each other only here.
        let is_unsure = is_unsure(&known(&self.transaction, Some(*id)).await?, file);
        if is_unsure && !self.anyway.lost_secret {
            return Err(Refusal::FilesOtherSecret.into());
        }
        let counted = import::ActiveModel { id: Set(self.row.id), sheets: Set(self.count), ..Default::default() };
        counted.update(&self.transaction).await?;
        // Without the number of its sheets: while the round is open nothing says how many there are.
        let detail = json!({ "questionnaire": self.asked.code, "import": id, "again": self.anyway.again, "lost_secret": is_unsure });
        self.store.record(&self.transaction, &self.by, Action::ImportResponses, Some(round), &detail).await?;
        self.store.commit(self.transaction).await?;
        Ok(self.count)
    }
}

/// Refuses sheets that a questionnaire has already, by the bytes of their file or by what all of them, or those about a unit, say. `own` is
/// the import that is on its way.
async fn refuse_repeated(on: &Transaction, questionnaire: i32, own: Option<i32>, file: ImportedFile<'_>) -> Result<()> {
    let before = imported(on).await?.into_iter().filter(|before| before.questionnaire_id == questionnaire && Some(before.id) != own);
    let before: Vec<_> =
        before.filter(|before| share_sheets(ImportedFile { sha256: &before.sha256, content: &before.content }, file)).collect();
    let whole = |content: &str| content.split(PART).next().map(str::to_owned);
    let (very_file, all) =
        (|before: &&import::Model| before.sha256 == file.sha256, |before: &&import::Model| whole(&before.content) == whole(file.content));
    let (very, same) = (before.iter().find(very_file), before.iter().find(all));
    let Some(found) = very.or(same).or(before.first()) else { return Ok(()) };
    let sheets = class_of(found);
    Err(match (very, same) {
        (Some(_), _) => Refusal::FileRepeated { sheets },
        (None, Some(_)) => Refusal::SheetsRepeated { sheets },
        (None, None) => Refusal::UnitRepeated,
    }
    .into())
}

/// The code of a round, where it is open.
pub(super) async fn require_open(on: &Transaction, asked: &Asked) -> Result<String> {
    // Held until the transaction ends: a close that begins now waits for it. SQLite has one writer and needs no lock.
    let round = round::Entity::find_by_id(asked.round).lock_shared().one(on).await?;
    match round {
        Some(round) if round.state == RoundState::Open.to_string() => Ok(round.code),
        Some(round) => Err(Refusal::NotOpen { round: round.code, state: round.state }.into()),
        None => Err(Refusal::RoundGone { questionnaire: asked.code.clone() }.into()),
    }
}
