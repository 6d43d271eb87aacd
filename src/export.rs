//! Exports: the figures of a round as tables, one writer a format.
//!
//! * What columns a table has depends on the definitions, never on the data.
//! * Every row says where it is from: round, questionnaire or scheme, version, rule, and the hash of the frozen publication, or `draft`.
//! * Decimals are texts with a point, as they are printed; `<=5` and `>=95` are limits. In JSON they are texts too, because a JSON number is
//!   often read into a float; whole numbers are numbers.
//! * Scores are those of a whole round, so they can be had as a workbook too.
//! * CSV begins with a byte order mark, so that Excel reads it as UTF-8, and texts that a spreadsheet would run as a formula are defused.

use std::collections::HashMap;
use std::fmt;
use std::io::Write;

use crate::publication::document::{Document, Section};
use crate::publication::{self, PublishedUnit};
use crate::scoring::results::{BlockResult, UnitResult};
use crate::store::rounds::RoundState;
use crate::store::{Store, StoreError};

mod codebook;
mod components;
mod distributions;
mod indices;
mod origin;
mod remarks;
mod responses;
mod scores;
pub mod sheets;
pub mod table;
pub mod workbook;

pub use scores::ScoresFormat;
pub use table::Format;

/// What can be exported of published figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Indices by unit: overall, contents, factors and items.
    Indices,
    /// Shares of every option.
    Distributions,
    /// Satisfaction components.
    Components,
    /// What each stored byte means.
    Codebook,
}

/// What only the command line exports, once a round is closed: sheets are not for publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheets {
    /// One row a sheet.
    Responses,
    /// What was written, linked to no sheet and no unit.
    Remarks,
}

/// What went wrong with an export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store refused, or the round is in the wrong state.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What was written to broke.
    #[error("the export could not be written: {0}")]
    Write(std::io::Error),
}

impl From<std::io::Error> for ExportError {
    // By hand, so that the cause is part of the sentence and not said once more after it.
    fn from(cause: std::io::Error) -> Self {
        Self::Write(cause)
    }
}

/// What an export of sheets left out, to be said to whoever asked for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Rows written.
    pub rows: u64,
    /// Units without rows, because they have fewer sheets than the floor.
    pub units: usize,
    /// Columns of single units that are blank, because a value in them has fewer sheets than the floor.
    pub columns: usize,
}

impl Kind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Indices, Self::Distributions, Self::Components, Self::Codebook];

    /// The kind of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in addresses and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Indices => "indices",
            Self::Distributions => "distributions",
            Self::Components => "components",
            Self::Codebook => "codebook",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// Writes one table of some questionnaires of a publication, the same bytes for the same publication.
///
/// # Errors
/// When `out` cannot be written to.
pub fn write(kind: Kind, format: Format, sections: &[Section<'_>], out: &mut dyn Write) -> Result<(), ExportError> {
    match kind {
        Kind::Indices => indices::write(sections, format, out)?,
        Kind::Distributions => distributions::write(sections, format, out)?,
        Kind::Components => components::write(sections, format, out)?,
        Kind::Codebook => {
            let questionnaires: Vec<_> = sections.iter().map(|section| (origin::of_section(section), section.questionnaire)).collect();
            codebook::write(&questionnaires, format, out)?;
        }
    }
    Ok(())
}

/// Writes scores and ranks of a publication, the same bytes for the same publication.
///
/// # Errors
/// When the round has no scores, or `out` cannot be written to.
pub fn write_scores(document: &Document, format: ScoresFormat, out: &mut dyn Write) -> Result<(), ExportError> {
    let Some(ranking) = document.ranking() else {
        let reason = format!("round `{}` has no scores, because it names no index scheme", document.publication.round);
        return Err(StoreError::Refused(reason).into());
    };
    match format {
        ScoresFormat::Csv => scores::write(document, ranking, Format::Csv, out)?,
        ScoresFormat::Json => scores::write(document, ranking, Format::Json, out)?,
        ScoresFormat::Xlsx => scores::workbook(document, ranking, out)?,
    }
    Ok(())
}

/// What the command line asks for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Id of the round.
    pub round: &'a str,
    /// Only this questionnaire.
    pub questionnaire: Option<&'a str>,
    /// How it is written.
    pub format: Format,
    /// Whether figures that are not public yet are wanted.
    pub draft: bool,
}

