//! What is told of sheets beside figures: never more than these will tell.

use std::collections::{BTreeMap, HashMap};

use crate::directory::Form;
use crate::scoring::reaching::certain;
use crate::scoring::thresholds::Thresholds;
use crate::store::{Result, Store};

/// What is told of a closed round: whether there are figures.
pub(super) fn floor_reached(is: bool) -> &'static str {
    if is { "from the floor on" } else { UNDER_FLOOR }
}

/// That there will be no figures of so few, or are none.
pub(super) const UNDER_FLOOR: &str = "under the floor";

/// Of an open round: how many sheets of each unit, by row, will be in figures whatever else comes; by groups that can be counted as one.
pub(super) async fn certain_of(store: &Store, round: i32, form: &Form) -> Result<HashMap<i32, Vec<u64>>> {
    let mut units: HashMap<i32, BTreeMap<String, u64>> = HashMap::new();
    for count in store.open_counts(round).await?.into_iter().filter(|count| count.questionnaire == form.id) {
        let sheets = u64::try_from(count.sheets).unwrap_or_default();
        *units.entry(count.unit).or_default().entry(count.group).or_default() += sheets;
    }
    let thresholds = Thresholds::of(form.questionnaire.least_sheets);
    Ok(units.into_iter().map(|(unit, by_group)| (unit, certain(&form.questionnaire, thresholds, &by_group))).collect())
}
