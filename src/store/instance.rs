//! One running server's part in keeping answers: a writer that commits everybody who waits in one transaction, a mixer, and a pulse.
//!
//! ```text
//!  deposit ──► writer: still mine? who is open? ─► what was counted? ─► one commit, synced ─► answers to all
//!                 ▲ take out
//!  mixer: ripe cells ─► Store::mix (one transaction) ─► read back ─► take out of the letterbox
//!  pulse: can the letterbox be written? ─► I run ─► has anybody gone on under my name?
//! ```

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use tokio::sync::{Mutex, Notify};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

use super::batches::Batches;
use super::codes::{CodeHash, IssuedCode};
use super::entity::{instance, instance_report};
use super::health::{InstanceCondition, Refusing};
use super::letterbox::{Identity, Letterbox};
use super::mixer::Mixer;
use super::pulse::{BEAT, Pulse};
use super::sealing::Generations;
use super::writer::Slot;
use super::{Result, Store, StoreError};
use crate::deposit::{AcceptedSheet, DepositCounts, Deposited, Health, NotKept, Participation};

/// How long letterbox and main database may take to answer when somebody asks whether they do.
const ANSWERS_WITHIN: Duration = Duration::from_secs(1);

/// How long a database may take when the server ends: the system that ends it does not wait for ever either.
const ENDS_WITHIN: Duration = Duration::from_secs(10);

/// How long whoever ran under a name needs to notice that another has taken it over, and to register anew: three beats, and one for the
/// way.
const NOTICED_WITHIN: Duration = BEAT.saturating_mul(4);

/// A running instance.
#[derive(Debug)]
pub struct Instance {
    slot: Slot,
    mixer: Mutex<Option<JoinHandle<()>>>,
    pulse: JoinHandle<()>,
    stopping: Arc<Notify>,
    condition: Arc<InstanceCondition>,
    store: Store,
}

impl Instance {
    /// Registers the letterbox in the main database under a name for people and starts to write and to mix.
    ///
    /// # Errors
    /// When the main database does not answer, or another server runs with a copy of the letterbox.
    pub async fn start(store: Store, mut letterbox: Letterbox, name: &str) -> Result<Self> {
        let taken_over = store.register(&mut letterbox, name).await?;
        let (dirty, stopping, condition) = (Arc::new(Notify::new()), Arc::new(Notify::new()), Arc::new(InstanceCondition::default()));
        // One look at the start, for what a crash may have left behind.
        dirty.notify_one();
        let generations = Generations::default();
        store.seal_waiting(&mut letterbox, &generations).await?;
        let (identity, place) = (letterbox.identity().clone(), letterbox.place()?);
        let slot = Slot::start(store.clone(), letterbox, generations.clone(), Arc::clone(&dirty), Arc::clone(&condition))?;
        let reports_from = Instant::now() + if taken_over { NOTICED_WITHIN } else { Duration::ZERO };
        let (batches, mixed_by) = (Batches::default(), Arc::clone(&condition));
        let mixer = Mixer { store: store.clone(), slot: slot.clone(), generations, batches, condition: mixed_by, dirty, reports_from };
        mixer.report_left_over().await?;
        let mixer = tokio::spawn(mixer.run(Arc::clone(&stopping)));
        let (own_store, own_slot, own_condition) = (store.clone(), slot.clone(), Arc::clone(&condition));
        let pulse =
            Pulse { store: own_store, slot: own_slot, condition: own_condition, name: name.to_owned(), place, identity, taken: true };
        let pulse = tokio::spawn(pulse.run());
        Ok(Self { slot, mixer: Mutex::new(Some(mixer)), pulse, stopping, condition, store })
    }

    /// Hands in what one respondent sent, one sheet or one about each unit, and waits until all of it is on the disk, for four seconds at
    /// most.
    ///
    /// # Errors
    /// When it was not kept, or nobody knows; the log has the cause, and sending the same sheet again is safe.
    pub async fn deposit(&self, sheets: Vec<AcceptedSheet>) -> std::result::Result<Deposited, NotKept> {
        self.slot.deposit(None, sheets).await
    }

