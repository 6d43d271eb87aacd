use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::super::super::sealing::{PARTICIPATION, SealedSheet};
use super::super::Letterbox;
use super::*;
use crate::deposit::{MixingCell, SheetKey};

/// A letterbox that can be copied and damaged.
struct FilledLetterbox {
    folder: TempDir,
    letterbox: Letterbox,
    keys: Vec<SheetKey>,
}

fn sheet(number: usize) -> SealedSheet {
    let (unit, length) = (i32::try_from(number % 7).unwrap() * 40_000 - 3, if number.is_multiple_of(40) { 3_000 } else { number % 90 });
    let cell = MixingCell { questionnaire: 1, unit, group: if number.is_multiple_of(3) { "deputies".into() } else { String::new() } };
    SealedSheet { key: SheetKey::random(), cell, generation: PARTICIPATION, answers: vec![3; 60], remarks: "lời ".repeat(length).into() }
}

impl FilledLetterbox {
    fn with(sheets: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut letterbox = Letterbox::open(&folder.path().join("letterbox.db")).unwrap();
        let sheets: Vec<_> = (0..sheets).map(sheet).collect();
        for some in sheets.chunks(50) {
            letterbox.put(&some.iter().map(|sheet| vec![sheet.clone()]).collect::<Vec<_>>()).unwrap();
        }
        Self { folder, letterbox, keys: sheets.iter().map(|sheet| sheet.key).collect() }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("letterbox.db")
    }

    /// The bytes of the file, with all of the log.
    fn bytes(&mut self) -> Vec<u8> {
        self.letterbox.empty_log(1).unwrap();
        fs::read(self.path()).unwrap()
    }

    /// Puts other bytes where a letterbox may be opened.
    fn copy(&self, bytes: &[u8]) -> PathBuf {
        let copy = self.folder.path().join(format!("copy-{}.db", random()));
        fs::write(&copy, bytes).unwrap();
        copy
    }
}

fn random() -> String {
    hex::encode(SheetKey::random().bytes())
}

/// The pages of a kind, and how many rows stand in each itself.
fn pages_of(bytes: &[u8], kind: u8) -> Vec<(usize, usize)> {
    let pages = bytes.chunks(PAGE_SIZE.into()).enumerate().skip(1).filter(|(_, page)| page[0] == kind);
    pages.map(|(place, page)| (place, cells(page).len())).collect()
}

fn damage(bytes: &mut [u8], page: usize) {
    let size = usize::from(PAGE_SIZE);
    bytes[page * size..(page + 1) * size].fill(0xa5);
}

fn keys(path: &Path) -> BTreeSet<Vec<u8>> {
    let blob = |row: Vec<Value>| if let Some(Value::Blob(key)) = row.into_iter().next() { key } else { Vec::new() };
    sheets(path).unwrap().into_iter().map(blob).collect()
}

#[test]
fn a_damaged_branch_hides_no_row_but_its_own() {
    let mut filled = FilledLetterbox::with(400);
    let whole = filled.bytes();
    let branches = pages_of(&whole, BRANCH);
    assert!(branches.len() > 5, "{branches:?}");
    for (turn, (branch, own)) in branches.iter().copied().enumerate() {
        let mut bytes = whole.clone();
        damage(&mut bytes, branch);
        let copy = filled.copy(&bytes);
        // Pages over which a row of the branch flows belong to it.
        assert_eq!(keys(&copy).len(), 400 - own, "page {branch}");
        if turn % 8 == 0 {
            let mut opened = Letterbox::open(&copy).unwrap();
            assert_eq!(usize::try_from(opened.count_all().unwrap()).unwrap(), 400 - own, "what the letterbox brings over, page {branch}");
        }
    }
}

#[test]
fn with_all_branches_and_the_head_damaged_every_leaf_is_read() {
    let mut filled = FilledLetterbox::with(300);
    let mut bytes = filled.bytes();
    let in_branches: usize = pages_of(&bytes, BRANCH).iter().map(|(_, own)| own).sum();
    for (branch, _) in pages_of(&bytes, BRANCH) {
        damage(&mut bytes, branch);
    }
    damage(&mut bytes, 0);
    let copy = filled.copy(&bytes);
    let mut opened = Letterbox::open(&copy).unwrap();
    assert_eq!(usize::try_from(opened.count_all().unwrap()).unwrap(), 300 - in_branches);
}

#[test]
fn rows_that_were_taken_out_do_not_come_back() {
    let mut filled = FilledLetterbox::with(400);
    let out: Vec<SheetKey> = filled.keys.iter().copied().step_by(2).collect();
    filled.letterbox.take_out(out.clone()).unwrap();
    let mut bytes = filled.bytes();
    let (root, own) = pages_of(&bytes, BRANCH)[0];
    damage(&mut bytes, root);
    let found = keys(&filled.copy(&bytes));
    assert_eq!(found.len(), 200 - own);
    assert!(out.iter().all(|key| !found.contains(key.bytes().as_slice())));
}

#[test]
fn pages_in_the_log_go_before_those_in_the_file() {
    let mut filled = FilledLetterbox::with(200);
    let before = filled.bytes();
    filled.letterbox.take_out(filled.keys.iter().copied().take(100).collect()).unwrap();
    let copy = filled.copy(&before);
    assert_eq!(keys(&copy).len(), 200);
    fs::copy(log::of(&filled.path()), log::of(&copy)).unwrap();
    let found = keys(&copy);
    assert!(filled.keys.iter().take(100).all(|key| !found.contains(key.bytes().as_slice())));
    assert!(filled.keys.iter().skip(100).all(|key| found.contains(key.bytes().as_slice())));
}

/// Whatever stands in a file: no row that is not whole, no end of the program.
#[test]
fn bytes_that_were_turned_over_give_no_row() {
    let mut filled = FilledLetterbox::with(60);
    let whole = filled.bytes();
    let rows: BTreeSet<_> = keys(&filled.copy(&whole));
    for turn in 0..400 {
        let mut bytes = whole.clone();
        for place in 0..40 {
            let at = (turn * 7_919 + place * place * 104_729 + 100) % bytes.len();
            bytes[at] = bytes[at].wrapping_mul(31).wrapping_add(u8::try_from(place).unwrap() + 1);
        }
        assert!(keys(&filled.copy(&bytes)).is_subset(&rows), "turn {turn}");
    }
    assert!(keys(&filled.copy(&[0xa5; 5_000])).is_empty() && keys(&filled.copy(&[])).is_empty());
}
