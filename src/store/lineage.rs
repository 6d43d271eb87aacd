//! Who goes on under a letterbox's name. A letterbox can be copied: with the image of a machine, or with its folder. Two servers under one
//! name would each take sheets, and a closing that waits for the name would lose those of one.
//!
//! ```text
//! letterbox: id, its last two nonces      main database: id, nonce, place, beats
//! ```
//! Each start and each beat draws a nonce, writes it into the letterbox first and then beside the name. A file whose nonces are both not
//! the registered one has been overtaken by what it is a copy of, or by its copy: it becomes a letterbox of its own. A file that was last
//! used elsewhere, or before the machine was started anew, waits to see whether somebody beats under its name. Whoever still runs finds
//! another nonce at its next commit.

use std::time::Duration;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use tokio::time::{Instant, sleep};

use super::entity::instance;
use super::letterbox::{Identity, Letterbox};
use super::{Result, Store, StoreError};
use crate::refusal::Refusal;

/// How long nobody may have beaten under a name before another goes on: three beats of a server that runs.
const QUIET: Duration = Duration::from_secs(10);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// What a start finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FoundAtStart {
    /// Nobody is registered under this name.
    Nobody,
    /// This very letterbox, at the same place since the same boot: its lock has decided.
    Itself,
    /// This letterbox, but perhaps another copy of it still runs.
    Elsewhere,
    /// A copy has gone on under this name.
    Overtaken,
}

fn found(row: Option<&instance::Model>, own: &Identity, place: &str) -> FoundAtStart {
    let Some(instance::Model { nonce, place: registered, .. }) = row else { return FoundAtStart::Nobody };
    // Registered before there were nonces.
    if nonce.is_empty() {
        return FoundAtStart::Itself;
    }
    if ![&own.nonce, &own.previous].contains(&nonce) {
        return FoundAtStart::Overtaken;
    }
    if registered.is_empty() || registered == place { FoundAtStart::Itself } else { FoundAtStart::Elsewhere }
}

impl Store {
    /// Registers a letterbox for a server that starts with it. Says whether it took a name over, so that whoever ran under it needs the
    /// time to notice.
    ///
    /// # Errors
    /// When another letterbox has this name, as where a copy of this one runs; or when the database does not answer.
    pub(super) async fn register(&self, letterbox: &mut Letterbox, name: &str) -> Result<bool> {
        let place = letterbox.place()?;
        let (mut found, mut nonce) = self.found(letterbox, &place).await?;
        if found == FoundAtStart::Elsewhere && !letterbox.is_moved() {
            self.wait_until_quiet(letterbox.id()).await?;
            // Whoever has beaten meanwhile has another nonce.
            (found, nonce) = self.found(letterbox, &place).await?;
        }
        if found == FoundAtStart::Overtaken {
            tracing::warn!("this letterbox is a copy, or was copied and its copy used since; it goes on under an identity of its own");
            letterbox.become_another()?;
        }
        self.require_own_name(letterbox.id(), name).await?;
        match found {
            FoundAtStart::Overtaken => self.enlist(letterbox.identity(), name, &place).await?,
            FoundAtStart::Nobody => {
                letterbox.draw_nonce()?;
                self.enlist(letterbox.identity(), name, &place).await?;
            }
            FoundAtStart::Itself | FoundAtStart::Elsewhere => {
                letterbox.draw_nonce_after(&nonce)?;
                self.take_over(letterbox.identity(), name, &place).await?;
            }
        }
        Ok(found == FoundAtStart::Elsewhere)
    }

    /// What a start finds, and the nonce that is registered.
    async fn found(&self, letterbox: &Letterbox, place: &str) -> Result<(FoundAtStart, String)> {
        let row = instance::Entity::find_by_id(letterbox.id()).one(&self.db).await?;
        Ok((found(row.as_ref(), letterbox.identity(), place), row.map(|row| row.nonce).unwrap_or_default()))
    }

    /// Registers an identity that is not registered.
    pub(super) async fn enlist(&self, identity: &Identity, name: &str, place: &str) -> Result<()> {
        let Identity { id, nonce, .. } = identity.clone();
        let (name, place) = (Set(name.to_owned()), Set(place.to_owned()));
        let row = instance::ActiveModel { id: Set(id), nonce: Set(nonce), name, place, beats: Set(0), waiting: Set(0) };
        instance::Entity::insert(row).exec_without_returning(&self.db).await?;
        Ok(())
    }

    async fn take_over(&self, identity: &Identity, name: &str, place: &str) -> Result<()> {
        let sql = "UPDATE instance SET nonce = $1, name = $2, place = $3 WHERE id = $4 AND nonce = $5";
        let Identity { id, nonce, previous } = identity;
        let values = [nonce.as_str(), name, place, id.as_str(), previous.as_str()].map(Into::into);
        if self.db.execute_raw(self.statement(sql, values)).await?.rows_affected() == 1 {
            return Ok(());
        }
        Err(Refusal::LetterboxCopied.into())
    }

    /// Returns once somebody has beaten under a name, or nobody has for long enough.
    async fn wait_until_quiet(&self, id: &str) -> Result<()> {
        tracing::info!(
            seconds = QUIET.as_secs(),
            "the letterbox was last used elsewhere, or before this machine was started anew; waiting to see that no server goes on with \
            a copy of it (`--letterbox-moved` skips this)"
        );
        let beats = async || Ok::<_, StoreError>(instance::Entity::find_by_id(id).one(&self.db).await?.map(|row| row.beats));
        let (began, first) = (Instant::now(), beats().await?);
        while began.elapsed() < QUIET && beats().await? == first {
            sleep(PAUSE).await;
        }
        Ok(())
    }

    /// `round close --without NAME` goes by names, so that no two letterboxes may share one.
    async fn require_own_name(&self, letterbox: &str, name: &str) -> Result<()> {
        let others = instance::Entity::find().filter(instance::Column::Name.eq(name)).filter(instance::Column::Id.ne(letterbox));
        if others.one(&self.db).await?.is_none() {
            return Ok(());
        }
        Err(Refusal::ServerNameTaken { server: name.to_owned() }.into())
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(None, FoundAtStart::Nobody)]
    #[case(Some(("", "")), FoundAtStart::Itself)]
    #[case(Some(("now", "here")), FoundAtStart::Itself)]
    #[case(Some(("now", "")), FoundAtStart::Itself)]
    #[case(Some(("now", "there")), FoundAtStart::Elsewhere)]
    // A crash came between the nonce in the letterbox and the one in the database.
    #[case(Some(("before", "here")), FoundAtStart::Itself)]
    #[case(Some(("before", "there")), FoundAtStart::Elsewhere)]
    #[case(Some(("other", "here")), FoundAtStart::Overtaken)]
    #[case(Some(("other", "there")), FoundAtStart::Overtaken)]
    fn a_start_knows_what_is_registered(#[case] row: Option<(&str, &str)>, #[case] expected: FoundAtStart) {
        let own = Identity { id: "id".into(), nonce: "now".into(), previous: "before".into() };
        let row = row.map(|(nonce, place)| instance::Model {
            id: "id".into(),
            name: "one".into(),
            nonce: nonce.into(),
            place: place.into(),
            beats: 7,
            waiting: 0,
        });
        assert_eq!(found(row.as_ref(), &own, "here"), expected);
    }
}
