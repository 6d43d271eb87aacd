//! The thread that owns a letterbox: it takes everybody who waits, looks what may still be accepted, commits all in one transaction and
//! only then answers them.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::sync::Arc;

use sea_orm::ConnectionTrait;
use tokio::runtime::Handle;
use tokio::sync::{Notify, mpsc, oneshot};

use super::letterbox::Letterbox;
use super::open_tables::OpenTables;
use super::sheet::{SealedSheet, SheetKey};
use super::{BRIEFLY, Result, Store, StoreError};

/// Most that is taken from the queue at once: bounds the wait of the last one.
const COMMIT_MOST: usize = 512;

/// Those who may wait for the writer before others are held back.
const QUEUE: usize = 4_096;

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

/// What one respondent sent: one sheet, or one about each unit that was rated. All of it is kept or nothing.
struct Deposit {
    sheets: Vec<SealedSheet>,
    reply: oneshot::Sender<Option<Deposited>>,
}

/// Something to be done with the letterbox between two commits.
type Job = Box<dyn FnOnce(&mut Letterbox) + Send>;

enum Command {
    Deposit(Deposit),
    Job(Job),
    Stop,
}

/// The way to the writer.
#[derive(Debug, Clone)]
pub(super) struct Slot(mpsc::Sender<Command>);

impl Slot {
    /// Starts the writer of a letterbox. `dirty` is notified after each commit.
    pub(super) fn start(store: Store, letterbox: Letterbox, dirty: Arc<Notify>) -> Result<Self> {
        let (commands, queue) = mpsc::channel(QUEUE);
        let writer = Writer { store, letterbox, dirty, runtime: Handle::current(), open: HashMap::new() };
        let thread = std::thread::Builder::new().name("letterbox".to_owned());
        thread.spawn(move || writer.run(queue)).map_err(|cause| StoreError::refused(format!("no thread for the letterbox: {cause}")))?;
        Ok(Self(commands))
    }

    /// Hands in what one respondent sent and waits until it is on the disk.
    pub(super) async fn deposit(&self, sheets: Vec<SealedSheet>) -> Result<Deposited> {
        let (reply, answer) = oneshot::channel();
        self.0.send(Command::Deposit(Deposit { sheets, reply })).await.map_err(|_| stopped())?;
        answer.await.ok().flatten().ok_or_else(|| StoreError::refused("the sheet was not kept; the log has the cause"))
    }

    /// Has something done with the letterbox between two commits.
    pub(super) async fn ask<T: Send + 'static>(&self, job: impl FnOnce(&mut Letterbox) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |letterbox| drop(reply.send(job(letterbox))));
        self.0.send(Command::Job(job)).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// Takes sheets out and leaves no byte of them in the file or its log.
    pub(super) async fn take_out(&self, keys: Vec<SheetKey>) -> Result<()> {
        self.ask(move |letterbox| letterbox.take_out(keys).and_then(|()| letterbox.empty_log(BRIEFLY))).await
    }

    /// Ends the writer and lets the letterbox go; returns when another may open it.
    pub(super) async fn stop(&self) {
        self.0.send(Command::Stop).await.ok();
        self.0.closed().await;
    }
}

fn stopped() -> StoreError {
    StoreError::refused("the letterbox's writer has stopped")
}

struct Writer {
    store: Store,
    letterbox: Letterbox,
    dirty: Arc<Notify>,
    runtime: Handle,
    /// Open questionnaires with their rounds, as the last commit saw them.
    open: HashMap<i32, i32>,
}

impl Writer {
    fn run(mut self, mut queue: mpsc::Receiver<Command>) {
        let mut commands = Vec::with_capacity(COMMIT_MOST);
        while queue.blocking_recv_many(&mut commands, COMMIT_MOST) > 0 {
            let mut deposits = Vec::new();
            for command in commands.drain(..) {
                match command {
                    Command::Deposit(deposit) => deposits.push(deposit),
                    Command::Job(job) => job(&mut self.letterbox),
                    // The file is let go before the queue, by whose end others see that it is.
                    Command::Stop => return drop(self),
                }
            }
            if !deposits.is_empty() {
                self.commit(deposits);
            }
        }
    }

