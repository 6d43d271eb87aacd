//! Waiting for what surely comes, however busy the machine is. How soon it comes is not measured: that would depend on the machine.

use std::time::{Duration, Instant};

/// So long waits only what hangs: a machine that does ten things at once does each of them much sooner.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);

/// How soon a request is answered whatever does not answer behind it: it has six seconds of its own, and the machine of the tests is a busy one.
pub(crate) const ANSWERED_WITHIN: Duration = Duration::from_secs(15);

/// Waits until something is so; `never` is said where it never is.
pub(crate) async fn until(never: &str, is_so: impl AsyncFnMut() -> bool) {
    until_every(20, never, is_so).await;
}

/// The same for what is so for a moment only: looked at every two milliseconds.
pub(crate) async fn until_seen(never: &str, is_so: impl AsyncFnMut() -> bool) {
    until_every(2, never, is_so).await;
}

async fn until_every(milliseconds: u64, never: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < PATIENCE, "{never}");
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
}
