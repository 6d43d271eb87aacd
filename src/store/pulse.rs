//! The pulse of an instance: every few seconds, whether anything comes or not, it draws a nonce, writes it into the letterbox, which shows
//! that a sheet could be written, and then beside its name in the main database, which shows that the server runs and that no other one has
//! gone on under its name. A copy that is older than one beat is thereby told from the letterbox that it is a copy of.
//!
//! Every second the letterbox is written and its log emptied, so that neither the times of its files nor what is left in the log say
//! whether, when and in which order anything came.

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ConnectionTrait, EntityTrait};
use tokio::time::{sleep, timeout};

use super::entity::instance;
use super::health::{InstanceCondition, Refusing};
use super::letterbox::Identity;
use super::writer::Slot;
use super::{Result, Store};

/// From one beat to the next. Never by a commit of sheets: a beat says nothing about them.
pub(super) const BEAT: Duration = TICK.saturating_mul(TICKS);

/// From one writing of the letterbox to the next.
const TICK: Duration = Duration::from_secs(1);

/// Ticks from one beat to the next.
const TICKS: u32 = 3;

/// How long letterbox and main database may take for theirs.
const WITHIN: Duration = Duration::from_secs(2);

/// Digits of its new id in the name of an instance that lost its own.
const DIGITS: usize = 6;

pub(super) struct Pulse {
    pub(super) store: Store,
    pub(super) slot: Slot,
    pub(super) condition: Arc<InstanceCondition>,
    pub(super) name: String,
    pub(super) place: String,
    /// As the letterbox last said it: a letterbox that does not answer does not make its server look dead.
    pub(super) identity: Identity,
    /// Whether the main database has taken the last nonce.
    pub(super) taken: bool,
}

/// What a beat has found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Beat {
    Renewed,
    /// Another start is registered under this name.
    Displaced,
    /// Nobody is: the instance was forgotten, or a round was closed without it.
    Forgotten,
}

impl Pulse {
    /// Beats until it is ended.
    pub(super) async fn run(mut self) {
        let mut ticks = 0;
        loop {
            if ticks == 0 {
                let heard = self.listen().await;
                if let Err(error) = self.beat(heard).await {
                    tracing::debug!(%error, "the main database did not take a beat; the next one follows");
                }
            }
            self.tick().await;
            tokio::select! {
                () = self.condition.attention() => ticks = 0,
                () = sleep(TICK) => ticks = (ticks + 1) % TICKS,
            }
        }
    }

    /// Writes the letterbox and empties its log. Where somebody is just reading it, the next tick does.
    async fn tick(&self) {
        let tick = self.slot.ask_within(WITHIN, |letterbox| letterbox.write_again().and_then(|()| letterbox.empty_log(1)));
        if let Err(error) = tick.await {
            tracing::debug!(%error, "the letterbox's log was not emptied; the next second follows");
        }
    }

    /// Writes the letterbox and reads it. Says whether it answered.
    async fn listen(&mut self) -> bool {
        let taken = std::mem::take(&mut self.taken);
        let seen = self.slot.ask_within(WITHIN, move |letterbox| {
            // A nonce that the main database may not have is not replaced: of two that it does not know it would take neither.
            if taken {
                letterbox.draw_nonce()?;
            } else {
                letterbox.write_again()?;
            }
            Ok((letterbox.identity().clone(), letterbox.count_set_aside()?))
        });
        match seen.await {
            Ok((identity, set_aside)) => {
                self.identity = identity;
                self.condition.set_aside(set_aside);
                self.condition.letterbox(None);
                true
            }
            Err(error) => {
                self.condition.letterbox(Some(&error));
                false
            }
        }
    }

    /// `heard` is whether the letterbox has just answered. Where it has not, its nonce may have been drawn all the same, and the next one
    /// is not drawn until that is known.
    async fn beat(&mut self, heard: bool) -> Result<()> {
        let Ok(beat) = timeout(WITHIN, self.store.beat(&self.identity)).await else { return Ok(()) };
        match beat? {
            Beat::Renewed => {
                self.taken = heard;
                Ok(())
            }
            Beat::Displaced => self.displaced().await,
            Beat::Forgotten => self.store.enlist(&self.identity, &self.name, &self.place).await,
        }
    }

    /// Takes no more sheets, and becomes an instance of its own, so that closing waits for the sheets that are here.
    async fn displaced(&mut self) -> Result<()> {
        self.condition.refuse(Refusing::Displaced);
        self.identity = self.slot.ask(|letterbox| letterbox.become_another().map(|()| letterbox.identity().clone())).await?;
        self.name = format!("{} {}", self.name, self.identity.id.get(..DIGITS).unwrap_or_default());
        tracing::error!(
            name = self.name,
            "a copy of this server's letterbox was started elsewhere; this server takes no more sheets, and those it has are mixed under \
             another name; stop one of the two servers and start this one anew"
        );
        self.store.enlist(&self.identity, &self.name, &self.place).await
    }
}

impl Store {
    /// Of sheets a beat says whether a round takes any at all, and never what waits: from one beat to the next that would tell that
    /// somebody has answered.
    pub(super) async fn beat(&self, identity: &Identity) -> Result<Beat> {
        let Identity { id, nonce, previous } = identity;
        let sql = "UPDATE instance SET beats = beats + 1, nonce = $2, waiting = CASE WHEN EXISTS (SELECT 1 FROM round r \
                   JOIN round_questionnaire q ON q.round_id = r.id WHERE r.state IN ('open', 'closing')) THEN 1 ELSE 0 END \
                   WHERE id = $1 AND nonce IN ($2, $3)";
        let values = [id.as_str(), nonce.as_str(), previous.as_str()].map(Into::into);
        if self.db.execute_raw(self.statement(sql, values)).await?.rows_affected() == 1 {
            return Ok(Beat::Renewed);
        }
        let registered = instance::Entity::find_by_id(id.as_str()).one(&self.db).await?;
        Ok(if registered.is_some() { Beat::Displaced } else { Beat::Forgotten })
    }
}
