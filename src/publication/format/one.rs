//! Format 1: figures of surveys as they were published before one law held for all of them.
//!
//! The structures in [`figures`] are frozen: they change only in what they become today. Where a type of today gets another shape, the
//! [`Today`] of its frozen counterpart is written by hand. Decimals and percents are texts whose forms are only ever added to, and names of
//! choices (`pooled`, `counted`) are never taken away, so those are read as today's.

use serde::Deserialize;

use super::turning::Today;
use crate::publication::PublishedQuestionnaire;

mod figures;

#[derive(Deserialize)]
struct Questionnaire {
    definition: String,
    results: figures::Results,
}

/// Reads the figures of a document.
pub(super) fn questionnaires(frozen: &str) -> serde_json::Result<Vec<PublishedQuestionnaire>> {
    let frozen: Vec<Questionnaire> = serde_json::from_str(frozen)?;
    let today = |asked: Questionnaire| PublishedQuestionnaire { definition: asked.definition, results: asked.results.today() };
    Ok(frozen.into_iter().map(today).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::scoring::disclosure::Share;

    #[test]
    fn every_form_that_a_percent_had_is_still_read() {
        for percent in ["0", "84", "100", "0.00", "83.94", "100.00", "<=5", "<=10", ">=90", ">=95"] {
            let share: figures::Share = serde_json::from_value(json!({ "percent": percent, "count": null })).unwrap();
            assert_eq!(Share::from(share).percent.to_string(), percent);
        }
    }
}
