//! Files of sheets that two rounds share. Whoever sees the figures of both could subtract one from the other, so a file goes into one round
//! only.
//!
//! A file is known by the hash of its bytes, by that of what its sheets say, and by those of what all its sheets about a unit say, each
//! under a secret that is in no database: where one of these is the same, both share those sheets.
//!
//! Once its round is closed its sheets lie open, and whoever has the secret could find those that a file brought. So these hashes stand
//! apart then, with nothing by which they belong to who brought the file or when, and in no order; nothing else says how many sheets a file
//! had. Of a file of fewer than ten nothing stands there, as that two rounds share so few lets nobody subtract one from the other, nor of
//! one that the list of actions would tell from the others.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::entity::{import, known_file, round, round_questionnaire};
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
    /// SHA-256 of what its sheets say, in hexadecimal digits, and of parts of them, with [`PART`] between; stays with the round, so that no
    /// other one takes the same sheets.
    pub content: &'a str,
}

impl Store {
    /// The secrets by which files are known, each by what everything begins with that it makes of a hash.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn file_prints(&self) -> Result<BTreeSet<String>> {
        Ok(prints(&known(&*self.db, None).await?))
    }

    /// Refuses a file that another round has already.
    pub(super) async fn refuse_file_of_another_round(&self, on: &Transaction, own: i32, file: ImportedFile<'_>) -> Result<()> {
        match others_with(on, own, file, &known(on, None).await?).await?.first() {
            None => Ok(()),
            Some(other) => Err(Refusal::FileElsewhere { round: other.code.clone() }.into()),
        }
    }

    /// Refuses to publish a round that shares a file with one that is published.
    pub(super) async fn refuse_shared_files(&self, on: &Transaction, round: &Round) -> Result<()> {
        let (known, asked) = (known(on, None).await?, questionnaires_of(on, round.id).await?);
        for file in known.iter().filter(|file| asked.contains(&file.questionnaire)) {
            let others = others_with(on, round.id, ImportedFile { sha256: &file.sha256, content: &file.content }, &known).await?;
            if let Some(other) = others.iter().find(|other| other.state == RoundState::Published.to_string()) {
                return Err(Refusal::FileShared { round: round.code.clone(), other: other.code.clone() }.into());
            }
        }
        Ok(())
    }
}

/// A file by what it is known.
#[derive(Debug)]
pub(super) struct KnownFile {
    questionnaire: i32,
    sha256: String,
    content: String,
}

/// All files that are known, but for an import that is on its way.
pub(super) async fn known(on: &impl ConnectionTrait, but: Option<i32>) -> Result<Vec<KnownFile>> {
    let imported = imported(on).await?.into_iter().filter(|file| Some(file.id) != but);
    let open = imported.map(|import::Model { questionnaire_id, sha256, content, .. }| KnownFile {
        questionnaire: questionnaire_id,
        sha256,
        content,
    });
    let apart = known_file::Entity::find().order_by_asc(known_file::Column::Id).all(on).await?.into_iter();
    let closed = apart.map(|known_file::Model { questionnaire_id, sha256, content, .. }| KnownFile {
        questionnaire: questionnaire_id,
        sha256,
        content,
    });
    Ok(open.chain(closed).collect())
}

/// Sets what the files of a round are known by apart from the files, now that the round is closed.
pub(super) async fn set_apart(on: &Transaction, round: i32) -> Result<()> {
    let mut files = telling_nobody(files_of(on, round).await?);
    // By what a secret has made of them, and so in no order that anybody knows.
    files.sort_unstable_by(|one, other| one.sha256.cmp(&other.sha256));
    for import::Model { questionnaire_id, sha256, content, .. } in files {
        let row = known_file::ActiveModel {
            questionnaire_id: Set(questionnaire_id),
            sha256: Set(sha256),
            content: Set(content),
            ..Default::default()
        };
        row.insert(on).await?;
    }
    let bare = import::ActiveModel { sha256: Set(String::new()), content: Set(String::new()), sheets: Set(0), ..Default::default() };
    let of_round = import::Column::QuestionnaireId.is_in(questionnaires_of(on, round).await?);
    import::Entity::update_many().set(bare).filter(of_round).exec(on).await?;
    Ok(())
}

