//! The register of units.

use std::collections::HashMap;

use jiff::civil::Date;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};

use super::entity::unit;
use super::open_rows::CHUNK;
use super::{Result, Store, StoreError};
use crate::unit::{Registered, Unit, UnitCode};

impl Store {
    /// The register, in the order of import.
    ///
    /// # Errors
    /// When the database does not answer or holds what is no unit.
    pub async fn units(&self) -> Result<Vec<Registered>> {
        let rows = unit::Entity::find().order_by_asc(unit::Column::Id).all(&self.db).await?;
        rows.into_iter().map(registered).collect()
    }

    /// Adds units, and replaces those whose code is there already: all of them or none.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn save_units(&self, units: &[Unit]) -> Result<()> {
        let transaction = self.write().await?;
        let columns = [
            unit::Column::NameVi,
            unit::Column::NameEn,
            unit::Column::Block,
            unit::Column::Parent,
            unit::Column::ValidFrom,
            unit::Column::ValidTo,
            unit::Column::MergedInto,
        ];
        for chunk in units.chunks(CHUNK) {
            let replace = OnConflict::column(unit::Column::Code).update_columns(columns).to_owned();
            unit::Entity::insert_many(chunk.iter().map(row_of)).on_conflict(replace).exec_without_returning(&transaction).await?;
        }
        self.touch(&transaction).await?;
        self.commit(transaction).await
    }

    /// Rows of units by code.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unit_rows(&self) -> Result<HashMap<String, i32>> {
        Ok(self.units().await?.into_iter().map(|row| (row.unit.code.to_string(), row.id)).collect())
    }
}

fn row_of(unit: &Unit) -> unit::ActiveModel {
    let Unit { code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into } = unit;
    unit::ActiveModel {
        id: sea_orm::ActiveValue::NotSet,
        code: Set(code.to_string()),
        name_vi: Set(name_vi.clone()),
        name_en: Set(name_en.clone()),
        block: Set(block.clone()),
        parent: Set(parent.as_ref().map(ToString::to_string)),
        valid_from: Set(valid_from.map(|day| day.to_string())),
        valid_to: Set(valid_to.map(|day| day.to_string())),
        merged_into: Set(merged_into.as_ref().map(ToString::to_string)),
    }
}

fn registered(row: unit::Model) -> Result<Registered> {
    let unit::Model { id, code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into } = row;
    let damaged = || StoreError::refused(format!("the register holds a damaged unit `{code}`; import it again"));
    let to_code = |text: Option<String>| text.map(|text| UnitCode::new(&text)).transpose().map_err(|_| damaged());
    let day = |text: Option<String>| text.map(|text| text.parse::<Date>()).transpose().map_err(|_| damaged());
    let (parent, merged_into) = (to_code(parent)?, to_code(merged_into)?);
    let (valid_from, valid_to) = (day(valid_from)?, day(valid_to)?);
    let code = UnitCode::new(&code).map_err(|_| damaged())?;
    Ok(Registered { id, unit: Unit { code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into } })
}
