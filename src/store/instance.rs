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
use tokio::sync::{Mutex, Notify, mpsc, oneshot};
use tokio::task::JoinHandle;

use super::entity::{instance, instance_report};
use super::letterbox::Letterbox;
use super::mixing::BATCH_LEAST;
use super::sheet::{Cell, SealedSheet, SheetKey};
use super::{Result, Store, StoreError};

/// Most sheets of one commit: bounds the answer to the last who waits, and 7 columns x 512 stays far below 32,766 parameters.
const COMMIT_MOST: usize = 512;

/// Sheets that may wait for the writer before those who send are held back.
const QUEUE: usize = 4_096;

/// How often the mixer looks: often enough that a close does not wait, seldom enough that a quiet server sleeps.
const MIXING_PAUSE: Duration = Duration::from_millis(250);

/// Sheets of one mixing transaction, more or less: no further cell is added once there are so many.
const MIXING_MOST: usize = 4_000;

/// What became of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deposited {
    /// It is on the disk and will be counted.
    Received,
    /// This key was received before; nothing has changed.
    AlreadyReceived,
    /// Its round is not open any more.
    Closed,
}

struct Deposit {
    sheet: SealedSheet,
    reply: oneshot::Sender<Option<Deposited>>,
}

enum Command {
    Deposit(Deposit),
    TakeOut(Vec<SheetKey>, oneshot::Sender<Result<()>>),
    Count(Vec<i32>, oneshot::Sender<Result<i64>>),
}

/// A running instance.
#[derive(Debug)]
pub struct Instance {
    commands: mpsc::Sender<Command>,
    mixer: Mutex<Option<JoinHandle<()>>>,
    stopping: Arc<Notify>,
    store: Store,
    letterbox: Arc<Letterbox>,
}

impl Instance {
    /// Registers the letterbox in the main database under a name for people and starts to write and to mix.
    ///
    /// # Errors
    /// When the main database does not answer.
    pub async fn start(store: Store, letterbox: Letterbox, name: &str) -> Result<Self> {
        store.require_own_name(letterbox.id(), name).await?;
        let row = instance::ActiveModel { id: Set(letterbox.id().to_owned()), name: Set(name.to_owned()) };
        let again = OnConflict::column(instance::Column::Id).update_column(instance::Column::Name).to_owned();
        instance::Entity::insert(row).on_conflict(again).exec_without_returning(&store.db).await?;
        let letterbox = Arc::new(letterbox);
        let (commands, queue) = mpsc::channel(QUEUE);
        let dirty = Arc::new(Notify::new());
        // One look at the start, for what a crash may have left behind.
        dirty.notify_one();
        let open = HashMap::new();
        tokio::spawn(Writer { store: store.clone(), letterbox: Arc::clone(&letterbox), dirty: Arc::clone(&dirty), open }.run(queue));
        let stopping = Arc::new(Notify::new());
        let mixer = Mixer { store: store.clone(), letterbox: Arc::clone(&letterbox), commands: commands.clone(), dirty };
        let mixer = tokio::spawn(mixer.run(Arc::clone(&stopping)));
        Ok(Self { commands, mixer: Mutex::new(Some(mixer)), stopping, store, letterbox })
    }

    /// Hands in a sheet and waits until it is on the disk.
    ///
    /// # Errors
    /// When it could not be kept; the log has the cause, and sending the same sheet again is safe.
    pub async fn deposit(&self, sheet: SealedSheet) -> Result<Deposited> {
        let (reply, answer) = oneshot::channel();
        let lost = || StoreError::refused("the letterbox is not taking sheets; the log has the cause");
        self.commands.send(Command::Deposit(Deposit { sheet, reply })).await.map_err(|_| lost())?;
        answer.await.ok().flatten().ok_or_else(lost)
    }

    /// Stops mixing. Where no sheet of a round that is open or closing waits in the letterbox, the instance takes its name out of the register, so that no close waits for it.
    ///
    /// # Errors
    /// When a database does not answer; nothing is lost by that.
    pub async fn stop(&self) -> Result<()> {
        self.stopping.notify_one();
        if let Some(mixer) = self.mixer.lock().await.take() {
            mixer.await.ok();
        }
        let waited_for: Vec<i32> = self.store.rounds_of_questionnaires().await?.into_keys().collect();
        if self.letterbox.count(&waited_for).await? == 0 {
            instance::Entity::delete_by_id(self.letterbox.id()).exec(&self.store.db).await?;
        }
        Ok(())
    }
}

