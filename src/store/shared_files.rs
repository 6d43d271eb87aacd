//! Files of sheets that two rounds share. Whoever sees the figures of both could subtract one from the other, so a file goes into one round only.
//!
//! A file is known by the hash of its bytes, which every version has kept, by that of what its sheets say, and by those of what all its sheets about
//! a unit say: where one of these is the same, both share those sheets. What versions before did not keep, their files are not known by.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::{import, round, round_questionnaire};
use super::{Result, Store, StoreError, Transaction};
use crate::round::{Round, RoundState};
use crate::scoring::classes::SheetClass;
use crate::scoring::thresholds::Thresholds;

/// What stands between the hashes of a file's sheets and of its parts.
pub const PART: &str = ";";

/// What is kept of a file of sheets.
#[derive(Debug, Clone, Copy)]
pub struct ImportedFile<'a> {
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: &'a str,
    /// SHA-256 of what its sheets say, in hexadecimal digits, and of parts of them, with [`PART`] between; stays with the round, so that no other one
    /// takes the same sheets.
    pub content: &'a str,
}

impl Store {
    /// Refuses a file that another round has already.
    pub(super) async fn refuse_file_of_another_round(&self, on: &Transaction, own: i32, file: ImportedFile<'_>) -> Result<()> {
        match others_with(on, own, file, &imported(on).await?).await?.first() {
            None => Ok(()),
            Some(other) => Err(StoreError::refused(format!(
                "sheets of this file are in round `{}` already, and one file goes into one round only: what two rounds share could be \
                 subtracted. If it went there by mistake, take it out with `par-survey responses undo` while that round is open",
                other.code
            ))),
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
            return Err(StoreError::refused(format!(
                "round `{}` and round `{}`, which is published, share a file of {} sheets{}: whoever sees the figures of both could subtract \
                 them. Make a new round without that file; only while a round is open can `par-survey responses undo` take one out",
                round.code,
                other.code,
                class_of(&file),
                if file.imported_by.is_empty() { String::new() } else { format!(", imported by {}", file.imported_by) }
            )));
        }
        Ok(())
    }
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
    // Files of before have none, nor have those without a sheet, and share nothing by that.
    let hashes = |content| str::split(content, PART).filter(|hash: &&str| !hash.is_empty());
    import.sha256 == file.sha256 || hashes(file.content).any(|hash| hashes(&*import.content).any(|other| other == hash))
}

/// The other rounds that have sheets of a file.
async fn others_with(on: &impl ConnectionTrait, own: i32, file: ImportedFile<'_>, imported: &[import::Model]) -> Result<Vec<round::Model>> {
    let shared = imported.iter().filter(|import| shares_sheets(import, file)).map(|import| import.questionnaire_id);
    let asked = round_questionnaire::Entity::find().filter(round_questionnaire::Column::Id.is_in(shared));
    let rounds = asked.all(on).await?.into_iter().map(|asked| asked.round_id).filter(|round| *round != own);
    Ok(round::Entity::find().filter(round::Column::Id.is_in(rounds)).order_by_asc(round::Column::Id).all(on).await?)
}
