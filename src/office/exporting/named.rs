//! Single sheets of a closed round, and what was written on them: for named people only, who are kept with what they are given.

use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;
use std::sync::Arc;

use super::hands::{self, Hands};
use super::{ids, remarks, seal};
use crate::directory::{Form, OpenedRound};
use crate::export::responses::Responses;
use crate::export::{self, Format, Provenance, SheetsLeftOut};
use crate::import;
use crate::office::Office;
use crate::office::Stopped;
use crate::office::actor::{Allowed, Export};
use crate::publication;
use crate::refusal::Refusal;
use crate::round::RoundState;
use crate::store::audit::By;
use crate::store::sheet_files::{SheetFile, SheetFileContent};
use crate::store::{Store, StoreError};

/// A questionnaire of a closed round, of which somebody is given files.
#[derive(Debug)]
pub struct SheetsGiven<'a> {
    form: Arc<Form>,
    title: String,
    provenance: Provenance,
    hands: hands::OnADay,
    by: &'a By,
}

/// What a review kept of what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeptRemarks {
    /// Remarks that are given away.
    pub kept: usize,
    /// Remarks that are not.
    pub dropped: usize,
}

impl<'a> SheetsGiven<'a> {
    /// Finds a questionnaire of a round, for hands that may have files of it. It has to be named where the round asks several, since each
    /// has columns of its own.
    ///
    /// # Errors
    /// When the round is not closed, has no such questionnaire or several, or may not be given to these hands.
    pub async fn of(
        Office { store }: &Office,
        (round, questionnaire): (&str, Option<&str>),
        to: &Hands,
        may: &'a Allowed<Export>,
    ) -> Result<Self, Stopped> {
        let opened = publication::opened(store, round).await?;
        if opened.round.state < RoundState::Closed {
            return Err(Refusal::NoSheets { round: round.to_owned(), state: opened.round.state }.into());
        }
        let by = may.in_round(round)?;
        let form = asked(&opened, questionnaire)?;
        hands::require(to, form, &store.units().await?)?;
        let seal = seal(store, &opened).await?;
        let provenance = export::provenance_of(&opened.round, &form.questionnaire, seal.as_deref());
        let title = export::title_of(&opened.round, seal.as_deref());
        Ok(Self { form: Arc::clone(form), title, provenance, hands: to.on(opened.round.day(by.at())), by })
    }

    /// Writes one row a sheet, with the attributes that were chosen before; the first time they are chosen by `attributes`.
    ///
    /// # Errors
    /// When other attributes are kept or none was chosen (then the refusal says what each choice costs), the database does not answer, or
    /// `out` cannot be written to.
    pub async fn responses(
        &self,
        Office { store }: &Office,
        attributes: Option<&[String]>,
        format: Format,
        out: &mut dyn Write,
    ) -> Result<SheetsLeftOut, Stopped> {
        let chosen = store.chosen_attributes(self.form.id).await?;
        let kept = attributes.map(<[String]>::to_vec).or(chosen);
        let responses = Responses::read(store, &self.form, kept.as_deref()).await?;
        // Nothing is written before it is known who has it.
        self.note(store, SheetFileContent::Responses, responses.attributes(), String::new()).await?;
        Ok(responses.write(store, &self.title, (&self.provenance, format), out).await?)
    }

    /// Writes what was written as a file that is filled in by a review and read back. Says how many remarks it has.
    ///
    /// # Errors
    /// When the questionnaire has too few sheets, the database does not answer, or `out` cannot be written to.
    pub async fn review(&self, Office { store }: &Office, out: &mut dyn Write) -> Result<usize, Stopped> {
        remarks::require_many(store, &self.form).await?;
        self.note(store, SheetFileContent::Review, Vec::new(), String::new()).await?;
        let remarks = store.remarks(self.form.id).await?;
        export::remarks::write_review(&remarks, out).map_err(Stopped::Written)?;
        Ok(remarks.len())
    }

    /// Writes what a review kept of what was written.
    ///
    /// # Errors
    /// As [`Self::review`], and all faults of the review.
    pub async fn remarks(
        &self,
        Office { store }: &Office,
        review: &Path,
        format: Format,
        out: &mut dyn Write,
    ) -> Result<KeptRemarks, Stopped> {
        remarks::require_many(store, &self.form).await?;
        let written = store.remarks(self.form.id).await?;
        let reviewed = import::remarks::read(BufReader::new(File::open(review)?), &written)?;
        self.note(store, SheetFileContent::Remarks, Vec::new(), reviewed.sha256).await?;
        export::remarks::write(&reviewed.kept, &self.title, (&self.provenance, format), out)?;
        Ok(KeptRemarks { kept: reviewed.kept.len(), dropped: reviewed.dropped })
    }

    async fn note(&self, store: &Store, content: SheetFileContent, attributes: Vec<String>, reviewed: String) -> Result<(), StoreError> {
        let file = SheetFile { content, attributes, hands: self.hands.clone(), reviewed };
        store.note_sheet_file(self.form.id, &file, self.by).await
    }
}

/// Writes what the columns of files of single sheets are, or of those of what was written: nobody's answers, so that everybody may have it.
///
/// # Errors
/// When the round has no such questionnaire or several, the database does not answer, or `out` cannot be written to.
pub async fn columns(
    Office { store }: &Office,
    (round, questionnaire): (&str, Option<&str>),
    content: SheetFileContent,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Stopped> {
    let opened = publication::opened(store, round).await?;
    let form = asked(&opened, questionnaire)?;
    let title = export::title_of(&opened.round, seal(store, &opened).await?.as_deref());
    if content != SheetFileContent::Responses {
        return Ok(export::remarks::write_columns(&title, format, out)?);
    }
    let chosen = store.chosen_attributes(form.id).await?;
    Ok(export::responses::write_columns(form, chosen.as_deref(), (&title, format), out)?)
}

/// The questionnaire that is meant.
fn asked<'o>(opened: &'o OpenedRound, questionnaire: Option<&str>) -> Result<&'o Arc<Form>, Refusal> {
    let round = || opened.round.code.clone();
    match (questionnaire, opened.questionnaires.as_slice()) {
        (Some(id), _) => {
            opened.form(id).ok_or_else(|| Refusal::NotAsked { round: round(), questionnaire: id.to_owned(), asked: ids(opened) })
        }
        (None, [only]) => Ok(only),
        (None, _) => Err(Refusal::QuestionnaireWanted { round: round(), asked: ids(opened) }),
    }
}