struct Writer {
    store: Store,
    letterbox: Arc<Letterbox>,
    dirty: Arc<Notify>,
    /// Open questionnaires with their rounds, as the last commit saw them.
    open: HashMap<i32, i32>,
}

impl Writer {
    async fn run(mut self, mut queue: mpsc::Receiver<Command>) {
        let mut commands = Vec::with_capacity(COMMIT_MOST);
        while queue.recv_many(&mut commands, COMMIT_MOST).await > 0 {
            let mut deposits = Vec::new();
            for command in commands.drain(..) {
                match command {
                    Command::Deposit(deposit) => deposits.push(deposit),
                    Command::TakeOut(keys, reply) => drop(reply.send(self.letterbox.take_out(&keys).await)),
                    Command::Count(questionnaires, reply) => drop(reply.send(self.letterbox.count(&questionnaires).await)),
                }
            }
            if !deposits.is_empty() {
                self.commit(deposits).await;
            }
        }
    }

    /// Commits everybody who waits in one transaction and then answers them all.
    async fn commit(&mut self, deposits: Vec<Deposit>) {
        let (sheets, replies): (Vec<_>, Vec<_>) = deposits.into_iter().map(|deposit| (deposit.sheet, deposit.reply)).unzip();
        match self.keep(&sheets).await {
            Ok(outcomes) => {
                for (reply, outcome) in replies.into_iter().zip(outcomes) {
                    // Whoever hung up will send the same key again and hear that it was received.
                    reply.send(Some(outcome)).ok();
                }
                self.dirty.notify_one();
            }
            Err(error) => tracing::error!(%error, sheets = replies.len(), "sheets were not kept; their senders were told so"),
        }
    }

    async fn keep(&mut self, sheets: &[SealedSheet]) -> Result<Vec<Deposited>> {
        // Both looks at once, the second by what the last commit saw; where that has changed meanwhile, it is done again.
        let (open, counted) = tokio::join!(self.store.open_questionnaires(), self.counted(&self.open, sheets));
        let open = open?;
        let counted = if open == self.open { counted? } else { self.counted(&open, sheets).await? };
        self.open.clone_from(&open);
        let is_open = |sheet: &SealedSheet| open.contains_key(&sheet.cell.questionnaire);
        let new: Vec<_> = sheets.iter().filter(|sheet| is_open(sheet) && !counted.contains(&sheet.key)).collect();
        let mut received = if new.is_empty() { HashSet::new() } else { self.letterbox.put(&new).await? };
        let outcome = |sheet: &SealedSheet| match (is_open(sheet), received.remove(&sheet.key)) {
            (false, _) => Deposited::Closed,
            (true, true) => Deposited::Received,
            (true, false) => Deposited::AlreadyReceived,
        };
        Ok(sheets.iter().map(outcome).collect())
    }
}

impl Writer {
    /// Which sheets of open questionnaires were counted already.
    async fn counted(&self, open: &HashMap<i32, i32>, sheets: &[SealedSheet]) -> Result<HashSet<SheetKey>> {
        let mut keys: HashMap<i32, Vec<SheetKey>> = HashMap::new();
        for sheet in sheets {
            if let Some(round) = open.get(&sheet.cell.questionnaire) {
                keys.entry(*round).or_default().push(sheet.key);
            }
        }
        let mut counted = HashSet::new();
        for (round, keys) in keys {
            counted.extend(self.store.mixed_keys(round, &keys).await?);
        }
        Ok(counted)
    }
}

struct Mixer {
    store: Store,
    letterbox: Arc<Letterbox>,
    commands: mpsc::Sender<Command>,
    dirty: Arc<Notify>,
}

impl Mixer {
    async fn run(self, stopping: Arc<Notify>) {
        if let Err(error) = self.report_left_over().await {
            tracing::error!(%error, "the letterbox could not be looked through");
        }
        let mut revision = None;
        loop {
            tokio::select! {
                () = stopping.notified() => return,
                () = tokio::time::sleep(MIXING_PAUSE) => {}
            }
            let turn = async {
                // Only a look at the round's state and a new sheet can give the mixer something to do.
                let now = self.store.revision().await?;
                let woken = tokio::time::timeout(Duration::ZERO, self.dirty.notified()).await.is_ok();
                while woken && self.mix(&self.store.rounds_of_questionnaires().await?, BATCH_LEAST).await? {}
                if revision.replace(now) != Some(now) {
                    self.empty_closing_rounds().await?;
                }
                Ok::<_, StoreError>(())
            };
            if let Err(error) = turn.await {
                tracing::error!(%error, "mixing did not go on; the sheets stay in the letterbox and it is tried again");
                revision = None;
                self.dirty.notify_one();
            }
        }
    }

