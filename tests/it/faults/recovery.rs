//! What is found after a power cut: the files are put into a folder, the program closes the round there, and what counts is read.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::sync::Arc;

use par_survey::directory::Form;
use rand::rngs::ChaCha20Rng;
use rand::{RngExt, SeedableRng};
use tokio::sync::Semaphore;

use super::folder::Folder;
use super::journal::{Journal, What};
use super::server::{close, leave_no_place};
use super::sheets::{Verdict, counted, figures};
use crate::harness::database::{Backend, TestDatabase};

/// Folders looked at at once: the command mostly waits.
const AT_ONCE: usize = 4;

/// A run that was written down.
#[derive(Debug)]
pub(super) struct Recording {
    /// The files before it.
    pub(super) before: BTreeMap<String, (u64, Vec<u8>)>,
    pub(super) journal: Journal,
    /// The power is cut after so many records, or later.
    pub(super) from: usize,
    pub(super) form: Arc<Form>,
    /// Numbers of a file that was imported: all or none.
    pub(super) imported: std::ops::Range<usize>,
}

/// What became of many power cuts.
#[derive(Debug, Default)]
pub(super) struct Summary {
    pub(super) states: usize,
    /// Sheets acknowledged before the cut, in all states together.
    pub(super) acknowledged: usize,
    pub(super) lost: usize,
    pub(super) doubled: usize,
    /// States in which something is wrong, in words.
    pub(super) bad: Vec<String>,
}

impl Summary {
    pub(super) fn add(&mut self, other: Self) {
        self.states += other.states;
        self.acknowledged += other.acknowledged;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.bad.extend(other.bad);
    }

    /// Prints the figures and says what is wrong where a sheet was lost, doubled or invented.
    pub(super) fn wrong(&self, name: &str) -> Option<String> {
        let Self { states, acknowledged, lost, doubled, bad } = self;
        figures(name, *states, *acknowledged, *lost, *doubled);
        assert!(acknowledged > states, "{name}: there was load: {acknowledged}");
        let first = bad.first()?;
        Some(format!("{name}: {} of {states} are wrong, {lost} lost, {doubled} doubled; the first:\n{first}", bad.len()))
    }
}

/// Cuts the power at so many points of a recording and looks at each folder that is found.
pub(super) async fn cut_often(recording: Arc<Recording>, states: usize, seed: u64) -> Summary {
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let block = if random.random_bool(0.5) { 512 } else { 4096 };
    let records = recording.journal.records.len();
    let points = points(&recording, states, &mut random);
    let mut folder = Folder::new(recording.before.clone(), block);
    let (mut acknowledged, mut at) = (HashSet::new(), 0);
    let (turn, mut looks) = (Arc::new(Semaphore::new(AT_ONCE)), Vec::new());
    for point in points {
        for record in &recording.journal.records[at..point] {
            folder.apply(record, &recording.journal.bytes);
            if let What::Acknowledged(number) = record.what {
                acknowledged.insert(number);
            }
        }
        at = point;
        let permit = turn.clone().acquire_owned().await.unwrap();
        let (found, recording, acknowledged) = (folder.cut(&mut random), recording.clone(), acknowledged.clone());
        let name = format!("seed {seed}, blocks of {block}, after record {point} of {records}");
        looks.push(tokio::spawn(async move {
            let summary = look(&recording, found, &acknowledged, &name).await;
            drop(permit);
            summary
        }));
    }
    let mut all = Summary::default();
    for look in looks {
        all.add(look.await.unwrap());
    }
    all
}

/// When the power is cut: at any moment, and more often where most hangs on it.
fn points(Recording { journal, from, .. }: &Recording, states: usize, random: &mut ChaCha20Rng) -> Vec<usize> {
    let after = |chosen: fn(&What) -> bool, records: usize| -> Vec<usize> {
        let found = journal.records.iter().enumerate().filter(|(_, record)| chosen(&record.what));
        found.flat_map(|(place, _)| place + 1..=(place + records).min(journal.records.len())).collect()
    };
    let choices = [
        (0..=journal.records.len()).collect(),
        after(|what| matches!(what, What::Acknowledged(_)), 1),
        after(|what| matches!(what, What::SyncBegan(_)), 1),
        after(|what| matches!(what, What::SyncFailed(_) | What::Found(_)), 200),
        vec![journal.records.len()],
    ];
    let choices = choices.map(|points: Vec<usize>| points.into_iter().filter(|point| point >= from).collect::<Vec<_>>());
    let choices: Vec<Vec<usize>> = choices.into_iter().filter(|points| !points.is_empty()).collect();
    let mut points: Vec<usize> = (0..states)
        .map(|place| {
            let points = &choices[place % choices.len()];
            points[random.random_range(0..points.len())]
        })
        .collect();
    points.sort_unstable();
    points
}

/// Has the program find one folder.
async fn look(recording: &Recording, found: BTreeMap<String, Vec<u8>>, acknowledged: &HashSet<usize>, name: &str) -> Summary {
    let database = TestDatabase::fresh(Backend::Sqlite).await;
    let sizes: Vec<_> = found.iter().map(|(name, bytes)| format!("{name} {}", bytes.len())).collect();
    for (name, bytes) in found {
        fs::write(database.folder().join(name), bytes).unwrap();
    }
    let mut summary = Summary { states: 1, acknowledged: acknowledged.len(), ..Summary::default() };
    let closed = tokio::task::spawn_blocking(move || {
        leave_no_place(&database);
        close(&database, &[]).map(|()| database)
    });
    let database = match closed.await.unwrap() {
        Ok(database) => database,
        Err(said) => {
            summary.lost = acknowledged.len();
            summary.bad.push(format!("{name}: it cannot be closed ({}): {said}", sizes.join(", ")));
            return summary;
        }
    };
    let counted = counted(&database, &recording.form).await;
    let verdict = Verdict::of(acknowledged, &counted, |_| true);
    let from_file = counted.iter().filter(|number| recording.imported.contains(*number)).count();
    let is_whole = from_file == 0 || from_file == recording.imported.len();
    (summary.lost, summary.doubled) = (verdict.lost, verdict.doubled);
    if !verdict.is_good() || !is_whole {
        summary.bad.push(format!("{name}: {verdict:?}, {from_file} sheets of the file ({})", sizes.join(", ")));
    }
    summary
}
