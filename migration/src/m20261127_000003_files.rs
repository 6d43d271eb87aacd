//! Files of sheets: by what one that was imported is known in another round, and who was given one that was exported.

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
        // SHA-256 of what the sheets of a file say; of files that came before, nobody can say it any more.
        let content = ColumnDef::new("content").text().not_null().default("").to_owned();
        manager.alter_table(Table::alter().table("import").add_column(content).to_owned()).await?;
        manager.create_table(sheet_file()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("sheet_file").to_owned()).await?;
        manager.alter_table(Table::alter().table("import").drop_column("content").to_owned()).await
    }
}

/// A file of single sheets, or of what was written, that was given to somebody.
fn sheet_file() -> TableCreateStatement {
    let text = |name: &'static str| ColumnDef::new(name).text().not_null().default("").to_owned();
    Table::create()
        .table("sheet_file")
        .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
        .col(ColumnDef::new("questionnaire_id").integer().not_null())
        // `responses`, `review` or `remarks`.
        .col(text("content"))
        // What `responses` say of those who answered: names of columns, joined by `,`.
        .col(text("attributes"))
        // Who was given it, and of which unit.
        .col(text("who"))
        .col(text("who_unit"))
        // Who stood by, where the unit is a rated one; empty otherwise.
        .col(text("witness"))
        .col(text("witness_unit"))
        // The day, such as 2026-11-30.
        .col(text("made_on"))
        // SHA-256 of the file that was read back, where it was one of a review.
        .col(text("reviewed"))
        .foreign_key(ForeignKey::create().from_col("questionnaire_id").to("round_questionnaire", "id"))
        .to_owned()
}
