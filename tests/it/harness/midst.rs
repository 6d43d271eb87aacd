//! A round between the two steps of closing: it takes no more sheets, and its answers are not opened yet.

use par_survey::round::Round;
use par_survey::store::Store;

use super::fixture::BY;
use super::patience::until;

/// Marks a round as closing and stops there, as where somebody is cut off.
pub(crate) async fn begun(store: &Store, round: &Round) {
    store.begin_closing(round, &BY).await.unwrap();
}

/// The same, once every server has reported that it is empty.
pub(crate) async fn emptied(store: &Store, round: &Round) {
    begun(store, round).await;
    until("a letterbox is never empty", async || store.instances_not_empty(round.id).await.unwrap().is_empty()).await;
}
