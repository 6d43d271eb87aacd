//! Score sheets: what was entered, by whom and why. Entries are only ever added; the last one of a part counts.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use jiff::civil::Date;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::audit::{Action, By};
use super::entity::{planned_step, round, round_file, round_scheme, round_scoring, score_entry, snapshot, step_move};
use super::{Result, Store, StoreError};
use crate::refusal::Refusal;
use crate::round::Round;
use crate::round::plan::{PlannedStep, Scoring};
use crate::round::steps::{ScorePart, Step};
use crate::scoring::sheet::{Change, LeafEntries};

/// Entries of one statement: eight values each, and PostgreSQL takes 65,535.
const CHUNK: usize = 3_000;

/// How a round is scored, as it is created.
#[derive(Debug, Clone, Default)]
pub struct NewScoring {
    /// Ids of schemes.
    pub schemes: Vec<String>,
    /// Id of the round that changes are measured against; none for the last one before.
    pub previous: Option<String>,
    /// Planned steps with their first and last day; none for a round that takes every entry until it is published.
    pub steps: Vec<PlannedStep>,
}

/// A scheme as a round keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptScheme {
    /// Its id.
    pub code: String,
    /// The exact text the round was opened with; empty before.
    pub definition: String,
    /// SHA-256 of that text in hexadecimal digits.
    pub sha256: String,
}

/// Who enters something, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Name of whoever enters it.
    pub who: String,
    /// The day.
    pub on: Date,
    /// The reason; may be empty.
    pub why: String,
}

/// Something to be entered in a score sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Row of the unit.
    pub unit: i32,
    /// Code of the leaf; empty for the unit as a whole.
    pub leaf: String,
    /// Which part.
    pub part: ScorePart,
    /// The entry as it was typed; empty to take out what stands there.
    pub words: String,
}

/// All of a round that its ranking depends on, as it was before anything was read of it: whoever writes because of what was read then
/// writes only where nobody else has written meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    round: i32,
    state: String,
    last_entry: i32,
    last_move: i32,
    last_snapshot: i32,
    /// Kinds of the files that are kept, with the SHA-256 of what is kept of them.
    files: BTreeMap<String, String>,
}

/// What is kept of a file beside score sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Targets of a plan.
    Targets,
    /// Figures that others computed.
    Figures,
}

impl fmt::Display for FileKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Targets => "targets",
            Self::Figures => "figures",
        })
    }
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadFile {
    /// Targets or figures.
    pub kind: FileKind,
    /// What it says.
    pub body: String,
    /// SHA-256 of the file itself in hexadecimal digits.
    pub sha256: String,
}

/// Score sheets: cells by row of the unit and code of the leaf.
pub type ScoreSheets = HashMap<i32, HashMap<String, LeafEntries>>;