    /// The same for what was sent with a code: the participation row alone decides whether it was received before.
    ///
    /// # Errors
    /// As for [`Self::deposit`], and when another server takes what is sent with codes.
    pub async fn deposit_coded(&self, used: Participation, sheets: Vec<AcceptedSheet>) -> std::result::Result<Deposited, NotKept> {
        self.slot.deposit(Some(used), sheets).await
    }

    /// What a code opens, as far as the database says so by then; none where it was not issued in the round.
    ///
    /// # Errors
    /// When it does not; the log has the cause.
    pub async fn code(&self, round: i32, hash: CodeHash, by: Instant) -> Result<Option<IssuedCode>> {
        let found = timeout_at(by, self.store.code(round, hash)).await;
        let found = found.unwrap_or_else(|_| Err(StoreError::trouble("the main database did not say in time what a code opens")));
        self.condition.looked_up_code(found.as_ref().err());
        found
    }

    /// Whether a sheet that came now could be kept, and what is wrong although it could.
    pub async fn health(&self) -> Health {
        let health = self.condition.health();
        if health.cannot_keep.is_some() {
            return health;
        }
        let (database, letterbox) =
            tokio::join!(timeout(ANSWERS_WITHIN, self.store.ping()), self.slot.ask_within(ANSWERS_WITHIN, |_| Ok(())));
        let cannot_keep = match (database, letterbox) {
            (Ok(Ok(())), Ok(())) => None,
            (Ok(Ok(())), Err(_)) => Some("the letterbox does not answer".to_owned()),
            _ => Some("the database does not answer, so that nobody knows which rounds are open".to_owned()),
        };
        Health { cannot_keep, ..health }
    }

    /// Counts for monitoring.
    #[must_use]
    pub fn figures(&self) -> DepositCounts {
        self.condition.figures()
    }

    /// Stops mixing and lets the letterbox go. Where nothing waits in it for a round that is open or closing, the instance takes its name
    /// out of the register, so that no close waits for it.
    ///
    /// # Errors
    /// When a database does not answer; nothing is lost by that.
    pub async fn stop(&self) -> Result<()> {
        self.condition.refuse(Refusing::Ending);
        self.stopping.notify_one();
        if let Some(mut mixer) = self.mixer.lock().await.take()
            && timeout(ENDS_WITHIN, &mut mixer).await.is_err()
        {
            // A mixing that is broken off is begun anew after the next start.
            mixer.abort();
        }
        self.pulse.abort();
        let left = timeout(ENDS_WITHIN, self.take_leave()).await;
        self.slot.stop().await;
        left.unwrap_or_else(|_| Err(StoreError::trouble("the main database did not answer in time")))
    }

    async fn take_leave(&self) -> Result<()> {
        let waited_for: Vec<i32> = self.store.rounds_of_questionnaires().await?.into_keys().collect();
        let left = self.slot.ask(move |letterbox| {
            let waiting = letterbox.count(&waited_for)? + letterbox.count_plain(&waited_for)?;
            Ok((letterbox.identity().clone(), waiting, letterbox.count_set_aside()?))
        });
        let (identity, waiting, set_aside) = left.await?;
        if waiting + set_aside > 0 {
            return self.store.beat(&identity).await.map(drop);
        }
        // Nothing waits, and nothing is taken any more: no code is in between.
        self.store.let_go(&self.store.db, &identity.id).await?;
        let own = instance::Entity::delete_many().filter(instance::Column::Id.eq(identity.id));
        own.filter(instance::Column::Nonce.is_in([identity.nonce, identity.previous])).exec(&self.store.db).await?;
        Ok(())
    }
}

impl Drop for Instance {
    /// An instance that is dropped without being stopped beats no more.
    fn drop(&mut self) {
        self.pulse.abort();
    }
}