    /// Commits everybody who waits in one transaction and then answers them all.
    fn commit(&mut self, deposits: Vec<Deposit>) {
        let (sent, replies): (Vec<_>, Vec<_>) = deposits.into_iter().map(|deposit| (deposit.sheets, deposit.reply)).unzip();
        match self.keep(&sent) {
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

    fn keep(&mut self, sent: &[Vec<SealedSheet>]) -> Result<Vec<Deposited>> {
        let counted = self.runtime.block_on(self.store.look(&mut self.open, sent))?;
        // Sheets of one respondent are known together or not at all: they were sent in one commit, under keys that belong together.
        let before = |sheets: &Vec<SealedSheet>| {
            if !sheets.iter().all(|sheet| self.open.contains_key(&sheet.cell.questionnaire)) {
                return Some(Deposited::Closed);
            }
            sheets.iter().any(|sheet| counted.contains(&sheet.key)).then_some(Deposited::AlreadyReceived)
        };
        let before: Vec<Option<Deposited>> = sent.iter().map(before).collect();
        let may_be_new: Vec<_> = sent.iter().zip(&before).filter(|(_, before)| before.is_none()).flat_map(|(sheets, _)| sheets).collect();
        let mut new = if may_be_new.is_empty() { Vec::new() } else { self.letterbox.put(&may_be_new)? }.into_iter();
        let outcome = |(sheets, before): (&Vec<SealedSheet>, Option<Deposited>)| {
            before.unwrap_or_else(|| {
                // Counted, because all of them have to be taken from the list.
                let known = new.by_ref().take(sheets.len()).filter(|new| !new).count();
                if known == 0 { Deposited::Received } else { Deposited::AlreadyReceived }
            })
        };
        Ok(sent.iter().zip(before).map(outcome).collect())
    }
}

impl Store {
    /// Brings `open`, what the last commit saw, up to date, and says which sheets were counted already.
    ///
    /// Nearly always nothing was opened or closed meanwhile, and then one query has told both: each query is a way to another thread or
    /// machine and back.
    async fn look(&self, open: &mut HashMap<i32, i32>, sheets: &[Vec<SealedSheet>]) -> Result<HashSet<SheetKey>> {
        if let Ok((now, counted)) = self.open_and_counted(&keys_by_round(open, sheets)).await
            && now == *open
        {
            return Ok(counted);
        }
        *open = self.open_questionnaires().await?;
        let mut counted = HashSet::new();
        for (round, keys) in keys_by_round(open, sheets) {
            counted.extend(self.mixed_keys(round, &keys).await?);
        }
        Ok(counted)
    }
}

impl Store {
    /// Open questionnaires by row, with the row of their round.
    async fn open_questionnaires(&self) -> Result<HashMap<i32, i32>> {
        self.questionnaire_rounds("WHERE r.state = 'open'").await
    }

    /// The same, and which of some keys were counted in their round.
    async fn open_and_counted(&self, keys: &HashMap<i32, Vec<SheetKey>>) -> Result<(HashMap<i32, i32>, HashSet<SheetKey>)> {
        let mut sql =
            "SELECT q.id, q.round_id, NULL FROM round_questionnaire q JOIN round r ON r.id = q.round_id WHERE r.state = 'open'".to_owned();
        let (mut by_hash, mut values) = (HashMap::new(), Vec::new());
        for (round, keys) in keys {
            let hashes: Vec<_> = keys.iter().map(|key| (key.hash(), *key)).collect();
            // Filled up by repetition: few different texts, so that the driver finds each prepared already.
            let places: Vec<_> = (0..hashes.len().next_power_of_two()).map(|place| format!("${}", values.len() + place + 1)).collect();
            values.extend(hashes.iter().cycle().take(places.len()).map(|(hash, _)| hash.to_vec().into()));
            write!(sql, " UNION ALL SELECT 0, 0, hash FROM {} WHERE hash IN ({})", OpenTables::of(*round).mixed, places.join(", ")).ok();
            by_hash.extend(hashes);
        }
        let (mut open, mut counted) = (HashMap::new(), HashSet::new());
        for row in self.db.query_all_raw(self.statement(sql, values)).await? {
            match row.try_get_by_index::<Option<Vec<u8>>>(2)? {
                Some(hash) => counted.extend(by_hash.get(&*hash).copied()),
                None => drop(open.insert(row.try_get_by_index(0)?, row.try_get_by_index(1)?)),
            }
        }
        Ok((open, counted))
    }
}

fn keys_by_round(open: &HashMap<i32, i32>, sheets: &[Vec<SealedSheet>]) -> HashMap<i32, Vec<SheetKey>> {
    let mut keys: HashMap<i32, Vec<SheetKey>> = HashMap::new();
    for sheet in sheets.iter().flatten() {
        if let Some(round) = open.get(&sheet.cell.questionnaire) {
            keys.entry(*round).or_default().push(sheet.key);
        }
    }
    keys
}