impl Store {
    /// The schemes of a round, in the order in which they were given.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn schemes(&self, round: i32) -> Result<Vec<KeptScheme>> {
        let rows = round_scheme::Entity::find()
            .filter(round_scheme::Column::RoundId.eq(round))
            .order_by_asc(round_scheme::Column::Id)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(|row| KeptScheme { code: row.code, definition: row.definition, sha256: row.sha256 }).collect())
    }

    /// The round that changes are measured against, where one was named.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn previous_round(&self, round: i32) -> Result<Option<String>> {
        Ok(round_scoring::Entity::find_by_id(round).one(&self.db).await?.and_then(|row| row.previous))
    }

    /// Where scoring stands.
    ///
    /// # Errors
    /// When the database does not answer or holds what is no step.
    pub async fn scoring(&self, round: i32) -> Result<Scoring> {
        let planned = planned_step::Entity::find().filter(planned_step::Column::RoundId.eq(round)).all(&self.db).await?;
        let mut plan = planned.into_iter().map(planned_of).collect::<Result<Vec<_>>>()?;
        plan.sort_by_key(|planned| planned.step);
        let moves = step_move::Entity::find().filter(step_move::Column::RoundId.eq(round));
        let last = moves.order_by_desc(step_move::Column::Id).one(&self.db).await?;
        let step = last.map(|row| step_of(&row.step)).transpose()?.or(plan.first().map(|planned| planned.step));
        Ok(Scoring { step, plan })
    }

    /// What there is of a round now; to be asked before anything else of it, also before the round itself.
    ///
    /// # Errors
    /// When there is no such round.
    pub async fn seen(&self, round: &str) -> Result<Seen> {
        seen(&self.db, self.round(round).await?.id).await
    }

    /// Locks a round for the rest of a transaction.
    ///
    /// # Errors
    /// When somebody has written since it was seen.
    pub(super) async fn hold(&self, on: &impl ConnectionTrait, round: &Round, before: &Seen) -> Result<()> {
        // Changes nothing, but nobody else can come in between any more.
        on.execute_raw(self.statement("UPDATE round SET year = year WHERE id = $1", [round.id.into()])).await?;
        if seen(on, round.id).await? == *before {
            return Ok(());
        }
        Err(Refusal::Changed { round: round.code.clone() }.into())
    }

    /// Everything that was entered for a round.
    ///
    /// # Errors
    /// When the database does not answer or holds what is no entry.
    pub async fn score_sheets(&self, round: i32) -> Result<ScoreSheets> {
        let rows = score_entry::Entity::find()
            .filter(score_entry::Column::RoundId.eq(round))
            .order_by_asc(score_entry::Column::Id)
            .all(&self.db)
            .await?;
        let mut sheets = ScoreSheets::new();
        for score_entry::Model { unit_id, leaf, part, words, who, why, entered_on, .. } in rows {
            let part = ScorePart::from_name(&part).ok_or_else(|| {
                StoreError::trouble(format!(
                    "the database holds the unknown part `{part}` of a score sheet; was it written by a newer version?"
                ))
            })?;
            let cell = sheets.entry(unit_id).or_default().entry(leaf).or_default();
            let from = cell.entries.insert(part, words.clone());
            cell.changes.push(Change { part, from, to: words, who, on: entered_on, why });
        }
        Ok(sheets)
    }

    /// Adds entries: all of them or none.
    ///
    /// # Errors
    /// When somebody has written since the round was seen.
    pub async fn enter_scores(&self, round: &Round, entries: &[Entry], signature: &Signature, before: &Seen) -> Result<()> {
        let transaction = self.write().await?;
        self.hold(&transaction, round, before).await?;
        let row = |entry: &Entry| score_entry::ActiveModel {
            id: sea_orm::ActiveValue::NotSet,
            round_id: Set(round.id),
            unit_id: Set(entry.unit),
            leaf: Set(entry.leaf.clone()),
            part: Set(entry.part.name().to_owned()),
            words: Set(entry.words.clone()),
            who: Set(signature.who.clone()),
            why: Set(signature.why.clone()),
            entered_on: Set(signature.on.to_string()),
        };
        for chunk in entries.chunks(CHUNK) {
            score_entry::Entity::insert_many(chunk.iter().map(row)).exec_without_returning(&transaction).await?;
        }
        self.commit(transaction).await
    }

    /// Takes a round to another step of scoring; `closes` moves the last day of that step.
    ///
    /// # Errors
    /// When somebody has written since the round was seen.
    pub async fn move_step(&self, round: &Round, to: Step, closes: Option<Date>, signature: &Signature, before: &Seen) -> Result<()> {
        let transaction = self.write().await?;
        self.hold(&transaction, round, before).await?;
        self.insert_move(&transaction, round.id, to, signature).await?;
        if let Some(closes) = closes {
            let update = planned_step::ActiveModel { closes: Set(closes.to_string()), ..Default::default() };
            planned_step::Entity::update_many()
                .set(update)
                .filter(planned_step::Column::RoundId.eq(round.id))
                .filter(planned_step::Column::Step.eq(to.name()))
                .exec(&transaction)
                .await?;
        }
        self.commit(transaction).await
    }

    pub(super) async fn insert_move(&self, on: &impl ConnectionTrait, round: i32, to: Step, by: &Signature) -> Result<()> {
        let row = step_move::ActiveModel {
            round_id: Set(round),
            step: Set(to.name().to_owned()),
            who: Set(by.who.clone()),
            why: Set(by.why.clone()),
            entered_on: Set(by.on.to_string()),
            ..Default::default()
        };
        row.insert(on).await?;
        Ok(())
    }

    /// Keeps what was read of a file, in place of an earlier one of its kind. What says the same as before changes nothing.
    ///
    /// # Errors
    /// When somebody has written since the round was seen.
    pub async fn keep_file(&self, round: &Round, file: ReadFile, before: &Seen, by: &By) -> Result<()> {
        let ReadFile { kind, body, sha256 } = file;
        let transaction = self.write().await?;
        self.hold(&transaction, round, before).await?;
        if before.files.get(&kind.to_string()) == Some(&hex::encode(Sha256::digest(body.as_bytes()))) {
            return Ok(());
        }
        let action = match kind {
            FileKind::Targets => Action::KeepTargets,
            FileKind::Figures => Action::KeepFigures,
        };
        self.record(&transaction, by, action, Some(round.id), &json!({ "sha256": sha256 })).await?;
        let columns = [round_file::Column::Body];
        let replace = OnConflict::columns([round_file::Column::RoundId, round_file::Column::Kind]).update_columns(columns).to_owned();
        let row = round_file::ActiveModel { round_id: Set(round.id), kind: Set(kind.to_string()), body: Set(body) };
        round_file::Entity::insert(row).on_conflict(replace).exec_without_returning(&transaction).await?;
        self.commit(transaction).await
    }

    /// What was kept of a file; none where there was none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn kept_file(&self, round: i32, kind: FileKind) -> Result<Option<String>> {
        Ok(round_file::Entity::find_by_id((round, kind.to_string())).one(&self.db).await?.map(|row| row.body))
    }

    /// Writes down how a new round is scored.
    pub(super) async fn insert_scoring(&self, on: &impl ConnectionTrait, round: i32, new: &NewScoring) -> Result<()> {
        round_scoring::ActiveModel { round_id: Set(round), previous: Set(new.previous.clone()) }.insert(on).await?;
        for code in &new.schemes {
            let row = round_scheme::ActiveModel {
                round_id: Set(round),
                code: Set(code.clone()),
                definition: Set(String::new()),
                sha256: Set(String::new()),
                ..Default::default()
            };
            row.insert(on).await?;
        }
        for PlannedStep { step, opens, closes } in &new.steps {
            let row = planned_step::ActiveModel {
                round_id: Set(round),
                step: Set(step.name().to_owned()),
                opens: Set(opens.to_string()),
                closes: Set(closes.to_string()),
            };
            row.insert(on).await?;
        }
        Ok(())
    }
}

