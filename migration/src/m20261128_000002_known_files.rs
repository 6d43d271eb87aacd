//! Files of closed rounds: by what they are known stands apart from who brought them and when.

use sea_orm_migration::prelude::*;

/// This step.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// Rows of `import` that belong to rounds whose sheets lie open.
const OF_CLOSED: &str = "questionnaire_id IN (SELECT q.id FROM round_questionnaire q JOIN round r ON r.id = q.round_id \
                         WHERE r.state IN ('closed', 'published'))";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(known_file()).await?;
        // In an order that says nothing. Of fewer than ten sheets nothing is kept.
        let apart = format!(
            "INSERT INTO known_file (questionnaire_id, sha256, content) \
             SELECT questionnaire_id, sha256, content FROM import WHERE {OF_CLOSED} AND NOT undone AND sheets >= 10 ORDER BY sha256"
        );
        let connection = manager.get_connection();
        connection.execute_unprepared(&apart).await?;
        connection.execute_unprepared(&format!("UPDATE import SET sha256 = '', content = '', sheets = 0 WHERE {OF_CLOSED}")).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("known_file").to_owned()).await
    }
}

/// A file of a closed round, which no other round takes.
fn known_file() -> TableCreateStatement {
    let text = |name: &'static str| ColumnDef::new(name).text().not_null().to_owned();
    Table::create()
        .table("known_file")
        .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
        .col(ColumnDef::new("questionnaire_id").integer().not_null())
        // As they stood in `import` while the round was open.
        .col(text("sha256"))
        .col(text("content"))
        .foreign_key(ForeignKey::create().from_col("questionnaire_id").to("round_questionnaire", "id"))
        .to_owned()
}
