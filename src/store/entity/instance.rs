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
    /// 0 where no round took sheets when it was last heard; versions before kept more of what waited with it.
    pub(crate) waiting: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl Model {
    /// Whether sheets may wait in its letterbox, as far as anybody can know without being told that somebody has answered.
    pub(crate) fn may_hold_sheets(&self) -> bool {
        self.waiting > 0 || self.beats == 0
    }
}

impl ActiveModelBehavior for ActiveModel {}
