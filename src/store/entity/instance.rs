//! A server whose letterbox may hold sheets.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instance")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: String,
    pub(crate) name: String,
    /// Drawn at every start.
    pub(crate) nonce: String,
    /// Boot, device and inode of the letterbox.
    pub(crate) place: String,
    /// Counts up while the server runs.
    pub(crate) beats: i32,
    /// Fewest sheets of the class that waited when it last said so.
    pub(crate) waiting: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
