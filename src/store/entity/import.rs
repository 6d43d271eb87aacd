//! A file of answers that was imported.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i32,
    pub(crate) questionnaire_id: i32,
    pub(crate) sha256: String,
    pub(crate) sheets: i32,
    pub(crate) undone: bool,
    /// Who brought it.
    pub(crate) imported_by: String,
    /// SHA-256 of what its sheets say; empty for files that came before it was kept.
    pub(crate) content: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
