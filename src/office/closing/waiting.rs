//! Waiting until servers have emptied their letterboxes.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::super::Stopped;
use super::How;
use crate::round::Round;
use crate::store::Store;
use crate::store::closing::not_reported;
use crate::store::instance::Unreported;

/// How often the register of servers is looked at while they empty their letterboxes.
const PAUSE: Duration = Duration::from_millis(250);

/// Ten times what a living server needs to notice that a round is closing.
const GRACE: Duration = Duration::from_secs(3);

/// Waits until only servers that may be gone on without can still hold sheets, and names those.
pub(super) async fn for_empty(
    store: &Store,
    round: &Round,
    how: &How<'_>,
    told: &(dyn Fn(&[String]) + Send + Sync),
) -> Result<Vec<String>, Stopped> {
    let deadline = Instant::now() + how.wait;
    let graced = Instant::now() + GRACE.min(how.wait);
    loop {
        let unreported = store.instances_unreported(round.id).await?;
        let (excused, awaited): (Vec<&Unreported>, Vec<&Unreported>) =
            unreported.iter().partition(|instance| how.without.contains(&instance.name));
        // Also a server that may be gone on without gets the time in which a living one would have reported.
        if awaited.is_empty() && (excused.is_empty() || Instant::now() >= graced) {
            return Ok(names(&excused));
        }
        if Instant::now() >= deadline && !awaited.is_empty() {
            return Err(not_reported(&round.code, &awaited).into());
        }
        told(&names(&awaited));
        sleep(PAUSE).await;
    }
}

fn names(servers: &[&Unreported]) -> Vec<String> {
    servers.iter().map(|server| server.name.clone()).collect()
}
