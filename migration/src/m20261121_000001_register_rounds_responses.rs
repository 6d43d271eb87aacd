//! Register of units, rounds with their questionnaires, responses, imports and snapshots.
//!
//! No table that holds answers has a column for time, address, agent or order; `tests/it` reads the schema back to see that.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// This step.
#[derive(Debug, DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [revision(), unit(), round(), round_questionnaire(), round_unit(), instance(), instance_report(), import(), snapshot()]
        {
            manager.create_table(table).await?;
        }
        for mut table in [response(), remark()] {
            if manager.get_database_backend() == DbBackend::Sqlite {
                // A rowid would follow the order of insertion; the random key is the only order there is.
                table.extra("WITHOUT ROWID");
            }
            manager.create_table(table).await?;
        }
        let first = Query::insert().into_table("revision").columns(["id", "number"]).values_panic([1.into(), 0.into()]).to_owned();
        manager.execute(first).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in NEWEST_FIRST {
            manager.drop_table(Table::drop().table(name).to_owned()).await?;
        }
        Ok(())
    }
}

const NEWEST_FIRST: [&str; 11] = [
    "remark",
    "response",
    "snapshot",
    "import",
    "instance_report",
    "instance",
    "round_unit",
    "round_questionnaire",
    "round",
    "unit",
    "revision",
];

fn key(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().auto_increment().primary_key().to_owned()
}

fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().to_owned()
}

fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

fn maybe(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().to_owned()
}

fn belongs(from: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(from).to(to, "id").to_owned()
}

/// One row that counts administrative changes, so that instances notice them by one cheap read.
fn revision() -> TableCreateStatement {
    Table::create().table("revision").col(number("id").primary_key()).col(ColumnDef::new("number").big_integer().not_null()).to_owned()
}

fn unit() -> TableCreateStatement {
    Table::create()
        .table("unit")
        .col(key("id"))
        .col(text("code").unique_key())
        .col(text("name_vi"))
        .col(text("name_en"))
        .col(text("block"))
        .col(maybe("parent"))
        .col(maybe("valid_from"))
        .col(maybe("valid_to"))
        .col(maybe("merged_into"))
        .to_owned()
}

/// Window in seconds since 1970-01-01 UTC, with the seconds by which local time is ahead of UTC; `excused` names instances that a close went on without.
fn round() -> TableCreateStatement {
    Table::create()
        .table("round")
        .col(key("id"))
        .col(text("code").unique_key())
        .col(text("name_vi"))
        .col(text("name_en"))
        .col(number("year"))
        .col(text("state"))
        .col(ColumnDef::new("opens_at").big_integer().not_null())
        .col(ColumnDef::new("closes_at").big_integer().not_null())
        .col(number("utc_offset"))
        .col(ColumnDef::new("synthetic").boolean().not_null())
        .col(text("excused"))
        .to_owned()
}

/// A questionnaire as a round keeps it: the exact text of its definition and the SHA-256 of that text.
fn round_questionnaire() -> TableCreateStatement {
    Table::create()
        .table("round_questionnaire")
        .col(key("id"))
        .col(number("round_id"))
        .col(text("code"))
        .col(text("definition"))
        .col(text("sha256"))
        .foreign_key(&mut belongs("round_id", "round"))
        .index(Index::create().unique().name("round_questionnaire_code").col("round_id").col("code"))
        .to_owned()
}

fn round_unit() -> TableCreateStatement {
    Table::create()
        .table("round_unit")
        .col(number("questionnaire_id"))
        .col(number("unit_id"))
        .primary_key(Index::create().col("questionnaire_id").col("unit_id"))
        .foreign_key(&mut belongs("questionnaire_id", "round_questionnaire"))
        .foreign_key(&mut belongs("unit_id", "unit"))
        .to_owned()
}

/// Servers whose letterbox may hold sheets.
fn instance() -> TableCreateStatement {
    Table::create().table("instance").col(text("id").primary_key()).col(text("name")).to_owned()
}

/// "My letterbox holds nothing of this round any more."
fn instance_report() -> TableCreateStatement {
    Table::create()
        .table("instance_report")
        .col(number("round_id"))
        .col(text("instance_id"))
        .primary_key(Index::create().col("round_id").col("instance_id"))
        .foreign_key(&mut belongs("round_id", "round"))
        .to_owned()
}

/// Files that were imported, so that the same file is refused twice and can be undone until closing.
fn import() -> TableCreateStatement {
    Table::create()
        .table("import")
        .col(key("id"))
        .col(number("questionnaire_id"))
        .col(text("sha256"))
        .col(number("sheets"))
        .col(ColumnDef::new("undone").boolean().not_null())
        .foreign_key(&mut belongs("questionnaire_id", "round_questionnaire"))
        .to_owned()
}

fn snapshot() -> TableCreateStatement {
    Table::create()
        .table("snapshot")
        .col(number("round_id").primary_key())
        .col(text("sha256"))
        .col(text("body"))
        .foreign_key(&mut belongs("round_id", "round"))
        .to_owned()
}

/// Keyed by questionnaire first, so that a round is read in one range; inside it the order is that of 128 random bits.
fn response() -> TableCreateStatement {
    Table::create()
        .table("response")
        .col(number("questionnaire_id"))
        .col(ColumnDef::new("id").blob().not_null())
        .col(number("unit_id"))
        .col(text("respondent_group"))
        .col(maybe("stratum"))
        .col(maybe("psu"))
        .col(number("mode"))
        .col(ColumnDef::new("answers").blob().not_null())
        .primary_key(Index::create().col("questionnaire_id").col("id"))
        .to_owned()
}

/// What respondents wrote: linked to nothing but the questionnaire and its item.
fn remark() -> TableCreateStatement {
    Table::create()
        .table("remark")
        .col(number("questionnaire_id"))
        .col(ColumnDef::new("id").blob().not_null())
        .col(text("item"))
        .col(text("words"))
        .primary_key(Index::create().col("questionnaire_id").col("id"))
        .to_owned()
}
