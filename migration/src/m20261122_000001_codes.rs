//! Codes: the fingerprint of a round's secret, and what is left of codes once their round is closed.

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
        manager.create_table(round_key()).await?;
        manager.create_table(code_count()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("code_count").to_owned()).await?;
        manager.drop_table(Table::drop().table("round_key").to_owned()).await
    }
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().to_owned()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

/// Fingerprints of the secrets of rounds: by them a server sees that its folder of keys holds the right one.
fn round_key() -> TableCreateStatement {
    Table::create()
        .table("round_key")
        .col(number("round_id").primary_key())
        .col(text("fingerprint"))
        .foreign_key(ForeignKey::create().from_col("round_id").to("round", "id"))
        .to_owned()
}

/// Codes by questionnaire and group: how many there were, and how many were used.
fn code_count() -> TableCreateStatement {
    Table::create()
        .table("code_count")
        .col(number("questionnaire_id"))
        .col(text("respondent_group"))
        .col(number("issued"))
        .col(number("used"))
        .primary_key(Index::create().col("questionnaire_id").col("respondent_group"))
        .foreign_key(ForeignKey::create().from_col("questionnaire_id").to("round_questionnaire", "id"))
        .to_owned()
}
