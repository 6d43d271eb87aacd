//! Salvage: what a letterbox holds that nobody has counted is opened with the round's key and counted, once each. Works until that key is
//! destroyed.
//!
//! What is sealed says by itself where it belongs: of a damaged row each thing that is plain is tried in turn, and only what the key, the
//! generation and the cell agree on opens. What it brings is sealed anew, so that nothing seen in the letterbox is recognised among the
//! open sheets.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::AddAssign;

use rusqlite::types::Value;
use sea_orm::ConnectionTrait;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::audit::{Action, By};
use super::batches::moving;
use super::letterbox::{Letterbox, Remains, RemainsKind, RemainsParts, Remnant};
use super::mixing::{BATCH_LEAST, Batch, Mixed};
use super::open_rows::Moving;
use super::open_tables::OpenTables;
use super::sealing::{PARTICIPATION, SealedSheet, about, open_contents, open_remarks};
use super::seals::seal_on;
use super::{Result, Store, StoreError};
use crate::deposit::{AcceptedSheet, MixingCell, Participation, SheetKey};
use crate::refusal::Refusal;
use crate::round::{Round, RoundState};
use crate::seal::{Generation, GenerationId, PrivateKey};
use crate::survey::mode::Mode;

/// What became of what was left in a letterbox: numbers of sheets, and of marks that a code was used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Damaged files that were read beside it.
    pub damaged_files: usize,
    /// What the key opens.
    pub opened: usize,
    /// Of these, what had not been counted before and is now.
    pub counted: usize,
    /// Of these, what stays where it is while the round is open, because it is fewer than twenty sheets of its cell.
    pub kept_back: usize,
    /// What the key does not open. It stays where it is.
    pub lost: usize,
}

impl AddAssign for Salvaged {
    fn add_assign(&mut self, other: Self) {
        self.damaged_files += other.damaged_files;
        self.opened += other.opened;
        self.counted += other.counted;
        self.kept_back += other.kept_back;
        self.lost += other.lost;
    }
}

/// What was opened of a letterbox.
#[derive(Debug, Default)]
struct OpenedOfLetterbox {
    sheets: Vec<AcceptedSheet>,
    used: Vec<(SheetKey, MixingCell)>,
    /// Keys of their rows, whatever they are, with those under which they count.
    rows: Vec<(Value, SheetKey)>,
    /// Keys of rows that do not open.
    lost: Vec<Value>,
}

/// What opens the rows of a round.
struct RoundKeys {
    round: i32,
    generations: HashMap<GenerationId, Generation>,
    /// Every cell that there can be.
    cells: Vec<MixingCell>,
}

