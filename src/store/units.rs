//! The register of units.

use std::collections::HashMap;

use jiff::civil::Date;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};
use serde_json::json;

use super::audit::{Action, By};
use super::entity::unit;
use super::open_rows::CHUNK;
use super::{Result, Store, StoreError};
use crate::refusal::Refusal;
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

    /// Adds the units of a file, which is known by its SHA-256, and replaces those whose code is there already: all of them or none. Says
    /// how many were new or other than before.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn save_units(&self, units: &[Unit], sha256: &str, by: &By) -> Result<usize> {
        let transaction = self.write().await?;
        // Of two who import the same file at once, one changes something.
        self.take_turn(&transaction).await?;
        let rows = unit::Entity::find().all(&transaction).await?;
        let known: HashMap<&str, &unit::Model> = rows.iter().map(|row| (&*row.code, row)).collect();
        let is_new = |unit: &&Unit| known.get(unit.code.as_str()).is_none_or(|row| **row != model_of(row.id, unit));
        let new: Vec<&Unit> = units.iter().filter(is_new).collect();
        if new.is_empty() {
            return Ok(0);
        }
        let columns = [
            unit::Column::NameVi,
            unit::Column::NameEn,
            unit::Column::Block,
            unit::Column::Parent,
            unit::Column::ValidFrom,
            unit::Column::ValidTo,
            unit::Column::MergedInto,
        ];
        for chunk in new.chunks(CHUNK) {
            let replace = OnConflict::column(unit::Column::Code).update_columns(columns).to_owned();
            unit::Entity::insert_many(chunk.iter().map(|unit| row_of(unit)))
                .on_conflict(replace)
                .exec_without_returning(&transaction)
                .await?;
        }
        let detail = json!({ "sha256": sha256, "units": new.len() });
        self.record(&transaction, by, Action::ImportUnits, None, &detail).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await?;
        Ok(new.len())
    }

    /// Rows of units by code.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unit_rows(&self) -> Result<HashMap<String, i32>> {
        Ok(self.units().await?.into_iter().map(|row| (row.unit.code.to_string(), row.id)).collect())
    }
}

/// A unit as it is kept in a row.
fn model_of(id: i32, unit: &Unit) -> unit::Model {
    let Unit { code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into } = unit;
    unit::Model {
        id,
        code: code.to_string(),
        name_vi: name_vi.clone(),
        name_en: name_en.clone(),
        block: block.clone(),
        parent: parent.as_ref().map(ToString::to_string),
        valid_from: valid_from.map(|day| day.to_string()),
        valid_to: valid_to.map(|day| day.to_string()),
        merged_into: merged_into.as_ref().map(ToString::to_string),
    }
}

/// The same without a row, so that the database chooses one.
fn row_of(unit: &Unit) -> unit::ActiveModel {
    let unit::Model { id: _, code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into } = model_of(0, unit);
    unit::ActiveModel {
        id: sea_orm::ActiveValue::NotSet,
        code: Set(code),
        name_vi: Set(name_vi),
        name_en: Set(name_en),
        block: Set(block),
        parent: Set(parent),
        valid_from: Set(valid_from),
        valid_to: Set(valid_to),
        merged_into: Set(merged_into),
    }
}

fn registered(row: unit::Model) -> Result<Registered> {
    let unit::Model { id, code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into } = row;
    let damaged = || StoreError::from(Refusal::UnitDamaged { unit: code.clone() });
    let to_code = |text: Option<String>| text.map(|text| UnitCode::new(&text)).transpose().map_err(|_| damaged());
    let day = |text: Option<String>| text.map(|text| text.parse::<Date>()).transpose().map_err(|_| damaged());
    let (parent, merged_into) = (to_code(parent)?, to_code(merged_into)?);
    let (valid_from, valid_to) = (day(valid_from)?, day(valid_to)?);
    let code = UnitCode::new(&code).map_err(|_| damaged())?;
    Ok(Registered { id, unit: Unit { code, name_vi, name_en, block, parent, valid_from, valid_to, merged_into } })
}
