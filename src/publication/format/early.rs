//! Documents of formats 1 and 2. They differ in their figures of surveys alone: those of format 1 have a reader of their own, those of
//! format 2 are as they are today. The structures here and in [`ranks`] are frozen.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::turning::{Today, frozen};
use super::{FIRST, one, ranks};
use crate::publication::{Correction, Publication, PublishedScheme, PublishedUnit};
use crate::scoring::ranking::Ranking;
use crate::unit::UnitCode;

/// A document, with its figures of surveys as they stand.
#[derive(Serialize, Deserialize)]
struct Frozen<'t> {
    #[serde(default = "super::first", skip_serializing_if = "super::is_first")]
    format: u32,
    round: String,
    name_vi: String,
    name_en: String,
    year: i32,
    synthetic: bool,
    excused: Vec<String>,
    units: Vec<Unit>,
    #[serde(borrow)]
    questionnaires: &'t RawValue,
    schemes: Vec<Scheme>,
    ranking: Option<ranks::Ranking>,
    corrects: Option<Corrects>,
}

/// What is read of a document against which changes are measured.
#[derive(Deserialize)]
struct EarlierDocument {
    ranking: Option<ranks::Ranking>,
}

frozen! {
    both Unit = PublishedUnit { code: UnitCode, name_vi: String, name_en: String, block: String }
    both Scheme = PublishedScheme { definition: String, definition_sha256: String }
    both Corrects = Correction { sha256: String, why: String }
}

/// Reads a document.
pub(super) fn read(body: &str) -> serde_json::Result<Publication> {
    let frozen: Frozen<'_> = serde_json::from_str(body)?;
    let figures = frozen.questionnaires.get();
    Ok(Publication {
        format: frozen.format,
        round: frozen.round,
        name_vi: frozen.name_vi,
        name_en: frozen.name_en,
        year: frozen.year,
        synthetic: frozen.synthetic,
        organiser: None,
        excused: frozen.excused,
        units: frozen.units.today(),
        questionnaires: if frozen.format == FIRST { one::questionnaires(figures)? } else { serde_json::from_str(figures)? },
        schemes: frozen.schemes.today(),
        ranking: frozen.ranking.today(),
        corrects: frozen.corrects.today(),
    })
}

/// Reads scores and ranks of a document.
pub(super) fn ranking(body: &str) -> serde_json::Result<Option<Ranking>> {
    Ok(serde_json::from_str::<EarlierDocument>(body)?.ranking.today())
}

/// The text of a correction with the figures of surveys that were frozen.
pub(super) fn corrected(publication: Publication, questionnaires: &RawValue) -> serde_json::Result<String> {
    serde_json::to_string(&Frozen {
        format: publication.format,
        round: publication.round,
        name_vi: publication.name_vi,
        name_en: publication.name_en,
        year: publication.year,
        synthetic: publication.synthetic,
        excused: publication.excused,
        units: publication.units.today(),
        questionnaires,
        schemes: publication.schemes.today(),
        ranking: publication.ranking.today(),
        corrects: publication.corrects.today(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_choice_that_a_ranking_had_is_still_read_and_written() {
        let aims = [
            json!({ "value_at_least": "80.000000000000" }),
            json!({ "value_above": "80.000000000000" }),
            json!({ "value_equal": "80.000000000000" }),
            json!({ "rank_at_most": 3 }),
            json!({ "group_equal": "Highest" }),
            json!({ "rank_change_at_least": 1 }),
            json!({ "not_stated": "" }),
        ];
        let outcomes = ["met", "missed", "not-stated", "no-figure"];
        let target = |(place, aim)| {
            json!({ "unit": null, "plan": "", "year": 2025, "index": "PAR", "scope": "whole", "aim": aim, "source": "",
            "attained": null, "outcome": outcomes[place % 4], "by": null })
        };
        let targets: Vec<_> = aims.into_iter().enumerate().map(target).collect();
        let statuses = [json!("normal"), json!("new"), json!({ "merged": { "from": ["a"] } }), json!("exempt")];
        let states = ["counted", "missing", "not-applicable", "few-sheets", "no-survey"];
        let cells: Vec<_> = states.iter().map(|state| json!({ "points": null, "state": state })).collect();
        let units = statuses.map(|status| json!({ "unit": "a", "status": status, "standing": null, "cells": cells }));
        let origins = ["appraisal", "satisfaction", "officials", "statistic", "bonus", "penalty"];
        let leaf = |from: &str| json!({ "code": "1", "field": "f", "maximum": "1.000000000000", "from": from });
        let leaves = origins.map(leaf);
        let block = |tie_rule: &str| {
            json!({ "block": "b", "scheme": null, "tie_rule": tie_rule, "bands": [], "fields": [],
            "leaves": leaves, "mean": null, "units": units })
        };
        let blocks = ["competition", "dense"].map(block);
        let text = json!({ "previous": null, "blocks": blocks, "targets": targets });
        let today: Ranking = serde_json::from_value::<ranks::Ranking>(text.clone()).unwrap().today();
        let again: ranks::Ranking = today.today();
        assert_eq!(serde_json::to_value(again).unwrap(), text);
    }
}