    /// Mixes what waits for some questionnaires in cells with at least so many sheets; those of one round move together. Says whether it
    /// stopped at a full transaction, so that more may wait.
    async fn mix(&self, rounds: &HashMap<i32, i32>, least: usize) -> Result<bool> {
        let questionnaires: Vec<i32> = rounds.keys().copied().collect();
        let sheets = self.letterbox.waiting(&questionnaires, least, MIXING_MOST).await?;
        let full = sheets.len() >= MIXING_MOST;
        let mut batches: HashMap<i32, HashMap<Cell, Vec<SealedSheet>>> = HashMap::new();
        for sheet in sheets {
            if let Some(round) = rounds.get(&sheet.cell.questionnaire) {
                batches.entry(*round).or_default().entry(sheet.cell.clone()).or_default().push(sheet);
            }
        }
        for (round, cells) in batches {
            let counted = self.store.mix(round, cells.into_values().collect(), least).await?;
            self.ask(|reply| Command::TakeOut(counted, reply)).await?;
        }
        Ok(full)
    }

    /// Mixes whatever is left of rounds that are closing, and reports once nothing is.
    async fn empty_closing_rounds(&self) -> Result<()> {
        let mut closing = self.store.closing_rounds().await?;
        for round in closing.values().copied().collect::<HashSet<_>>() {
            // The writer counts between two commits and each commit looks at the mark, so zero here stays zero.
            let of_round =
                |closing: &HashMap<i32, i32>| closing.iter().filter(|(_, of)| **of == round).map(|(row, of)| (*row, *of)).collect();
            let questionnaires: HashMap<i32, i32> = of_round(&closing);
            let rows: Vec<i32> = questionnaires.keys().copied().collect();
            while self.ask(|reply| Command::Count(rows.clone(), reply)).await? > 0 {
                closing = self.store.closing_rounds().await?;
                if of_round(&closing).len() < rows.len() {
                    tracing::error!(round, "the round was closed without this instance; the sheets in its letterbox were not counted");
                    return Ok(());
                }
                self.mix(&questionnaires, 1).await?;
            }
            // Takes nothing out, but leaves no byte in the log of what was taken out before.
            self.ask(|reply| Command::TakeOut(Vec::new(), reply)).await?;
            self.store.report_empty(round, self.letterbox.id()).await?;
        }
        Ok(())
    }

    /// Says once at the start what can never be counted any more, because its round was closed without this instance.
    async fn report_left_over(&self) -> Result<()> {
        let rows: Vec<i32> = self.store.rounds_of_questionnaires().await?.into_keys().collect();
        let left_over = self.letterbox.count_all().await? - self.letterbox.count(&rows).await?;
        if left_over > 0 {
            tracing::error!(left_over, "the letterbox holds sheets of rounds that were closed without it; they cannot be counted any more");
        }
        Ok(())
    }

    async fn ask<T>(&self, command: impl FnOnce(oneshot::Sender<Result<T>>) -> Command) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let lost = || StoreError::refused("the letterbox's writer has stopped");
        self.commands.send(command(reply)).await.map_err(|_| lost())?;
        answer.await.map_err(|_| lost())?
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

    async fn report_empty(&self, round: i32, letterbox: &str) -> Result<()> {
        let row = instance_report::ActiveModel { round_id: Set(round), instance_id: Set(letterbox.to_owned()) };
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

    /// Open questionnaires by row, with the row of their round.
    async fn open_questionnaires(&self) -> Result<HashMap<i32, i32>> {
        self.questionnaire_rounds("WHERE r.state = 'open'").await
    }

    /// All questionnaires by row whose sheets may still be mixed.
    async fn rounds_of_questionnaires(&self) -> Result<HashMap<i32, i32>> {
        self.questionnaire_rounds("WHERE r.state IN ('open', 'closing')").await
    }

    /// Questionnaires of closing rounds by row, with the row of their round.
    async fn closing_rounds(&self) -> Result<HashMap<i32, i32>> {
        self.questionnaire_rounds("WHERE r.state = 'closing'").await
    }

    async fn questionnaire_rounds(&self, which: &str) -> Result<HashMap<i32, i32>> {
        let sql = format!("SELECT q.id, q.round_id FROM round_questionnaire q JOIN round r ON r.id = q.round_id {which}");
        let rows = self.db.query_all_raw(self.statement(sql, [])).await?;
        rows.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
    }
}
