//! Rounds: made, opened, extended, closed and published, each only from the state before it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::Offset;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult};
use serde_json::{Value, json};

use super::audit::{Action, By, to_the_second};
use super::entity::{round, round_questionnaire, round_scheme, round_unit};
use super::open_tables::OpenTables;
use super::scores::NewScoring;
use super::{Result, Store, StoreError, Transaction};
use crate::organiser::{Logo, Organiser};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::seal::NewSeal;

/// A questionnaire as a round keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its row.
    pub id: i32,
    /// Row of the round.
    pub round: i32,
    /// The questionnaire's id.
    pub code: String,
    /// The exact text it was opened with; empty before.
    pub definition: String,
    /// SHA-256 of that text in hexadecimal digits.
    pub sha256: String,
    /// Rows of the units it asks about.
    pub units: Vec<i32>,
}

/// What makes a round.
#[derive(Debug, Clone)]
pub struct NewRound {
    /// Its id in addresses.
    pub code: String,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// The year it rates.
    pub year: i32,
    /// From when forms are shown.
    pub opens_at: Timestamp,
    /// Until when forms are shown.
    pub closes_at: Timestamp,
    /// How far local time, in which its dates are shown, is ahead of UTC.
    pub offset: Offset,
    /// Whether its answers are made up.
    pub synthetic: bool,
    /// Who asks.
    pub organiser: Option<Organiser>,
    /// Ids of questionnaires, each with the rows of the units it asks about.
    pub questionnaires: Vec<(String, Vec<i32>)>,
    /// How its units are scored and ranked.
    pub scoring: NewScoring,
}

/// The text of a definition, as a round keeps it.
#[derive(Debug, Clone, Copy)]
pub struct DefinitionText<'a> {
    /// The questionnaire's id.
    pub code: &'a str,
    /// The exact text.
    pub text: &'a str,
    /// Its SHA-256.
    pub sha256: &'a str,
}

/// The questionnaires of a round, each in one row: its units stand in it as a list, so that no text comes once for each of them.
const ASKED: &str = "SELECT id, round_id, code, definition, sha256, \
    (SELECT string_agg(CAST(unit_id AS text), ',' ORDER BY unit_id) FROM round_unit WHERE questionnaire_id = asked.id) \
    FROM round_questionnaire AS asked WHERE round_id = $1 ORDER BY id";