/// Those of a round's files of which nothing that is written down of an import singles one out: of few sheets none, of those that share
/// sheets, as only who says so imports them, none, and of those under another secret than most, as only who says that theirs is lost
/// imports them, none.
fn telling_nobody(files: Vec<import::Model>) -> Vec<import::Model> {
    let print = |file: &import::Model| file.sha256.split_once(PRINT_END).map(|(print, _)| print.to_owned());
    let (mut prints, mut seen) = (BTreeMap::<Option<String>, usize>::new(), HashMap::<String, usize>::new());
    for file in &files {
        *prints.entry(print(file)).or_default() += 1;
        for hash in hashes(&file.content).chain([&*file.sha256]).collect::<BTreeSet<_>>() {
            *seen.entry(hash.to_owned()).or_default() += 1;
        }
    }
    let usual = prints.into_iter().max_by_key(|(_, files)| *files).and_then(|(print, _)| print);
    let is_many = |file: &import::Model| u32::try_from(file.sheets).is_ok_and(|sheets| sheets >= Thresholds::least().floor);
    let is_alone = |file: &import::Model| hashes(&file.content).chain([&*file.sha256]).all(|hash| seen.get(hash) == Some(&1));
    files.into_iter().filter(|file| is_many(file) && is_alone(file) && print(file) == usual).collect()
}

fn prints(known: &[KnownFile]) -> BTreeSet<String> {
    known.iter().filter_map(|file| file.sha256.split_once(PRINT_END)).map(|(print, _)| print.to_owned()).collect()
}

/// Whether nobody can say if a file was imported before, because all that are known are known by other secrets.
pub(super) fn is_unsure(known: &[KnownFile], file: ImportedFile<'_>) -> bool {
    let prints = prints(known);
    !prints.is_empty() && !file.sha256.split_once(PRINT_END).is_some_and(|(print, _)| prints.contains(print))
}

/// The class of a file's number of sheets: all that is said of a file that was imported.
pub(super) fn class_of(file: &import::Model) -> String {
    SheetClass::of(Thresholds::least(), u64::try_from(file.sheets).unwrap_or_default()).to_string()
}

/// The files of a round that were not undone.
pub(super) async fn files_of(on: &impl ConnectionTrait, round: i32) -> Result<Vec<import::Model>> {
    let files = import::Entity::find()
        .filter(import::Column::QuestionnaireId.is_in(questionnaires_of(on, round).await?))
        .filter(import::Column::Undone.eq(false))
        .order_by_asc(import::Column::Id);
    Ok(files.all(on).await?)
}

/// Imports that were not undone.
pub(super) async fn imported(on: &impl ConnectionTrait) -> Result<Vec<import::Model>> {
    Ok(import::Entity::find().filter(import::Column::Undone.eq(false)).all(on).await?)
}

async fn questionnaires_of(on: &impl ConnectionTrait, round: i32) -> Result<Vec<i32>> {
    let asked = round_questionnaire::Entity::find().filter(round_questionnaire::Column::RoundId.eq(round)).all(on).await?;
    Ok(asked.into_iter().map(|asked| asked.id).collect())
}

/// Whether two files are of the same bytes or the same sheets, all of them or those about a unit.
pub(super) fn share_sheets(one: ImportedFile<'_>, other: ImportedFile<'_>) -> bool {
    (one.sha256 == other.sha256 && !other.sha256.is_empty())
        || hashes(other.content).any(|hash| hashes(one.content).any(|same| same == hash))
}

/// The hashes of a content. Files of before have none, nor have those without a sheet, and share nothing by that.
fn hashes(content: &str) -> impl Iterator<Item = &str> {
    content.split(PART).filter(|hash| !hash.is_empty())
}

/// The other rounds that have sheets of a file.
async fn others_with(on: &impl ConnectionTrait, own: i32, file: ImportedFile<'_>, known: &[KnownFile]) -> Result<Vec<round::Model>> {
    let same = |known: &&KnownFile| share_sheets(ImportedFile { sha256: &known.sha256, content: &known.content }, file);
    let shared = known.iter().filter(same).map(|known| known.questionnaire);
    let asked = round_questionnaire::Entity::find().filter(round_questionnaire::Column::Id.is_in(shared));
    let rounds = asked.all(on).await?.into_iter().map(|asked| asked.round_id).filter(|round| *round != own);
    Ok(round::Entity::find().filter(round::Column::Id.is_in(rounds)).order_by_asc(round::Column::Id).all(on).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_known_of_a_closed_round_singles_no_import_out() {
        let file = |id: i32, sha256: &str, content: &str, sheets: i32| import::Model {
            id,
            questionnaire_id: 1,
            sha256: sha256.to_owned(),
            sheets,
            undone: false,
            imported_by: String::new(),
            content: content.to_owned(),
        };
        let files = vec![
            file(1, "a.1", "a.x;a.u", 10),
            file(2, "a.2", "a.y", 9),
            // The same sheets once more, from another file: only who says `--again` imports them.
            file(3, "a.3", "a.z", 12),
            file(4, "a.4", "a.z", 12),
            // By one part.
            file(5, "a.5", "a.v;a.w", 20),
            file(6, "a.6", "a.t;a.w", 20),
            // Under another secret: only who says that the first is lost.
            file(7, "b.7", "b.s", 50),
            file(8, "a.8", "a.r", 50),
        ];
        let kept: Vec<i32> = telling_nobody(files).into_iter().map(|file| file.id).collect();
        assert_eq!(kept, [1, 8]);
    }
}
