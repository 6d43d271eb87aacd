//! Phones that send sheets until they are told to stop, and send again what was not acknowledged.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::{Client, redirect};
use tokio::task::JoinHandle;

use super::server::Rig;
use super::sheets::{Book, Sheet, body, key_in};
use crate::harness::fixture::{ROUND, SIPAS};
use crate::harness::patience::{PATIENCE, until};

/// Phones at once.
pub(crate) const SENDERS: usize = 8;

/// What the phones saw.
#[derive(Debug, Default)]
pub(super) struct Seen {
    acknowledged: AtomicU64,
    slowest: Mutex<Duration>,
    not_answered: AtomicU64,
    /// Answers, whatever they said, by phone.
    answers: [AtomicU64; SENDERS],
}

/// Phones that are sending.
#[derive(Debug)]
pub(super) struct Clients {
    stopping: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<()>>,
    pub(super) seen: Arc<Seen>,
}

/// A client that follows nothing and gives up in time, as a phone does.
pub(crate) fn client(patience: Duration) -> Client {
    Client::builder().redirect(redirect::Policy::none()).timeout(patience).build().unwrap()
}

/// Where the form is.
pub(crate) fn form_at(address: &str) -> String {
    format!("{address}/{ROUND}/{SIPAS}/so-noi-vu")
}

/// Opens the form and takes the key from it.
pub(crate) async fn key(client: &Client, address: &str) -> Option<String> {
    let page = client.get(address).send().await.ok()?.text().await.ok()?;
    key_in(&page)
}

/// Sends a sheet and says the status, unless there was no answer.
pub(crate) async fn send(client: &Client, address: &str, fields: &[(String, String)], sheet: &Sheet) -> Option<u16> {
    let request = client.post(address).header("content-type", "application/x-www-form-urlencoded").body(body(fields, sheet));
    request.send().await.ok().map(|response| response.status().as_u16())
}

impl Clients {
    /// Starts them, each with a pause between two sheets.
    pub(super) fn start(rig: &Rig, address: &str, pause: Duration) -> Self {
        Self::with_patience(rig, address, pause, Duration::from_secs(20))
    }

    /// The same, giving up after another time.
    pub(super) fn with_patience(rig: &Rig, address: &str, pause: Duration, patience: Duration) -> Self {
        let (stopping, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(Seen::default()));
        let phone = |number| Phone {
            number,
            client: client(patience),
            address: form_at(address),
            fields: rig.fields.clone(),
            book: rig.book.clone(),
            seen: seen.clone(),
            stopping: stopping.clone(),
            pause,
        };
        let tasks = (0..SENDERS).map(|number| tokio::spawn(phone(number).run())).collect();
        Self { stopping, tasks, seen }
    }

    /// Ends them, each after its answer.
    pub(super) async fn stop(self) {
        self.stopping.store(true, Ordering::Relaxed);
        for task in self.tasks {
            task.await.unwrap();
        }
    }
}

impl Seen {
    pub(super) fn acknowledged(&self) -> u64 {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// The longest time in which a request was answered, or not: a figure to look at.
    pub(super) fn slowest(&self) -> Duration {
        *self.slowest.lock().unwrap()
    }

    /// How often each phone was answered so far.
    fn answers(&self) -> [u64; SENDERS] {
        self.answers.each_ref().map(|answers| answers.load(Ordering::Relaxed))
    }

    /// Waits until every phone is answered three times: at least once it is what it sends, asked and answered in this time.
    pub(super) async fn answers_everybody(&self) {
        let before = self.answers();
        let all = async || self.answers().iter().zip(before).all(|(now, before)| *now >= before + 3);
        until("somebody is not answered", all).await;
    }

    /// Requests whose connection broke or whose sender gave up.
    pub(super) fn not_answered(&self) -> u64 {
        self.not_answered.load(Ordering::Relaxed)
    }

    /// Waits until so many sheets are acknowledged.
    pub(super) async fn reaches(&self, acknowledged: u64) {
        let began = Instant::now();
        while self.acknowledged() < acknowledged {
            assert!(began.elapsed() < PATIENCE, "only {} sheets are taken", self.acknowledged());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until one more sheet than those on their way is acknowledged.
    pub(super) async fn acknowledges_again_within(&self, patience: Duration) -> bool {
        let (began, before) = (Instant::now(), self.acknowledged());
        while self.acknowledged() <= before + u64::try_from(SENDERS).unwrap() {
            if began.elapsed() > patience {
                return false;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        true
    }
}

struct Phone {
    number: usize,
    client: Client,
    address: String,
    fields: Arc<Vec<(String, String)>>,
    book: Arc<Book>,
    seen: Arc<Seen>,
    stopping: Arc<AtomicBool>,
    pause: Duration,
}

impl Phone {
    async fn run(self) {
        while !self.stopping.load(Ordering::Relaxed) {
            let began = Instant::now();
            let Some(sheet) = self.sheet().await else {
                self.saw(began, None);
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            self.saw(began, Some(200));
            let began = Instant::now();
            let status = send(&self.client, &self.address, &self.fields, &sheet).await;
            self.saw(began, status);
            if status == Some(303) {
                self.book.acknowledge(sheet.number);
                self.seen.acknowledged.fetch_add(1, Ordering::Relaxed);
                tokio::time::sleep(self.pause).await;
            } else {
                self.book.put_back(sheet);
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }

    fn saw(&self, began: Instant, status: Option<u16>) {
        let mut slowest = self.seen.slowest.lock().unwrap();
        *slowest = began.elapsed().max(*slowest);
        self.seen.not_answered.fetch_add(u64::from(status.is_none()), Ordering::Relaxed);
        self.seen.answers[self.number].fetch_add(u64::from(status.is_some()), Ordering::Relaxed);
    }

    async fn sheet(&self) -> Option<Sheet> {
        if let Some(sheet) = self.book.unanswered() {
            return Some(sheet);
        }
        let key = key(&self.client, &self.address).await?;
        Some(Sheet { number: self.book.number(), key })
    }
}
