//! A review of what respondents wrote, read back: each remark is kept, with parts blanked, or dropped; none is missing and none invented.

use std::collections::{HashMap, HashSet};
use std::io::Read;

use super::table::{RowFault, Table, tidy};
use crate::fault::{Fault, Faults, Wrong};
use crate::store::responses::StoredRemark;
use crate::survey::blanking::{BLANK, is_blanked};

/// Largest file in bytes.
const BYTES_MOST: u64 = 500_000_000;

/// Columns that decide; others are for the eyes.
const COLUMNS: [&str; 3] = ["remark", "decision", "text"];

/// What may stand under `decision`: kept or not.
const DECISIONS: [(&str, bool); 4] = [("keep", true), ("drop", false), ("giữ", true), ("bỏ", false)];

/// What a review decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// What is kept: item and text, in the order of the remarks and not of the file.
    pub kept: Vec<(String, String)>,
    /// How many are dropped.
    pub dropped: usize,
    /// SHA-256 of the file, in hexadecimal digits.
    pub sha256: String,
}

/// Reads a review of some remarks.
///
/// # Errors
/// All its faults: a remark that is missing, twice, not decided or unknown, and a text that says what was not written.
pub fn read(file: impl Read, remarks: &[StoredRemark]) -> Result<Reviewed, Faults> {
    let mut table = Table::open(file, BYTES_MOST, &|_| ())?;
    let mut faults = Faults::default();
    let place = |name: &str| table.columns().iter().position(|column| column == name);
    let [Some(mark), Some(decision), Some(text)] = COLUMNS.map(place) else {
        return Err(Fault::cell(table.row(), "", Wrong::ReviewColumns { columns: COLUMNS.map(str::to_owned).to_vec() }).into());
    };
    let known: HashMap<&str, &StoredRemark> = remarks.iter().map(|remark| (remark.mark.as_str(), remark)).collect();
    let mut decided: HashMap<&str, Option<String>> = HashMap::new();
    loop {
        let cells = match table.next_full() {
            Ok(None) => break,
            Ok(Some(cells)) => cells,
            Err(RowFault::Skip(fault)) => {
                faults.add(fault);
                continue;
            }
            Err(RowFault::Stop(fault)) => {
                faults.add(fault);
                return Err(faults);
            }
        };
        let cell = |place: usize| cells.get(place).unwrap_or_default();
        let Some(remark) = known.get(tidy(cell(mark)).as_str()) else {
            faults.add(Fault::cell(table.row(), "remark", Wrong::NoRemark));
            continue;
        };
        match decide(remark, &tidy(cell(decision)).to_lowercase(), cell(text)) {
            Ok(kept) => {
                if decided.insert(&remark.mark, kept).is_some() {
                    faults.add(Fault::cell(table.row(), "remark", Wrong::RemarkTwice));
                }
            }
            Err((column, what)) => faults.add(Fault::cell(table.row(), column, what)),
        }
    }
    let missing: HashSet<&str> = known.keys().copied().filter(|mark| !decided.contains_key(mark)).collect();
    if !missing.is_empty() && faults.shown().is_empty() {
        faults.add(Fault::file(Wrong::RemarksMissing { remarks: missing.len() }));
    }
    let kept = |remark: &StoredRemark| Some((remark.item.clone(), decided.get(remark.mark.as_str())?.clone()?));
    let kept: Vec<_> = remarks.iter().filter_map(kept).collect();
    let dropped = remarks.len().saturating_sub(kept.len());
    faults.or(Reviewed { kept, dropped, sha256: table.sha256() })
}

/// The text that is kept of a remark, none where it is dropped, or the column that is wrong and why.
fn decide(remark: &StoredRemark, decision: &str, text: &str) -> Result<Option<String>, (&'static str, Wrong)> {
    let Some((_, keep)) = DECISIONS.iter().find(|(name, _)| *name == decision) else {
        return Err(("decision", Wrong::Undecided));
    };
    if !keep {
        return Ok(None);
    }
    let text = tidy(&text.replace("\r\n", "\n"));
    // What a spreadsheet would run has a ' in front.
    let readings = [Some(text.as_str()), text.strip_prefix('\'')];
    let fits = readings.into_iter().flatten().find(|text| is_blanked(&remark.words, text));
    match fits {
        Some(text) => Ok(Some(text.to_owned())),
        None => Err(("text", Wrong::OtherWords { blank: BLANK.to_owned() })),
    }
}
