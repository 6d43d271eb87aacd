//! Formats of frozen documents: every one that was ever published stays readable for good.
//!
//! A document says by a number in which format it is; those of the first format have none. Each number has its own reader, which makes of
//! the frozen text what pages, exports and the API print from today, so that the figures stay as they were published; format 4 has what
//! format 3 has and more that may be left out, so that one reader is both. Readers hold
//! structure only: nothing here computes a figure of a survey. Whoever changes what a document holds raises [`FORMAT`], adds a reader of
//! the format before, and before that has the program of its time make a sample in `tests/data/frozen`. Who asked is the one field that
//! came without a number of its own: no figure is made of it, and a document is read the same whether it has it or not.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Correction, Publication, PublishedScheme, PublishedUnit};
use crate::organiser::Organiser;
use crate::scoring::ranking::Ranking;
use crate::store::snapshots::Snapshot;
use crate::store::{Result, StoreError};

mod early;
mod one;
mod ranks;
mod turning;

/// The format of what this program publishes.
pub const FORMAT: u32 = 4;

/// The first format whose rankings say how points came about and what targets are on.
pub const EXPLAINED: u32 = 3;

/// The rule by which figures of surveys are published today: formats up to it had one each, and later ones have this one.
pub const RULE: u32 = 2;

/// The format of documents that name none.
pub const FIRST: u32 = 1;

/// The format that a document names.
#[derive(Deserialize)]
struct FormatOfDocument {
    #[serde(default = "first")]
    format: u32,
}

/// The parts of an earlier publication that changes are measured against.
#[derive(Deserialize)]
struct EarlierParts {
    ranking: Option<Ranking>,
}

/// The frozen figures of surveys, as they stand.
#[derive(Deserialize)]
struct FrozenFigures<'t> {
    #[serde(borrow)]
    questionnaires: &'t RawValue,
}

pub(super) fn first() -> u32 {
    FIRST
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
pub(super) fn is_first(format: &u32) -> bool {
    *format == FIRST
}

/// Reads a frozen publication, whatever its format.
pub(super) fn read(snapshot: &Snapshot) -> Result<Publication> {
    match number(snapshot)? {
        ..EXPLAINED => early::read(&snapshot.body),
        _ => serde_json::from_str(&snapshot.body),
    }
    .map_err(|error| unreadable(snapshot, &error))
}

/// Reads scores and ranks of a frozen publication, and nothing else of it.
pub(super) fn ranking(snapshot: &Snapshot) -> Result<Option<Ranking>> {
    match number(snapshot)? {
        ..EXPLAINED => early::ranking(&snapshot.body),
        _ => serde_json::from_str::<EarlierParts>(&snapshot.body).map(|earlier| earlier.ranking),
    }
    .map_err(|error| unreadable(snapshot, &error))
}

/// The text of a publication that is new.
pub(super) fn written(publication: &Publication) -> Result<String> {
    serde_json::to_string(publication).map_err(|error| StoreError::trouble(error.to_string()))
}

/// The text of a publication that corrects a frozen one: in its format, with its figures of surveys byte for byte.
pub(super) fn corrected(publication: Publication, frozen: &Snapshot) -> Result<String> {
    let number = number(frozen)?;
    let kept: FrozenFigures<'_> = serde_json::from_str(&frozen.body).map_err(|error| unreadable(frozen, &error))?;
    let written = match number {
        ..EXPLAINED => early::corrected(publication, kept.questionnaires),
        EXPLAINED => serde_json::to_string(&Corrected::of(&without_past_sums(publication), kept.questionnaires)),
        _ => serde_json::to_string(&Corrected::of(&publication, kept.questionnaires)),
    };
    written.map_err(|error| StoreError::trouble(error.to_string()))
}

/// A publication as format 3 had it, which did not say how indices of the year before came about. No scheme of its time ranks units apart.
fn without_past_sums(mut publication: Publication) -> Publication {
    let blocks = publication.ranking.iter_mut().flat_map(|ranking| &mut ranking.blocks);
    let standings = blocks.flat_map(|block| &mut block.units).filter_map(|unit| unit.standing.as_mut());
    standings.filter_map(|standing| standing.before.as_mut()).for_each(|before| before.score = None);
    publication
}

/// The format of a document that this program has a reader of.
fn number(snapshot: &Snapshot) -> Result<u32> {
    let named: FormatOfDocument = serde_json::from_str(&snapshot.body).map_err(|error| unreadable(snapshot, &error))?;
    if (FIRST..=FORMAT).contains(&named.format) {
        return Ok(named.format);
    }
    Err(StoreError::trouble(format!(
        "the snapshot {} is of format {}, and this program reads formats up to {FORMAT}: a newer program is needed",
        snapshot.sha256, named.format
    )))
}

fn unreadable(snapshot: &Snapshot, error: &serde_json::Error) -> StoreError {
    StoreError::trouble(format!("the snapshot {} cannot be read by this version: {error}", snapshot.sha256))
}

/// A [`Publication`] whose figures of surveys were frozen before. Fields stand in the same order.
#[derive(Serialize)]
struct Corrected<'p> {
    #[serde(skip_serializing_if = "is_first")]
    format: u32,
    round: &'p str,
    name_vi: &'p str,
    name_en: &'p str,
    year: i32,
    synthetic: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    organiser: Option<&'p Organiser>,
    excused: &'p [String],
    units: &'p [PublishedUnit],
    questionnaires: &'p RawValue,
    schemes: &'p [PublishedScheme],
    ranking: Option<&'p Ranking>,
    corrects: Option<&'p Correction>,
}