impl Store {
    /// Counts in a round what a letterbox and the damaged files beside it hold of it. What waits in a letterbox is left to its server while
    /// the round is open and the server is registered. Who does it is written down before the key is used, whatever comes of it.
    ///
    /// # Errors
    /// When the round is not open or closing, the key is not its own, or a database refuses. May be repeated at will.
    pub async fn salvage(&self, round: &Round, key: &PrivateKey, letterbox: &mut Letterbox, by: &By) -> Result<Salvaged> {
        let seal = seal_on(&self.db, round.id).await?.filter(|_| [RoundState::Open, RoundState::Closing].contains(&round.state));
        let seal = seal.ok_or_else(|| Refusal::NoKey { round: round.code.clone(), state: round.state })?;
        if key.public() != Some(seal.public) {
            return Err(Refusal::OtherKey { round: round.code.clone(), fingerprint: seal.public.fingerprint() }.into());
        }
        self.will_salvage(round, letterbox, by).await?;
        let all = round.state == RoundState::Closing || self.instance_name(letterbox).await?.is_none();
        let Remains { heads, rows, damaged } = letterbox.remains(round.id, all)?;
        let generations = heads.into_iter().filter_map(|(id, head)| Some((id, Generation::open_head(key, round.id, id, &head)?)));
        let keys = RoundKeys { round: round.id, generations: generations.collect(), cells: self.cells(round.id).await? };
        let OpenedOfLetterbox { sheets, used, rows, lost } = tokio::task::spawn_blocking(move || keys.open(rows))
            .await
            .map_err(|_| StoreError::trouble("opening what is left in the letterbox was broken off"))?;
        let opened = sheets.len() + used.len();
        let fresh = Generation::draw(&seal.public, round.id).ok_or_else(|| StoreError::trouble("the public key is none"))?;
        // While it is open few sheets of a cell never move, whoever moves them.
        let least = if round.state == RoundState::Closing { 1 } else { BATCH_LEAST };
        let Mixed { keys, fresh, used } = if opened == 0 {
            Mixed { keys: Vec::new(), fresh: 0, used: 0 }
        } else {
            self.count_salvaged(round.id, &fresh, (sheets, used), least).await?
        };
        let keys: HashSet<SheetKey> = keys.into_iter().collect();
        let (counted, waiting): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(_, key)| keys.contains(key));
        letterbox.take_out_remains(&counted.into_iter().map(|(row, _)| row).collect::<Vec<_>>())?;
        self.report_rest(round, letterbox).await?;
        let kept_back = waiting.iter().map(|(_, key)| key).collect::<HashSet<_>>().len();
        Ok(Salvaged { damaged_files: damaged, opened, counted: fresh + used, kept_back, lost: lost.len() })
    }

    /// Writes down that the key is used on a letterbox.
    async fn will_salvage(&self, round: &Round, letterbox: &Letterbox, by: &By) -> Result<()> {
        let transaction = self.write().await?;
        self.record(&transaction, by, Action::Salvage, Some(round.id), &json!({ "letterbox": letterbox.id() })).await?;
        self.commit(transaction).await
    }

    /// Counts sheets that were not counted before, and marks of used codes, of cells that have so many.
    async fn count_salvaged(
        &self,
        round: i32,
        fresh: &Generation,
        (sheets, used): (Vec<AcceptedSheet>, Vec<(SheetKey, MixingCell)>),
        least: usize,
    ) -> Result<Mixed> {
        let mut cells: BTreeMap<MixingCell, Vec<Moving>> = BTreeMap::new();
        let mut groups: BTreeMap<MixingCell, Vec<(SheetKey, MixingCell)>> = BTreeMap::new();
        for sheet in sheets {
            cells.entry(sheet.cell.clone()).or_default().push(moving(round, sheet, fresh));
        }
        for (key, cell) in used {
            groups.entry(cell.clone()).or_default().push((key, cell));
        }
        let heads = vec![(fresh.id(), fresh.head().to_vec())];
        let batch = Batch { heads, cells: cells.into_values().collect(), used: groups.into_values().collect() };
        let mixed = self.mix(round, &batch, least).await?;
        self.require_kept(round, &mixed.keys).await?;
        Ok(mixed)
    }

    /// All cells that a sheet of a round can belong to.
    async fn cells(&self, round: i32) -> Result<Vec<MixingCell>> {
        let mut groups = BTreeSet::from([String::new()]);
        let sql = format!("SELECT DISTINCT respondent_group FROM {}", OpenTables::of(round).code);
        for row in self.db.query_all_raw(self.statement(sql, [])).await? {
            groups.insert(row.try_get_by_index(0)?);
        }
        let mut cells = Vec::new();
        for asked in self.asked(round).await? {
            for unit in asked.units {
                cells.extend(groups.iter().map(|group| MixingCell { questionnaire: asked.id, unit, group: group.clone() }));
            }
        }
        Ok(cells)
    }

    /// Says of a letterbox what is left in it, where somebody waits for that word: as its server would.
    async fn report_rest(&self, round: &Round, letterbox: &mut Letterbox) -> Result<()> {
        let set_aside = letterbox.count_set_aside()?;
        let sql = "UPDATE instance_report SET set_aside = $1 WHERE instance_id = $2";
        let values = [i32::try_from(set_aside).unwrap_or(i32::MAX).into(), letterbox.id().into()];
        self.db.execute_raw(self.statement(sql, values)).await?;
        let questionnaires: Vec<i32> = self.asked(round.id).await?.iter().map(|asked| asked.id).collect();
        let left = letterbox.count(&questionnaires)? + letterbox.count_plain(&questionnaires)?;
        if round.state == RoundState::Closing && left == 0 && self.instance_name(letterbox).await?.is_some() {
            self.report_empty(round.id, letterbox.identity(), set_aside).await?;
        }
        Ok(())
    }
}

impl RoundKeys {
    /// Opens rows, each sheet once: those that are whole before those that are not, of which a key may be damaged.
    fn open(&self, mut rows: Vec<Remnant>) -> OpenedOfLetterbox {
        rows.sort_by_key(|row| matches!(row.kind, RemainsKind::Parts(_) | RemainsKind::Lost));
        let (mut found, mut keys, mut unopened) = (OpenedOfLetterbox::default(), HashSet::new(), Vec::new());
        // Each with the key under which it counts: under whatever other key it is there once more, it is the same sheet.
        let mut texts: HashMap<Vec<u8>, SheetKey> = HashMap::new();
        for Remnant { raw, kind } in rows {
            let sealed = sealed_text(&kind);
            match self.sheet(kind) {
                OpenedRow::Sheet(sheet) => {
                    let key = sealed.map_or(sheet.key, |text| *texts.entry(text).or_insert(sheet.key));
                    found.rows.push((raw, key));
                    if keys.insert(key) {
                        found.sheets.push(sheet);
                    }
                }
                OpenedRow::Used(key, cell) => {
                    if keys.insert(key) {
                        found.used.push((key, cell));
                    }
                    found.rows.push((raw, key));
                }
                OpenedRow::Nothing => unopened.push((raw, sealed)),
                OpenedRow::OfAnother => {}
            }
        }
        let mut lost = BTreeMap::new();
        for (raw, sealed) in unopened {
            // What is damaged here may be whole elsewhere.
            match sealed.and_then(|text| texts.get(&text)) {
                Some(key) => found.rows.push((raw, *key)),
                None => drop(lost.insert(format!("{raw:?}"), raw)),
            }
        }
        found.lost = lost.into_values().filter(|raw| !found.rows.iter().any(|(row, _)| row == raw)).collect();
        found
    }

