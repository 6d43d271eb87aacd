//! Rows of sheets in the pages of a damaged letterbox, read past its trees: a branch that is damaged hides all leaves below it from SQLite,
//! and they are there all the same.
//!
//! Of the [file format](https://www.sqlite.org/fileformat2.html) only what the tables of a letterbox need: pages of trees without rowid,
//! whose branches hold rows too, the pages over which a long row flows, and the pages in the log, which go before those in the file.
//!
//! A row counts where the sum that it carries is right, and only then: what is a page of another kind, half overwritten or no page at all
//! gives none. Rows that were taken out do not come back. `secure_delete` has overwritten their bytes, cells and whole pages that became
//! free alike, so that nothing has to be known of the list of free pages; and only cells are read to which their page points. Should one
//! come back all the same, out of a page that a crash left behind, it counts once: a row is only taken out after its hash is in `mixed`, or
//! when it is set aside.

use std::collections::HashMap;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use rusqlite::types::Value;

use super::super::log;
use super::connection::PAGE_SIZE;
use super::row;

#[cfg(test)]
mod tests;

/// A leaf and a branch of a tree without rowid, by the first byte of the page.
const LEAF: u8 = 0x0a;
const BRANCH: u8 = 0x02;

/// The first bytes of a database file.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// Bytes of the log before its first frame, and of a frame before its page.
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// More than any sheet needs: a length beyond it is none.
const LONGEST: usize = 1 << 24;

/// All rows of sheets that stand whole in some page of a letterbox.
///
/// # Errors
/// When the disk does not let the file or its log be read.
pub(super) fn sheets(path: &Path) -> io::Result<Vec<Vec<Value>>> {
    let pages = Pages::open(path)?;
    let mut found = Vec::new();
    for number in 2..=pages.last {
        let Some(page) = pages.page(number)? else { continue };
        for start in cells(&page) {
            let row = pages.payload(&page, start)?.and_then(|payload| record(&payload));
            found.extend(row.filter(|row| row::is_whole(row)));
        }
    }
    Ok(found)
}

/// A file and its log, page by page.
struct Pages {
    file: File,
    log: Option<File>,
    /// Bytes of a page, and those of them that are used.
    size: usize,
    usable: usize,
    /// Where in the log a page begins that goes before the one in the file.
    newer: HashMap<u32, u64>,
    last: u32,
}

impl Pages {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let log = match File::open(log::of(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            opened => Some(opened?),
        };
        let head = read(&file, 0, 100)?.unwrap_or_default();
        // Where the head itself is damaged, the rest is as we make it.
        let noted = |at, width| unsigned(&head, at, width).filter(|_| head.starts_with(MAGIC));
        let size = noted(16, 2).map(|size| if size == 1 { 65_536 } else { size });
        let size = size.filter(|size| size.is_power_of_two() && *size >= 512).unwrap_or(usize::from(PAGE_SIZE));
        let newer = log.as_ref().map(|log| frames(log, size)).transpose()?.unwrap_or_default();
        let pages = file.metadata()?.len() / u64::try_from(size).unwrap_or(u64::MAX);
        let last = newer.keys().copied().chain(u32::try_from(pages)).max().unwrap_or_default();
        Ok(Self { file, log, size, usable: size - noted(20, 1).unwrap_or_default(), newer, last })
    }

    /// A page; none behind the end.
    fn page(&self, number: u32) -> io::Result<Option<Vec<u8>>> {
        match (self.newer.get(&number), &self.log) {
            (Some(at), Some(log)) => read(log, *at, self.size),
            _ => match number.checked_sub(1) {
                Some(before) => read(&self.file, u64::from(before) * u64::try_from(self.size).unwrap_or_default(), self.size),
                None => Ok(None),
            },
        }
    }

    /// What a cell holds, together with the pages over which it flows.
    fn payload(&self, page: &[u8], start: usize) -> io::Result<Option<Vec<u8>>> {
        let Some((length, start)) = varint(page, start).filter(|(length, _)| *length <= LONGEST) else { return Ok(None) };
        let here = self.kept_here(length);
        let Some(mut payload) = page.get(start..start + here).map(<[u8]>::to_vec) else { return Ok(None) };
        let mut next = unsigned(page, start + here, 4);
        // Each page brings some bytes, so that a chain that is a ring ends too.
        while payload.len() < length {
            let Some(following) = next.and_then(|next| u32::try_from(next).ok()) else { return Ok(None) };
            let Some(more) = self.page(following)? else { return Ok(None) };
            let wanted = (length - payload.len()).min(self.usable.saturating_sub(4));
            let Some(bytes) = more.get(4..4 + wanted).filter(|bytes| !bytes.is_empty()) else { return Ok(None) };
            payload.extend_from_slice(bytes);
            next = unsigned(&more, 0, 4);
        }
        Ok(Some(payload))
    }

