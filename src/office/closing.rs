//! Closing a round: no more sheets are taken, every letterbox is emptied, and all sheets are opened and put in random order. Once that is
//! in the database file, nothing needs the key any more.

mod waiting;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::actor::{Allowed, Close};
use super::sealing::has_key;
use super::{Office, Stopped, naming};
use crate::refusal::{Refusal, SetAside};
use crate::round::{Round, RoundState};
use crate::seal::{PrivateKey, RoundSeal, opens};
use crate::store::closing::Closing;
use crate::store::instance::{Instance, Unreported};
use crate::store::letterbox::{Letterbox, OpenError};
use crate::store::{Store, StoreError};

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
    /// What the time is. Closing may take hours, and each thing that it does is written down with the time at which it is done.
    pub now: fn() -> Timestamp,
}

/// A round that is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Servers that did not report.
    pub without: Vec<LeftOut>,
    /// Rows that could not be read and were not counted.
    pub set_aside: Vec<SetAside>,
}

/// A server that a round was closed without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What people call it.
    pub name: String,
    /// Whether sheets may wait with it: whether a round took any when it was last heard.
    pub may_hold_sheets: bool,
}

/// What closing a round wants of its key.
#[derive(Debug)]
pub enum KeyForClosing {
    /// None: nothing is sealed in the round, or it cannot be closed, which closing says.
    Nothing,
    /// That which opens its answers.
    Key(RoundSeal),
    /// The round is closed. Where that was cut off before its key was destroyed, it is to be destroyed now.
    LeftBehind(RoundSeal),
}

/// A round that somebody wants to close, and what that wants of its key, before anybody is asked for it: a wrong name would excuse nobody,
/// and another server would be waited for in vain.
///
/// # Errors
/// When there is no such round, or no server that is to be gone on without.
pub async fn wanted(Office { store }: &Office, code: &str, without: &[String]) -> Result<(Round, KeyForClosing), Stopped> {
    let round = store.round(code).await?;
    require_known(store, without).await?;
    let wanted = match (store.seal(round.id).await?, round.state) {
        (None, _) | (_, RoundState::Draft) => KeyForClosing::Nothing,
        (Some(seal), RoundState::Open | RoundState::Closing) => KeyForClosing::Key(seal),
        (Some(seal), RoundState::Closed | RoundState::Published) => KeyForClosing::LeftBehind(seal),
    };
    Ok((round, wanted))
}

/// Closes a round. Whom it waits for is told again and again, by name.
///
/// # Errors
/// When it is neither open nor closing, a server is unknown, or the key is not that of the round: then nothing is changed. When a server
/// does not report, or more would be lost than is given up: then it takes no more sheets all the same, and closing it again goes on.
pub async fn close(
    Office { store }: &Office,
    round: &Round,
    how: &How<'_>,
    may: &Allowed<Close>,
    told: &(dyn Fn(&[String]) + Send + Sync),
) -> Result<Closed, Stopped> {
    match close_where_there_is_room(store, round, how, may, told).await {
        Err(Stopped::Store(error)) if error.is_of_a_full_main_database() => Err(no_room(store, round, &error).await.into()),
        closed => closed,
    }
}

async fn close_where_there_is_room(
    store: &Store,
    round: &Round,
    how: &How<'_>,
    may: &Allowed<Close>,
    told: &(dyn Fn(&[String]) + Send + Sync),
) -> Result<Closed, Stopped> {
    if matches!(round.state, RoundState::Closed | RoundState::Published) {
        return Err(Refusal::ClosedAlready { round: round.code.clone() }.into());
    }
    let by = &may.in_round(&round.code)?.timed_by(how.now);
    require_known(store, how.without).await?;
    how.letterbox.map_or(Ok(()), Letterbox::require)?;
    require_key(store, round, how.key).await?;
    if round.state == RoundState::Closing && how.key.is_some() {
        store.close_again(round, by).await?;
    }
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
    let (excused, set_aside) = (waited?, set_aside?.into_iter().map(SetAside::from).collect());
    let closing = Closing { excused: &excused, key: how.key, give_up: how.give_up };
    let without = store.finish_closing(round, &closing, by).await?;
    Ok(Closed { without: without.into_iter().map(LeftOut::from).collect(), set_aside })
}

/// Refuses where answers are sealed and the key is not the one that opens them, before the round is marked.
async fn require_key(store: &Store, round: &Round, key: Option<&PrivateKey>) -> Result<(), Stopped> {
    if !has_key(round.state) {
        return Ok(());
    }
    match store.seal(round.id).await? {
        Some(seal) if !key.is_some_and(|key| opens(key, &seal.public)) => {
            Err(Refusal::KeyWanted { round: round.code.clone(), fingerprint: seal.public.fingerprint() }.into())
        }
        _ => Ok(()),
    }
}

/// Why a round is not closed where a disk is full, as it stands now. Room is counted from the size of the database file, where it is one.
async fn no_room(store: &Store, round: &Round, error: &StoreError) -> Refusal {
    let state = store.round(&round.code).await.map_or(round.state, |round| round.state);
    let megabytes = store.size().map(|size| (size * 3 / 2).div_ceil(1_000_000));
    Refusal::NoRoomToClose { round: round.code.clone(), state, cause: error.cause(), megabytes }
}

impl From<Unreported> for LeftOut {
    fn from(Unreported { name, may_hold_sheets }: Unreported) -> Self {
        Self { name, may_hold_sheets }
    }
}

/// That nothing needs the key of a round any more: whatever it opened is in the database file. Only now is it destroyed.
#[derive(Debug)]
pub struct Unneeded(());

/// Sees to it that the answers of a closed round are in the database file itself: before, they are only in the log beside it, and the key
/// that opened them may not be destroyed.
///
/// # Errors
/// When somebody keeps reading the database, or there is no room.
pub async fn require_in_file(Office { store }: &Office, round: &Round) -> Result<Unneeded, Refusal> {
    let in_file = store.require_in_file().await;
    in_file.map(|()| Unneeded(())).map_err(|error| Refusal::NotInFile { round: round.code.clone(), cause: error.cause() })
}

/// Looks whether all servers that are to be gone on without are there.
async fn require_known(store: &Store, without: &[String]) -> Result<(), Stopped> {
    let known = store.instance_names().await?;
    match without.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(Refusal::NoServer { server: name.clone(), known }.into()),
        None => Ok(()),
    }
}

/// The letterbox of this machine, where no running server has it: what a stopped server left behind is mixed here.
async fn open_letterbox(store: &Store, file: &Path) -> Result<Option<Instance>, Stopped> {
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
        Err(OpenError::Store(error)) => Err(error.into()),
    }
}
