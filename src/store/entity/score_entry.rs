//! An entry in a score sheet.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "score_entry")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i32,
    pub(crate) round_id: i32,
    pub(crate) unit_id: i32,
    pub(crate) leaf: String,
    pub(crate) part: String,
    pub(crate) words: String,
    pub(crate) who: String,
    pub(crate) why: String,
    pub(crate) entered_on: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
