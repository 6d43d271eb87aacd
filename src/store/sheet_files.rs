//! Files of single sheets and of what was written: who was given one, with what in it. They are no publication.

use jiff::civil::Date;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;

use super::audit::{Action, By};
use super::entity::{round_questionnaire, sheet_file};
use super::{Result, Store, StoreError};
use crate::refusal::Refusal;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetFileContent {
    /// One row a sheet.
    Responses,
    /// What was written, to be reviewed.
    Review,
    /// What was written and was reviewed.
    Remarks,
}

impl SheetFileContent {
    fn name(self) -> &'static str {
        match self {
            Self::Responses => "responses",
            Self::Review => "review",
            Self::Remarks => "remarks",
        }
    }

    /// What giving somebody such a file is called.
    fn action(self) -> Action {
        match self {
            Self::Responses => Action::ExportResponses,
            Self::Review => Action::ExportReview,
            Self::Remarks => Action::ExportRemarks,
        }
    }
}

/// Who is given a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHands {
    /// The name.
    pub who: String,
    /// The code of the unit that they work in; [`OUTSIDE`] where it is not in the register.
    pub unit: String,
    /// A second person with the unit of theirs; needed where the first works in a unit that is rated.
    pub witness: Option<(String, String)>,
    /// The day.
    pub on: Date,
}

/// Instead of the code of a unit: none of the register.
pub const OUTSIDE: &str = "outside";

/// A file that is given to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFile {
    /// What it holds.
    pub content: SheetFileContent,
    /// Attributes that it keeps of those who answered.
    pub attributes: Vec<String>,
    /// Who has it.
    pub hands: FileHands,
    /// SHA-256 of the review that it was made of; empty where it was made of none.
    pub reviewed: String,
}

impl Store {
    /// The attributes that files of single sheets of a questionnaire keep; none before they were chosen.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn chosen_attributes(&self, questionnaire: i32) -> Result<Option<Vec<String>>> {
        Ok(first(&self.db, questionnaire).await?.map(|file| names(&file.attributes)))
    }

    /// Notes a file before it is written, so that nobody takes sheets without a word; where it is not written after all, the word stays.
    ///
    /// # Errors
    /// When it keeps other attributes than one before it, or the database refuses.
    pub async fn note_sheet_file(&self, questionnaire: i32, file: &SheetFile, by: &By) -> Result<()> {
        let transaction = self.write().await?;
        // Held until the end, so that two first files cannot choose at once.
        let asked = round_questionnaire::Entity::find_by_id(questionnaire).lock_exclusive().one(&transaction).await?;
        let asked = asked.ok_or_else(|| StoreError::trouble("the questionnaire is gone"))?;
        if file.content == SheetFileContent::Responses
            && let Some(before) = first(&transaction, questionnaire).await?
            && names(&before.attributes) != file.attributes
        {
            let attributes = names(&before.attributes);
            return Err(Refusal::OtherAttributes { attributes, who: before.who, chosen_day: before.made_on }.into());
        }
        let FileHands { who, unit, witness, on } = file.hands.clone();
        let (witness, witness_unit) = witness.unwrap_or_default();
        let detail = json!({
            "questionnaire": asked.code,
            "attributes": file.attributes,
            "to": who,
            "unit": unit,
            "witness": witness,
            "witness_unit": witness_unit,
            "reviewed": file.reviewed,
            "noted": "before the file was written",
        });
        let row = sheet_file::ActiveModel {
            questionnaire_id: Set(questionnaire),
            content: Set(file.content.name().to_owned()),
            attributes: Set(file.attributes.join(",")),
            who: Set(who),
            who_unit: Set(unit),
            witness: Set(witness),
            witness_unit: Set(witness_unit),
            made_on: Set(on.to_string()),
            reviewed: Set(file.reviewed.clone()),
            ..Default::default()
        };
        row.insert(&transaction).await?;
        self.record(&transaction, by, file.content.action(), Some(asked.round_id), &detail).await?;
        self.commit(transaction).await
    }
}

/// The file with which the attributes were chosen.
async fn first(on: &impl ConnectionTrait, questionnaire: i32) -> Result<Option<sheet_file::Model>> {
    let files = sheet_file::Entity::find()
        .filter(sheet_file::Column::QuestionnaireId.eq(questionnaire))
        .filter(sheet_file::Column::Content.eq(SheetFileContent::Responses.name()))
        .order_by_asc(sheet_file::Column::Id);
    Ok(files.one(on).await?)
}

fn names(joined: &str) -> Vec<String> {
    joined.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
