//! A round: one survey of a year.

use sea_orm::entity::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "round")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i32,
    pub(crate) code: String,
    pub(crate) name_vi: String,
    pub(crate) name_en: String,
    pub(crate) year: i32,
    pub(crate) state: String,
    /// Seconds since 1970-01-01 UTC.
    pub(crate) opens_at: i64,
    /// Seconds since 1970-01-01 UTC.
    pub(crate) closes_at: i64,
    /// Seconds by which local time is ahead of UTC.
    pub(crate) utc_offset: i32,
    pub(crate) synthetic: bool,
    /// Who asks, as JSON.
    pub(crate) organiser: Option<String>,
    /// The emblem of whoever asks.
    pub(crate) logo: Option<Vec<u8>>,
    /// Names of instances that a close went on without and that may have held sheets, one a line.
    pub(crate) excused: String,
    /// The same, with which no sheet waited when they were last heard.
    pub(crate) excused_empty: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
