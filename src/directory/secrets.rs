//! The rule of keys: an open round takes codes where the folder of keys holds the secret that they were made with, and sheets even if not.

use std::collections::HashMap;

use super::{Directory, OpenedRound};
use crate::keys::forms::FormSecret;
use crate::keys::{Keys, Pepper};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::store::secrets::RoundSecret;
use crate::store::{Result, Store, StoreError};

/// Gives an open round its secrets. A key of codes that is missing or another closes the codes but not the round, and is logged.
pub(super) async fn with_secrets(
    store: &Store,
    keys: &Keys,
    secrets: &HashMap<i32, RoundSecret>,
    mut opened: OpenedRound,
) -> Result<OpenedRound> {
    if opened.round.state != RoundState::Open {
        return Ok(opened);
    }
    opened.secret = secrets.get(&opened.round.id).map(FormSecret::new);
    match require_key(store, keys, &opened.round).await {
        Err(reason @ (StoreError::Refused(_) | StoreError::Trouble(_))) => {
            tracing::error!(round = opened.round.code, "codes are not taken: {reason}");
            opened.refuses_codes = true;
        }
        found => opened.pepper = found?,
    }
    Ok(opened)
}

/// The secret of a round's codes; none where it has no codes.
///
/// # Errors
/// When the folder of keys does not hold the secret that the codes were made with.
pub async fn require_key(store: &Store, keys: &Keys, round: &Round) -> Result<Option<Pepper>> {
    let Some(known) = store.key_fingerprint(round.id).await? else { return Ok(None) };
    let found = keys.pepper(&round.code).map_err(|error| StoreError::trouble(error.to_string()))?;
    let found = found.filter(|pepper| pepper.fingerprint() == known);
    found
        .map(Some)
        .ok_or_else(|| Refusal::SecretMissing { round: round.code.clone(), file: keys.file(&round.code).display().to_string() }.into())
}

/// Whether the folder of keys holds by now what it lacked: putting it there changes nothing in the database.
pub(super) async fn brought_key(store: &Store, keys: &Keys, known: &Directory) -> Result<bool> {
    for opened in known.rounds.iter().filter(|opened| opened.refuses_codes) {
        match require_key(store, keys, &opened.round).await {
            Err(StoreError::Refused(_) | StoreError::Trouble(_)) => {}
            found => return found.map(|_| true),
        }
    }
    Ok(false)
}
