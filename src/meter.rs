//! How far long work is, told while it goes on to whoever shows it: a bar at a terminal, later the page of a job.

use std::sync::Arc;

/// Hears how far the work is, in whatever is counted of it, from any thread.
pub type Progress<'a> = &'a (dyn Fn(u64) + Send + Sync);

/// One that work has for itself, in whatever thread it goes on.
pub type Listener = Arc<dyn Fn(u64) + Send + Sync>;

/// Where nobody listens.
pub const UNHEARD: Progress<'static> = &|_| {};

/// What work counts that tells only its share: of the whole, a thousandth.
pub const WHOLE: u64 = 1_000;

/// How much of the whole a part of it is, in thousandths.
#[must_use]
pub fn share(done: usize, of: usize) -> u64 {
    let [done, of] = [done, of.max(1)].map(|count| u64::try_from(count).unwrap_or(u64::MAX));
    WHOLE.saturating_mul(done).checked_div(of).unwrap_or_default().min(WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_of_the_whole_and_never_more() {
        assert_eq!([share(0, 6), share(1, 6), share(6, 6), share(7, 6), share(0, 0)], [0, 166, WHOLE, WHOLE, 0]);
    }
}
