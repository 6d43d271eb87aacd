//! Generations of a letterbox: their heads, and the public key that each round had when its first one began.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use super::super::Result;
use super::Letterbox;
use crate::seal::{Generation, PublicKey};

impl Letterbox {
    /// Begins a generation of a round: from now on sheets may be put in that are sealed under its key. Says whether it was, which is not
    /// done where the round had another public key before.
    pub(in crate::store) fn begin(&mut self, round: i32, public: &PublicKey, generation: &Generation) -> Result<bool> {
        self.with(|db| {
            // Immediate: a transaction that has read waits for nobody who writes.
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if !begin(&transaction, round, public, generation)? {
                return Ok(false);
            }
            transaction.commit()?;
            Ok(true)
        })
    }
}

/// The same in a transaction.
pub(super) fn begin(on: &Transaction<'_>, round: i32, public: &PublicKey, generation: &Generation) -> rusqlite::Result<bool> {
    let known: Option<Vec<u8>> =
        on.query_row("SELECT public_key FROM round_key WHERE round_id = ?1", [round], |row| row.get(0)).optional()?;
    if known.as_deref().is_some_and(|known| known != public.bytes()) {
        return Ok(false);
    }
    on.execute("INSERT OR IGNORE INTO round_key (round_id, public_key) VALUES (?1, ?2)", params![round, public.bytes()])?;
    on.execute("INSERT INTO generation (id, round_id, head) VALUES (?1, ?2, ?3)", params![generation.id(), round, generation.head()])?;
    Ok(true)
}
