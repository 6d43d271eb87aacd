//! The seal: to which public key the answers of a round are sealed, and what is known of the private one; and the lease under which one server takes
//! what is sent with codes.

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
        manager.create_table(round_seal()).await?;
        manager.create_table(code_lease()).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("code_lease").to_owned()).await?;
        manager.drop_table(Table::drop().table("round_seal").to_owned()).await
    }
}

/// At most one row: which instance takes coded sheets, and whether another one asks for it.
fn code_lease() -> TableCreateStatement {
    Table::create()
        .table("code_lease")
        .col(ColumnDef::new("id").integer().not_null().primary_key())
        .col(ColumnDef::new("instance_id").text().not_null())
        .col(ColumnDef::new("wanted").integer().not_null())
        .to_owned()
}

fn round_seal() -> TableCreateStatement {
    let number = |name: &'static str| ColumnDef::new(name).integer().not_null().default(0).to_owned();
    Table::create()
        .table("round_seal")
        .col(ColumnDef::new("round_id").integer().not_null().primary_key())
        .col(ColumnDef::new("public_key").blob().not_null())
        // `file`, `here` or `trustees`.
        .col(ColumnDef::new("kept").text().not_null())
        // How many shares of how many open it, where trustees have it.
        .col(number("threshold"))
        .col(number("shares"))
        // Seconds since 1970-01-01 UTC at which the key, or the shares, last opened a probe.
        .col(ColumnDef::new("tested_at").big_integer())
        // Sheets that were given up when the round was closed.
        .col(number("given_up"))
        // Who said that every copy of the key is gone.
        .col(ColumnDef::new("burnt_by").text().not_null().default(""))
        .foreign_key(ForeignKey::create().from_col("round_id").to("round", "id"))
        .to_owned()
}
