//! The thread that owns a letterbox: it takes everybody who waits, looks what may still be accepted, commits all in one transaction and
//! only then answers them.
//!
//! Nobody waits for ever: who has waited long enough withdraws the sheet, as long as its commit has not begun.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::{Instant, timeout, timeout_at};

use super::health::{InstanceCondition, Refusing};
use super::letterbox::Letterbox;
use super::look::{Looked, ToLookUp};
use super::sealing::{Generations, Live, SealedSheet, other_seal};
use super::{BRIEFLY, Result, Store, StoreError};
use crate::deposit::{AcceptedSheet, Deposited, NotKept, Participation, SheetKey};
use crate::refusal::Refusal;
use crate::seal::Generation;
use leased::ForLease;

mod leased;

/// Most that is taken from the queue at once: bounds the wait of the last one.
const COMMIT_MOST: usize = 512;

/// Those who may wait for the writer before others are held back.
const QUEUE: usize = 4_096;

/// How long a respondent waits, in the queue and for the commit: a page is an answer within six seconds, and looking a code up and marking
/// it as used may take two of them.
const ANSWER_WITHIN: Duration = Duration::from_secs(4);

/// How long the main database may take to say what is open. Shorter than [`ANSWER_WITHIN`], so that those behind still get their turn.
const LOOK_WITHIN: Duration = Duration::from_secs(3);

type DepositOutcome = std::result::Result<Deposited, NotKept>;

/// What one respondent sent: one sheet, or one about each unit that was rated. All of it is kept or nothing.
struct Deposit {
    /// That a code was used, where it came with one.
    participation: Option<Participation>,
    sheets: Vec<AcceptedSheet>,
    turn: Arc<SayTurn>,
    reply: oneshot::Sender<DepositOutcome>,
}

impl Deposit {
    /// The key by which it is known, and its questionnaire. Sheets of one respondent are known together or not at all: they were sent in
    /// one commit.
    fn asked(&self) -> Option<ToLookUp> {
        let coded = self.participation.as_ref().map(|used| (used.key, used.questionnaire));
        coded.or_else(|| self.sheets.first().map(|sheet| (sheet.key, sheet.cell.questionnaire)))
    }

    fn questionnaires(&self) -> impl Iterator<Item = i32> {
        self.sheets.iter().map(|sheet| sheet.cell.questionnaire).chain(self.participation.iter().map(|used| used.questionnaire))
    }
}

/// Whose turn it is to say what becomes of a deposit: the writer's, which commits it, or the respondent's, who withdraws it. The first one
/// has it.
#[derive(Debug, Default)]
struct SayTurn(AtomicBool);

impl SayTurn {
    fn take(&self) -> bool {
        !self.0.swap(true, Ordering::SeqCst)
    }
}

/// Something to be done with the letterbox between two commits.
type Job = Box<dyn FnOnce(&mut Letterbox) + Send>;

enum WriterCommand {
    Deposit(Deposit),
    Job(Job),
    Stop,
}

/// The way to the writer.
#[derive(Debug, Clone)]
pub(super) struct Slot(mpsc::Sender<WriterCommand>);

impl Slot {
    /// Starts the writer of a letterbox. `dirty` is notified after each commit.
    pub(super) fn start(
        store: Store,
        letterbox: Letterbox,
        generations: Generations,
        dirty: Arc<Notify>,
        condition: Arc<InstanceCondition>,
    ) -> Result<Self> {
        let (commands, queue) = mpsc::channel(QUEUE);
        let writer = Writer {
            store,
            letterbox,
            generations,
            dirty,
            condition,
            runtime: Handle::current(),
            open: HashMap::new(),
            for_lease: ForLease::default(),
            commands: commands.downgrade(),
        };
        let thread = std::thread::Builder::new().name("letterbox".to_owned());
        thread.spawn(move || writer.run(queue)).map_err(|cause| StoreError::trouble(format!("no thread for the letterbox: {cause}")))?;
        Ok(Self(commands))
    }

    /// Hands in what one respondent sent and waits until it is on the disk, for a while.
    pub(super) async fn deposit(&self, participation: Option<Participation>, sheets: Vec<AcceptedSheet>) -> DepositOutcome {
        let deadline = Instant::now() + ANSWER_WITHIN;
        let (reply, mut answer) = oneshot::channel();
        let turn = Arc::new(SayTurn::default());
        let deposit = WriterCommand::Deposit(Deposit { participation, sheets, turn: Arc::clone(&turn), reply });
        match timeout_at(deadline, self.0.send(deposit)).await {
            Ok(Ok(())) => {}
            // It was never handed in.
            _ => return Err(NotKept::Surely),
        }
        match timeout_at(deadline, &mut answer).await {
            Ok(outcome) => outcome.unwrap_or(Err(NotKept::Perhaps)),
            Err(_) if turn.take() => Err(NotKept::Surely),
            Err(_) => Err(NotKept::Perhaps),
        }
    }

