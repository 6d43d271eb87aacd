//! Format 1: figures of surveys as they were published before one law held for all of them.
//!
//! The structures below and in [`figures`] and [`ranks`] are frozen: they change only in what they become today. Where a type of today gets another
//! shape, the [`Today`] of its frozen counterpart is written by hand. Decimals and percents are texts whose forms are only ever added to, and
//! names of choices (`pooled`, `counted`) are never taken away, so those are read as today's.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::publication::{Correction, Publication, PublishedQuestionnaire, PublishedScheme, PublishedUnit};
use crate::scoring::ranking::Ranking;
use crate::unit::UnitCode;
use turning::Today;

mod figures;
mod ranks;
mod turning;

/// A document, with its figures of surveys as they stand.
#[derive(Serialize, Deserialize)]
struct Frozen<'t> {
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

#[derive(Deserialize)]
struct Questionnaire {
    definition: String,
    results: figures::Results,
}

/// What is read of a document against which changes are measured.
#[derive(Deserialize)]
struct Earlier {
    ranking: Option<ranks::Ranking>,
}

turning::frozen! {
    both Unit = PublishedUnit { code: UnitCode, name_vi: String, name_en: String, block: String }
    both Scheme = PublishedScheme { definition: String, definition_sha256: String }
    both Corrects = Correction { sha256: String, why: String }
}

/// Reads a document.
pub(super) fn read(body: &str) -> serde_json::Result<Publication> {
    let frozen: Frozen<'_> = serde_json::from_str(body)?;
    let questionnaires: Vec<Questionnaire> = serde_json::from_str(frozen.questionnaires.get())?;
    let today = |asked: Questionnaire| PublishedQuestionnaire { definition: asked.definition, results: asked.results.today() };
    Ok(Publication {
        format: super::FIRST,
        round: frozen.round,
        name_vi: frozen.name_vi,
        name_en: frozen.name_en,
        year: frozen.year,
        synthetic: frozen.synthetic,
        excused: frozen.excused,
        units: frozen.units.today(),
        questionnaires: questionnaires.into_iter().map(today).collect(),
        schemes: frozen.schemes.today(),
        ranking: frozen.ranking.today(),
        corrects: frozen.corrects.today(),
    })
}

/// Reads scores and ranks of a document.
pub(super) fn ranking(body: &str) -> serde_json::Result<Option<Ranking>> {
    Ok(serde_json::from_str::<Earlier>(body)?.ranking.today())
}

/// The text of a correction with the figures of surveys that were frozen.
pub(super) fn corrected(publication: Publication, questionnaires: &RawValue) -> serde_json::Result<String> {
    serde_json::to_string(&Frozen {
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
