//! What was published and what corrected it: one table, in the order of publishing.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// This step.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

/// What a publication is, of whichever table.
const COLUMNS: &str = "round_id, sha256, body";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        hold(manager, "snapshot, correction").await?;
        // Its keys have names that nothing asks for: PostgreSQL takes free ones, and leaves them when the table is renamed.
        manager.create_table(ordered("snapshot_ordered")).await?;
        // Corrections come after what they correct.
        for (table, order) in [("snapshot", "round_id"), ("correction", "id")] {
            copy(manager, table, "snapshot_ordered", &format!("ORDER BY {order}")).await?;
            drop_table(manager, table).await?;
        }
        manager.rename_table(Table::rename().table("snapshot_ordered", "snapshot").to_owned()).await?;
        manager.create_index(Index::create().name("snapshot_round").table("snapshot").col("round_id").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        hold(manager, "snapshot").await?;
        manager.rename_table(Table::rename().table("snapshot", "snapshot_ordered").to_owned()).await?;
        manager.create_table(alone()).await?;
        manager.create_table(ordered("correction")).await?;
        let first = "id IN (SELECT min(id) FROM snapshot_ordered GROUP BY round_id)";
        copy(manager, "snapshot_ordered", "snapshot", &format!("WHERE {first}")).await?;
        copy(manager, "snapshot_ordered", "correction", &format!("WHERE NOT {first} ORDER BY id")).await?;
        drop_table(manager, "snapshot_ordered").await
    }
}

/// Waits for whoever is publishing, and keeps everybody else from it: what is committed between copying a table and dropping it would be lost.
/// Whoever publishes writes to the round first, and so the round is locked first here, or the two would wait for each other; wholly, because
/// dropping what refers to it wants that. SQLite has one who writes.
async fn hold(manager: &SchemaManager<'_>, tables: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    manager.get_connection().execute_unprepared(&format!("LOCK TABLE round, {tables} IN ACCESS EXCLUSIVE MODE")).await.map(drop)
}

async fn copy(manager: &SchemaManager<'_>, from: &str, to: &str, which: &str) -> Result<(), DbErr> {
    let sql = format!("INSERT INTO {to} ({COLUMNS}) SELECT {COLUMNS} FROM {from} {which}");
    manager.get_connection().execute_unprepared(&sql).await.map(drop)
}

async fn drop_table(manager: &SchemaManager<'_>, table: &'static str) -> Result<(), DbErr> {
    manager.drop_table(Table::drop().table(table).to_owned()).await
}

fn column(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn of_round() -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col("round_id").to("round", "id").to_owned()
}

/// Publications of rounds, each of which corrects the one of its round before it. That a round has one that corrects none is kept by whoever
/// publishes: it takes the round from closed to published.
fn ordered(table: &'static str) -> TableCreateStatement {
    Table::create()
        .table(table)
        .col(ColumnDef::new("id").integer().not_null().auto_increment().primary_key())
        .col(ColumnDef::new("round_id").integer().not_null())
        .col(column("sha256"))
        .col(column("body"))
        .foreign_key(&mut of_round())
        .to_owned()
}

/// The table of before: one publication a round.
fn alone() -> TableCreateStatement {
    Table::create()
        .table("snapshot")
        .col(ColumnDef::new("round_id").integer().not_null().primary_key())
        .col(column("sha256"))
        .col(column("body"))
        .foreign_key(&mut of_round())
        .to_owned()
}