    /// Has something done with the letterbox between two commits.
    pub(super) async fn ask<T: Send + 'static>(&self, job: impl FnOnce(&mut Letterbox) -> Result<T> + Send + 'static) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |letterbox| drop(reply.send(job(letterbox))));
        self.0.send(WriterCommand::Job(job)).await.map_err(|_| stopped())?;
        answer.await.map_err(|_| stopped())?
    }

    /// The same, within a time.
    pub(super) async fn ask_within<T: Send + 'static>(
        &self,
        patience: Duration,
        job: impl FnOnce(&mut Letterbox) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        timeout(patience, self.ask(job)).await.unwrap_or_else(|_| Err(StoreError::trouble("the letterbox does not answer")))
    }

    /// Takes sheets out and leaves no byte of them in the file or its log.
    pub(super) async fn take_out(&self, keys: Vec<SheetKey>) -> Result<()> {
        self.ask(move |letterbox| letterbox.take_out(keys).and_then(|()| letterbox.empty_log(BRIEFLY))).await
    }

    /// Ends the writer and lets the letterbox go; returns when another may open it.
    pub(super) async fn stop(&self) {
        self.0.send(WriterCommand::Stop).await.ok();
        self.0.closed().await;
    }
}

fn stopped() -> StoreError {
    StoreError::trouble("the letterbox's writer has stopped")
}

struct Writer {
    store: Store,
    letterbox: Letterbox,
    /// The generations whose keys seal sheets before they are written.
    generations: Generations,
    dirty: Arc<Notify>,
    condition: Arc<InstanceCondition>,
    runtime: Handle,
    /// Open questionnaires with their rounds, as the last commit saw them.
    open: HashMap<i32, i32>,
    /// What came with codes while another server may have the lease for them.
    for_lease: ForLease,
    /// The way to this writer itself.
    commands: mpsc::WeakSender<WriterCommand>,
}

impl Writer {
    fn run(mut self, mut queue: mpsc::Receiver<WriterCommand>) {
        let mut commands = Vec::with_capacity(COMMIT_MOST);
        while queue.blocking_recv_many(&mut commands, COMMIT_MOST) > 0 {
            let mut deposits = Vec::new();
            for command in commands.drain(..) {
                match command {
                    WriterCommand::Deposit(deposit) => deposits.push(deposit),
                    WriterCommand::Job(job) => job(&mut self.letterbox),
                    // The file is let go before the queue, by whose end others see that it is.
                    WriterCommand::Stop => return drop(self),
                }
            }
            if !deposits.is_empty() {
                self.commit(deposits);
            }
        }
    }

    /// Commits everybody who waits in one transaction and then answers them all. Whoever hung up will send the same key again and hear that
    /// it was received.
    fn commit(&mut self, deposits: Vec<Deposit>) {
        let (counted, lease) = match self.look(&deposits) {
            Ok(looked) => looked,
            Err(error) => {
                self.condition.looked(Some(&error));
                return answer(deposits, Err(NotKept::Surely));
            }
        };
        self.condition.looked(None);
        let (deposits, without_lease): (Vec<_>, Vec<_>) =
            deposits.into_iter().partition(|deposit| lease || deposit.participation.is_none());
        if self.condition.is_handing_over() {
            // From now on they are for another server.
            answer(without_lease, Err(NotKept::Surely));
        } else {
            self.ask_for_lease(without_lease);
        }
        // From here on nobody can withdraw.
        let mut deposits: Vec<Deposit> = deposits.into_iter().filter(|deposit| deposit.turn.take()).collect();
        match self.keep(&mut deposits, &counted) {
            Ok(outcomes) => {
                for (deposit, outcome) in deposits.into_iter().zip(outcomes) {
                    deposit.reply.send(outcome).ok();
                }
                self.condition.letterbox(None);
                self.dirty.notify_one();
            }
            Err(error) => {
                self.condition.letterbox(Some(&error));
                answer(deposits, Err(error.not_kept()));
            }
        }
    }

