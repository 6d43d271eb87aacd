//! Closing a round: no more sheets are taken, every letterbox is emptied, and all sheets are opened and put in random order. Once that is in the
//! database file, nothing needs the key any more.

mod waiting;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::actor::{Allowed, Close};
use super::naming;
use crate::refusal::Refusal;
use crate::round::Round;
use crate::seal::PrivateKey;
use crate::store::closing::{Closing, Lost};
use crate::store::instance::{Instance, Unreported};
use crate::store::letterbox::{Letterbox, OpenError};
use crate::store::{Result, Store, StoreError};

/// How a round is closed.
#[derive(Debug, Clone, Copy)]
pub struct How<'a> {
    /// What opens its answers; none where it asks nothing.
    pub key: Option<&'a PrivateKey>,
    /// The letterbox of this machine: where no running server has it, it is emptied here.
    pub letterbox: Option<&'a Path>,
    /// Names of servers that are gone on without, should they not report.
    pub without: &'a [String],
    /// How long servers are waited for.
    pub wait: Duration,
    /// How much may be lost with the key: sheets, rows and letterboxes.
    pub give_up: u32,
    /// What the time is. Closing may take hours, and what it did is written down with the time at which it was done.
    pub now: fn() -> Timestamp,
}

/// A round that is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Servers that did not report.
    pub without: Vec<Unreported>,
    /// Rows that could not be read and were not counted, by the name of their letterbox.
    pub set_aside: Vec<(String, i32)>,
}

/// Why a round is not closed. It takes no more sheets all the same, unless a server is unknown; closing it again goes on.
#[derive(Debug)]
pub enum NotClosed {
    /// Servers have not reported that their letterboxes are empty.
    Unreported(Vec<Unreported>),
    /// More would be lost with the key than is given up.
    Lost {
        /// How much.
        lost: Lost,
        /// Rows that could not be read, by the name of their letterbox.
        set_aside: Vec<(String, i32)>,
        /// Servers that would be gone on without.
        without: Vec<Unreported>,
    },
    /// Whatever else the database says.
    Store(StoreError),
}

impl From<StoreError> for NotClosed {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Closes a round. Whom it waits for is told again and again.
///
/// # Errors
/// When it is neither open nor closing, a server does not report, the key is not that of the round, or more would be lost than is given up.
pub async fn close(
    store: &Store,
    round: &Round,
    how: &How<'_>,
    may: &Allowed<Close>,
    told: &(dyn Fn(&[Unreported]) + Send + Sync),
) -> std::result::Result<Closed, NotClosed> {
    let by = may.by();
    require_known(store, how.without).await?;
    store.begin_closing(round, by).await?;
    let own = match how.letterbox {
        Some(file) => open_letterbox(store, file).await?,
        None => None,
    };
    let waited = waiting::for_empty(store, round, how, told).await;
    let set_aside = store.set_aside(round.id).await;
    if let Some(own) = own {
        own.stop().await?;
    }
    let (left_out, set_aside) = (waited?, set_aside?);
    let excused: Vec<String> = left_out.iter().map(|instance| instance.name.clone()).collect();
    let closing = Closing { excused: &excused, key: how.key, give_up: how.give_up };
    match store.finish_closing(round, &closing, &by.later((how.now)())).await {
        Ok(without) => Ok(Closed { without, set_aside }),
        Err(StoreError::Lost(lost)) => Err(NotClosed::Lost { lost, set_aside, without: left_out }),
        Err(error) => Err(error.into()),
    }
}

/// Sees to it that the answers of closed rounds are in the database file itself: before, they are only in the log beside it, and the key that opened
/// them may not be destroyed.
///
/// # Errors
/// When somebody keeps reading the database, or there is no room.
pub async fn require_in_file(store: &Store) -> Result<()> {
    store.require_in_file().await
}

/// Looks whether all servers that are to be gone on without are there, before anybody is asked for a key: a wrong name would excuse nobody, and another
/// server would be waited for in vain.
///
/// # Errors
/// When there is none of a name.
pub async fn require_known(store: &Store, without: &[String]) -> Result<()> {
    let known = store.instance_names().await?;
    match without.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(Refusal::NoServer { server: name.clone(), known }.into()),
        None => Ok(()),
    }
}

/// The letterbox of this machine, where no running server has it: what a stopped server left behind is mixed here.
async fn open_letterbox(store: &Store, file: &Path) -> Result<Option<Instance>> {
    if !file.exists() {
        return Ok(None);
    }
    match Letterbox::open(file) {
        Ok(letterbox) => {
            let known = store.instance_name(&letterbox).await?;
            let name = known.unwrap_or_else(|| naming::server(&file.to_string_lossy()).unwrap_or_else(|_| "letterbox".to_owned()));
            Ok(Some(Instance::start(store.clone(), letterbox, &name).await?))
        }
        Err(OpenError::Busy(_)) => Ok(None),
        Err(OpenError::Store(error)) => Err(error),
    }
}
