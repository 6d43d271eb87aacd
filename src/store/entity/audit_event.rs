//! What somebody of the staff did.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_event")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i32,
    /// The round that was changed, where it was one.
    pub(crate) round_id: Option<i32>,
    /// Such as `round.open`.
    pub(crate) action: String,
    pub(crate) who: String,
    /// An object in JSON.
    pub(crate) detail: String,
    /// In UTC, to the second.
    pub(crate) done_at: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
