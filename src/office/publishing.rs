//! Publishing: figures are frozen for good, and then the secret of the round's codes is destroyed.

use super::Office;
use super::Stopped;
use super::actor::{Allowed, Publish};
use crate::keys::Keys;
use crate::meter::Progress;
use crate::publication::{self, Publishing};
use crate::refusal::{PersonText, Refusal};
use crate::round::RoundState;

/// Most characters of the reason for a correction.
const REASON_MOST: usize = 1_000;

/// A round that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// SHA-256 of its snapshot.
    pub sha256: String,
    /// Whether this was done before, and only its secret was left behind.
    pub before: bool,
    /// What became of the secret of its codes.
    pub secret: Secret,
}

/// What became of the secret of a round's codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secret {
    /// There were no codes.
    None,
    /// It is destroyed.
    Destroyed,
    /// Codes were issued, but the folder of keys has no secret of them: it lies elsewhere, or was destroyed before.
    NotFound,
}

/// Why a published round is corrected, as it is kept.
///
/// # Errors
/// When it is no line of words.
pub fn reason(given: &str) -> Result<String, Refusal> {
    PersonText::Reason.line(given, REASON_MOST)
}

/// Publishes a closed round or corrects a published one, and destroys the secret of its codes. Where that was cut off in between, the
/// secret was left behind: publishing the round again destroys it and does nothing else, and a correction destroys it first. `progress`
/// hears of the responses that are counted, in thousandths of all.
///
/// # Errors
/// As [`publication::publish`], and when the file of the secret cannot be written.
pub async fn publish(
    Office { store }: &Office,
    keys: &Keys,
    code: &str,
    how: Publishing<'_>,
    allowed: &Allowed<Publish>,
    progress: Progress<'_>,
) -> Result<Published, Stopped> {
    let by = allowed.in_round(code)?;
    let round = store.round(code).await?;
    let destroy = || keys.destroy(code).map_err(|cause| Refusal::SecretLeft { round: code.to_owned(), cause: cause.to_string() });
    let left_behind = round.state == RoundState::Published && destroy()?;
    if left_behind
        && how.correction.is_none()
        && let Some(snapshot) = store.snapshot(round.id).await?
    {
        return Ok(Published { sha256: snapshot.sha256, before: true, secret: Secret::Destroyed });
    }
    let snapshot = publication::publish(store, code, how, by, progress).await?;
    let secret = if left_behind || destroy()? {
        Secret::Destroyed
    } else if store.key_fingerprint(round.id).await?.is_some() {
        Secret::NotFound
    } else {
        Secret::None
    };
    Ok(Published { sha256: snapshot.sha256, before: false, secret })
}