    /// How many bytes of a payload stand in the cell itself: section 1.6 of the format, for trees without rowid.
    fn kept_here(&self, length: usize) -> usize {
        let share = |of_255: usize| (self.usable.saturating_sub(12) * of_255 / 255).saturating_sub(23);
        let (most, least) = (share(64), share(32));
        if length <= most {
            return length;
        }
        let filled = least + (length - least) % self.usable.saturating_sub(4).max(1);
        if filled <= most { filled } else { least }
    }
}

/// The last frame of each page in a log, up to the last commit.
fn frames(log: &File, size: usize) -> io::Result<HashMap<u32, u64>> {
    let (mut newer, mut open) = (HashMap::new(), Vec::new());
    let Some(head) = read(log, 0, LOG_HEAD)? else { return Ok(newer) };
    let bytes = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let mut at = bytes(LOG_HEAD);
    while let Some(frame) = read(log, at, FRAME_HEAD)? {
        // A frame of an earlier round of the log ends it.
        if frame.get(8..16) != head.get(16..24) {
            break;
        }
        let (page, commits) = (unsigned(&frame, 0, 4), unsigned(&frame, 4, 4));
        open.extend(page.and_then(|page| u32::try_from(page).ok()).map(|page| (page, at + bytes(FRAME_HEAD))));
        if commits.is_some_and(|pages| pages > 0) {
            newer.extend(open.drain(..));
        }
        at += bytes(FRAME_HEAD + size);
    }
    Ok(newer)
}

/// Where the cells of a page begin, behind what points to other pages; none in a page of another kind.
fn cells(page: &[u8]) -> Vec<usize> {
    let (pointers, behind) = match page.first() {
        Some(&LEAF) => (8, 0),
        Some(&BRANCH) => (12, 4),
        _ => return Vec::new(),
    };
    let count = unsigned(page, 3, 2).unwrap_or_default();
    (0..count).map_while(|place| unsigned(page, pointers + 2 * place, 2)).map(|start| start + behind).collect()
}

/// The values of a record; none where it is not one. A letterbox has no numbers but whole ones.
fn record(payload: &[u8]) -> Option<Vec<Value>> {
    let (head, mut at) = varint(payload, 0)?;
    let (mut values, mut value_at) = (Vec::new(), head);
    while at < head {
        let (kind, next) = varint(payload, at)?;
        let width = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 => 8,
            12.. => (kind - 12) / 2,
            _ => return None,
        };
        let bytes = payload.get(value_at..value_at.checked_add(width)?)?;
        values.push(match kind {
            0 => Value::Null,
            8 => Value::Integer(0),
            9 => Value::Integer(1),
            1..=6 => Value::Integer(signed(bytes)),
            _ if kind % 2 == 0 => Value::Blob(bytes.to_vec()),
            _ => Value::Text(String::from_utf8(bytes.to_vec()).ok()?),
        });
        (at, value_at) = (next, value_at + width);
    }
    Some(values)
}

/// A whole number of up to eight bytes, the first of which has the sign.
fn signed(bytes: &[u8]) -> i64 {
    let filling = if bytes.first().is_some_and(|first| *first >= 0x80) { 0xff } else { 0 };
    let mut whole = [filling; 8];
    whole.iter_mut().rev().zip(bytes.iter().rev()).for_each(|(place, byte)| *place = *byte);
    i64::from_be_bytes(whole)
}

/// A number of up to four bytes without a sign.
fn unsigned(bytes: &[u8], at: usize, width: usize) -> Option<usize> {
    Some(bytes.get(at..at.checked_add(width)?)?.iter().fold(0, |number, byte| (number << 8) | usize::from(*byte)))
}

/// A number of variable length, and where it ends: seven bits a byte, the ninth has eight.
fn varint(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut number: u64 = 0;
    for (place, byte) in bytes.get(at..)?.iter().take(9).enumerate() {
        if place == 8 {
            number = (number << 8) | u64::from(*byte);
        } else {
            number = (number << 7) | u64::from(byte & 0x7f);
        }
        if place == 8 || *byte < 0x80 {
            return Some((usize::try_from(number).ok()?, at + place + 1));
        }
    }
    None
}

/// So many bytes of a file; none where it ends before.
fn read(file: &File, at: u64, length: usize) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = vec![0; length];
    match file.read_exact_at(&mut bytes, at) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}
