//! Who asks in a round: the agency as JSON, and its emblem.

use sea_orm_migration::prelude::*;

/// This step.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

const ROUND: &str = "round";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Of rounds that were made before, nobody said it.
        let columns = [ColumnDef::new("organiser").text().null().to_owned(), ColumnDef::new("logo").blob().null().to_owned()];
        // One at a time: SQLite takes no two of them.
        for column in columns {
            manager.alter_table(Table::alter().table(ROUND).add_column(column).to_owned()).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["logo", "organiser"] {
            manager.alter_table(Table::alter().table(ROUND).drop_column(column).to_owned()).await?;
        }
        Ok(())
    }
}
