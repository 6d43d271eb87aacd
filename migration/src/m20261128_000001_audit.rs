//! What people did: a row for each change, written in the transaction of the change.

use sea_orm_migration::prelude::*;

/// This step.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(audit_event()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("audit_event").to_owned()).await
    }
}

/// What somebody of the staff did; of respondents there is nothing here.
fn audit_event() -> TableCreateStatement {
    let text = |name: &'static str| ColumnDef::new(name).text().not_null().to_owned();
    Table::create()
        .table("audit_event")
        .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
        // The round that was changed, where it was one.
        .col(ColumnDef::new("round_id").integer())
        // Such as `round.open`.
        .col(text("action"))
        .col(text("who"))
        // An object in JSON: what a later reader needs to know which thing it was.
        .col(text("detail"))
        // Such as 2026-11-28T02:30:00Z.
        .col(text("done_at"))
        .foreign_key(ForeignKey::create().from_col("round_id").to("round", "id"))
        .to_owned()
}
