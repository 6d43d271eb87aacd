//! Files of sheets that two rounds share. Whoever sees the figures of both could subtract one from the other, so a file goes into one round only.
//!
//! A file is known by the hash of its bytes, by that of what its sheets say, and by those of what all its sheets about a unit say, each under a secret
//! that is in no database: where one of these is the same, both share those sheets. Once its round is closed, a file is known only by what its sheets
//! about a unit say where ten and more of them differ. Its sheets lie open then, and by a hash of all of them, whoever has the secret would find which
//! ones it brought, down to the only one about a unit.

use std::collections::BTreeSet;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::{import, round, round_questionnaire};
use super::{Result, Store, Transaction};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::scoring::classes::SheetClass;
use crate::scoring::thresholds::Thresholds;

/// What stands between the hashes of a file's sheets and of its parts.
pub const PART: &str = ";";

/// What stands between the fingerprint of a secret and what it made of a hash.
pub const PRINT_END: char = '.';

/// What is kept of a file of sheets: hashes, of which a secret that is in no database has made others.
#[derive(Debug, Clone, Copy)]
pub struct ImportedFile<'a> {
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: &'a str,
    /// SHA-256 of what its sheets say, in hexadecimal digits, and of parts of them, with [`PART`] between; stays with the round, so that no other one
    /// takes the same sheets.
    pub content: &'a str,
}

impl Store {
    /// By which secrets files are known, by what these begin everything with that they make of a hash.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn file_prints(&self) -> Result<BTreeSet<String>> {
        Ok(prints(&imported(&*self.db).await?))
    }

    /// Refuses a file that another round has already.
    pub(super) async fn refuse_file_of_another_round(&self, on: &Transaction, own: i32, file: ImportedFile<'_>) -> Result<()> {
        match others_with(on, own, file, &imported(on).await?).await?.first() {
            None => Ok(()),
            Some(other) => Err(Refusal::FileElsewhere { round: other.code.clone() }.into()),
        }
    }

    /// Refuses to publish a round that shares a file with one that is published.
    pub(super) async fn refuse_shared_files(&self, on: &Transaction, round: &Round) -> Result<()> {
        let imported = imported(on).await?;
        for file in files_of(on, round.id).await? {
            // Versions before kept a hash of no sheets, which is no reason.
            let content = if file.sheets == 0 { "" } else { &*file.content };
            let same = ImportedFile { sha256: &file.sha256, content };
            let others = others_with(on, round.id, same, &imported).await?;
            let Some(other) = others.iter().find(|other| other.state == RoundState::Published.to_string()) else { continue };
            let brought_by = Some(file.imported_by.clone()).filter(|brought_by| !brought_by.is_empty());
            let (round, other, sheets) = (round.code.clone(), other.code.clone(), class_of(&file));
            return Err(Refusal::FileShared { round, other, sheets, brought_by }.into());
        }
        Ok(())
    }
}

/// What is kept of the files of a round that is closed: nothing by which whoever brought a sheet could be found now that it lies open, and of how many
/// a file had no more than the class.
pub(super) async fn forget_few(on: &Transaction, round: i32) -> Result<()> {
    for file in files_of(on, round).await? {
        let least = SheetClass::of(Thresholds::least(), u64::try_from(file.sheets).unwrap_or_default()).fewest();
        let (content, sheets) = (Set(parts(&file.content).to_owned()), Set(i32::try_from(least).unwrap_or(i32::MAX)));
        let change = import::ActiveModel { id: Set(file.id), sha256: Set(String::new()), content, sheets, ..Default::default() };
        change.update(on).await?;
    }
    Ok(())
}

/// A content without the hash of all sheets, which stands first.
fn parts(content: &str) -> &str {
    content.find(PART).map_or("", |end| &content[end..])
}

fn prints(imported: &[import::Model]) -> BTreeSet<String> {
    let known = imported.iter().flat_map(|file| hashes(&file.content).chain([&*file.sha256]));
    known.filter_map(|hash| hash.split_once(PRINT_END)).map(|(print, _)| print.to_owned()).collect()
}

/// Whether nobody can say if a file was imported before, because all that are known are known by other secrets.
pub(super) fn is_unsure(imported: &[import::Model], file: ImportedFile<'_>) -> bool {
    let prints = prints(imported);
    !prints.is_empty() && !file.sha256.split_once(PRINT_END).is_some_and(|(print, _)| prints.contains(print))
}

/// The class of a file's number of sheets: all that is said of a file that was imported.
pub(super) fn class_of(file: &import::Model) -> String {
    SheetClass::of(Thresholds::least(), u64::try_from(file.sheets).unwrap_or_default()).to_string()
}

/// The files of a round that were not undone.
pub(super) async fn files_of(on: &impl ConnectionTrait, round: i32) -> Result<Vec<import::Model>> {
    let asked = round_questionnaire::Entity::find().filter(round_questionnaire::Column::RoundId.eq(round)).all(on).await?;
    let files = import::Entity::find()
        .filter(import::Column::QuestionnaireId.is_in(asked.iter().map(|asked| asked.id)))
        .filter(import::Column::Undone.eq(false))
        .order_by_asc(import::Column::Id);
    Ok(files.all(on).await?)
}

/// Imports that were not undone.
pub(super) async fn imported(on: &impl ConnectionTrait) -> Result<Vec<import::Model>> {
    Ok(import::Entity::find().filter(import::Column::Undone.eq(false)).all(on).await?)
}

/// Whether an import is of the same bytes or the same sheets, all of them or those about a unit.
pub(super) fn shares_sheets(import: &import::Model, file: ImportedFile<'_>) -> bool {
    (import.sha256 == file.sha256 && !file.sha256.is_empty())
        || hashes(file.content).any(|hash| hashes(&import.content).any(|other| other == hash))
}

/// The hashes of a content. Files of before have none, nor have those without a sheet, and share nothing by that.
fn hashes(content: &str) -> impl Iterator<Item = &str> {
    content.split(PART).filter(|hash| !hash.is_empty())
}

/// The other rounds that have sheets of a file.
async fn others_with(on: &impl ConnectionTrait, own: i32, file: ImportedFile<'_>, imported: &[import::Model]) -> Result<Vec<round::Model>> {
    let shared = imported.iter().filter(|import| shares_sheets(import, file)).map(|import| import.questionnaire_id);
    let asked = round_questionnaire::Entity::find().filter(round_questionnaire::Column::Id.is_in(shared));
    let rounds = asked.all(on).await?.into_iter().map(|asked| asked.round_id).filter(|round| *round != own);
    Ok(round::Entity::find().filter(round::Column::Id.is_in(rounds)).order_by_asc(round::Column::Id).all(on).await?)
}