    /// Which keys were counted already, and whether coded sheets may be taken here, at one moment.
    fn look(&mut self, deposits: &[Deposit]) -> Result<(HashSet<SheetKey>, bool)> {
        let asked = deposits.iter().filter_map(Deposit::asked);
        let look = self.store.look(&mut self.open, self.letterbox.identity(), asked);
        let looked = self.runtime.block_on(async { timeout(LOOK_WITHIN, look).await });
        match looked.unwrap_or_else(|_| Err(StoreError::trouble("the main database did not say in time which rounds are open")))? {
            Looked::Mine { counted, lease } if !self.condition.is_refusing() => {
                self.begin_generations(deposits)?;
                Ok((counted, lease && !self.condition.is_handing_over()))
            }
            _ => {
                self.condition.look_around();
                Err(StoreError::trouble(
                    "this letterbox is not registered for this server, which is ending, was forgotten, or has a copy elsewhere",
                ))
            }
        }
    }

    /// Sees to it that every open round of which somebody sends a sheet has a generation of this run. One without a seal gets none: its
    /// sheets are refused, and those of other rounds are kept.
    fn begin_generations(&mut self, deposits: &[Deposit]) -> Result<()> {
        let sheets = deposits.iter().flat_map(|deposit| &deposit.sheets);
        let rounds: BTreeSet<i32> = sheets.filter_map(|sheet| self.open.get(&sheet.cell.questionnaire).copied()).collect();
        for round in rounds {
            if self.generations.of(round).is_none() {
                self.begin_generation(round)?;
            }
        }
        Ok(())
    }

    fn begin_generation(&mut self, round: i32) -> Result<()> {
        let seal = self.runtime.block_on(async { timeout(LOOK_WITHIN, self.store.seal(round)).await });
        let seal =
            seal.unwrap_or_else(|_| Err(StoreError::trouble("the main database did not say in time to which key a round is sealed")))?;
        let Some(public) = seal.map(|seal| seal.public) else { return Ok(()) };
        let generation = Generation::draw(&public, round).ok_or_else(|| StoreError::trouble("the public key of a round is none"))?;
        if !self.letterbox.begin(round, &public, &generation)? {
            self.condition.refuse(Refusing::OtherSeal);
            return Err(other_seal(&public));
        }
        self.generations.insert(round, Live { public, generation: Arc::new(generation) });
        Ok(())
    }

    /// Puts in what may be new, and says of each what became of it.
    fn keep(&mut self, deposits: &mut [Deposit], counted: &HashSet<SheetKey>) -> Result<Vec<DepositOutcome>> {
        let (mut outcomes, mut may_be_new) = (Vec::with_capacity(deposits.len()), Vec::with_capacity(deposits.len()));
        for deposit in deposits {
            let mut known = self.known(deposit, counted).map(Ok);
            if known.is_none() {
                match self.seal(deposit) {
                    Ok(sealed) => may_be_new.push(sealed),
                    // It is not kept, and whoever sent it is told so; the others are.
                    Err(error) => {
                        self.condition.looked(Some(&error));
                        known = Some(Err(error.not_kept()));
                    }
                }
            }
            outcomes.push(known);
        }
        let mut new = if may_be_new.is_empty() { Vec::new() } else { self.letterbox.put(&may_be_new)? }.into_iter();
        let outcome = |known: Option<DepositOutcome>| {
            known.unwrap_or_else(|| Ok(if new.next() == Some(true) { Deposited::Received } else { Deposited::AlreadyReceived }))
        };
        Ok(outcomes.into_iter().map(outcome).collect())
    }

    /// What is known of a deposit before the letterbox is asked.
    fn known(&self, deposit: &Deposit, counted: &HashSet<SheetKey>) -> Option<Deposited> {
        if !deposit.questionnaires().all(|questionnaire| self.open.contains_key(&questionnaire)) {
            return Some(Deposited::Closed);
        }
        deposit.asked().is_some_and(|(key, _)| counted.contains(&key)).then_some(Deposited::AlreadyReceived)
    }

    /// Seals what was sent, all of it or nothing. What decides whether it is new comes first.
    fn seal(&self, deposit: &mut Deposit) -> Result<Vec<SealedSheet>> {
        let mut sealed: Vec<SealedSheet> = deposit.participation.iter().map(SealedSheet::participation).collect();
        for sheet in std::mem::take(&mut deposit.sheets) {
            let round = self.open.get(&sheet.cell.questionnaire).copied();
            let live = round.and_then(|round| Some((round, self.generations.of(round)?)));
            let (round, live) = live.ok_or(Refusal::Unsealed)?;
            sealed.push(SealedSheet::seal(sheet, round, &live.generation));
        }
        Ok(sealed)
    }
}

fn answer(deposits: Vec<Deposit>, outcome: DepositOutcome) {
    for deposit in deposits {
        deposit.reply.send(outcome).ok();
    }
}

#[cfg(test)]
mod tests;
