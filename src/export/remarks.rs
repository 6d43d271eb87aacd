//! What was written: first a file for a review, then, made of what the review kept, the file for those who work with it.
//!
//! Both only for a whole questionnaire with so many sheets that nobody is alone in it, linked to no sheet and no unit, and each time in another
//! order. An official fills in a sheet for each unit, so that of officials there have to be as many about one and the same unit.

use std::collections::HashMap;
use std::io::{self, Write};

use super::origin::Origin;
use super::table::{Format, Table, Value};
use super::{ExportError, LeftOut};
use crate::directory::Form;
use crate::refusal::Refusal;
use crate::store::responses::StoredRemark;
use crate::store::{Result, Store};
use crate::survey::blanking::proposed;

/// Fewest sheets with an answer that a questionnaire has before what was written leaves.
pub(super) const SHEETS_LEAST: usize = 50;

/// Fewest units that these are about.
pub(super) const UNITS_LEAST: usize = 3;

/// Refuses where a remark could be told by the few who answered.
pub(super) async fn require_many(store: &Store, form: &Form) -> Result<()> {
    let mut about: HashMap<i32, usize> = HashMap::new();
    let each = |sheet: crate::store::responses::StoredSheet| {
        if form.codebook.has_answer(&sheet.answers) {
            *about.entry(sheet.unit).or_default() += 1;
        }
        Ok(())
    };
    store.each_sheet(form.id, each).await?;
    let rated = form.questionnaire.rating.is_some();
    let sheets: usize = if rated { about.values().copied().max().unwrap_or_default() } else { about.values().sum() };
    if sheets >= SHEETS_LEAST && about.len() >= UNITS_LEAST {
        return Ok(());
    }
    // Sheets about one unit are those of as many people.
    Err(Refusal::FewRemarks { sheets: SHEETS_LEAST, units: UNITS_LEAST, rated }.into())
}

/// Writes the file for a review: each remark with a proposal, and a column for the decision. Not marked as to where it is from, since it is to be
/// filled in and read back.
pub(super) fn write_review(remarks: &[StoredRemark], out: &mut dyn Write) -> io::Result<()> {
    let columns = ["remark", "item", "words", "decision", "text"].map(str::to_owned).to_vec();
    let mut table = Table::begin(Format::Csv, columns, out)?;
    for StoredRemark { mark, item, words } in remarks {
        let cells = [Value::lent(mark), Value::lent(item), Value::lent(words), Value::Empty, Value::text(proposed(words))];
        table.row(&cells)?;
    }
    table.end().map(|_| ())
}

/// Writes what a review kept: item and text.
pub(super) fn write(
    kept: &[(String, String)],
    (origin, format): (&Origin, Format),
    out: &mut dyn Write,
) -> std::result::Result<LeftOut, ExportError> {
    let mut table = Table::begin(format, super::columns(&["item", "words"]), out)?;
    for (item, words) in kept {
        let row: Vec<_> = origin.iter().cloned().chain([Value::text(item), Value::text(words)]).collect();
        table.row(&row)?;
    }
    Ok(LeftOut { rows: usize::try_from(table.end()?).unwrap_or(usize::MAX), ..LeftOut::default() })
}