impl Store {
    /// All rounds, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rounds(&self) -> Result<Vec<Round>> {
        let rows = round::Entity::find().order_by_desc(round::Column::Year).order_by_desc(round::Column::Id).all(&self.db).await?;
        rows.into_iter().map(round_of).collect()
    }

    /// One round.
    ///
    /// # Errors
    /// When there is none of that id.
    pub async fn round(&self, code: &str) -> Result<Round> {
        let row = round::Entity::find().filter(round::Column::Code.eq(code)).one(&self.db).await?;
        let missing = || Refusal::NoRound { round: code.to_owned() };
        round_of(row.ok_or_else(missing)?)
    }

    /// The questionnaires of a round in the order in which they were given.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn asked(&self, round: i32) -> Result<Vec<Asked>> {
        let rows = self.db.query_all_raw(self.statement(ASKED, [round.into()])).await?;
        rows.iter().map(asked_of).collect()
    }

    /// Makes a round.
    ///
    /// # Errors
    /// When its id is taken.
    pub async fn create_round(&self, new: NewRound, by: &By) -> Result<()> {
        let transaction = self.write().await?;
        let detail = described(&new);
        let round = self.insert_round(&transaction, new, RoundState::Draft).await?;
        self.record(&transaction, by, Action::CreateRound, Some(round), &detail).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await
    }

    /// Adds a round and what belongs to it, and gives its row.
    pub(super) async fn insert_round(&self, transaction: &Transaction, new: NewRound, state: RoundState) -> Result<i32> {
        let NewRound { code, name_vi, name_en, year, opens_at, closes_at, offset, synthetic, organiser, questionnaires, scoring } = new;
        if round::Entity::find().filter(round::Column::Code.eq(&code)).one(transaction).await?.is_some() {
            return Err(Refusal::RoundExists { round: code }.into());
        }
        let row = round::ActiveModel {
            code: Set(code),
            name_vi: Set(name_vi),
            name_en: Set(name_en),
            year: Set(year),
            state: Set(state.to_string()),
            opens_at: Set(opens_at.as_second()),
            closes_at: Set(closes_at.as_second()),
            utc_offset: Set(offset.seconds()),
            synthetic: Set(synthetic),
            organiser: Set(organiser.as_ref().map(kept_as).transpose()?),
            logo: Set(organiser.and_then(|organiser| organiser.logo).map(|logo| logo.bytes().to_vec())),
            excused: Set(String::new()),
            excused_empty: Set(String::new()),
            ..Default::default()
        };
        let round = row.insert(transaction).await?;
        self.insert_scoring(transaction, round.id, &scoring).await?;
        for (code, units) in questionnaires {
            let row = round_questionnaire::ActiveModel {
                round_id: Set(round.id),
                code: Set(code),
                definition: Set(String::new()),
                sha256: Set(String::new()),
                ..Default::default()
            };
            let questionnaire = row.insert(transaction).await?;
            let rows =
                units.into_iter().map(|unit| round_unit::ActiveModel { questionnaire_id: Set(questionnaire.id), unit_id: Set(unit) });
            let rows: Vec<_> = rows.collect();
            for chunk in rows.chunks(super::open_rows::CHUNK) {
                round_unit::Entity::insert_many(chunk.to_vec()).exec_without_returning(transaction).await?;
            }
        }
        Ok(round.id)
    }

    /// Opens a round with the exact texts of its questionnaires and schemes, and the key to which its answers are sealed;
    /// one that asks no questionnaire needs none.
    ///
    /// # Errors
    /// When the round is not a draft.
    pub async fn open_round(
        &self,
        round: &Round,
        texts: &[DefinitionText<'_>],
        schemes: &[DefinitionText<'_>],
        seal: Option<&NewSeal>,
        by: &By,
    ) -> Result<()> {
        let transaction = self.write().await?;
        self.step(&transaction, round, RoundState::Draft, RoundState::Open).await?;
        for DefinitionText { code, text, sha256 } in texts {
            let update = round_questionnaire::ActiveModel {
                definition: Set((*text).to_owned()),
                sha256: Set((*sha256).to_owned()),
                ..Default::default()
            };
            round_questionnaire::Entity::update_many()
                .set(update)
                .filter(round_questionnaire::Column::RoundId.eq(round.id))
                .filter(round_questionnaire::Column::Code.eq(*code))
                .exec(&transaction)
                .await?;
        }
        for DefinitionText { code, text, sha256 } in schemes {
            let update =
                round_scheme::ActiveModel { definition: Set((*text).to_owned()), sha256: Set((*sha256).to_owned()), ..Default::default() };
            round_scheme::Entity::update_many()
                .set(update)
                .filter(round_scheme::Column::RoundId.eq(round.id))
                .filter(round_scheme::Column::Code.eq(*code))
                .exec(&transaction)
                .await?;
        }
        OpenTables::of(round.id).create(&transaction).await?;
        self.draw_secret(&transaction, round.id).await?;
        if let Some(seal) = seal {
            self.keep_seal(&transaction, round.id, seal).await?;
            // Not only with the next beat of each: a server may take sheets at once, and be gone before it beats.
            transaction.execute_unprepared("UPDATE instance SET waiting = 1").await?;
        }
        let detail = opened(texts, schemes, seal);
        self.record(&transaction, by, Action::OpenRound, Some(round.id), &detail).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await
    }

    /// Moves the end of a round's window, where the round is still as it was read and neither closing nor closed. Tells whether it was
    /// moved.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn extend_round(&self, round: &Round, closes_at: Timestamp, by: &By) -> Result<bool> {
        let transaction = self.write().await?;
        let sql = "UPDATE round SET closes_at = $1 WHERE id = $2 AND closes_at = $3 AND state IN ($4, $5)";
        let [draft, open] = [RoundState::Draft, RoundState::Open].map(|state| state.to_string().into());
        let values = [closes_at.as_second().into(), round.id.into(), round.closes_at.as_second().into(), draft, open];
        let is_moved = transaction.execute_raw(self.statement(sql, values)).await?.rows_affected() == 1;
        if is_moved {
            let detail = json!({ "from": to_the_second(round.closes_at), "to": to_the_second(closes_at) });
            self.record(&transaction, by, Action::ExtendRound, Some(round.id), &detail).await?;
            self.touch(&transaction).await?;
            self.commit(transaction).await?;
        }
        Ok(is_moved)
    }

    /// Marks a round as closing: from the next commit on no letterbox takes a sheet of it. A round that is closing already stays so.
    ///
    /// # Errors
    /// When the round was not opened or is closed.
    pub async fn begin_closing(&self, round: &Round, by: &By) -> Result<()> {
        if round.state == RoundState::Closing {
            return Ok(());
        }
        let transaction = self.write().await?;
        self.step(&transaction, round, RoundState::Open, RoundState::Closing).await?;
        self.record(&transaction, by, Action::BeginClosing, Some(round.id), &json!({})).await?;
        self.touch(&transaction).await?;
        self.commit(transaction).await
    }

    /// Notes that a round that takes no more sheets is about to be opened with its key once more, and by whom: each time, since each is a
    /// use of the key, and whatever comes of it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close_again(&self, round: &Round, by: &By) -> Result<()> {
        let transaction = self.write().await?;
        self.record(&transaction, by, Action::CloseAgain, Some(round.id), &json!({})).await?;
        self.commit(transaction).await
    }

    /// Takes a round from one state to the next, or says why not.
    pub(super) async fn step(&self, on: &impl ConnectionTrait, round: &Round, from: RoundState, to: RoundState) -> Result<()> {
        let sql = "UPDATE round SET state = $1 WHERE id = $2 AND state = $3";
        let values = [to.to_string().into(), round.id.into(), from.to_string().into()];
        if on.execute_raw(self.statement(sql, values)).await?.rows_affected() == 1 {
            return Ok(());
        }
        let now = round::Entity::find_by_id(round.id).one(on).await?.map_or_else(|| "gone".to_owned(), |row| row.state);
        Err(Refusal::RoundStep { round: round.code.clone(), state: now, to_state: to, from_state: from }.into())
    }
}

