//! What leaves as files. Figures: those that are published, or drafts of them, for whoever has the database. Single sheets and remarks:
//! below, for named people only. Nothing here knows how a file is written; `export` does.

mod hands;
mod named;
mod remarks;

use std::io::Write;

use super::{Office, Stopped};
use crate::directory::OpenedRound;
use crate::export::{self, Format, PublishedTable, TablePart};
use crate::meter::UNHEARD;
use crate::publication;
use crate::publication::document::{Document, Section};
use crate::refusal::Refusal;
use crate::round::RoundState;
use crate::store::{Store, StoreError};
use crate::survey::Questionnaire;

pub use crate::store::sheet_files::SheetFileContent;
pub use hands::{Hands, OUTSIDE, Person};
pub use named::{KeptRemarks, SheetsGiven, columns};

/// Tables of some figures of a round.
#[derive(Debug, Clone, Copy)]
pub struct FigureTables<'a> {
    /// Id of the round.
    pub round: &'a str,
    /// Only this questionnaire.
    pub questionnaire: Option<&'a str>,
    /// Whether figures that are not public yet are wanted.
    pub draft: bool,
}

impl FigureTables<'_> {
    /// Writes one of the tables, or what its columns are. A codebook can be had as soon as a round is open, figures once it is published,
    /// or as a draft once it is closed.
    ///
    /// # Errors
    /// When the round is not as far, has no such questionnaire, the table would have no rows, the database does not answer, or `out` cannot
    /// be written to.
    pub async fn write(
        &self,
        office: &Office,
        (kind, part): (PublishedTable, TablePart),
        format: Format,
        out: &mut dyn Write,
    ) -> Result<(), Stopped> {
        if kind == PublishedTable::Codebook {
            return self.codebook(&office.store, (part, format), out).await;
        }
        let document = document(office, self.round, self.draft).await?;
        let sections: Vec<_> = document.sections().filter(|section| self.wants(&section.questionnaire.id)).collect();
        if sections.is_empty() {
            return Err(self.not_asked(document.sections().map(|section: Section<'_>| section.questionnaire.id.clone()).collect()).into());
        }
        let asked: Vec<_> = sections.iter().map(|section| section.questionnaire).collect();
        if !asked.iter().any(|questionnaire| kind.has_rows(questionnaire)) {
            return Err(without_rows(kind, &asked).into());
        }
        Ok(export::write((kind, part), format, &sections, out)?)
    }

    async fn codebook(&self, store: &Store, (part, format): (TablePart, Format), out: &mut dyn Write) -> Result<(), Stopped> {
        let opened = publication::opened(store, self.round).await?;
        let seal = seal(store, &opened).await?;
        let asked = opened.questionnaires.iter().map(|form| &form.questionnaire);
        let questionnaires: Vec<_> = asked.filter(|questionnaire| self.wants(&questionnaire.id)).collect();
        if questionnaires.is_empty() {
            return Err(self.not_asked(ids(&opened)).into());
        }
        Ok(export::write_codebook(&opened.round, seal.as_deref(), &questionnaires, (part, format), out)?)
    }

    fn wants(&self, id: &str) -> bool {
        self.questionnaire.is_none_or(|wanted| wanted == id)
    }

    fn not_asked(&self, asked: Vec<String>) -> Refusal {
        Refusal::NotAsked { round: self.round.to_owned(), questionnaire: self.questionnaire.unwrap_or_default().to_owned(), asked }
    }
}

/// Writes the scores and ranks of a whole round, published or as a draft, or what their columns are.
///
/// # Errors
/// As [`document`], when the round has no scores, or `out` cannot be written to.
pub async fn scores(
    office: &Office,
    (round, draft): (&str, bool),
    (part, format): (TablePart, Format),
    out: &mut dyn Write,
) -> Result<(), Stopped> {
    let document = document(office, round, draft).await?;
    Ok(export::write_scores(&document, part, format, out)?)
}

/// The frozen figures of a published round, or with `draft` those of a closed one.
///
/// # Errors
/// When there is no such round, or it has no figures yet.
pub async fn document(Office { store }: &Office, round: &str, draft: bool) -> Result<Document, Stopped> {
    let found = store.round(round).await?;
    if let Some(snapshot) = store.snapshot(found.id).await? {
        return Ok(Document::frozen(snapshot)?);
    }
    if found.state == RoundState::Closed && !draft {
        return Err(Refusal::DraftFigures { round: round.to_owned() }.into());
    }
    Ok(Document::draft(publication::draft(store, round, UNHEARD).await?)?)
}

/// The questionnaires of an opened round, by their ids; of a table of figures those of which it has rows.
///
/// # Errors
/// When there is no such round, none of its questionnaires has rows in the table, or the database does not answer.
pub async fn questionnaires(Office { store }: &Office, round: &str, kind: Option<PublishedTable>) -> Result<Vec<String>, Stopped> {
    let opened = publication::opened(store, round).await?;
    let asked = || opened.questionnaires.iter().map(|form| &form.questionnaire);
    let found: Vec<String> =
        asked().filter(|asked| kind.is_none_or(|kind| kind.has_rows(asked))).map(|questionnaire| questionnaire.id.clone()).collect();
    match kind {
        Some(kind) if found.is_empty() => Err(without_rows(kind, &asked().collect::<Vec<_>>()).into()),
        _ => Ok(found),
    }
}

/// That a table would have a head and no rows, and which have some.
fn without_rows(kind: PublishedTable, asked: &[&Questionnaire]) -> Refusal {
    let has_rows = |kind: &PublishedTable| asked.iter().any(|questionnaire| kind.has_rows(questionnaire));
    Refusal::NoRows {
        table: kind.to_string(),
        questionnaires: asked.iter().map(|questionnaire| questionnaire.id.clone()).collect(),
        others: PublishedTable::ALL.into_iter().filter(has_rows).map(|kind| kind.to_string()).collect(),
    }
}

/// The questionnaires that a round asks, by their ids.
fn ids(opened: &OpenedRound) -> Vec<String> {
    opened.questionnaires.iter().map(|form| form.questionnaire.id.clone()).collect()
}

/// The hash of a round's frozen figures; none where it has none.
async fn seal(store: &Store, opened: &OpenedRound) -> Result<Option<String>, StoreError> {
    Ok(store.snapshot(opened.round.id).await?.map(|snapshot| snapshot.sha256))
}
