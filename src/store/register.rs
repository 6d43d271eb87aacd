//! The register of instances as people look at it: who is in it, who runs, and who is taken out by hand.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::audit::{Action, By};
use super::entity::{instance, instance_report, round};
use super::{Result, Store, Transaction};
use crate::refusal::Refusal;

/// An instance in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The letterbox's own name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Counts up while it runs.
    pub beats: i32,
    /// Whether sheets may wait in its letterbox: whether a round took any when it was last heard.
    pub may_hold_sheets: bool,
    /// Rounds whose letterbox it has reported as empty.
    pub empty_for: Vec<String>,
}

impl Store {
    /// All instances by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn listed(&self) -> Result<Vec<Listed>> {
        let rounds: HashMap<i32, String> =
            round::Entity::find().all(&self.db).await?.into_iter().map(|round| (round.id, round.code)).collect();
        let mut empty_for: HashMap<String, Vec<String>> = HashMap::new();
        for report in instance_report::Entity::find().order_by_asc(instance_report::Column::RoundId).all(&self.db).await? {
            empty_for.entry(report.instance_id).or_default().extend(rounds.get(&report.round_id).cloned());
        }
        let rows = instance::Entity::find().order_by_asc(instance::Column::Name).all(&self.db).await?;
        let listed = |row: instance::Model| {
            let empty_for = empty_for.remove(&row.id).unwrap_or_default();
            Listed { may_hold_sheets: row.may_hold_sheets(), id: row.id, name: row.name, beats: row.beats, empty_for }
        };
        Ok(rows.into_iter().map(listed).collect())
    }

    /// Takes instances and their reports out of the register, all or none. Rounds for which one has not reported remember it, as they do
    /// when they are closed without it.
    ///
    /// # Errors
    /// When one has moved since it was read: then it runs.
    pub async fn forget(&self, all: &[Listed], by: &By) -> Result<()> {
        let transaction = self.write().await?;
        for listed in all {
            self.forget_one(&transaction, listed, by).await?;
        }
        self.touch(&transaction).await?;
        self.commit(transaction).await
    }

    async fn forget_one(&self, on: &Transaction, listed: &Listed, by: &By) -> Result<()> {
        let column = if listed.may_hold_sheets { "excused" } else { "excused_empty" };
        let remember = format!(
            "UPDATE round SET {column} = {column} || $1 WHERE state IN ('open', 'closing') \
             AND id NOT IN (SELECT round_id FROM instance_report WHERE instance_id = $2)"
        );
        let values = [format!("{}\n", listed.name).into(), listed.id.as_str().into()];
        on.execute_raw(self.statement(remember, values)).await?;
        // Codes that were used with it and not mixed can be used again.
        self.let_go(on, &listed.id).await?;
        instance_report::Entity::delete_many().filter(instance_report::Column::InstanceId.eq(&listed.id)).exec(on).await?;
        let unmoved =
            instance::Entity::delete_many().filter(instance::Column::Id.eq(&listed.id)).filter(instance::Column::Beats.eq(listed.beats));
        if unmoved.exec(on).await?.rows_affected == 0 {
            return Err(Refusal::ServerMoves { server: listed.name.clone() }.into());
        }
        self.record(on, by, Action::ForgetInstance, None, &json!({ "instance": listed.name })).await
    }
}
