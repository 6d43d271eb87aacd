//! Tables that live only while a round is open, so that closing can drop them whole: sheets that were mixed and what was written, both
//! sealed, the heads of what they are sealed under, and the hashes of keys already counted. None has a column for time, address or order.

use sea_orm::sea_query::{ColumnDef, Index, Table, TableCreateStatement};
use sea_orm::{ConnectionTrait, DbBackend};

use super::Result;

/// Names of one round's tables.
#[derive(Debug, Clone)]
pub(super) struct OpenTables {
    /// Sheets: sealed, with the import they came by.
    pub(super) sheet: String,
    /// What was written: sealed, with the import it came by.
    pub(super) remark: String,
    /// Heads of the generations under which sheets and remarks are sealed.
    pub(super) head: String,
    /// SHA-256 of the key of every sheet that was moved.
    pub(super) mixed: String,
    /// Codes, each with what it opens.
    pub(super) code: String,
    /// How many codes were used, by questionnaire and group.
    pub(super) used: String,
}

impl OpenTables {
    pub(super) fn of(round: i32) -> Self {
        Self {
            sheet: format!("open_sheet_{round}"),
            remark: format!("open_remark_{round}"),
            head: format!("open_head_{round}"),
            mixed: format!("mixed_{round}"),
            code: format!("code_{round}"),
            used: format!("code_used_{round}"),
        }
    }

    /// The names under which the tables of the version before are kept while they are sealed; it had neither heads nor numbers of used
    /// codes.
    pub(super) fn before_the_seal(round: i32) -> Self {
        Self {
            sheet: format!("plain_sheet_{round}"),
            remark: format!("plain_remark_{round}"),
            mixed: format!("plain_mixed_{round}"),
            code: format!("plain_code_{round}"),
            ..Self::of(round)
        }
    }

    /// The tables that both versions have.
    pub(super) fn of_both(&self) -> [&String; 4] {
        [&self.sheet, &self.remark, &self.mixed, &self.code]
    }

    /// Makes the tables.
    pub(super) async fn create(&self, on: &impl ConnectionTrait) -> Result<()> {
        for mut table in
            [self.sheet_table(), self.remark_table(), self.head_table(), self.mixed_table(), self.code_table(), self.used_table()]
        {
            if on.get_database_backend() == DbBackend::Sqlite {
                table.extra("WITHOUT ROWID");
            }
            on.execute(&table).await?;
        }
        Ok(())
    }

    /// Makes those tables that the version before did not have, where they are missing.
    pub(super) async fn complete(&self, on: &impl ConnectionTrait) -> Result<()> {
        for mut table in [self.head_table(), self.used_table()] {
            on.execute(table.if_not_exists()).await?;
        }
        Ok(())
    }

    /// Drops the tables and with them every link between key, import and sheet.
    pub(super) async fn drop(&self, on: &impl ConnectionTrait) -> Result<()> {
        for name in [&self.sheet, &self.remark, &self.head, &self.mixed, &self.code, &self.used] {
            on.execute(&Table::drop().table(name.clone()).to_owned()).await?;
        }
        Ok(())
    }

    fn sheet_table(&self) -> TableCreateStatement {
        Table::create()
            .table(self.sheet.clone())
            .col(ColumnDef::new("id").blob().not_null().primary_key())
            .col(ColumnDef::new("questionnaire_id").integer().not_null())
            .col(ColumnDef::new("unit_id").integer().not_null())
            .col(ColumnDef::new("respondent_group").text().not_null())
            .col(ColumnDef::new("generation").blob().not_null())
            .col(ColumnDef::new("import_id").integer())
            .col(ColumnDef::new("sealed").blob().not_null())
            .to_owned()
    }

    fn head_table(&self) -> TableCreateStatement {
        Table::create()
            .table(self.head.clone())
            .col(ColumnDef::new("id").blob().not_null().primary_key())
            .col(ColumnDef::new("head").blob().not_null())
            .to_owned()
    }

    fn remark_table(&self) -> TableCreateStatement {
        Table::create()
            .table(self.remark.clone())
            .col(ColumnDef::new("id").blob().not_null())
            .col(ColumnDef::new("questionnaire_id").integer().not_null())
            .col(ColumnDef::new("generation").blob().not_null())
            .col(ColumnDef::new("import_id").integer())
            .col(ColumnDef::new("sealed").blob().not_null())
            .primary_key(Index::create().col("id"))
            .to_owned()
    }

    fn code_table(&self) -> TableCreateStatement {
        Table::create()
            .table(self.code.clone())
            .col(ColumnDef::new("hash").blob().not_null().primary_key())
            .col(ColumnDef::new("questionnaire_id").integer().not_null())
            .col(ColumnDef::new("respondent_group").text().not_null())
            .col(ColumnDef::new("scope").text().not_null())
            .to_owned()
    }

    fn used_table(&self) -> TableCreateStatement {
        Table::create()
            .table(self.used.clone())
            .col(ColumnDef::new("questionnaire_id").integer().not_null())
            .col(ColumnDef::new("respondent_group").text().not_null())
            .col(ColumnDef::new("used").integer().not_null())
            .primary_key(Index::create().col("questionnaire_id").col("respondent_group"))
            .to_owned()
    }

    fn mixed_table(&self) -> TableCreateStatement {
        Table::create().table(self.mixed.clone()).col(ColumnDef::new("hash").blob().not_null().primary_key()).to_owned()
    }
}
