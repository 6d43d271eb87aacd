//! Score sheets: the schemes of a round, its steps, everything that was entered, imported targets and figures, and corrections.

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
        for table in [round_scoring(), round_scheme(), planned_step(), step_move(), score_entry(), round_file(), correction()] {
            manager.create_table(table).await?;
        }
        manager.create_index(Index::create().name("score_entry_round").table("score_entry").col("round_id").to_owned()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["correction", "round_file", "score_entry", "step_move", "planned_step", "round_scheme", "round_scoring"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}

fn key(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().auto_increment().primary_key().to_owned()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().to_owned()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn belongs(from: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(from).to(to, "id").to_owned()
}

/// The frozen round that changes are measured against, where it is not simply the last one.
fn round_scoring() -> TableCreateStatement {
    Table::create()
        .table("round_scoring")
        .col(number("round_id").primary_key())
        .col(ColumnDef::new("previous").text())
        .foreign_key(&mut belongs("round_id", "round"))
        .to_owned()
}

/// A scheme as a round keeps it: the exact text of its definition and the SHA-256 of that text.
fn round_scheme() -> TableCreateStatement {
    Table::create()
        .table("round_scheme")
        .col(key("id"))
        .col(number("round_id"))
        .col(text("code"))
        .col(text("definition"))
        .col(text("sha256"))
        .foreign_key(&mut belongs("round_id", "round"))
        .index(Index::create().unique().name("round_scheme_code").col("round_id").col("code"))
        .to_owned()
}

/// First and last day of each planned step, as 2026-11-22.
fn planned_step() -> TableCreateStatement {
    Table::create()
        .table("planned_step")
        .col(number("round_id"))
        .col(text("step"))
        .col(text("opens"))
        .col(text("closes"))
        .primary_key(Index::create().col("round_id").col("step"))
        .foreign_key(&mut belongs("round_id", "round"))
        .to_owned()
}

/// Every move from step to step; the last one says where the round is.
fn step_move() -> TableCreateStatement {
    Table::create()
        .table("step_move")
        .col(key("id"))
        .col(number("round_id"))
        .col(text("step"))
        .col(text("who"))
        .col(text("why"))
        .col(text("entered_on"))
        .foreign_key(&mut belongs("round_id", "round"))
        .to_owned()
}

/// Every entry in a score sheet; the last one of a part counts, the others are its history. An entry for the unit as a whole has no leaf.
fn score_entry() -> TableCreateStatement {
    Table::create()
        .table("score_entry")
        .col(key("id"))
        .col(number("round_id"))
        .col(number("unit_id"))
        .col(text("leaf"))
        .col(text("part"))
        .col(text("words"))
        .col(text("who"))
        .col(text("why"))
        .col(text("entered_on"))
        .foreign_key(&mut belongs("round_id", "round"))
        .foreign_key(&mut belongs("unit_id", "unit"))
        .to_owned()
}

/// Targets, and figures that others computed: JSON of what was read.
fn round_file() -> TableCreateStatement {
    Table::create()
        .table("round_file")
        .col(number("round_id"))
        .col(text("kind"))
        .col(text("body"))
        .primary_key(Index::create().col("round_id").col("kind"))
        .foreign_key(&mut belongs("round_id", "round"))
        .to_owned()
}

/// A publication that corrects the one before it, which stays as it was.
fn correction() -> TableCreateStatement {
    Table::create()
        .table("correction")
        .col(key("id"))
        .col(number("round_id"))
        .col(text("sha256"))
        .col(text("body"))
        .foreign_key(&mut belongs("round_id", "round"))
        .to_owned()
}
