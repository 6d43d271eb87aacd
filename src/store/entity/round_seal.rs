//! The seal of a round.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "round_seal")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) round_id: i32,
    pub(crate) public_key: Vec<u8>,
    /// `file`, `here` or `trustees`.
    pub(crate) kept: String,
    pub(crate) threshold: i32,
    pub(crate) shares: i32,
    /// Seconds since 1970-01-01 UTC.
    pub(crate) tested_at: Option<i64>,
    pub(crate) given_up: i32,
    pub(crate) burnt_by: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
