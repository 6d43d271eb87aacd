//! A file of single sheets, or of what was written, that was given to somebody.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sheet_file")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i32,
    pub(crate) questionnaire_id: i32,
    /// `responses`, `review` or `remarks`.
    pub(crate) content: String,
    /// Names joined by `,`.
    pub(crate) attributes: String,
    pub(crate) who: String,
    pub(crate) who_unit: String,
    pub(crate) witness: String,
    pub(crate) witness_unit: String,
    pub(crate) made_on: String,
    /// SHA-256 of the file of a review.
    pub(crate) reviewed: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