async fn seen(on: &impl ConnectionTrait, round: i32) -> Result<Seen> {
    let state = round::Entity::find_by_id(round).one(on).await?.map(|row| row.state).unwrap_or_default();
    let entries = score_entry::Entity::find().filter(score_entry::Column::RoundId.eq(round)).order_by_desc(score_entry::Column::Id);
    let moves = step_move::Entity::find().filter(step_move::Column::RoundId.eq(round)).order_by_desc(step_move::Column::Id);
    let snapshots = snapshot::Entity::find().filter(snapshot::Column::RoundId.eq(round)).order_by_desc(snapshot::Column::Id);
    let files = round_file::Entity::find().filter(round_file::Column::RoundId.eq(round)).all(on).await?;
    Ok(Seen {
        round,
        state,
        last_entry: entries.one(on).await?.map_or(0, |row| row.id),
        last_move: moves.one(on).await?.map_or(0, |row| row.id),
        // Without its body, which is large.
        last_snapshot: snapshots.select_only().column(snapshot::Column::Id).into_tuple().one(on).await?.unwrap_or(0),
        files: files.into_iter().map(|row| (row.kind, hex::encode(Sha256::digest(row.body.as_bytes())))).collect(),
    })
}

fn step_of(name: &str) -> Result<Step> {
    Step::from_name(name)
        .ok_or_else(|| StoreError::trouble(format!("the database holds the unknown step `{name}`; was it written by a newer version?")))
}

fn planned_of(row: planned_step::Model) -> Result<PlannedStep> {
    let planned_step::Model { step, opens, closes, .. } = row;
    let day = |text: &str| text.parse().map_err(|_| StoreError::trouble(format!("the step {step} has the impossible day {text}")));
    Ok(PlannedStep { step: step_of(&step)?, opens: day(&opens)?, closes: day(&closes)? })
}
