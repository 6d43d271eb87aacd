//! Who goes on under a letterbox's name. A letterbox can be copied: with the image of a machine, or with its folder. Two servers under one name
//! would each take sheets, and a closing that waits for the name would lose those of one.
//!
//! ```text
//! letterbox: id, nonce of its last start, the one before      main database: id, nonce, place, beats
//! ```
//! Each start draws a nonce, writes it into the letterbox first and then beside the name. A file whose nonces are both not the registered one
//! has been overtaken by a copy of itself: it becomes a letterbox of its own. A file that was last used elsewhere, or before the machine was
//! started anew, waits until nobody beats under its name. Whoever still runs finds another nonce at its next commit.

use std::time::Duration;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use tokio::time::{Instant, sleep};

use super::entity::instance;
use super::letterbox::{Identity, Letterbox};
use super::{Result, Store, StoreError};

/// How long nobody may have beaten under a name before another goes on: three beats of a server that runs.
const QUIET: Duration = Duration::from_secs(10);

/// How long a start waits for that: a server that is just ending may beat once more.
const WAIT_MOST: Duration = Duration::from_secs(15);

/// Between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// What a start finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    /// Nobody is registered under this name.
    Nobody,
    /// This very letterbox, at the same place since the same boot: its lock has decided.
    Itself,
    /// This letterbox, but perhaps another copy of it still runs.
    Elsewhere,
    /// A copy has gone on under this name.
    Overtaken,
}

fn found(row: Option<&instance::Model>, own: &Identity, place: &str) -> Found {
    let Some(instance::Model { nonce, place: registered, .. }) = row else { return Found::Nobody };
    // Registered before there were nonces.
    if nonce.is_empty() {
        return Found::Itself;
    }
    if ![&own.nonce, &own.previous].contains(&nonce) {
        return Found::Overtaken;
    }
    if registered.is_empty() || registered == place { Found::Itself } else { Found::Elsewhere }
}

impl Store {
    /// Registers a letterbox for a server that starts with it. Says whether it took a name over, so that whoever ran under it needs the time
    /// to notice.
    ///
    /// # Errors
    /// When another server runs with a copy of it, another letterbox has this name, or the database does not answer.
    pub(super) async fn register(&self, letterbox: &mut Letterbox, name: &str) -> Result<bool> {
        let (place, row) = (letterbox.place()?, instance::Entity::find_by_id(letterbox.id()).one(&self.db).await?);
        let found = found(row.as_ref(), letterbox.identity(), &place);
        let nonce = row.map(|row| row.nonce).unwrap_or_default();
        match found {
            Found::Overtaken => {
                tracing::warn!("a copy of this letterbox was started since; this one goes on under an identity of its own");
                letterbox.become_another()?;
            }
            Found::Elsewhere if !letterbox.is_moved() => self.wait_until_quiet(letterbox.id(), &nonce).await?,
            _ => {}
        }
        self.require_own_name(letterbox.id(), name).await?;
        if found != Found::Overtaken {
            letterbox.draw_nonce(&nonce)?;
        }
        if matches!(found, Found::Overtaken | Found::Nobody) {
            self.enlist(letterbox.identity(), name, &place).await?;
        } else {
            self.take_over(letterbox.identity(), name, &place).await?;
        }
        Ok(found == Found::Elsewhere)
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
        Err(StoreError::refused("another server has just started with a copy of this letterbox; each server needs a letterbox of its own"))
    }

    async fn wait_until_quiet(&self, id: &str, nonce: &str) -> Result<()> {
        tracing::info!(
            seconds = QUIET.as_secs(),
            "the letterbox was last used elsewhere, or before this machine was started anew; waiting to see that no server goes on with a copy of it \
             (`--letterbox-moved` skips this)"
        );
        let (began, mut quiet_since, mut beats) = (Instant::now(), Instant::now(), None);
        while quiet_since.elapsed() < QUIET {
            if began.elapsed() > WAIT_MOST {
                return Err(StoreError::refused(
                    "another server is running with a copy of this letterbox; stop it, or give this one a letterbox of its own by --letterbox",
                ));
            }
            sleep(PAUSE).await;
            let now = instance::Entity::find_by_id(id).one(&self.db).await?.filter(|row| row.nonce == nonce).map(|row| row.beats);
            if beats.replace(now).is_some_and(|before| before != now) {
                quiet_since = Instant::now();
            }
        }
        Ok(())
    }

    /// `round close --without NAME` goes by names, so that no two letterboxes may share one.
    async fn require_own_name(&self, letterbox: &str, name: &str) -> Result<()> {
        let others = instance::Entity::find().filter(instance::Column::Name.eq(name)).filter(instance::Column::Id.ne(letterbox));
        if others.one(&self.db).await?.is_none() {
            return Ok(());
        }
        Err(StoreError::refused(format!(
            "another instance with a letterbox of its own is called `{name}`; give this one another --name, or, if that one is gone for good, \
             run `par-survey instances forget {name}`"
        )))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(None, Found::Nobody)]
    #[case(Some(("", "")), Found::Itself)]
    #[case(Some(("now", "here")), Found::Itself)]
    #[case(Some(("now", "")), Found::Itself)]
    #[case(Some(("now", "there")), Found::Elsewhere)]
    // A crash came between the nonce in the letterbox and the one in the database.
    #[case(Some(("before", "here")), Found::Itself)]
    #[case(Some(("before", "there")), Found::Elsewhere)]
    #[case(Some(("other", "here")), Found::Overtaken)]
    #[case(Some(("other", "there")), Found::Overtaken)]
    fn a_start_knows_what_is_registered(#[case] row: Option<(&str, &str)>, #[case] expected: Found) {
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
