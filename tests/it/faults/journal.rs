//! What `preload.c` wrote down: every change of the watched files and every sync, in the order in which they happened, and between them what
//! clients were told.

use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::path::Path;

/// Bytes of a record before its name.
const HEADER: usize = 32;

const ACKNOWLEDGED: u32 = 100;

/// What happened to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
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
    /// A client was told that the sheet of this number was received.
    Acknowledged(usize),
}

#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) name: String,
    pub(super) inode: u64,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) struct Journal {
    pub(super) records: Vec<Record>,
    pub(super) bytes: Vec<u8>,
}

/// Writes down that a client was told so: after every change that led to it, since those were written down before it could be.
pub(super) fn acknowledge(mut journal: &File, number: usize) {
    let mut record = [0; HEADER];
    record[..4].copy_from_slice(&ACKNOWLEDGED.to_le_bytes());
    record[16..24].copy_from_slice(&u64::try_from(number).unwrap().to_le_bytes());
    journal.write_all(&record).unwrap();
}

impl Journal {
    pub(super) fn read(path: &Path) -> Self {
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
        ACKNOWLEDGED => What::Acknowledged(size(large(16))),
        other => panic!("a record of kind {other} at {at}"),
    };
    (Record { name, inode: large(8), what }, end)
}