    fn sheet(&self, kind: RemainsKind) -> OpenedRow {
        let sheet = match kind {
            RemainsKind::Lost => None,
            RemainsKind::Plain(sheet) if self.asks(sheet.cell.questionnaire) => Some(sheet),
            RemainsKind::Whole(sheet) if self.asks(sheet.cell.questionnaire) => {
                if sheet.generation == PARTICIPATION {
                    return OpenedRow::Used(sheet.key, sheet.cell);
                }
                let SealedSheet { key, cell, generation, answers, remarks } = sheet;
                let parts = RemainsParts {
                    key: Some(key),
                    questionnaire: Some(cell.questionnaire),
                    unit: Some(cell.unit),
                    group: Some(cell.group),
                    generation: Some(generation),
                    answers,
                    remarks,
                    sum: None,
                };
                self.parts(&parts)
            }
            RemainsKind::Plain(_) | RemainsKind::Whole(_) => return OpenedRow::OfAnother,
            RemainsKind::Parts(parts) => match self.parts(&parts) {
                None if let Some(used) = self.participation(&parts) => {
                    return OpenedRow::Used(used.key, MixingCell { questionnaire: used.questionnaire, unit: 0, group: used.group });
                }
                None if parts.questionnaire.is_some_and(|questionnaire| !self.asks(questionnaire)) => return OpenedRow::OfAnother,
                opened => opened,
            },
        };
        sheet.map_or(OpenedRow::Nothing, OpenedRow::Sheet)
    }

    /// That a code was used, from a row that is damaged: there is no other key than its own to try.
    fn participation(&self, parts: &RemainsParts) -> Option<Participation> {
        self.cells.iter().find_map(|cell| parts.participation(cell.questionnaire, &cell.group))
    }

    fn asks(&self, questionnaire: i32) -> bool {
        self.cells.iter().any(|cell| cell.questionnaire == questionnaire)
    }

    /// Opens what is there of a row: under its own generation for its own cell, or for one that differs in one thing; otherwise under any
    /// other.
    fn parts(&self, parts: &RemainsParts) -> Option<AcceptedSheet> {
        let near = |cell: &&MixingCell| {
            let same =
                [parts.questionnaire == Some(cell.questionnaire), parts.unit == Some(cell.unit), parts.group.as_ref() == Some(&cell.group)];
            same.into_iter().filter(|same| *same).count() >= 2
        };
        let own_cell = parts.cell();
        let exactly = |generation: &Generation| self.open_as(parts, generation, own_cell.as_ref()?);
        match parts.generation.and_then(|id| self.generations.get(&id)) {
            Some(own) => exactly(own).or_else(|| self.cells.iter().filter(near).find_map(|cell| self.open_as(parts, own, cell))),
            None => self.generations.values().find_map(exactly),
        }
    }

    fn open_as(&self, parts: &RemainsParts, generation: &Generation, cell: &MixingCell) -> Option<AcceptedSheet> {
        let about = about(self.round, cell);
        let contents = open_contents(generation, &about, &parts.answers)?;
        // What was written is lost where only that is damaged.
        let remarks = open_remarks(generation, &about, &parts.remarks).unwrap_or_default();
        let key = parts.key.unwrap_or_else(|| key_of(&parts.answers));
        Some(AcceptedSheet { key, cell: cell.clone(), mode: Mode::from_number(contents.mode)?, answers: contents.answers, remarks })
    }
}

enum OpenedRow {
    Sheet(AcceptedSheet),
    Used(SheetKey, MixingCell),
    /// Of a round that is not this one.
    OfAnother,
    Nothing,
}

/// A key for a sheet whose own cannot be read: the hash of its sealed text, which no other sheet has.
fn key_of(sealed: &[u8]) -> SheetKey {
    let mut key = [0; 16];
    key.copy_from_slice(Sha256::digest(sealed).split_at(16).0);
    SheetKey::new(key)
}

fn sealed_text(kind: &RemainsKind) -> Option<Vec<u8>> {
    match kind {
        RemainsKind::Whole(SealedSheet { answers, .. }) | RemainsKind::Parts(RemainsParts { answers, .. }) if !answers.is_empty() => {
            Some(answers.clone())
        }
        _ => None,
    }
}
