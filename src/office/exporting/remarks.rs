//! When what was written may leave: only for a whole questionnaire with so many sheets that nobody is alone in it. An official fills in a
//! sheet for each unit, so that of officials there have to be as many about one and the same unit.

use std::collections::HashMap;

use crate::directory::Form;
use crate::office::Stopped;
use crate::refusal::Refusal;
use crate::store::responses::StoredSheet;
use crate::store::{Store, StoreError};

/// Fewest sheets with an answer that a questionnaire has before what was written leaves.
const SHEETS_LEAST: usize = 50;

/// Fewest units that these are about.
const UNITS_LEAST: usize = 3;

/// Refuses where a remark could be told by the few who answered.
pub(super) async fn require_many(store: &Store, form: &Form) -> Result<(), Stopped> {
    let mut about: HashMap<i32, usize> = HashMap::new();
    let each = |sheet: StoredSheet| {
        if form.codebook.has_answer(&sheet.answers) {
            *about.entry(sheet.unit).or_default() += 1;
        }
        Ok(())
    };
    store.each_sheet::<StoreError>(form.id, each).await?;
    let rated = form.questionnaire.rating.is_some();
    let sheets: usize = if rated { about.values().copied().max().unwrap_or_default() } else { about.values().sum() };
    if sheets >= SHEETS_LEAST && about.len() >= UNITS_LEAST {
        return Ok(());
    }
    // Sheets about one unit are those of as many people.
    Err(Refusal::FewRemarks { sheets: SHEETS_LEAST, units: UNITS_LEAST, rated }.into())
}
