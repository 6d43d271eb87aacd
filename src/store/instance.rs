//! One running server's part in keeping answers: a writer that commits everybody who waits in one transaction, and a mixer.
//!
//! ```text
//!  deposit ──► writer: who is open? ─► what was counted? ─► one commit, synced ─► answers to all
//!                 ▲ take out
//!  mixer: ripe cells ─► Store::mix (one transaction) ─► take out of the letterbox
//! ```

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinHandle;

use super::entity::{instance, instance_report};
pub use super::health::{Figures, Health, NotKept};
use super::letterbox::Letterbox;
use super::mixer::Mixer;
use super::sheet::SealedSheet;
pub use super::writer::Deposited;
use super::writer::Slot;
use super::{Result, Store, StoreError};

/// How long the letterbox may take to answer: many commits of a slow disk.
const ANSWERS_WITHIN: Duration = Duration::from_secs(1);

/// A running instance.
#[derive(Debug)]
pub struct Instance {
    slot: Slot,
    mixer: Mutex<Option<JoinHandle<()>>>,
    stopping: Arc<Notify>,
    store: Store,
    /// The letterbox's own name.
    letterbox: String,
}

impl Instance {
    /// Registers the letterbox in the main database under a name for people and starts to write and to mix.
    ///
    /// # Errors
    /// When the main database does not answer.
    pub async fn start(store: Store, letterbox: Letterbox, name: &str) -> Result<Self> {
        let id = letterbox.id().to_owned();
        store.require_own_name(&id, name).await?;
        let row = instance::ActiveModel { id: Set(id.clone()), name: Set(name.to_owned()), ..Default::default() };
        let again = OnConflict::column(instance::Column::Id).update_column(instance::Column::Name).to_owned();
        instance::Entity::insert(row).on_conflict(again).exec_without_returning(&store.db).await?;
        let (dirty, stopping) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        // One look at the start, for what a crash may have left behind.
        dirty.notify_one();
        let slot = Slot::start(store.clone(), letterbox, Arc::clone(&dirty))?;
        let mixer = Mixer { store: store.clone(), slot: slot.clone(), letterbox: id.clone(), dirty };
        mixer.report_left_over().await?;
        let mixer = tokio::spawn(mixer.run(Arc::clone(&stopping)));
        Ok(Self { slot, mixer: Mutex::new(Some(mixer)), stopping, store, letterbox: id })
    }

    /// Hands in what one respondent sent, one sheet or one about each unit, and waits until all of it is on the disk.
    ///
    /// # Errors
    /// When it was not kept, or nobody knows; the log has the cause, and sending the same sheet again is safe.
    pub async fn deposit(&self, sheets: Vec<SealedSheet>) -> std::result::Result<Deposited, NotKept> {
        self.slot.deposit(sheets).await.map_err(|_| NotKept::Surely)
    }

    /// Whether sheets can be kept now, and what is wrong although they can.
    pub async fn health(&self) -> Health {
        let cannot_keep = match (self.store.ping().await, self.ping().await) {
            (Err(_), _) => Some("the database does not answer".to_owned()),
            (_, Err(_)) => Some("the letterbox does not answer".to_owned()),
            _ => None,
        };
        Health { cannot_keep, degraded: Vec::new() }
    }

    /// Counts for monitoring.
    #[must_use]
    pub fn figures(&self) -> Figures {
        Figures::default()
    }

    /// Whether the letterbox answers: the thread that owns it lives, and no commit keeps it for long.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<()> {
        let answer = tokio::time::timeout(ANSWERS_WITHIN, self.slot.ask(|_| Ok(()))).await;
        answer.unwrap_or_else(|_| Err(StoreError::refused("the letterbox does not answer")))
    }

    /// Stops mixing and lets the letterbox go. Where no sheet of a round that is open or closing waits in it, the instance takes its name out
    /// of the register, so that no close waits for it.
    ///
    /// # Errors
    /// When a database does not answer; nothing is lost by that.
    pub async fn stop(&self) -> Result<()> {
        self.stopping.notify_one();
        if let Some(mixer) = self.mixer.lock().await.take() {
            mixer.await.ok();
        }
        let waited_for: Vec<i32> = self.store.rounds_of_questionnaires().await?.into_keys().collect();
        let waiting = self.slot.ask(move |letterbox| letterbox.count(&waited_for)).await?;
        self.slot.stop().await;
        if waiting == 0 {
            instance::Entity::delete_by_id(self.letterbox.clone()).exec(&self.store.db).await?;
        }
        Ok(())
    }
}

impl Store {
    /// `round close --without NAME` goes by names, so that no two letterboxes may share one.
    async fn require_own_name(&self, letterbox: &str, name: &str) -> Result<()> {
        let others = instance::Entity::find().filter(instance::Column::Name.eq(name)).filter(instance::Column::Id.ne(letterbox));
        if others.one(&self.db).await?.is_none() {
            return Ok(());
        }
        Err(StoreError::refused(format!("another instance with a letterbox of its own is called `{name}`; give this one another --name")))
    }

    /// What people call the instance of a letterbox, where it is registered.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn instance_name(&self, letterbox: &Letterbox) -> Result<Option<String>> {
        Ok(instance::Entity::find_by_id(letterbox.id()).one(&self.db).await?.map(|instance| instance.name))
    }

    pub(super) async fn report_empty(&self, round: i32, letterbox: &str) -> Result<()> {
        let row = instance_report::ActiveModel { round_id: Set(round), instance_id: Set(letterbox.to_owned()), set_aside: Set(0) };
        let once = OnConflict::columns([instance_report::Column::RoundId, instance_report::Column::InstanceId]).do_nothing().to_owned();
        instance_report::Entity::insert(row).on_conflict(once).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Names of registered instances that have not reported a round's letterbox as empty.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn instances_not_empty(&self, round: i32) -> Result<Vec<String>> {
        let reports = instance_report::Entity::find().filter(instance_report::Column::RoundId.eq(round)).all(&self.db).await?;
        let reported: HashSet<String> = reports.into_iter().map(|report| report.instance_id).collect();
        let instances = instance::Entity::find().all(&self.db).await?;
        Ok(instances.into_iter().filter(|instance| !reported.contains(&instance.id)).map(|instance| instance.name).collect())
    }

    pub(super) async fn questionnaire_rounds(&self, which: &str) -> Result<HashMap<i32, i32>> {
        let sql = format!("SELECT q.id, q.round_id FROM round_questionnaire q JOIN round r ON r.id = q.round_id {which}");
        let rows = self.db.query_all_raw(self.statement(sql, [])).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }
}
