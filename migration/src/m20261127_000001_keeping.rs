//! What keeps a sheet that was thanked for: servers that are told from their copies, rounds with a secret for the keys of their forms, files
//! with the name of who brought them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

/// This step.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in added() {
            manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
        }
        manager.create_table(round_secret()).await?;
        // Rounds that are open already get theirs here; forms that were opened before come back once with a new key.
        let db = manager.get_connection();
        let random = match db.get_database_backend() {
            DbBackend::Sqlite => "randomblob(32)",
            _ => "sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))",
        };
        db.execute_unprepared(&format!("INSERT INTO round_secret (round_id, secret) SELECT id, {random} FROM round WHERE state = 'open'"))
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("round_secret").to_owned()).await?;
        for (table, column) in added().into_iter().rev() {
            let name = column.get_column_name();
            manager.alter_table(Table::alter().table(table).drop_column(name).to_owned()).await?;
        }
        Ok(())
    }
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().default("").to_owned()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().default(0).to_owned()
}

/// Columns that join tables which were there before.
fn added() -> [(&'static str, ColumnDef); 7] {
    [
        // Drawn at every start: whoever finds another one than its own has been copied.
        ("instance", text("nonce")),
        // Boot, device and inode of the letterbox.
        ("instance", text("place")),
        // Counts up every few seconds while the server runs: says that it does, without a clock.
        ("instance", number("beats")),
        // Fewest sheets of the class that waited when it last said so.
        ("instance", number("waiting")),
        // Rows of the letterbox that could not be read.
        ("instance_report", number("set_aside")),
        // Names of instances that a close went on without and with which nothing waited when they were last heard.
        ("round", text("excused_empty")),
        // Who brought the file.
        ("import", text("imported_by")),
    ]
}

/// Secrets that sign the hidden keys of a round's forms. Each goes when its round is closed.
fn round_secret() -> TableCreateStatement {
    Table::create()
        .table("round_secret")
        .col(ColumnDef::new("round_id").integer().not_null().primary_key())
        .col(ColumnDef::new("secret").blob().not_null())
        .foreign_key(ForeignKey::create().from_col("round_id").to("round", "id"))
        .to_owned()
}
