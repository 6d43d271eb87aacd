//! Sheets on their way out of a letterbox: opened and sealed anew where this run can, so that what somebody saw in the letterbox is not
//! recognised among the open sheets; as they are where the run that sealed them is over.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::types::Value;

use super::mixing::Batch;
use super::open_rows::Moving;
use super::sealing::{Live, PARTICIPATION, SealedSheet, about, seal_contents, seal_remarks};
use super::{Result, StoreError};
use crate::deposit::AcceptedSheet;
use crate::seal::{Contents, Generation, GenerationId};

/// How long sheets are sealed under one batch's key: the longer, the less a key says about when.
const KEY_LASTS: Duration = Duration::from_hours(1);

/// Most sheets under one batch's key.
const KEY_MOST: usize = 100_000;

/// What waits of one round: sheets by cell and generation, and the heads of these.
#[derive(Debug, Default)]
pub(super) struct Cohorts {
    heads: HashMap<GenerationId, Vec<u8>>,
    sheets: Vec<(GenerationId, Vec<SealedSheet>)>,
}

impl Cohorts {
    pub(super) fn add(&mut self, generation: GenerationId, sheets: Vec<SealedSheet>, heads: &HashMap<GenerationId, Vec<u8>>) {
        self.heads.extend(heads.get(&generation).map(|head| (generation, head.clone())));
        self.sheets.push((generation, sheets));
    }
}

/// The keys under which this run seals anew, by round.
#[derive(Debug, Default)]
pub(super) struct Batches(HashMap<i32, DrawnBatch>);

#[derive(Debug)]
struct DrawnBatch {
    generation: Arc<Generation>,
    at: Instant,
    sheets: usize,
}

impl Batches {
    /// Makes sheets of a round ready to be moved. Beside them: keys of rows that this run sealed and cannot open, which somebody has
    /// changed.
    pub(super) async fn sealed_anew(&mut self, round: i32, cohorts: Cohorts, live: Option<Live>) -> Result<(Batch, Vec<Value>)> {
        let own = |generation: GenerationId| live.as_ref().filter(|live| live.generation.id() == generation).cloned();
        let sheets = cohorts.sheets.iter().filter(|(generation, _)| own(*generation).is_some()).map(|(_, sheets)| sheets.len()).sum();
        let key = match &live {
            Some(live) => Some((Arc::clone(&live.generation), self.key(round, live, sheets)?)),
            None => None,
        };
        // Opening and sealing is work for a processor, and others are served meanwhile.
        let made = tokio::task::spawn_blocking(move || prepare(round, cohorts, key));
        made.await.map_err(|_| StoreError::trouble("sealing anew was broken off"))
    }

    /// The key of the present batch of a round, with room for so many sheets.
    fn key(&mut self, round: i32, live: &Live, sheets: usize) -> Result<Arc<Generation>> {
        let present = self.0.get_mut(&round).filter(|drawn| drawn.at.elapsed() < KEY_LASTS && drawn.sheets + sheets <= KEY_MOST);
        if let Some(drawn) = present {
            drawn.sheets += sheets;
            return Ok(Arc::clone(&drawn.generation));
        }
        let generation = Generation::draw(&live.public, round).ok_or_else(|| StoreError::trouble("the public key of a round is none"))?;
        let generation = Arc::new(generation);
        self.0.insert(round, DrawnBatch { generation: Arc::clone(&generation), at: Instant::now(), sheets });
        Ok(generation)
    }
}

/// `key` is the live generation and that of the batch.
fn prepare(round: i32, cohorts: Cohorts, key: Option<(Arc<Generation>, Arc<Generation>)>) -> (Batch, Vec<Value>) {
    let Cohorts { mut heads, sheets } = cohorts;
    let (mut cells, mut used, mut strange) = (Vec::with_capacity(sheets.len()), Vec::new(), Vec::new());
    for (generation, sheets) in sheets {
        match key.as_ref().filter(|(live, _)| live.id() == generation) {
            None if generation == PARTICIPATION => used.push(sheets.into_iter().map(|sheet| (sheet.key, sheet.cell)).collect()),
            None => cells.push(sheets.into_iter().map(as_it_is).collect()),
            Some((live, batch)) => {
                let anew = |sheet: SealedSheet| {
                    let moving = reseal(round, &sheet, live, batch);
                    if moving.is_none() {
                        strange.push(Value::Blob(sheet.key.bytes().to_vec()));
                    }
                    moving
                };
                cells.push(sheets.into_iter().filter_map(anew).collect());
            }
        }
    }
    if let Some((live, batch)) = key {
        heads.remove(&live.id());
        heads.insert(batch.id(), batch.head().to_vec());
    }
    (Batch { heads: heads.into_iter().collect(), cells, used }, strange)
}

fn as_it_is(sheet: SealedSheet) -> Moving {
    let SealedSheet { key, cell, generation, answers, remarks } = sheet;
    Moving { key, cell, generation, answers, remarks: vec![remarks] }
}

fn reseal(round: i32, sheet: &SealedSheet, live: &Generation, batch: &Generation) -> Option<Moving> {
    sheet.open(round, live).map(|opened| moving(round, opened, batch))
}

/// A sheet as it is moved, sealed under the key of a batch.
pub(super) fn moving(round: i32, opened: AcceptedSheet, batch: &Generation) -> Moving {
    let about = about(round, &opened.cell);
    let remarks = opened.remarks.into_iter().map(|remark| seal_remarks(batch, &about, &[remark])).collect();
    let contents = Contents { mode: opened.mode.number(), stratum: None, psu: None, answers: opened.answers };
    let answers = seal_contents(batch, &about, &contents);
    Moving { key: opened.key, cell: opened.cell, generation: batch.id(), answers, remarks }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::PrivateKey;

    #[test]
    fn a_batch_key_lasts_an_hour_or_for_a_hundred_thousand_sheets_of_its_round() {
        let public = PrivateKey::draw().public().unwrap();
        let live = Live { public, generation: Arc::new(Generation::draw(&public, 1).unwrap()) };
        let mut batches = Batches::default();
        let id = |batches: &mut Batches, round: i32, sheets: usize| batches.key(round, &live, sheets).unwrap().id();
        let first = id(&mut batches, 1, 20);
        assert_eq!(id(&mut batches, 1, 99_980), first, "a hundred thousand in all");
        let second = id(&mut batches, 1, 1);
        assert!(second != first && id(&mut batches, 2, 1) != second, "one more, and another round");
        let ago = |batches: &mut Batches, time: Duration| batches.0.get_mut(&1).unwrap().at = Instant::now().checked_sub(time).unwrap();
        ago(&mut batches, Duration::from_mins(59));
        assert_eq!(id(&mut batches, 1, 1), second);
        ago(&mut batches, Duration::from_hours(1));
        assert_ne!(id(&mut batches, 1, 1), second);
    }
}