/// What is kept in the audit of a round that is made.
pub(super) fn described(new: &NewRound) -> Value {
    let questionnaires: Vec<&String> = new.questionnaires.iter().map(|(code, _)| code).collect();
    let (opens, closes) = (to_the_second(new.opens_at), to_the_second(new.closes_at));
    let mut detail =
        json!({ "year": new.year, "opens": opens, "closes": closes, "questionnaires": questionnaires, "schemes": new.scoring.schemes });
    if let (Some(organiser), Value::Object(detail)) = (&new.organiser, &mut detail) {
        detail.insert("organiser".to_owned(), json!({ "name": organiser.name, "logo": organiser.logo.as_ref().map(Logo::sha256) }));
    }
    detail
}

/// What is kept in the audit of a round that is opened: which texts, and to which key its answers are sealed.
fn opened(texts: &[DefinitionText<'_>], schemes: &[DefinitionText<'_>], seal: Option<&NewSeal>) -> Value {
    let definitions: BTreeMap<&str, &str> = texts.iter().chain(schemes).map(|text| (text.code, text.sha256)).collect();
    json!({ "definitions": definitions, "seal": seal.map(NewSeal::described) })
}

fn asked_of(row: &QueryResult) -> Result<Asked> {
    let units: Option<String> = row.try_get_by_index(5)?;
    let units = units.as_deref().unwrap_or_default().split_terminator(',').map(str::parse).collect::<std::result::Result<_, _>>();
    Ok(Asked {
        id: row.try_get_by_index(0)?,
        round: row.try_get_by_index(1)?,
        code: row.try_get_by_index(2)?,
        definition: row.try_get_by_index(3)?,
        sha256: row.try_get_by_index(4)?,
        units: units.map_err(|_| StoreError::trouble("a questionnaire of a round names a unit that is none"))?,
    })
}

fn state_of(name: &str) -> Result<RoundState> {
    RoundState::from_name(name).ok_or_else(|| {
        StoreError::trouble(format!("the database holds a round in the unknown state `{name}`; was it written by a newer version?"))
    })
}

fn kept_as(organiser: &Organiser) -> Result<String> {
    serde_json::to_string(organiser).map_err(|error| StoreError::trouble(error.to_string()))
}

fn organiser_of(round: &str, kept: &str, logo: Option<Vec<u8>>) -> Result<Organiser> {
    let read: Organiser = serde_json::from_str(kept)
        .map_err(|error| StoreError::trouble(format!("who asks in round `{round}` cannot be read by this version: {error}")))?;
    Ok(Organiser { logo: logo.map(Logo::kept), ..read })
}

fn round_of(row: round::Model) -> Result<Round> {
    let round::Model { id, code, name_vi, name_en, year, state, opens_at, closes_at, utc_offset, synthetic, .. } = row;
    let round::Model { organiser, logo, excused, excused_empty, .. } = row;
    let time = |second| Timestamp::from_second(second).map_err(|_| StoreError::trouble(format!("round `{code}` has an impossible date")));
    let (opens_at, closes_at) = (time(opens_at)?, time(closes_at)?);
    let offset = Offset::from_seconds(utc_offset).map_err(|_| StoreError::trouble(format!("round `{code}` has an impossible offset")))?;
    let state = state_of(&state)?;
    let organiser = organiser.map(|kept| organiser_of(&code, &kept, logo)).transpose()?.map(Arc::new);
    let [excused, excused_empty] = [excused, excused_empty].map(|names| names.lines().map(str::to_owned).collect());
    Ok(Round { id, code, name_vi, name_en, year, state, opens_at, closes_at, offset, synthetic, organiser, excused, excused_empty })
}
