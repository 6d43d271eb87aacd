//! What `preload.c` wrote down: every change of the watched files and every sync, in the order in which they happened, and between them what
//! clients were told.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

/// Bytes of a record before its name.
const HEADER: usize = 32;

const ACKNOWLEDGED: u32 = 100;
const FOUND: u32 = 101;

/// What happened to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    /// Bytes of the journal were written at an offset.
    Write {
        offset: usize,
        bytes: Range<usize>,
    },
    /// The file got a size.
    Size(usize),
    SyncBegan(u64),
    SyncDone(u64),
    SyncFailed(u64),
    /// The name was opened, and stands for this file.
    Opened,
    Unlinked,
    RenamedTo(String),
    /// Whoever reads the file finds these bytes.
    Found(Range<usize>),
    /// A client was told that the sheet of this number was received.
    Acknowledged(usize),
}

#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) name: String,
    pub(crate) inode: u64,
    pub(crate) what: What,
}

#[derive(Debug)]
pub(crate) struct Journal {
    pub(crate) records: Vec<Record>,
    pub(crate) bytes: Vec<u8>,
}

/// Writes down that a client was told so: after every change that led to it, since those were written down before it could be.
pub(super) fn acknowledge(mut journal: &File, number: usize) {
    journal.write_all(&header(ACKNOWLEDGED, "", 0, number, 0)).unwrap();
}

/// Writes down what the files hold after their process was killed: a last write may have been done and not written down.
pub(super) fn found(journal: &Path, files: BTreeMap<String, (u64, Vec<u8>)>) {
    let mut journal = File::options().append(true).open(journal).unwrap();
    for (name, (inode, bytes)) in files {
        journal.write_all(&[&header(FOUND, &name, inode, 0, bytes.len()), name.as_bytes(), &bytes].concat()).unwrap();
    }
}

fn header(kind: u32, name: &str, inode: u64, offset: usize, length: usize) -> Vec<u8> {
    let large = |number: usize| u64::try_from(number).unwrap().to_le_bytes();
    let name = u32::try_from(name.len()).unwrap().to_le_bytes();
    [&kind.to_le_bytes()[..], &name, &inode.to_le_bytes(), &large(offset), &large(length)].concat()
}

impl Journal {
    pub(crate) fn read(path: &Path) -> Self {
        let bytes = std::fs::read(path).unwrap();
        let (mut records, mut at) = (Vec::new(), 0);
        while at < bytes.len() {
            let (record, end) = record(&bytes, at);
            records.push(record);
            at = end;
        }
        Self { records, bytes }
    }
}

fn record(bytes: &[u8], at: usize) -> (Record, usize) {
    let small = |place: usize| u32::from_le_bytes(bytes[at + place..at + place + 4].try_into().unwrap());
    let large = |place: usize| u64::from_le_bytes(bytes[at + place..at + place + 8].try_into().unwrap());
    let size = |number: u64| usize::try_from(number).unwrap();
    let start = at + HEADER + usize::try_from(small(4)).unwrap();
    let name = String::from_utf8(bytes[at + HEADER..start].to_vec()).unwrap();
    let payload = start..start + size(large(24));
    let end = payload.end;
    let what = match small(0) {
        1 => What::Write { offset: size(large(16)), bytes: payload },
        2 => What::Size(size(large(16))),
        3 => What::SyncBegan(large(16)),
        4 => What::SyncDone(large(16)),
        5 => What::SyncFailed(large(16)),
        6 => What::Opened,
        7 => What::Unlinked,
        8 => What::RenamedTo(String::from_utf8(bytes[payload].to_vec()).unwrap()),
        FOUND => What::Found(payload),
        ACKNOWLEDGED => What::Acknowledged(size(large(16))),
        other => panic!("a record of kind {other} at {at}"),
    };
    (Record { name, inode: large(8), what }, end)
}