impl<'p> Corrected<'p> {
    fn of(publication: &'p Publication, questionnaires: &'p RawValue) -> Self {
        Self {
            format: publication.format,
            round: &publication.round,
            name_vi: &publication.name_vi,
            name_en: &publication.name_en,
            year: publication.year,
            synthetic: publication.synthetic,
            organiser: publication.organiser.as_ref(),
            excused: &publication.excused,
            units: &publication.units,
            questionnaires,
            schemes: &publication.schemes,
            ranking: publication.ranking.as_ref(),
            corrects: publication.corrects.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every document of the samples.
    const SAMPLES: [(u32, [&str; 4]); 4] = [
        (
            1,
            [
                include_str!("../../tests/data/frozen/format-1/2024.json"),
                include_str!("../../tests/data/frozen/format-1/2025.json"),
                include_str!("../../tests/data/frozen/format-1/2025-corrected.json"),
                include_str!("../../tests/data/frozen/format-1/2026.json"),
            ],
        ),
        (
            2,
            [
                include_str!("../../tests/data/frozen/format-2/2024.json"),
                include_str!("../../tests/data/frozen/format-2/2025.json"),
                include_str!("../../tests/data/frozen/format-2/2025-corrected.json"),
                include_str!("../../tests/data/frozen/format-2/2026.json"),
            ],
        ),
        (
            3,
            [
                include_str!("../../tests/data/frozen/format-3/2024.json"),
                include_str!("../../tests/data/frozen/format-3/2025.json"),
                include_str!("../../tests/data/frozen/format-3/2025-corrected.json"),
                include_str!("../../tests/data/frozen/format-3/2026.json"),
            ],
        ),
        (
            4,
            [
                include_str!("../../tests/data/frozen/format-4/2024.json"),
                include_str!("../../tests/data/frozen/format-4/2025.json"),
                include_str!("../../tests/data/frozen/format-4/2025-corrected.json"),
                include_str!("../../tests/data/frozen/format-4/2026.json"),
            ],
        ),
    ];

    #[test]
    fn nothing_is_lost_between_reading_a_document_and_writing_its_correction() {
        for (format, body) in SAMPLES.iter().flat_map(|(format, bodies)| bodies.iter().map(|body| (*format, *body))) {
            let snapshot = Snapshot { sha256: String::new(), body: body.to_owned() };
            let publication = read(&snapshot).unwrap();
            assert_eq!(publication.format, format);
            assert_eq!(ranking(&snapshot).unwrap(), publication.ranking);
            assert!(corrected(publication, &snapshot).unwrap() == body);
        }
    }

    #[test]
    fn what_is_published_names_every_format_but_the_first() {
        let publication = read(&Snapshot { sha256: String::new(), body: SAMPLES[0].1[0].to_owned() }).unwrap();
        assert!(written(&publication).unwrap().starts_with(r#"{"round":"2024""#));
        let newest = Publication { format: FORMAT, ..publication };
        let kept: FrozenFigures<'_> = serde_json::from_str(SAMPLES[0].1[0]).unwrap();
        let body = written(&newest).unwrap();
        assert!(body.starts_with(r#"{"format":4,"round":"2024""#));
        assert_eq!(serde_json::to_string(&Corrected::of(&newest, kept.questionnaires)).unwrap(), body, "fields in the same order");
    }
}
