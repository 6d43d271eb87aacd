//! What people did, in a table: who, when, what. Each row is written in the transaction of the change itself, so that neither is there
//! without the other.
//!
//! Only what staff does is here, never what respondents do: no address, no code, no answer, and of an open round no number of sheets.

use std::collections::HashMap;

use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use super::entity::{audit_event, round};
use super::{Result, Store};

/// Who changes something, and when.
#[derive(Debug, Clone)]
pub struct By {
    pub(super) who: String,
    pub(super) at: Timestamp,
    clock: Option<fn() -> Timestamp>,
}

impl By {
    /// Somebody at a moment. The floor of what people do makes one of an actor, and nobody else does.
    #[must_use]
    pub fn new(who: &str, at: Timestamp) -> Self {
        Self { who: who.to_owned(), at, clock: None }
    }

    /// The name.
    #[must_use]
    pub fn who(&self) -> &str {
        &self.who
    }

    /// The moment.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// The same person at something that takes its time: each change is written down with the moment in which it is, also where it had to
    /// wait.
    #[must_use]
    pub fn timed_by(&self, clock: fn() -> Timestamp) -> Self {
        Self { clock: Some(clock), ..self.clone() }
    }
}

/// What somebody did, as it is stored and listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Counts up.
    pub id: i32,
    /// Id of the round that was changed, where it was one.
    pub round: Option<String>,
    /// What was done, such as `round.open`.
    pub action: String,
    /// Who did it.
    pub who: String,
    /// What it was done to: an object in JSON.
    pub detail: String,
    /// When, in UTC: RFC 3339, to the second.
    pub done_at: String,
}

/// Makes the list of what is done, each with its name.
macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal,)+) => {
        /// What is done.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Action {
            $($(#[$doc])* $action,)+
        }

        /// Everything that can be done, as it is stored.
        pub const ACTIONS: &[&str] = &[$($name),+];

        impl Action {
            /// As it is stored: an area of commands, and what was done there.
            fn name(self) -> &'static str {
                match self {
                    $(Self::$action => $name,)+
                }
            }
        }
    };
}

actions! {
    ImportUnits = "units.import",
    CreateRound = "round.create",
    OpenRound = "round.open",
    SealRound = "round.seal",
    ExtendRound = "round.extend",
    BeginClosing = "round.close.begin",
    /// The key is used once more on a round that takes no more sheets.
    CloseAgain = "round.close.again",
    CloseRound = "round.close",
    PublishRound = "round.publish",
    CorrectRound = "round.correct",
    /// A round that was published elsewhere.
    PublishPast = "scores.past",
    KeepTargets = "scores.targets",
    KeepFigures = "scores.figures",
    IssueCodes = "codes.issue",
    ImportResponses = "responses.import",
    UndoResponses = "responses.undo",
    /// Single sheets are about to be written to a file, as remarks are below.
    ExportResponses = "export.responses",
    ExportReview = "export.review",
    ExportRemarks = "export.remarks",
    TestSeal = "seal.test",
    BurnSeal = "seal.burnt",
    ForgetInstance = "instances.forget",
    Salvage = "instances.salvage",
    MigrateDown = "migrate.down",
}

impl Store {
    /// What was done, newest last: all of it, or what changed one round.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn events(&self, of: Option<i32>) -> Result<Vec<Event>> {
        let rounds = round::Entity::find().all(&self.db).await?;
        let codes: HashMap<i32, String> = rounds.into_iter().map(|round| (round.id, round.code)).collect();
        let mut found = audit_event::Entity::find().order_by_asc(audit_event::Column::Id);
        if let Some(round) = of {
            found = found.filter(audit_event::Column::RoundId.eq(round));
        }
        let event = |row: audit_event::Model| {
            let audit_event::Model { id, round_id, action, who, detail, done_at } = row;
            Event { id, round: round_id.and_then(|round| codes.get(&round).cloned()), action, who, detail, done_at }
        };
        Ok(found.all(&self.db).await?.into_iter().map(event).collect())
    }

    /// Writes down who does what, in the transaction in which it is done.
    pub(super) async fn record(
        &self,
        on: &impl ConnectionTrait,
        by: &By,
        action: Action,
        round: Option<i32>,
        detail: &Value,
    ) -> Result<()> {
        let row = audit_event::ActiveModel {
            round_id: Set(round),
            action: Set(action.name().to_owned()),
            who: Set(by.who.clone()),
            detail: Set(detail.to_string()),
            done_at: Set(to_the_second(by.clock.map_or(by.at, |now| now()))),
            ..Default::default()
        };
        audit_event::Entity::insert(row).exec_without_returning(on).await?;
        Ok(())
    }
}

/// A moment as it is stored.
pub(super) fn to_the_second(at: Timestamp) -> String {
    Timestamp::from_second(at.as_second()).unwrap_or(at).to_string()
}