/// An instance that has not reported a round's letterbox as empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreported {
    /// What people call it.
    pub name: String,
    /// Whether sheets may wait with it: whether a round took any when it was last heard.
    pub may_hold_sheets: bool,
}

impl Store {
    /// What people call the instance of a letterbox, where it is registered.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn instance_name(&self, letterbox: &Letterbox) -> Result<Option<String>> {
        Ok(instance::Entity::find_by_id(letterbox.id()).one(&self.db).await?.map(|instance| instance.name))
    }

    /// Names of all instances that are registered.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn instance_names(&self) -> Result<Vec<String>> {
        Ok(instance::Entity::find().all(&self.db).await?.into_iter().map(|instance| instance.name).collect())
    }

    /// Keeps an instance's word that its letterbox holds nothing of a round any more.
    pub(super) async fn report_empty(&self, round: i32, own: &Identity, set_aside: i64) -> Result<()> {
        // Only for whoever is registered: the word of a copy would stand for the letterbox that has gone on under its name.
        let sql = "INSERT INTO instance_report (round_id, instance_id, set_aside) \
                   SELECT $1, id, $2 FROM instance WHERE id = $3 AND nonce IN ($4, $5) \
                   ON CONFLICT (round_id, instance_id) DO UPDATE SET set_aside = excluded.set_aside";
        let Identity { id, nonce, previous } = own;
        let set_aside = i32::try_from(set_aside).unwrap_or(i32::MAX);
        let values = [round.into(), set_aside.into(), id.as_str().into(), nonce.as_str().into(), previous.as_str().into()];
        if self.db.execute_raw(self.statement(sql, values)).await?.rows_affected() == 1 {
            return Ok(());
        }
        Err(StoreError::trouble("the letterbox is empty, but not registered for this server at this moment; it reports again"))
    }

    /// Names of registered instances that have not reported a round's letterbox as empty.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn instances_not_empty(&self, round: i32) -> Result<Vec<String>> {
        Ok(self.instances_unreported(round).await?.into_iter().map(|instance| instance.name).collect())
    }

    /// The same, with what is known of each.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn instances_unreported(&self, round: i32) -> Result<Vec<Unreported>> {
        self.unreported(&self.db, round).await
    }

    pub(super) async fn unreported(&self, on: &impl ConnectionTrait, round: i32) -> Result<Vec<Unreported>> {
        let reports = instance_report::Entity::find().filter(instance_report::Column::RoundId.eq(round)).all(on).await?;
        let reported: HashSet<String> = reports.into_iter().map(|report| report.instance_id).collect();
        let instances = instance::Entity::find().all(on).await?.into_iter().filter(|instance| !reported.contains(&instance.id));
        Ok(instances.map(|instance| Unreported { may_hold_sheets: instance.may_hold_sheets(), name: instance.name }).collect())
    }

    /// Rows that instances set aside because they could not be read, of those that reported a round: names and numbers.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_aside(&self, round: i32) -> Result<Vec<(String, i32)>> {
        self.set_aside_on(&self.db, round).await
    }

    pub(super) async fn set_aside_on(&self, on: &impl ConnectionTrait, round: i32) -> Result<Vec<(String, i32)>> {
        let reports = instance_report::Entity::find()
            .filter(instance_report::Column::RoundId.eq(round))
            .filter(instance_report::Column::SetAside.gt(0))
            .all(on)
            .await?;
        let names: HashMap<String, String> =
            instance::Entity::find().all(on).await?.into_iter().map(|instance| (instance.id, instance.name)).collect();
        let name = |report: &instance_report::Model| names.get(&report.instance_id).cloned().unwrap_or_default();
        Ok(reports.iter().map(|report| (name(report), report.set_aside)).collect())
    }

    pub(super) async fn questionnaire_rounds(&self, which: &str) -> Result<HashMap<i32, i32>> {
        let sql = format!("SELECT q.id, q.round_id FROM round_questionnaire q JOIN round r ON r.id = q.round_id {which}");
        let rows = self.db.query_all_raw(self.statement(sql, [])).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }
}
