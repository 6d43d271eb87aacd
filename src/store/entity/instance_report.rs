//! A server's word that its letterbox holds nothing of a round any more.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "instance_report")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) round_id: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) instance_id: String,
    /// Rows of the letterbox that could not be read.
    pub(crate) set_aside: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
