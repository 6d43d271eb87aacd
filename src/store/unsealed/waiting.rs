//! What the version before left in a letterbox: it is sealed when a server starts, before anything else is taken.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::super::letterbox::{Letterbox, PlainSealed};
use super::super::sealing::{Generations, Live, other_seal};
use super::super::{BRIEFLY, Result, Store, StoreError};
use crate::seal::Generation;

impl Store {
    /// Seals sheets of rounds that have a seal under generations of this run. Those of other rounds stay as they are.
    ///
    /// # Errors
    /// When a round has another public key than it had before, or a database refuses; nothing is lost by that.
    pub(in crate::store) async fn seal_waiting(&self, letterbox: &mut Letterbox, generations: &Generations) -> Result<()> {
        if letterbox.has_plain()? {
            self.seal_plain(letterbox, generations).await?;
        }
        if !letterbox.is_to_be_written_anew()? {
            return Ok(());
        }
        // Only what was overwritten where it lay becomes shorter.
        letterbox.empty_log(BRIEFLY)?;
        letterbox.write_anew()?;
        letterbox.empty_log(BRIEFLY)
    }

    async fn seal_plain(&self, letterbox: &mut Letterbox, generations: &Generations) -> Result<()> {
        let mut rounds: HashMap<i32, HashSet<i32>> = HashMap::new();
        for (questionnaire, round) in self.rounds_of_questionnaires().await? {
            rounds.entry(round).or_default().insert(questionnaire);
        }
        let mut all = PlainSealed::default();
        for (round, seal) in self.seals().await? {
            let (Some(questionnaires), public) = (rounds.get(&round), seal.public) else { continue };
            let generation = Generation::draw(&public, round).ok_or_else(|| StoreError::trouble("the public key of a round is none"))?;
            let done = letterbox.seal_plain(round, questionnaires, &public, &generation)?.ok_or_else(|| other_seal(&public))?;
            all = PlainSealed { sealed: all.sealed + done.sealed, set_aside: all.set_aside + done.set_aside };
            if done.sealed > 0 {
                generations.insert(round, Live { public, generation: Arc::new(generation) });
            }
        }
        if all.set_aside > 0 {
            tracing::error!(
                rows = all.set_aside,
                "rows that the version before left in the letterbox cannot be read; they are set aside and kept, and the others go on"
            );
        }
        if all.sealed > 0 {
            tracing::warn!(
                "sheets that the version before left readable in the letterbox are sealed now; blocks of the disk that were freed \
                before may still hold them"
            );
        }
        Ok(())
    }
}
