//! A folder of files as a disk keeps it: what was synced is there, the rest may be, in parts and out of order.
//!
//! A sync that failed leaves what was written before it neither on the disk nor to be written: the kernel thinks it clean, shows it to
//! whoever reads, and no later sync writes it, unless its block is written again.

use std::collections::{BTreeMap, HashMap};

use rand::RngExt;
use rand::rngs::ChaCha20Rng;

use super::journal::{Record, What};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

#[derive(Debug, Clone)]
enum Change {
    Write {
        offset: usize,
        bytes: Vec<u8>,
    },
    Size(usize),
    /// A length that was noted for bytes that never came.
    AtLeast(usize),
}

#[derive(Debug, Default)]
struct File {
    durable: Vec<u8>,
    /// What readers see.
    seen: Vec<u8>,
    /// Changes since the last sync, each with the number of its record.
    pending: Vec<(usize, Change)>,
}

#[derive(Debug, Clone)]
enum NameChange {
    Put(String, usize),
    Removed(String),
}

/// The files of a folder while the records of a journal are gone through.
#[derive(Debug)]
pub(super) struct Folder {
    files: Vec<File>,
    /// What a name stands for, with its inode.
    names: HashMap<String, (u64, usize)>,
    durable_names: BTreeMap<String, usize>,
    pending_names: Vec<(usize, NameChange)>,
    syncs: HashMap<u64, usize>,
    /// The kernel keeps track of what is dirty by blocks of this size.
    block: usize,
    at: usize,
}

impl Folder {
    /// A folder with files that are on the disk.
    pub(super) fn new(files: BTreeMap<String, (u64, Vec<u8>)>, block: usize) -> Self {
        let mut folder = Self {
            files: Vec::new(),
            names: HashMap::new(),
            durable_names: BTreeMap::new(),
            pending_names: Vec::new(),
            syncs: HashMap::new(),
            block,
            at: 0,
        };
        for (name, (inode, bytes)) in files {
            folder.durable_names.insert(name.clone(), folder.files.len());
            folder.names.insert(name, (inode, folder.files.len()));
            folder.files.push(File { durable: bytes.clone(), seen: bytes, pending: Vec::new() });
        }
        folder
    }

    /// Does what a record says.
    pub(super) fn apply(&mut self, record: &Record, journal: &[u8]) {
        self.at += 1;
        match &record.what {
            What::Write { offset, bytes } => self.write(record, *offset, &journal[bytes.clone()]),
            What::Size(size) => {
                let at = self.at;
                let file = self.file(record);
                file.seen.resize(*size, 0);
                file.pending.push((at, Change::Size(*size)));
            }
            What::Found(bytes) => self.found(record, &journal[bytes.clone()]),
            What::SyncBegan(number) => drop(self.syncs.insert(*number, self.at)),
            What::SyncDone(number) => self.synced(record, *number),
            What::SyncFailed(number) => self.not_synced(record, *number),
            What::Opened => drop(self.place(record)),
            What::Unlinked => self.unlinked(record),
            What::RenamedTo(to) => {
                let Some((inode, place)) = self.names.remove(&record.name) else { return };
                self.names.insert(to.clone(), (inode, place));
                self.pending_names.push((self.at, NameChange::Removed(record.name.clone())));
                self.pending_names.push((self.at, NameChange::Put(to.clone(), place)));
            }
            What::Acknowledged(_) => {}
        }
    }

    /// The file for which a name stands: a new one where it stood for another or none.
    fn place(&mut self, record: &Record) -> usize {
        match self.names.get(&record.name) {
            Some((inode, place)) if *inode == record.inode => *place,
            _ => {
                let place = self.files.len();
                self.files.push(File::default());
                self.names.insert(record.name.clone(), (record.inode, place));
                self.pending_names.push((self.at, NameChange::Put(record.name.clone(), place)));
                place
            }
        }
    }

    fn file(&mut self, record: &Record) -> &mut File {
        let place = self.place(record);
        &mut self.files[place]
    }

    fn unlinked(&mut self, record: &Record) {
        if self.names.get(&record.name).is_some_and(|(inode, _)| *inode == record.inode) {
            self.names.remove(&record.name);
            self.pending_names.push((self.at, NameChange::Removed(record.name.clone())));
        }
    }

