//! Servers that may hold sheets: who is in the register, who of them runs, and who is taken out of it.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::actor::{Allowed, Forget};
use super::{Office, Stopped};
use crate::refusal::Refusal;
use crate::store::Store;
use crate::store::register::Listed;

/// A running server moves its row every 3 seconds; a little more, and a machine that is busy has its turn too.
const WATCHED: Duration = Duration::from_secs(4);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(250);

/// A server in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// What people call it.
    pub name: String,
    /// Whether it moved while it was looked at.
    pub runs: bool,
    /// Whether sheets may wait in its letterbox: whether a round took any when it was last heard.
    pub may_hold_sheets: bool,
    /// Rounds for which it has reported its letterbox empty.
    pub empty_for: Vec<String>,
}

/// What is lost by forgetting a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgotten {
    /// Sheets that wait in its letterbox, which are not counted; codes that they came with can be used again.
    WithSheets,
    /// Nothing: when it was last heard, no round was open.
    Empty,
}

/// All servers, by name. Takes up to four seconds, in which it is seen who runs.
///
/// # Errors
/// When the database does not answer.
pub async fn list(Office { store }: &Office) -> Result<Vec<Server>, Stopped> {
    let watched = watch(store, |_| true).await?.into_iter();
    Ok(watched.map(|(Listed { name, may_hold_sheets, empty_for, .. }, runs)| Server { name, runs, may_hold_sheets, empty_for }).collect())
}

/// Takes a server that never comes back out of the register, so that no closing waits for it any more. `with_sheets` is whether that may be
/// although sheets may wait with it. Of several servers of one name all go or none.
///
/// # Errors
/// When there is none of the name, one runs, or may hold sheets although nobody said that it may.
pub async fn forget(Office { store }: &Office, name: &str, with_sheets: bool, may: &Allowed<Forget>) -> Result<Vec<Forgotten>, Stopped> {
    let by = may.everywhere()?;
    let found = watch(store, |listed| listed.name == name).await?;
    let server = || name.to_owned();
    if found.is_empty() {
        return Err(Refusal::NoServer { server: server(), known: store.instance_names().await? }.into());
    }
    if found.iter().any(|(_, runs)| *runs) {
        return Err(Refusal::ServerRuns { server: server() }.into());
    }
    if !with_sheets && found.iter().any(|(listed, _)| listed.may_hold_sheets) {
        return Err(Refusal::ServerMayHold { server: server() }.into());
    }
    let found: Vec<Listed> = found.into_iter().map(|(listed, _)| listed).collect();
    store.forget(&found, by).await?;
    let forgotten = |listed: &Listed| if listed.may_hold_sheets { Forgotten::WithSheets } else { Forgotten::Empty };
    Ok(found.iter().map(forgotten).collect())
}

/// Refuses while a server runs.
pub(super) async fn require_none_runs(store: &Store) -> Result<(), Stopped> {
    let watched = watch(store, |_| true).await?.into_iter();
    let servers: Vec<String> = watched.filter(|(_, runs)| *runs).map(|(listed, _)| listed.name).collect();
    if servers.is_empty() { Ok(()) } else { Err(Refusal::ServersRun { servers }.into()) }
}

/// Some servers, each with whether it moved while it was looked at.
async fn watch(store: &Store, which: impl Fn(&Listed) -> bool) -> Result<Vec<(Listed, bool)>, Stopped> {
    let until = Instant::now() + WATCHED;
    let look = async || Ok::<_, Stopped>(store.listed().await?.into_iter().filter(|listed| which(listed)).collect::<Vec<_>>());
    let before: HashMap<String, i32> = look().await?.into_iter().map(|listed| (listed.id, listed.beats)).collect();
    loop {
        let now: Vec<_> = look().await?.into_iter().map(|listed| (before.get(&listed.id) != Some(&listed.beats), listed)).collect();
        if now.iter().all(|(runs, _)| *runs) || Instant::now() >= until {
            return Ok(now.into_iter().map(|(runs, listed)| (listed, runs)).collect());
        }
        sleep(PAUSE).await;
    }
}