/// Writes a table as the command line asks for it. A codebook can be had as soon as a round is open, figures once it is published, or with
/// `draft` once it is closed.
///
/// # Errors
/// When the round is not as far, has no such questionnaire, the database does not answer, or `out` cannot be written to.
pub async fn write_asked(store: &Store, kind: Kind, request: Request<'_>, out: &mut dyn Write) -> Result<(), ExportError> {
    let Request { round, questionnaire, format, draft } = request;
    let wanted = |id: &str| questionnaire.is_none_or(|wanted| wanted == id);
    let none = || StoreError::Refused(format!("round `{round}` does not ask `{}`", questionnaire.unwrap_or_default()));
    if kind == Kind::Codebook {
        let opened = publication::opened(store, round).await?;
        let seal = seal(store, opened.round.id).await?;
        let forms = opened.questionnaires.iter().map(|form| &form.questionnaire).filter(|form| wanted(&form.id));
        let questionnaires: Vec<_> = forms.map(|form| (origin::of((round, opened.round.synthetic), form, &seal), form)).collect();
        return if questionnaires.is_empty() { Err(none().into()) } else { Ok(codebook::write(&questionnaires, format, out)?) };
    }
    let document = document(store, round, draft).await?;
    let sections: Vec<_> = document.sections().filter(|section| wanted(&section.questionnaire.id)).collect();
    if sections.is_empty() { Err(none().into()) } else { write(kind, format, &sections, out) }
}

/// The hash of a round's frozen figures, or `draft`.
async fn seal(store: &Store, round: i32) -> Result<String, StoreError> {
    Ok(store.snapshot(round).await?.map_or_else(|| "draft".to_owned(), |snapshot| snapshot.sha256))
}

/// Reads what the command line exports: the frozen figures of a published round, or with `draft` those of a closed one.
///
/// # Errors
/// When there is no such round, or it has no figures yet.
pub async fn document(store: &Store, round: &str, draft: bool) -> Result<Document, ExportError> {
    let found = store.round(round).await?;
    if let Some(snapshot) = store.snapshot(found.id).await? {
        return Ok(Document::frozen(snapshot)?);
    }
    if found.state == RoundState::Closed && !draft {
        return Err(
            StoreError::Refused(format!("round `{round}` is not published; add --draft for figures that are marked `draft`")).into()
        );
    }
    Ok(Document::draft(publication::draft(store, round).await?)?)
}

/// Writes the sheets or remarks of a closed round, of one questionnaire or of all that share its columns.
///
/// # Errors
/// When the round is not closed, has no such questionnaire, the database does not answer, or `out` cannot be written to.
pub async fn write_sheets(
    store: &Store,
    (round, questionnaire): (&str, &str),
    which: Sheets,
    format: Format,
    out: &mut dyn Write,
) -> Result<LeftOut, ExportError> {
    let opened = publication::opened(store, round).await?;
    if opened.round.state < RoundState::Closed {
        let reason =
            format!("round `{round}` is {}; sheets can be exported only after `par-survey round close {round}`", opened.round.state);
        return Err(StoreError::Refused(reason).into());
    }
    let Some(form) = opened.form(questionnaire) else {
        let known: Vec<_> = opened.questionnaires.iter().map(|form| form.questionnaire.id.as_str()).collect();
        let reason = format!("round `{round}` does not ask `{questionnaire}`; it asks {}", known.join(", "));
        return Err(StoreError::Refused(reason).into());
    };
    let seal = seal(store, opened.round.id).await?;
    let origin = origin::of((round, opened.round.synthetic), &form.questionnaire, &seal);
    match which {
        Sheets::Responses => responses::write(store, form, &origin, format, out).await,
        Sheets::Remarks => remarks::write(store, form, &origin, format, out).await,
    }
}

/// The columns of a table: those of every table, then its own.
fn columns(own: &[&str]) -> Vec<String> {
    origin::COLUMNS.iter().chain(own).map(|&name| name.to_owned()).collect()
}

/// Units by code.
type Names<'a> = HashMap<&'a str, &'a PublishedUnit>;

/// The units of a publication: names of thousands are looked up.
fn names(document: &Document) -> Names<'_> {
    document.publication.units.iter().map(|unit| (unit.code.as_str(), unit)).collect()
}

/// The first cells of a unit's rows: where they are from, block, unit and its names.
fn place(names: &Names<'_>, origin: &origin::Origin, block: &BlockResult, unit: &UnitResult) -> Vec<table::Value<'static>> {
    let code = unit.unit.as_str();
    let name = |language| table::Value::text(names.get(code).map_or(code, |unit| unit.name(language)));
    let own = [table::Value::text(&block.block), table::Value::text(code), name("vi"), name("en")];
    origin.iter().cloned().chain(own).collect()
}