    fn write(&mut self, record: &Record, offset: usize, bytes: &[u8]) {
        let (at, block) = (self.at, self.block);
        let file = self.file(record);
        let end = offset + bytes.len();
        if file.seen.len() < end {
            file.seen.resize(end, 0);
        }
        file.seen[offset..end].copy_from_slice(bytes);
        // The whole block becomes dirty, with what it holds of others.
        let (from, until) = (offset / block * block, end.next_multiple_of(block).min(file.seen.len()));
        let bytes = file.seen[from..until].to_vec();
        file.pending.push((at, Change::Write { offset: from, bytes }));
    }

    /// What readers see differs from what was written down: it was written as well.
    fn found(&mut self, record: &Record, bytes: &[u8]) {
        let at = self.at;
        let file = self.file(record);
        if file.seen.len() > bytes.len() {
            file.seen.truncate(bytes.len());
            file.pending.push((at, Change::Size(bytes.len())));
        }
        let differs = |place: &usize| file.seen.get(*place) != bytes.get(*place);
        if let (Some(first), Some(last)) = ((0..bytes.len()).find(differs), (0..bytes.len()).rev().find(differs)) {
            self.write(record, first, &bytes[first..=last]);
        }
    }

    fn synced(&mut self, record: &Record, number: u64) {
        let Some(began) = self.syncs.remove(&number) else { return };
        if record.name == "." {
            let later = self.pending_names.iter().position(|(at, _)| *at >= began).unwrap_or(self.pending_names.len());
            for (_, change) in self.pending_names.drain(..later) {
                rename(&mut self.durable_names, change);
            }
            return;
        }
        let file = self.file(record);
        for (_, change) in file.take_before(began) {
            write(&mut file.durable, &change);
        }
    }

    fn not_synced(&mut self, record: &Record, number: u64) {
        let Some(began) = self.syncs.remove(&number) else { return };
        if record.name == "." {
            return;
        }
        let at = self.at;
        let file = self.file(record);
        for (_, change) in file.take_before(began) {
            let left = match change {
                Change::Write { offset, bytes } => Change::AtLeast(offset + bytes.len()),
                size => size,
            };
            file.pending.push((at, left));
        }
        file.pending.sort_by_key(|(at, _)| *at);
    }

    /// What is found after a power cut now.
    pub(super) fn cut(&self, random: &mut ChaCha20Rng) -> BTreeMap<String, Vec<u8>> {
        let mut names = self.durable_names.clone();
        for (_, change) in &self.pending_names {
            if random.random_bool(0.5) {
                rename(&mut names, change.clone());
            }
        }
        names.into_iter().map(|(name, place)| (name, self.files[place].cut(random))).collect()
    }
}

fn rename(names: &mut BTreeMap<String, usize>, change: NameChange) {
    match change {
        NameChange::Put(name, place) => drop(names.insert(name, place)),
        NameChange::Removed(name) => drop(names.remove(&name)),
    }
}

impl File {
    fn take_before(&mut self, at: usize) -> Vec<(usize, Change)> {
        let (before, later) = std::mem::take(&mut self.pending).into_iter().partition(|(when, _)| *when < at);
        self.pending = later;
        before
    }

    fn cut(&self, random: &mut ChaCha20Rng) -> Vec<u8> {
        let mut found = self.durable.clone();
        // Sometimes all of it, sometimes nothing, mostly some.
        let kept = [0.0, 0.1, 0.5, 0.5, 0.9, 1.0][random.random_range(0..6)];
        for (_, change) in &self.pending {
            match change {
                Change::Write { offset, bytes } if random.random_bool(0.1) => torn(&mut found, *offset, bytes, random),
                change if random.random_bool(kept) => write(&mut found, change),
                _ => {}
            }
        }
        found
    }
}

/// Some sectors of a write: the first, the last, or any.
fn torn(found: &mut Vec<u8>, offset: usize, bytes: &[u8], random: &mut ChaCha20Rng) {
    let sectors = bytes.len().div_ceil(SECTOR);
    let (how, edge) = (random.random_range(0..3), random.random_range(0..=sectors));
    for (place, sector) in bytes.chunks(SECTOR).enumerate() {
        let kept = match how {
            0 => place < edge,
            1 => place >= edge,
            _ => random.random_bool(0.5),
        };
        if kept {
            write(found, &Change::Write { offset: offset + place * SECTOR, bytes: sector.to_vec() });
        }
    }
}

fn write(found: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Write { offset, bytes } => {
            let end = offset + bytes.len();
            if found.len() < end {
                found.resize(end, 0);
            }
            found[*offset..end].copy_from_slice(bytes);
        }
        Change::Size(size) => found.resize(*size, 0),
        Change::AtLeast(size) if found.len() < *size => found.resize(*size, 0),
        Change::AtLeast(_) => {}
    }
}
